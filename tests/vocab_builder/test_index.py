import contextlib
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from ressenti.errors import DataError, OutputError

pytest.importorskip("faiss")

from ressenti.vocab_builder.embedding.index import Index


class Given:
    """Vectors drawn beforehand, as an encoder."""

    def __init__(self, name="given", revision="1", dimension=8):
        self.name, self.revision, self.dimension = name, revision, dimension

    def encode(self, terms, glosses=None):
        return unit(np.random.default_rng(len(terms)).standard_normal((len(terms), self.dimension)))


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def clustered(count, dimension, each=50):
    rng = np.random.default_rng(0)
    centres = unit(rng.standard_normal((count // each, dimension)))
    return unit(centres[rng.integers(len(centres), size=count)] + 0.5 * rng.standard_normal((count, dimension)) / dimension**0.5)


TERMS = ["peur", "effroi", "joie", "colère", "fou de rage"]


@pytest.fixture
def saved(tmp_path):
    Index.build(TERMS, Given()).save(tmp_path / "termes")
    return tmp_path / "termes"


def test_a_term_is_nearest_to_itself_and_the_rest_comes_by_cosine():
    vectors = Given().encode(TERMS)
    ids, similarities = Index.build(TERMS, Given(), vectors).search(vectors, 3)
    assert [TERMS[i] for i in ids[:, 0]] == TERMS
    assert np.allclose(similarities[:, 0], 1, atol=1e-5)
    assert np.allclose(similarities, -np.sort(-(vectors @ vectors.T), axis=1)[:, :3], atol=1e-5)


def test_no_more_neighbours_than_terms_and_none_for_no_query():
    index = Index.build(TERMS, Given())
    assert index.search(Given().encode(TERMS), 99)[0].shape == (5, 5)
    assert index.search(np.zeros((0, 8), np.float32), 3)[0].shape == (0, 3)
    assert Index.build([], Given(), np.zeros((0, 8), np.float32)).search(Given().encode(TERMS), 3)[1].shape == (5, 0)


def test_saved_and_opened_it_finds_the_same_and_its_bytes_are_the_same(saved, tmp_path):
    queries = Given().encode(TERMS)
    opened = Index.open(saved, Given())
    assert opened.terms == TERMS
    assert (opened.search(queries, 3)[0] == Index.build(TERMS, Given()).search(queries, 3)[0]).all()
    opened.save(tmp_path / "again.faiss")
    for suffix in (".faiss", ".json"):
        assert (tmp_path / f"again{suffix}").read_bytes() == saved.with_suffix(suffix).read_bytes()
    assert {f.name for f in tmp_path.iterdir()} == {"termes.faiss", "termes.json", "again.faiss", "again.json"}


@pytest.mark.parametrize(
    ("encoder", "said"),
    [
        (Given(name="light"), "is an index of the encoder 'given', but 'light' is in use"),
        (Given(revision="2"), "is an index of the revision '1', but '2' is in use"),
        (Given(dimension=9), "is an index of the dimension 8, but 9 is in use"),
    ],
)
def test_another_encoder_is_refused(saved, encoder, said):
    with pytest.raises(DataError, match=said):
        Index.open(saved, encoder)


def changed(**values):
    return lambda path: path.with_suffix(".json").write_text(json.dumps(json.loads(path.with_suffix(".json").read_text()) | values))


def cut(suffix, keep):
    return lambda path: path.with_suffix(suffix).write_bytes(path.with_suffix(suffix).read_bytes()[:keep])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (cut(".faiss", 60), "cut short, or of another index"),
        (cut(".faiss", 0), "cut short, or of another index"),
        (lambda path: path.with_suffix(".faiss").unlink(), "cannot be read"),
        (lambda path: path.with_suffix(".json").unlink(), "nobody knows whose vectors these are"),
        (cut(".json", 100), "is no JSON"),
        (lambda path: path.with_suffix(".json").write_bytes(b"\xff\xfe\x00"), "is no JSON"),
        (lambda path: path.with_suffix(".json").write_text("[" * 100_000), "is no JSON"),
        (lambda path: path.with_suffix(".json").write_text("[1, 2]"), "is no sidecar"),
        (changed(format=2), "is no sidecar of an index in format 1"),
        (changed(count=True), "nonsense"),
        (changed(count=4), "announces 4 terms and has 5"),
        (changed(terms=[1, 2, 3, 4, 5]), "are no words"),
        (changed(terms=TERMS[:4], count=4), "has 5 vectors of length 8, not what"),
        (changed(metric="L2"), "has the metric 'L2'"),
        (changed(sha256="0" * 64), "cut short, or of another index"),
    ],
)
def test_what_is_not_whole_is_refused(saved, harm, said):
    harm(saved)
    with pytest.raises(DataError, match=said) as caught:
        Index.open(saved, Given())
    assert "build" in str(caught.value)


@pytest.mark.parametrize("seed", range(8))
def test_a_corrupt_file_with_a_sidecar_to_match_ends_no_process(saved, seed):
    """Such a file is nobody's accident; FAISS must still not take the process down with it."""
    import hashlib

    data = bytearray(saved.with_suffix(".faiss").read_bytes())
    rng = np.random.default_rng(seed)
    if seed < 4:
        del data[int(rng.integers(1, len(data))) :]
    else:
        data[4 + 4 * (seed - 4) : 8 + 4 * (seed - 4)] = b"\xff\xff\xff\x7f"
    saved.with_suffix(".faiss").write_bytes(data)
    changed(sha256=hashlib.sha256(data).hexdigest())(saved)
    with contextlib.suppress(DataError):
        Index.open(saved, Given())


def test_a_place_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        Index.build(TERMS, Given()).save(tmp_path / "file" / "termes")


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        (np.zeros((5, 7)), "shape"),
        (np.zeros((4, 8)), "5 terms, but 4 vectors"),
        (np.full((5, 8), 2.0), "not of length 1"),
        (np.full((5, 8), np.nan), "not finite"),
    ],
)
def test_vectors_that_are_none_of_the_encoder(vectors, said):
    with pytest.raises(ValueError, match=said):
        Index.build(TERMS, Given(), vectors)


def test_a_term_without_a_vector_is_allowed():
    vectors = Given().encode(TERMS)
    vectors[2] = 0
    ids, similarities = Index.build(TERMS, Given(), vectors).search(vectors[:1], 5)
    assert similarities[0][list(ids[0]).index(2)] == 0


def test_cells_find_nearly_all_and_are_kept_in_the_file(tmp_path):
    vectors = clustered(20_000, 32)
    terms = [str(n) for n in range(len(vectors))]
    encoder = Given(dimension=32)
    index = Index.build(terms, encoder, vectors, "ivf")
    assert index.kind == "ivf" and "cells" in index.describe()
    queries = unit(vectors[:100] + 0.02 * np.random.default_rng(1).standard_normal((100, 32)).astype(np.float32))
    exact = Index.build(terms, encoder, vectors).search(queries, 20)[0]
    found = index.search(queries, 20)[0]
    assert np.mean([np.isin(e, f).mean() for e, f in zip(exact, found, strict=True)]) >= 0.99
    index.save(tmp_path / "cells")
    opened = Index.open(tmp_path / "cells", encoder)
    assert opened.describe() == index.describe()
    assert (opened.search(queries, 20)[0] == found).all()


def test_without_faiss_the_error_names_the_extra():
    code = """
import sys
sys.modules["faiss"] = None
from ressenti.vocab_builder.embedding.index import Index
from ressenti.errors import RessentiError
class E: name, revision, dimension = "e", "1", 2
try: Index.build([], E, __import__("numpy").zeros((0, 2)))
except RessentiError as e: print(e)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert "pip install 'ressenti[vocab]'" in done.stdout

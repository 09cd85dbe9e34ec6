"""Encoders: real ones, on a thesaurus of a few lines."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from ressenti.errors import DataError, RessentiError
from ressenti.vocab_builder.embedding import open_encoder
from ressenti.vocab_builder.embedding.kept import Kept, keep
from ressenti.vocab_builder.embedding.light import FEW, Light
from ressenti.vocab_builder.embedding.thesaurus import Thesaurus
from ressenti.vocab_builder.embedding.words import Rows, beginnings, stems

THESAURUS = """UTF-8
peur|1
(Nom)|crainte|effroi|frayeur
crainte|1
(Nom)|peur|frayeur|alarme
effroi|1
(Nom)|frayeur|terreur
joie|1
(Nom)|gaieté|allégresse|liesse
gaieté|1
(Nom)|joie|allégresse|entrain
chaise|1
(Nom)|siège|fauteuil
fauteuil|1
(Nom)|siège|bergère
"""


@pytest.fixture
def thesaurus(tmp_path):
    path = tmp_path / "thes.dat"
    path.write_text(THESAURUS, encoding="utf-8")
    return path


def cosine(encoder, one, other):
    first, second = encoder.encode([one, other])
    return float(first @ second)


def test_thesaurus_knows_who_is_near_whom(thesaurus):
    encoder = Thesaurus(thesaurus, dimension=6)
    assert cosine(encoder, "peur", "terreur") > cosine(encoder, "peur", "liesse") + 0.3  # over two links
    assert cosine(encoder, "Peur", "peur") == pytest.approx(1, abs=1e-5)


def test_thesaurus_takes_what_it_lacks_by_its_words_and_gloss(thesaurus):
    encoder = Thesaurus(thesaurus, dimension=6)
    assert not encoder.encode(["xylophone"]).any()
    assert cosine(encoder, "une peur bleue", "peur") > 0.9
    vector = encoder.encode(["xylophone"], ["Grande joie"])[0]
    assert vector @ encoder.encode(["joie"])[0] > 0.9


def test_thesaurus_gives_the_same_vectors_each_time_and_keeps_them(thesaurus, tmp_path):
    plain = Thesaurus(thesaurus, dimension=6)
    kept = [Thesaurus(thesaurus, dimension=6, cache=tmp_path / "cache") for _ in range(2)]
    for encoder in kept:
        assert np.array_equal(plain.encode(["peur", "joie"]), encoder.encode(["peur", "joie"]))
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".npy"]


def test_a_broken_thesaurus_is_told_with_its_line(thesaurus):
    thesaurus.write_text("UTF-8\npeur|2\n(Nom)|crainte\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"thes\.dat:4"):
        Thesaurus(thesaurus)


def test_light_gives_the_same_in_processes_of_its_own():
    terms = [f"peur {n}" for n in range(FEW + 1)]
    apart, here = Light(workers=2).encode(terms), Light().encode(terms[:10])
    assert apart.shape == (FEW + 1, 512) and apart.dtype == np.float32
    assert np.allclose(apart[:10], here, atol=1e-4)
    assert np.allclose(np.linalg.norm(apart, axis=1), 1, atol=1e-4)


def test_light_is_near_in_meaning():
    assert cosine(Light(), "avoir peur", "être effrayé") > cosine(Light(), "avoir peur", "table de jardin")
    assert Light().encode([]).shape == (0, 512)


def test_a_sum_weighs_its_parts(thesaurus):
    total = open_encoder(f"3*thesaurus:{thesaurus}+light")
    graph, light = open_encoder("thesaurus", thesaurus=thesaurus), open_encoder("light")
    expected = (3 * cosine(graph, "peur", "joie") + cosine(light, "peur", "joie")) / 4
    assert cosine(total, "peur", "joie") == pytest.approx(expected, abs=1e-3)
    assert total.name == "thesaurus+light" and "sha256" in total.revision and total.dimension == graph.dimension + 512


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("heavy", "unknown encoder 'heavy'"),
        ("", "unknown encoder"),
        ("light+", "unknown encoder"),
        ("light:large", "one model only"),
        ("0*light", "weight 0"),
        ("sentence", "which sentence model"),
        ("thesaurus:/nowhere/thes.dat", "cannot be read"),
    ],
)
def test_what_is_no_encoder_is_told(spec, told):
    with pytest.raises(RessentiError, match=told):
        open_encoder(spec)


class Counting:
    name, revision, dimension = "counting", "1", 2

    def __init__(self):
        self.asked = 0

    def encode(self, terms, glosses=None):
        self.asked += len(terms)
        return np.full((len(terms), 2), 0.5, np.float32)


def test_what_was_encoded_is_read_again(tmp_path):
    inner = Counting()
    encoder = Kept(inner, tmp_path)
    first, second = encoder.encode(["a", "b"]), encoder.encode(["a", "b"])
    assert inner.asked == 2 and np.array_equal(first, second)
    encoder.encode(["a", "b"], ["", "b"])  # a gloss makes another vector
    assert inner.asked == 4
    next(tmp_path.iterdir()).write_bytes(b"broken")
    encoder.encode(["a", "b"])
    encoder.encode(["a", "b"], ["", "b"])
    assert inner.asked == 6


def test_a_cache_that_cannot_be_written_to_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert keep(tmp_path / "file", ["a"], lambda: np.ones((1, 1), np.float32)).shape == (1, 1)


def test_words():
    assert stems("Écœuré, d’une tristesse") == ("ecoeur", "une", "triste")
    assert set(beginnings("peureux")) & set(beginnings("avoir peur")) == {"^peur"}
    rows = Rows([["a", "b"], ["a", "c"], ["d"]])
    made = rows([["b"], ["b", "new"], []]).toarray()
    assert np.linalg.norm(made, axis=1) == pytest.approx([1, 0.447, 0], abs=0.001)  # what was never seen counts for the length


def test_without_scipy_the_extra_is_named(monkeypatch):
    """The thesaurus’s vectors may have been kept by an installation that has SciPy, so this is met first."""
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.delitem(sys.modules, "scipy.sparse", raising=False)
    with pytest.raises(RessentiError, match=r"ressenti\[vocab\]"):
        Rows([["a"]])([["a"]])


def test_sentence_without_its_extra_names_it():
    try:
        import sentence_transformers  # noqa: F401
    except ImportError:
        with pytest.raises(RessentiError, match=r"ressenti\[neural\]"):
            open_encoder("sentence:some/model")
    else:
        with pytest.raises(RessentiError, match="--allow-network"):
            open_encoder("sentence:nobody/has-this-model")

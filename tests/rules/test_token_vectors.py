"""The parser's token vectors as we compute them, held against spaCy's own."""

import json
from pathlib import Path

import numpy as np
import pytest
from spacy.attrs import DEP, HEAD, MORPH, POS

from ressenti.rules.parser import load_parser, load_pipeline
from ressenti.rules.text import read, sentences
from ressenti.rules.token_vectors import TokenVectors, use_token_vectors

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold" / "free-dev.jsonl"


@pytest.fixture(scope="module")
def both():
    ours, theirs = load_parser(), load_pipeline("ner", "lemmatizer", "senter")
    theirs.tokenizer.rules = ours.tokenizer.rules
    return ours, theirs


@pytest.fixture(scope="module")
def texts():
    accounts = [read(json.loads(line)["text"]).text for line in GOLD.read_text("utf-8").splitlines()[:60]]
    return [text[start:end] for text in accounts for start, end in sentences(text)] + ["", "\n\n  ", "Ah", "😀 ok\u00a0!", "x" * 300]


def test_parses_are_those_of_spacy(both, texts):
    ours, theirs = both
    assert isinstance(ours.get_pipe("tok2vec").model, TokenVectors)
    columns = [POS, DEP, HEAD, MORPH]
    for a, b in zip(ours.pipe(texts, batch_size=32), theirs.pipe(texts, batch_size=32), strict=True):
        assert [token.text for token in a] == [token.text for token in b]
        assert (a.to_array(columns) == b.to_array(columns)).all(), a.text


def test_vectors_do_not_depend_on_the_batch_or_on_what_was_seen_before(both, texts):
    ours, theirs = both
    docs = [ours.make_doc(text) for text in texts[:40]]
    together = ours.get_pipe("tok2vec").predict(docs)
    alone = [ours.get_pipe("tok2vec").predict([doc])[0] for doc in docs]
    fresh = TokenVectors(theirs.get_pipe("tok2vec").model).predict(docs)
    for a, b, c, d in zip(together, alone, fresh, theirs.get_pipe("tok2vec").predict(docs), strict=True):
        assert all(np.allclose(a, other, atol=1e-4) for other in (b, c, d))


def test_what_is_kept_is_bounded(both, monkeypatch):
    monkeypatch.setattr("ressenti.rules.token_vectors.WORDS", 50)
    vectors = TokenVectors(both[1].get_pipe("tok2vec").model)
    for n in range(40):
        vectors.predict([both[0].make_doc(f"mot{n} autre{n} encore{n}.")])
    assert len(vectors._known) <= 54


def test_another_model_is_left_as_it_is(both):
    pipe = load_pipeline("ner", "lemmatizer", "senter")
    pipe.get_pipe("tok2vec").model.layers[0].layers[0].layers[0].layers[0].attrs["columns"] = ["NORM"]
    before = pipe.get_pipe("tok2vec").model
    assert not use_token_vectors(pipe)
    assert pipe.get_pipe("tok2vec").model is before


def test_a_vector_does_not_depend_on_what_was_read_before(annotator):
    vectors = annotator.nlp.get_pipe("tok2vec").model
    docs = [annotator.nlp.make_doc(text) for text in ("Zut, Mirliton pleurait encore.", "Oui", "Le chagrin de Turlututu m’a gagnée.")]
    vectors._known.clear()
    together = vectors.predict(docs)
    vectors._known.clear()
    alone = [vectors.predict([doc])[0] for doc in docs]
    # Products of matrices add up a row in an order that goes by its place, on processors without AVX-512: the last digits differ there
    assert all(np.allclose(one, other, atol=1e-4) for one, other in zip(together, alone, strict=True))

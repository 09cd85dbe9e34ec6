"""The parser's transitions as we take them, held against spaCy's own."""

import json
from pathlib import Path

import numpy as np
import pytest
from spacy.attrs import DEP, HEAD, SENT_START

from ressenti.rules.parser import load_parser, load_pipeline
from ressenti.rules.text import read, sentences
from ressenti.rules.transitions import Transitions, use_transitions

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold" / "free-dev.jsonl"
COLUMNS = [HEAD, DEP, SENT_START]


@pytest.fixture(scope="module")
def nlp():
    nlp = load_parser()
    assert "ressenti_transitions" in nlp.pipe_names
    assert "parser" not in nlp.pipe_names
    return nlp


@pytest.fixture(scope="module")
def texts():
    accounts = [read(json.loads(line)["text"]).text for line in GOLD.read_text("utf-8").splitlines()[:60]]
    return [*accounts[:10], *(text[start:end] for text in accounts for start, end in sentences(text)), "Ah", "😀 ok !", "x" * 300]


def _both(nlp, docs, twins):
    """What spaCy's parser and ours make of the same documents with the same vectors."""
    parser = nlp.get_pipe("parser")
    parser.set_annotations(docs, parser.predict(docs))
    nlp.get_pipe("ressenti_transitions").parse(twins)
    return [(doc, twin) for doc, twin in zip(docs, twins, strict=True)]


def _assert_same(pairs):
    for one, other in pairs:
        assert (one.to_array(COLUMNS) == other.to_array(COLUMNS)).all(), one.text
        assert [[child.i for child in token.children] for token in one] == [[child.i for child in token.children] for token in other]


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_arcs_are_those_of_spacy(nlp, texts, size):
    vectors = nlp.get_pipe("tok2vec")
    for at in range(0, len(texts) if size > 1 else 40, size):
        docs, twins = ([nlp.make_doc(text) for text in texts[at : at + size]] for _ in range(2))
        vectors.set_annotations(docs, vectors.predict(docs))
        for doc, twin in zip(docs, twins, strict=True):
            twin.tensor = doc.tensor
        _assert_same(_both(nlp, docs, twins))


@pytest.mark.parametrize("seed", range(4))
def test_arcs_are_those_of_spacy_on_vectors_of_no_language(nlp, seed):
    """Vectors that mean nothing lead through states that no sentence leads to: words put back again and again, sentences of one word."""
    chance = np.random.default_rng(seed)
    pairs = []
    for length in chance.integers(1, 60, size=120).tolist():
        docs = [nlp.make_doc(" ".join("a" * length)) for _ in range(2)]
        docs[0].tensor = docs[1].tensor = chance.normal(0, chance.choice([0.3, 1, 3]), size=(len(docs[0]), 96)).astype(np.float32)
        if length % 3 == 0:  # some sentences are known to begin, or not to
            for token in range(1, length):
                start = chance.choice([None, None, None, True, False])
                for doc in docs:
                    doc[token].is_sent_start = start
        pairs.append(docs)
    _assert_same(_both(nlp, *zip(*pairs, strict=True)))
    assert sum(len(list(one.sents)) for one, _ in pairs) > len(pairs)


def test_nothing_is_parsed_where_there_is_nothing(nlp):
    nlp.get_pipe("ressenti_transitions").parse([])
    nlp.get_pipe("ressenti_transitions").parse([nlp.make_doc("")])


def test_another_parser_is_left_as_it_is():
    other = load_pipeline("ner", "lemmatizer", "senter")
    other.get_pipe("parser").cfg["beam_width"] = 4
    with pytest.raises(LookupError):
        Transitions(other.get_pipe("parser"), other.vocab.strings)
    assert not use_transitions(other)
    assert "parser" in other.pipe_names

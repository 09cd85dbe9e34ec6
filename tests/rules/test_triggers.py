"""Terms of the vocabulary on tokens, before any parsing."""

from __future__ import annotations

import re

import pytest

from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules import conditions
from ressenti.rules.parser import load_parser
from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Matcher


@pytest.fixture(scope="module")
def nlp():
    return load_parser()


@pytest.fixture(scope="module")
def matcher(nlp):
    return Matcher(nlp, load_vocabulary())


def plain(term: str) -> str:
    """A term in plain words: the first of its alternatives, something in its gap, no marks."""
    bare = re.sub(r"/[NVAD]\b", "", term).replace(" + ", " ")
    words = ("ça" if word == "…" else word.split("|")[0].replace("[", "").replace("]", "") for word in bare.split())
    return re.sub(r"(?<=['’]) ", "", " ".join(words))


def test_each_shipped_term_is_found_as_it_is_written(nlp, matcher):
    lost = []
    for entry in load_vocabulary():
        sentence = Sentence([*nlp.make_doc(plain(entry.term))], 0)
        if all(hit.entry is not entry for hit in matcher.hits(sentence)):
            lost.append(f"{entry.path}:{entry.line}: {entry.term}")
    assert not lost


def test_a_marked_determiner_stands_for_itself(nlp, matcher):
    def found(text):
        return {hit.entry.term for hit in matcher.hits(Sentence([*nlp.make_doc(text)], 0))}

    assert "avoir les/D [grelots]" in found("J'avais les grelots.")
    assert "avoir les/D [grelots]" not in found("Le ballon a des grelots.")


@pytest.mark.parametrize(
    ("text", "term", "cue"),
    [
        ("Il était blessé dans son amour-propre.", "amour-propre", "amour - propre"),
        ("Des crève-cœurs, voilà.", "crève-cœur", "crève - cœurs"),
        ("Je meurs d’envie de la revoir.", "mourir de [envie]", "envie"),
        ("Elle rentra d’humeur massacrante.", "d'humeur massacrante", "d' humeur massacrante"),
        ("Je suis parti l’âme légère.", "l'âme légère", "l' âme légère"),
    ],
)
def test_hyphens_and_elisions(nlp, matcher, text, term, cue):
    sentence = Sentence([*nlp.make_doc(text.replace("’", "'"))], 0)
    found = {hit.entry.term: " ".join(sentence.tokens[i].text for i in hit.cue) for hit in matcher.hits(sentence)}
    assert found.get(term) == cue


def test_only_a_word_that_is_no_verb_has_no_forms_of_one(monkeypatch):
    assert "prends" in conditions._verb_forms("prendre") and conditions._verb_forms("xyzre") == frozenset()

    def broken(*_):
        raise KeyError

    monkeypatch.setattr(conditions, "forms_of", broken)
    with pytest.raises(KeyError):
        conditions._verb_forms("défendre")

"""Neighbours of accepted terms in a space of vectors, here of letters."""

from __future__ import annotations

import numpy as np

from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.seeds import Seed
from ressenti.vocab_builder.sources.neighbours import neighbours


class Letters:
    """An encoder by the letters of a term: « peureux » is near « peur »."""

    name, revision, dimension = "letters", "1", 26

    def encode(self, terms, glosses=None):
        counts = np.array([[term.count(chr(97 + n)) for n in range(26)] for term in terms], dtype=np.float32).reshape(len(terms), 26)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


SEEDS = [Seed("peur", "NOUN", "fear"), Seed("peureux", "ADJ", "fear"), Seed("honte", "NOUN", "shame")]


def found(terms, **options):
    return {c.key: c.evidence for c in neighbours(terms, SEEDS, load_emotions(), Letters(), **options)}


def test_near_terms_of_the_same_part_of_speech():
    near = found([("peurs", "NOUN"), ("peur", "NOUN"), ("honte", "ADJ"), ("zzz", "NOUN")])
    assert list(near) == [("peurs", "NOUN")]
    (evidence,) = near["peurs", "NOUN"]
    assert (evidence.source, evidence.emotion) == ("neighbour", "fear") and evidence.detail == "0.89 from peur (letters)"


def test_one_piece_of_evidence_a_primary():
    near = found([("peuronth", "NOUN")], least=0.1)
    assert {evidence.emotion for evidence in near["peuronth", "NOUN"]} == {"fear", "shame"}


def test_nothing_to_look_in_or_for():
    assert found([]) == {} and neighbours([("peur", "NOUN")], [], load_emotions(), Letters()) == []

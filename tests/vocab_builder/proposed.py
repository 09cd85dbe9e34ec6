"""Proposals for the tests of the review."""

from __future__ import annotations

from ressenti.vocab_builder.candidate import Candidate, Evidence
from ressenti.vocab_builder.proposal import Near, Proposal


def proposal(term: str, pos: str, emotion: str, similarity: float = 0.6, nearest: str = "", **more) -> Proposal:
    keys = [key for key in (emotion, *nearest.split()) if key]
    near = tuple(Near(key, round(similarity - 0.1 * n, 3)) for n, key in enumerate(keys))
    evidence = (Evidence("thesaurus", f"synonyme de « {emotion or 'rien'} »", emotion), Evidence("corpus", "« fou de X », 2 times"))
    return Proposal(Candidate(term, pos, evidence, more.pop("gloss", "")), emotion, similarity, 0.2, near, **more)


PROPOSALS = [
    proposal("épouvantable", "ADJ", "horror", 0.7, "fright grief", examples=("Un cri épouvantable l’éveilla.",)),
    proposal("frissonner", "VERB", "panic", 0.58, "horror", gloss="Trembler légèrement, de froid ou de peur."),
    proposal("courroux", "NOUN", "anger", 0.72, "rage"),
    proposal("table", "NOUN", "", 0.75, "anger fear", reason="near nothing"),
    proposal("allégresse", "NOUN", "joy", 0.81),
]
ORDER = ["allégresse", "courroux", "table", "épouvantable", "frissonner"]
"""Primaries in the order of the ontology, the surest first, the open ones last."""

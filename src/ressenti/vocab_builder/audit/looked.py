"""What speaks for and against each entry of a vocabulary, as if it were proposed today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry
from ressenti.vocab_builder.assignment.anchors import Kin
from ressenti.vocab_builder.assignment.assigner import Assigner, place
from ressenti.vocab_builder.candidate import Candidate, Key, merge
from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.seeds import written

VERDICTS = ("other", "open", "primary", "near", "same")
"""How the place that assignment gives a term stands to the entry's: under another primary; left open; under the same primary only; in
the same group, or above or below it; the very emotion."""


@dataclass(frozen=True, slots=True)
class Looked:
    """An entry and its evidence.

    Attributes:
        entry: What the vocabulary has.
        proposal: What the sources say of its term, and the place that it would get with it and its word family hidden.
        verdict: One of `VERDICTS`.
    """

    entry: Entry
    proposal: Proposal
    verdict: str

    @property
    def sources(self) -> tuple[str, ...]:
        """Who proposes the term."""
        return self.proposal.candidate.sources


def look(entries: Sequence[Entry], said: Mapping[Key, Candidate], assigner: Assigner, emotions: Emotions) -> list[Looked]:
    """Put each entry beside its evidence.

    Args:
        entries: The vocabulary.
        said: What the sources say of its terms, by folded term and part of speech.
        assigner: Our rule, learnt from this vocabulary; of each term it forgets the term and its family first.
        emotions: The tree.

    Returns:
        A `Looked` for each entry: those that the evidence contradicts first, then tier by tier those that it confirms, primary by primary.
    """
    kin = Kin(assigner.terms)
    at = {term: number for number, term in enumerate(assigner.terms)}
    candidates = [_candidate(entry, said) for entry in entries]
    scores = assigner.scores([candidate.term for candidate in candidates])
    found = []
    for entry, candidate, row in zip(entries, candidates, scores, strict=True):
        if (own := at.get(fold(candidate.term))) is not None:
            row = assigner.without(own, sorted({own, *(at[other] for other in kin(candidate.term))}))
        proposal = place(candidate, row, assigner)
        found.append(Looked(entry, proposal, _verdict(entry.emotion, proposal.emotion, emotions)))
    order = {key: number for number, key in enumerate(emotions)}
    return sorted(found, key=lambda looked: (VERDICTS.index(looked.verdict), order[looked.entry.emotion], looked.entry.line))


def _candidate(entry: Entry, said: Mapping[Key, Candidate]) -> Candidate:
    """The term of an entry with what is said of all the ways in which it is written; a term with a gap stands as it is."""
    ways = list(written(entry.term)) or [entry.term]
    known = [candidate for way in ways if (candidate := said.get((fold(way), entry.pos)))]
    if not known:
        return Candidate(ways[0], entry.pos, ())
    (merged,) = merge(Candidate(ways[0], entry.pos, candidate.evidence, candidate.gloss) for candidate in known)
    return merged


def _verdict(emotion: str, proposed: str, emotions: Emotions) -> str:
    if not proposed:
        return "open"
    if proposed == emotion:
        return "same"
    if emotions.primary(proposed) != emotions.primary(emotion):
        return "other"
    group = emotions.secondary(emotion)
    related = proposed in emotions.lineage(emotion)[1:] or emotion in emotions.lineage(proposed)[1:]
    return "near" if related or (group and group == emotions.secondary(proposed)) else "primary"

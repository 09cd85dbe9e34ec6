"""A proposal: a candidate with the place that assignment gives it, ready for a person."""

from __future__ import annotations

from dataclasses import dataclass

from ressenti.vocab_builder.candidate import Candidate


@dataclass(frozen=True, slots=True)
class Near:
    """An emotion and how near a term is to it.

    Attributes:
        emotion: Its key.
        similarity: By TONE's rule a cosine, from -1 to 1; by ours a score from 0 to 1.
    """

    emotion: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a candidate would go.

    Attributes:
        candidate: What is proposed, with its sources.
        emotion: Key of the proposed emotion, of any tier; empty when it is left open.
        similarity: How surely its place is right: cosine by TONE's rule, by ours a score from 0 to 1 (of the nearest emotion where it is
            left open), less where some sources speak for another primary, and a tenth of the rule's score where all do.
        margin: How much more the primary proposed scores than the next primary, from 0 to 1.
        nearest: The nearest emotions, best first, at most five: the alternatives.
        reason: Why it was left open or moved up a tier (« near fear .51 and sadness .50 »); empty otherwise.
        examples: Sentences in which the term stands, from the corpora that the user gave; private.
    """

    candidate: Candidate
    emotion: str
    similarity: float
    margin: float
    nearest: tuple[Near, ...]
    reason: str = ""
    examples: tuple[str, ...] = ()

    @property
    def alternatives(self) -> tuple[Near, ...]:
        """The nearest emotions but the proposed one."""
        return tuple(near for near in self.nearest if near.emotion != self.emotion)

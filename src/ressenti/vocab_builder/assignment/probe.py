"""The probe: terms whose primary nobody disputes, to tell how well a rule places a term that it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ressenti.errors import DataError
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.tables import read_table
from ressenti.ontology.vocabulary import POS
from ressenti.vocab_builder.assignment.anchors import Kin, Places
from ressenti.vocab_builder.assignment.assigner import Assigner, Scores, Tree, deepest, nearest_emotion
from ressenti.vocab_builder.assignment.proposing import learn
from ressenti.vocab_builder.embedding import Encoder
from ressenti.vocab_builder.embedding.vectors import unit
from ressenti.vocab_builder.seeds import participle

PROBE = Path(__file__).parent.parent / "data" / "probe_fr.tsv"
WAYS = ("alone", "family")
"""What is hidden of a probe term: itself, with the participle that a verb gives; or all terms that share a word's beginning with it."""


@dataclass(frozen=True, slots=True)
class Probed:
    """A term of the probe.

    Attributes:
        term: The citation form.
        pos: Its part of speech.
        emotion: Key of its emotion.
    """

    term: str
    pos: str
    emotion: str


def load_probe(path: Path = PROBE, emotions: Emotions | None = None) -> list[Probed]:
    """Read a probe.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    emotions = load_emotions() if emotions is None else emotions
    found: dict[tuple[str, str], int] = {}
    probe = []
    for number, row in read_table(path, ("term", "pos", "emotion")):
        if not row["term"]:
            raise DataError(path, number, "the term is empty")
        if row["pos"] not in POS:
            raise DataError(path, number, f"unknown part of speech {row['pos']!r}; write one of {', '.join(POS)}")
        if row["emotion"] not in emotions:
            raise DataError(path, number, f"unknown emotion {row['emotion']!r}; write a key of the ontology, such as fear")
        key = row["term"], row["pos"]
        if key in found:
            raise DataError(path, number, f"{key[0]!r} is already on line {found[key]}")
        found[key] = number
        probe.append(Probed(*key, row["emotion"]))
    if not probe:
        raise DataError(path, None, "holds no term")
    return probe


@dataclass(frozen=True, slots=True)
class Report:
    """How many were placed right.

    Attributes:
        primary: Share under the right primary.
        group: Share of those taken down to a group or word whose group is right; of all, how many were, is ``to_group``.
        word: Likewise of those taken down to a word.
        to_group: Share taken down to a group or word.
        to_word: Share taken down to a word.
        wrong: Term, its emotion, and the primary it was placed under.
    """

    primary: float
    group: float = 0.0
    word: float = 0.0
    to_group: float = 0.0
    to_word: float = 0.0
    wrong: tuple[tuple[str, str, str], ...] = ()


def with_probe(known: Places, probe: Sequence[Probed]) -> dict[str, Mapping[str, float]]:
    """Places with those of the probe's terms that they lack; `leave_out` hides those from each other."""
    return {**known, **{fold(p.term): {p.emotion: 1.0} for p in probe if not known.get(fold(p.term))}}


def leave_out(assigner: Assigner, known: Places, probe: Sequence[Probed], way: str = "alone") -> Report:
    """Place each term of a probe as if it had not been known.

    Args:
        assigner: Learnt from `with_probe`.
        known: Without the probe; the probe's terms that it lacks are hidden from each other.
        probe: The terms.
        way: ``alone`` or ``family`` of `WAYS`.
    """
    at = {term: n for n, term in enumerate(assigner.terms)}
    kin = Kin(assigner.terms)
    added = {fold(p.term) for p in probe if not known.get(fold(p.term))}
    rows = []
    for p in probe:
        term = fold(p.term)
        hidden = added | {term} | ({fold(participle(term))} if p.pos == "VERB" else set())
        if way == "family":
            hidden |= kin(term)
        rows.append(assigner.without(at[term], sorted({at[other] for other in hidden if other in at})))
    return _report(np.array(rows), probe, assigner)


def _report(scores: Scores, probe: Sequence[Probed], assigner: Assigner) -> Report:
    tree, emotions = assigner.tree, assigner.emotions
    said = [tree.primaries[n] for n in (scores @ tree.to_primary).argmax(axis=1)]
    group_right, word_right, wrong = [], [], []
    for p, row, primary in zip(probe, scores, said, strict=True):
        place, _ = deepest(row, primary, assigner)
        if place != primary:
            group_right.append((emotions.secondary(place) or place) == (emotions.secondary(p.emotion) or p.emotion))
            if emotions[place].tier == "tertiary":
                word_right.append(place == p.emotion)
        if primary != emotions.primary(p.emotion):
            wrong.append((p.term, p.emotion, primary))
    n = len(probe)
    return Report(
        1 - len(wrong) / n, _mean(group_right), _mean(word_right), len(group_right) / n, len(word_right) / n, tuple(wrong)
    )  # fmt: skip


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _tone_rule(encoder: Encoder, probe: Sequence[Probed], emotions: Emotions, glosses: Mapping[str, str]) -> float:
    """Share that TONE's rule places under the right primary; it knows of no accepted term, but a label is no test of itself."""
    tree = Tree(emotions)
    scores = nearest_emotion([p.term for p in probe], encoder, emotions, _of(probe, glosses))
    labels = [fold(e.labels["fr"]) for e in emotions.values()]
    for row, p in enumerate(probe):
        scores[row, [n for n, label in enumerate(labels) if label == fold(p.term)]] = -1
    said = [emotions.primary(tree.keys[n]) for n in scores.argmax(axis=1)]
    return _mean([primary == emotions.primary(p.emotion) for primary, p in zip(said, probe, strict=True)])


def _centroid_rule(encoder: Encoder, probe: Sequence[Probed], emotions: Emotions, glosses: Mapping[str, str]) -> float:
    """Share that is nearest to the mean of the other probe terms of its primary: what a backend knows without our vocabulary."""
    vectors = encoder.encode([p.term for p in probe], _of(probe, glosses))
    primaries = [emotions.primary(p.emotion) for p in probe]
    names = sorted(set(primaries))
    member = np.array([[primary == name for name in names] for primary in primaries], np.float32)
    right = []
    for row, primary in enumerate(primaries):
        others = member.copy()
        others[row] = 0
        right.append(names[int((unit(others.T @ vectors) @ vectors[row]).argmax())] == primary)
    return _mean(right)


def _of(probe: Sequence[Probed], glosses: Mapping[str, str]) -> list[str] | None:
    return [glosses.get(fold(p.term), "") for p in probe] if glosses else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a backend reaches: shares under the right primary by TONE's rule, by the means of the other probe terms, and by our rule."""

    tone: float
    centroid: float
    alone: Report
    family: Report

    def cells(self) -> list[str]:
        """For a table: tone, probe, alone, family; then of our rule with the term hidden, group and word with the share taken there."""
        shares = [self.tone, self.centroid, self.alone.primary, self.family.primary]
        tiers = [(self.alone.group, self.alone.to_group), (self.alone.word, self.alone.to_word)]
        return [*(f"{share:.3f}" for share in shares), *(f"{right:.2f} of {taken:.2f}" for right, taken in tiers)]


def measure(encoder: Encoder, probe: Sequence[Probed], glosses: Mapping[str, str], *, vocabulary: Path | None = None) -> Figures:
    """Measure an encoder on a probe.

    Args:
        encoder: The encoder.
        probe: The terms.
        glosses: What a dictionary says of terms, by folded term; empty for no dictionary.
        vocabulary: A table to learn from; None for the shipped one.

    Raises:
        DataError: The vocabulary cannot be used.
    """
    knowledge = learn(encoder, glosses, vocabulary=vocabulary, without={fold(p.term) for p in probe})
    assigner = replace(knowledge, known=with_probe(knowledge.known, probe)).assigner()
    return Figures(
        _tone_rule(encoder, probe, knowledge.emotions, glosses), _centroid_rule(encoder, probe, knowledge.emotions, glosses),
        leave_out(assigner, knowledge.known, probe, "alone"), leave_out(assigner, knowledge.known, probe, "family"),
    )  # fmt: skip

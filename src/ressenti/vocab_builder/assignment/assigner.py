"""Where a term belongs: TONE's rule, and a better one beside it.

TONE's (arXiv 2401.06810): the emotion whose own vector, of its label and definition, has the highest cosine.

Ours: kernel ridge regression (Saunders, Gammerman and Vovk 1998) from the accepted terms and words without emotion. Each accepted term
speaks for its own emotion as loudly as a new term is like it, seen from all sides at once (`views`); what many alike terms say is not
counted as many voices. An emotion's score is about 1 for a term that surely says it and about 0 for one that says none; the score of a
group is the sum of its words', so primary, secondary and tertiary come of one piece.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ressenti.ontology.emotions import TIERS, Emotions
from ressenti.ontology.morphology import fold
from ressenti.vocab_builder.assignment.anchors import Places
from ressenti.vocab_builder.assignment.views import Views
from ressenti.vocab_builder.candidate import Candidate
from ressenti.vocab_builder.embedding import Encoder
from ressenti.vocab_builder.proposal import Near, Proposal

Scores = npt.NDArray[np.float64]

RIDGE = 0.5
LEAST = 0.2
"""Score of the nearest primary under which a term is near none."""
APART = 0.1
"""How much more than the next primary it must score, else the term is near two."""
DEEPER = 0.15
"""How much more than the next of its tier a word or a group must score, as a share of its primary, for the term to go down to it."""
SHOWN = 5
UNBACKED = 0.1
"""Share of its score that a place keeps which no source speaks for: it stands on the rule alone."""


class Tree:
    """Sums over the tree: from scores of keys to scores of every emotion, of a tier at a time.

    Args:
        emotions: The tree.
    """

    def __init__(self, emotions: Emotions) -> None:
        self.keys = list(emotions)
        self.primaries = [key for key in emotions if emotions[key].tier == TIERS[0]]
        self.groups = list(dict.fromkeys(emotions.secondary(key) or key for key in emotions))
        """The secondary groups, with those primaries that some words hang on or stand for themselves."""
        place = {key: n for n, key in enumerate(self.keys)}
        self.to_primary = np.zeros((len(self.keys), len(self.primaries)))
        self.to_group = np.zeros((len(self.keys), len(self.groups)))
        for key in emotions:
            self.to_primary[place[key], self.primaries.index(emotions.primary(key))] = 1
            self.to_group[place[key], self.groups.index(emotions.secondary(key) or key)] = 1

    def rows(self, places: Iterable[Mapping[str, float]]) -> Scores:
        """Emotions with their shares as rows over the keys."""
        where = {key: n for n, key in enumerate(self.keys)}
        rows = [[shares.get(key, 0.0) for key in where] for shares in places]
        return np.array(rows).reshape(len(rows), len(where))


class Assigner:
    """Our rule, learnt from the terms that a place is known of.

    Args:
        views: From which sides terms are seen.
        known: The accepted terms, and words without emotion.
        emotions: The tree.
        ridge: How little a single term is believed.
    """

    def __init__(self, views: Views, known: Places, emotions: Emotions, ridge: float = RIDGE) -> None:
        self.emotions, self.tree, self._views = emotions, Tree(emotions), views
        self.terms = list(known)
        self._at = {term: n for n, term in enumerate(self.terms)}
        sides = views(self.terms)
        kernel = sum(weight * np.asarray(_dense(rows @ rows.T), np.float64) for weight, rows in sides) + ridge * np.eye(len(self.terms))
        self._said = self.tree.rows(known.values())
        self._inverse = _inverse(kernel)
        self._pull = self._inverse @ self._said
        self._weights = [weight * np.asarray(rows.T @ self._pull.astype(np.float32)) for weight, rows in sides]

    def scores(self, terms: Sequence[str]) -> Scores:
        """Scores of terms, a column a key of the tree; of a term that the rule was learnt from, as if it had not been."""
        found = np.zeros((len(terms), len(self.tree.keys)))
        for (_, rows), weights in zip(self._views(terms), self._weights, strict=True):
            found += np.asarray(rows @ weights)
        for row, term in enumerate(terms):
            if (at := self._at.get(fold(term))) is not None:
                found[row] = self.without(at, [at])
        return found

    def without(self, at: int, hidden: Sequence[int]) -> Scores:
        """Scores of a known term if it and others had not been known, without learning anew.

        Args:
            at: Its place in `terms`.
            hidden: Places of what is hidden, itself among them.
        """
        part = list(hidden)
        missing = np.linalg.solve(self._inverse[np.ix_(part, part)], self._pull[part])
        return np.asarray(self._said[at] - missing[part.index(at)])


def _dense(rows: Any) -> Any:
    return rows.toarray() if hasattr(rows, "toarray") else rows


def _inverse(kernel: Scores) -> Scores:
    """Inverse of a symmetric positive definite matrix."""
    from scipy.linalg.lapack import dpotrf, dpotri

    factor, bad = dpotrf(kernel, lower=True, overwrite_a=True)
    if not bad:
        half, bad = dpotri(factor, lower=True, overwrite_c=True)
    if bad:
        raise ValueError("the sides of the terms do not fit together")
    made = np.tril(half)
    return np.asarray(made + np.tril(made, -1).T)


def propose(candidates: Sequence[Candidate], assigner: Assigner) -> list[Proposal]:
    """Place candidates by our rule; one near two primaries or near none is left open, with its distances."""
    scores = assigner.scores([candidate.term for candidate in candidates])
    return [place(candidate, row, assigner) for candidate, row in zip(candidates, scores, strict=True)]


def place(candidate: Candidate, scores: Scores, assigner: Assigner) -> Proposal:
    """The place of a candidate by its scores.

    Args:
        candidate: What is placed; what its sources speak for counts.
        scores: A number a key of the tree.
        assigner: Whose scores they are.
    """
    tree, emotions = assigner.tree, assigner.emotions
    primaries = sorted(zip(tree.primaries, (scores @ tree.to_primary).tolist(), strict=True), key=lambda pair: -pair[1])
    (best, first), (second, next_) = primaries[:2]
    emotion, reason = deepest(scores, best, assigner)
    said = {emotions.primary(e.emotion) for e in candidate.evidence if e.emotion in emotions}
    agreement = _agreement(candidate, best, emotions)
    similarity = _shown(first) * max(agreement**0.5, UNBACKED)
    margin = _shown(first) - max(0.0, _shown(next_))
    if first < LEAST:
        emotion, reason = "", f"near none: {best} {_shown(first):.2f}"
    elif first - next_ < APART:
        emotion, reason = "", f"near {best} {_shown(first):.2f} and {second} {_shown(next_):.2f}"
    elif said and not agreement and first - next_ < 2 * APART:
        emotion, reason = "", f"near {best} {_shown(first):.2f}, but its sources speak for {', '.join(sorted(said))}"
    elif said and not agreement:
        reason = "; ".join(filter(None, [reason, f"its sources speak for {', '.join(sorted(said))}"]))
    words = [(key, float(score)) for key, score in zip(tree.keys, scores, strict=True) if emotions.primary(key) == best and score > 0]
    own = [Near(key, _shown(score)) for key, score in sorted(words, key=lambda pair: -pair[1]) if key not in (emotion, best)]
    others = [Near(key, _shown(score)) for key, score in primaries[1:]]
    nearest = [Near(emotion or best, _shown(first)), *own[:2], *others]
    return Proposal(candidate, emotion, similarity, max(0.0, margin), tuple(nearest[:SHOWN]), reason)


def _shown(score: float) -> float:
    """A score as it is shown: from 0 to 1, and the order kept, where several alike terms speak louder than one."""
    return math.tanh(max(0.0, score))


def _agreement(candidate: Candidate, primary: str, emotions: Emotions) -> float:
    """Share of a candidate's evidence that speaks for a primary, of what names an emotion; 1 where nothing does."""
    said = [emotions.primary(evidence.emotion) for evidence in candidate.evidence if evidence.emotion in emotions]
    return said.count(primary) / len(said) if said else 1.0


def propose_by_tone(
    candidates: Sequence[Candidate], encoder: Encoder, emotions: Emotions, glosses: Mapping[str, str]
) -> list[Proposal]:  # fmt: skip
    """Place candidates by TONE's rule: each goes to the emotion with the highest cosine, however low; one without vector is left open."""
    tree = Tree(emotions)
    said = [glosses.get(fold(candidate.term), "") for candidate in candidates] if glosses else None
    proposals = []
    cosines = nearest_emotion([candidate.term for candidate in candidates], encoder, emotions, said)
    for candidate, row in zip(candidates, cosines, strict=True):
        order = np.argsort(-row, kind="stable")
        near = tuple(Near(tree.keys[n], float(row[n])) for n in order[:SHOWN])
        best = near[0]
        other = max(row[n] for n, key in enumerate(tree.keys) if emotions.primary(key) != emotions.primary(best.emotion))
        emotion, reason = (best.emotion, "") if row.any() else ("", "the encoder does not know it")
        proposals.append(Proposal(candidate, emotion, best.similarity, max(0.0, best.similarity - float(other)), near, reason))
    return proposals


def deepest(scores: Scores, primary: str, assigner: Assigner) -> tuple[str, str]:
    """The lowest place under a primary that the scores are sure of, and why not a lower one."""
    tree, emotions = assigner.tree, assigner.emotions
    whole = max(float(sum(scores[n] for n, key in enumerate(tree.keys) if emotions.primary(key) == primary)), 1e-9)
    groups = {g: float(v) for g, v in zip(tree.groups, scores @ tree.to_group, strict=True) if emotions.primary(g) == primary}
    (group, first), (other, next_) = _two(groups)
    if first - next_ < DEEPER * whole:
        return primary, f"{group} or {other}"
    words = {key: float(scores[n]) for n, key in enumerate(tree.keys) if (emotions.secondary(key) or key) == group}
    if len(words) == 1:
        return group, ""
    (word, first), (other, next_) = _two(words)
    return (group, f"{word} or {other}") if first - next_ < DEEPER * whole else (word, "")


def _two(found: Mapping[str, float]) -> list[tuple[str, float]]:
    order = sorted(found.items(), key=lambda pair: -pair[1])
    return order[:2] if len(order) > 1 else [*order, ("", 0.0)]


def nearest_emotion(terms: Sequence[str], encoder: Encoder, emotions: Emotions, glosses: Sequence[str] | None = None) -> Scores:
    """TONE's rule: cosine of each term with the vector of each emotion's label and definition, a column a key."""
    own = encoder.encode([e.labels["fr"] for e in emotions.values()], [e.definitions["fr"] for e in emotions.values()])
    return np.asarray(encoder.encode(terms, glosses) @ own.T, np.float64)

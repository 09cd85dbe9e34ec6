"""A label model for many labels that hang in a tree.

At each label it is Dawid and Skene's two-class case among the passages where the label's parent may hold, so that P(label) = P(parent) ·
P(label | parent).

What differs from the flat case, and why:

* Saying nothing counts, for functions that read every passage. Most functions only ever say yes, and by its words alone one that always
  says yes tells nothing; how much more often it speaks where the label holds is what it tells.
* Naming another label beside this one (joy, where fear is asked) is an outcome of its own.
* What a function is at a label is drawn towards what it is over the tier, and that towards what it is at the tier above; at the root it is
  drawn towards the trust that whoever wrote it has in it.
* No single outcome weighs more than `Settings.bound` (as a log-ratio).
* Modes and components stand alone, but what has a mode is an emotion: in this model the modes hang under ``emotion``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ressenti.fallback.labels import COMPONENT, EMOTION, MODE, Labels
from ressenti.fallback.logistic import logistic
from ressenti.fallback.votes import NO, YES, Votes

Floats = npt.NDArray[np.float64]
SAID_YES, SAID_NO, PASSED, SILENT = range(4)
"""What a function may do at a label of a passage."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the model is drawn towards what is likely of any function.

    Attributes:
        votes: With how many votes' worth an outcome is drawn towards what it is taken for; few votes then say little.
        grip: The same as a share of the function's votes: what one says of one label by the thousand is not trusted blindly either, for
            functions agree for other reasons than being right.
        kind: Odds that a function which says which emotion, mode or component it is names the right one, unless it is trusted more.
        share: How frequent ``emotion`` is taken to be; of a label below, one of as many as hang beside it.
        share_grip: The share of the passages that this is worth.
        bound: The most that one outcome may weigh, as a natural log-ratio, unless the function is trusted more.
        rounds: The most rounds of expectation and maximisation at a label.
    """

    votes: float = 50.0
    grip: float = 4.0
    kind: float = 8.0
    share: float = 0.2
    share_grip: float = 0.02
    bound: float = 3.0
    rounds: int = 50


@dataclass(slots=True)
class _Site:
    """A label with the votes at it."""

    label: str
    parent: int | None
    share: float
    row: npt.NDArray[np.int64]
    function: npt.NDArray[np.int64]
    outcome: npt.NDArray[np.int64]


class TreeModel:
    """The model fitted to votes.

    Args:
        votes: The votes.
        trust: float [functions], how far each is trusted before votes are compared, as a ratio.
        reads_all: bool [functions], whether each function's silence says something.
        settings: What it is drawn towards.

    Attributes:
        probabilities: float32 [passages, labels]; a label of which nothing was ever said has 0.
        ratios: By label, float [functions, outcomes]: natural log of how much more often a function does that where the label holds.
    """

    def __init__(self, votes: Votes, trust: Sequence[float], reads_all: Sequence[bool], settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._votes, self._reads_all, self._trust = votes, np.asarray(reads_all, bool), np.asarray(trust, float)
        self.probabilities = np.zeros((votes.passages, len(votes.labels)), np.float32)
        self.ratios: dict[str, Floats] = {}
        base = np.zeros((len(trust), 4))
        base[:, SAID_YES], base[:, SAID_NO] = np.log(trust), -np.log(trust)
        right: Floats | None = None
        for group in _groups(votes.labels):
            sites = list(self._sites(group))
            right = None if group == [EMOTION] else self._pooled(sites, base, self._kind(group, right))
            for site in sites:
                self.ratios[site.label], belief = self._fit(site, base, right)
                self.probabilities[:, votes.labels.index[site.label]] = belief

    def _sites(self, group: Sequence[str]) -> Iterator[_Site]:
        said = self._votes.said()
        labels = self._votes.labels
        for label in group:
            if said[labels.index[label]]:
                parent = gate(labels, label)
                beside = [other for other in group if other != label and gate(labels, other) == parent]
                share = self.settings.share if label == EMOTION else 1 / (1 + max(1, len(beside)))
                passage, function, vote = self._votes.spoken(label, beside)
                outcome = np.select([vote == YES, vote == NO], [SAID_YES, SAID_NO], PASSED)
                yield _Site(label, None if parent is None else labels.index[parent], share, passage, function, outcome)

    def _weights(self, site: _Site) -> Floats:
        if site.parent is None:
            return np.ones(self._votes.passages)
        return self.probabilities[:, site.parent].astype(float)

    def _counts(self, site: _Site, weight: Floats, belief: Floats) -> tuple[Floats, Floats]:
        """How often each function said what, by whether the label holds, and how many passages these are: [2, functions, 3], [2]."""
        functions = len(self._votes.functions)
        cell = site.function * SILENT + site.outcome
        masses = weight - belief, belief
        counts = [np.bincount(cell, weights=mass[site.row], minlength=functions * SILENT).reshape(functions, SILENT) for mass in masses]
        return np.stack(counts), np.array([mass.sum() for mass in masses])

    def _kind(self, group: Sequence[str], above: Floats | None) -> Floats:
        """Log-odds that each function names the right one, before its votes on a tier are compared: as on the tier above, if any."""
        if above is None or group[0].startswith((MODE, COMPONENT)):
            return np.asarray(np.log(np.maximum(self._trust, self.settings.kind)))
        return above

    def _pooled(self, sites: Sequence[_Site], base: Floats, right: Floats) -> Floats:
        """Log-odds that each function names the right label of a tier, drawn towards `right`: [functions]."""
        yes, total = np.zeros(len(right)), np.zeros(len(right))
        for site in sites:
            weight = self._weights(site)
            counts, _ = self._counts(site, weight, self._fit(site, base, right)[1])
            yes, total = yes + counts[1, :, SAID_YES], total + counts[:, :, SAID_YES].sum(0)
        drawn = self.settings.votes + self.settings.grip * total
        share = (yes + drawn * logistic(right)) / (total + drawn)
        return np.asarray(np.log(share / (1 - share)))

    def _ratios(self, counts: Floats, masses: Floats, base: Floats, right: Floats | None) -> Floats:
        set_ = self.settings
        share = masses[1] / masses.sum()
        total = counts.sum(0)
        towards = logistic(base[:, :SILENT] + np.log(share / (1 - share)))  # the share of the votes that were cast where the label holds
        if right is not None:
            towards[:, SAID_YES] = logistic(right)
        drawn = set_.votes + set_.grip * total
        holds = (counts[1] + drawn * towards) / (total + drawn) * total  # as many votes as there were, otherwise divided
        rates = np.minimum(np.stack([(total - holds) / masses[0], holds / masses[1]]), 1)
        spoken = rates.sum(2)
        found = np.zeros_like(base)
        found[:, :SILENT] = np.log((rates[1] + _TINY) / (rates[0] + _TINY))
        silent = np.log(np.maximum(1 - spoken[1], _LEAST) / np.maximum(1 - spoken[0], _LEAST))
        found[:, SILENT] = np.where(self._reads_all, silent, 0)
        bound = np.maximum(set_.bound, np.log(self._trust))[:, None]
        most = bound if right is None else bound + max(0.0, float(np.log((1 - share) / share)))
        return np.clip(found, -bound, most)

    def _fit(self, site: _Site, base: Floats, right: Floats | None) -> tuple[Floats, Floats]:
        """Log-ratios of the functions at a label, and how probable it is in each passage."""
        set_, weight = self.settings, self._weights(site)
        yes = np.bincount(site.row, weights=site.outcome == SAID_YES, minlength=len(weight))
        told = np.bincount(site.row, minlength=len(weight))
        given = (yes + site.share) / (told + 1)
        for _ in range(set_.rounds):
            before = given
            counts, masses = self._counts(site, weight, weight * given)
            share = (masses[1] / masses.sum() + set_.share_grip * site.share) / (1 + set_.share_grip)
            ratios = self._ratios(counts, masses.sum() * np.array([1 - share, share]), base, right)
            change = ratios[site.function, site.outcome] - ratios[site.function, SILENT]
            logit = np.log(share / (1 - share)) + ratios[:, SILENT].sum() + np.bincount(site.row, weights=change, minlength=len(weight))
            given = logistic(logit)
            if np.abs(given - before).max() < _STILL:
                break
        return ratios, weight * given


_TINY, _LEAST, _STILL = 1e-9, 0.01, 1e-3


def gate(labels: Labels, label: str) -> str | None:
    """The label under which this one is asked for: its parent; ``emotion`` for a mode."""
    return EMOTION if label.startswith(MODE) else labels.parent(label)


def _groups(labels: Labels) -> Iterator[list[str]]:
    """Labels of one tier, from the root down."""
    for tier in (EMOTION, "primary", "secondary", "tertiary", MODE[:-1], COMPONENT[:-1]):
        yield [label for label in labels if labels.tier(label) == tier]

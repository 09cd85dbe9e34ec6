"""Labelling functions that read what the rules found: mentions by mode and by how sure they are, components, and what no rule took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ressenti.errors import DataError
from ressenti.fallback.functions.function import TRUST, Function
from ressenti.fallback.functions.seen import Seen
from ressenti.fallback.labels import COMPONENT, EMOTION, MODE
from ressenti.fallback.votes import NO, YES, LabelVote
from ressenti.ontology.tables import read_table
from ressenti.schema import COMPONENTS, MODES, Mention

BANDS = Path(__file__).parent / "data" / "bands.tsv"
VOTED = ("emotion", "primary", "any")
"""What a mention of a band votes for: its emotion, its primary alone, or only that something is felt."""
AFFIRMED = "affirmed"


@dataclass(frozen=True, slots=True)
class Band:
    """How far mentions of some confidence are trusted.

    Attributes:
        mode: The mode.
        name: Names it: ``sure``, ``unsure``.
        least: The least confidence.
        voted: One of `VOTED`.
        trust: One of `TRUST`.
    """

    mode: str
    name: str
    least: float
    voted: str
    trust: str

    def __contains__(self, mention: Mention) -> bool:
        return mention.mode == self.mode and mention.confidence >= self.least

    def votes(self, mention: Mention) -> Iterator[LabelVote]:
        """What a mention votes for: its mode and, where it is affirmed, its emotion; « sans peur » names an emotion as well."""
        yield MODE + mention.mode, YES
        yield (
            {"emotion": mention.emotion, "primary": mention.primary, "any": EMOTION}[self.voted if mention.status == AFFIRMED else "any"],
            YES,
        )


def load_bands(path: Path = BANDS) -> list[Band]:
    """The bands of confidence, for each mode from the surest down.

    Raises:
        DataError: A line has an unknown mode, no number from 0 to 1, or something unknown to vote for; a mode has no band down to 0.
    """
    found: list[Band] = []
    for line, row in read_table(path, ("mode", "band", "least", "votes", "trust")):
        for column, known in (("mode", MODES), ("votes", VOTED), ("trust", TRUST)):
            if row[column] not in known:
                raise DataError(path, line, f"unknown {column} {row[column]!r}; known are {', '.join(known)}")
        try:
            least = float(row["least"])
        except ValueError:
            raise DataError(path, line, f"{row['least']!r} is no number") from None
        if not 0 <= least <= 1 or any(band.mode == row["mode"] and band.least <= least for band in found):
            raise DataError(path, line, "the least confidence goes from 1 down to 0, each below the one before of its mode")
        found.append(Band(row["mode"], row["band"], least, row["votes"], row["trust"]))
    for mode in MODES:
        if not any(band.mode == mode and band.least == 0 for band in found):
            raise DataError(path, None, f"the last band of {mode} must begin at 0, so that each mention has one")
    return found


def mention_functions(path: Path = BANDS) -> Iterator[Function]:
    """A function for each mode and band of affirmed mentions, and one for each status beside."""
    bands = load_bands(path)
    for band in bands:
        above = [other for other in bands if other.mode == band.mode and other.least > band.least]
        about = f"{band.mode} mentions of rules, confidence from {band.least}: their mode, and if affirmed {_TOLD[band.voted]}"
        yield Function(f"rule-{band.mode}-{band.name}", about, _Mentions(band, above), band.trust)
    yield Function("rule-negated", "negated mentions: an emotion is spoken of, its primary alone", _OfStatus("negated"), "good")
    yield Function("rule-hypothetical", "asked, wished or supposed: an emotion is spoken of, its primary alone", _OfStatus("hypothetical"))


_TOLD = {"emotion": "their emotion", "primary": "its primary", "any": "that something is felt"}


@dataclass(frozen=True, slots=True)
class _Mentions:
    band: Band
    above: Sequence[Band]

    def __call__(self, seen: Seen) -> Iterator[LabelVote]:
        for mention in seen.passage.mentions:
            if mention in self.band and not any(mention in band for band in self.above):
                yield from self.band.votes(mention)


@dataclass(frozen=True, slots=True)
class _OfStatus:
    status: str

    def __call__(self, seen: Seen) -> Iterator[LabelVote]:
        for mention in seen.passage.mentions:
            if mention.status == self.status:
                yield mention.primary, YES


def untaken(seen: Seen) -> Sequence[LabelVote]:
    """A term that says or shows an emotion stands there though no rule took it: something may be felt, nobody knows what."""
    return ((EMOTION, YES),) if any(entry.mode != "suggested" for entry in seen.untaken) else ()


def components_given(seen: Seen) -> Iterator[LabelVote]:
    """Which component it is, by who told it: no to the others; an answer to what was felt says that something was."""
    if seen.passage.given:
        for name in COMPONENTS:
            yield COMPONENT + name, YES if name in seen.passage.components else NO
        yield EMOTION, YES


def components_found(seen: Seen) -> Iterator[LabelVote]:
    """Which component it is, by the rules; feeling says that something is felt."""
    if not seen.passage.given:
        for name in seen.passage.components:
            yield COMPONENT + name, YES
            if name == "feeling":
                yield EMOTION, YES


def other_functions() -> Iterator[Function]:
    """What no rule took, and components, given and found."""
    yield Function("word-untaken", "a term of the vocabulary stands there though no rule took it: that something is felt", untaken, "hint")
    yield Function("component-given", "the question that the passage answers", components_given, reads_all=False)
    yield Function("component-found", "the component that the rules find", components_found)

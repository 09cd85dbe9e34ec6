"""Patterns of single emotions: without a cause, denied, those of others and those of nobody known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressenti.graph.patterns.felt import Felt, Person, Telling, Words
from ressenti.ontology.emotions import load_emotions


@dataclass(frozen=True, slots=True)
class Uncaused:
    """An emotion of somebody for which no cause was found, anywhere in the narrative.

    Attributes:
        felt: Its mentions, in reading order.
        towards: At whom or what it is directed, where the text says so.
    """

    felt: tuple[Felt, ...]
    towards: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """An emotion that the text says was not felt.

    Attributes:
        felt: What is denied, and of whom.
        about: What it would have been caused by or directed at.
        elsewhere: Mentions that say of the same person that the emotion, or one below it, was felt: who feels rage feels anger.
    """

    felt: Felt
    about: tuple[Words, ...]
    elsewhere: tuple[Felt, ...]


@dataclass(frozen=True, slots=True)
class OfOther:
    """An emotion of somebody else, as told by the narrator or by whom the narrator lets speak.

    Attributes:
        felt: The emotion, and whose.
        reported: Whose words say so; None for the narrator’s own.
        towards: At whom or what it is directed.
    """

    felt: Felt
    reported: str | None
    towards: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Unattributed:
    """An affirmed emotion of which the text does not say who feels it, so that no other pattern may hold it.

    Attributes:
        felt: The emotion.
        towards: At whom or what it is directed, where the text says so.
    """

    felt: Felt
    towards: tuple[Words, ...]


def uncaused(telling: Telling) -> Iterator[Uncaused]:
    """Emotions without a cause: affirmed, felt by somebody, and not only suggested, for what suggests one is its cause."""
    of: dict[tuple[Person, str], list[Felt]] = {}
    caused: set[tuple[Person, str]] = set()
    for id_, several in telling.felt.items():
        for felt in several:
            if felt.who is None:
                continue
            key = felt.who, felt.emotion
            if felt.mode == "suggested" or any(role.role == "cause" for role in telling.roles[id_]):
                caused.add(key)
            elif felt.status == "affirmed":
                of.setdefault(key, []).append(felt)
    for key, found in of.items():
        if key not in caused:
            yield Uncaused(tuple(found), tuple(words for felt in found for words in _said(telling, felt, "target")))


def denied(telling: Telling) -> Iterator[Denied]:
    """Emotions that are denied."""
    everywhere = [felt for several in telling.felt.values() for felt in several]
    for felt in everywhere:
        if felt.status == "negated":
            elsewhere = [other for other in everywhere if _same(felt, other)]
            yield Denied(felt, (*_said(telling, felt, "cause"), *_said(telling, felt, "target")), tuple(elsewhere))


def of_others(telling: Telling) -> Iterator[OfOther]:
    """Affirmed emotions of others than the narrator."""
    for id_, several in telling.felt.items():
        for felt in several:
            if felt.status == "affirmed" and felt.who is not None and not felt.who.narrator:
                reported = telling.mentions[id_].extra.get("reported")
                yield OfOther(felt, str(reported) if reported else None, tuple(_said(telling, felt, "target")))


def unattributed(telling: Telling) -> Iterator[Unattributed]:
    """Affirmed emotions that nobody is said to feel."""
    for several in telling.felt.values():
        for felt in several:
            if felt.status == "affirmed" and felt.who is None:
                yield Unattributed(felt, tuple(_said(telling, felt, "target")))


def _said(telling: Telling, felt: Felt, role: str) -> Iterator[Words]:
    return (telling.words([r.span]) for r in telling.roles[felt.mention] if r.role == role)


def _same(one: Felt, other: Felt) -> bool:
    """Whether a mention affirms what another denies."""
    emotions = load_emotions()
    return other.status == "affirmed" and one.who is not None and one.who == other.who and one.emotion in emotions.lineage(other.emotion)

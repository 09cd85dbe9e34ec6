"""Ambivalence: two feelings of contrary value that one person has at once.

What the text must show is in ``fr/ambivalence.yaml``: being torn (« partagé entre »), both at once (« à la fois »), not knowing
which, one in spite of the other (« bien que »), or the same target. Contrary are the opposites that the ontology confirms
(``dependency_decisions.tsv``), through the tiers, and feelings of which one is pleasant and the other not. Precision goes first:
what the text tells as one after the other (« puis », « maintenant »), of two persons, or towards two, is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ressenti.ontology.dependencies import load_dependencies
from ressenti.ontology.emotions import load_emotions
from ressenti.rules.account import Account
from ressenti.rules.entities import Entities, place
from ressenti.rules.found import Found
from ressenti.rules.sentence import Sentence
from ressenti.rules.words import FRENCH
from ressenti.rules.yaml_lines import listed, read_yaml, sections

_CLASSES = frozenset({"torn", "together", "unsure", "concession", "contrast", "opening", "succession"})
_BEFORE = 8
"""Words between what says « both » and the first of the two, at most."""
_CLOSE = 5
"""Words between two feelings that a plain « mais » or « et » joins, at most."""
_JOINED = 3
"""The same without any wording of contrast: « triste, et soulagée »."""
_NEUTRAL = "surprise"
"""The primary that is pleasant or not as it comes."""


@cache
def load_wording(path: Path = FRENCH / "ambivalence.yaml") -> dict[str, tuple[str, ...]]:
    """Read the phrases of each class.

    Raises:
        DataError: The file is not YAML, or has a class that does not exist or lacks one; with its line.
    """
    data = sections(path, read_yaml(path), _CLASSES, "class", "classes")
    return {str(name): tuple(str(phrase) for phrase in listed(phrases)) for name, phrases in data.items()}


@cache
def value(key: str) -> int:
    """Whether an emotion is pleasant (1), unpleasant (-1) or neither (0), by its valence, its own or that of the group it belongs to.

    An emotion without valence is what its opposite is not (love, of hate).
    """
    emotions = load_emotions()
    if emotions.primary(key) == _NEUTRAL:
        return 0
    for above in emotions.lineage(key):
        vad = emotions[above].vad
        if vad is not None:
            return 1 if vad[0] > 0 else -1
        for other in opposites().get(above, ()):
            if (vad := emotions[other].vad) is not None:
                return -1 if vad[0] > 0 else 1
    return 0


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The opposites of each emotion that a person confirmed."""
    found: dict[str, set[str]] = {}
    for dependency in load_dependencies():
        if dependency.relation == "opposite" and dependency.status == "confirmed":
            one, two = dependency.emotions
            found.setdefault(one, set()).add(two)
            found.setdefault(two, set()).add(one)
    return {key: frozenset(others) for key, others in found.items()}


@cache
def opposed(one: str, two: str) -> bool:
    """Whether the ontology confirms two emotions, or emotions that they are kinds of, as opposites."""
    lineage = load_emotions().lineage
    above = frozenset(lineage(two))
    return any(not opposites().get(key, frozenset()).isdisjoint(above) for key in lineage(one))


def contrary(one: str, two: str) -> bool:
    """Whether one of two emotions is pleasant and the other not."""
    return value(one) * value(two) < 0


@dataclass(slots=True)
class _Feeling:
    """A mention with its number and what the judgement needs of it."""

    id: int
    f: Found
    number: int
    who: str | None
    towards: frozenset[str]
    dear: frozenset[str]
    first: int
    last: int


def mark_ambivalence(account: Account, entities: Entities) -> None:
    """Give each of two ambivalent mentions the other's id, as ``ambivalent_with``; ids count the mentions in reading order, from 1."""
    before: list[_Feeling] = []
    ids = 0
    pairs: dict[int, set[int]] = {}
    by_id: dict[int, Found] = {}
    for number, (s, found) in enumerate(zip(account.sentences, account.found, strict=True)):
        here = []
        for f in found:
            ids += 1
            by_id[ids] = f
            here.append(_Feeling(ids, f, number, _who(entities, f), _towards(entities, f), _dear(entities, f), f.hit.all[0], f.hit.all[-1]))
        for a, b in [*_in_one(s, here), *_across(account, before, here)]:
            pairs.setdefault(a.id, set()).add(b.id)
            pairs.setdefault(b.id, set()).add(a.id)
        before = here
    for id_, others in pairs.items():
        by_id[id_].extra["ambivalent_with"] = sorted(others)


def _in_one(s: Sentence, here: Sequence[_Feeling]) -> Iterator[tuple[_Feeling, _Feeling]]:
    if len(here) < 2 or len(here) > 12:  # a list of feelings is no ambivalence, and pairs would grow with its square
        return
    for n, a in enumerate(here):
        for b in here[n + 1 :]:
            if b.first > a.last and _ambivalent(s, a, b, here):
                yield a, b


def _ambivalent(s: Sentence, a: _Feeling, b: _Feeling, here: Sequence[_Feeling]) -> bool:
    if a.f.status == "negated" or b.f.status == "negated" or load_emotions().primary(a.f.emotion) == load_emotions().primary(b.f.emotion):
        return False
    unsure = _stands(s, "unsure", 0, a.first)
    if not all(x.f.status == "affirmed" or (unsure and x.f.status == "hypothetical") for x in (a, b)):
        return False
    same = a.who is not None and a.who == b.who
    untold = a.who is None or b.who is None or _holds(b, a) or _holds(a, b)
    contrast = contrary(a.f.emotion, b.f.emotion)
    neighbours = not any(a.last < x.first < b.first for x in here)
    if neighbours and (same or untold) and _one_clause(s, a, b):
        if _stands(s, "torn", a.first - _BEFORE, a.first) and value(a.f.emotion):
            return True
        explicit = (
            _stands(s, "together", a.first - _BEFORE, a.first)
            or _stands(s, "together", a.last, b.first)
            or _stands(s, "together", b.last, b.last + 5)
            or (unsure and any(s.forms[i] == "ou" for i in range(a.last, b.first)))
        )
        if explicit and (contrast or opposed(a.f.emotion, b.f.emotion)):
            return True
    if not same or not contrast or _told_apart(s, a, b) or a.dear & b.towards or b.dear & a.towards:
        return False
    if a.towards and a.towards & b.towards and _felt(a, b):
        return True
    if a.towards and b.towards and a.f.mode == b.f.mode == "labelled" and not a.towards & b.towards and not _concession(s, a, b):
        return False
    if "labelled" not in (a.f.mode, b.f.mode):
        return False
    if _stands(s, "together", a.last, b.first) or _concession(s, a, b):
        return True
    if a.f.mode != "labelled" or b.f.mode != "labelled" or not neighbours:
        return False
    between = b.first - a.last - 1
    return (between <= _JOINED and "et" in s.forms[a.last : b.first]) or (between <= _CLOSE and _stands(s, "contrast", a.last, b.first))


def _holds(a: _Feeling, b: _Feeling) -> bool:
    """Whether the one who is said to feel is the other feeling: « ma joie était mêlée de tristesse »."""
    return any(r.role == "experiencer" and r.first <= b.last and b.first <= r.last for r in a.f.roles)


def _concession(s: Sentence, a: _Feeling, b: _Feeling) -> bool:
    return _stands(s, "concession", a.last, b.first) or _stands(s, "concession", a.first - _BEFORE, a.first)


def _felt(a: _Feeling, b: _Feeling) -> bool:
    return "suggested" not in (a.f.mode, b.f.mode)


def _across(account: Account, before: Sequence[_Feeling], here: Sequence[_Feeling]) -> Iterator[tuple[_Feeling, _Feeling]]:
    """A sentence held against the one before: « En même temps, … », « Et pourtant … »."""
    if not before or not here:
        return
    s = account.sentences[here[0].number]
    opening = any(last <= 4 for last in _ends(s, "opening"))
    a, b = before[-1], here[0]
    if a.f.status != "affirmed" or b.f.status != "affirmed" or a.who is None or a.who != b.who:
        return
    if not contrary(a.f.emotion, b.f.emotion) or not _felt(a, b) or "labelled" not in (a.f.mode, b.f.mode):
        return
    if a.towards and b.towards and not a.towards & b.towards:
        return
    if opening and not _stands(s, "succession", -1, b.first):
        yield a, b


def _told_apart(s: Sentence, a: _Feeling, b: _Feeling) -> bool:
    """Told as one after the other, or at different times."""
    times = a.f.extra.get("time"), b.f.extra.get("time")
    return _stands(s, "succession", -1, b.first) or (None not in times and times[0] != times[1])


def _one_clause(s: Sentence, a: _Feeling, b: _Feeling) -> bool:
    """Whether nothing stronger than a comma stands between two feelings."""
    return not s.stop_between(a.last, b.first)


def _stands(s: Sentence, wording: str, after: int, before: int) -> bool:
    """Whether a phrase of a class ends between two tokens, both excluded."""
    return any(after < last < before for last in _ends(s, wording))


@cache
def _by_last(wording: str) -> Mapping[str, list[str]]:
    """Last word to the phrases of a class that end with it."""
    found: dict[str, list[str]] = {}
    for phrase in load_wording()[wording]:
        found.setdefault(phrase.replace("'", "' ").split()[-1], []).append(phrase)
    return found


def _ends(s: Sentence, wording: str) -> list[int]:
    """Indices of the last word of each phrase of a class; found once a sentence."""
    key = ("ambivalence", wording)
    if key not in s.memo:
        by_last = _by_last(wording)
        s.memo[key] = sorted({last for word in by_last.keys() & s.forms for phrase in by_last[word] for last in s.find(phrase)})
    found: list[int] = s.memo[key]
    return found


def _who(entities: Entities, f: Found) -> str | None:
    return next((who for r in f.roles if r.role == "experiencer" and (who := entities.of_role(r)) is not None), None)


def _towards(entities: Entities, f: Found) -> frozenset[str]:
    """Whom or what a feeling is for: entities, else the words themselves."""
    found = set()
    for r in f.roles:
        if r.role in ("target", "cause"):
            who = entities.of.get(place(r.sentence, r.head))
            found.add(who or " ".join(r.sentence.forms[r.first : r.last + 1]))
    return frozenset(found)


def _dear(entities: Entities, f: Found) -> frozenset[str]:
    """Whom one fears for: to love him too is no contrary (« j'ai peur pour lui et je l'aime »)."""
    if load_emotions().primary(f.emotion) != "fear":
        return frozenset()
    heads = (entities.of.get(place(r.sentence, r.head)) for r in f.roles if r.role == "target")
    return frozenset(who for who in heads if who is not None)

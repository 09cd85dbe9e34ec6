"""Ambivalences: what the text tells as felt together, and contraries that stand close without its saying so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from ressenti.graph.model import opposed
from ressenti.graph.patterns.chains import succession
from ressenti.graph.patterns.felt import Felt, Telling
from ressenti.graph.patterns.french import load_french
from ressenti.ontology.dependencies import load_dependencies
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold


@dataclass(frozen=True, slots=True)
class Ambivalence:
    """Two contrary emotions of one person.

    Attributes:
        source: ``text``: told as felt together (docs/ambivalence.md); ``target``: the ontology opposes them, and they are about the same;
            ``sentence``: it opposes them, and one sentence tells both without a word that parts them in time.
        one: The first.
        other: The second.
    """

    source: str
    one: Felt
    other: Felt


def ambivalences(telling: Telling) -> Iterator[Ambivalence]:
    """Each pair once, under the best evidence for it; what is denied or imagined makes none."""
    told: set[frozenset[int]] = set()
    for mention in telling.narrative.mentions:
        for id_ in mention.extra.get("ambivalent_with", ()):
            pair = frozenset((mention.id, id_))
            if id_ in telling.mentions and len(pair) == 2 and pair not in told:
                told.add(pair)
                one, other = sorted(pair)
                for a, b in _same_person(telling, one, other):
                    yield Ambivalence("text", a, b)
                    break
                else:
                    yield Ambivalence("text", telling.felt[one][0], telling.felt[other][0])
    ids = [id_ for id_, several in telling.felt.items() if several[0].status == "affirmed" and several[0].mode != "suggested"]
    for one, other in _near(telling, ids):
        if frozenset((one, other)) in told:
            continue
        source = _close(telling, one, other)
        for a, b in _same_person(telling, one, other) if source else ():
            yield Ambivalence(str(source), a, b)


def _near(telling: Telling, ids: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs of contrary emotions in one sentence or about the same: all others would be looked at in vain."""
    together: dict[int | str, dict[str, list[int]]] = {}
    order = {id_: place for place, id_ in enumerate(ids)}
    for id_ in order:
        keys: list[int | str] = [telling.sentence(telling.mentions[id_].cue[0][0]), *_about(telling, id_)]
        for key in keys:
            together.setdefault(key, {}).setdefault(telling.mentions[id_].emotion, []).append(id_)
    found: set[tuple[int, int]] = set()
    for several in together.values():
        for one, other in combinations(several, 2):
            if _opposed(one, other):
                found.update((a, b) if order[a] < order[b] else (b, a) for a in several[one] for b in several[other])
    return sorted(found)


def _same_person(telling: Telling, one: int, other: int) -> Iterator[tuple[Felt, Felt]]:
    return ((a, b) for a in telling.felt[one] for b in telling.felt[other] if a.who is not None and a.who == b.who)


def _close(telling: Telling, one: int, other: int) -> str | None:
    """What holds two mentions together: the same target or cause, or one sentence."""
    if _about(telling, one) & _about(telling, other):
        return "target"
    a, b = telling.mentions[one], telling.mentions[other]
    first, last = a.cue[-1][1], b.cue[0][0]
    times = a.extra.get("time"), b.extra.get("time")
    parted = (None not in times and times[0] != times[1]) or _apart(telling, first, last)
    return "sentence" if not parted and telling.sentence(a.cue[0][0]) == telling.sentence(last) else None


def _apart(telling: Telling, first: int, last: int) -> bool:
    return last > first and succession(telling.narrative.text, first, last) is not None


def _about(telling: Telling, mention: int) -> set[str]:
    roles = [role for role in telling.roles[mention] if role.role in ("target", "cause")]
    said = {whom.id or whom.label if (whom := telling.whom(role)) else fold(telling.words([role.span]).text) for role in roles}
    return said - load_french()["anaphors"]


@lru_cache(4096)
def _opposed(one: str, other: str) -> bool:
    """Opposites of which neither is made of the other: jealousy is a fear with anger in it, and no contrary of fear."""
    return opposed(one, other) and not (_holds(one, other) or _holds(other, one))


def _holds(whole: str, part: str) -> bool:
    """Whether the ontology confirms an emotion to be composed of another, or of one that this is a kind of."""
    confirmed = (d.emotions for d in load_dependencies() if d.relation == "composition" and d.status == "confirmed")
    above = load_emotions().lineage(part)
    return any(blend == whole and not set(parts).isdisjoint(above) for blend, *parts in confirmed)

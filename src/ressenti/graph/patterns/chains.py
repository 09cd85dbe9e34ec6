"""Chains of emotions: by cause, and in the order in which each person’s are told; loops; and exchanges between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from ressenti.graph.patterns.causes import Link, causal_links
from ressenti.graph.patterns.felt import Felt, Telling, Tier, Words, at_tier
from ressenti.graph.patterns.french import phrases
from ressenti.schema import Span

LONGEST = 6
"""Emotions of a causal chain, at most: beyond, the chains of a narrative that repeats itself grow without end."""
MOST = 1000
"""Causal chains from one emotion, and loops by cause of one narrative, at most; no account comes near, a file made by hand may."""
BETWEEN = 3
"""Emotions between one and its return, at most."""
_REACH = 2
"""Sentences from one emotion to the next within which a word of succession stands between them."""

Key = tuple[object, str]


@dataclass(frozen=True, slots=True)
class Chain:
    """Emotions of which each leads to the next.

    Attributes:
        kind: ``cause``: each causes the next; ``order``: one person’s, as the narrative tells them, but one told as the cause of
            another before it.
        steps: The emotions.
        links: What leads from each to the next, one less than steps.
        times: How often in a row each step is told in a course, of which it is the first time; of a causal chain nothing.
    """

    kind: str
    steps: tuple[Felt, ...]
    links: tuple[Link, ...]
    times: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """A chain that comes back.

    Attributes:
        kind: ``cause``: to the emotion that it began with, by causes; ``return``: one person’s emotion is told again after others;
            ``exchange``: by causes from one person to another and back to the first, whatever is felt.
        back: Key of the emotion, or of the group above it, that comes back; None for an exchange.
        steps: The emotions, the first and the last being of one sort, or of one person.
        links: What leads from each to the next.
    """

    kind: str
    back: str | None
    steps: tuple[Felt, ...]
    links: tuple[Link, ...]


def causal_chains(telling: Telling, tier: Tier = "emotion", length: int | None = None) -> Iterator[Chain]:
    """Chains in which each emotion causes the next, of one person or of several.

    Args:
        telling: The narrative.
        tier: Where two emotions count as the same, so that a chain goes on from one to the other.
        length: Emotions of a chain, 2 or more; without it the chains that no longer one contains.
    """
    after = _after(telling, tier)
    begun = {end for ends in after.values() for end in ends}
    for start in after:
        if length is None and start in begun and not _in_loop(start, after):
            continue
        for path in islice(_paths(start, after, length), MOST):
            links = tuple(after[a][b] for a, b in pairwise(path))
            yield Chain("cause", (links[0].start, *(link.end for link in links)), links)


def courses(telling: Telling, tier: Tier = "emotion", length: int | None = None) -> Iterator[Chain]:
    """What each person feels, in the order in which the narrative tells it; the same emotion told again at once is one step.

    Args:
        telling: The narrative.
        tier: Where two emotions count as the same.
        length: Emotions of a chain, 2 or more: each run of so many; without it each person’s whole course.
    """
    for steps, times in _told(telling, tier):
        size = length or len(steps)
        for first in range(len(steps) - size + 1) if size > 1 else ():
            run = steps[first : first + size]
            yield Chain("order", tuple(run), _links(telling, run), tuple(times[first : first + size]))


def loops(telling: Telling, tier: Tier = "secondary") -> Iterator[Loop]:
    """Loops by cause, returns in the telling, and exchanges between two persons.

    Args:
        telling: The narrative.
        tier: Where two emotions count as the same.
    """
    after = _after(telling, tier)
    told: set[frozenset[Key]] = set()
    for cycle in _cycles(after):
        links = tuple(after[a][b] for a, b in zip(cycle, (*cycle[1:], cycle[0]), strict=True))
        told.add(frozenset(cycle))
        yield Loop("cause", cycle[0][1], (links[0].start, *(link.end for link in links)), links)
    for steps, _ in _told(telling, tier):
        for loop in _returns(telling, steps, tier):
            if frozenset(_key(felt, tier) for felt in loop.steps) not in told:
                yield loop
    for first, seconds in after.items():
        for second, there in seconds.items():
            for third, back in after.get(second, {}).items():
                if first[0] == third[0] != second[0] and first != third:
                    yield Loop("exchange", None, (there.start, there.end, back.end), (there, back))


def _returns(telling: Telling, steps: Sequence[Felt], tier: Tier) -> Iterator[Loop]:
    """The shortest way from each emotion to its next return."""
    last: dict[str, int] = {}
    for n, felt in enumerate(steps):
        key = at_tier(felt, tier)
        if key in last and n - last[key] - 1 <= BETWEEN:
            run = steps[last[key] : n + 1]
            # What returns within the run is a loop of its own; fear that becomes panic has not gone
            if len({at_tier(f, tier) for f in run}) == len(run) - 1 and any(f.primary != felt.primary for f in run):
                yield Loop("return", key, tuple(run), _links(telling, run))
        last[key] = n


def _key(felt: Felt, tier: Tier) -> Key:
    """Who feels what; of nobody known each mention by itself."""
    return (felt.who or felt.mention, at_tier(felt, tier))


def _after(telling: Telling, tier: Tier) -> Mapping[Key, Mapping[Key, Link]]:
    """Each emotion of each person to those that it causes, with the first link that says so."""
    after: dict[Key, dict[Key, Link]] = {}
    for link in causal_links(telling):
        start, end = _key(link.start, tier), _key(link.end, tier)
        if start != end:
            after.setdefault(start, {}).setdefault(end, link)
    return after


def _paths(start: Key, after: Mapping[Key, Mapping[Key, Link]], length: int | None) -> Iterator[tuple[Key, ...]]:
    waiting: list[tuple[Key, ...]] = [(start,)]
    while waiting:
        path = waiting.pop()
        going_on = len(path) < (length or LONGEST)
        further: list[tuple[Key, ...]] = [(*path, key) for key in after.get(path[-1], ()) if going_on and key not in path]
        if len(path) == length or (length is None and not further and len(path) > 1):
            yield path
        waiting.extend(reversed(further))


def _in_loop(key: Key, after: Mapping[Key, Mapping[Key, Link]]) -> bool:
    """Whether a chain that nothing else begins begins here: all that leads to the key is led to by it."""
    reached, waiting = {key}, [key]
    while waiting:
        for end in after.get(waiting.pop(), ()):
            if end not in reached:
                reached.add(end)
                waiting.append(end)
    return all(start in reached for start, ends in after.items() if key in ends)


def _cycles(after: Mapping[Key, Mapping[Key, Link]]) -> Iterator[list[Key]]:
    """Causal cycles, each from the emotion that the narrative tells first."""
    import networkx as nx

    graph: nx.DiGraph[Key] = nx.DiGraph((start, end) for start, ends in after.items() for end in ends)
    begins = {(start, end): link.start.mention for start, ends in after.items() for end, link in ends.items()}
    found = []
    for cycle in islice(nx.simple_cycles(graph, length_bound=LONGEST), MOST):
        turns = [cycle[n:] + cycle[:n] for n in range(len(cycle))]
        found.append(min(((begins[turn[0], turn[1]], turn) for turn in turns), key=lambda pair: pair[0]))
    yield from (turn for _, turn in sorted(found, key=lambda pair: (pair[0], len(pair[1]))))


def _told(telling: Telling, tier: Tier) -> Iterator[tuple[list[Felt], list[int]]]:
    """Each person’s affirmed emotions in reading order, how often in a row each is told; one told as another’s cause comes before it."""
    of: dict[object, list[Felt]] = {}
    causes = _causes(telling)
    for several in telling.felt.values():
        for felt in several:
            if felt.status == "affirmed" and felt.who is not None:
                steps = of.setdefault(felt.who, [])
                before = bool(steps) and (felt.mention, steps[-1].mention) in causes
                steps.insert(len(steps) - before, felt)
    for steps in of.values():
        runs = [list(run) for _, run in groupby(steps, key=lambda felt: at_tier(felt, tier))]
        yield [run[0] for run in runs], [len(run) for run in runs]


def _links(telling: Telling, steps: Sequence[Felt]) -> tuple[Link, ...]:
    causes = _causes(telling)
    links = []
    for n, (start, end) in enumerate(pairwise(steps), start=2):
        in_order = start.cue.spans < end.cue.spans and (n == len(steps) or end.cue.spans < steps[n].cue.spans)
        links.append(_link(telling, start, end, causes, in_order=in_order))
    return tuple(links)


def _causes(telling: Telling) -> Mapping[tuple[int, int], Link]:
    return telling.once("causes", lambda: {(link.start.mention, link.end.mention): link for link in causal_links(telling)})


def _link(telling: Telling, start: Felt, end: Felt, causes: Mapping[tuple[int, int], Link], *, in_order: bool) -> Link:
    if cause := causes.get((start.mention, end.mention)):
        return cause
    text, first, last = telling.narrative.text, start.cue.spans[-1][1], end.cue.spans[0][0]
    near = in_order and telling.sentence(last) - telling.sentence(first) < _REACH
    # « la nostalgie le prenait d’un coup. Il éprouvait … »: the word is of the first
    if near and (found := succession(text, first, last)) and telling.sentence(found[0]) == telling.sentence(last):
        return Link("then", start, end, telling.words([found]))
    return Link("order", start, end, Words("", ()))


def succession(text: str, start: int, end: int) -> Span | None:
    """Where a word of succession (« puis », « ensuite ») stands between two offsets."""
    found = phrases("then").search(text[start:end].replace("’", "'"))
    return (start + found.start(), start + found.end()) if found else None

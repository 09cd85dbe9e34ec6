"""Who causes what in whom, also through what somebody feels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ressenti.graph.patterns.clauses import in_a_clause_within, is_content, speaks_of
from ressenti.graph.patterns.felt import Felt, Person, Telling, Words, inside
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Span

_AWAITING = frozenset({"fear", "optimism"})


@dataclass(frozen=True, slots=True)
class Causation:
    """Somebody, an event or an emotion that causes an emotion in somebody.

    Attributes:
        by: Whom the cause names or, a clause, speaks of; None where it is nobody.
        cause: Its words.
        through: The emotions that the cause names or tells: « sa tristesse me mettait en colère ».
        felt: What it causes, and in whom.
    """

    by: Person | None
    cause: Words
    through: tuple[Felt, ...]
    felt: Felt


@dataclass(frozen=True, slots=True)
class Link:
    """From one emotion to another.

    Attributes:
        kind: ``cause``; ``then`` where words say that the second followed (« puis »); ``order`` where only the telling has this order.
        start: The first.
        end: The second.
        words: What shows it: the words of the cause or consequence, the word of succession; none of mere order.
    """

    kind: str
    start: Felt
    end: Felt
    words: Words


def causations(telling: Telling) -> Iterator[Causation]:
    """What causes the emotions of a narrative, denied ones left out."""
    through: dict[tuple[int, Span], list[Felt]] = {}
    for link, span in _told_inside(telling):
        through.setdefault((link.end.mention, span), []).append(link.start)
    done: set[tuple[int, int]] = set()
    for id_, several in telling.felt.items():
        if several[0].status == "negated":
            continue
        for role in telling.roles[id_]:
            if role.role != "cause":
                continue
            inner = tuple(dict.fromkeys(through.get((id_, role.span), ())))
            done.update((felt.mention, id_) for felt in inner)
            by = telling.whom(role) or speaks_of(telling, role.span)
            for felt in several:
                yield Causation(by, telling.words([role.span]), tuple(f for f in inner if f != felt), felt)
    for link in _by_consequence(telling):
        if (link.start.mention, link.end.mention) not in done and link.start.status == link.end.status == "affirmed":
            yield Causation(link.start.who, link.start.cue, (link.start,), link.end)


def causal_links(telling: Telling) -> Iterator[Link]:
    """Emotions that cause emotions, in both of which the text says that they were felt."""
    return iter(telling.once("causal links", lambda: tuple(_all_links(telling))))


def _all_links(telling: Telling) -> Iterator[Link]:
    seen: set[tuple[int, object, int, object]] = set()
    for link in (*(link for link, _ in _told_inside(telling)), *_by_consequence(telling), *_through_events(telling)):
        key = (link.start.mention, link.start.who, link.end.mention, link.end.who)
        if key not in seen and link.start.status == link.end.status == "affirmed":
            seen.add(key)
            yield link


def _between_emotions(telling: Telling, kind: str) -> Iterator[tuple[Felt, Felt, Span]]:
    """Edges of a kind between two emotions, one of whose cues stands in a role of the other: holder, other, and the role’s span.

    Where a situation only suggests the other (« Sabine a obtenu le poste »), the situation counts, and not what it suggests.
    """
    for start, end, data in telling.graph.edges(data=True):
        if data["kind"] != kind or "other" not in data:
            continue
        holder, other = (end, start) if kind == "causes" else (start, end)
        one, two, (span,) = telling.at_node(data["mention"], holder), telling.at_node(data["other"], other), data["spans"]
        if two.mode != "suggested" and not in_a_clause_within(telling.narrative.text, span, two.cue.spans[0][0]):
            yield one, two, span


def _told_inside(telling: Telling) -> Iterator[tuple[Link, Span]]:
    for holder, other, span in _between_emotions(telling, "causes"):
        if holder.status != "negated":
            if other.status == "affirmed" and _awaits(holder) and is_content(telling.narrative.text, span):
                other = replace(other, status="hypothetical")  # « j’ai peur qu’il se sente humilié » does not say that he was
            yield Link("cause", other, holder, telling.words([span])), span


def _awaits(felt: Felt) -> bool:
    """Whether an emotion is of what may come: fear, hope."""
    return any(key in _AWAITING for key in load_emotions().lineage(felt.emotion))


def _by_consequence(telling: Telling) -> Iterator[Link]:
    for holder, other, span in _between_emotions(telling, "leads to"):
        yield Link("cause", holder, other, telling.words([span]))


def _through_events(telling: Telling) -> Iterator[Link]:
    """« J’avais honte, alors j’ai menti. » … « Elle était furieuse que j’aie menti »: what one emotion leads to causes another."""
    led = [(m, r.span) for m, roles in telling.roles.items() for r in roles if r.role == "consequence"]
    caused = [(m, r.span) for m, roles in telling.roles.items() for r in roles if r.role == "cause"]
    for start, one in led:
        for end, other in caused:
            if start == end or not (inside([one], other) or inside([other], one)):
                continue
            for a in telling.felt[start]:
                for b in telling.felt[end]:
                    yield Link("cause", a, b, telling.words([min(one, other, key=lambda span: span[1] - span[0])]))

"""Which parts of the account are which component for two reviewers, where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ressenti.review.agreement.choices import Choice, Data, Difference, decision
from ressenti.review.agreement.pairs import Both, Part, alike, rows
from ressenti.schema import Component

Key = tuple[bool, Part]
"""Whether a component was found, and what decisions name it by: as it was found, or as it was added."""


def component_differences(both: Both) -> Iterator[Difference]:
    """The components that the two have otherwise: of another kind, at another span, or not at all."""
    found = {_part(part) for part in both.found.components}
    keys = {
        id(part): _key(_part(part), both.began[side].get(_part(part), _part(part) if _part(part) in found else None))
        for side, narrative in enumerate((both.one, both.other))
        for part in narrative.components
    }

    def choice(chosen: Component | None, sides: Sequence[Component]) -> Choice:
        decisions = []
        if chosen is not None:
            was_found, own = keys[id(chosen)]
            value = _data(_part(chosen))
            decisions.append(decision("component", "change" if was_found else "add", _data(own) if was_found else None, value))
        gone = dict.fromkeys(keys[id(side)] for side in sides if chosen is None or keys[id(side)] != keys[id(chosen)])
        decisions += [decision("component", "reject", _data(part)) for _, part in gone]
        return Choice(None, [], decisions, None if chosen is None else _data(_part(chosen)))

    for one, other in rows(both.one.components, both.other.components, lambda part: keys[id(part)], alike):
        sides = [part for part in (one, other) if part is not None]
        if len(sides) == 2 and len(set(map(_part, sides))) == 1:
            continue
        neither = choice(None, sides) if len(sides) == 2 else None
        yield Difference("component", sorted({part.span for part in sides}), choice(one, sides), choice(other, sides), neither)


def _key(part: Part, began: Part | None) -> Key:
    return (False, part) if began is None else (True, began)


def _part(component: Component) -> Part:
    return component.component, component.span


def _data(part: Part) -> Data:
    return {"component": part[0], "span": list(part[1])}

"""Holding JSON against a schema of ours: the keywords that our schemas use, with the place and the reason of each fault.

No value that may be an account's words is shown. That this agrees with a full implementation of JSON Schema is tested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

_TYPES: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "object": (dict, "an object, {…}"),
    "array": (list, "a list, […]"),
    "string": (str, "a string"),
    "integer": (int, "a whole number"),
    "number": ((int, float), "a number"),
    "boolean": (bool, "true or false"),
    "null": (type(None), "null"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file.

    Attributes:
        place: JSON path, as ``narratives[0].decisions[3].value.emotion``; empty for the whole.
        reason: What is wrong and what would be right.
    """

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason


def faults(data: Any, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with a value.

    Args:
        data: As ``json.loads`` gives it.
        schema: The whole schema; ``$ref`` names one of its ``$defs``.
    """
    yield from _faults(data, schema, schema, "")


def shown(value: Any) -> str:
    """A value that should have been another; a long one may be a stretch of an account and is not shown."""
    if isinstance(value, str):
        return repr(value) if len(value) <= 24 and value.isascii() else "something else"
    return repr(value) if isinstance(value, (int, float)) or value is None else "something else"


def moment(value: str) -> datetime | None:
    """A point in time of RFC 3339; None where it is none, or does not say how far from UTC it is."""
    if not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d", value):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _faults(data: Any, schema: Mapping[str, Any], whole: Mapping[str, Any], at: str) -> Iterator[Fault]:
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    if (kinds := schema.get("type")) is not None:
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not any(_is(data, kind) for kind in kinds):
            yield Fault(at, f"is not {' or '.join(_TYPES[kind][1] for kind in kinds)}")
            return
    if "const" in schema and not _same(data, schema["const"]):
        yield Fault(at, f"is {shown(data)}; it must be {schema['const']!r}")
    if "enum" in schema and not any(_same(data, value) for value in schema["enum"]):
        yield Fault(at, f"is {shown(data)}; known: {', '.join(map(str, schema['enum']))}")
    if isinstance(data, str):
        yield from _of_string(data, schema, at)
    elif isinstance(data, (int, float)) and not isinstance(data, bool):
        low, high = schema.get("minimum"), schema.get("maximum")
        if (low is not None and data < low) or (high is not None and data > high):
            yield Fault(at, f"is {data}; it must be {low} or more" + ("" if high is None else f", {high} or less"))
    elif isinstance(data, list):
        yield from _of_list(data, schema, whole, at)
    elif isinstance(data, dict):
        yield from _of_object(data, schema, whole, at)
    for part in schema.get("allOf", ()):
        if "if" not in part or _applies(data, part["if"]):
            yield from _faults(data, part.get("then", part), whole, at)


def _applies(data: Any, condition: Mapping[str, Any]) -> bool:
    """Whether a condition on single values of an object holds: none that is there is another one."""
    for name, of in condition["properties"].items():
        if name in data and not any(_same(data[name], value) for value in of.get("enum", [of["const"]] if "const" in of else [])):
            return False
    return True


def _of_string(data: str, schema: Mapping[str, Any], at: str) -> Iterator[Fault]:
    if re.search("[\0\ud800-\udfff]", data):
        yield Fault(at, "contains a NUL character or half of a character (\\ud800 to \\udfff)")
    elif len(data) < schema.get("minLength", 0):
        yield Fault(at, "is empty")
    elif len(data) > schema.get("maxLength", len(data)):
        yield Fault(at, f"has {len(data)} characters; {schema['maxLength']} at most")
    elif "pattern" in schema and not re.fullmatch(schema["pattern"], data):
        yield Fault(at, f"is not of the form that it must have, {schema['pattern']}")
    elif schema.get("format") == "date-time" and moment(data) is None:
        yield Fault(at, "is no time with its offset from UTC, such as 2026-11-26T10:00:00+01:00")


def _of_list(data: Sequence[Any], schema: Mapping[str, Any], whole: Mapping[str, Any], at: str) -> Iterator[Fault]:
    first = schema.get("prefixItems", ())
    if len(data) < schema.get("minItems", 0):
        yield Fault(at, "is empty" if not data else f"has {len(data)} values; it must have {schema['minItems']}")
    elif schema.get("items") is False and len(data) > len(first):
        yield Fault(at, f"has {len(data)} values; it must have {len(first)}")
    for number, item in enumerate(data):
        of = first[number] if number < len(first) else schema.get("items")
        if of:
            yield from _faults(item, of, whole, f"{at}[{number}]")


def _of_object(data: Mapping[str, Any], schema: Mapping[str, Any], whole: Mapping[str, Any], at: str) -> Iterator[Fault]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in data:
            yield Fault(at, f"lacks {name!r}")
    for name, needed in schema.get("dependentRequired", {}).items():
        if name in data and (missing := [other for other in needed if other not in data]):
            yield Fault(at, f"has {name!r} but lacks {missing[0]!r}")
    if len(data) < schema.get("minProperties", 0):
        yield Fault(at, "is empty")
    for name, value in data.items():
        place = _join(at, name)
        yield from _of_string(name, {}, place)
        if name in known:
            yield from _faults(value, known[name], whole, place)
        elif others is False:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            yield Fault(at, f"has the key {shown(name)}, which is not known; {hint}")
        elif isinstance(others, dict):
            yield from _faults(value, others, whole, place)


def _is(data: Any, kind: str) -> bool:
    return isinstance(data, _TYPES[kind][0]) and (kind == "boolean" or not isinstance(data, bool))


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _join(at: str, name: str) -> str:
    name = name if name.isidentifier() and len(name) <= 24 else f"[{shown(name)}]"
    return f"{at}.{name}" if at and not name.startswith("[") else f"{at}{name}"

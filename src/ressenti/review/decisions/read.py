"""Reading a file of decisions: checked as a whole before any of it is used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ressenti.errors import InputError
from ressenti.ontology.emotions import load_emotions
from ressenti.regular import content
from ressenti.review.decisions.checking import Fault, faults, moment, shown
from ressenti.review.decisions.model import Decision, Review

FORMAT = "ressenti-decisions"
_SPAN, _SPANS = "span", ("cue", "mentions")
_TOLD = 5
"""Faults of a file that its error names."""


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file of decisions."""
    data: dict[str, Any] = json.loads(files(__package__).joinpath("decisions.schema.json").read_text(encoding="utf-8"))
    return data


def read(path: str | Path) -> list[Review]:
    """The reviews in a file.

    Args:
        path: A file of decisions, as the page saves it.

    Returns:
        One a narrative, in the order of the file.

    Raises:
        InputError: It cannot be read, is no JSON, or something in it is not as it must be: file, place (line, or JSON path) and reason.
    """
    data = _load(Path(path))
    found = list(problems(data))
    if found:
        further = f" (and {len(found) - _TOLD} further faults)" if len(found) > _TOLD else ""
        raise InputError(path, None, "; ".join(map(str, found[:_TOLD])) + further)
    return reviews_of(data, str(path))


def reviews_of(data: Mapping[str, Any], file: str) -> list[Review]:
    """The reviews in the content of a file with which nothing is wrong.

    Args:
        data: In which `problems` finds none.
        file: What the file is called in messages.
    """
    return [_review(item, data, file, f"narratives[{number}]") for number, item in enumerate(data["narratives"])]


def problems(data: Any) -> Iterator[Fault]:
    """What is wrong with the content of a file: its form first and, where that is right, what it says."""
    if isinstance(data, dict) and data.get("format") != FORMAT:
        yield Fault("", f"is no file of decisions: 'format' is {shown(data.get('format'))}, not {FORMAT!r}")
        return
    if isinstance(data, dict) and isinstance(data.get("version"), int) and data["version"] > 1:
        yield Fault("version", f"is {data['version']}; this version of Ressenti reads 1: install a newer one")
        return
    wrong = False
    for fault in faults(data, json_schema()):
        wrong = True
        yield fault
    if not wrong:
        for number, narrative in enumerate(data["narratives"]):
            yield from _of_narrative(narrative, f"narratives[{number}]")


def _load(path: Path) -> Any:
    try:
        raw = content(path)
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror or type(error).__name__})") from None
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(path, line, "is not in UTF-8; was it saved by another program?") from None
    except json.JSONDecodeError as error:
        reason = (
            "is empty" if not raw.strip() else f"is no JSON from column {error.colno} on ({error.msg}); was it cut off, or edited by hand?"
        )
        raise InputError(path, error.lineno, reason) from None
    except RecursionError:
        raise InputError(path, None, "is nested too deep for a file of decisions") from None
    except ValueError as error:  # ours, or Python's guard against endless integers
        raise InputError(path, None, "a number is too large" if "digits" in str(error) else str(error)) from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"an object has the key {shown(next(n for n in names if names.count(n) > 1))} twice; one of the two would be lost")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"not JSON: {name} is no value of JSON")


def _of_narrative(narrative: Mapping[str, Any], at: str) -> Iterator[Fault]:
    for name, spans in narrative.get("entities", {}).items():
        for number, span in enumerate(spans):
            yield from _of_span(span, narrative["length"], f"{at}.entities[{shown(name)}][{number}]")
    for number, decision in enumerate(narrative["decisions"]):
        for name in ("was", "value"):
            yield from _of_values(decision.get(name) or {}, narrative["length"], f"{at}.decisions[{number}].{name}")


def _of_values(values: Mapping[str, Any], length: int, at: str) -> Iterator[Fault]:
    emotions = load_emotions()
    if "emotion" in values and (key := values["emotion"]) not in emotions:
        near = get_close_matches(key, list(emotions), 1)
        hint = f"; did you mean {near[0]!r}?" if near else "; its keys are those of emotions.tsv"
        yield Fault(f"{at}.emotion", f"is {shown(key)}, no emotion of the ontology{hint}")
    if _SPAN in values:
        yield from _of_span(values[_SPAN], length, f"{at}.{_SPAN}")
    for name in _SPANS:
        for number, span in enumerate(values.get(name, ())):
            yield from _of_span(span, length, f"{at}.{name}[{number}]")


def _of_span(span: Sequence[int], length: int, at: str) -> Iterator[Fault]:
    start, end = span
    if start >= end:
        yield Fault(at, f"is [{start}, {end}]: a span ends after it begins")
    elif end > length:
        yield Fault(at, f"ends at {end}, but the narrative has {length} characters")


def _review(item: Mapping[str, Any], data: Mapping[str, Any], file: str, at: str) -> Review:
    review = Review(
        file, data["reviewer"].strip(), item["id"], item["text_sha256"], item["length"], item.get("done", False), item.get("comment", ""),
        item.get("reviewed", {}), data.get("ressenti") or "", moment(data["saved"]) if "saved" in data else None,
        {name: [_pair(span) for span in spans] for name, spans in item.get("entities", {}).items()},
    )  # fmt: skip
    latest: datetime | None = None
    for number, decision in enumerate(item["decisions"]):
        time = moment(decision["time"])
        assert time is not None
        # a clock that was set back does not change the order in which somebody decided
        latest = time if latest is None else max(latest, time)
        review.decisions.append(
            Decision(
                latest, decision["about"], decision["action"], _values(decision.get("was")), _values(decision.get("value")),
                decision.get("comment", "").strip(), f"{at}.decisions[{number}]", review,
            )
        )  # fmt: skip
    return review


def _values(values: Mapping[str, Any] | None) -> dict[str, Any]:
    found = dict(values or {})
    if _SPAN in found:
        found[_SPAN] = _pair(found[_SPAN])
    for name in _SPANS:
        if name in found:
            found[name] = tuple(sorted({_pair(span) for span in found[name]}))
    return found


def _pair(span: Sequence[int]) -> tuple[int, int]:
    return (span[0], span[1])

"""JSON Lines and JSON: an object is one narrative."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ressenti.corpora.account import Account, Source
from ressenti.corpora.encoding import decode, fault, open_text
from ressenti.corpora.rows import EMPTY, WRITTEN, given_components, join_answers
from ressenti.corpora.stream import LONGEST, Lines, TooLong, whole
from ressenti.errors import InputError
from ressenti.schema import COMPONENTS, storable

DEPTH = 100
"""How deeply a field may be nested: more would break the writers, and no metadata needs it."""

MARKS = ("mentions", "roles", "entities", "components", "provenance", "review")
"""Keys of an earlier annotation that :class:`Account` keeps, for whoever reads it instead of annotating anew."""

_ESCAPES = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")

_LARGE = f"one document of more than {LONGEST >> 20} MB; save it as JSON Lines (.jsonl), an object on each line"


def read_jsonl(source: Source) -> Iterator[Account | InputError]:
    """An account for each line that holds an object; blank lines are skipped, rows are counted from 1.

    Only one line at a time is kept. A file that turns out to be one JSON document over several lines is read as such.

    Raises:
        InputError: The encoding cannot be told, or the document as a whole is broken.
    """
    stream, encoding = open_text(source.stream, source.path, source.encoding)
    notices, row = encoding.notices, 0
    lines = Lines(stream)
    while True:
        try:
            line, number = next(lines, ""), lines.number
        except TooLong as error:
            row += 1
            yield InputError(source.path, lines.number, f"{error}; one object stands on each line")
            continue
        if not line:
            return
        if not line.strip():
            continue
        row += 1
        if row == 1 and (line.lstrip().startswith("[") or line.strip() == "{"):
            text = line + stream.read(LONGEST)
            if stream.read(1):
                raise InputError(source.path, None, _LARGE)
            if reason := fault(text, encoding.codec):
                raise InputError(source.path, None, reason)
            yield from _document(source, text, notices, number)
            return
        item = _line(source, line, row, number, encoding.codec, notices)
        notices = notices if isinstance(item, InputError) else ()
        yield item


def read_json(source: Source) -> Iterator[Account | InputError]:
    """The one narrative of a .json file, or each of its list; a file that holds JSON Lines is read as such.

    Raises:
        InputError: The file is not JSON.
    """
    text, notices = decode(whole(source.stream, source.path, LONGEST, _LARGE), source.path, source.encoding)
    yield from _document(source, text, notices, 1)


def read_objects(source: Source, objects: Iterable[Any]) -> Iterator[Account | InputError]:
    """An account for each object that was no text, such as a row of Parquet.

    Args:
        source: Where they are from; its stream is not read.
        objects: What JSON has words for.
    """
    for row, item in enumerate(objects, 1):
        found = _guarded(source, item, f"{source.id}#{row}", None, (), checked=True)
        yield InputError(source.path, None, f"row {row}: {found.reason}") if isinstance(found, InputError) else found


def _document(source: Source, text: str, notices: tuple[str, ...], line: int) -> Iterator[Account | InputError]:
    try:
        data = _loads(text)
    except json.JSONDecodeError as error:
        rows = [(n, part) for n, part in enumerate(text.split("\n"), line) if part.strip()]
        if not error.msg.startswith("Extra data") or not _parses(rows[0][1]):
            raise InputError(source.path, line - 1 + error.lineno, f"not JSON: {error.msg}") from None
        for row, (number, part) in enumerate(rows, 1):
            yield _line(source, part, row, number, "utf-8", notices if row == 1 else ())
        return
    except ValueError as error:
        raise InputError(source.path, None, str(error)) from None
    checked = bool(_ESCAPES.search(text))
    if not isinstance(data, list):
        yield _guarded(source, data, source.id, line, notices, checked)
        return
    for row, item in enumerate(data, 1):
        found = _guarded(source, item, f"{source.id}#{row}", None, notices, checked)
        if isinstance(found, InputError):
            found = InputError(source.path, None, f"item {row}: {found.reason}")
        else:
            notices = ()
        yield found


def _line(source: Source, line: str, row: int, number: int, codec: str, notices: tuple[str, ...]) -> Account | InputError:
    if reason := fault(line, codec):
        return InputError(source.path, number, reason)
    try:
        data = _loads(line)
    except json.JSONDecodeError as error:
        return InputError(source.path, number, f"not JSON: {error.msg} (column {error.colno})")
    except ValueError as error:
        return InputError(source.path, number, str(error))
    return _guarded(source, data, f"{source.id}#{row}", number, notices, bool(_ESCAPES.search(line)))


def _guarded(source: Source, data: Any, spare: str, line: int | None, notices: tuple[str, ...], checked: bool) -> Account | InputError:
    try:
        return _account(source, data, spare, line, notices, checked)
    except ValueError as error:
        return InputError(source.path, line, str(error))


def _account(source: Source, data: Any, spare: str, line: int | None, notices: tuple[str, ...], checked: bool) -> Account:
    """The account that an object holds, ``spare`` being its id where it has none.

    ``checked`` says that escapes may have brought in what cannot be written again.

    Raises:
        ValueError: The object is no account; the text says why.
    """
    if not isinstance(data, dict):
        raise ValueError("not an object: each line holds one {…} with at least a text")
    # Flat rows without such escapes, nearly all there are, cost one look at each field.
    if checked or any(isinstance(item, (dict, list)) for item in data.values()):
        _writable(data, DEPTH)
    asked = source.text_column
    key = asked if asked is not None and asked in data else "text"
    extra = {name: value for name, value in data.items() if name != key and name not in WRITTEN}
    components: tuple[tuple[str, int, int], ...] = ()
    if key in data:
        text = data[key]
        if not isinstance(text, str):
            raise ValueError(f"the value of {key!r} is not a string")
        components = given_components(data.get("components"), len(text))
    elif any(name in data for name in COMPONENTS):
        answers = {name: extra.pop(name) for name in COMPONENTS if extra.get(name) is not None}
        if wrong := [name for name, answer in answers.items() if not isinstance(answer, str)]:
            raise ValueError(f"the value of {wrong[0]!r} is not a string")
        text, components = join_answers(answers)
    else:
        raise ValueError("no text: an object needs a 'text', or the answers 'behavior', 'feeling', …")
    id_ = _id(data, source.id_column)
    if not text.strip():
        notices = (*notices, EMPTY)
    marks = {name: data[name] for name in MARKS if name in data}
    return Account(spare if id_ is None else id_, text, components, extra, source.path, None, notices, line, marks)


def _id(data: dict[str, Any], asked: str | None) -> str | None:
    key = asked if asked is not None and asked in data else "id"
    value = data.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"the value of {key!r} is neither a string nor a number")
    return str(value)


def _writable(value: Any, depth: int) -> None:
    if isinstance(value, str):
        if not storable(value):
            raise ValueError("contains a lone surrogate (\\ud800 to \\udfff), half of a character")
        if "\0" in value:
            raise ValueError("contains a NUL character (\\u0000)")
    elif isinstance(value, (dict, list)):
        if not depth:
            raise ValueError(f"nested more than {DEPTH} deep")
        for item in (*value, *value.values()) if isinstance(value, dict) else value:
            _writable(item, depth - 1)


def _loads(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_constant, parse_float=_float)
    except RecursionError:
        raise ValueError(f"nested more than {DEPTH} deep") from None
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # ours, or Python's guard against endless integers
        raise ValueError("a number is too large" if "digits" in str(error) else str(error)) from None


def _parses(text: str) -> bool:
    try:
        _loads(text)
    except ValueError:
        return False
    return True


def _constant(name: str) -> Any:
    raise ValueError(f"not JSON: {name} is not a value of JSON; use null")


def _float(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError("a number is too large")
    return value

"""YAML whose every key and value knows its line, so that what is wrong in a rule is told where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from ressenti.errors import DataError, unknown
from ressenti.ontology.tables import read_text

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Scalars stay text; libyaml's loader, where PyYAML was built with it, is ten times faster."""


class Text(str):
    """A scalar: always text, for « on » is no truth value here.

    Attributes:
        line: Where it stands, from 1.
    """

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str, line: int) -> Text:
        """Make a text that knows its line."""
        made = super().__new__(cls, value)
        made.line = line
        return made


class Items(list[Any]):
    """A sequence; ``line`` as for :class:`Text`."""

    def __init__(self, values: Iterable[Any], line: int) -> None:
        super().__init__(values)
        self.line = line


class Map(dict[Any, Any]):
    """A mapping; its keys are :class:`Text`, so that each has its line."""

    def __init__(self, pairs: Iterable[tuple[Text, Any]], line: int) -> None:
        super().__init__(pairs)
        self.line = line


def read_yaml(path: Path) -> Any:
    """Read a YAML file of knowledge.

    Returns:
        :class:`Map`, :class:`Items` and :class:`Text`, nested as in the file; an empty value is an empty text.

    Raises:
        DataError: The file cannot be read, is not well-formed, is empty, has an alias, or gives a key twice; with its line.
    """
    text = read_text(path)
    try:
        if "&" in text:  # without an anchor there is no alias
            _refuse_aliases(path, text)
        node = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(path, line, f"is not well-formed YAML ({error.problem}); a value with ': ' or '#' inside needs quotes") from None
    except yaml.YAMLError as error:
        raise DataError(path, None, f"is not well-formed YAML ({error})") from None
    if node is None:
        raise DataError(path, None, "is empty")
    try:
        return _made(path, node)
    except RecursionError:
        raise DataError(path, None, "is nested too deep") from None


def _refuse_aliases(path: Path, text: str) -> None:
    """A value that another stands for would be made anew at each place: a few lines of them come to billions, or to no end."""
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.AliasEvent):
            reason = f"the alias « *{event.anchor} » stands for what is written elsewhere; write it out, or use a macro or a word class"
            raise DataError(path, event.start_mark.line + 1 if event.start_mark else None, reason)


def _made(path: Path, node: yaml.Node) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        pairs: dict[Text, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise DataError(path, key_node.start_mark.line + 1, "a key must be a word")
            key = Text(key_node.value, key_node.start_mark.line + 1)
            if key in pairs:
                raise DataError(path, key.line, f"gives the key {str(key)!r} twice; put both under one")
            pairs[key] = _made(path, value_node)
        return Map(pairs.items(), line)
    if isinstance(node, yaml.SequenceNode):
        return Items((_made(path, item) for item in node.value), line)
    return Text(node.value, line)


def listed(value: Any) -> list[Any]:
    """A value that may be one or several: always as a list, empty for an empty one."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def mapping(path: Path, item: Any, needed: Sequence[str], further: Sequence[str] = ()) -> dict[str, Any]:
    """The values of a mapping by plain key, after a look at its keys.

    Args:
        path: The file, for what is wrong.
        item: What should be a mapping.
        needed: Keys that it must have.
        further: Keys that it may have.

    Raises:
        DataError: It is none, has an unknown key, or lacks one; with its line.
    """
    if not isinstance(item, Map):
        raise DataError(path, getattr(item, "line", 1), f"must be a mapping with {', '.join(needed)}")
    for key in item:
        if key not in (*needed, *further):
            raise DataError(path, key.line, unknown("key", key, (*needed, *further)))
    if missing := [key for key in needed if key not in item]:
        raise DataError(path, item.line, f"lacks {missing[0]!r}")
    return {str(key): value for key, value in item.items()}


def sections(path: Path, data: Any, wanted: Collection[str], one: str, several: str) -> Map:
    """The top of a file that holds all of these sections and no other.

    Args:
        path: The file, for what is wrong.
        data: What :func:`read_yaml` gave.
        wanted: Names of the sections.
        one: What a section is called in messages.
        several: The same, of several.

    Raises:
        DataError: The file holds something else, a section that does not exist, or lacks one; with its line.
    """
    if not isinstance(data, Map):
        raise DataError(path, 1, f"must hold the {several} {', '.join(sorted(wanted))}")
    for name in data:
        if name not in wanted:
            raise DataError(path, name.line, unknown(one, name, wanted))
    if missing := set(wanted) - data.keys():
        raise DataError(path, 1, f"lacks the {several} {', '.join(sorted(missing))}")
    return data


def mappings(path: Path, keys: Collection[str], one: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Read a file that maps names to mappings, as of acts or scenes.

    Args:
        path: The file.
        keys: The keys that such a mapping may have.
        one: What it is called in messages.

    Yields:
        Its name; what it is called in messages, name included; and its values by key.

    Raises:
        DataError: The file is not YAML, or not of this form; with the line.
    """
    data = read_yaml(path)
    if not isinstance(data, Map):
        raise DataError(path, 1, f"must map names of {one}s to mappings with {', '.join(sorted(keys))}")
    for name, item in data.items():
        where = f"{one} {str(name)!r}"
        if not isinstance(item, Map):
            raise DataError(path, name.line, f"the {where} must be a mapping with {', '.join(sorted(keys))}")
        if bad := [key for key in item if key not in keys]:
            raise DataError(path, bad[0].line, f"{where}: {unknown('key', bad[0], keys)}")
        yield str(name), where, {str(key): value for key, value in item.items()}

"""The rule language: YAML files of rules, read into :class:`Rule` with file, line and reason for what is wrong.

A rule has a *trigger* (which vocabulary entries it is about), paths that must (``when``) or must not (``unless``) lead somewhere, and
*roles*, each with the paths that lead to it, tried in order. A path is a chain of grammatical functions (``rules/syntax.py``), joined by
``>``; a function may be narrowed by forms, infinitives (``/V``) or word classes (``$name``), and a step by ``:person`` or ``:thing``::

    governor($experience) > subject
    complement(de|d'|du|des):person
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import POS, load_constructions
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.syntax.basics import is_person
from ressenti.rules.words import FRENCH, forms_of, load_words
from ressenti.schema import MODES, ROLES

_STEP = re.compile(r"(?P<name>[a-z-]+)(?:\((?P<forms>[^)]*)\))?(?::(?P<test>person|thing))?")
_RULE_KEYS = {"id", "about", "group", "trigger", "when", "unless", "roles", "mode", "examples", "counterexamples"}
_TRIGGER_KEYS: dict[str, Callable[[], Collection[str]]] = {
    "construction": load_constructions,
    "pos": lambda: POS,
    "mode": lambda: MODES,
    "emotion": load_emotions,
}
GROUPS = ("core", "circumstance", "consequence")


@dataclass(frozen=True, slots=True)
class Step:
    """One grammatical function of a path, with the forms that narrow it and a test on what it finds."""

    name: str
    forms: frozenset[str]
    test: str | None


@dataclass(frozen=True, slots=True)
class Path_:
    """A chain of grammatical functions from the trigger to a token."""

    steps: tuple[Step, ...]
    text: str

    def follow(self, s: Sentence, start: int) -> int | None:
        """Index of the first token that the path leads to, or None."""
        at = [start]
        for step in self.steps:
            at = [found for i in at for found in FUNCTIONS[step.name](s, i, step.forms) if _passes(s, found, step.test)]
        return at[0] if at else None

    @property
    def last(self) -> str:
        """Name of the function that the path ends with."""
        return self.steps[-1].name


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; see the module's description and docs/rules.md.

    Attributes:
        id: Unique; a mention's or role's source is ``rule:`` and this.
        group: Of the rules of one group the first that applies to a trigger is taken; groups add up.
        trigger: Key (``construction``, ``pos``, ``mode``, ``emotion``) to the values that an entry must have one of.
        when: Paths that must all lead somewhere.
        unless: Paths none of which may lead anywhere.
        roles: Role to its paths, in the order in which they are tried.
        mode: The mode that a mention gets instead of its entry's, or None.
        examples: Sentences with the inline marks of the gold files, on which the rule must give these marks.
        counterexamples: Sentences on which the rule must not fire.
        where: File and line.
    """

    id: str
    group: str
    trigger: Mapping[str, frozenset[str]]
    when: tuple[Path_, ...]
    unless: tuple[Path_, ...]
    roles: Mapping[str, tuple[Path_, ...]]
    mode: str | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    where: str


def _passes(s: Sentence, i: int, test: str | None) -> bool:
    return test is None or is_person(s, i) == (test == "person")


class _Lines(yaml.BaseLoader):
    """Scalars stay strings (« on » is no truth value), and every mapping knows its line."""


def _mapping(loader: _Lines, node: yaml.MappingNode) -> dict[str, Any]:
    return {str(key): value for key, value in loader.construct_mapping(node, deep=True).items()} | {"__line__": node.start_mark.line + 1}


_Lines.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@cache
def load_rules(*folders: Path) -> tuple[Rule, ...]:
    """Read the shipped rules, after those of the given folders, which are thus tried first.

    Raises:
        DataError: A file that cannot be read, or a key, construction, function, class or role that does not exist.
    """
    rules: dict[str, Rule] = {}
    for folder in (*folders, FRENCH / "rules"):
        files = sorted(folder.glob("*.y*ml")) if folder.is_dir() else [folder]
        if not files:
            raise DataError(folder, None, "holds no rules; expected files that end in .yaml")
        for path in files:
            for rule in _read(path):
                if rule.id in rules and folder == FRENCH / "rules":
                    continue  # a user's rule of the same name replaces the shipped one
                if rule.id in rules:
                    raise DataError(
                        path, int(rule.where.rsplit(":", 1)[1]), f"the rule {rule.id!r} stands already at {rules[rule.id].where}"
                    )
                rules[rule.id] = rule
    return tuple(rules.values())


def _read(path: Path) -> Iterable[Rule]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Lines)  # noqa: S506 (a BaseLoader makes strings only)
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise DataError(path, None, "is not UTF-8; save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(path, line, f"is not well-formed YAML ({error.problem})") from None
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise DataError(path, 1, "must hold a list under the key 'rules'")
    for item in data["rules"]:
        yield _rule(path, item)


def _rule(path: Path, item: Any) -> Rule:
    if not isinstance(item, dict):
        raise DataError(path, None, "each rule must be a mapping with an id")
    line = item.pop("__line__")
    if "id" not in item or not isinstance(item["id"], str):
        raise DataError(path, line, "the rule has no id")

    def wrong(reason: str) -> DataError:
        return DataError(path, line, f"rule {item['id']!r}: {reason}")

    if unknown := set(item) - _RULE_KEYS:
        raise wrong(f"unknown key {min(unknown)!r}; known are {', '.join(sorted(_RULE_KEYS))}")
    trigger = item.get("trigger")
    if not isinstance(trigger, dict):
        raise wrong("has no trigger")
    conditions = {}
    for key, values in trigger.items():
        if key == "__line__":
            continue
        if key not in _TRIGGER_KEYS:
            raise wrong(f"unknown trigger key {key!r}; known are {', '.join(_TRIGGER_KEYS)}")
        allowed, values = _TRIGGER_KEYS[key](), _list(values)
        if bad := [v for v in values if v not in allowed]:
            raise wrong(f"unknown {key} {bad[0]!r}")
        conditions[key] = frozenset(values)
    group = item.get("group", "core")
    if group not in GROUPS:
        raise wrong(f"unknown group {group!r}; known are {', '.join(GROUPS)}")
    if item.get("mode") not in (None, *MODES):
        raise wrong(f"unknown mode {item['mode']!r}")
    roles = item.get("roles") or {}
    if not isinstance(roles, dict):
        raise wrong("roles must map each role to its paths")
    if bad_role := [role for role in roles if role not in (*ROLES, "__line__")]:
        raise wrong(f"unknown role {bad_role[0]!r}; known are {', '.join(ROLES)}")
    try:
        return Rule(
            id=item["id"],
            group=group,
            trigger=conditions,
            when=tuple(parse_path(p) for p in _list(item.get("when"))),
            unless=tuple(parse_path(p) for p in _list(item.get("unless"))),
            roles={r: tuple(parse_path(p) for p in _list(paths)) for r, paths in roles.items() if r != "__line__"},
            mode=item.get("mode"),
            examples=tuple(_list(item.get("examples"))),
            counterexamples=tuple(_list(item.get("counterexamples"))),
            where=f"{path}:{line}",
        )
    except ValueError as error:
        raise wrong(str(error)) from None


def _list(value: Any) -> Sequence[str]:
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


def parse_path(text: str) -> Path_:
    """Read a path.

    Raises:
        ValueError: A function or word class that does not exist, or a step that cannot be read.
    """
    steps = []
    for part in text.split(">"):
        match = _STEP.fullmatch(part.strip())
        if not match:
            raise ValueError(f"cannot read the step {part.strip()!r} of the path {text!r}")
        if match["name"] not in FUNCTIONS:
            raise ValueError(f"unknown function {match['name']!r}; known are {', '.join(sorted(FUNCTIONS))}")
        steps.append(Step(match["name"], _form_set(match["forms"] or ""), match["test"]))
    return Path_(tuple(steps), text)


def _form_set(text: str) -> frozenset[str]:
    words = load_words()
    forms: set[str] = set()
    for item in filter(None, (piece.strip() for piece in text.split("|"))):
        if item.startswith("$"):
            if item[1:] not in words:
                raise ValueError(f"unknown word class {item!r}")
            forms |= words[item[1:]]
        elif item.endswith("/V"):
            forms |= forms_of(item[:-2], "VERB", "")
        else:
            forms.add(fold(item))
    return frozenset(forms)

"""Paths: chains of grammatical functions from the trigger of a rule to the words that it is about.

A path is written ``step > step > …``, or as alternatives ``path | path`` that are tried in order. A step is a function, narrowed by forms
(``governor($experience)``, ``complement(de|d')``) or relations (``dependent(obl)``), the name of a macro (``@feeler``), or a path in
parentheses. ``:person``, ``:thing`` and conditions in brackets (:mod:`ressenti.rules.word_tests`) test what a step finds,
``[has(path)]`` asks that a path lead somewhere from it. A ``?`` makes a step optional: it is taken where it leads somewhere, and left
out too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ressenti.errors import unknown
from ressenti.ontology.morphology import fold
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax import AMONG, FUNCTIONS, SEEKS
from ressenti.rules.syntax.relations import RELATIONAL, RELATIONS, expand
from ressenti.rules.view import View
from ressenti.rules.word_tests import Classes, Test, class_forms, lemma_forms, mention_values, parse_test

AFTER_THE_TERM = ("complement", "that", "infinitive")
"""From a verb of several words (« en vouloir ») these are looked for after the last of them, all else from its head."""
MENTION_FUNCTIONS = ("previous-mention", "next-mention")
"""Functions that lead to the heads of the other mentions of the sentence, the nearest first."""


class Reached(NamedTuple):
    """Where a path leads: a token, and the function that led to it last, which decides its span."""

    token: int
    function: str


@dataclass(frozen=True, slots=True)
class Walked:
    """One step as it was taken, for who asks why.

    Attributes:
        step: As written.
        start: Tokens from which it was taken.
        found: Tokens that it led to.
        refused: Tokens that it led to and that a condition refused, each with the condition as written.
    """

    step: str
    start: tuple[int, ...]
    found: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    Attributes:
        name: Grammatical function, or empty for alternatives.
        forms: Forms or relations that narrow the function.
        choices: The alternatives, each a chain.
        tests: Conditions on what the step finds.
        optional: Whether the step may be left out.
        text: As written.
    """

    name: str
    forms: frozenset[str]
    choices: tuple[tuple[Step, ...], ...]
    tests: tuple[Test | Has, ...]
    optional: bool
    text: str


@dataclass(frozen=True, slots=True)
class Has:
    """The condition that a path leads somewhere from what a step finds, or that it does not.

    Attributes:
        choices: The path, as alternatives.
        wanted: False when the condition is negated.
        text: As written.
    """

    choices: tuple[tuple[Step, ...], ...]
    wanted: bool
    text: str
    kind: str = "has"
    forms: None = None

    def holds(self, at: View, i: int) -> bool:
        """Whether the path leads somewhere from token ``i``."""
        return any(_follow(chain, at, [Reached(i, "has")], None) for chain in self.choices) == self.wanted


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the trigger to a token."""

    steps: tuple[Step, ...]
    text: str
    needs: list[frozenset[str]] = field(init=False, repr=False, compare=False)
    """Sets of forms, in full: the path leads somewhere only in a sentence that holds one of each."""
    looks_at_mentions: bool = field(init=False, repr=False, compare=False)
    """Whether where it leads depends on the other mentions of the sentence."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", _needs(self.steps))
        object.__setattr__(self, "looks_at_mentions", _looks_at_mentions(self.steps))

    def may_lead(self, s: Sentence) -> bool:
        """Whether the words without which it leads nowhere stand in a sentence."""
        return may_hold(self.needs, s)

    def all(self, at: View, walked: list[Walked] | None = None) -> list[Reached]:
        """All tokens that the path leads to, best first.

        Args:
            at: The trigger in its sentence.
            walked: Each step taken is added to it, for who asks why.
        """
        if walked is None and not self.may_lead(at.s):
            return []
        return _follow(self.steps, at, [Reached(at.head, "")], walked)

    def follow(self, at: View) -> int | None:
        """The first token that the path leads to, or None."""
        if not self.may_lead(at.s):
            return None
        found = _follow(self.steps, at, [Reached(at.head, "")], None)
        return found[0].token if found else None


def may_hold(needs: list[frozenset[str]], s: Sentence) -> bool:
    """Whether one form of each set stands in a sentence, contractions in full."""
    present = s.present
    for forms in needs:  # noqa: SIM110 (no generator: this is asked more often than anything else)
        if present.isdisjoint(forms):
            return False
    return True


def _needs(steps: tuple[Step, ...]) -> list[frozenset[str]]:
    found = []
    for step in steps:
        if step.optional:
            continue
        found += [forms for test in step.tests if (forms := test.forms) is not None]
        for test in step.tests:
            if isinstance(test, Has) and test.wanted:
                found += _needs_of_any(test.choices)
        if step.name in AMONG:
            found.append(AMONG[step.name])
        if step.name in SEEKS and step.forms:
            found.append(frozenset(map(SEEKS[step.name], step.forms)))
        found += _needs_of_any(step.choices)
    return found


def _needs_of_any(choices: tuple[tuple[Step, ...], ...]) -> list[frozenset[str]]:
    if len(choices) == 1:
        return _needs(choices[0])
    needed = [_needs(chain) for chain in choices]
    return [frozenset[str]().union(*(min(sets, key=len) for sets in needed))] if needed and all(needed) else []


def _looks_at_mentions(steps: tuple[Step, ...]) -> bool:
    for step in steps:
        if step.name in MENTION_FUNCTIONS or any(test.kind == "mention" for test in step.tests):
            return True
        inner = [*step.choices, *(chain for test in step.tests if isinstance(test, Has) for chain in test.choices)]
        if any(map(_looks_at_mentions, inner)):
            return True
    return False


def _follow(steps: tuple[Step, ...], at: View, reached: list[Reached], walked: list[Walked] | None) -> list[Reached]:
    for step in steps:
        found: list[Reached] = []
        refused: list[tuple[int, str]] = []
        for here in reached:
            led = _take(step, at, here, walked)
            if not step.tests:
                found += led
                led = []
            for there in led:
                for test in step.tests:
                    if not test.holds(at, there.token):
                        refused.append((there.token, test.text))
                        break
                else:
                    found.append(there)
            if step.optional and here not in found:
                found.append(here)
        if walked is not None:
            walked.append(Walked(step.text, tuple(r.token for r in reached), tuple(r.token for r in found), tuple(refused)))
        if not found:
            return found
        reached = found
    return reached


def _take(step: Step, at: View, here: Reached, walked: list[Walked] | None) -> list[Reached]:
    if step.choices:
        return [there for chain in step.choices for there in _follow(chain, at, [here], walked)]
    name = step.name
    if name in MENTION_FUNCTIONS:
        return [Reached(i, name) for i in _mentions(name, step.forms, at, here.token)]
    start = at.tail if not here.function and name in AFTER_THE_TERM else here.token
    memo, key = at.s.memo, ("reached", name, start, step.forms)
    if key in memo:
        known: list[Reached] = memo[key]
        return known
    found = memo[key] = [Reached(i, name) for i in FUNCTIONS[name](at.s, start, step.forms)]
    return found


def _mentions(name: str, wanted: frozenset[str], at: View, i: int) -> list[int]:
    hits = [hit for hit in at.others if i not in hit.cue and (not wanted or hit.entry.mode in wanted or hit.entry.emotion in wanted)]
    if name == "previous-mention":
        return sorted((hit.head for hit in hits if hit.all[-1] < i), reverse=True)
    return sorted(hit.head for hit in hits if hit.all[0] > i)


@dataclass(slots=True)
class Names:
    """What paths may name beside functions.

    Attributes:
        classes: Word classes.
        macros: Name to the path that it stands for, as written.
    """

    classes: Classes
    macros: Mapping[str, str] = field(default_factory=dict)


def parse_path(text: str, names: Names) -> Path:
    """Read a path.

    Raises:
        ValueError: A function, macro, word class, relation or condition that does not exist, a macro that leads back to itself, or a
            step that cannot be read.
    """
    reader = _Reader(text, names, ())
    choices = reader.alternatives()
    if reader.rest:
        raise reader.wrong()
    steps = choices[0] if len(choices) == 1 else (Step("", frozenset(), choices, (), False, text.strip()),)
    return Path(steps, text.strip())


_NAME = re.compile(r"\s*([A-Za-z][\w-]*)")
_MACRO = re.compile(r"\s*@([\w-]+)")
_HAS = re.compile(r"\s*(!?\s*has)\s*\(")
_CONDITION = re.compile(r"([^\],]+)")
_ROLE_TEST = re.compile(r"\s*:\s*(\w+)")


@cache
def _same(forms: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: what is found is kept by such sets, and one that is the same need not be compared word by word."""
    return forms


class _Reader:
    def __init__(self, text: str, names: Names, inside: tuple[str, ...]) -> None:
        self.text, self.at, self.names, self.inside = text, 0, names, inside

    @property
    def rest(self) -> str:
        return self.text[self.at :].strip()

    def wrong(self) -> ValueError:
        what = f"cannot read {self.rest!r}" if self.rest else "a step is missing at the end"
        return ValueError(f"{what} of the path {self.text.strip()!r}; steps are joined by '>', alternatives by '|'")

    def alternatives(self) -> tuple[tuple[Step, ...], ...]:
        found = [self.chain()]
        while self.took("|"):
            found.append(self.chain())
        return tuple(found)

    def chain(self) -> tuple[Step, ...]:
        steps = [self.step()]
        while self.took(">"):
            steps.append(self.step())
        return tuple(steps)

    def step(self) -> Step:
        start = self.at
        name, forms = "", frozenset[str]()
        choices: tuple[tuple[Step, ...], ...] = ()
        if self.took("("):
            choices = self.alternatives()
            if not self.took(")"):
                raise ValueError(f"a ')' is missing in the path {self.text.strip()!r}")
        elif macro := self.match(_MACRO):
            choices = self.macro(macro)
        elif function := self.match(_NAME):
            name, forms = function, self.narrowed(function)
        else:
            raise self.wrong()
        tests = self.tests()
        optional = self.took("?")
        return Step(name, forms, choices, tests, optional, self.text[start : self.at].strip())

    def macro(self, name: str) -> tuple[tuple[Step, ...], ...]:
        if name not in self.names.macros:
            raise ValueError(unknown("macro", f"@{name}", [f"@{known}" for known in self.names.macros]))
        if name in self.inside:
            raise ValueError(f"the macro @{name} leads back to itself: {' > '.join(f'@{n}' for n in (*self.inside, name))}")
        reader = _Reader(self.names.macros[name], self.names, (*self.inside, name))
        choices = reader.alternatives()
        if reader.rest:
            raise reader.wrong()
        return choices

    def narrowed(self, function: str) -> frozenset[str]:
        if function not in FUNCTIONS and function not in MENTION_FUNCTIONS:
            raise ValueError(unknown("function", function, [*FUNCTIONS, *MENTION_FUNCTIONS]))
        if not self.took("("):
            return frozenset()
        end = self.text.find(")", self.at)
        if end < 0:
            raise ValueError(f"a ')' is missing after {self.text[self.at :].strip()!r}")
        values = [value.strip() for value in self.text[self.at : end].split("|") if value.strip()]
        self.at = end + 1
        if function in RELATIONAL:
            if bad := [value for value in values if value not in RELATIONS]:
                raise ValueError(unknown("relation", bad[0], RELATIONS))
            return _same(frozenset().union(*(expand(value) for value in values)))
        if function in MENTION_FUNCTIONS:
            return mention_values(values)
        return _same(self.forms(values))

    def forms(self, values: list[str]) -> frozenset[str]:
        found: set[str] = set()
        for value in values:
            if value.startswith("$"):
                found |= class_forms(value, self.names.classes)
            elif "/" in value:
                found |= lemma_forms([value])
            else:
                found.add(fold(value))
        return frozenset(found)

    def tests(self) -> tuple[Test | Has, ...]:
        found: list[Test | Has] = []
        while True:
            if kind := self.match(_ROLE_TEST):
                if kind not in ("person", "thing"):
                    raise ValueError(unknown("test", f":{kind}", (":person", ":thing")) + "; other conditions stand in brackets")
                found.append(Test(kind, frozenset(), True, f":{kind}"))
            elif self.took("["):
                found.append(self.condition())
                while self.took(","):
                    found.append(self.condition())
                if not self.took("]"):
                    raise ValueError(f"a ']' is missing in the path {self.text.strip()!r}")
            else:
                return tuple(found)

    def condition(self) -> Test | Has:
        start = self.at
        if negated := self.match(_HAS):
            choices = self.alternatives()
            if not self.took(")"):
                raise ValueError(f"a ')' is missing in the path {self.text.strip()!r}")
            return Has(choices, negated == "has", self.text[start : self.at].strip())
        text = self.match(_CONDITION)
        if text is None:
            raise ValueError(f"a condition is missing between the brackets of the path {self.text.strip()!r}")
        return parse_test(text.strip(), self.names.classes)

    def took(self, mark: str) -> bool:
        at = self.at
        while self.text[at : at + 1].isspace():
            at += 1
        if self.text[at : at + 1] != mark:
            return False
        self.at = at + 1
        return True

    def match(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        return found[1]

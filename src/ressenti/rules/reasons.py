"""What the engine answers with when it is asked why: plain records, each with ``to_dict`` for tools.

Every ``span`` is a pair of code point offsets into the text as given, end exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from ressenti.schema import Span


class Record:
    """A record that can be written as JSON."""

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON knows it, with the names of its attributes as keys."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Word(Record):
    """A word of the account."""

    text: str
    span: Span


def text_of(words: Sequence[Word]) -> str:
    """Words as the account has them where one follows the other (« Peut-être », « l’eau »), else with a blank between."""
    said = ""
    for n, word in enumerate(words):
        joined = not n or words[n - 1].span[1] == word.span[0]
        said += word.text if joined else f" {word.text}"
    return said


@dataclass(frozen=True, slots=True)
class RuleNamed(Record):
    """A rule, by name.

    Attributes:
        id: Its id.
        about: What it is for; empty for what the program itself does (links across sentences).
        group: ``core``, ``circumstance`` or ``consequence``; empty as well.
        priority: Of two rules the one of the higher priority is tried first.
        where: File and line, or None.
    """

    id: str
    about: str
    group: str
    priority: int
    where: str | None


@dataclass(frozen=True, slots=True)
class EntryNamed(Record):
    """An entry of the vocabulary.

    Attributes:
        term: As written in the table.
        pos: Part of speech.
        emotion: The emotion that it says.
        construction: Its construction.
        mode: Its mode.
        intensity: Its own intensity.
        conditions: Under which it says that emotion, as written.
        where: File and line.
    """

    term: str
    pos: str
    emotion: str
    construction: str
    mode: str
    intensity: str
    conditions: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class StepTaken(Record):
    """One step of a path.

    Attributes:
        step: As written.
        start: Words from which it was taken.
        found: Words that it led to.
        refused: Words that it led to and a condition refused, each with the condition.
    """

    step: str
    start: tuple[Word, ...]
    found: tuple[Word, ...]
    refused: tuple[tuple[Word, str], ...]


@dataclass(frozen=True, slots=True)
class PathTaken(Record):
    """A path of a rule and where it led.

    Attributes:
        path: As written.
        found: Words that it leads to, best first; empty when it leads nowhere.
        steps: How, step by step, in the order in which they were taken.
    """

    path: str
    found: tuple[Word, ...]
    steps: tuple[StepTaken, ...]

    @property
    def broken(self) -> StepTaken | None:
        """The first step that led nowhere, or None."""
        return next((step for step in self.steps if not step.found), None)


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """Why a mention got a status, an intensity, a time …

    Attributes:
        what: ``status``, ``intensity``, ``emotion``, ``time`` …
        value: What it got.
        words: The words that decided; none for what holds by default.
        why: In a few words.
    """

    what: str
    value: str
    words: tuple[Word, ...]
    why: str


@dataclass(frozen=True, slots=True)
class RoleWhy(Record):
    """Why a span has a role.

    Attributes:
        role: ``experiencer``, ``cause`` …
        text: What it says.
        span: Where.
        entity: Whom it names, or None.
        confidence: From 0 to 1, or None when not estimated.
        rule: The rule that gave it.
        path: The path that led to its head, or None when no path did.
        head: The word that the path led to.
    """

    role: str
    text: str
    span: Span
    entity: str | None
    confidence: float | None
    rule: RuleNamed
    path: PathTaken | None
    head: Word


@dataclass(frozen=True, slots=True)
class MentionWhy(Record):
    """Why there is a mention, and why it is as it is.

    Attributes:
        id: Its number in the annotation.
        text: Its cue; pieces joined by « … ».
        cue: Spans of the pieces.
        emotion: Key of ``emotions.tsv``.
        primary: Its primary.
        mode: How it is told.
        status: Affirmed, negated or hypothetical.
        intensity: Low, medium or high.
        confidence: From 0 to 1.
        trigger: The words that the vocabulary entry, or the rule's trigger, was found on.
        rule: The rule that made it.
        entry: The vocabulary entry, or None for a rule whose trigger is a word.
        paths: The paths of the rule's ``when``, and of its cue, with the words that they led to.
        decisions: Why status, intensity and the rest are what they are.
        doubts: What lowers the confidence, with the factor.
        roles: Its roles.
    """

    id: int
    text: str
    cue: tuple[Span, ...]
    emotion: str
    primary: str
    mode: str
    status: str
    intensity: str
    confidence: float
    trigger: tuple[Word, ...]
    rule: RuleNamed
    entry: EntryNamed | None
    paths: tuple[PathTaken, ...]
    decisions: tuple[Decision, ...]
    doubts: dict[str, float]
    roles: tuple[RoleWhy, ...]


@dataclass(frozen=True, slots=True)
class Explanation(Record):
    """Why an account is annotated as it is."""

    text: str
    mentions: Sequence[MentionWhy]


REASONS = (
    "fired", "no role", "trigger", "no trigger", "when", "unless", "without", "another rule", "another mention", "longer entry",
    "another trigger", "part of speech", "condition", "no rule", "no entry", "other words", "not in text", "left out", "in a mention",
)  # fmt: skip
"""What :attr:`Outcome.reason` may be."""


@dataclass(frozen=True, slots=True)
class Outcome(Record):
    """Why a rule did not fire, or a word gave no mention, at one place.

    Attributes:
        reason: One of :data:`REASONS`.
        why: In a sentence.
        words: The words that it is about: the trigger, or the word asked for; none when the text holds no such word.
        at: The token on which the condition failed, or None.
        condition: What failed, as written: a key of the trigger, a step of a path, a condition of an entry.
        path: The path in question, step by step, or None.
        rule: The rule that came first, or made the mention, or None.
        entry: The vocabulary entry in question, or None.
        sentence: Number of the sentence, from 1, or None.
    """

    reason: str
    why: str
    words: tuple[Word, ...] = ()
    at: Word | None = None
    condition: str | None = None
    path: PathTaken | None = None
    rule: RuleNamed | None = None
    entry: EntryNamed | None = None
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class WhyNot(Record):
    """The answer to « why not? ».

    Attributes:
        asked: The rule or the word, as asked for.
        kind: ``rule`` or ``word``.
        rule: The rule, when a rule was asked for.
        outcomes: One for each place, in reading order; one without words when there is no place.
        near: Rules and vocabulary entries with like names, when what was asked for is in neither.
    """

    asked: str
    kind: str
    rule: RuleNamed | None
    outcomes: Sequence[Outcome]
    near: Sequence[str] = field(default=())

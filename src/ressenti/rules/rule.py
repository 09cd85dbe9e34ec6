"""A rule as it is read from a file: what it is about, what it asks for, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ressenti.ontology.vocabulary import Entry
from ressenti.rules.paths import Path, may_hold
from ressenti.rules.sentence import Sentence
from ressenti.rules.view import View

GROUPS = ("core", "circumstance", "consequence")
RULE_KEYS = (
    "id", "about", "group", "priority", "trigger", "when", "unless", "without", "mention", "roles", "set", "mode", "examples",
    "counterexamples",
)  # fmt: skip
ENTRY_KEYS = ("construction", "mode", "emotion", "term")
"""Trigger keys that ask for a vocabulary entry; ``pos`` goes with these and with :data:`WORD_KEYS`."""
WORD_KEYS = ("lemma", "form", "class")
"""Trigger keys that ask for a word, whether it is in the vocabulary or not."""
MENTION_KEYS = ("emotion", "mode", "intensity", "construction", "cue", "negated")
SETTABLE = ("reported", "time", "question", "wish")
"""Optional keys of the format that a rule may give."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a rule is about.

    Attributes:
        keys: ``construction``, ``pos``, ``mode``, ``emotion`` or ``term`` to the values of which an entry must have one.
        forms: Forms of the words that a trigger of words stands for; empty for a trigger of vocabulary entries.
        written: Key to its values as written.
    """

    keys: Mapping[str, frozenset[str]]
    forms: frozenset[str]
    written: Mapping[str, tuple[str, ...]]

    @property
    def is_word(self) -> bool:
        """Whether it stands for words rather than vocabulary entries."""
        return bool(self.forms)

    def failing(self, entry: Entry) -> str | None:
        """The first key that an entry does not fit, or None when it fits."""
        return next((key for key, values in self.keys.items() if getattr(entry, key) not in values), None)


@dataclass(frozen=True, slots=True)
class Made:
    """The mention that a rule with a trigger of words makes.

    Attributes:
        emotion: Key of ``emotions.tsv``.
        mode: One of ``schema.MODES``.
        intensity: One of ``schema.INTENSITIES``.
        construction: Whose rules give the roles when the rule gives none itself, or empty.
        cue: Paths whose tokens join the trigger in the cue.
        negated: Whether the word must be negated, which is part of what it says: the mention is affirmed (« personne n'est venu »).
    """

    emotion: str
    mode: str
    intensity: str
    construction: str
    cue: tuple[Path, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; docs/rules.md says what its keys mean.

    Attributes:
        id: Unique; a mention's or role's source is ``rule:`` and this.
        about: What it is for, for the reader.
        group: Of the rules of the group ``core`` the first that applies to a trigger is taken; all others add up.
        priority: Higher ones are tried first; of equal ones the earlier in file order.
        trigger: Which entries or words it is about.
        when: Paths that must all lead somewhere.
        unless: Paths none of which may lead anywhere.
        without: Roles; where the mention has one of them already, the rule is left out.
        mention: What a rule with a trigger of words makes, None for other rules.
        roles: Role to its paths, in the order in which they are tried.
        set: Optional key of the format to the path that leads to its value, or to the value itself.
        mode: The mode that a mention gets instead of its entry's, or None.
        examples: Sentences with the inline marks of the gold files, on which the rule must give these marks.
        counterexamples: Sentences on which the rule must not fire.
        path: File.
        line: Line of its ``id``.
    """

    id: str
    about: str
    group: str
    priority: int
    trigger: Trigger
    when: tuple[Path, ...]
    unless: tuple[Path, ...]
    without: frozenset[str]
    mention: Made | None
    roles: Mapping[str, tuple[Path, ...]]
    set: Mapping[str, Path | str | bool]
    mode: str | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    path: str
    line: int
    needs: list[frozenset[str]] = field(init=False, repr=False, compare=False)
    """Sets of forms, in full: the rule fires only in a sentence that holds one of each."""
    looks_at_mentions: bool = field(init=False, repr=False, compare=False)
    """Whether what it asks for depends on other mentions of the sentence."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", [forms for path in self.when for forms in path.needs])
        object.__setattr__(self, "looks_at_mentions", any(path.looks_at_mentions for path in (*self.when, *self.unless)))

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.path}:{self.line}"

    def may_fire(self, s: Sentence) -> bool:
        """Whether the words without which the rule cannot fire stand in a sentence."""
        return may_hold(self.needs, s)

    def failing(self, at: View) -> Path | None:
        """The first path of ``when`` that leads nowhere, else the first of ``unless`` that leads somewhere; None when all is as asked."""
        for path in self.when:
            if path.follow(at) is None:
                return path
        for path in self.unless:
            if path.follow(at) is not None:
                return path
        return None

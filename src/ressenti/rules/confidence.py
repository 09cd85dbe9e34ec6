"""How sure a mention or role is: how often such ones were right on narratives marked by hand.

A mention counts by its mode, by whether its vocabulary entry is ambiguous, and by its rule; a role by its kind, by how near it stands, by
whether the first path of its rule led to it, and by its rule. ``fr/confidence.tsv`` holds the shares, each drawn towards that of the wider
class; ``benchmarks/calibration.py`` makes it and ``docs/confidence.md`` says how good it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from pathlib import Path
from typing import NamedTuple

from ressenti.errors import DataError
from ressenti.ontology.tables import read_table
from ressenti.rules.found import Found, FoundRole
from ressenti.rules.language import Rule
from ressenti.rules.sentence import Sentence
from ressenti.schema import MODES, ROLES

TABLE = Path(__file__).parent / "fr" / "confidence.tsv"
COLUMNS = ("kind", "class", "trait", "rule", "n", "right", "confidence")
ANY = "*"
"""In the table: whatever the trait, or the rule."""

NEAR = 4
"""A role is near when so many tokens at most lie from the cue's head to its own."""

CLASSES = {"mention": MODES, "role": ROLES}
TRAITS = {
    "mention": ("plain", "ambiguous"),
    "role": tuple(f"{place} {step}" for place in ("near", "far") for step in ("first", "later", "linked")),
}
_LEAST, _MOST = 0.02, 0.99


class Key(NamedTuple):
    """What the confidence of a mention or role depends on.

    Attributes:
        kind: ``mention`` or ``role``.
        class_: The mode, or the role.
        trait: One of :data:`TRAITS`. A mention is *ambiguous* where its entry holds under conditions only. A role is *near* or *far*; the
            *first* or a *later* path of its rule led to it, or no path did: it is *linked* from another sentence.
        rule: The rule's id.
    """

    kind: str
    class_: str
    trait: str = ANY
    rule: str = ANY

    def wider(self) -> Iterator[Key]:
        """The key itself, then wider and wider ones."""
        yield self
        if self.rule != ANY:
            yield self._replace(rule=ANY)
        if self.trait != ANY:
            yield Key(self.kind, self.class_)


class Confidence:
    """Says how sure what the rules found is.

    Args:
        rules: Those that the annotator applies.
        table: Share of right ones by key; of each class there is at least the widest key.
    """

    def __init__(self, rules: Iterable[Rule], table: Mapping[Key, float]) -> None:
        self._table = table
        self._shares: dict[Key, float] = {}
        """What was looked up so far."""
        # by identity: equal paths of two rules are not the same path
        self._first = {id(paths[0]) for rule in rules for paths in rule.roles.values() if paths}

    def of_mention(self, found: Found) -> float:
        """Chance that a mention is right, that is, there is one and it is of this primary; its doubts are taken off."""
        return _bounded(self.share(mention_key(found)) * prod(found.doubts.values()))

    def of_role(self, sentence: Sentence, found: Found, role: FoundRole) -> float:
        """Chance that a role is right: that its mention is, and then the role.

        Args:
            sentence: The mention's.
            found: The mention.
            role: One of its roles.
        """
        return _bounded(self.of_mention(found) * self.share(self.role_key(sentence, found, role)))

    def share(self, key: Key) -> float:
        """What the table has for a key, or for the narrowest of the wider ones."""
        if key not in self._shares:
            self._shares[key] = next(self._table[wider] for wider in key.wider() if wider in self._table)
        return self._shares[key]

    def role_key(self, sentence: Sentence, found: Found, role: FoundRole) -> Key:
        """What the confidence of a role depends on, besides that of its mention."""
        near = role.sentence is sentence and abs(role.head - found.hit.head) <= NEAR
        step = "linked" if role.path is None else "first" if id(role.path) in self._first else "later"
        return Key("role", role.role, f"{'near' if near else 'far'} {step}", role.rule.removeprefix("rule:"))


def mention_key(found: Found) -> Key:
    """What the confidence of a mention depends on."""
    return Key("mention", found.mode, "ambiguous" if found.hit.entry.conditions else "plain", found.rule.removeprefix("rule:"))


def _bounded(value: float) -> float:
    return round(min(_MOST, max(_LEAST, value)), 2)


def load_confidence(path: Path = TABLE) -> dict[Key, float]:
    """Read a table of shares.

    Raises:
        DataError: It cannot be read, a line of it does not fit, or a class has no line of its own.
    """
    table: dict[Key, float] = {}
    for line, row in read_table(path, COLUMNS):
        key = Key(row["kind"], row["class"], row["trait"], row["rule"])
        if key.kind not in CLASSES:
            raise DataError(path, line, f"unknown kind {key.kind!r}; known: {', '.join(CLASSES)}")
        if key.class_ not in CLASSES[key.kind]:
            raise DataError(path, line, f"unknown class {key.class_!r} of a {key.kind}; known: {', '.join(CLASSES[key.kind])}")
        if key.trait not in (ANY, *TRAITS[key.kind]):
            raise DataError(path, line, f"unknown trait {key.trait!r} of a {key.kind}; known: {ANY}, {', '.join(TRAITS[key.kind])}")
        if key.trait == ANY and key.rule != ANY:
            raise DataError(path, line, f"names a rule but no trait; a line for any trait is for any rule ({ANY})")
        if key in table:
            raise DataError(path, line, "says again what an earlier line says")
        table[key] = _number(path, line, row["confidence"])
    for kind, classes in CLASSES.items():
        if missing := [name for name in classes if Key(kind, name) not in table]:
            raise DataError(path, None, f"lacks the line of {kind} {missing[0]} for any trait and rule ({ANY})")
    return table


def _number(path: Path, line: int, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 < number < 1:
        raise DataError(path, line, f"the confidence is {value!r}, not a number between 0 and 1")
    return number

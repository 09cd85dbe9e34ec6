"""The rule language: YAML files of rules, read into :class:`Rule` with file, line and reason for what is wrong.

A rule has a *trigger* (vocabulary entries, or words), paths that must (``when``) or must not (``unless``) lead somewhere, and *roles*, each
with the paths that lead to it, tried in order; a trigger of words says itself what ``mention`` it makes. A file may also hold ``macros``
(names for paths) and ``words`` (word classes), which all files may use. ``docs/rules.md`` is the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from pathlib import Path as File
from typing import Any

from ressenti.errors import DataError, unknown
from ressenti.ontology.emotions import load_emotions, unknown_label
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import POS, Entry, load_constructions
from ressenti.rules.paths import Names, Path, parse_path
from ressenti.rules.rule import ENTRY_KEYS, GROUPS, MENTION_KEYS, RULE_KEYS, SETTABLE, WORD_KEYS, Made, Rule, Trigger
from ressenti.rules.word_tests import class_forms, kinds_of, lemma_forms
from ressenti.rules.words import FRENCH, load_words, place_of, read_classes
from ressenti.rules.yaml_lines import Items, Map, Text, listed, read_yaml
from ressenti.schema import INTENSITIES, MODES, ROLES, TIMES

__all__ = ["FILE_KEYS", "Rule", "check_terms", "load_rules"]

FILE_KEYS = ("rules", "macros", "words")


class _Reading:
    """A file of rules on its way."""

    def __init__(self, file: File, shipped: bool) -> None:
        self.file, self.shipped = file, shipped
        self.content = _whole(file)

    def wrong(self, at: Any, reason: str, rule: str = "") -> DataError:
        """An error at the line of a key or value."""
        return DataError(self.file, getattr(at, "line", None), f"rule {rule!r}: {reason}" if rule else reason)


def load_rules(*folders: File) -> tuple[Rule, ...]:
    """Read the shipped rules, after those of the given files or folders, which are thus tried first where priorities are equal.

    A user's rule with the id of a shipped one replaces it.

    Returns:
        The rules in the order in which they are tried.

    Raises:
        DataError: A file that cannot be read; a key, label, role, function, class, relation, feature or macro that does not exist; a
            rule that another leaves nothing to do. With the file and the line of what is wrong.
    """
    return _read(folders) if folders else _shipped()


@cache
def _shipped() -> tuple[Rule, ...]:
    """The shipped rules alone: a user's files may be another's, or edited, by the next time that they are asked for."""
    return _read(())


def _read(folders: Iterable[File]) -> tuple[Rule, ...]:
    own = [_Reading(file, shipped=False) for folder in folders for file in rule_files(folder)]
    readings = [*own, *(_Reading(file, shipped=True) for file in rule_files(FRENCH / "rules"))]
    names = Names(_classes(readings), _macros(readings))
    _check_macros(readings, names)
    rules: dict[str, Rule] = {}
    own_ids: set[str] = set()
    for reading in readings:
        for item in listed(reading.content.get("rules")):
            rule = _rule(reading, names, item)
            if reading.shipped and rule.id in own_ids:
                continue
            if rule.id in rules:
                raise reading.wrong(item, f"the rule {rule.id!r} stands already at {rules[rule.id].where}; give it another id")
            rules[rule.id] = rule
            if not reading.shipped:
                own_ids.add(rule.id)
    ordered = tuple(sorted(rules.values(), key=lambda rule: -rule.priority))
    _check_shadows(ordered, own_ids)
    return ordered


def check_terms(rules: Iterable[Rule], entries: Iterable[Entry]) -> None:
    """Check that the terms that triggers name are in a vocabulary.

    Raises:
        DataError: The file and line of the first rule that names another.
    """
    wanted = [rule for rule in rules if "term" in rule.trigger.keys]
    terms = {entry.term for entry in entries} if wanted else set()
    for rule in wanted:
        for term in rule.trigger.keys["term"]:
            if term not in terms:
                raise DataError(rule.path, rule.line, f"rule {rule.id!r}: {unknown('term', term, terms)}")


def rule_files(folder: File) -> list[File]:
    """The files of rules that a path names, itself or in it.

    Raises:
        DataError: There is none in it.
    """
    files = sorted(folder.glob("*.y*ml")) if folder.is_dir() else [folder]
    if not files:
        raise DataError(folder, None, "holds no rules; expected files that end in .yaml")
    return files


def _whole(file: File) -> Map:
    data = read_yaml(file)
    if not isinstance(data, Map):
        raise DataError(file, 1, "must hold rules, as a list under the key 'rules'")
    for key, value in data.items():
        if key not in FILE_KEYS:
            raise DataError(file, key.line, unknown("key", key, FILE_KEYS))
        if value != "" and not isinstance(value, Items if key == "rules" else Map):
            wanted = "a list of rules" if key == "rules" else "names and what they stand for"
            raise DataError(file, key.line, f"the key {str(key)!r} must hold {wanted}")
    return data


def _classes(readings: Iterable[_Reading]) -> dict[str, frozenset[str]]:
    """The shipped word classes, and those of the files, which all of them may use."""
    words = load_words()
    classes = {name: words[name] for name in words}
    places: dict[str, str] = {}
    for reading in readings:
        for name, forms in read_classes(reading.file, reading.content.get("words") or Map((), 1)):
            if name in classes:
                at = places.get(name) or place_of(name)
                raise reading.wrong(name, f"the word class {str(name)!r} exists already, at {at}; use that, or choose another name")
            classes[str(name)], places[str(name)] = forms, f"{reading.file}:{name.line}"
    return classes


def _macros(readings: Iterable[_Reading]) -> dict[str, str]:
    """The macros of all files, which all of them may use."""
    macros: dict[str, str] = {}
    for reading in readings:
        for name, path in (reading.content.get("macros") or {}).items():
            if name in macros:
                raise reading.wrong(name, f"the macro {str(name)!r} exists already; choose another name")
            if not isinstance(path, Text) or not path:
                raise reading.wrong(name, f"the macro {str(name)!r} must stand for one path")
            macros[str(name)] = str(path)
    return macros


def _check_macros(readings: Iterable[_Reading], names: Names) -> None:
    """Read each macro, used or not, so that a wrong one is told where it stands."""
    for reading in readings:
        for name in reading.content.get("macros") or ():
            try:
                parse_path(f"@{name}", names)
            except ValueError as error:
                raise reading.wrong(name, f"macro {str(name)!r}: {error}") from None


def _rule(reading: _Reading, names: Names, item: Any) -> Rule:
    if not isinstance(item, Map):
        raise reading.wrong(item, "each rule must be a mapping with an id and a trigger")
    if not isinstance(item.get("id"), Text) or not item["id"]:
        raise reading.wrong(item, "the rule has no id")
    return _Item(reading, names, item).rule()


class _Item:
    """One rule on its way: every value is read with the line where it stands."""

    def __init__(self, reading: _Reading, names: Names, item: Map) -> None:
        self.reading, self.names, self.item = reading, names, item
        self.id = str(item["id"])

    def wrong(self, at: Any, reason: str) -> DataError:
        return self.reading.wrong(at, reason, self.id)

    def rule(self) -> Rule:
        item = self.item
        self.known(item, RULE_KEYS, "key")
        trigger = self.trigger()
        group = self.one(item, "group", GROUPS) or "core"
        mention = self.mention(trigger)
        if trigger.is_word and group != "core":
            raise self.wrong(self.key(item, "group"), "a trigger of words makes a mention; a rule that makes one is of the group 'core'")
        roles = self.mapping(item, "roles")
        self.known(roles, ROLES, "role")
        return Rule(
            id=self.id,
            about=self.text(item, "about"),
            group=group,
            priority=self.number(item, "priority"),
            trigger=trigger,
            when=self.paths(item, "when"),
            unless=self.paths(item, "unless"),
            without=self.some(item, "without", ROLES),
            mention=mention,
            roles={str(role): self.paths(roles, role) for role in roles},
            set=self.settings(),
            mode=self.one(item, "mode", MODES),
            examples=tuple(self.texts(item, "examples")),
            counterexamples=tuple(self.texts(item, "counterexamples")),
            path=str(self.reading.file),
            line=self.item.line,
        )

    def trigger(self) -> Trigger:
        written = self.mapping(self.item, "trigger")
        if "trigger" not in self.item:
            raise self.wrong(self.item, "has no trigger; « trigger: {} » stands for any vocabulary entry")
        known: dict[str, Callable[[], Collection[str]]] = {
            "construction": load_constructions, "pos": lambda: POS, "mode": lambda: MODES, "emotion": load_emotions,
        }  # fmt: skip
        self.known(written, (*ENTRY_KEYS, "pos", *WORD_KEYS), "trigger key")
        values = {str(key): self.texts(written, key) for key in written}
        for key, found in values.items():
            if not found:
                raise self.wrong(self.key(written, key), f"the trigger key {key!r} has no value")
            for value in found if key in known else ():
                if value not in known[key]():
                    raise self.wrong(value, unknown_label(key, value, known[key]()))
        words = [key for key in WORD_KEYS if key in values]
        if words and (mixed := [key for key in ENTRY_KEYS if key in values]):
            reason = f"{mixed[0]!r} asks for a vocabulary entry and {words[0]!r} for a word; use one of them"
            raise self.wrong(self.key(written, mixed[0]), reason)
        keys = {key: frozenset(map(str, found)) for key, found in values.items() if key not in WORD_KEYS}
        if "emotion" in keys:
            keys["emotion"] = kinds_of(keys["emotion"])
        forms = frozenset[str]().union(*(self.word_forms(key, values[key], keys.get("pos", frozenset())) for key in words))
        return Trigger(keys, forms, {key: tuple(map(str, found)) for key, found in values.items()})

    def word_forms(self, key: str, values: Sequence[Text], pos: Collection[str]) -> frozenset[str]:
        forms: set[str] = set()
        for value in values:
            try:
                if key == "class":
                    forms |= class_forms(value, self.names.classes)
                elif " " in value:
                    raise ValueError(f"{str(value)!r} is more than a word; phrases go into the vocabulary, further words into 'when'")
                else:
                    forms |= lemma_forms([value], sorted(pos)) if key == "lemma" else {fold(value)}
            except ValueError as error:
                raise self.wrong(value, str(error)) from None
        return frozenset(forms)

    def mention(self, trigger: Trigger) -> Made | None:
        written = self.mapping(self.item, "mention")
        if trigger.is_word != ("mention" in self.item):
            if trigger.is_word:
                raise self.wrong(self.item, "a trigger of words needs a 'mention', with its emotion and mode")
            reason = "the entry says what mention it makes; 'mention' goes with a trigger by lemma, form or class"
            raise self.wrong(self.key(self.item, "mention"), reason)
        if not trigger.is_word:
            return None
        self.known(written, MENTION_KEYS, "mention key")
        emotion, mode = self.one(written, "emotion", load_emotions()), self.one(written, "mode", MODES)
        if emotion is None or mode is None:
            raise self.wrong(written, f"the mention has no {'emotion' if emotion is None else 'mode'}")
        intensity = self.one(written, "intensity", INTENSITIES) or "medium"
        construction = self.one(written, "construction", load_constructions()) or ""
        negated = self.one(written, "negated", ("true", "false")) == "true"
        return Made(emotion, mode, intensity, construction, self.paths(written, "cue"), negated)

    def settings(self) -> dict[str, Path | str | bool]:
        written = self.mapping(self.item, "set")
        self.known(written, SETTABLE, "key of 'set'")
        found: dict[str, Path | str | bool] = {}
        for key in written:
            if key == "reported":
                found[key] = self.paths(written, key)[0]
            elif key == "time":
                found[key] = self.one(written, key, TIMES) or ""
            else:
                found[str(key)] = self.one(written, key, ("true", "false")) == "true"
        return found

    def key(self, mapping: Map, name: str) -> Text | None:
        return next((key for key in mapping if key == name), None)

    def known(self, mapping: Map, names: Collection[str], what: str) -> None:
        for key in mapping:
            if key not in names:
                raise self.wrong(key, unknown(what, key, names))

    def mapping(self, mapping: Map, name: str) -> Map:
        value = mapping.get(name)
        if value is None or value == "":
            return Map((), mapping.line)
        if not isinstance(value, Map):
            raise self.wrong(self.key(mapping, name), f"{name!r} must be a mapping, as in « {name}: {{key: value}} »")
        return value

    def texts(self, mapping: Map, name: str) -> Sequence[Text]:
        values = listed(mapping.get(name))
        for value in values:
            if not isinstance(value, Text):
                at = value if hasattr(value, "line") else self.key(mapping, name)
                raise self.wrong(at, f"{name!r} must hold texts; put those with ': ' or brackets inside between quotes")
        return values

    def text(self, mapping: Map, name: str) -> str:
        return " ".join(self.texts(mapping, name))

    def one(self, mapping: Map, name: str, allowed: Collection[str]) -> str | None:
        values = self.texts(mapping, name)
        if len(values) > 1:
            raise self.wrong(self.key(mapping, name), f"{name!r} takes one value")
        for value in values:
            if value not in allowed:
                raise self.wrong(value, unknown_label(name, value, allowed))
        return str(values[0]) if values else None

    def some(self, mapping: Map, name: str, allowed: Collection[str]) -> frozenset[str]:
        values = self.texts(mapping, name)
        for value in values:
            if value not in allowed:
                raise self.wrong(value, unknown(name, value, allowed))
        return frozenset(map(str, values))

    def number(self, mapping: Map, name: str) -> int:
        value = self.text(mapping, name)
        try:
            return int(value or 0)
        except ValueError:
            raise self.wrong(mapping[name], f"{name!r} must be a whole number, not {value!r}") from None

    def paths(self, mapping: Map, name: str) -> tuple[Path, ...]:
        found = []
        for text in self.texts(mapping, name):
            try:
                found.append(parse_path(text, self.names))
            except ValueError as error:
                raise self.wrong(text, str(error)) from None
        return tuple(found)


def _check_shadows(rules: Sequence[Rule], own: Collection[str]) -> None:
    """No rule may be left without anything to do by an earlier one that takes all its triggers, whatever stands around them.

    A user's rule may do that to shipped ones: that is how they are overruled.
    """
    takers = [rule for rule in rules if rule.group == "core" and not rule.when and not rule.unless]
    places = {rule.id: place for place, rule in enumerate(rules)}
    for rule in rules:
        for taker in takers:
            if places[taker.id] >= places[rule.id]:
                break
            if rule.group == "core" and _covers(taker, rule) and not (taker.id in own and rule.id not in own):
                reason = f"rule {rule.id!r} can never fire: {taker.id!r} ({taker.where}) is tried before it and takes all its triggers"
                raise DataError(rule.path, rule.line, f"{reason}; give it a higher priority, or that one a 'when'")


def _covers(wide: Rule, narrow: Rule) -> bool:
    if wide.trigger.is_word != narrow.trigger.is_word:
        return False
    if narrow.mention is not None and (narrow.mention.cue or not narrow.trigger.forms <= wide.trigger.forms):
        return False  # a longer cue is taken before a shorter one
    keys = narrow.trigger.keys
    return all(key in keys and keys[key] <= values for key, values in wide.trigger.keys.items())

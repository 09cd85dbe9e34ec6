"""Conditions in brackets on the word that a step of a path finds: ``subject[pos=NOUN, Number=Plur, !class=$persons]``.

``has(path)``, which asks that a path lead somewhere from the word, is read by :mod:`ressenti.rules.paths`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from ressenti.errors import DataError, unknown
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import TAGS
from ressenti.rules.syntax.basics import is_person
from ressenti.rules.syntax.relations import RELATIONS, expand, relation
from ressenti.rules.view import View
from ressenti.rules.words import MARKS, forms_of
from ressenti.schema import MODES

Classes = Mapping[str, frozenset[str]]
"""Word classes by name, without their ``$``."""

FEATURES: Mapping[str, frozenset[str]] = {
    feature: frozenset(values.split())
    for feature, values in {
        "Definite": "Def Ind",
        "Gender": "Fem Masc",
        "Mood": "Cnd Imp Ind Sub",
        "Number": "Plur Sing",
        "NumType": "Card Ord",
        "Person": "1 2 3",
        "Polarity": "Neg",
        "Poss": "Yes",
        "PronType": "Art Dem Int Prs Rel",
        "Reflex": "Yes",
        "Tense": "Fut Imp Past Pres",
        "VerbForm": "Fin Inf Part",
        "Voice": "Pass",
    }.items()
}
"""The morphological features that the French parser gives, with their values."""
_FLAGS = ("person", "thing", "before", "after", "first", "last")
_LISTED = ("form", "lemma", "class", "pos", "relation", "near")
KINDS = (*_FLAGS, *_LISTED, "mention", "has", *FEATURES)
"""Every condition, by name."""
_CONDITION = re.compile(r"(?P<not>!)?\s*(?P<key>\$?[\w-]+)\s*(?:(?P<op>!?=)\s*(?P<values>.+))?", re.S)


@dataclass(frozen=True, slots=True)
class Test:
    """One condition.

    Attributes:
        kind: One of :data:`KINDS`.
        values: What is asked for, any of them; forms for ``lemma``, ``form`` and ``class``.
        wanted: False when the condition is negated.
        text: As written.
    """

    kind: str
    values: frozenset[str]
    wanted: bool
    text: str
    _check: Callable[[View, int, frozenset[str]], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_check", _check(self.kind))

    def holds(self, at: View, i: int) -> bool:
        """Whether token ``i``, found from a trigger, is as the condition asks."""
        return self._check(at, i, self.values) == self.wanted

    @property
    def forms(self) -> frozenset[str] | None:
        """Forms of which one must stand in the sentence for the condition to hold, or None when any may."""
        return self.values if self.wanted and self.kind in ("form", "lemma", "class") else None


def _near(at: View, i: int, values: frozenset[str]) -> bool:
    (distance,) = values
    return max(at.first - i, i - at.last, 0) <= int(distance)


def _mentioned(at: View, i: int, values: frozenset[str]) -> bool:
    return any(i in hit.cue and (not values or hit.entry.mode in values or hit.entry.emotion in values) for hit in at.others)


_MARKS = frozenset({"PUNCT", "SPACE", "SYM"})
_CHECKS: Mapping[str, Callable[[View, int, frozenset[str]], bool]] = {
    "person": lambda at, i, _: is_person(at.s, i),
    "thing": lambda at, i, _: not is_person(at.s, i),
    "before": lambda at, i, _: i < at.first,
    "after": lambda at, i, _: i > at.last,
    "first": lambda at, i, _: i == 0,
    "last": lambda at, i, _: at.s.pos(i) not in _MARKS and all(at.s.pos(k) in _MARKS for k in range(i + 1, len(at.s))),
    "form": lambda at, i, values: at.s.forms[i] in values,
    "lemma": lambda at, i, values: at.s.forms[i] in values,
    "class": lambda at, i, values: at.s.forms[i] in values,
    "pos": lambda at, i, values: at.s.pos(i) in values,
    "relation": lambda at, i, values: relation(at.s, i) in values,
    "near": _near,
    "mention": _mentioned,
}


@cache
def _check(kind: str) -> Callable[[View, int, frozenset[str]], bool]:
    return _CHECKS.get(kind) or (lambda at, i, values: at.s.morph(i, kind) in values)


def parse_test(text: str, classes: Classes) -> Test:
    """Read one of the conditions that stand between brackets.

    Args:
        text: ``key``, ``key=value`` or ``!key=value``; alternatives of a value are joined by ``|``.
        classes: The word classes that it may name.

    Raises:
        ValueError: A condition, value, class, part of speech, relation or emotion that does not exist.
    """
    match = _CONDITION.fullmatch(text)
    if not match:
        raise ValueError(f"cannot read the condition [{text}]; write it as key, key=value or !key=value")
    key, wanted = match["key"], (match["not"] is None) == (match["op"] != "!=")
    values = [value.strip() for value in (match["values"] or "").split("|") if value.strip()]
    if key.startswith("$") and not values:  # [$persons] is short for [class=$persons]
        key, values = "class", [key]
    if key not in KINDS:
        raise ValueError(unknown("condition", key, KINDS))
    if key in _FLAGS and values:
        raise ValueError(f"the condition [{key}] takes no value")
    if key not in (*_FLAGS, "mention") and not values:
        raise ValueError(f"the condition [{key}] lacks its value, as in [{key}=…]")
    return Test(key, _values(key, values, classes), wanted, text)


def _known(what: str, values: list[str], known: frozenset[str]) -> None:
    for value in values:
        if value not in known:
            raise ValueError(unknown(what, value, known))


def _values(key: str, values: list[str], classes: Classes) -> frozenset[str]:
    if key == "class":
        return frozenset().union(*(class_forms(value, classes) for value in values))
    if key == "form":
        return frozenset(fold(value) for value in values)
    if key == "lemma":
        return lemma_forms(values)
    if key == "relation":
        _known("relation", values, RELATIONS)
        return frozenset().union(*(expand(value) for value in values))
    if key == "near":
        if len(values) != 1 or not values[0].isdigit():
            raise ValueError(f"near takes a number of words, as in [near=3], not {'|'.join(values)!r}")
    elif key == "pos":
        _known("part of speech", values, TAGS)
    elif key == "mention":
        return mention_values(values)
    elif key in FEATURES:
        _known(f"value of {key}", values, FEATURES[key])
    return frozenset(values)


def class_forms(name: str, classes: Classes) -> frozenset[str]:
    """Forms of a word class, written with or without its ``$``.

    Raises:
        ValueError: There is no such class.
    """
    if name.removeprefix("$") not in classes:
        raise ValueError(unknown("word class", name, [f"${known}" for known in classes]))
    return classes[name.removeprefix("$")]


def mention_values(names: list[str]) -> frozenset[str]:
    """Modes and emotions, each emotion with all those under it (``anger`` stands for *fury* too).

    Raises:
        ValueError: A name that is neither.
    """
    emotions = load_emotions()
    _known("mode or emotion", names, frozenset({*MODES, *emotions}))
    return frozenset(names) | kinds_of(name for name in names if name in emotions)


def kinds_of(keys: Iterable[str]) -> frozenset[str]:
    """Emotions and all those under them in the tree.

    Args:
        keys: Keys of emotions that exist.
    """
    wanted = set(keys)
    return frozenset(key for key in load_emotions() if wanted & set(load_emotions().lineage(key)))


def lemma_forms(lemmas: Iterable[str], pos: Collection[str] = ()) -> frozenset[str]:
    """All forms of citation forms.

    Args:
        lemmas: « rendre/V », « porte/N » and « fier/A » say the part of speech themselves.
        pos: Parts of speech of those that do not; by default whichever they can be inflected as.

    Raises:
        ValueError: A word that cannot be inflected so, or an unknown mark.
    """
    forms: set[str] = set()
    for lemma in lemmas:
        word, _, mark = lemma.partition("/")
        if mark and mark not in MARKS:
            raise ValueError(f"unknown mark '/{mark}' of {str(lemma)!r}; /V, /N and /A are known")
        wanted = [MARKS[mark]] if mark else list(pos) or ["NOUN", "ADJ", *(["VERB"] if word.endswith(("er", "ir", "re")) else [])]
        problems = []
        for kind in wanted:
            if kind not in MARKS.values():
                forms.add(fold(word))
                continue
            try:
                forms |= forms_of(word, kind, "")
            except DataError as error:
                problems.append(error.reason)
        if len(problems) == len(wanted):
            raise ValueError(problems[0])
    return frozenset(forms)

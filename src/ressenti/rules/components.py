"""Which component of the event a sentence tells: behavior, feeling, thinking, territory, or none.

The components are those of the Component Process Model as Cortal et al. 2023 (arXiv 2305.10446) ask for them in guided narratives; the
evidence for each is in ``fr/components.yaml``. It is read on tokens alone, so that sentences need no parse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ressenti.errors import DataError, unknown
from ressenti.ontology.morphology import fold
from ressenti.rules.account import Account
from ressenti.rules.found import Found
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.forms import kinds
from ressenti.rules.syntax.verbs import looks_like_participle
from ressenti.rules.words import FRENCH, MARKS, Words, forms_of, load_words
from ressenti.rules.yaml_lines import Text, listed, mapping, read_yaml
from ressenti.schema import COMPONENTS, Component

GAP = 3
"""Words that « … » in a pattern may stand for."""
_START = frozenset({"^"})
_CUTTING = frozenset({";", "et", "mais", "puis", "alors", "donc"})
"""Where a clause may end."""


@dataclass(frozen=True, slots=True)
class Item:
    """One word of a pattern: its forms (empty: any word), and how many words may stand before it."""

    forms: frozenset[str]
    gap: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a component.

    Attributes:
        id: Unique; the ``source`` of a component is ``rule:component-`` and the id of its heaviest evidence.
        component: One of :data:`~ressenti.schema.COMPONENTS`.
        weight: What it counts, once a sentence.
        about: One line for the reader.
        patterns: Sequences of words, one of which must stand in the sentence; empty where ``property`` says what must hold.
        property: Name in :data:`PROPERTIES`, or None.
    """

    id: str
    component: str
    weight: int
    about: str
    patterns: tuple[tuple[Item, ...], ...]
    property: str | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The evidence, with the sum that a component needs, its distance to the next, and the weight of an emotion named."""

    evidence: tuple[Evidence, ...]
    threshold: int
    margin: int
    named: Evidence
    by_property: tuple[tuple[Evidence, Callable[[Sentence], bool]], ...]
    by_first: Mapping[str, tuple[tuple[Evidence, tuple[Item, ...]], ...]]


def evidence_in(s: Sentence) -> list[Evidence]:
    """The evidence that a sentence holds, each once."""
    knowledge = load_components()
    found = {e.id: e for e, holds in knowledge.by_property if holds(s)}
    present = {*s.forms, "^"}
    by_first = knowledge.by_first
    anywhere = [one for one in by_first.get("", ()) if not one[1][-1].forms.isdisjoint(present)]
    opening = by_first.get("^", ())
    standing = present if anywhere else by_first.keys() & present
    for i, form in enumerate(s.forms):
        if i and form not in standing:
            continue
        for patterns in (by_first.get(form, ()), anywhere, () if i else opening):
            for evidence, pattern in patterns:
                if evidence.id not in found and not pattern[-1].forms.isdisjoint(present) and _matches(s, pattern, i):
                    found[evidence.id] = evidence
    return list(found.values())


def component_of(sentences: Iterable[Sentence]) -> str | None:
    """The component that the sentences of an answer tell together: the one with the highest sum; None where nothing speaks for any."""
    ranked = _ranked(evidence for s in sentences for evidence in evidence_in(s))
    return ranked[0][0] if ranked else None


def divide(account: Account) -> list[Component]:
    """The components of an account: those that its writer gave, else one for each sentence or clause that clearly tells one.

    Clauses of a sentence are told apart only where they tell different components. Neighbours that tell the same stay apart: a reviewer
    corrects them one by one.
    """
    if account.given:
        return [Component(c.component, c.span, c.source) for c in account.given]
    feeling = {s.start for s, found in zip(account.sentences, account.found, strict=True) if any(_felt(f) for f in found)}
    components = []
    for s in account.sentences:
        parts = [*_clauses(s)]
        clauses = [Sentence(s.tokens[a:b], s.start, s.words) for a, b in parts] if len(parts) > 1 else []
        told = [_told(clause) for clause in clauses]
        if len({one[0] for one in told if one}) < 2:
            clauses, told = [s], [_told(s, felt=s.start in feeling)]
        for clause, one in zip(clauses, told, strict=True):
            if one:
                components.append(Component(one[0], account.original(clause, 0, len(clause) - 1), one[1]))
    return components


def _felt(found: Found) -> bool:
    return found.mode == "labelled" and found.status == "affirmed"


def _told(s: Sentence, felt: bool = False) -> tuple[str, str] | None:
    """The component of a stretch of text and the rule that gave it; an emotion named in it speaks for feeling."""
    knowledge = load_components()
    held = evidence_in(s) + [knowledge.named] * felt
    ranked = _ranked(held)
    if not ranked or ranked[0][1] < knowledge.threshold or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < knowledge.margin):
        return None
    heaviest = max((e for e in held if e.component == ranked[0][0]), key=lambda e: e.weight)
    return ranked[0][0], f"rule:component-{heaviest.id}"


def _ranked(evidence: Iterable[Evidence]) -> list[tuple[str, int]]:
    sums: dict[str, int] = defaultdict(int)
    for one in evidence:
        sums[one.component] += one.weight
    return sorted(sums.items(), key=lambda pair: (-pair[1], COMPONENTS.index(pair[0])))


def _clauses(s: Sentence) -> Iterator[tuple[int, int]]:
    """First token and end of each coordinated clause: cut at « ; », and where a conjunction is followed by a subject pronoun."""
    start = 0
    if _CUTTING.isdisjoint(s.forms):
        yield start, len(s)
        return
    for i in range(1, len(s)):
        cuts = s.forms[i] in _CUTTING and (s.forms[i] == ";" or s.is_a(i + 1, "subject_clitics"))
        if cuts and i - start > 1 and len(s) - i > 2:
            yield start, i
            start = i + 1
    yield start, len(s)


def _matches(s: Sentence, pattern: Sequence[Item], start: int) -> bool:
    forms, words, at = s.forms, len(s.forms), start - 1
    for item in pattern:
        wanted = item.forms
        if wanted == _START:
            if start != 0:
                return False
            continue
        at += 1
        end = min(at + 1 + item.gap, words)
        while at < end and wanted and forms[at] not in wanted:
            at += 1
        if at >= end:
            return False
    return True


# --- properties of a sentence

_FINITE = re.compile(r"(?:ais|ait|aient|ions|iez|èrent|irent|urent|âmes|îmes|ûmes)$")
_FUTURE = re.compile(r"(?:[eidtu]r(?:ai|as|a|ons|ez|ont))$")
_OPENING, _CLOSING = frozenset({"«", "“", '"'}), frozenset({"»", "”", '"'})
_QUOTES = _OPENING | _CLOSING


@lru_cache(1 << 15)
def _looks_finite(form: str) -> bool:
    return len(form) > 4 and _FINITE.search(form) is not None


@lru_cache(1 << 15)
def _looks_future(form: str) -> bool:
    return len(form) > 3 and _FUTURE.search(form) is not None


def _question(s: Sentence) -> bool:
    return "?" in s.forms[-1] and not _quotation(s)


def _quotation(s: Sentence) -> bool:
    return not _QUOTES.isdisjoint(s.forms) or s.forms[0] in ("-", "–", "—")


def _future(s: Sentence) -> bool:
    return any(map(_looks_future, s.forms)) and any(
        _looks_future(form) and s.is_a(i - 1, "subject_clitics", "negation", "object_clitics") for i, form in enumerate(s.forms)
    )


def _finite(s: Sentence) -> int | None:
    """Index of the first word that must be a finite verb outside a relative clause, or None."""
    key = ("component: finite",)
    if key not in s.memo:
        s.memo[key] = _first_finite(s)
    found: int | None = s.memo[key]
    return found


def _first_finite(s: Sentence) -> int | None:
    opening, closing, finite = _finite_words(s.words)
    inside = False
    for i, form in enumerate(s.forms):
        if form in opening:
            inside = True
        elif form in closing:
            inside = False
        elif not inside and (form in finite or (_looks_finite(form) and not s.is_a(i - 1, "determiners"))):
            return i
    return None


@lru_cache(4)
def _finite_words(words: Words) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that open a relative clause or one like it, those that close it, and those by which one that is neither has a finite verb."""
    subjects = words["subject_clitics"] - words["subjects_or_strong"]
    return (
        words["relative_pronouns"] | {"où", "comme", "quand", "si"},
        frozenset({",", ".", ";", ":", "…", "..."}),
        subjects | words["be_and_have"],
    )


def _fragment(s: Sentence) -> bool:
    """A noun phrase without a verb, and not one of the body: « La confiance de mes enfants. »"""
    return s.holds("determiners", "own_possessives") and _finite(s) is None and not s.holds("body", "inner_body", "sensations")


def _own_fragment(s: Sentence) -> bool:
    first = next((i for i in range(len(s)) if s.forms[i] not in ("et", "mais", "aussi", "puis", "surtout", ",")), 0)
    verb = first + 2  # « ma femme | craint une rechute », « ma sœur | achète … »
    told = verb < len(s) and ("finite" in kinds(s.forms[verb]) or s.is_a(verb, "doing", "motion", "telling", "cognition"))
    return s.is_a(first, "own_possessives") and not told and _fragment(s)


def _main_clause(s: Sentence) -> Iterator[int]:
    """Words outside relative and subordinate clauses and outside quotation marks."""
    inside = quoted = False
    for i, form in enumerate(s.forms):
        if form in _OPENING and not quoted:
            quoted = True
        elif form in _CLOSING:
            quoted = inside = False
        elif form in (",", ";", ":", "et", "mais", "puis"):
            inside = False
        elif i and s.is_a(i, "relative_pronouns", "subordinators"):
            inside = True
        elif not inside and not quoted:
            yield i


def _present(s: Sentence) -> bool:
    return not s.holds("past_forms") and not any(map(_looks_finite, s.forms)) and _finite(s) is not None


def _compound_past(s: Sentence) -> bool:
    """« le formateur a passé », « ils sont partis »: a third person's auxiliary and a participle after it."""
    if not s.holds("past_auxiliaries"):
        return False
    told = [
        i
        for i in range(len(s))
        if s.is_a(i, "past_auxiliaries")
        and s.forms[i - 1 : i] not in (["c'"], ["ce"], ["y"])
        and any(looks_like_participle(s.forms[k]) and not s.is_a(k, "negators") for k in range(i + 1, min(i + 3, len(s))))
        and not any(s.is_a(j, "body", "inner_body") for j in range(max(i - 4, 0), i))  # « mes mains se sont mises à trembler »
    ]
    return bool(told) and not set(told).isdisjoint(_main_clause(s))


def _exclamation(s: Sentence) -> bool:
    return "!" in s.forms[-1] and not _quotation(s)


PROPERTIES: Mapping[str, Callable[[Sentence], bool]] = {
    "question": _question,
    "quotation": _quotation,
    "future": _future,
    "fragment": _fragment,
    "own fragment": _own_fragment,
    "compound past": _compound_past,
    "exclamation": _exclamation,
    "present": _present,
}
"""Properties that an evidence may name under ``is``."""


# --- reading the evidence


@cache
def load_components(path: Path = FRENCH / "components.yaml") -> Knowledge:
    """Read the evidence.

    Raises:
        DataError: An unknown key, component, class or property, or a pattern that cannot be read; with its line.
    """
    data = read_yaml(path)
    top = mapping(path, data, ("threshold", "margin", "named", "evidence"))
    numbers = {name: _number(path, top[name]) for name in ("threshold", "margin", "named")}
    evidence, by_first = [], defaultdict(list)
    for item in listed(top["evidence"]):
        one = _evidence(path, item)
        evidence.append(one)
        for pattern in one.patterns:
            for form in pattern[0].forms or {""}:
                by_first[form].append((one, pattern))
    named = Evidence("emotion-named", "feeling", numbers["named"], "an emotion is named and affirmed", (), None)
    first = {form: tuple(entries) for form, entries in by_first.items()}
    of_property = tuple((one, PROPERTIES[one.property]) for one in evidence if one.property)
    return Knowledge(tuple(evidence), numbers["threshold"], numbers["margin"], named, of_property, first)


def _number(path: Path, value: Text) -> int:
    if not str(value).isdigit():
        raise DataError(path, value.line, f"{str(value)!r} is no whole number")
    return int(value)


def _evidence(path: Path, item: Any) -> Evidence:
    values = mapping(path, item, ("id", "component", "weight", "about"), ("any", "is"))
    component, name = values["component"], values.get("is")
    if component not in COMPONENTS:
        raise DataError(path, component.line, unknown("component", component, COMPONENTS))
    if name is not None and name not in PROPERTIES:
        raise DataError(path, name.line, unknown("property", name, PROPERTIES))
    patterns = tuple(_pattern(path, text) for text in listed(values.get("any")))
    weight = _number(path, values["weight"])
    return Evidence(str(values["id"]), str(component), weight, str(values["about"]), patterns, None if name is None else str(name))


def _pattern(path: Path, text: Text) -> tuple[Item, ...]:
    items, gap = [], 0
    for word in text.split():
        if word == "…":
            gap = GAP
            continue
        items.append(Item(frozenset() if word == "_" else _forms(path, text.line, word), gap))
        gap = 0
    if not items:
        raise DataError(path, text.line, "the pattern is empty")
    return tuple(items)


def _forms(path: Path, line: int, word: str) -> frozenset[str]:
    forms: set[str] = set()
    alternatives = word.split("|")
    mark = alternatives[-1].partition("/")[2]
    for alternative in alternatives:
        if alternative.startswith("$"):
            if alternative[1:] not in load_words():
                raise DataError(path, line, unknown("word class", alternative[1:], list(load_words())))
            forms |= load_words()[alternative[1:]]
        elif mark:
            if mark not in MARKS:
                raise DataError(path, line, unknown("mark", f"/{mark}", [f"/{m}" for m in MARKS]))
            forms |= forms_of(alternative.partition("/")[0], MARKS[mark], path, line)
        else:
            forms.add(fold(alternative))
    return frozenset(forms)

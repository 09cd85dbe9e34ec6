"""Sentences with inline marks: how rules carry their examples and how gold narratives are written.

``<e id=1 emotion=fear mode=labelled>peur</e>`` opens mention 1, a second ``<e id=1>`` adds a piece of a split cue, and
``<r e=1,2 role=cause>l’orage</r>`` gives a role of mentions 1 and 2. Marks may nest; without the marks the text remains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ressenti.errors import unknown
from ressenti.ontology.emotions import load_emotions, unknown_label
from ressenti.rules.rule import Rule
from ressenti.schema import INTENSITIES, MODES, ROLES, STATUSES, Mention, Narrative, Span

if TYPE_CHECKING:
    from ressenti.rules.annotator import Annotator

_ATTRIBUTES = ("emotion", "mode", "status", "intensity")
"""What a mark may say of a mention; :func:`wrong_labels` names others."""
_TAG = re.compile(r"<(?P<close>/)?(?P<kind>[er])(?P<attributes>(?: +\w+=[^ >]+)*)>")


@dataclass(slots=True)
class Marked:
    """A text with what its marks say.

    Attributes:
        text: The text without its marks.
        cues: Mention id to the pieces of its cue.
        attributes: Mention id to the attributes that its mark gives (``emotion``, ``mode``, ``status``, ``intensity``).
        roles: Mention id, role and span.
    """

    text: str
    cues: dict[int, list[Span]] = field(default_factory=dict)
    attributes: dict[int, dict[str, str]] = field(default_factory=dict)
    roles: list[tuple[int, str, Span]] = field(default_factory=list)


def read_marks(source: str) -> Marked:
    """Read a text with inline marks.

    Raises:
        ValueError: A mark that is not closed, crosses another, lacks an attribute, or is of a mention that is not marked.
    """
    marked, text, opened = Marked(""), "", []
    position = 0
    for tag in _TAG.finditer(source):
        text += source[position : tag.start()]
        position = tag.end()
        if not tag["close"]:
            pairs = dict(pair.split("=", 1) for pair in tag["attributes"].split())
            if missing := {"e": {"id"}, "r": {"e", "role"}}[tag["kind"]] - set(pairs):
                raise ValueError(f"the mark {tag[0]!r} lacks {min(missing)!r}")
            opened.append((tag["kind"], pairs, len(text)))
            continue
        if not opened or opened[-1][0] != tag["kind"]:
            raise ValueError(f"the mark {tag[0]!r} closes nothing")
        kind, pairs, start = opened.pop()
        if kind == "e":
            number = _number("e", "id", pairs.pop("id"))
            marked.cues.setdefault(number, []).append((start, len(text)))
            marked.attributes.setdefault(number, {}).update(pairs)
        else:
            marked.roles += [(_number("r", "e", n), pairs["role"], (start, len(text))) for n in pairs["e"].split(",")]
    if opened:
        raise ValueError(f"the mark <{opened[-1][0]}> is not closed")
    if unmarked := sorted({number for number, _, _ in marked.roles} - marked.cues.keys()):
        raise ValueError(f"the mark <r e={unmarked[0]}> is of a mention that is not marked; there is no <e id={unmarked[0]}>")
    marked.text = text + source[position:]
    for pieces in marked.cues.values():
        pieces.sort()
    return marked


def _number(kind: str, key: str, value: str) -> int:
    if not value.isdecimal():
        raise ValueError(f"the mark <{kind} {key}={value}> must have the number of its mention, without quotation marks, as in {key}=1")
    return int(value)


def failures(rule: Rule, annotator: Annotator) -> list[str]:
    """What the annotator gets wrong of a rule's examples and counterexamples; empty when all is right.

    Returns:
        One line for each, with the file and the line of the example.
    """
    found = []
    for source in rule.examples:
        where = f"{rule.path}:{getattr(source, 'line', rule.line)}"
        try:
            marked = read_marks(source)
        except ValueError as error:
            found.append(f"{where}: {error}")
            continue
        fired, narrative = _fires(rule, annotator, marked.text)
        found += [f"{where}: {problem} in « {marked.text} »" for problem in (*wrong_labels(marked), *differences(marked, narrative))]
        if not fired:
            found.append(f"{where}: the rule {rule.id!r} does not fire in « {marked.text} »")
    for text in rule.counterexamples:
        if _fires(rule, annotator, text)[0]:
            found.append(f"{rule.path}:{getattr(text, 'line', rule.line)}: the rule {rule.id!r} fires in « {text} »")
    return found


def _fires(rule: Rule, annotator: Annotator, text: str) -> tuple[bool, Narrative]:
    account, narrative = annotator.examine(text)
    return any(rule.id in f.fired for found in account.found for f in found), narrative


def wrong_labels(marked: Marked) -> list[str]:
    """Labels of the marks that do not exist, each with the nearest that does."""
    allowed = dict(zip(_ATTRIBUTES, (set(load_emotions()), MODES, STATUSES, INTENSITIES), strict=True))
    found = [unknown("role", role, ROLES) for _, role, _ in marked.roles if role not in ROLES]
    for attributes in marked.attributes.values():
        for key, value in attributes.items():
            if key not in allowed:
                found.append(unknown("attribute of a mark", key, allowed))
            elif value not in allowed[key]:
                found.append(unknown_label(key, value, allowed[key]))
    return found


def differences(marked: Marked, narrative: Narrative) -> list[str]:
    """How an annotation differs from the marks: missing or further mentions, other attributes, missing or further roles."""
    found = []
    by_cue = {m.cue: m for m in narrative.mentions}
    matched: dict[int, Mention] = {}
    for number, pieces in marked.cues.items():
        mention = by_cue.pop(tuple(pieces), None)
        if mention is None:
            found.append(f"no mention {_quote(marked.text, pieces)}")
            continue
        matched[number] = mention
        for key, wanted in marked.attributes[number].items():
            if key in _ATTRIBUTES and (got := getattr(mention, key)) != wanted:
                found.append(f"{key} of {_quote(marked.text, pieces)} is {got}, not {wanted}")
    found += [f"a mention too many: {_quote(marked.text, list(cue))}" for cue in by_cue]
    for number, mention in matched.items():
        wanted_roles = {(role, span) for n, role, span in marked.roles if n == number}
        got_roles = {(r.role, r.span) for r in narrative.roles if r.mention == mention.id}
        found += [f"no {role} {_quote(marked.text, [span])}" for role, span in sorted(wanted_roles - got_roles)]
        found += [f"a {role} too many: {_quote(marked.text, [span])}" for role, span in sorted(got_roles - wanted_roles)]
    return found


def _quote(text: str, pieces: list[Span]) -> str:
    return "‹" + " … ".join(text[a:b] for a, b in pieces) + "›"

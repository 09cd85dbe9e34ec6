"""The JSON Schema of rule files, made from the tables that say which labels there are, so that editors can help who writes rules.

``rules.schema.json`` beside ``narrative.schema.json`` is its result; ``python -m ressenti.rules.rules_schema`` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import POS, load_constructions
from ressenti.rules.language import FILE_KEYS
from ressenti.rules.rule import GROUPS, MENTION_KEYS, RULE_KEYS, SETTABLE
from ressenti.rules.words import SECTIONS
from ressenti.schema import INTENSITIES, MODES, ROLES, TIMES

FILE = Path(__file__).parent.parent / "rules.schema.json"

_ABOUT = {
    "id": "Unique; the source of what the rule gives is « rule: » and this.",
    "about": "What the rule is for, in a sentence, best with an example between « ».",
    "group": "core: the first rule that applies makes the mention; the others add to whatever mention there is.",
    "priority": "Rules of a higher priority are tried first; 0 unless said.",
    "trigger": "Which vocabulary entries, or which words, the rule is about.",
    "when": "Paths that must all lead somewhere.",
    "unless": "Paths none of which may lead anywhere.",
    "without": "Roles; where the mention has one of them already, the rule is left out.",
    "mention": "What a rule whose trigger is a word makes.",
    "roles": "Role to the paths that lead to it, tried in order.",
    "set": "Optional keys of the format that the mention gets.",
    "mode": "The mode that the mention gets instead of its entry's.",
    "examples": "Sentences with inline marks that must come out so.",
    "counterexamples": "Sentences on which the rule must not fire.",
}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one file of rules, as its YAML reads with every scalar a text."""
    path = {"$ref": "#/$defs/path"}
    emotions, constructions = list(load_emotions()), list(load_constructions())
    rule: dict[str, Any] = {
        "id": {"type": "string", "minLength": 1},
        "about": {"type": "string"},
        "group": {"enum": list(GROUPS)},
        "priority": {"type": ["integer", "string"], "pattern": r"^-?\d+$"},
        "trigger": _keys(
            {
                "construction": _some(_labels(constructions)),
                "pos": _some(_labels(POS)),
                "mode": _some(_labels(MODES)),
                "emotion": _some(_labels(emotions)),
                "term": _some(_TEXT),
                "lemma": _some({"type": "string", "pattern": r"^[^ ]+$"}),
                "form": _some({"type": "string", "pattern": r"^[^ ]+$"}),
                "class": _some(_TEXT),
            }
        ),
        "when": _any(path),
        "unless": _any(path),
        "without": _any(_labels(ROLES)),
        "mention": _keys(
            {
                "emotion": _labels(emotions),
                "mode": _labels(MODES),
                "intensity": _labels(INTENSITIES),
                "construction": _labels(constructions),
                "cue": _any(path),
                "negated": _TRUTH,
            },
            required=["emotion", "mode"],
        ),
        "roles": _keys({role: _any(path) for role in ROLES}),
        "set": _keys({"reported": _some(path), "time": _labels(TIMES), "question": _TRUTH, "wish": _TRUTH}),
        "mode": _labels(MODES),
        "examples": _any(_TEXT),
        "counterexamples": _any(_TEXT),
    }
    _same("rule", rule, RULE_KEYS)
    _same("mention", rule["mention"]["properties"], MENTION_KEYS)
    _same("set", rule["set"]["properties"], SETTABLE)
    for key, about in _ABOUT.items():
        rule[key] = {"description": about, **rule[key]}
    word = {"anyOf": [{"required": ["lemma"]}, {"required": ["form"]}, {"required": ["class"]}]}
    entry = {"anyOf": [{"required": [key]} for key in ("construction", "mode", "emotion", "term")]}
    whole: dict[str, Any] = {
        "rules": {"type": ["array", "string"], "maxLength": 0, "items": {"$ref": "#/$defs/rule"}},
        "macros": {
            "description": "Names for paths, used as « @name » inside any path of any file.",
            "type": ["object", "string"],
            "maxLength": 0,
            "propertyNames": {"pattern": r"^[\w-]+$"},
            "additionalProperties": path,
        },
        "words": {
            "description": "Word classes, used as « $name » in any file.",
            "type": ["object", "string"],
            "maxLength": 0,
            "properties": {section: {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}} for section in SECTIONS},
            "additionalProperties": False,
        },
    }
    _same("file", whole, FILE_KEYS)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/ressenti/rules.schema.json",
        "title": "Rules that say who feels what and why",
        **_keys(whole),
        "type": "object",
        "$defs": {
            "rule": {
                **_keys(rule, required=["id", "trigger"]),
                "type": "object",
                "if": {"properties": {"trigger": word}},
                "then": {"required": ["mention"], "properties": {"trigger": {"not": entry}, "group": {"const": "core"}}},
                "else": {"not": {"required": ["mention"]}},
            },
            "path": {
                "description": "Grammatical functions joined by « > »; alternatives by « | ». See docs/rules.md.",
                "type": "string",
                "minLength": 1,
                "pattern": r"^[^>|?].*[^>|]$|^[^>|?]$",
            },
        },
    }


_TEXT: dict[str, Any] = {"type": "string"}
_TRUTH: dict[str, Any] = {"enum": ["true", "false", True, False]}


def _labels(values: Any) -> dict[str, Any]:
    return {"enum": list(values)}


def _any(item: dict[str, Any]) -> dict[str, Any]:
    """One, several or none."""
    return {"anyOf": [item, {"type": "array", "items": item}, {"const": ""}]}


def _some(item: dict[str, Any]) -> dict[str, Any]:
    """One or several."""
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _keys(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    """A mapping with these keys and no others; an empty value is no keys at all, where none is required."""
    kind: dict[str, Any] = {"type": ["object", "string"], "maxLength": 0} if not required else {"type": "object", "required": required}
    return {**kind, "properties": properties, "additionalProperties": False}


def _same(what: str, mine: Any, known: Any) -> None:
    if set(mine) != set(known):
        raise AssertionError(f"the schema and the language differ in the keys of a {what}: {sorted(set(mine) ^ set(known))}")


def text() -> str:
    """The schema as ``rules.schema.json`` has it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")

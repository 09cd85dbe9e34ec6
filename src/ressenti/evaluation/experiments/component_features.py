"""What speaks for the component that an answer tells, as named features: evidence, word classes, tense, person, what is at stake."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ressenti.evaluation.experiments.appraisals import load_appraisals, spaced
from ressenti.evaluation.experiments.evidence import Features
from ressenti.rules.components import PROPERTIES, evidence_in
from ressenti.rules.sentence import Sentence
from ressenti.rules.words import load_words

CLASSES = (
    "body", "inner_body", "sensations", "cognition", "own_possessives", "first_person", "judgements", "past_forms", "past_auxiliaries",
    "occasions", "temporal_nouns", "persons", "motion", "say", "be_and_have", "negation", "determiners", "conditional_markers",
    "subordinators", "relative_pronouns", "places", "workplaces", "felt",
)  # fmt: skip
"""Classes of ``fr/words.yaml`` and ``fr/words/`` whose share of the words is a feature."""
FORMS = {
    name: re.compile(pattern)
    for name, pattern in {
        "imperfect": r" \w{2,}(?:ais|ait|aient)(?= )",
        "compound past": r" (?:ai|a|ont|avons|suis|est|sont) (?:\w+ )?\w+(?:é|ée|és|ées|i|is|u|us)(?= )",
        "present": r" (?:est|suis|a|ai|ont|sont)(?= )",
        "conditional": r" \w+r(?:ais|ait|aient)(?= )",
        "infinitive": r" \w+(?:er|ir|re)(?= )",
        "future": r" \w+r(?:a|ai|ont|ons)(?= )",
        "number": r" \d+(?= )",
        "I": r" (?:je|j')(?= )",
        "others": r" (?:il|elle|ils|elles|on)(?= )",
        "me": r" (?:me|m')(?= )",
        "my": r" (?:ma|mon|mes)(?= )",
        "our": r" (?:notre|nos)(?= )",
        "that": r" (?:que|qu')(?= )",
        "not": r" (?:ne|n'|pas|plus|jamais|rien)(?= )",
    }.items()
}
"""Tense and person, as they are written."""


def component_features(text: str, sentences: Sequence[Sentence]) -> Features:
    """Features of an answer.

    Args:
        text: The answer.
        sentences: The same, cut and tokenised; unparsed.
    """
    found: Features = {}

    def add(name: str, value: float) -> None:
        found[name] = found.get(name, 0.0) + value

    for k, s in enumerate(sentences):
        for evidence in evidence_in(s):
            weight = evidence.weight / 3
            add(f"evidence {evidence.id}", weight)
            add(f"sum {evidence.component}", weight)
            if k == 0:
                add(f"first {evidence.component}", weight)
            if k == len(sentences) - 1:
                add(f"last {evidence.component}", weight)
        for name, holds in PROPERTIES.items():
            add(name, holds(s) / len(sentences))
    words = [form for s in sentences for form in s.forms]
    for name in CLASSES:
        forms = load_words()[name]
        number = sum(word in forms for word in words)
        found |= {f"share {name}": 5 * number / len(words), f"holds {name}": float(number > 0), f"begins {name}": float(words[0] in forms)}
    line = spaced(text)
    for name, pattern in FORMS.items():
        number = len(pattern.findall(line))
        found |= {f"share {name}": 5 * number / len(words), f"holds {name}": float(number > 0)}
    present = set(line.split())
    for appraisal in load_appraisals().all:
        if appraisal.words & present or (appraisal.phrases and appraisal.phrases.search(line)):
            found[f"stake {appraisal.id}"] = 1.0
    return found | {
        "words": min(len(words), 80) / 30,
        "sentences": len(sentences) / 3,
        "words a sentence": len(words) / len(sentences) / 15,
    }

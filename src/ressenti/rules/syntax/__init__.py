"""Grammatical functions: from a token to its subject, object, complements …, over what the parser and the word order say together.

Each function takes a sentence, the index of a token and forms that narrow the search, and gives the indices of the *heads* of what it
finds, best first. Rules name them in their paths (``rules/language.py``). Clitics and support verbs are found by form and position, the
rest by the parse, with word order where the parse is known to fail.
"""

from ressenti.rules.syntax import (
    arguments,
    body,
    circumstances,
    consequences,
    explained,
    feelings,
    frames,
    fronting,
    nominals,
    relations,
    subjects,
    voice,
)
from ressenti.rules.syntax.functions import AMONG, FUNCTIONS, SEEKS

__all__ = [
    "AMONG", "FUNCTIONS", "SEEKS", "arguments", "body", "circumstances", "consequences", "explained", "feelings", "frames", "fronting",
    "nominals", "relations", "subjects", "voice",
]  # fmt: skip

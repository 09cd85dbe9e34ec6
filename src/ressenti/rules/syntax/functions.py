"""The register of grammatical functions: the names that paths in rules may use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from ressenti.rules.sentence import Sentence

Function = Callable[[Sentence, int, frozenset[str]], list[int]]
"""A sentence, the index of a token and the forms that narrow the search, to the indices of the heads found, best first."""

FUNCTIONS: dict[str, Function] = {}


def function(name: str) -> Callable[[Function], Function]:
    """Register a grammatical function under the name that rules call it by; what it finds at a token is found once a sentence."""

    def register(f: Function) -> Function:
        @wraps(f)
        def once(s: Sentence, i: int, forms: frozenset[str]) -> list[int]:
            key = (name, i, forms)
            if key not in s.memo:
                s.memo[key] = f(s, i, forms)
            found: list[int] = s.memo[key]
            return found

        FUNCTIONS[name] = once
        return once

    return register

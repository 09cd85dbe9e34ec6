"""The register of grammatical functions: the names that paths in rules may use."""

from __future__ import annotations

from collections.abc import Callable

from ressenti.rules.sentence import Sentence

Function = Callable[[Sentence, int, frozenset[str]], list[int]]
"""A sentence, the index of a token and the forms that narrow the search, to the indices of the heads found, best first."""

FUNCTIONS: dict[str, Function] = {}


def function(name: str) -> Callable[[Function], Function]:
    """Register a grammatical function under the name that rules call it by."""

    def register(f: Function) -> Function:
        FUNCTIONS[name] = f
        return f

    return register

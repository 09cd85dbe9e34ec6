"""The register of grammatical functions: the names that paths in rules may use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from ressenti.rules.sentence import Sentence, in_full

Function = Callable[[Sentence, int, frozenset[str]], list[int]]
"""A sentence, the index of a token and the forms that narrow the search, to the indices of the heads found, best first."""

FUNCTIONS: dict[str, Function] = {}
AMONG: dict[str, frozenset[str]] = {}
"""Function to forms, in full, of which one must stand in a sentence for it to lead anywhere."""
SEEKS: dict[str, Callable[[str], str]] = {}
"""Function that leads somewhere only where one of the forms that narrow it stands, to what makes a word to look for of such a form."""


def function(name: str, *, among: str | frozenset[str] = "", seeks: Callable[[str], str] | None = None) -> Callable[[Function], Function]:
    """Register a grammatical function under the name that rules call it by; what it finds at a token is found once a sentence.

    Args:
        name: The name.
        among: Forms, in full (« de » for « du »), one of which must stand in the sentence for the function to lead anywhere: rules that
            ask for it are not tried elsewhere. Written here, or a word class that the function looks for.
        seeks: For a function that leads somewhere only where one of the forms that narrow it stands: :func:`itself`, or
            :func:`longest_word` where it is narrowed by phrases.

    Raises:
        ValueError: Another function has the name.
    """
    if name in FUNCTIONS:
        raise ValueError(f"two grammatical functions are named {name!r}")
    needed = frozenset(among.split() if isinstance(among, str) else among)
    if needed:
        AMONG[name] = needed
    if seeks is not None:
        SEEKS[name] = seeks

    def register(f: Function) -> Function:
        @wraps(f)
        def once(s: Sentence, i: int, forms: frozenset[str]) -> list[int]:
            key = (name, i, forms)
            memo = s.memo
            if key in memo:
                known: list[int] = memo[key]
                return known
            # Without such a form the parse need not be asked, and is not there yet where sentences are chosen that are parsed
            found = memo[key] = [] if needed and s.present.isdisjoint(needed) else f(s, i, forms)
            return found

        FUNCTIONS[name] = once
        return once

    return register


def itself(written: str) -> str:
    """The form itself, for functions that are narrowed by single words."""
    return written


def longest_word(written: str) -> str:
    """The longest word of a phrase, in full: the phrase stands only where it does (« cause » for « à cause de »)."""
    return max(in_full(written), key=len)

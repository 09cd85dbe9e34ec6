"""Long regular expressions compiled in a fraction of the time.

spaCy's French tokeniser is one expression of 1.4 million characters, in which the class of all letters is spelt out some two thousand
times. Python works each of them out anew, one code point after the other: more than a second at every start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_Optimised = tuple[list[Any], bool]


@contextmanager
def remembered_charsets() -> Iterator[None]:
    """Let Python remember, while it compiles, what it made of a character class; what is compiled is the same.

    Where a version of Python compiles in another way, nothing is changed.
    """
    compiler: Any = getattr(re, "_compiler", None)
    optimise: Callable[..., _Optimised] | None = getattr(compiler, "_optimize_charset", None)
    if optimise is None:
        yield
        return
    known: dict[object, _Optimised] = {}

    def remembering(charset: list[Any], *how: Any) -> _Optimised:
        try:
            key = (tuple(charset), *map(id, how))
            if key not in known:
                known[key] = optimise(charset, *how)
        except TypeError:  # nothing that can be remembered
            return optimise(charset, *how)
        return known[key]

    compiler._optimize_charset = remembering
    try:
        yield
    finally:
        compiler._optimize_charset = optimise

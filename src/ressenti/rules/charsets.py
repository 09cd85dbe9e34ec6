"""Long regular expressions compiled in a fraction of the time.

spaCy's French tokeniser is one expression of 1.4 million characters, in which the class of all letters is spelt out some two thousand
times. Python reads each of them anew, one code point after the other, and works out anew what it comes to: seconds at every start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

_Optimised = tuple[list[Any], bool]

_LONG = 10_000
"""Characters from which an expression is worth the trouble."""
_CODE = r"\\u[0-9A-Fa-f]{4}"
_ONE = rf"(?:{_CODE}|[^\W_])"
_RUN = re.compile(rf"(?<![-\\]){_CODE}(?:-{_ONE})?(?:{_ONE}(?:-{_ONE})?){{40,}}(?!-)")
"""Many letters and ranges of them in a row, of a character class most likely."""
_PRIVATE = 0xE000
"""The first code point of those that stand for nothing."""
_TURN = RLock()
"""One thread compiles so at a time: another would put back what the first had put in the place of Python's own."""


@contextmanager
def remembered_charsets() -> Iterator[None]:
    """Let Python remember, while it compiles, what it made of a character class; what is compiled is the same.

    Where a version of Python compiles in another way, nothing is changed.
    """
    parser: Any = getattr(re, "_parser", None)
    compiler: Any = getattr(re, "_compiler", None)
    with _TURN:
        parse, optimise = getattr(parser, "parse", None), getattr(compiler, "_optimize_charset", None)
        if parse is None or optimise is None:
            yield
            return
        parser.parse, compiler._optimize_charset = _parsing(parser, parse), _remembering(optimise)
        try:
            yield
        finally:
            parser.parse, compiler._optimize_charset = parse, optimise


def _remembering(optimise: Callable[..., _Optimised]) -> Callable[..., _Optimised]:
    known: dict[object, _Optimised] = {}

    def remembering(charset: list[Any], *how: Any) -> _Optimised:
        try:
            key = (tuple(charset), *map(id, how))
            if key not in known:
                known[key] = optimise(charset, *how)
        except TypeError:  # nothing that can be remembered
            return optimise(charset, *how)
        return known[key]

    return remembering


def _parsing(parser: Any, parse: Callable[..., Any]) -> Callable[..., Any]:
    """Reads an expression with a short range in the place of each long run, and puts what the run says in the place of the range."""

    def parsing(pattern: Any, *how: Any, **flags: Any) -> Any:
        runs = dict.fromkeys(_RUN.findall(pattern)) if isinstance(pattern, str) and len(pattern) > _LONG else {}
        ranges = {run: (_PRIVATE + 2 * k, _PRIVATE + 2 * k + 1) for k, run in enumerate(runs)}
        if not runs or len(runs) > 1000 or re.search("[\ue000-\uf8ff]", pattern):
            return parse(pattern, *how, **flags)
        short, number = _RUN.subn(lambda run: "{:c}-{:c}".format(*ranges[run[0]]), pattern)
        try:
            meant = {(parser.RANGE, ranges[run]): parse(f"[{run}]")[0][1] for run in runs}
            tree = parse(short, *how, **flags)
        except re.error:  # told of the expression as it was given
            return parse(pattern, *how, **flags)
        # One fewer has been moved, or was none of a class
        return tree if _put_back(parser, tree, meant) == number else parse(pattern, *how, **flags)

    return parsing


def _put_back(parser: Any, tree: Any, meant: dict[tuple[Any, tuple[int, int]], list[Any]]) -> int:
    """Put the items of the runs back into the classes of a tree; how many there were."""
    number = 0
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, parser.SubPattern):
            for operation, value in node.data:
                if operation is parser.IN:
                    if here := sum(item in meant for item in value):
                        number += here
                        value[:] = dict.fromkeys(one for item in value for one in meant.get(item, (item,)))
                else:
                    waiting.append(value)
        elif isinstance(node, (tuple, list)):
            waiting += [part for part in node if isinstance(part, (tuple, list, parser.SubPattern))]
    return number

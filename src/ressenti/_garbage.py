"""Python's search for garbage, put off where nearly all that is made stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = (50_000, 20, 50)
"""Thresholds as of :func:`gc.set_threshold`: a hundredth of the searches that Python makes by itself, which take a quarter of the time in
which the parser, the vocabulary and the rules are loaded, and a fifth of that in which accounts are annotated."""


_COUNT = Lock()
_inside = 0
_before = (0, 0, 0)


@contextmanager
def garbage_put_off() -> Iterator[None]:
    """Look for garbage seldom meanwhile; somebody who looks for it less often or never is left alone.

    Of several who are inside at a time, in threads or one within another, the last to leave puts back what the first found.
    """
    global _inside, _before
    with _COUNT:
        if not _inside:
            _before = gc.get_threshold()
            if 0 < _before[0] < SELDOM[0]:
                gc.set_threshold(*SELDOM)
        _inside += 1
    try:
        yield
    finally:
        with _COUNT:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_before)

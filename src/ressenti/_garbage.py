"""Python's search for garbage, put off where nearly all that is made stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 50)
"""Thresholds as of :func:`gc.set_threshold`: a hundredth of the searches that Python makes by itself, which take a quarter of the time in
which the parser, the vocabulary and the rules are loaded, and a fifth of that in which accounts are annotated."""


@contextmanager
def garbage_put_off() -> Iterator[None]:
    """Look for garbage seldom meanwhile; somebody who looks for it less often or never is left alone."""
    before = gc.get_threshold()
    if 0 < before[0] < SELDOM[0]:
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)

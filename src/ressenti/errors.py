"""What can go wrong for a user, each with what, where and what to do."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path


class RessentiError(Exception):
    """Base of every error that Ressenti raises on purpose; its text is fit to be shown to a user."""


class DataError(RessentiError):
    """A knowledge file (table or rules) that cannot be used as it stands.

    Args:
        path: The file.
        line: Line number in it, from 1, or None when the whole file is meant.
        reason: What is wrong and what would be right.
    """

    def __init__(self, path: str | Path, line: int | None, reason: str) -> None:
        self.path, self.line, self.reason = str(path), line, reason
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {reason}")


class InputError(RessentiError):
    """An account, or a file of accounts, that cannot be read.

    Args:
        path: The file, or ``<stdin>``.
        line: Line number in it, from 1, or None when the whole file is meant.
        reason: What is wrong and what would be right; never the account's words.
    """

    def __init__(self, path: str | Path, line: int | None, reason: str) -> None:
        self.path, self.line, self.reason = str(path), line, reason
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {reason}")


class OutputError(RessentiError):
    """A place that cannot be written to."""


class CallError(OutputError):
    """A place that is not to be written to: it was named by mistake, and nothing is wrong with it."""


def unknown(what: str, value: str, known: Collection[str]) -> str:
    """Say that a name does not exist, with the nearest that does: ``unknown role 'experiencr'; did you mean 'experiencer'?``."""
    names = sorted(filter(None, known))
    near = get_close_matches(value, names, n=1, cutoff=0.7)
    if near:
        return f"unknown {what} {str(value)!r}; did you mean {near[0]!r}?"
    if len(names) > 40:
        return f"unknown {what} {str(value)!r}"
    return f"unknown {what} {str(value)!r}; known are {', '.join(names)}"

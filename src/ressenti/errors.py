"""What can go wrong for a user, each with what, where and what to do."""

from __future__ import annotations

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

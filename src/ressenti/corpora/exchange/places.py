"""Where the files of an export go: a new folder that appears whole, with a file name for each narrative."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, Self, TypeVar

from ressenti.corpora.folder import shown
from ressenti.corpora.writing import Output
from ressenti.errors import OutputError

LONGEST = 80
"""Bytes of a file name before its ending: some systems allow 143 in all."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


Place = TypeVar("Place", "Folder", Output)
"""A folder or a file."""


class Names:
    """A file name for each narrative: its id, with what some system does not allow in names as ``_``, and unique without regard to case.

    Args:
        taken: Names of files that stand beside them, in lower case.
    """

    def __init__(self, *taken: str) -> None:
        self._used = set(taken)

    def of(self, id_: str) -> str:
        """The name, without ending."""
        name = re.sub(r"[^\w.-]+", "_", id_).strip("._") or "narrative"
        if _RESERVED.fullmatch(name):
            name = f"_{name}"
        name = name.encode()[:LONGEST].decode(errors="ignore")
        number, unique = 1, name
        while unique.casefold() in self._used:
            number += 1
            unique = f"{name}-{number}"
        self._used.add(unique.casefold())
        return unique


class Placed(Generic[Place]):
    """What writers have in common: all that they wrote is in its place after :meth:`keep`, and nothing of it before or without."""

    def __init__(self, place: Place) -> None:
        self._place: Place = place

    def keep(self) -> None:
        """Put what was written in its place.

        Raises:
            OutputError: It cannot be put there.
        """
        self._place.keep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._place.__exit__(*exception)


class Folder:
    """A folder of files that its owner alone can read. It appears, whole, only when :meth:`keep` is called.

    Nothing is ever put into a folder that holds something: people's annotations may be in it.

    Args:
        path: The folder to make.

    Raises:
        OutputError: It holds something, or cannot be made.
    """

    def __init__(self, path: str) -> None:
        self.name = shown(path)
        self._place = Path(os.path.realpath(path))
        self._temporary: Path | None = None
        with self._told():
            if not path or "\0" in path:
                raise OSError(errno.EINVAL, "not a path; is a variable unset?")
            if self._place.exists() and not self._place.is_dir():
                raise OSError(errno.ENOTDIR, "it is a file, and this format is a folder of files")
            if self._place.is_dir() and any(self._place.iterdir()):
                raise OSError(errno.ENOTEMPTY, "it is not empty, and annotations of people may be in it; name a new folder")
            self._temporary = Path(tempfile.mkdtemp(prefix=".ressenti-", dir=self._place.parent))

    def write(self, name: str, content: bytes) -> None:
        """Write a file that is not there yet.

        Raises:
            OutputError: The place is full or gone.
        """
        self._put(name, content, os.O_EXCL)

    def append(self, name: str, content: bytes) -> None:
        """Write at the end of a file, a new one if need be.

        Raises:
            OutputError: The place is full or gone.
        """
        self._put(name, content, os.O_APPEND)

    def _put(self, name: str, content: bytes, how: int) -> None:
        with self._told():
            if self._temporary is None:
                raise OSError(errno.EBADF, "it is closed")
            number = os.open(self._temporary / name, os.O_WRONLY | os.O_CREAT | how, 0o600)
            with open(number, "wb") as file:  # noqa: PTH123 - a descriptor
                file.write(content)

    def keep(self) -> None:
        """Put the folder in its place.

        Raises:
            OutputError: It cannot be put there.
        """
        with self._told():
            if self._temporary is not None:
                if self._place.is_dir():
                    self._place.rmdir()
                self._temporary.rename(self._place)
                self._temporary = None

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = "; does the folder that it goes in exist?" if isinstance(error, FileNotFoundError) else ""
            raise OutputError(f"{self.name or 'the output'}: cannot be written ({error.strerror or type(error).__name__}){hint}") from None

"""Files here and in object stores, under one interface: that of fsspec."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from ressenti.corpora.stream import Borrowed
from ressenti.errors import OutputError, RessentiError
from ressenti.ontology.files import temporary

HERE = ("file", "local", "memory")
"""Protocols of fsspec that stay on this machine."""
REFUSED = "cannot be used"
"""In what is said of a place that is full or gone."""
_PROTOCOL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)(?:::|://)")
_MISSING = "is not installed here: pip install 'ressenti[ray]'"


def missing(package: str) -> RessentiError:
    """The error for a package of the extra that is not there."""
    return RessentiError(f"--engine ray: {package} {_MISSING}")


def protocols(url: str) -> list[str]:
    """The protocols that a URL names, in lower case; none for a path."""
    return [name.lower() for name in _PROTOCOL.findall(url)]


def check_network(urls: Iterable[str], allowed: bool) -> None:
    """Refuse what would leave this machine, unless the user allows it.

    Raises:
        RessentiError: A place is remote, and it is not allowed.
    """
    for url in urls:
        if not allowed and (far := [name for name in protocols(url) if name not in HERE]):
            raise RessentiError(f"{far[0]}://… is on the network; --allow-network lets accounts go there")


def bare(url: str) -> str:
    """A URL of a file of this machine as its path; any other as it is."""
    match = re.fullmatch(r"(?:file|local)://(?:localhost(?=/))?(.*)", url)
    return match[1] if match else url


def is_path(url: str) -> bool:
    """Whether it is a path of this machine."""
    return not protocols(url)


def filesystem(url: str) -> tuple[Any, str]:
    """The file system of a place, and the path in it.

    Raises:
        RessentiError: The package for it is not there, or the URL is none.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise missing("fsspec") from None
    try:
        return cast("tuple[Any, str]", url_to_fs(os.path.abspath(url) if is_path(url) else url))  # noqa: PTH100 - a link stays one
    except ImportError as error:  # fsspec says which package
        raise RessentiError(f"{protocols(url)[0]}://…: {error}") from None
    except ValueError:
        raise RessentiError(f"{protocols(url)[0]}://…: no such kind of place; fsspec lists those that there are") from None


@contextlib.contextmanager
def reading(url: str) -> Iterator[BinaryIO]:
    """An open file, at its beginning; seekable.

    Raises:
        OSError: It cannot be opened.
        RessentiError: Its store cannot be reached.
    """
    files, path = filesystem(url)
    with reaching(url):
        opened = files.open(path, "rb")
    with opened, opened if is_path(url) else io.BufferedReader(_Reached(url, opened)) as stream:
        yield stream


@contextlib.contextmanager
def reaching(url: str) -> Iterator[None]:
    """Tell apart a store that fails from a file that is not there: the first is no fault of the input, and ends a run or is tried again.

    Libraries of stores raise errors of many kinds: no connection, no credentials, a token that is over.

    Raises:
        OSError: The file or folder is not there, or is not to be read.
        RessentiError: The store cannot be reached.
    """
    try:
        yield
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, RessentiError):
        raise
    except Exception as error:
        if is_path(url):
            raise
        raise RessentiError(f"{url}: {REFUSED} ({type(error).__name__})") from None


class _Reached(Borrowed):
    """What a store streams, with its errors told apart."""

    def __init__(self, url: str, stream: BinaryIO) -> None:
        super().__init__(stream)
        self._url = url

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with reaching(self._url):
            return super().readinto(buffer)


class Folder:
    """A folder to write to: of this machine, for its owner alone, or of an object store.

    Args:
        url: A path or a URL.

    Raises:
        OutputError: It cannot be made.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") or "/"
        self._files, self._root = filesystem(self.url)
        self._local = "file" in _names(self._files)
        with self._told():
            if self._local:
                Path(self._root).mkdir(mode=0o700, parents=True, exist_ok=True)
            elif self._files.isfile(self._root):
                raise NotADirectoryError("it is a file; name a folder")

    def names(self, below: str = "") -> set[str]:
        """The names of what is in it, or in a folder in it."""
        with self._told():
            place = f"{self._root}/{below}".rstrip("/")
            try:
                self._files.invalidate_cache()
                return {name.rstrip("/").rsplit("/", 1)[-1] for name in self._files.ls(place, detail=False)}
            except FileNotFoundError:
                return set()

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        with self._told():
            try:
                self._files.invalidate_cache()  # another process may have written it after it was looked for here
                return cast(bytes, self._files.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole: it is there with all its bytes, or as it was before.

        Raises:
            OutputError: The place is full or gone.
        """
        with self._told():
            if not self._local:
                self._files.pipe_file(f"{self._root}/{name}", content)  # object stores show no half of it
                return
            path = Path(self._root, name)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            number, made = temporary(path.parent)
            try:
                with os.fdopen(number, "wb") as stream:
                    stream.write(content)
                    stream.flush()
                    with contextlib.suppress(OSError):  # some network drives cannot
                        os.fsync(stream.fileno())
                made.replace(path)
            except BaseException:
                made.unlink(missing_ok=True)
                raise

    def remove(self, name: str) -> None:
        """Take a file away, where there is one."""
        with contextlib.suppress(OSError):
            self._files.rm_file(f"{self._root}/{name}")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with reaching(self.url):
                yield
        except OSError as error:
            raise OutputError(f"{self.url}: {REFUSED} ({error.strerror or type(error).__name__})") from None


def _names(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)

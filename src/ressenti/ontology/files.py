"""Writing a file or a folder whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ressenti.errors import OutputError


def check_folder(folder: Path, names: Iterable[str] = ()) -> None:
    """Say at once what files cannot be written, before the work of making them and before the first of them is there.

    Args:
        folder: Where they go.
        names: Theirs.

    Raises:
        OutputError: It is no folder, or one of the files is.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder to write to")
    for name in names:
        if (folder / name).is_dir():
            raise OutputError(f"{folder / name}: is a folder; a file of this name goes here")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there when all is written; its folder is made where there is none.

    Raises:
        OutputError: The place cannot be written to; an earlier file is as it was.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o666 & ~_umask())  # mkstemp's file is for its owner alone; an ontology is for everybody
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _umask() -> int:
    """The mask of the process; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

"""Documents that are XML in a zip archive (Word, OpenDocument): opened with care, whatever is wrong with them told in one way."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator

from ressenti.corpora.signature import ZIP, unlike
from ressenti.errors import InputError


@contextlib.contextmanager
def unpacking(data: bytes, path: str, what: str, save: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a document; whatever goes wrong while it is used is damage.

    Args:
        data: The whole file.
        path: As shown to the user.
        what: What it should be, with its article: « a Word document ».
        save: What to do with a damaged one.

    Raises:
        InputError: It is empty, something else, or damaged.
    """
    if reason := unlike(data, what, begins=data.startswith(ZIP)):
        raise InputError(path, None, reason)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except InputError:
        raise
    except Exception as error:  # a damaged archive makes zipfile, zlib and who parses what is in it raise nearly anything
        raise InputError(path, None, f"is a damaged {what.partition(' ')[2]}: {save}") from error

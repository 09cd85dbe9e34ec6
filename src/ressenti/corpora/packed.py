"""Documents that are XML in a zip archive (Word, OpenDocument): opened with care, whatever is wrong with them told in one way."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator

from ressenti.corpora.signature import ZIP, unlike
from ressenti.errors import InputError

PARTS = 10_000
"""More parts than this has no document."""
ENTRY = b"PK\x01\x02"
"""How the directory's line for a part begins."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextlib.contextmanager
def unpacking(data: bytes, path: str, what: str, save: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a document; whatever goes wrong while it is used is damage.

    Args:
        data: The whole file.
        path: As shown to the user.
        what: What it should be, with its article: « a Word document ».
        save: What to do with a damaged one.

    Raises:
        InputError: It is empty, something else, or damaged, or has more parts than a document has.
    """
    if reason := unlike(data, what, begins=data.startswith(ZIP)):
        raise InputError(path, None, reason)
    if data.count(ENTRY) > PARTS:  # each is in memory as soon as the archive is opened
        raise InputError(path, None, f"has more than {PARTS:,} parts; it is no ordinary {what.partition(' ')[2]}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except InputError:
        raise
    except Exception as error:  # a damaged archive makes zipfile, zlib and who parses what is in it raise nearly anything
        raise InputError(path, None, f"is a damaged {what.partition(' ')[2]}: {save}") from error


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked; no more than its header says, whatever is packed behind it.

    Raises:
        KeyError: There is none of this name.
        zipfile.BadZipFile: It is packed as no document is, or is damaged.
    """
    info = archive.getinfo(name)
    if info.compress_type not in _METHODS:  # of the other methods, a few bytes unpack to gigabytes at one stroke
        raise zipfile.BadZipFile("packed as no document is")
    with archive.open(info) as stream:
        # Asked for all there is, zipfile would unpack first and cut afterwards
        return stream.read(info.file_size)

"""Text files of other tools, which are in UTF-8."""

from __future__ import annotations

from pathlib import Path

from ressenti.corpora.folder import reason, shown
from ressenti.errors import InputError
from ressenti.regular import content as file_content


def content(path: Path, whose: str) -> str:
    """What a file holds, a byte order mark included.

    Args:
        path: The file.
        whose: Which tool or format wants it in UTF-8, for the message.

    Raises:
        InputError: It cannot be read, or is not UTF-8.
    """
    try:
        return file_content(path).decode()
    except UnicodeDecodeError as error:
        raise InputError(shown(path), None, f"byte {error.start + 1} is not UTF-8, which {whose}") from None
    except OSError as error:
        raise InputError(shown(path), None, reason(error)) from None


def lines(path: Path, whose: str) -> list[str]:
    """The lines of a file, without line ends and byte order mark; arguments and errors as of `content`.

    Nothing but a line feed ends one: within a line, some tools write what others take for line ends.
    """
    return [line.removesuffix("\r") for line in content(path, whose).removeprefix("\ufeff").split("\n")]

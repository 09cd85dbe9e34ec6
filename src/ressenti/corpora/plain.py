"""Plain text and Markdown: a file is one narrative."""

from __future__ import annotations

from collections.abc import Iterator

from ressenti.corpora.account import Account, Source
from ressenti.corpora.encoding import decode
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.stream import whole


def read_plain(source: Source) -> Iterator[Account]:
    """The file's text, as it was decoded; Markdown's marks stay in it.

    Raises:
        InputError: The bytes are no text.
    """
    text, notices = decode(whole(source.stream, source.path), source.path, source.encoding)
    if not text.strip():
        notices = (*notices, EMPTY)
    yield Account(source.id, text, source=source.path, notices=notices)

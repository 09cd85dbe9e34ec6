"""Reading what people have: text, Word, OpenDocument, PDF, subtitles, tables, JSON Lines and TEI become accounts.

:func:`read` takes the paths that somebody typed and gives an :class:`Account` for each narrative, in order, with an
:class:`~ressenti.errors.InputError` in the place of each one that cannot be read.
"""

from __future__ import annotations

from ressenti.corpora.account import Account
from ressenti.corpora.reading import FORMATS, SUFFIXES, read

__all__ = ["FORMATS", "SUFFIXES", "Account", "read"]

"""A query that cannot be answered, with its place."""

from __future__ import annotations

import re

from ressenti.errors import RessentiError
from ressenti.ontology.sparql.scan import place

_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


ENDINGS = (".rq", ".sparql", ".ru")
TYPED = "query"
"""What a query is called that stands in the command."""


class QueryError(RessentiError):
    """A query that cannot be answered as it stands.

    Args:
        source: ``query``, or the file it is in.
        query: Its text.
        index: Where in it, in code points, or None when the whole query is meant.
        reason: What is wrong and what would be right.

    Attributes:
        excerpt: The line meant and a caret below the place; empty where the file may be an account that was named by mistake.
    """

    def __init__(self, source: str, query: str, index: int | None, reason: str) -> None:
        self.source, self.reason, self.excerpt = source, reason, ""
        self.line = self.column = None
        where = source
        if index is not None:
            line, column = place(query, index)
            self.line, self.column = line, column
            where = f"{source}:{line}:{column}"
            if is_quotable(source):
                self.excerpt = _excerpt(query.split("\n")[line - 1].rstrip("\r"), column)
        super().__init__(f"{where}: {reason}")


class TimeLimitError(RessentiError):
    """A query was stopped at its time limit.

    Args:
        seconds: The limit.
        partial: Part of the answer has been written already.
    """

    def __init__(self, seconds: float, partial: bool) -> None:
        self.seconds, self.partial = seconds, partial
        written = "; what was written is not the whole answer" if partial else ""
        super().__init__(f"the query was stopped at its time limit of {seconds:g} s{written}; give --timeout for more, or 0 for no limit")


def is_quotable(source: str) -> bool:
    """Whether messages may quote a query: it was typed, or its file is called a query."""
    return source == TYPED or source.lower().endswith(ENDINGS)


def visible(text: str) -> str:
    """The text on one line, fit for a terminal: what would move the cursor or turn the direction of writing is written as an escape."""
    return _COMMANDS.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04X}"), text)


def _excerpt(line: str, column: int, width: int = 100) -> str:
    """The line and a caret; of a long line the part around the place."""
    start = max(0, column - width // 2) if len(line) > width else 0
    line = line.replace("\t", " ")
    return f"  {visible(line[start : start + width])}\n  {' ' * len(visible(line[start : column - 1]))}^"

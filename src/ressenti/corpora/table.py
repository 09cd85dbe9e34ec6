"""Tables, .csv and .tsv: a row is one narrative."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from ressenti.corpora.account import Account, Source
from ressenti.corpora.encoding import fault, open_text
from ressenti.corpora.rows import EMPTY, WRITTEN, join_answers
from ressenti.corpora.stream import LONGEST, Lines, TooLong
from ressenti.errors import InputError
from ressenti.ontology.morphology import without_accents
from ressenti.schema import COMPONENTS

COLUMNS = 10_000
"""More columns than this has no table of accounts."""

DELIMITERS = "\t;,|"
# fmt: off
TEXT_NAMES = (
    "text", "texte", "recit", "narrative", "account", "contenu", "content", "narration", "temoignage", "verbatim",
    "transcription",
)
# fmt: on
"""Names of a text column, best first, without case and accents."""

ID_NAMES = ("id", "identifiant", "identifier")
# fmt: off
COMPONENT_NAMES = {
    "behavior": ("behavior", "behaviour", "behaviors", "behaviours", "comportement", "comportements"),
    "feeling": (
        "feeling", "feelings", "ressenti", "ressentis", "sentiment", "sentiments", "emotion", "emotions", "sensation", "sensations",
    ),
    "thinking": ("thinking", "thought", "thoughts", "pensee", "pensees"),
    "territory": ("territory", "territories", "territoire", "territoires"),
}
# fmt: on
_NAME = 30
"""Signs; what is longer may be no name of a column, but words of an account."""
_MOST = 20
"""Names that a message shows."""
_ONE_COLUMN = "\x1f"


@dataclass(frozen=True, slots=True)
class _Layout:
    """What stands in which column, by number."""

    names: tuple[str, ...]
    text: int | None
    id: int | None
    answers: dict[str, int]
    extra: tuple[int, ...]
    notices: tuple[str, ...]


def read_table(source: Source) -> Iterator[Account | InputError]:
    """An account for each row under the header; rows without any content are skipped, rows are counted from 1.

    Only one row at a time is kept.

    Raises:
        InputError: No column is known to hold the text, or the encoding cannot be told.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))  # an unclosed quote in a huge file stops here
    stream, encoding = open_text(source.stream, source.path, source.encoding)
    lines = Lines(stream)
    try:
        first = next(filter(str.strip, lines), "")
        told = re.fullmatch(r"sep=(.)\s*", first)  # Excel's way to name the delimiter
        first = next(lines, "") if told else first
    except TooLong as error:
        raise InputError(source.path, lines.number, f"the header is {error}; is it a table?") from None
    number = max(lines.number, 1)
    if not first and not told:
        raise InputError(source.path, None, "is empty: a table needs a header line and a row for each account")
    if reason := fault(first, encoding.codec):
        raise InputError(source.path, number, reason)
    table = csv.reader(chain([first], lines), delimiter=told[1] if told else _delimiter(first, source), strict=True)
    layout: _Layout | None = None
    notices, row, start = encoding.notices, 0, number
    while True:
        item: Account | InputError | None
        try:
            cells = next(table, None)
        except (csv.Error, TooLong) as error:
            if layout is None:
                raise InputError(source.path, start, f"the header is broken: {error}") from None
            what = "a row is" if isinstance(error, TooLong) else "a quoted cell is broken:"
            item = InputError(source.path, start, f"{_until(start, lines.number)}{what} {error}")
            row += 1
        else:
            if cells is None:
                return
            if layout is None:
                layout = _layout(cells, source, number)
                notices = (*notices, *layout.notices)
                item = None
            elif not any(cells):
                item = None
            else:
                row += 1
                item = _account(source, layout, cells, row, start, encoding.codec, notices)
        start = lines.number + 1
        if item is not None:
            notices = notices if isinstance(item, InputError) else ()
            yield item


def _account(
    source: Source, layout: _Layout, cells: Sequence[str], row: int, line: int, codec: str, notices: tuple[str, ...]
) -> Account | InputError:
    if len(cells) != len(layout.names):
        many = "few" if len(cells) < len(layout.names) else "many; is the text in quotes?"
        return InputError(source.path, line, f"{len(cells)} cells where the header has {len(layout.names)}: too {many}")
    if reason := next(filter(None, (fault(cell, codec) for cell in cells)), None):
        return InputError(source.path, line, reason)
    extra = {layout.names[at]: cells[at] for at in layout.extra}
    components: tuple[tuple[str, int, int], ...] = ()
    if layout.text is None:
        text, components = join_answers({name: cells[at] for name, at in layout.answers.items()})
    else:
        text = cells[layout.text]
    id_ = "" if layout.id is None else cells[layout.id]
    if not text.strip():
        notices = (*notices, EMPTY)
    return Account(id_ or f"{source.id}#{row}", text, components, extra, source.path, None, notices, line)


def _layout(header: Sequence[str], source: Source, line: int) -> _Layout:
    if len(header) > COLUMNS:
        raise InputError(source.path, line, f"has {len(header):,} columns; {COLUMNS:,} at most")
    bare = [name.strip() for name in header]
    text = _column(bare, source.text_column, TEXT_NAMES)
    if source.text_column is not None and text is None:
        raise InputError(source.path, line, _missing(bare, source.text_column, "--text-column"))
    id_ = _column(bare, source.id_column, ID_NAMES)
    if source.id_column is not None and id_ is None:
        raise InputError(source.path, line, _missing(bare, source.id_column, "--id-column"))
    answers: dict[str, int] = {}
    if text is None:
        found = {name: _column(bare, None, COMPONENT_NAMES[name]) for name in COMPONENTS}
        answers = {name: at for name, at in found.items() if at is not None}
        # One such column alone may hold anything, say a code for the behaviour.
        if len(answers) < 2:
            reason = f"no column is known to hold the text; name it with --text-column; columns: {_shown(bare)}"
            raise InputError(source.path, line, reason)
    names: list[str] = []
    for at, name in enumerate(bare, 1):
        named = name or f"column {at}"
        names.append(named if named not in names else f"{named} ({at})")
    used = {text, id_, *answers.values()}
    extra = tuple(at for at, name in enumerate(names) if at not in used and name not in WRITTEN)
    return _Layout(tuple(names), text, id_, answers, extra, _notices(names, text, used, extra, source.text_column is None))


def _notices(names: Sequence[str], text: int | None, used: set[int | None], extra: Sequence[int], guessed: bool) -> tuple[str, ...]:
    """What the user should know of columns that are not read, by their names, which are none of an account's words."""
    found = []
    if text is None:
        unread = [names[at] for at in extra]
        told = "columns that are not read as answers, only carried through"
    else:
        usual = {*TEXT_NAMES, *(name for known in COMPONENT_NAMES.values() for name in known)} if guessed else set()
        unread = [names[at] for at in extra if _folded(names[at]) in usual]
        unread += [name for at, name in enumerate(names) if guessed and at not in used and name == "text"]
        told = f"{names[text]!r} is read as the account (--text-column takes another); columns that are not read"
    if unread:
        # Beside such neighbours they are no account's words
        shown = (name if len(name) <= _NAME else f"{name[: _NAME - 1]}…" for name in unread[:_MOST])
        found.append(f"{told}: {', '.join(shown)}")
    if lost := [name for at, name in enumerate(names) if at not in used and name in WRITTEN]:
        found.append(f"columns left out, since an annotation writes its own under that name; rename them to keep them: {', '.join(lost)}")
    return tuple(found)


def _column(header: Sequence[str], asked: str | None, usual: Sequence[str]) -> int | None:
    """The number of a column, from 0: of the first usual name, or of the name, number (from 1) or beginning asked for."""
    folded = [_folded(name) for name in header]
    if asked is None:
        return next((folded.index(name) for name in usual if name in folded), None)
    if asked in header:
        return header.index(asked)
    wanted = _folded(asked)
    if wanted in folded:
        return folded.index(wanted)
    if re.fullmatch(r"[0-9]{1,5}", wanted):
        return int(wanted) - 1 if 0 < int(wanted) <= len(header) else None
    begun = [at for at, name in enumerate(folded) if wanted and re.match(rf"{re.escape(wanted)}(?!\w)", name)]
    return begun[0] if len(begun) == 1 else None


def _missing(header: Sequence[str], asked: str, option: str) -> str:
    """Why no column was found; the nearest name is shown only because it is nearly what was typed."""
    names = {_folded(name): name for name in header if len(name) <= _NAME}
    near = get_close_matches(_folded(asked), names, n=1, cutoff=0.7)
    hint = f"; did you mean {names[near[0]]!r}?" if near else ""
    return f"no column {asked!r} ({option}){hint}; it takes a name, its first words, or a number; columns: {_shown(header)}"


def _folded(name: str) -> str:
    """Without case and accents, apostrophes straight, each run of blanks a single one."""
    return without_accents(" ".join(name.replace("’", "'").casefold().split()))


def _delimiter(first: str, source: Source) -> str:
    """The delimiter by which the header has a known column, else the most columns."""
    usual = (_folded(source.text_column),) if source.text_column is not None else TEXT_NAMES
    known = {*usual, *(name for names in COMPONENT_NAMES.values() for name in names)}
    best, most = _ONE_COLUMN, (0, 1)
    for delimiter in DELIMITERS:
        cells = next(csv.reader([first], delimiter=delimiter))
        score = (len(known.intersection(map(_folded, cells))), len(cells))
        if len(cells) > 1 and score > most:
            best, most = delimiter, score
    # With one column only, commas and semicolons belong to the text: Excel does not quote all of them.
    return best


def _shown(header: Sequence[str]) -> str:
    """The columns' names for a message; where a cell is no name, the line may be an account, whose words are not shown."""
    if any(len(name) > _NAME or len(name.split()) > 4 or name.endswith((".", "!", "?", "…", "»")) for name in header):
        return f"{len(header)}, not all of which are names; is there a header line?"
    return ", ".join(header[:_MOST])


def _until(start: int, end: int) -> str:
    return f"up to line {end}: " if end > start else ""

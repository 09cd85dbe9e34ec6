"""Direct speech: where it stands, and the words beside it that say who speaks to whom.

« … », “ … ” and " … " are turns; so is a line that opens with a dash, and a dash that opens a line inside « … ». In a turn and after it an
insertion may say who speaks: « dit-il », « a répondu ma mère », « m'a demandé Paul ».
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ressenti.rules.entities.people import People
from ressenti.rules.entities.stream import ENDS, Stream
from ressenti.rules.words import load_words

DASHES = frozenset({"—", "–", "-", "--"})
_OPEN, _CLOSE = {"«": "»", "“": "”", '"': '"'}, frozenset({"»", "”", '"'})
_WORDS = load_words()
_CLITICS = _WORDS["dative_clitics"] | {"le", "l'"}
ADDRESSED = _WORDS["dative_clitics"] - {"se", "s'"}
"""Clitics beside a verb of saying that tell to whom it is said."""
_AUXILIARIES = _WORDS["have"]
_SUBJECTS = _WORDS["subject_clitics"]
_SPOKEN = _WORDS["second_person"] | {"?", "!", "?!", "!!", "!!!"}
_ADVERBS = _WORDS["between_auxiliary_and_saying"]
_GOES_ON = _WORDS["complementizers"] | {":", *_OPEN}
"""After a verb of saying that says something else than the quotation before it."""
LONGEST = 400
"""Words after which a quotation that nobody closed ends with its line."""


@dataclass(slots=True)
class Insertion:
    """Words that say who speaks.

    Attributes:
        first: Its first word.
        last: Its last.
        verb: Its verb of saying.
        clitic: The clitic that tells to whom, or None.
    """

    first: int
    last: int
    verb: int
    clitic: int | None


@dataclass(slots=True)
class Turn:
    """What one person says in a stretch.

    Attributes:
        first: Its first word, after the opening mark.
        last: Its last word, before the closing mark.
        insertions: In it or right after it.
        follows: Whether nothing but an insertion stands between it and the turn before: two persons talk in turn.
        dialogue: Whether it is marked by a dash: each is another's than the one before.
    """

    first: int
    last: int
    dialogue: bool
    insertions: list[Insertion] = field(default_factory=list)
    follows: bool = False


def turns(row: Stream, people: People) -> list[Turn]:
    """The turns of direct speech, in order; they do not nest."""
    found: list[Turn] = []
    k = 0
    for at in [j for j, form in enumerate(row.forms) if form in _OPEN or form in DASHES]:
        if at < k:
            continue
        k, form = at, row.forms[at]
        if form in _OPEN:
            end = _closing(row, k)
            found += _cut(row, k + 1, end - 1)
            k = end
        elif form in DASHES and row.line[k] and k + 1 < len(row) and not row.line[k + 1]:
            end = k + 1
            while end < len(row) and not row.line[end]:
                end += 1
            found.append(Turn(k + 1, end - 1, True))
            k = end - 1
        k += 1
    before = -1
    for n, turn in enumerate(found):
        _find_insertions(row, people, turn, found[n + 1].first if n + 1 < len(found) else len(row))
        between = range(before + 1, turn.first)
        turn.follows = n > 0 and all(row.is_mark(j) for j in between)
        before = max([turn.last, *(i.last for i in turn.insertions)])
    return _without_lists(row, found)


def _without_lists(row: Stream, found: list[Turn]) -> list[Turn]:
    """Leave out lines with a dash that are items of a list: in none of them somebody is spoken to, asked, or said to speak."""
    kept: list[Turn] = []
    block: list[Turn] = []
    for turn in [*found, None]:
        if block and (turn is None or not turn.dialogue or not turn.follows):
            words = {row.forms[k] for t in block for k in range(t.first, t.last + 1)}
            if not words.isdisjoint(_SPOKEN) or any(t.insertions for t in block):
                kept += block
            block = []
        if turn is not None:
            (block if turn.dialogue else kept).append(turn)
    return kept


def _closing(row: Stream, k: int) -> int:
    """Index of the mark that closes the quotation opened at ``k``, else the end of its line."""
    wanted = _OPEN[row.forms[k]]
    line_end = None
    for j in range(k + 1, min(k + LONGEST, len(row))):
        if row.line[j] and line_end is None:
            line_end = j
            if wanted == '"':
                break
        if row.forms[j] == wanted:
            return j
        if row.forms[j] == row.forms[k]:
            break
    return line_end if line_end is not None else min(k + LONGEST, len(row))


def _cut(row: Stream, first: int, last: int) -> list[Turn]:
    """The turns between two quotation marks: one, or one for each line that opens with a dash."""
    starts = [first, *(j for j in range(first, last + 1) if row.forms[j] in DASHES and row.line[j] and j > first)]
    ends = [*(start - 1 for start in starts[1:]), last]
    return [Turn(a + (row.forms[a] in DASHES), b, len(starts) > 1) for a, b in zip(starts, ends, strict=True) if a <= b]


def _find_insertions(row: Stream, people: People, turn: Turn, limit: int) -> None:
    k = turn.first
    while k <= turn.last:
        before = row.form(k - 1)
        if k > turn.first and (before in (",", *ENDS, "»") or row.forms[k - 1] in DASHES):
            found = _insertion(row, people, k)
            if found is not None and found.last <= turn.last:
                turn.insertions.append(found)
                k = found.last
        k += 1
    after = turn.last + 1
    while after < limit and row.is_mark(after) and row.forms[after] not in DASHES and not (row.line[after] and after > turn.last + 1):
        after += 1
    if after < limit and not row.line[after] and row.form(turn.last + 1) in _CLOSE:
        found = _insertion(row, people, after) or _spoken_insertion(row, people, after)
        if found is not None and found.last < limit:
            turn.insertions.append(found)


def _insertion(row: Stream, people: People, k: int) -> Insertion | None:
    """« dit-il », « a-t-elle répondu », « m'a dit mon frère », « répond Paul », when it starts at word ``k``."""
    j, clitic = k, None
    while row.form(j) in _CLITICS and j - k < 3:
        if row.forms[j] in ADDRESSED:
            clitic = j
        j += 1
    verb = j
    if row.form(j) in _AUXILIARIES:
        j += 1
        pronoun = j if row.form(j) == "t" else None  # « a-t-elle »
        j += pronoun is not None
        turned = row.form(j) in _SUBJECTS and row.inverted[j]
        j += turned
        while row.form(j) in _ADVERBS:
            j += 1
        if row.form(j) not in people.saying:
            return None
        verb = j
    elif row.form(j) in people.saying:
        j += 1
        j += row.form(j) == "t"
        turned = j < len(row) and row.forms[j] in _SUBJECTS and row.inverted[j]
        j -= not turned
    else:
        return None
    if not turned and not _person(row, people, j + 1):
        return None
    last = j
    while last + 1 < len(row) and row.forms[last + 1] not in (*ENDS, ",", ":", ";", "»", "«", *DASHES) and not row.line[last + 1]:
        last += 1
    return Insertion(k, last, verb, clitic)


def _spoken_insertion(row: Stream, people: People, k: int) -> Insertion | None:
    """« …», qu'il me dit », « …», elle répond »: a subject pronoun right after the quotation, then a verb of saying."""
    j = k + (row.form(k) in ("que", "qu'"))
    if row.form(j) not in _SUBJECTS:
        return None
    subject, clitic = j, None
    j += 1
    while row.form(j) in _CLITICS:
        clitic = j if row.forms[j] in ADDRESSED else clitic
        j += 1
    j += row.form(j) in _AUXILIARIES
    if row.form(j) not in people.saying or row.form(j + 1) in _GOES_ON:
        return None
    return Insertion(k if row.form(k) in ("que", "qu'") else subject, j, j, clitic)


def _person(row: Stream, people: People, k: int) -> bool:
    """Whether a noun phrase for a person starts at word ``k``: « mon frère », « la petite dame », « Paul », « maman »."""
    if row.capital(k) or row.form(k) in people.words["bare"] or row.form(k) in people.titles:
        return True
    return any(row.form(j) in people.nouns or row.capital(j) for j in range(k + 1, min(k + 4, len(row))) if not row.is_mark(j))

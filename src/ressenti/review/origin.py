"""By what a mention was found: the entry of the vocabulary or the rule, and the words that these take for granted."""

from __future__ import annotations

import re
from functools import cache

from ressenti.corpora.harmless import one_line
from ressenti.ontology.entry_names import entry_name
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.language import load_rules
from ressenti.rules.rule import Rule
from ressenti.rules.words import load_words
from ressenti.schema import Mention, Span

_APART = 4
"""Words between a cue and what denies it (« n'ai pas encore vraiment osé »)."""
_WORD = re.compile(r"[^\W_]+['’]?|[^\w\s]")
_NE = frozenset({"ne", "n'", "n’"})
_NEGATORS = load_words()["denying"]
_NOBODY = frozenset({"personne", "rien", "nul", "nulle"})


def own_emotion(mention: Mention) -> str | None:
    """The emotion of the entry or rule by which a mention was found; None where it is not known here."""
    entry = mention.extra.get("entry")
    if entry is not None:
        return _entries().get(str(entry), (None, False))[0]
    rule = rules().get(mention.source)
    return rule.mention.emotion if rule is not None and rule.mention is not None else None


def as_said(text: str, mention: Mention) -> tuple[Span, ...]:
    """The words to show beside an emotion: its cue and, of words that mean it only where they are denied, what denies them.

    « n'en peux plus » where the cue is « en peux ». The cue itself stays: decisions and counts rest on it.
    """
    if not _only_denied(mention):
        return mention.cue
    first, last = mention.cue[0][0], mention.cue[-1][1]
    before = [*_WORD.finditer(text, max(0, first - 60), first)][-_APART:]
    stop = next((k for k in range(len(before) - 1, -1, -1) if before[k][0] in ".,;:!?…"), -1)
    before = before[stop + 1 :]
    forms = [match[0].lower() for match in before]
    start = next((k for k, form in enumerate(forms) if form in _NE), None)
    if start is None:
        start = next((k for k, form in enumerate(forms) if form in _NEGATORS), None)
    elif start and forms[start - 1] in _NOBODY:
        start -= 1
    begin = first if start is None else before[start].start()
    end = last
    if not any(match[0].lower() in _NEGATORS for match in _WORD.finditer(text, begin, last)):
        for match in [*_WORD.finditer(text, last, last + 60)][:_APART]:
            if match[0] in ".,;:!?…":
                break
            if match[0].lower() in _NEGATORS:
                end = match.end()
                break
    pieces = [*mention.cue]
    pieces[0] = (begin, pieces[0][1])
    pieces[-1] = (pieces[-1][0], end)
    return tuple(pieces)


def words_said(text: str, mention: Mention) -> str:
    """These words, on one line."""
    return " … ".join(one_line(text[slice(*piece)]) for piece in as_said(text, mention))


def _only_denied(mention: Mention) -> bool:
    entry = mention.extra.get("entry")
    if entry is not None:
        return _entries().get(str(entry), (None, False))[1]
    rule = rules().get(mention.source)
    return rule is not None and rule.mention is not None and rule.mention.negated


@cache
def _entries() -> dict[str, tuple[str | None, bool]]:
    return {entry_name(entry): (entry.emotion, entry.only_negated) for entry in load_vocabulary()}


@cache
def rules() -> dict[str, Rule]:
    """The shipped rules by the source that their mentions have."""
    return {f"rule:{rule.id}": rule for rule in load_rules()}

"""Other names for persons and places of narratives, and placeholders for addresses and numbers, the same throughout; and the way back."""

from __future__ import annotations

import re
from dataclasses import replace

from ressenti.corpora.transcript import unnamed
from ressenti.graph.privacy.names import find_names, first_name, load_recogniser
from ressenti.graph.privacy.rewriting import WORD, Replacement, rewrite
from ressenti.graph.privacy.strings import Found, find_strings, places
from ressenti.graph.privacy.table import Table, is_reserved, placeholder_kind, placeholders
from ressenti.schema import Narrative


class Pseudonymiser:
    """Gives narratives other names. Call it with one after the other; the table grows on the way and is saved by whoever made it.

    Args:
        table: Of an earlier run, or empty.

    Raises:
        RessentiError: The French pipeline is not installed.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._nlp = load_recogniser()

    def __call__(self, narrative: Narrative) -> Narrative:
        """The narrative with other names, offsets and all else following.

        E-mail addresses, telephone numbers and the like (``identifying.yaml``) become placeholders, in labels, comments and metadata
        too; of names, first names and those that are known from the texts so far are replaced there. The speakers of a transcript
        become S1, S2 …, which the way back leaves.
        """
        taken = frozenset(match[0].lower() for match in WORD.finditer(narrative.text))
        strings = _to_replace(narrative.text)
        inside = places(strings)
        replacements: list[Replacement] = [
            (one.start, one.end, self.table.placeholder(narrative.text[one.start : one.end], one.kind)) for one in strings
        ]
        for name in find_names(narrative, self._nlp, self.table.pseudonyms):
            if name.start in inside:
                continue
            vowel = True if name.elided else False if name.word[0].lower() in "hy" else None
            new = self.table.pseudonym(name.word, name.kind, vowel, taken)
            replacements.append((name.start, name.end, new))
        return rewrite(replace(narrative, extra=unnamed(narrative.extra)), sorted(replacements), self._elsewhere)

    def _elsewhere(self, text: str) -> str:
        pieces, at = [], 0
        for one in _to_replace(text):
            pieces += [self._named(text[at : one.start]), self.table.placeholder(text[one.start : one.end], one.kind)]
            at = one.end
        return "".join((*pieces, self._named(text[at:])))

    def _named(self, text: str) -> str:
        for match in WORD.finditer(text):
            kind = first_name(match[0]) if match[0][0].isupper() else ""
            if (kind or is_reserved(match[0])) and match[0] not in self.table.pseudonyms:
                self.table.pseudonym(match[0], kind or "first_m")
        return WORD.sub(lambda match: self.table.pseudonyms.get(match[0], match[0]), text)


def unpseudonymise(narrative: Narrative, table: Table) -> Narrative:
    """The narrative with the names that it had.

    Args:
        narrative: As :class:`Pseudonymiser` gave it, whatever was marked in it since; its words unchanged.
        table: As it was after that run, or later.
    """
    names = table.names
    either = re.compile(f"{placeholders().pattern}|{WORD.pattern}")
    found = [(match.start(), match.end(), names[match[0]]) for match in either.finditer(narrative.text) if match[0] in names]
    return rewrite(narrative, found, lambda text: either.sub(lambda match: names.get(match[0], match[0]), text))


def _to_replace(text: str) -> list[Found]:
    """What identifies, and what looks as if it stood for that: else nobody could tell on the way back."""
    found = find_strings(text)
    inside = places(found)
    for match in placeholders().finditer(text):
        if match.start() not in inside:
            found.append(Found(match.start(), match.end(), placeholder_kind(match[0])))
    return sorted(found, key=lambda one: one.start)

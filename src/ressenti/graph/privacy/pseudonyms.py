"""Other names for the persons and places of narratives, the same throughout a corpus, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ressenti.corpora.transcript import unnamed
from ressenti.graph.privacy.names import find_names, load_recogniser
from ressenti.graph.privacy.rewriting import WORD, Replacement, rewrite
from ressenti.graph.privacy.table import Table, is_reserved
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

        In labels, comments and metadata the names that are known from the texts so far are replaced too. The speakers of a transcript
        become S1, S2 …, which the way back leaves.
        """
        taken = frozenset(match[0].lower() for match in WORD.finditer(narrative.text))
        replacements: list[Replacement] = []
        for name in find_names(narrative, self._nlp, self.table.pseudonyms):
            vowel = True if name.elided else False if name.word[0].lower() in "hy" else None
            new = self.table.pseudonym(name.word, name.kind, vowel, taken)
            replacements.append((name.start, name.end, new))
        return rewrite(replace(narrative, extra=unnamed(narrative.extra)), replacements, self._elsewhere)

    def _elsewhere(self, text: str) -> str:
        for match in WORD.finditer(text):
            if is_reserved(match[0]) and match[0] not in self.table.pseudonyms:
                self.table.pseudonym(match[0], "first_m")
        return _replaced(text, self.table.pseudonyms)


def unpseudonymise(narrative: Narrative, table: Table) -> Narrative:
    """The narrative with the names that it had.

    Args:
        narrative: As :class:`Pseudonymiser` gave it, whatever was marked in it since; its words unchanged.
        table: As it was after that run, or later.
    """
    names = table.names
    found = [(match.start(), match.end(), names[match[0]]) for match in WORD.finditer(narrative.text) if match[0] in names]
    return rewrite(narrative, found, lambda text: _replaced(text, names))


def _replaced(text: str, by: Mapping[str, str]) -> str:
    return WORD.sub(lambda match: by.get(match[0], match[0]), text)

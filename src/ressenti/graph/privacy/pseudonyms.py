"""Other names for persons and places of narratives, and placeholders for addresses and numbers, the same throughout; and the way back."""

from __future__ import annotations

import re
from dataclasses import replace

from ressenti.corpora.transcript import unnamed
from ressenti.graph.privacy.columns import names_in, string_in
from ressenti.graph.privacy.names import find_names, first_name, is_text, load_recogniser, whole
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
        self._given, self._names = frozenset(table.names), frozenset(table.pseudonyms)
        self._again = self._anew = False

    @property
    def repeats(self) -> bool:
        """Whether the narratives seem to be pseudonymised already: pseudonyms of the earlier run stand in them, and none of its names."""
        return self._again and not self._anew

    def __call__(self, narrative: Narrative) -> Narrative:
        """The narrative with other names, offsets and all else following.

        E-mail addresses, telephone numbers and the like (``identifying.yaml``) become placeholders, in labels, comments and metadata
        too. Names are replaced there where the column says so (``columns.yaml``), where they are first names or known from the texts so
        far, and, where the string is a text itself, as in the text. The speakers of a transcript become S1, S2 …, which the way back
        leaves.
        """
        taken = frozenset(match[0].lower() for match in WORD.finditer(narrative.text))
        strings = _to_replace(narrative.text)
        inside = places(strings)
        replacements: list[Replacement] = [
            (one.start, one.end, self._placeholder(narrative.text[one.start : one.end], one.kind)) for one in strings
        ]
        for name in find_names(narrative, self._nlp, self.table.pseudonyms):
            if name.start in inside:
                continue
            vowel = True if name.elided else False if name.word[0].lower() in "hy" else None
            new = self._pseudonym(name.word, name.kind, vowel, taken)
            replacements.append((name.start, name.end, new))
        return rewrite(replace(narrative, extra=unnamed(narrative.extra)), sorted(replacements), self._elsewhere)

    def _pseudonym(self, name: str, kind: str, vowel: bool | None = None, taken: frozenset[str] = frozenset()) -> str:
        self._note(name)
        return self.table.pseudonym(name, kind, vowel, taken)

    def _placeholder(self, string: str, kind: str) -> str:
        self._note(string)
        return self.table.placeholder(string, kind)

    def _note(self, string: str) -> None:
        self._again |= string in self._given
        self._anew |= string in self._names and string not in self._given

    def _elsewhere(self, text: str, key: str) -> str:
        if one := string_in(key, text):
            return text[: one.start] + self._placeholder(text[one.start : one.end], one.kind) + text[one.end :]
        strings = _to_replace(text)
        names = names_in(key, text)
        if is_text(key, text):
            found = find_names(Narrative("", text), self._nlp, self.table.pseudonyms)
            names += [Found(name.start, name.end, name.kind) for name in found]
        inside = places(strings)
        for name in sorted(names, key=lambda one: one.start):
            if name.start not in inside:
                self._pseudonym(text[name.start : name.end], name.kind)
        pieces, at = [], 0
        for one in strings:
            pieces += [self._named(text[at : one.start]), self._placeholder(text[one.start : one.end], one.kind)]
            at = one.end
        return "".join((*pieces, self._named(text[at:])))

    def _named(self, text: str) -> str:
        """With other words for the names of the table, first names, and words that could be a pseudonym."""
        known, pieces, at = self.table.pseudonyms, [], 0
        for match in WORD.finditer(text):
            word, start, end = match[0], match.start(), match.end()
            begin = whole(text, start)
            if text[begin:end] not in known:
                begin = whole(text, start, articles=False)
            name = text[begin if begin >= at else start : end]
            kind = self.table.kind(word) if word in known else first_name(word) if word[0].isupper() else ""
            if name not in known and (kind or is_reserved(word)):
                self._pseudonym(name, kind or "first_m")
            if new := known.get(name):
                pieces += [text[at : end - len(name)], new]
                at = end
        return "".join((*pieces, text[at:]))


def unpseudonymise(narrative: Narrative, table: Table) -> Narrative:
    """The narrative with the names that it had.

    Args:
        narrative: As :class:`Pseudonymiser` gave it, whatever was marked in it since; its words unchanged.
        table: As it was after that run, or later.
    """
    names = table.names
    either = re.compile(f"{placeholders().pattern}|{WORD.pattern}")
    found = [(match.start(), match.end(), names[match[0]]) for match in either.finditer(narrative.text) if match[0] in names]
    return rewrite(narrative, found, lambda text, _: either.sub(lambda match: names.get(match[0], match[0]), text))


def _to_replace(text: str) -> list[Found]:
    """What identifies, and what looks as if it stood for that: else nobody could tell on the way back."""
    found = find_strings(text)
    inside = places(found)
    for match in placeholders().finditer(text):
        if match.start() not in inside:
            found.append(Found(match.start(), match.end(), placeholder_kind(match[0])))
    return sorted(found, key=lambda one: one.start)

"""Sentences of a corpus in which terms stand, for the person who decides: a word is judged by how it is used.

A term is found by all its forms, on words alone, in one pass over the corpus whatever the number of terms.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from ressenti.corpora import Account, read
from ressenti.corpora.harmless import one_line
from ressenti.errors import DataError
from ressenti.ontology.morphology import fold, inflect
from ressenti.rules.text import read as reading
from ressenti.rules.text import sentences
from ressenti.rules.words import load_words
from ressenti.schema import Span
from ressenti.vocab_builder.candidate import Key

SHORTEST, LONGEST = 30, 140
"""Characters of a sentence that says enough and is read at a glance."""
CUT = 220
"""Characters that are kept of a longer sentence, around the term."""
GAP = 2
"""Words that may stand between a verb and the rest of its term: « avoir très peur », « ne pas en mener large »."""

_WORD = re.compile(r"\w+")
_ELIDED = {"de": "d", "le": "l", "la": "l", "que": "qu", "se": "s", "me": "m", "ne": "n", "je": "j", "jusque": "jusqu"}
_POSSESSIVES = {
    "son": ("mon", "ton", "son", "notre", "votre", "leur"),
    "sa": ("ma", "ta", "sa", "notre", "votre", "leur"),
    "ses": ("mes", "tes", "ses", "nos", "vos", "leurs"),
}

Words = tuple[str, ...]


class Finder:
    """Finds terms in running text.

    Args:
        terms: Terms in citation form, with their parts of speech.
    """

    def __init__(self, terms: Iterable[Key]) -> None:
        self._single: dict[str, list[Key]] = defaultdict(list)
        # By the first and the second word: « avoir » begins hundreds of terms.
        self._longer: dict[str, dict[str, list[tuple[Key, Words, bool]]]] = defaultdict(lambda: defaultdict(list))
        words = load_words()
        never = words["adverbs"] | words["negators"] | words["subject_clitics"] | words["determiners"]
        for key in dict.fromkeys(terms):
            for form in _forms(*key):
                if len(form) == 1:
                    if key[1] == "ADV" or form[0] not in never:  # « plus » is a form of *plaire*, « tu » of *taire*
                        self._single[form[0]].append(key)
                else:
                    self._longer[form[0]][form[1]].append((key, form[2:], key[1] == "VERB"))

    def __call__(self, text: str) -> Iterator[tuple[Key, Span]]:
        """Each term found, with its span; of a verb with words in between, from the first word to the last. No term overlaps itself."""
        ends: dict[Key, int] = {}
        for key, (start, end) in self._found(text):
            if start >= ends.get(key, 0):  # « a eu peur », in which « eu peur » stands
                ends[key] = end
                yield key, (start, end)

    def _found(self, text: str) -> Iterator[tuple[Key, Span]]:
        found = [(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
        single, longer = self._single, self._longer
        for i, (word, start, end) in enumerate(found):
            if word in single:
                for key in single[word]:
                    yield key, (start, end)
            if word in longer:
                yield from self._longer_at(found, i, longer[word])

    def _longer_at(
        self, found: Sequence[tuple[str, int, int]], i: int, by_second: Mapping[str, Sequence[tuple[Key, Words, bool]]]
    ) -> Iterator[tuple[Key, Span]]:
        for j in range(i + 1, min(i + 2 + GAP, len(found))):
            for key, rest, gap in by_second.get(found[j][0], ()):
                last = j + len(rest)
                if (gap or j == i + 1) and last < len(found) and all(found[j + 1 + n][0] == word for n, word in enumerate(rest)):
                    yield key, (found[i][1], found[last][2])


def find_examples(
    terms: Iterable[Key], paths: Sequence[str | Path], *, most: int = 4, tell: Callable[[str], None] = lambda message: None
) -> dict[Key, tuple[str, ...]]:
    """Sentences of a corpus for each term.

    Args:
        terms: Terms in citation form, with their parts of speech.
        paths: Files and folders of any format that `ressenti.corpora` reads.
        most: How many sentences a term.
        tell: Told of what cannot be read; the rest is read on.

    Returns:
        Sentences, each on one line, whole ones of a handy length first, and one a document before a second of the same. Terms of which
        there are none are left out. The same corpus gives the same sentences.
    """
    finder = Finder(terms)
    pools: dict[Key, _Pool] = defaultdict(lambda: _Pool(most))
    for number, account in enumerate(read(paths, say=tell)):
        if isinstance(account, Account):
            for key, best in _of_one(account, finder, most).items():
                pools[key].add(number, best)
        else:
            tell(str(account))
    return {key: pools[key].sentences for key in sorted(pools)}


class _Pool:
    """The best sentences so far, each once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[int, int, int, int, str]] = []

    def add(self, document: int, best: Iterable[tuple[int, int, str]]) -> None:
        """Add the best of a document: how unhandy it is, where it stands, the sentence."""
        known = {kept[-1] for kept in self._kept}
        for rank, (cost, start, sentence) in enumerate(best):
            if sentence not in known:
                self._kept.append((rank, cost, document, start, sentence))
        self._kept = heapq.nsmallest(self._most, self._kept)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(kept[-1] for kept in self._kept)


def _of_one(account: Account, finder: Finder, most: int) -> dict[Key, list[tuple[int, int, str]]]:
    """The best sentences of one document for each term: how unhandy, where, and what they say."""
    text = reading(account.text)
    spans: list[Span] | None = None
    starts: list[int] = []
    found: dict[Key, dict[str, tuple[int, int, str]]] = defaultdict(dict)
    for key, (start, end) in finder(text.text):
        if spans is None:
            spans = list(sentences(text.text))
            starts = [span[0] for span in spans]
        place = bisect_right(starts, start) - 1
        if place < 0 or end > spans[place][1]:  # over the end of a sentence
            continue
        first, last = text.original(*spans[place])
        sentence = one_line(account.text[first:last])
        if sentence in found[key]:
            continue
        cost = _cost(sentence)
        if len(sentence) > CUT:
            inside = text.original(start, end)
            sentence = _around(account.text[first:last], inside[0] - first, inside[1] - first)
        found[key].setdefault(sentence, (cost, start, sentence))
        if len(found[key]) > 8 * most:
            found[key] = {item[-1]: item for item in heapq.nsmallest(most, found[key].values())}
    return {key: heapq.nsmallest(most, of.values()) for key, of in found.items()}


def _cost(sentence: str) -> int:
    """How far a sentence is from one that is read at a glance, in characters."""
    size = len(sentence)
    whole = sentence[:1].isupper() or sentence[:1] in "«—–-"
    ended = sentence.rstrip("»” ")[-1:] in (".", "!", "?", "…")
    torn = not (whole and ended) or sentence.count("«") != sentence.count("»")
    return max(0, SHORTEST - size) * 2 + max(0, size - LONGEST) + (40 if torn else 0)


def _around(sentence: str, start: int, end: int) -> str:
    """A stretch of a long sentence around a term, cut at blanks."""
    room = max(0, CUT - (end - start)) // 2
    first, last = max(0, start - room), min(len(sentence), end + room)
    if first:
        first = next((at + 1 for at in range(first, start) if sentence[at].isspace()), start)
    if last < len(sentence):
        last = next((at for at in range(last - 1, end - 1, -1) if sentence[at].isspace()), end)
    return ("… " if first else "") + one_line(sentence[first:last]) + (" …" if last < len(sentence) else "")


def _forms(term: str, pos: str) -> set[Words]:
    """A term's forms, each as its words, folded."""
    texts = {term}
    head, blank, rest = term.partition(" ")
    try:
        if pos == "VERB":
            texts |= {form.text + blank + rest for form in inflect(head, "VERB")}
        elif pos in ("NOUN", "ADJ"):
            texts |= {form.text for form in inflect(term, pos)}
    except (ValueError, DataError):  # a verb that nobody has conjugated yet: it is found as it is cited
        pass
    words = {form for text in texts for form in product(*(_POSSESSIVES.get(word, (word,)) for word in _WORD.findall(fold(text))))}
    elided = {(*w[:-1], _ELIDED[w[-1]]) for w in words if len(w) > 1 and w[-1] in _ELIDED}
    return {form for form in words | elided if form}

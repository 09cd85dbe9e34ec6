"""Where a vocabulary entry may stand in a sentence, found on tokens alone, before any parsing.

Every form of every entry is generated once; a sentence then costs a dictionary look-up a token, whatever the size of the vocabulary.
``docs/vocabulary.md`` describes how a term is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice

from spacy.language import Language

from ressenti.errors import DataError
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.words import forms_of, load_words

_STARTS = 1 << 16
"""Words of which it is kept what begins with them."""
LIGHT_GAP, OBJECT_GAP, PART_GAP = 4, 7, 7
"""Tokens that may stand between a verb and its complement, in the place of « … », and between two parts joined by « + »."""

_POS = {"N": "NOUN", "V": "VERB", "A": "ADJ"}
_AS_WRITTEN = "D"
"""Mark of a determiner for which no other may stand: « avoir les grelots », not « des grelots »."""
_ELISIONS = {"de": "d'", "le": "l'", "la": "l'", "que": "qu'", "se": "s'", "me": "m'", "ne": "n'", "je": "j'", "jusque": "jusqu'"}
_NO_OBJECT = frozenset({"que", "qu'", "faire"})
"""What no object begins with: « trouver qu'il faut respecter les morts » is not « trouver … mort »."""
_WORD = re.compile(r"…|[^\s…]+?['’](?=\[)|[^\s…]+")
"""A gap, or a word; of « d'[envie] » the cue begins after the elision."""
_BRACKETS = re.compile(r"[^\[\]]*(?:\[[^\[\]]+\][^\[\]]*)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu)['’]\w.*")
"""A word with an elided one before it: a phrase that begins so is literal, « d'humeur légère »."""


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a term: its forms, what may stand before it (``""``, ``light``, ``object``), whether it is in the cue."""

    forms: frozenset[str]
    gap: str
    in_cue: bool


Part = tuple[Element, ...]
Term = tuple[int, Entry, tuple[Part, ...]]
"""Number of an entry in the vocabulary, the entry, and how its term is matched."""
Beginning = tuple[Sequence[Term], Mapping[str, Sequence[Term]]]
"""The terms of a single word that a form is one of, and the longer ones that begin with it, by a further word that they need."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a sentence.

    Attributes:
        entry: The vocabulary entry, as it is read here: « rougir de dépit » has the emotion of *dépit*.
        cue: Token indices of the cue, in order.
        all: Token indices of the whole term, in order.
        head: Token index of the word that inflects: the verb, noun or adjective.
        before: The entry as the vocabulary has it, where it is read in another way; None where it is not.
    """

    entry: Entry
    cue: tuple[int, ...]
    all: tuple[int, ...]
    head: int
    before: Entry | None = field(default=None, kw_only=True)

    @property
    def listed(self) -> Entry:
        """The entry as the vocabulary has it."""
        return self.before or self.entry

    @property
    def weight(self) -> tuple[int, int]:
        """Longer terms are surer than their parts."""
        return len(self.all), len(self.entry.conditions)


class Matcher:
    """Finds the entries of a vocabulary in tokenised sentences.

    Args:
        nlp: Whose tokeniser the terms are cut with; the sentences must be cut with the same.
        entries: The vocabulary; of two entries for the same term, part of speech, construction and condition the later one counts.

    Raises:
        DataError: A term that cannot be read or inflected, with its file and line.
    """

    def __init__(self, nlp: Language, entries: Iterable[Entry]) -> None:
        self._nlp = nlp
        self._tokens: dict[str, list[str]] = {}
        self._words = load_words()
        self._function_words = (
            self._words["adverbs"] | self._words["negators"] | self._words["subject_clitics"] | self._words["determiners"]
        )
        unique = {(e.term, e.pos, e.construction, e.conditions): e for e in entries}
        terms = [(entry, tuple(self._part(entry, text) for text in entry.term.split(" + "))) for entry in unique.values()]
        self._terms = terms
        self._common: Counter[str] = Counter()
        """How many terms have a form after their first word."""
        self._starts: dict[str, tuple[str, Beginning] | None] = {}
        """What was found so far to begin with a word, or not."""
        self._sums: dict[frozenset[str], int] = {}
        """How common the forms of an element are together, as far as it was asked; elements share their sets of forms."""
        self._by_first: dict[str, list[int]] = {}
        """The numbers of the terms that begin with a form, in order."""
        self._index: dict[str, Beginning] = {}
        """What was asked for so far of the terms that begin with a form."""
        for number, (entry, parts) in enumerate(terms):
            first = parts[0][0].forms
            if len(parts) == 1 and len(parts[0]) == 1:
                if entry.pos != "INTJ":  # « Enfin ! » is one, « enfin » an adverb
                    first = first - self._function_words  # « plus » is a form of *plaire*, « tu » of *taire*: never meant in an account
            else:
                for element in _further(parts):
                    self._common.update(element.forms)
            for form in first:
                if form in self._by_first:
                    self._by_first[form].append(number)
                else:
                    self._by_first[form] = [number]
        self._tokens.clear()

    def _beginning(self, form: str) -> Beginning:
        """The terms that begin with a form, in the order of the vocabulary.

        Terms that begin with « avoir » are many: only those are looked at whose rarest further word stands in the sentence.
        """
        alone: list[Term] = []
        longer: dict[str, list[Term]] = {}
        for number in self._by_first[form]:
            entry, parts = self._terms[number]
            further = min((e.forms for e in _further(parts)), key=self._how_common, default=None)
            if further is None:
                alone.append((number, entry, parts))
            for needed in further or ():
                longer.setdefault(needed, []).append((number, entry, parts))
        found = self._index[form] = (alone, longer)
        return found

    def _how_common(self, forms: frozenset[str]) -> int:
        if forms not in self._sums:
            self._sums[forms] = sum(self._common[form] for form in forms)
        return self._sums[forms]

    def entries_with(self, forms: Collection[str]) -> list[Entry]:
        """The entries one of whose words has one of these folded forms, for who asks why a word was not found."""
        return [entry for entry, parts in self._terms if any(not e.forms.isdisjoint(forms) for part in parts for e in part)]

    @property
    def terms(self) -> list[str]:
        """The terms of the vocabulary, as written."""
        return [entry.term for entry, _ in self._terms]

    def may_match(self, sentence: Sentence) -> bool:
        """Whether an entry stands in a sentence."""
        return bool(self.hits(sentence))

    def hits(self, sentence: Sentence) -> Sequence[Hit]:
        """All entries found in a sentence, overlapping ones too, in reading order of their first word; found once a sentence."""
        key = ("hits",)
        if key not in sentence.memo:
            sentence.memo[key] = list(self._hits(sentence))
        found: Sequence[Hit] = sentence.memo[key]
        return found

    def _hits(self, sentence: Sentence) -> Iterator[Hit]:
        present = self._common.keys() & sentence.forms
        starts = self._starts
        for i, form in enumerate(sentence.forms):
            start = starts[form] if form in starts else self._start(form)
            if start is None:
                continue
            candidate, (alone, longer) = start
            if longer.keys().isdisjoint(present):
                for _, entry, _ in alone:
                    yield Hit(entry, (i,), (i,), i)
                continue
            for _, entry, parts in _possible(alone, longer, present):
                if hit := self._match(sentence, i, entry, parts, candidate):
                    yield hit

    def _start(self, form: str) -> tuple[str, Beginning] | None:
        """The form by which terms begin with a word, drawn out or not, and these terms; None where there are none."""
        candidate = form if form in self._by_first else _undoubled(form)
        start = (candidate, self._index.get(candidate) or self._beginning(candidate)) if candidate in self._by_first else None
        if len(self._starts) < _STARTS:
            self._starts[form] = start
        return start

    def _match(self, sentence: Sentence, i: int, entry: Entry, parts: tuple[Part, ...], form: str) -> Hit | None:
        first = _walk(sentence, parts[0], i, form)
        if first is None:
            return None
        cue, whole = first
        head = i if parts[0][0].gap != "clitic" else whole[_head(parts[0])]
        if entry.pos == "NOUN" and len(whole) == 2 and sentence.forms[i] in _BEFORE_NOUNS:
            head = whole[1]  # « la mauvaise humeur du guide »: the noun has the complements
        for part in parts[1:]:
            found = _near(sentence, part, whole)
            if found is None:
                return None
            cue, whole = sorted(cue + found[0]), sorted(whole + found[1])
        return Hit(entry, tuple(cue), tuple(whole), head)

    def _part(self, entry: Entry, text: str) -> Part:
        if not _BRACKETS.fullmatch(entry.term):
            raise DataError(entry.path, entry.line, f"{entry.term!r}: each [ needs a ] after it, with the words of the cue between them")
        elements: list[Element] = []
        bracketed, inside = "[" in entry.term, False
        gap = ""
        verbal = entry.pos == "VERB" or "/V" in text
        for n, word in enumerate(_WORD.findall(text)):
            if word == "…":
                gap = "object"
                continue
            inside = inside or word.startswith("[")
            in_cue, closes = inside or not bracketed, word.endswith("]")
            word = word.strip("[]")
            word, _, tag = word.partition("/")
            if not all(word.split("|")):
                raise DataError(entry.path, entry.line, f"{entry.term!r} has an empty alternative")
            if tag and tag not in (*_POS, _AS_WRITTEN):
                raise DataError(entry.path, entry.line, f"{entry.term!r}: unknown mark '/{tag}'; /N, /V, /A and /D are known")
            first_word = not any(e.gap != "clitic" for e in elements)
            clitic = entry.pos == "VERB" and n == 0 and word in ("en", "y") and len(text.split()) > 1
            first_word = first_word and not clitic and " + " not in entry.term
            as_written = [frozenset().union(*map(_elided_or_full, word.split("|")))] if tag == _AS_WRITTEN else None
            for form_set in as_written or self._forms(entry, word, _POS.get(tag), first_word):
                if not elements:
                    gap = ""
                elif not gap and verbal and (elements[-1].gap == "clitic" or len([e for e in elements if e.gap != "clitic"]) == 1):
                    gap = "light"
                if elements and elements[0].gap == "clitic" and len(elements) == 1 and "en" in elements[0].forms:
                    form_set = frozenset(form for form in form_set if not form.endswith("ant"))  # « en voulant »: a gerund
                elements.append(Element(form_set, "clitic" if clitic else gap, in_cue))
                gap = ""
            inside = inside and not closes
        if not elements:
            raise DataError(entry.path, entry.line, f"{entry.term!r} has an empty part")
        return tuple(elements)

    def _forms(self, entry: Entry, word: str, pos: str | None, first: bool) -> Iterator[frozenset[str]]:
        alternatives = word.split("|")
        function_word = word in self._words["prepositions"] or word in _DETERMINERS or _ELIDED.fullmatch(word)
        by_row = {"NOUN": "NOUN", "VERB": "VERB", "ADJ": "ADJ", "PHRASE": None if function_word else "ADJ"}.get(entry.pos)
        if inflected := pos or (by_row if first else None):
            forms = frozenset().union(*(forms_of(a, inflected, entry.path, entry.line) for a in alternatives))
            if inflected == "VERB" and " + " in entry.term:  # « les mains tremblantes »
                forms |= {form + ending for form in forms if form.endswith("ant") for ending in ("e", "s", "es")}
            yield from self._pieces(forms) if "-" in word else [forms]
            return
        cut = [self._cut(a) for a in alternatives]
        if len(cut) == 1:
            for form in cut[0]:
                yield self._literal(entry, form, first)
        else:
            yield frozenset().union(*(self._literal(entry, forms[0], first) for forms in cut))

    def _pieces(self, forms: Collection[str]) -> Iterator[frozenset[str]]:
        """The forms of a word token by token: « amour-propre » is three of them, « porte-parole » one."""
        cut = [self._cut(form) for form in forms]
        length = min(map(len, cut))
        return (frozenset(tokens[n] for tokens in cut if len(tokens) == length) for n in range(length))

    def _cut(self, word: str) -> list[str]:
        """The folded tokens of a word; terms share many."""
        if word not in self._tokens:
            elided = word.endswith(("'", "’"))  # the tokeniser takes it for a quotation mark where nothing follows
            self._tokens[word] = [fold(word)] if elided else [fold(token.text) for token in self._nlp.make_doc(word)]
        return self._tokens[word]

    def _literal(self, entry: Entry, form: str, first: bool) -> frozenset[str]:
        forms = _elided_or_full(form)
        if not first and (entry.pos == "VERB" or entry.construction == "body") and form in _DETERMINERS:
            return forms | _DETERMINERS
        return forms


def _further(parts: tuple[Part, ...]) -> Iterator[Element]:
    """The elements of a term after its first."""
    return islice(chain.from_iterable(parts), 1, None)


def _possible(alone: Sequence[Term], longer: Mapping[str, Sequence[Term]], present: Collection[str]) -> Sequence[Term]:
    """The terms of a single word, and those of which a further word stands in the sentence, in the order of the vocabulary."""
    standing = longer.keys() & present
    if not alone and len(standing) == 1:
        return longer[standing.pop()]
    terms = {term[0]: term for term in alone}
    terms.update((term[0], term) for needed in standing for term in longer[needed])
    return [terms[number] for number in sorted(terms)]


@cache
def _elided_or_full(form: str) -> frozenset[str]:
    return frozenset({form, _ELISIONS.get(form, form)} | {full for full, short in _ELISIONS.items() if short == form})


def _undoubled(form: str) -> str:
    """A form with each doubled letter once, for words that are drawn out (« géniaal »)."""
    return re.sub(r"(.)\1$|(.)\2(?=\w)", r"\1\2", form)


_DETERMINERS = frozenset({"un", "une", "des"}).union(
    *(load_words()[of] for of in ("definite_determiners", "possessives", "demonstratives"))
)


_ROOM = {"light": LIGHT_GAP, "object": OBJECT_GAP}


_BEFORE_NOUNS = frozenset({"bonne", "mauvaise", "belle", "méchante", "sale"})


def _head(part: Part) -> int:
    return next(n for n, element in enumerate(part) if element.gap != "clitic")


def _walk(sentence: Sentence, part: Part, i: int, form: str | None = None) -> tuple[list[int], list[int]] | None:
    """Match a part that starts at token ``i``: indices of its cue and of all its words."""
    if (form or sentence.forms[i]) not in part[0].forms:
        return None
    cue, whole, at = ([i] if part[0].in_cue else []), [i], i
    for element in part[1:]:
        room = _ROOM[element.gap] if element.gap in _ROOM else sentence.forms[at] in _DETERMINERS
        for j in range(at + 1, min(at + 2 + room, len(sentence))):
            if sentence.forms[j] in element.forms:
                break
            if not _may_skip(sentence, j, element.gap) or (j == at + 1 and sentence.forms[j] in _NO_OBJECT):
                return None
        else:
            return None
        if element.in_cue:
            cue.extend(range(at + 1, j) if element.gap == "object" or (not element.gap and cue) else ())
            cue.append(j)
        whole.append(j)
        at = j
    return cue, whole


def _may_skip(sentence: Sentence, j: int, gap: str) -> bool:
    if sentence.forms[j] in STOPS or sentence.forms[j] == ",":
        return False
    if gap == "light":
        return sentence.is_a(j, "negators", "adverbs", "auxiliaries", "object_clitics", "inverted_subjects") or sentence.forms[j].endswith(
            "ment"
        )
    return True


def _near(sentence: Sentence, part: Part, whole: list[int]) -> tuple[list[int], list[int]] | None:
    """Match a part near the words already found, after them first, in the same clause."""
    after = range(whole[-1] + 1, min(whole[-1] + 2 + PART_GAP, len(sentence)))
    before = range(whole[0] - 1, max(whole[0] - 2 - PART_GAP, -1), -1)
    for j in (*after, *before):
        found = _walk(sentence, part, j)
        if found is None:
            continue
        low, high = (whole[-1], j) if j > whole[-1] else (found[1][-1], whole[0])
        between = range(low + 1, high)
        if not any(
            sentence.forms[k] in STOPS or (sentence.is_a(k, "subject_clitics") and not sentence.is_a(k, "object_clitics")) for k in between
        ):
            return found
    return None

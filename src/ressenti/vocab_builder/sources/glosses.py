"""Candidates from a dictionary: terms that it defines by an accepted term, « Sentiment de honte », « Qui éprouve de la joie ».

The dictionary is a table without header, ``term<TAB>gloss``, plain or compressed with gzip; several glosses of a term are joined by
`` | ``.
None of its words leave the user's own files: the evidence names the pattern and the accepted term.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.morphology import fold, inflect
from ressenti.vocab_builder.candidate import Candidate, Evidence, merge
from ressenti.vocab_builder.seeds import Seed
from ressenti.vocab_builder.sources.citation import is_infinitive, is_phrase, without_pronoun
from ressenti.vocab_builder.sources.patterns import DATA, Element, Matcher, Pattern, load_patterns, own_words, words_of

PATTERNS = DATA / "gloss_patterns_fr.tsv"
MOST_WORDS = 7
"""Of a term: a longer one is a saying."""
LONGEST = 1
"""Words before a comma that may be a synonym among others: « Triste, abattu », but not « Robe ample, abattue »."""

_WORD = re.compile(r"(?:quelqu|aujourd|presqu)['’]\w+|[^\W\d_]+(?:-[^\W\d_]+)*['’]?|[,;.:(]")
_NOTE = re.compile(r"^\s*(?:\([^)]*\)\s*)+")
_CLINICAL = re.compile(r".+(?:phob(?:e|ie|ique)|phil(?:e|ie)|mane|manie|maniaque)")
"""« Qui a peur des araignées »: what somebody is afraid of, not that somebody is."""
_NO_ADJECTIVE = re.compile(r".+(?:ité|[ts]ion|[ae]nce|isme|itude|age|erie)")
_FREE = frozenset({"", ",", "quelqu'un", "par", "avec", "en", "dans", "ou", "et", "soi-même"})
"""What may come after a verb that has no thing for its object: « irriter », but not « irriter les yeux »."""
_SEPARATED = re.compile("[’'.,;:()]")

Accepted = Mapping[str, Mapping[str, Sequence[tuple[tuple[str, ...], Seed]]]]
"""Part of speech, and first word, to the ways in which accepted terms are written, the longest first."""


def read_glosses(path: Path) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Read a dictionary line by line.

    Yields:
        Line number, term, and its glosses.

    Raises:
        DataError: The file cannot be read, is not UTF-8 or not what its name says, or a line is not a term and a gloss; with the line.
    """
    number = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if not line:
                    continue
                term, tab, gloss = line.partition("\t")
                if not tab or not term.strip() or "\t" in gloss:
                    raise DataError(path, number, "is not a term, a tab and its gloss")
                yield number, " ".join(term.split()), tuple(filter(None, map(str.strip, gloss.split(" | "))))
    except UnicodeDecodeError:
        raise DataError(path, number, "is not UTF-8; save the file as UTF-8") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DataError(path, number + 1, "breaks off or is not compressed with gzip; fetch it anew") from None
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror or error})") from None


def _accepted_forms(seeds: Iterable[Seed]) -> Accepted:
    """The forms in which a definition may name an accepted term: nouns and adjectives all, verbs the infinitive and the third person."""
    table: dict[str, dict[str, dict[tuple[tuple[str, ...], Seed], None]]] = defaultdict(lambda: defaultdict(dict))
    for seed in seeds:
        pos = "ADJ" if seed.pos == "PHRASE" else seed.pos
        if pos not in ("NOUN", "ADJ", "VERB"):
            continue
        for form in _forms(seed):
            words, _ = words_of(_words(form))
            if words:
                table[pos][words[0]][tuple(words), seed] = None
    return {pos: {first: sorted(ways, key=lambda way: -len(way[0])) for first, ways in by_first.items()} for pos, by_first in table.items()}


def _forms(seed: Seed) -> set[str]:
    if seed.pos == "PHRASE" or (seed.pos == "VERB" and " " in seed.term):
        return {seed.term}
    try:
        forms = inflect(seed.term, seed.pos)
    except ValueError:
        return {seed.term}
    if seed.pos != "VERB":
        return {form.text for form in forms}
    return {form.text for form in forms if form.features == "VerbForm=Inf" or form.features.startswith("Mood=Ind|Tense=Pres|Person=3")}


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class Reader:
    """Reads definitions.

    Args:
        seeds: The accepted terms.
        patterns: A table of patterns; None for the shipped one.
    """

    def __init__(self, seeds: Iterable[Seed], patterns: Path | None = None) -> None:
        self._accepted = _accepted_forms(seeds)
        self._matcher = Matcher(load_patterns(PATTERNS if patterns is None else patterns))
        own = own_words()
        self._degree, self._absence = own["degree"] | own["degrees"], own["absence"]
        self._openers = {first for by_first in self._accepted.values() for first in by_first}
        ways = (way for by_first in self._accepted.values() for group in by_first.values() for way, _ in group)
        self._signs = frozenset(max(way, key=len).strip("'") for way in ways)

    def defined(self, glosses: Iterable[str]) -> Iterator[tuple[Pattern, Seed, bool]]:
        """What definitions say by a pattern at their beginning.

        Yields:
            The pattern, the accepted term in its place, and whether a complement follows: « désir de briller ».
        """
        for gloss in glosses:
            if self._signs.isdisjoint(_SEPARATED.sub(" ", gloss.lower()).split()):
                continue  # most definitions of a dictionary: the rest of this is slow
            for words in _clauses(_NOTE.sub("", gloss)):
                if words[0] in self._matcher or words[0] in self._openers or words[0] in self._degree or words[0].endswith("ment"):
                    yield from self._at(words)

    def _at(self, words: Sequence[str]) -> Iterator[tuple[Pattern, Seed, bool]]:
        def take(i: int, place: Element) -> Iterator[tuple[int, tuple[Seed, int, int]]]:
            if i >= len(words):
                return
            longest, pos = 0, place.slot
            for way, seed in self._accepted.get(pos, {}).get(words[i], ()):
                n = len(way)
                if n < longest:
                    return
                if tuple(words[i : i + n]) == way:
                    after = words[i + n] if i + n < len(words) else ""
                    if pos == "VERB" and not (after in _FREE or after.endswith("ment")):
                        continue
                    longest = n
                    yield i + n, (seed, i, i + n)

        def skip(j: int, anything: bool) -> bool:
            word = words[j]
            return word in self._degree or word.endswith("ment") or (anything and word not in ",;.:(" and word not in self._absence)

        seen: set[tuple[int, str]] = set()
        for pattern, (seed, first, end) in self._matcher.at(words, 0, take, skip):
            if seed.pos == "VERB" and is_infinitive(words[first]) == _finite(words, first):
                continue  # « Trouble, obscur » is no verb
            if (pattern.line, seed.emotion) not in seen:
                seen.add((pattern.line, seed.emotion))
                yield pattern, seed, end < len(words) and words[end] == "de"

    def named(self, glosses: Iterable[str]) -> list[Seed]:
        """The accepted nouns that stand anywhere in definitions, but after a word that says that they are absent."""
        found: set[Seed] = set()
        for gloss in glosses:
            words, _ = words_of(_words(gloss))
            for i, word in enumerate(words):
                if self._absence.isdisjoint(words[max(0, i - 2) : i]):
                    nouns = self._accepted.get("NOUN", {}).get(word, ())
                    found.update(seed for way, seed in nouns if tuple(words[i : i + len(way)]) == way)
        return sorted(found)


def _clauses(gloss: str) -> Iterator[list[str]]:
    """The words of each piece that may be a definition.

    That is the beginning of a sentence, and what follows a comma where what comes before is one word, « Triste, abattu », or begins alike,
    « Qui ne rit pas, qui inspire la tristesse ».
    """
    words, _ = words_of(_words(gloss))
    piece: list[str] = []
    opened, kind = True, ""
    for word in (*words, "."):
        if word not in ",;.:(":
            piece.append(word)
            continue
        if piece and (opened or (kind and _kind(piece[0]) == kind)):
            yield [*piece, ","] if word == "," else piece
        if word != ",":
            opened, kind = word != "(", ""
        elif opened and piece:
            opened, kind = len(piece) <= LONGEST, _kind(piece[0])
        piece = []


def _kind(word: str) -> str:
    """What a definition that begins with a word is, as far as it may be told: of a verb, or of an adjective."""
    return "verb" if is_infinitive(word) else word if word == "qui" else ""


def _finite(words: Sequence[str], i: int) -> bool:
    """Whether a verb must be conjugated here: « qui effraie », « qui se réjouit »."""
    before = words[max(0, i - 2) : i]
    return before[-1:] == ["qui"] or before == ["qui", "se"]


def definitions(path: Path, reader: Reader) -> list[Candidate]:
    """The terms that a dictionary defines by an accepted term.

    Args:
        path: The dictionary.
        reader: With the accepted terms.

    Returns:
        Candidates with their glosses; names, sayings and words of clinics (« arachnophobe ») are left out. A definition that does not fit
        the term's shape counts for nothing: only an infinitive is defined as « rendre triste ».

    Raises:
        DataError: As of `read_glosses`.
    """
    found = []
    for _, term, glosses in read_glosses(path):
        if _unfit(term):
            continue
        by_pos: dict[str, set[Evidence]] = defaultdict(set)
        for pattern, seed, goes_on in reader.defined(glosses):
            if (pos := _pos(term, pattern.pos, glosses)) and fold(term) != fold(seed.term):
                says = pattern.says.replace("X", seed.term) + (" de …" if goes_on else "")
                by_pos[pos].add(Evidence("gloss", f"defined as « {says} »", seed.emotion))
        for pos, evidence in by_pos.items():
            plain = without_pronoun(term) if pos == "VERB" else term
            found.append(Candidate(plain, pos, tuple(sorted(evidence)), " | ".join(glosses)))
    return merge(found)


def _unfit(term: str) -> bool:
    names = any(word[:1].isupper() for word in term.split())
    return (
        names
        or len(term) < 3
        or len(term.split()) > MOST_WORDS
        or not re.fullmatch(r"[\w' ’-]*\w", term)
        or _CLINICAL.fullmatch(term) is not None
    )


def _pos(term: str, pos: str, glosses: Sequence[str]) -> str:
    """The part of speech of a term that is defined like one, empty when it does not have that shape."""
    infinitive = is_infinitive(without_pronoun(term).split()[0])
    if pos == "VERB":
        return pos if infinitive else ""
    if is_phrase(term):
        return "PHRASE" if pos in ("ADJ", "ADV", "NOUN") else pos
    if pos == "INTJ":
        return "" if infinitive and " " not in term else pos
    if pos == "ADV":
        return pos if term.endswith("ment") else ""
    if infinitive and is_infinitive(next(iter(_words(glosses[0])), "").removeprefix("se ")):
        return ""
    return "" if pos == "ADJ" and (term.endswith("ment") or _NO_ADJECTIVE.fullmatch(term)) else pos


def with_glosses(candidates: Sequence[Candidate], path: Path, reader: Reader) -> list[Candidate]:
    """Give candidates of other sources what a dictionary says of them.

    Where the definition only names an accepted term somewhere, that is evidence too, told apart from a definition by it: « honte stands in
    its definition ».

    Raises:
        DataError: As of `read_glosses`.
    """
    wanted = {candidate.term for candidate in candidates} | {
        f"{p}{c.term}" for c in candidates if c.pos == "VERB" for p in ("se ", "s’", "s'")
    }
    said: dict[str, tuple[str, ...]] = {}
    for _, term, glosses in read_glosses(path):
        if term in wanted:
            plain = without_pronoun(term)
            said[plain] = tuple(dict.fromkeys((*said.get(plain, ()), *glosses)))
    found = []
    for candidate in candidates:
        glosses = said.get(candidate.term, ())
        defined = {evidence.emotion for evidence in candidate.evidence if evidence.source == "gloss"}
        named = () if defined else reader.named(glosses)
        more = [Evidence("gloss", f"{seed.term} stands in its definition", seed.emotion) for seed in named if seed.term != candidate.term]
        evidence = tuple(sorted({*candidate.evidence, *more}))
        found.append(replace(candidate, evidence=evidence, gloss=candidate.gloss or " | ".join(glosses)))
    return found

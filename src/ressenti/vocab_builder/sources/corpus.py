"""Candidates from a corpus: terms that stand in the constructions of emotion, « un sentiment de X », « se sentir X », « fou de X ».

A sentence is parsed only where the words of a construction stand. What comes out is a term, a construction and a count: no sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ressenti.corpora import SUFFIXES, Account, read
from ressenti.corpora.folder import find
from ressenti.errors import InputError
from ressenti.ontology.morphology import fold, inflect
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read as reading
from ressenti.rules.text import sentences
from ressenti.rules.words import load_words
from ressenti.vocab_builder.candidate import Candidate, Evidence, merge
from ressenti.vocab_builder.sources.citation import citation, is_infinitive
from ressenti.vocab_builder.sources.patterns import DATA, Element, Matcher, Pattern, load_patterns, own_words, words_of

if TYPE_CHECKING:
    from spacy.language import Language

PATTERNS = DATA / "corpus_patterns_fr.tsv"
LEAST = 2
"""Times that a term must stand in constructions of emotion."""
SHARE = 0.05
"""Part of all its times in the corpus that must be such: « eau » is « plein d'eau » too, but mostly it is not."""
TOGETHER = 1 << 19
"""Bytes of a corpus of which the counts are kept together."""
BATCH = 512
"""Sentences that are parsed together."""

FUNCTION_WORDS = (
    "prepositions", "determiners", "object_clitics", "subject_clitics", "negators", "relative_pronouns", "subordinators",
)  # fmt: skip
"""Word classes that are no terms, however the parser takes them."""

Place = tuple[int, int]
"""First and last token of a term."""
Found = tuple[str, str, Pattern]
"""Term, part of speech, and the construction in which it stands."""

_LINKS = frozenset({"de", "à"})
_ENDS = frozenset('.,;:!?…()«»"-–—') | {"...", "?!", "!!", "--"}


class Constructions:
    """Finds terms in the constructions of emotion.

    Args:
        nlp: The parser.
        known: Words that are citation forms, such as the heads of a thesaurus; what a corpus has in the plural is looked up there.
        patterns: A table of patterns; None for the shipped one.
    """

    def __init__(self, nlp: Language, known: Collection[str] = (), patterns: Path | None = None) -> None:
        self._nlp, self._known = nlp, known
        self._matcher = Matcher(load_patterns(PATTERNS if patterns is None else patterns))
        words, own = load_words(), own_words()
        self._degree = own["degree"] | own["degrees"] | words["adverbs"] | words["negators"]
        self._never = own["degrees"] | own["general"] | {"autre"}
        self._never |= frozenset().union(*(words[name] for name in FUNCTION_WORDS))

    def tally(self, texts: Iterable[str]) -> Tally:
        """Count the terms in the constructions of emotion of texts, and all their forms."""
        tally = Tally()
        waiting = filter(self._may_match, self._sentences(texts, tally.frequencies))
        while batch := list(islice(waiting, BATCH)):
            for _ in self._nlp.pipe([s.tokens[0].doc for s in batch], batch_size=128):
                pass  # the documents are parsed in place
            for sentence in batch:
                tally.counts.update((term, pos, pattern.says) for term, pos, pattern in self.of(sentence))
        return tally

    def _sentences(self, texts: Iterable[str], frequencies: Counter[str]) -> Iterator[Sentence]:
        for text in texts:
            plain = reading(text).text
            for start, end in sentences(plain):
                sentence = Sentence([*self._nlp.make_doc(plain[start:end])], start)
                if len(sentence):
                    frequencies.update(sentence.forms)
                    yield sentence

    def _may_match(self, sentence: Sentence) -> bool:
        """Whether a construction may stand here, by the words alone."""
        words, _ = words_of(sentence.forms)

        def take(i: int, _: Element) -> Iterator[tuple[int, None]]:
            if i < len(words) and self._may_be_term(words[i]):
                yield i + 1, None

        return any(
            True
            for i, word in enumerate(words)
            if word in self._matcher
            for _ in self._matcher.at(words, i, take, lambda j, _: words[j] not in _ENDS)
        )

    def _may_be_term(self, word: str) -> bool:
        return len(word) > 2 and word not in self._never and word.replace("-", "").isalpha()

    def of(self, sentence: Sentence) -> Iterator[Found]:
        """The terms of a parsed sentence; each once a construction and place."""
        words, places = words_of(sentence.forms)

        def take(i: int, place: Element) -> Iterator[tuple[int, Place]]:
            if i >= len(words) or not self._is(sentence, places[i], place) or (place.bare and _determined(sentence, places, i)):
                return
            yield i + 1, (places[i], places[i])

        def skip(j: int, anything: bool) -> bool:
            at = places[j]
            if anything:
                return words[j] not in _ENDS and sentence.pos(at) not in ("VERB", "AUX", "ADP")
            return words[j] in self._degree or sentence.pos(at) in ("ADV", "ADJ")

        for i, word in enumerate(words):
            if word in self._matcher:
                for pattern, (first, last) in self._matcher.at(words, i, take, skip):
                    yield self._lemma(sentence, first, pattern.pos), pattern.pos, pattern
                    if pattern.pos == "NOUN" and (longer := self._longer(sentence, last)):
                        yield longer, pattern.pos, pattern

    def _is(self, s: Sentence, i: int, place: Element) -> bool:
        form, pos = s.forms[i], place.slot
        if not self._may_be_term(form) or not s.texts[i][:1].islower() or s.is_a(i, "persons", "body", "temporal_nouns"):
            return False
        if pos == "ADJ":
            return s.pos(i) == "ADJ" or (s.pos(i) == "VERB" and s.morph(i, "VerbForm") == "Part")
        if s.pos(i) == pos or (pos == "NOUN" and s.pos(i) == "PROPN"):  # no name begins with a small letter: « le désarroi »
            return True
        # « avait honte de »: the parser takes the noun for a verb
        return pos == "NOUN" and place.bare and s.pos(i) == "VERB" and s.morph(i, "VerbForm") in ("", "Fin") and form in self._known

    def _lemma(self, s: Sentence, i: int, pos: str) -> str:
        form = s.forms[i]
        lemma = citation(form, pos, self._known)
        if lemma == form and pos == "NOUN" and s.morph(i, "Number") == "Plur" and form not in self._known and form.endswith("s"):
            return form[:-1]
        return lemma

    def _longer(self, s: Sentence, i: int) -> str:
        """A noun with what belongs to it without an article: « mal de vivre », « mal du pays » only where it is known."""
        if i + 2 >= len(s) or s.forms[i + 1] not in _LINKS:
            return ""
        after = s.forms[i + 2]
        if not self._may_be_term(after) or not s.texts[i + 2].islower():
            return ""
        if s.pos(i + 2) == "NOUN" or (s.pos(i + 2) == "VERB" and is_infinitive(after)):
            return f"{self._lemma(s, i, 'NOUN')} {s.forms[i + 1]} {after}"
        return ""


def _determined(sentence: Sentence, places: Sequence[int], i: int) -> bool:
    """Whether a determiner, or a preposition contracted with one, stands before a word."""
    return i > 0 and (places[i] != places[i - 1] + 1 or sentence.forms[places[i - 1]] in ("du", "des", "au", "aux"))


@dataclass(slots=True)
class Tally:
    """What was counted in a corpus, or a part of one.

    Attributes:
        counts: How often each term stood in each construction: term, part of speech, and how the construction is told.
        frequencies: How often each folded form stood there at all.
    """

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    frequencies: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.counts.update(other.counts)
        self.frequencies.update(other.frequencies)

    def to_record(self) -> dict[str, object]:
        """As an object of JSON."""
        return {"counts": [[*key, n] for key, n in sorted(self.counts.items())], "frequencies": dict(sorted(self.frequencies.items()))}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Tally:
        """Of what `to_record` made."""
        counts = Counter({(str(term), str(pos), str(says)): int(n) for term, pos, says, n in record["counts"]})
        return cls(counts, Counter({str(form): int(n) for form, n in record["frequencies"].items()}))


def in_constructions(tally: Tally, least: int = LEAST, patterns: Path | None = None) -> list[Candidate]:
    """Candidates of what was counted, with each construction and its count.

    Args:
        tally: Of `Constructions.tally`, the whole corpus.
        least: Times that a term must stand in a construction. In weak ones alone (« avec X ») it must be in two of them.
        patterns: The table of patterns; None for the shipped one.
    """
    strong = {pattern.says for pattern in load_patterns(PATTERNS if patterns is None else patterns) if pattern.strong}
    by_term: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (term, pos, says), n in tally.counts.items():
        by_term[term, pos][says] = n
    candidates = []
    for (term, pos), constructions in by_term.items():
        total = sum(constructions.values())
        if total < least or (len(constructions) < 2 and strong.isdisjoint(constructions)):
            continue
        if total >= SHARE * sum(tally.frequencies[form] for form in _forms(term, pos)):
            evidence = tuple(Evidence("corpus", f"« {says} », {_times(n)}") for says, n in constructions.items())
            candidates.append(Candidate(term, pos, evidence))
    return merge(candidates)


def _forms(term: str, pos: str) -> set[str]:
    """The forms of a term of one word; of a longer one none, for it is rare enough."""
    try:
        return set() if " " in term else {fold(form.text) for form in inflect(term, pos)}
    except ValueError:
        return {term}


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def batches(paths: Sequence[str | Path], say: Callable[[str], None], size: int = TOGETHER) -> Iterator[list[Path | None]]:
    """The files of a corpus, so many together that a batch is worth keeping; None for standard input.

    Args:
        paths: Files, folders, or ``-``.
        say: Is told what is not there.
        size: Bytes of a batch.
    """
    batch: list[Path | None] = []
    total = 0
    for found in find(paths, SUFFIXES, say):
        if isinstance(found, InputError):
            say(str(found))
            continue
        batch.append(found.path)
        total += found.path.stat().st_size if found.path is not None and found.path.is_file() else 0
        if total >= size or found.path is None:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def texts_of(paths: Iterable[Path | None], say: Callable[[str], None]) -> Iterator[str]:
    """The texts of files in any format that is read, streamed; what cannot be read is told, and the rest goes on."""
    for item in read(["-" if path is None else path for path in paths]):
        if isinstance(item, Account):
            yield item.text
        else:
            say(str(item))

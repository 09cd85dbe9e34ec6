"""All sources together: what they propose, without what the vocabulary has and what was refused before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from ressenti._version import __version__
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import VOCABULARY, Entry, load_vocabulary
from ressenti.vocab_builder.candidate import SOURCES, Candidate, Key, merge
from ressenti.vocab_builder.review.decisions import SHIPPED, Decision, latest, read_decisions
from ressenti.vocab_builder.seeds import Known, Seed, seeds, written
from ressenti.vocab_builder.sources.glosses import Reader, definitions, read_glosses, with_glosses
from ressenti.vocab_builder.sources.mythes import Sense, read_mythes
from ressenti.vocab_builder.sources.parts import Parts, digest
from ressenti.vocab_builder.sources.patterns import WORDS
from ressenti.vocab_builder.sources.thesaurus import Graph, synonyms


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came together.

    Attributes:
        candidates: Those that are left, merged.
        known: How many the vocabulary has already.
        refused: How many were decided to be not emotional.
    """

    candidates: Sequence[Candidate]
    known: int
    refused: int

    def report(self) -> Iterator[str]:
        """How many each source proposes, and how many two of them do, a line each."""
        counts = Counter(source for candidate in self.candidates for source in candidate.sources)
        pairs = Counter(pair for candidate in self.candidates for pair in combinations(candidate.sources, 2))
        for source in SOURCES:
            if counts[source]:
                shared = ", ".join(f"{pairs[_pair(source, other)]:,} with {other}" for other in SOURCES if pairs[_pair(source, other)])
                yield f"{source}: {counts[source]:,}" + (f" ({shared})" if shared else "")
        yield (
            f"{len(self.candidates):,} candidates; left out: {self.known:,} that the vocabulary has, "
            f"{self.refused:,} that were decided to be not emotional"
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to look in.

    Attributes:
        thesaurus: A file in MyThes form.
        glosses: A dictionary.
        corpus: Files, folders, or ``-``.
        least: Times that a term of the corpus must stand in a construction of emotion.
        wordnet: Language of the Open Multilingual Wordnet.
        nltk_data: Where NLTK's data are; None for where NLTK looks.
        neighbours: An encoder, as ``open_encoder`` takes it.
        index: Where the index of the neighbours is kept; None to make it each time.
        vocabulary: The table to grow; None for the shipped one.
        decisions: The record of decisions; None for the shipped one.
    """

    thesaurus: Path | None = None
    glosses: Path | None = None
    corpus: Sequence[str] = ()
    least: int = 2
    wordnet: str | None = None
    nltk_data: Path | None = None
    neighbours: str | None = None
    index: Path | None = None
    vocabulary: Path | None = None
    decisions: Path | None = None


def gather(inputs: Inputs, say: Callable[[str], None], output: Path | None = None) -> tuple[Gathered, Parts]:
    """Ask all sources.

    Args:
        inputs: What to look in.
        say: Is told what cannot be read of a corpus.
        output: Where the result will go: beside it is kept what was counted in a corpus, until the caller drops it.

    Raises:
        RessentiError: A file cannot be used, or what a source needs is not there.
    """
    emotions = load_emotions()
    entries = load_vocabulary(inputs.vocabulary, emotions)
    decisions = read_decisions(inputs.decisions or SHIPPED, emotions)
    found, reader, parts = _ask(inputs, entries, emotions, say, output)
    gathered = _sift(found, Known(entries), decisions)
    if inputs.glosses and reader:
        gathered = replace(gathered, candidates=with_glosses(gathered.candidates, inputs.glosses, reader))
    return gathered, parts


def gather_known(inputs: Inputs, say: Callable[[str], None], output: Path | None = None) -> tuple[dict[Key, Candidate], Parts]:
    """Ask all sources what they say of the terms that the vocabulary has already.

    Args:
        inputs: What to look in; the record of decisions is not asked.
        say: Is told what cannot be read of a corpus.
        output: As in `gather`.

    Returns:
        Each way in which an entry is written, folded, and its part of speech, with what speaks for it, which may be nothing.

    Raises:
        RessentiError: A file cannot be used, or what a source needs is not there.
    """
    emotions = load_emotions()
    entries = load_vocabulary(inputs.vocabulary, emotions)
    found, reader, parts = _ask(inputs, entries, emotions, say, output)
    known = {(fold(term), entry.pos): Candidate(term, entry.pos, ()) for entry in entries for term in written(entry.term)}
    spoken = ((candidate, known.get((fold(candidate.term), candidate.pos))) for candidate in found)
    merged = merge([*known.values(), *(replace(candidate, term=ours.term) for candidate, ours in spoken if ours)])
    if inputs.glosses and reader:
        merged = with_glosses(merged, inputs.glosses, reader)
    return {(fold(candidate.term), candidate.pos): candidate for candidate in merged}, parts


def _ask(
    inputs: Inputs, entries: Sequence[Entry], emotions: Emotions, say: Callable[[str], None], output: Path | None
) -> tuple[list[Candidate], Reader | None, Parts]:
    accepted, parts = seeds(entries, emotions), Parts(output)
    senses = read_mythes(inputs.thesaurus) if inputs.thesaurus else []
    found: list[Candidate] = []
    graph = Graph(senses)
    found += synonyms(graph, accepted, emotions)
    reader = Reader(accepted) if inputs.glosses else None
    if inputs.glosses and reader:
        found += definitions(inputs.glosses, reader)
    if inputs.wordnet:
        from ressenti.vocab_builder.sources.wordnet import emotional_synsets

        found += emotional_synsets(emotions, inputs.wordnet, inputs.nltk_data)
    if inputs.corpus:
        terms = (term for _, term, _ in read_glosses(inputs.glosses)) if inputs.glosses else ()
        # Of the vocabulary all, not the seeds alone: « seul » has a condition, and is what « se sentir seule » says all the same
        ours = (term for entry in entries for term in written(entry.term))
        found += _of_corpus(inputs, _citation_forms(senses, (*terms, *ours, *(seed.term for seed in accepted))), parts, say)
    if inputs.neighbours:
        found += _near(inputs, graph, found, accepted, emotions)
    return found, reader, parts


def _of_corpus(inputs: Inputs, known: Collection[str], parts: Parts, say: Callable[[str], None]) -> list[Candidate]:
    from ressenti.rules.parser import load_parser
    from ressenti.vocab_builder.sources.corpus import PATTERNS, Constructions, Tally, batches, in_constructions, texts_of

    constructions: Constructions | None = None
    tally = Tally()
    settings = digest(filter(None, (inputs.thesaurus, inputs.glosses, inputs.vocabulary or VOCABULARY, PATTERNS, WORDS)), __version__)
    for files in batches(inputs.corpus, say):

        def count(files: Sequence[Path | None] = files) -> dict[str, object]:
            nonlocal constructions
            constructions = constructions or Constructions(load_parser(), known)
            return constructions.tally(texts_of(files, say)).to_record()

        paths = [path for path in files if path is not None]
        record = parts.keep(digest(paths, settings), count) if len(paths) == len(files) else count()
        tally.add(Tally.from_record(record))
    return in_constructions(tally, inputs.least)


def _near(inputs: Inputs, graph: Graph, found: Iterable[Candidate], accepted: Sequence[Seed], emotions: Emotions) -> list[Candidate]:
    from ressenti.vocab_builder.embedding import open_encoder
    from ressenti.vocab_builder.sources.neighbours import neighbours

    glosses = {candidate.key: candidate.gloss for candidate in found}
    terms, encoder = sorted(graph.links.keys() | glosses.keys()), open_encoder(inputs.neighbours or "light", thesaurus=inputs.thesaurus)
    return neighbours(terms, accepted, emotions, encoder, glosses=[glosses.get(key, "") for key in terms], kept=inputs.index)


def _pair(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one, other), key=SOURCES.index)
    return first, second


def _sift(candidates: Iterable[Candidate], known: Known, decisions: Iterable[Decision] = ()) -> Gathered:
    """Merge candidates and leave out what needs no decision.

    Args:
        candidates: Of all sources.
        known: The vocabulary.
        decisions: What was decided before; the last decision on a term counts.
    """
    refused = {(fold(term), pos) for (term, pos), decision in latest(decisions).items() if decision.decision == "not-emotional"}
    left, there, out = [], 0, 0
    for candidate in merge(candidates):
        if candidate.key in known:
            there += 1
        elif (fold(candidate.term), candidate.pos) in refused:
            out += 1
        else:
            left.append(candidate)
    return Gathered(left, there, out)


def _citation_forms(senses: Iterable[Sense], terms: Iterable[str] = ()) -> Collection[str]:
    """Words that are citation forms, as far as is known: the heads of a thesaurus and the terms of a dictionary, one word each."""
    found = {sense.head for sense in senses}
    found.update(terms)
    return {term for term in found if " " not in term and term == term.lower()}

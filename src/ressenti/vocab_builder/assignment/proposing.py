"""From candidates to proposals: everything that the step reads, and the rule that it applies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ressenti.errors import RessentiError
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.vocab_builder.assignment.anchors import accepted, background
from ressenti.vocab_builder.assignment.assigner import Assigner, propose, propose_by_tone
from ressenti.vocab_builder.assignment.views import Views
from ressenti.vocab_builder.candidate import Candidate
from ressenti.vocab_builder.embedding import Encoder, open_encoder
from ressenti.vocab_builder.embedding.thesaurus import thesaurus_in
from ressenti.vocab_builder.embedding.words import LONGEST_GLOSS
from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.review.decisions import ACCEPTING, Decision, latest
from ressenti.vocab_builder.seeds import written
from ressenti.vocab_builder.sources.glosses import read_glosses
from ressenti.vocab_builder.sources.mythes import find_thesaurus

RULES = ("ridge", "tone")
SENSES = 4
"""Glosses of a term that are read: the first senses."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What places are learnt from.

    Attributes:
        encoder: What turns terms into vectors.
        emotions: The tree.
        glosses: What a dictionary says of terms, by folded term.
        known: Terms with their emotions, and words with none.
    """

    encoder: Encoder
    emotions: Emotions
    glosses: Mapping[str, str]
    known: Mapping[str, Mapping[str, float]]

    def assigner(self) -> Assigner:
        """Our rule, learnt from what is known.

        Raises:
            RessentiError: No term of the vocabulary names an emotion.
        """
        if not any(self.known.values()):
            raise RessentiError("the vocabulary names no emotion by a word (mode labelled), so there is nothing to learn places from")
        return Assigner(Views(self.encoder, self.glosses, list(self.known)), self.known, self.emotions)


def default_backend(thesaurus: Path | None) -> str:
    """The encoder that is used unless the user names one: the sum where there is a thesaurus, else ``light``."""
    if thesaurus is None:
        try:
            find_thesaurus()
        except RessentiError:
            return "light"
    return "thesaurus+light"


def read_dictionary(path: Path | None) -> dict[str, str]:
    """Glosses by folded term, the first senses of each.

    Raises:
        DataError: File, line and reason.
    """
    found: dict[str, str] = {}
    if path is not None:
        for _, term, glosses in read_glosses(path):
            found.setdefault(fold(term), " | ".join(glosses[:SENSES])[:LONGEST_GLOSS])
    return found


def learn(
    encoder: Encoder, glosses: Mapping[str, str], *, vocabulary: Path | None = None, decisions: Iterable[Decision] = (),
    without: Collection[str] = (),
) -> Knowledge:  # fmt: skip
    """Gather what places are learnt from.

    Args:
        encoder: What turns terms into vectors.
        glosses: By folded term.
        vocabulary: A table; None for the shipped one.
        decisions: What was decided before: what was accepted says its emotion, what is not emotional says none.
        without: Folded terms that do not stand for words without emotion, such as those of a probe.
    """
    emotions = load_emotions()
    entries: Sequence[Entry] = load_vocabulary(vocabulary, emotions)
    known: dict[str, Mapping[str, float]] = dict(accepted(entries, emotions))
    refused = set()
    for (term, _), decision in latest(decisions).items():
        if decision.decision in ACCEPTING:
            known.setdefault(fold(term), {decision.emotion: 1.0})
        elif decision.decision == "not-emotional":
            refused.add(fold(term))
    graph = thesaurus_in(encoder)
    said = {fold(term) for entry in entries for term in written(entry.term)} | set(without) | known.keys()
    common: Iterable[str] = graph.synonyms if graph else glosses
    none = {*background(common, said, graph.synonyms if graph else None), *(refused - known.keys())}
    return Knowledge(encoder, emotions, glosses, {**known, **{term: {} for term in sorted(none)}})


def proposals(
    candidates: Sequence[Candidate], *, backend: str | None = None, rule: str = "ridge", thesaurus: Path | None = None,
    glosses: Path | None = None, vocabulary: Path | None = None, decisions: Iterable[Decision] = (), allow_network: bool = False,
    cache: Path | None = None, say: Callable[[str], None] = lambda message: None,
) -> list[Proposal]:  # fmt: skip
    """A place for each candidate, or none, in their order.

    Args:
        candidates: What was proposed.
        backend: An encoder, as `open_encoder` takes it; None for `default_backend`.
        rule: One of `RULES`.
        thesaurus: A thesaurus; None for an installed one.
        glosses: A dictionary, for the accepted terms too; None for the candidates' own glosses only.
        vocabulary: A table; None for the shipped one.
        decisions: What was decided before.
        allow_network: Whether a sentence model may be fetched.
        cache: Folder in which vectors are kept; None keeps none.
        say: Told what is used.

    Raises:
        RessentiError: Something that is named cannot be used; says what and why.
    """
    if not candidates:
        return []
    spec = backend or default_backend(thesaurus)
    say(f"encoder: {spec}" + ("" if glosses else "; no --glosses, so definitions of accepted terms are not known"))
    dictionary = read_dictionary(glosses)
    if dictionary:
        for candidate in candidates:
            if candidate.gloss:
                dictionary.setdefault(fold(candidate.term), candidate.gloss[:LONGEST_GLOSS])
    encoder = open_encoder(spec, thesaurus=thesaurus, allow_network=allow_network, cache=cache)
    if rule == "tone":
        return propose_by_tone(candidates, encoder, load_emotions(), dictionary)
    knowledge = learn(encoder, dictionary, vocabulary=vocabulary, decisions=decisions)
    return propose(candidates, knowledge.assigner())


def with_examples(found: Sequence[Proposal], corpus: Sequence[str], say: Callable[[str], None]) -> list[Proposal]:
    """Proposals with sentences of a corpus in which their terms stand."""
    from ressenti.vocab_builder.review.examples import find_examples

    sentences = find_examples([proposal.candidate.key for proposal in found], corpus, tell=say)
    return [replace(proposal, examples=sentences.get(proposal.candidate.key, ())) for proposal in found]

"""Candidates from a thesaurus: the synonyms of accepted terms, and theirs where several accepted terms of one primary lead there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold
from ressenti.vocab_builder.candidate import Candidate, Evidence, Key, merge
from ressenti.vocab_builder.seeds import Seed
from ressenti.vocab_builder.sources.citation import citation, possible_pos, without_pronoun
from ressenti.vocab_builder.sources.mythes import Sense

NAMES = {"NOUN": "Nom", "VERB": "Verbe", "ADJ": "Adjectif", "ADV": "Adverbe", "INTJ": "Interjection", "PHRASE": "Locution"}
NEAR = 4
"""Accepted terms of one primary that must lead to a term over two links before it is a candidate."""
CHANCE = 0.1
"""Chance that two links taken at random from it must have of leading to one of them."""


class Graph:
    """The terms of a thesaurus in their citation forms, by part of speech, and the links between them.

    Args:
        senses: Of :func:`~ressenti.vocab_builder.sources.mythes.read_mythes`.
    """

    def __init__(self, senses: Sequence[Sense]) -> None:
        named: dict[str, set[str]] = defaultdict(set)
        for sense in senses:
            named[sense.head] |= sense.pos
        self._named = named
        self._lemmas: dict[Key, str] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self.links: dict[Key, dict[Key, Sense]] = defaultdict(dict)
        """Term and part of speech to the terms and parts of speech it is linked with, and the sense that says so; both ways."""
        for sense in senses:
            heads = {pos: self.lemma(sense.head, pos) for pos in self._pos(sense.head)}
            for synonym in sense.synonyms:
                for pos in self._pos(synonym):
                    partner = heads.get(pos) or (heads.get("ADJ") if pos == "PHRASE" else heads.get("PHRASE") if pos == "ADJ" else None)
                    if partner is None or (lemma := self.lemma(synonym, pos)) == partner:
                        continue
                    head_pos = pos if pos in heads else "ADJ" if pos == "PHRASE" else "PHRASE"
                    self.links[partner, head_pos].setdefault((lemma, pos), sense)
                    self.links[lemma, pos].setdefault((partner, head_pos), sense)

    def lemma(self, form: str, pos: str) -> str:
        """Citation form of a head or synonym."""
        if (form, pos) not in self._lemmas:
            plain = without_pronoun(form) if pos == "VERB" else form
            self._lemmas[form, pos] = plain if " " in plain else citation(plain, pos, self._named)
        return self._lemmas[form, pos]

    def _pos(self, term: str) -> frozenset[str]:
        if term not in self._kinds:
            self._kinds[term] = frozenset() if _odd(term) else possible_pos(term, self._named.get(term, ()))
        return self._kinds[term]


def _odd(term: str) -> bool:
    """Names, abbreviations, and what is no word."""
    return len(term) < 2 or term != term.lower() or not all(c.isalpha() or c in " '’-" for c in term)


def synonyms(graph: Graph, seeds: Iterable[Seed], emotions: Emotions, near: int = NEAR) -> list[Candidate]:
    """The terms that are one link away from an accepted term, and those two links away from enough of them.

    Args:
        graph: Of a thesaurus.
        seeds: The accepted terms.
        emotions: The tree.
        near: Accepted terms of one primary that must lead to a term over two links.

    Returns:
        Candidates of which each piece of evidence names the accepted term, its part of speech and its sense, and speaks for its emotion;
        over two links, for the primary. Accepted terms themselves may be among them.
    """
    said: dict[Key, set[str]] = defaultdict(set)
    for seed in seeds:
        said[fold(seed.term), seed.pos].add(seed.emotion)
    found: list[Candidate] = []
    reached: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for term, pos in sorted(said.keys() & graph.links.keys()):
        primaries = {emotions.primary(key) for key in said[term, pos]}
        for (other, other_pos), sense in graph.links[term, pos].items():
            number = f", sense {sense.number}" if sense.number > 1 else ""
            detail = f"synonym of {term} ({NAMES[pos]}{number})"
            found.append(Candidate(other, other_pos, tuple(Evidence("thesaurus", detail, key) for key in sorted(said[term, pos]))))
            for primary in primaries:
                reached[other, other_pos][primary].add(term)
    found += _two_links(graph.links, reached, near)
    return merge(found)


def _two_links(links: Mapping[Key, Mapping[Key, Sense]], reached: Mapping[Key, Mapping[str, set[str]]], near: int) -> Iterator[Candidate]:
    """Terms from which two links, taken at random, lead to an accepted term of one primary more often than chance would have it."""
    for key in sorted(links.keys() - reached.keys()):
        behind: dict[str, set[str]] = defaultdict(set)
        between: dict[str, int] = defaultdict(int)
        chance: dict[str, float] = defaultdict(float)
        for partner in links[key]:
            for primary, terms in reached.get(partner, {}).items():
                behind[primary] |= terms
                between[primary] += 1
                chance[primary] += len(terms) / len(links[partner]) / len(links[key])
        for primary, terms in sorted(behind.items()):
            if len(terms) >= near and between[primary] > 1 and chance[primary] >= CHANCE:
                yield Candidate(*key, (Evidence("thesaurus", f"two links from {len(terms)} accepted terms of {primary}", primary),))

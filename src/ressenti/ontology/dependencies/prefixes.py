"""Opposites from the shape of French words: a word and its negation by prefix (« content » and « mécontent ») name two emotions.

Source: the negative prefixes of French as its grammars list them (M. Grevisse and A. Goosse, *Le Bon Usage*), in ``prefixes_fr.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ressenti.ontology.dependencies.lexicon import is_name
from ressenti.ontology.dependencies.records import Evidence, Keys, canonical
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.tables import read_table
from ressenti.ontology.vocabulary import Entry, load_vocabulary

CORPUS = "vocabulary_fr.tsv"


def negated(emotions: Emotions, entries: Sequence[Entry] | None = None) -> Iterator[Evidence]:
    """Opposites of which the vocabulary holds a word and its negation.

    Args:
        emotions: The emotions.
        entries: The vocabulary; by default the shipped one.
    """
    table = read_table(Path(__file__).with_name("prefixes_fr.tsv"), ("affirmed", "negated"))
    prefixes = [(row["affirmed"], row["negated"]) for _, row in table]
    by_term: dict[tuple[str, str], set[str]] = {}
    for entry in load_vocabulary() if entries is None else entries:
        if is_name(entry):
            by_term.setdefault((entry.term, entry.pos), set()).add(entry.emotion)
    found: dict[Keys, set[str]] = {}
    for (term, pos), named in by_term.items():
        for affirmed, negative in prefixes:
            other = negative + term.removeprefix(affirmed)
            if not term.startswith(affirmed) or (other, pos) not in by_term:
                continue
            for one in named:
                for two in by_term[other, pos]:
                    if one in emotions.lineage(two) or two in emotions.lineage(one):
                        continue
                    keys = canonical("opposite", (one, two), emotions)
                    found.setdefault(keys, set()).add("/".join((term, other)[:: 1 if keys[0] == one else -1]))
    for keys, pairs in found.items():
        yield Evidence("opposite", keys, "antonym-prefix", len(pairs), CORPUS, "; ".join(sorted(pairs)))

"""Candidates from a space of vectors: the terms of a list that lie nearest to accepted terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.emotions import Emotions
from ressenti.vocab_builder.candidate import Candidate, Evidence, Key, merge
from ressenti.vocab_builder.embedding import Encoder
from ressenti.vocab_builder.embedding.index import Index
from ressenti.vocab_builder.seeds import Seed

NEAREST = 20
"""Neighbours of each accepted term that are looked at."""
LEAST = 0.7
"""Cosine that a neighbour must have."""


def neighbours(
    terms: Sequence[Key],
    seeds: Iterable[Seed],
    emotions: Emotions,
    encoder: Encoder,
    *,
    glosses: Sequence[str] | None = None,
    nearest: int = NEAREST,
    least: float = LEAST,
    kept: Path | None = None,
) -> list[Candidate]:
    """The terms that are near an accepted term of the same part of speech.

    Args:
        terms: What may be proposed: the heads of a thesaurus, or the terms of a dictionary, with their parts of speech.
        seeds: The accepted terms.
        emotions: The tree.
        encoder: Whose space it is.
        glosses: What a dictionary says of each of the terms, for encoders that use it.
        nearest: Neighbours of each accepted term that are looked at.
        least: Cosine that a neighbour must have.
        kept: Where the index of the terms is kept: made there when it is missing, used when it is there.

    Returns:
        Candidates of which each piece of evidence names the nearest accepted term of one primary, and the cosine.

    Raises:
        DataError: The index that was kept is of another encoder or of other terms, or is not whole.
        OutputError: It cannot be kept there.
        RessentiError: FAISS is not installed.
    """
    accepted = sorted({(seed.term, seed.pos, seed.emotion) for seed in seeds})
    if not terms or not accepted:
        return []
    index = _index([term for term, _ in terms], encoder, glosses, kept)
    places, cosines = index.search(encoder.encode([term for term, _, _ in accepted]), nearest)
    best: dict[tuple[Key, str], tuple[float, str, str]] = {}
    for (term, pos, emotion), row, near in zip(accepted, places.tolist(), cosines.tolist(), strict=True):
        for place, cosine in zip(row, near, strict=True):
            if place < 0 or cosine < least:
                continue
            key = terms[place]
            if key[1] != pos or key[0] == term:
                continue
            here = key, emotions.primary(emotion)
            if here not in best or (-cosine, term) < (-best[here][0], best[here][1]):
                best[here] = cosine, term, emotion
    return merge(
        Candidate(*key, (Evidence("neighbour", f"{cosine:.2f} from {term} ({encoder.name})", emotion),))
        for (key, _), (cosine, term, emotion) in best.items()
    )


def _index(words: Sequence[str], encoder: Encoder, glosses: Sequence[str] | None, kept: Path | None) -> Index:
    if kept is not None and Index.there(kept):
        index = Index.open(kept, encoder)
        if index.terms != list(words):
            raise DataError(kept, None, "is an index of other terms, of another thesaurus or dictionary; remove it, or name another file")
        return index
    index = Index.build(words, encoder, encoder.encode(words, glosses))
    if kept is not None:
        index.save(kept)
    return index

"""What turns terms into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ressenti.vocab_builder.embedding.vectors import Matrix


class Encoder(Protocol):
    """What turns terms into vectors.

    Attributes:
        name: As a user names it, without a path: ``light``, ``thesaurus``, ``sentence``.
        revision: What pins the vectors down: package version, model hash, file hash. Two encoders with the same name and revision give
            the same vectors.
        dimension: Length of a vector.
    """

    @property
    def name(self) -> str: ...
    @property
    def revision(self) -> str: ...
    @property
    def dimension(self) -> int: ...

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """Vectors of terms.

        Args:
            terms: Citation forms, one or several words each.
            glosses: A dictionary's words on each, empty where there are none; a backend may leave them out of account.

        Returns:
            Shape (terms, dimension), each row of length 1, or 0 throughout for a term that the backend does not know.
        """
        ...

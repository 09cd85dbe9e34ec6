"""Terms as vectors: one small interface, several backends, and sums of them.

``light`` installs with the core and needs no torch; ``thesaurus:FILE`` is the graph of a thesaurus, a sparse SVD of it;
``sentence:MODEL`` is any sentence-transformers model (extra ``[neural]``). Several are joined by ``+``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


class Encoder(Protocol):
    """What turns terms into vectors.

    Attributes:
        name: As a user names it, without a path: ``light``, ``thesaurus``, ``sentence``.
        revision: What pins the vectors down: package version, model hash, file hash. Two encoders with the same name and revision give
            the same vectors.
        dimension: Length of a vector.
    """

    name: str
    revision: str
    dimension: int

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """Vectors of terms.

        Args:
            terms: Citation forms, one or several words each.
            glosses: A dictionary's words on each, empty where there are none; a backend may leave them out of account.

        Returns:
            Shape (terms, dimension), each row of length 1, or 0 throughout for a term that the backend does not know.
        """
        ...

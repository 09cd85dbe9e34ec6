"""The parser's token vectors, the same numbers at less than half the cost.

spaCy computes them in two steps (:class:`spacy.MultiHashEmbed` with static vectors, then :class:`spacy.MaxoutWindowEncoder`). The first
looks at one word alone, so what it says of a word is kept; the second looks at neighbours, and is written here as four plain matrix
products over a whole batch. Both use the model's own weights; the result differs from spaCy's by rounding (about 1e-5) and the parses are
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, NORM, ORTH, PREFIX, SHAPE, SPACY, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

Floats = NDArray[np.float32]
WORDS = 1 << 15
"""Words that are kept (12 MiB); when as many are known all are forgotten."""

_COLUMNS = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
_TO_READ = [ORTH, NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE]
_KEY = [0, 1, 5]
"""Of these the columns that tell two words apart: its form, its norm, and whether a space follows; the others follow from the form."""
_ROWS = 64
"""Fewer rows are multiplied in another way, which rounds otherwise: a word's vector would depend on with which others it was met first."""


class TokenVectors:
    """Stands in for the model of a pipeline's ``tok2vec``.

    Args:
        model: That model.

    Raises:
        LookupError: It is not built as this class expects.
    """

    def __init__(self, model: Any) -> None:
        self.ops = model.ops
        self._model = model
        embed, encode = model.layers
        hashed, self._static = embed.layers[0].layers
        if list(_named(hashed, "extract_features").attrs["columns"]) != _COLUMNS:
            raise LookupError("other features")
        self._hashed = hashed.layers[2].layers[0]
        self._mix = embed.layers[1].layers[0]
        self._pad = int(encode.attrs["pad"])
        self._layers = [_Layer(layer) for layer in encode.layers[0].layers]
        self.width = int(model.get_dim("nO"))
        self._known: dict[tuple[int, int, int], int] = {}
        self._rows: Floats = np.zeros((0, self.width), dtype=np.float32)

    def get_dim(self, name: str) -> int:
        """A dimension, as thinc's models tell it."""
        return int(self._model.get_dim(name))

    def predict(self, docs: Sequence[Doc]) -> list[Floats]:
        """For each document its tokens' vectors, (tokens, width)."""
        read = np.concatenate([doc.to_array(_TO_READ).reshape(-1, len(_TO_READ)) for doc in docs])
        lengths = [len(doc) for doc in docs]
        # As thinc does: documents one after the other, with as many empty rows around each as the layers look far
        starts = np.cumsum([self._pad, *(length + self._pad for length in lengths)])[: len(docs)]
        places = np.repeat(starts - np.cumsum([0, *lengths])[: len(docs)], lengths) + np.arange(len(read))
        x: Floats = np.zeros((len(read) + self._pad * (len(docs) + 1), self.width), dtype=np.float32)
        x[places] = self._words(docs[0].vocab.vectors, read)
        window = np.zeros((len(x), 3 * self.width), dtype=np.float32)
        for layer in self._layers:
            layer.add_to(x, window)
        return [x[start : start + length] for start, length in zip(starts.tolist(), lengths, strict=True)]

    def _words(self, vectors: Any, read: NDArray[np.uint64]) -> Floats:
        keys: list[tuple[int, int, int]] = list(zip(*read[:, _KEY].T.tolist(), strict=True))
        known = self._known
        if len(known) > WORDS:
            known.clear()
        new = {key: i for i, key in enumerate(keys) if key not in known}
        if new:
            computed = self._compute(vectors, read[list(new.values())])
            first = len(known)
            if first + len(new) > len(self._rows):
                grown = np.zeros((max(first + len(new), min(2 * len(self._rows), WORDS), 1 << 12), self.width), dtype=np.float32)
                grown[:first] = self._rows[:first]
                self._rows = grown
            self._rows[first : first + len(new)] = computed
            known.update(zip(new, range(first, first + len(new)), strict=True))
        return self._rows[[known[key] for key in keys]]

    def _compute(self, vectors: Any, read: NDArray[np.uint64]) -> Floats:
        """The first step for words not seen before."""
        words = len(read)
        if words < _ROWS:
            read = np.concatenate([read, np.repeat(read[:1], _ROWS - words, axis=0)])
        at = vectors.find(keys=read[:, 0])
        static = vectors.data[at]
        static[at < 0] = 0
        embedded = [self._hashed.predict(np.ascontiguousarray(read[:, 1:])), static @ self._static.get_param("W").T]
        found: Floats = self._mix.predict(np.hstack(embedded))
        return found[:words]


class _Layer:
    """One residual layer: a window of three tokens, the greatest of three pieces, a layer norm."""

    def __init__(self, layer: Any) -> None:
        maxout, norm = _named(layer, "maxout"), _named(layer, "layernorm")
        w, b = maxout.get_param("W"), maxout.get_param("b")
        out, pieces, inside = w.shape
        if pieces != 3 or inside != 3 * out:
            raise LookupError("another window")
        # Piece by piece, not output by output: the greatest of the three is then taken of whole blocks
        self._w = np.ascontiguousarray(w.transpose(1, 0, 2).reshape(pieces * out, inside).T)
        self._b = np.ascontiguousarray(b.T).reshape(pieces * out)
        self._gain, self._shift = norm.get_param("G"), norm.get_param("b")
        self._out = out

    def add_to(self, x: Floats, window: Floats) -> None:
        """Add the layer's output to ``x``, (tokens, width), in place; ``window``, three times as wide, is overwritten."""
        n = self._out
        window[1:, :n], window[:, n : 2 * n], window[:-1, 2 * n :] = x[:-1], x, x[1:]
        y = window @ self._w
        y += self._b
        z = np.maximum(y[:, :n], y[:, n : 2 * n])
        np.maximum(z, y[:, 2 * n :], out=z)
        z -= z.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", z, z) / np.float32(n) + np.float32(1e-8)
        z *= (variance ** np.float32(-0.5))[:, None]
        z *= self._gain
        z += self._shift
        x += z


def _named(model: Any, name: str) -> Any:
    return next(node for node in model.walk() if node.name == name)


def use_token_vectors(nlp: Language) -> bool:
    """Let a pipeline compute its token vectors so; False, and nothing changed, where its model is built in another way."""
    pipe: Any = nlp.get_pipe("tok2vec")
    try:
        ours = TokenVectors(pipe.model)
        probe = [nlp.make_doc("Je n'ai pas peur."), nlp.make_doc("Oui")]
        same = all(np.allclose(a, b, atol=1e-3) for a, b in zip(ours.predict(probe), pipe.model.predict(probe), strict=True))
    except (LookupError, ValueError, AttributeError, TypeError, StopIteration):
        return False
    if same:
        pipe.model = ours
    return same

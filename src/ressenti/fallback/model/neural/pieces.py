"""What the neural model sees of a passage: its words as word pieces, and its neighbours as a second segment.

Where cues are masked, each of their words is the tokenizer's mask: the encoder has learnt to read around it. What the rules found is not
shown, masked or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ressenti.errors import RessentiError
from ressenti.fallback.passages import Context, Passage

_WORD = re.compile(r"\w+")
_NEAR = 30
"""So many words of a neighbour are seen, those that are nearest."""
_ROOM = 8
"""Word pieces that must be left for the neighbours to be seen at all."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A passage as numbers of word pieces.

    Attributes:
        ids: int32 [pieces].
        types: int32 [pieces], 0 for the first segment and 1 for the second, as far as the encoder tells them apart.
        own: bool [pieces], which are of the passage itself: what is said of it is the mean over these.
    """

    ids: NDArray[np.int32]
    types: NDArray[np.int32]
    own: NDArray[np.bool_]


def cut(tokenizer: Any, contexts: Sequence[Context], masked: Sequence[bool] | NDArray[np.bool_], longest: int) -> list[Pieces]:
    """Passages as word pieces.

    Args:
        tokenizer: A fast one of transformers.
        contexts: The passages between their neighbours.
        masked: Of each, whether its cues are masked.
        longest: How many pieces at most; a passage that fills them is seen without its neighbours, and its end is not seen.

    Raises:
        RessentiError: The tokenizer fails.
    """
    mask = tokenizer.mask_token or tokenizer.unk_token or ""
    separator = f" {tokenizer.sep_token or '…'} "
    own = [said(passage, mask if hide else None) for (_, passage, _), hide in zip(contexts, masked, strict=True)]
    near = [separator.join((_last(before), _first(after))) for before, _, after in contexts]
    try:
        sizes = [len(ids) for ids in tokenizer(own, add_special_tokens=False, verbose=False)["input_ids"]] if own else []
        room = longest - tokenizer.num_special_tokens_to_add(pair=True) - _ROOM
        found: list[Pieces | None] = [None] * len(own)
        for alone in (False, True):
            chosen = [k for k, size in enumerate(sizes) if (size > room) is alone]
            if not chosen:
                continue
            encoded = tokenizer(
                [own[k] for k in chosen], None if alone else [near[k] for k in chosen], max_length=longest,
                truncation=True if alone else "only_second", return_token_type_ids=True, verbose=False,
            )  # fmt: skip
            for number, k in enumerate(chosen):
                found[k] = _pieces(encoded, number)
    except Exception as error:  # noqa: BLE001 -- of a library in another language; what it says may hold words of the account
        raise RessentiError(f"the tokenizer of the encoder fails ({type(error).__name__}); its files are damaged") from None
    return [pieces for pieces in found if pieces is not None]


def said(passage: Passage, mask: str | None) -> str:
    """The words of a passage; those of its cues are ``mask``, one each, unless it is None."""
    if mask is None:
        return passage.text
    text, start = passage.text, passage.span[0]
    spans = sorted({(max(low - start, 0), max(high - start, 0)) for m in passage.mentions for low, high in m.cue}, reverse=True)
    words = sorted({word.span() for word in _WORD.finditer(text) if any(low < word.end() and word.start() < high for low, high in spans)})
    for low, high in reversed(words):
        text = text[:low] + mask + text[high:]
    return text


def _pieces(encoded: Any, number: int) -> Pieces:
    sequences = encoded.sequence_ids(number)
    own = np.array([sequence == 0 for sequence in sequences], bool)
    if not own.any():  # nothing that the tokenizer knows, such as a sentence of control characters
        own[:] = True
    return Pieces(np.array(encoded["input_ids"][number], np.int32), np.array(encoded["token_type_ids"][number], np.int32), own)


def _last(passage: Passage | None) -> str:
    return " ".join(passage.text.split()[-_NEAR:]) if passage else ""


def _first(passage: Passage | None) -> str:
    return " ".join(passage.text.split()[:_NEAR]) if passage else ""

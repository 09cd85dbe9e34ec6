"""The sentence encoder with a real model: a BERT of one layer with drawn weights, built here; skipped without sentence-transformers."""

from __future__ import annotations

import json
import shutil
import socket
import string
import sys
import warnings

import numpy as np
import pytest
from click.testing import CliRunner

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its own imports
    sentence_transformers = pytest.importorskip("sentence_transformers", exc_type=ImportError)

import torch

from ressenti.cli import cli
from ressenti.errors import RessentiError
from ressenti.vocab_builder.candidate import Candidate, Evidence, write_candidates
from ressenti.vocab_builder.embedding import open_encoder
from ressenti.vocab_builder.embedding.sentence import BATCH, Sentence

pytestmark = pytest.mark.filterwarnings("ignore:::(torch|transformers|sentence_transformers|huggingface_hub)")

PIECES = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "peur", "joie", "colère", *string.ascii_lowercase, *":,'",
    *(f"##{letter}" for letter in string.ascii_lowercase),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        bert = BertModel(
            BertConfig(vocab_size=len(PIECES), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
        )
    bert.save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    model = SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(32, "mean")], device="cpu")
    model.save_pretrained(str(folder / "tiny"))
    return folder


@pytest.fixture
def tiny(built, tmp_path):
    """A copy that a test may spoil."""
    return shutil.copytree(built / "tiny", tmp_path / "tiny")


@pytest.fixture
def hub(tiny, tmp_path, monkeypatch):
    """The local cache of the hub, with the model in it as somebody/tiny."""
    import huggingface_hub.constants

    owned = tmp_path / "hub" / "models--somebody--tiny"
    shutil.copytree(tiny, owned / "snapshots" / ("0" * 40))
    (owned / "refs").mkdir()
    (owned / "refs" / "main").write_text("0" * 40)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return owned


@pytest.fixture
def asked(monkeypatch):
    """Addresses that somebody tried to reach: none can be."""
    tried = []

    def refuse(*address, **_):
        tried.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def save(path, **changed):
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


def test_terms_are_encoded_with_their_glosses(built, capfd):
    encoder = open_encoder(f"sentence:{built / 'tiny'}")
    vectors = encoder.encode(["peur", "Peur", "joie", "peur"], ["", "", "", "colère"])
    assert vectors.shape == (4, encoder.dimension) == (4, 32) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[1]) and not np.allclose(vectors[0], vectors[3])
    assert np.allclose(vectors[3], encoder.encode(["peur : colère"])[0], atol=1e-5)
    assert encoder.encode([]).shape == (0, 32)
    assert capfd.readouterr() == ("", "")  # no bars among the user's data


def test_the_device_is_the_one_asked_for_or_a_gpu(built):
    usual = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    assert Sentence(str(built / "tiny"))._model.device.type == usual
    assert Sentence(str(built / "tiny"), device="cpu")._model.device.type == "cpu"
    with pytest.raises(RessentiError, match=r"cannot be loaded .*toaster"):
        Sentence(str(built / "tiny"), device="toaster")


def test_the_revision_follows_what_changes_the_vectors(tiny, tmp_path):
    first = open_encoder(f"sentence:{tiny}")
    (tiny / "README.md").write_text("Other words.")
    again = open_encoder(f"sentence:{tiny}")
    assert again.revision == first.revision
    save(tiny / "1_Pooling" / "config.json", pooling_mode="max")
    other = open_encoder(f"sentence:{tiny}")
    assert other.revision != first.revision and not np.allclose(other.encode(["peur"]), first.encode(["peur"]))
    no_numbers(tiny, -1)
    assert open_encoder(f"sentence:{tiny}").revision not in (first.revision, other.revision)


def test_weights_that_are_lacking_are_the_same_each_time(tiny):
    from safetensors.torch import load_file, save_file

    weights = load_file(tiny / "model.safetensors")
    save_file({k: v for k, v in weights.items() if "word_embeddings" not in k}, tiny / "model.safetensors", {"format": "pt"})
    one = open_encoder(f"sentence:{tiny}")
    before = torch.manual_seed(4).get_state()
    other = open_encoder(f"sentence:{tiny}")
    assert np.array_equal(one.encode(["peur"]), other.encode(["peur"]))
    assert torch.equal(torch.get_rng_state(), before)  # nobody else's numbers change


def test_half_precision_is_whole_on_a_cpu(tiny):
    from safetensors.torch import load_file, save_file

    save_file({k: v.bfloat16() for k, v in load_file(tiny / "model.safetensors").items()}, tiny / "model.safetensors", {"format": "pt"})
    save(tiny / "config.json", dtype="bfloat16")
    encoder = Sentence(str(tiny), device="cpu")
    assert encoder._model.dtype == torch.float32
    assert np.allclose(np.linalg.norm(encoder.encode(["peur", "joie"]), axis=1), 1, atol=1e-5)


class Full:
    """A model on a device that has no memory for more than so many terms at a time."""

    def __init__(self, model, most, error):
        self.model, self.most, self.error, self.batches = model, most, error, []

    def encode(self, said, batch_size, **options):
        self.batches.append(batch_size)
        if batch_size > self.most:
            raise self.error
        return self.model.encode(said, batch_size=batch_size, **options)


@pytest.mark.parametrize(
    "error",
    [torch.OutOfMemoryError(), torch.OutOfMemoryError("CUDA out of memory."), RuntimeError("MPS backend out of memory"),
     RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"), MemoryError()],
)  # fmt: skip
def test_the_batch_is_halved_while_there_is_no_memory(built, error):
    encoder = Sentence(str(built / "tiny"))
    expected = encoder.encode(["peur", "joie"])
    encoder._model = full = Full(encoder._model, 50, error)
    assert np.allclose(encoder.encode(["peur", "joie"]), expected, atol=1e-5)
    encoder.encode(["joie"])
    assert full.batches == [BATCH, BATCH // 2, BATCH // 4, BATCH // 8, BATCH // 8]  # and stays so


@pytest.mark.parametrize(
    ("error", "told"), [(torch.OutOfMemoryError(), "no memory for a single term"), (RuntimeError("a kernel failed"), "a kernel failed")]
)
def test_what_no_halving_helps_is_told(built, error, told):
    encoder = Sentence(str(built / "tiny"))
    encoder._model = Full(encoder._model, 0, error)
    with pytest.raises(RessentiError, match=told):
        encoder.encode(["peur"])


def no_folder(tiny):
    shutil.rmtree(tiny)


def no_model(tiny):
    (tiny / "modules.json").unlink()


def cut_short(tiny):
    weights = tiny / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])


def no_weights(tiny):
    (tiny / "model.safetensors").unlink()


def pickled(tiny):
    from safetensors.torch import load_file

    torch.save(load_file(tiny / "model.safetensors"), tiny / "pytorch_model.bin")
    (tiny / "model.safetensors").unlink()


def pickled_part(tiny):
    from sentence_transformers.sentence_transformer.modules import Dense

    (tiny / "2_Dense").mkdir()
    (dense := Dense(32, 8)).save(str(tiny / "2_Dense"))
    (tiny / "2_Dense" / "model.safetensors").unlink()
    torch.save(dense.state_dict(), tiny / "2_Dense" / "pytorch_model.bin")
    modules = json.loads((tiny / "modules.json").read_text())
    modules.append({"idx": 2, "name": "2", "path": "2_Dense", "type": f"{Dense.__module__}.Dense"})
    (tiny / "modules.json").write_text(json.dumps(modules))


def pickled_by_name(tiny):
    from safetensors.torch import load_file

    torch.save(weights := load_file(tiny / "model.safetensors"), tiny / "weights.pt")
    (tiny / "model.safetensors").unlink()
    index = {"metadata": {}, "weight_map": dict.fromkeys(weights, "weights.pt")}
    (tiny / "model.safetensors.index.json").write_text(json.dumps(index))


def other_words(tiny):
    (tiny / "modules.json").write_text("{nonsense")


def other_sizes(tiny):
    save(tiny / "config.json", vocab_size=7)


def no_numbers(tiny, times=float("nan")):
    from safetensors.torch import load_file, save_file

    save_file({k: v * times for k, v in load_file(tiny / "model.safetensors").items()}, tiny / "model.safetensors", {"format": "pt"})


def own_code(tiny):
    (tiny / "own.py").write_text(f"import pathlib\npathlib.Path({str(tiny / 'ran')!r}).touch()\nclass Own: pass\n")
    modules = json.loads((tiny / "modules.json").read_text())
    modules[1]["type"] = "own.Own"
    (tiny / "modules.json").write_text(json.dumps(modules))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (no_folder, "no such folder"),
        (no_model, "no sentence-transformers model"),
        (cut_short, r"cannot be loaded \(SafetensorError"),
        (no_weights, "cannot be loaded"),
        (pickled, "pickled weights can run code"),
        (pickled_part, "weights are pickled"),
        (pickled_by_name, "weights are pickled"),
        (other_words, "cannot be loaded"),
        (other_sizes, "cannot be loaded"),
        (no_numbers, "^[^(]*gives vectors that are no numbers"),
        (own_code, r"cannot be loaded .*own\.Own"),
    ],
)
def test_a_broken_model_is_told(tiny, asked, spoil, told):
    spoil(tiny)
    with pytest.raises(RessentiError, match=told):
        open_encoder(f"sentence:{tiny}", allow_network=True)
    assert not asked and not (tiny / "ran").exists()


@pytest.mark.parametrize(("name", "meant"), [("nobody/nothing", "nobody/nothing"), ("nothing", "sentence-transformers/nothing")])
def test_a_name_is_not_asked_for_unless_the_network_is_allowed(hub, asked, name, meant):
    with pytest.raises(RessentiError, match=f"sentence:{meant} is not on this machine; --allow-network"):
        open_encoder(f"sentence:{name}")
    assert not asked
    with pytest.raises(RessentiError, match="cannot be fetched"):
        open_encoder(f"sentence:{name}", allow_network=True)
    assert asked


def test_a_model_in_the_local_cache_needs_no_network(hub, asked, tiny):
    encoder = open_encoder("sentence:somebody/tiny")
    assert np.array_equal(encoder.encode(["peur"]), open_encoder(f"sentence:{tiny}").encode(["peur"]))
    assert encoder.revision.startswith("somebody/tiny sha256 ")
    pickled(hub / "snapshots" / ("0" * 40))
    with pytest.raises(RessentiError, match="pickled weights can run code"):
        open_encoder("sentence:somebody/tiny")
    assert not asked


def test_an_old_release_and_a_broken_one_are_told(built, monkeypatch):
    monkeypatch.setattr("ressenti.pretrained.version", lambda package: "5.6.0")
    with pytest.raises(RessentiError, match=r"sentence-transformers 5\.6\.0 runs code .* 6\.0 or later"):
        open_encoder(f"sentence:{built / 'tiny'}")

    class Broken:
        def find_spec(self, name, *_):
            if name == "sentence_transformers":
                raise ImportError("libcudnn.so.9: cannot open shared object file")

    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "sentence_transformers")
    with pytest.raises(RessentiError, match=r"does not start \(ImportError: libcudnn"):
        open_encoder(f"sentence:{built / 'tiny'}")


@pytest.mark.parametrize(("sum_of", "rule"), [("", "ridge"), ("light+", "tone")])
def test_propose_places_candidates_and_goes_on_from_what_is_kept(built, tmp_path, sum_of, rule):
    said = [Candidate(term, "NOUN", (Evidence("manual", "heard"),)) for term in ("peur bleue", "grande joie", "colère noire")]
    (tmp_path / "candidates.jsonl").write_text(write_candidates(said), encoding="utf-8")
    output, cache = tmp_path / "proposals.jsonl", tmp_path / "cache"

    def run():
        done = CliRunner().invoke(cli, [
            "vocab", "propose", str(tmp_path / "candidates.jsonl"), "-o", str(output), "--cache", str(cache), "--rule", rule,
            "--backend", f"{sum_of}sentence:{built / 'tiny'}",
        ])  # fmt: skip
        assert done.exit_code == 0, done.output
        return output.read_bytes(), {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}

    first = run()
    assert run() == first and len(first[0].splitlines()) == 3 and first[1]

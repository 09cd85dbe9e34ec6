"""The neural model with a real encoder: a BERT of one layer with drawn weights, built here; skipped without sentence-transformers."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import shutil
import sys
import warnings

import numpy as np
import pytest

from ressenti.errors import DataError, OutputError, RessentiError
from ressenti.fallback.labels import EMOTION, shipped_labels
from ressenti.fallback.model.bags import Bags
from ressenti.fallback.model.file import save
from ressenti.fallback.model.opening import open_model
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.model.teaching import Lesson
from ressenti.fallback.passages import Passage, contexts
from ressenti.schema import Mention, Narrative

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its own imports
    pytest.importorskip("sentence_transformers", reason="the extra [neural] is not installed", exc_type=ImportError)

import torch

from ressenti.fallback.model.neural import NeuralSettings, load_neural, save_neural, teach_neural
from ressenti.fallback.model.neural.pieces import cut, said
from ressenti.fallback.model.neural.products import times_on

pytestmark = pytest.mark.filterwarnings("ignore:::(torch|transformers|sentence_transformers|huggingface_hub)")

WORDS = "pleure rit porte rue mère nuit mange dort court le la une dans et".split()
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "peur", *WORDS]
JOY = "joy"
QUICK = NeuralSettings(masked=0, evidence=5, epochs=8, batch=16, rate=1e-2, head_rate=1e-2, longest=48, every=5, device="cpu")
KEPT = ("head.safetensors", "encoder/model.safetensors", "words.zip")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        bert = BertModel(
            BertConfig(vocab_size=len(PIECES), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
        )
    bert.save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def lesson():
    """Sentences that weep show an emotion, those that laugh joy; of a third of them nothing is known."""
    drawn, index = random.Random(5), shipped_labels().index
    found, said = [], []
    for number in range(60):
        sentences = [" ".join(drawn.choices(WORDS, k=6)) + " ." for _ in range(3)]
        text = " ".join(f"{sentence[0].upper()}{sentence[1:]}" for sentence in sentences)
        found += list(contexts([Narrative(f"n{number}", text)]))
    targets, known = np.zeros((2, len(found), len(index)), np.float32)
    for row, (_, passage, _) in enumerate(found):
        said = passage.text.lower()
        known[row, [index[EMOTION], index[JOY]]] = 0.0 if row % 3 == 2 else 0.5
        targets[row, index[EMOTION]], targets[row, index[JOY]] = "pleure" in said, "rit" in said
    return Lesson(found, targets, known)


@pytest.fixture(scope="module")
def taught(tiny, lesson, tmp_path_factory):
    folder, told = tmp_path_factory.mktemp("taught") / "model", []
    return teach_neural(lesson, "toy", str(tiny), QUICK, folder=folder, tell=told.append), folder, told


def test_more_sentences_a_step_go_farther() -> None:
    assert NeuralSettings().most == pytest.approx(3e-5)
    assert NeuralSettings(batch=128).most == pytest.approx(6e-5)
    assert NeuralSettings(batch=128, rate=1e-4).most == 1e-4


def test_it_learns_what_can_be_told_apart_also_where_nothing_was_known(taught, lesson):
    model, _, _ = taught
    assert model.labels == (EMOTION, JOY)
    probabilities = Fallback(model).probabilities(lesson.contexts)
    index = shipped_labels().index
    for column, label in enumerate(model.labels):
        true = lesson.targets[:, index[label]] > 0.5
        if label == JOY:
            true &= lesson.targets[:, index[EMOTION]] > 0.5  # none is more probable than the one above it
        assert ((probabilities[:, column] > 0.5) == true).mean() > 0.95
    assert (model.thresholds > 0).all() and (model.thresholds < 1).all()


def test_what_is_told_and_kept(taught):
    _, folder, told = taught
    assert "float" in told[0] and "sentences a second" in told[-1] and any("without the part" in line for line in told)
    assert not any("pleure" in line for line in told)
    about = json.loads((folder / "model.json").read_text())
    assert about["dtype"] in told[0] and about["device"].startswith("cpu") and about["sentences a second"] > 0
    assert about["passages"] == 180 and 0 < about["kept back"] < 90 and about["encoder"].startswith("tiny")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".md", ".txt", ".zip"}
    assert not list(folder.glob("checkpoint*"))
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600} and folder.stat().st_mode & 0o777 == 0o700


def test_it_loads_again(taught, lesson):
    model, folder, _ = taught
    again = open_model(folder)
    assert (again.name, again.labels) == ("toy", model.labels) and again.card.startswith("# toy")
    assert np.array_equal(again.curves, model.curves) and np.array_equal(again.thresholds, model.thresholds)
    found = lesson.contexts[:9]
    assert np.allclose(again.logits(found), model.logits(found), atol=1e-5) and again.logits([]).shape == (0, 2)
    assert np.allclose(again.logits(found)[4], again.logits(found[4:5])[0], atol=1e-5)  # others in the batch change nothing


def test_it_speaks_where_the_rules_are_silent(taught):
    model, _, _ = taught
    narrative = Narrative("n", "Le mère rit pleure et dort. Une rue dans la nuit.")
    (mention,) = Fallback(model)(narrative).mentions
    assert (mention.emotion, mention.source, mention.cue) == (JOY, "model:toy", ((0, 27),))


def test_a_model_is_saved_with_another_card(taught, tmp_path):
    model, folder, _ = taught
    save_neural(dataclasses.replace(model, card="# Other\n"), tmp_path / "other")
    assert load_neural(tmp_path / "other", "cpu").card == "# Other\n"
    assert all((tmp_path / "other" / name).read_bytes() == (folder / name).read_bytes() for name in KEPT)


def test_torch_multiplies_bags_as_numpy_does():
    draw = np.random.default_rng(1)
    bags = Bags.of([draw.integers(0, 1 << 32, size).tolist() for size in (1, 7, 30)], draw.random(64).astype(np.float32) + 0.1)
    there, back = bags.turned(64)
    table, errors = draw.random((64, 5)).astype(np.float32), draw.random((3, 5)).astype(np.float32)
    times = times_on(torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    assert np.allclose(times(bags, table), bags.times(table), atol=1e-5)
    assert times(back, errors).shape == (len(there), 5) and np.allclose(times(back, errors), back.times(errors), atol=1e-5)


def test_what_the_words_say_counts_as_much_as_what_the_encoder_says(taught, lesson):
    model, folder, _ = taught
    found = lesson.contexts[:40]
    alone = dataclasses.replace(model, beside=None).logits(found)
    words = open_model(folder / "words.zip")  # by itself a model too
    odds = [logits * curves[:, 0] + curves[:, 1] for logits, curves in ((alone, model.beside.curves), (words.logits(found), words.curves))]
    assert np.allclose(model.logits(found), (odds[0] + odds[1]) / 2, atol=1e-5)
    assert np.abs(odds[0] - odds[1]).max() > 0.1
    assert words.labels == model.labels and "stands beside the encoder of toy" in words.card
    assert "counts as much" in model.card


def test_an_encoder_can_stand_alone(tiny, lesson, taught, tmp_path):
    folder = shutil.copytree(taught[1], tmp_path / "model")
    settings = dataclasses.replace(QUICK, words=False, again=False, epochs=2)
    model = teach_neural(lesson, "toy", str(tiny), settings, folder=folder)
    assert model.beside is None and load_neural(folder).beside is None
    assert not (folder / "words.zip").exists() and "counts as much" not in model.card


def test_words_of_another_model_are_refused(taught, tmp_path):
    folder = shutil.copytree(taught[1], tmp_path / "model")
    words = open_model(folder / "words.zip")
    other = dataclasses.replace(words, linear=dataclasses.replace(words.linear, labels=(JOY, EMOTION)))
    save(other, folder / "words.zip")
    with pytest.raises(DataError, match="has other labels than the encoder"):
        load_neural(folder)
    (folder / "words.zip").unlink()
    with pytest.raises(DataError, match="no such file"):
        load_neural(folder)


class Stop(Exception):
    pass


def interrupted(lesson, encoder, settings, folder, stage, step):
    """A training that is stopped at a step of a stage."""

    def stop(line):
        if line.startswith(stage) and int(line.partition(": step ")[2].split()[0]) >= step:
            raise Stop

    with pytest.raises(Stop):
        teach_neural(lesson, "toy", str(encoder), settings, folder=folder, tell=stop)


@pytest.mark.parametrize(("stage", "step"), [("without the part", 17), ("with all", 3), ("with all", 33)])
def test_an_interrupted_training_comes_to_the_same_bytes(tiny, lesson, taught, tmp_path, stage, step):
    _, whole, _ = taught
    folder = tmp_path / "model"
    interrupted(lesson, tiny, QUICK, folder, stage, step)
    kept = json.loads((folder / "checkpoint.json").read_text())
    assert kept["stage"] == (stage == "with all") and kept["step"] in range(step // 5 * 5, step + 4, 5)  # told each fourth step
    with pytest.raises(DataError, match=r"lacks model\.json"):
        load_neural(folder)
    with pytest.raises(RessentiError, match="interrupted training; resume"):
        teach_neural(lesson, "toy", str(tiny), QUICK, folder=folder)
    other = dataclasses.replace(QUICK, rate=1e-3)
    with pytest.raises(RessentiError, match="begun with other sentences or settings"):
        teach_neural(lesson, "toy", str(tiny), other, folder=folder, resume=True)
    torch.rand(7)  # what others draw changes nothing
    told = []
    teach_neural(lesson, "toy", str(tiny), QUICK, folder=folder, resume=True, tell=told.append)
    assert f"goes on after step {kept['step']} of {stage}" in told[1]
    assert all((folder / name).read_bytes() == (whole / name).read_bytes() for name in KEPT)
    assert not list(folder.glob("checkpoint*"))


def test_another_seed_gives_another_model_and_one_training_is_enough_where_asked(tiny, lesson, taught, tmp_path):
    told = []
    settings = dataclasses.replace(QUICK, seed=2, again=False)
    before = torch.get_rng_state()
    teach_neural(lesson, "toy", str(tiny), settings, folder=tmp_path / "model", tell=told.append)
    assert torch.equal(before, torch.get_rng_state())  # nobody else's numbers change
    assert not any(line.startswith("with all") for line in told)
    assert (tmp_path / "model" / KEPT[1]).read_bytes() != (taught[1] / KEPT[1]).read_bytes()


def mention(*spans):
    return Mention(
        id=1, cue=spans, emotion="fear", secondary=None, primary="fear", mode="labelled", status="affirmed", intensity="medium",
        confidence=None, source="lexicon",
    )  # fmt: skip


def test_cues_are_masked_word_by_word():
    passage = Passage("n", (10, 42), "J’ai la peur au ventre, et peur !", (mention((18, 22), (26, 32)),))
    assert said(passage, None) == passage.text
    assert said(passage, "[M]") == "J’ai la [M] au [M], et peur !"


def test_the_passage_comes_before_its_neighbours(tiny):
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny)
    before, after = (Passage("n", (0, 0), text) for text in ("rue " * 40 + "nuit", "porte" + " mange" * 40))
    here = Passage("n", (0, 8), "la peur .", (mention((3, 7)),))
    long = Passage("n", (0, 0), "dort " * 60)
    found = cut(tokenizer, [(before, here, after), (None, here, None), (before, long, after)], [True, False, False], 48)
    read = [tokenizer.convert_ids_to_tokens(pieces.ids) for pieces in found]
    assert read[0][:6] == ["[CLS]", "la", "[MASK]", ".", "[SEP]", "rue"] and read[0][34:37] == ["nuit", "[SEP]", "porte"]
    assert len(read[0]) == 48 and list(np.flatnonzero(found[0].own)) == [1, 2, 3] and found[0].types.tolist() == [0] * 5 + [1] * 43
    assert read[1] == ["[CLS]", "la", "peur", ".", "[SEP]", "[SEP]", "[SEP]"]
    assert set(read[2]) == {"[CLS]", "dort", "[SEP]"} and len(read[2]) == 48


def no_weights(folder):
    (folder / "encoder" / "model.safetensors").unlink()


def pickled(folder):
    torch.save({}, folder / "encoder" / "pytorch_model.bin")
    no_weights(folder)


def no_head(folder):
    (folder / "head.safetensors").unlink()


def other_labels(folder):
    about = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**about, "labels": about["labels"][:1]}))


def other_format(folder):
    about = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**about, "format": 99}))


def no_json(folder):
    (folder / "model.json").write_text("[]")


def cut_short(folder):
    (folder / "head.safetensors").write_bytes((folder / "head.safetensors").read_bytes()[:50])


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (no_weights, "cannot be loaded"), (pickled, "pickled weights can run code"), (no_head, r"lacks head\.safetensors"),
        (other_labels, r"its weight are not \(1, 32\)"), (other_format, "format is 99.*train it anew"), (no_json, "is damaged"),
        (cut_short, "is damaged"), (shutil.rmtree, r"lacks model\.json"),
    ],
)  # fmt: skip
def test_a_broken_model_is_told(taught, tmp_path, spoil, told):
    folder = shutil.copytree(taught[1], tmp_path / "model")
    spoil(folder)
    with pytest.raises(DataError, match=told):
        load_neural(folder)


def test_what_cannot_be_trained_is_told(tiny, lesson, tmp_path, monkeypatch):
    def refused(match, error=RessentiError, *, encoder=str(tiny), folder=tmp_path / "new", **changed):
        with pytest.raises(error, match=match):
            teach_neural(lesson, "toy", encoder, dataclasses.replace(QUICK, **changed), folder=folder)

    refused("no such folder", encoder="./nowhere")
    refused("is not on this machine; --allow-network", encoder="nobody/nothing-of-this-name")
    refused("lacks config.json", encoder=str(tmp_path))
    refused("no label has enough", evidence=1e6)
    refused("cannot be loaded .*toaster", device="toaster")
    refused("no number at step 2; take a lower rate", rate=float("nan"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("kept")
    refused("holds something that is no model", folder=tmp_path / "mine")
    refused("is no folder", OutputError, folder=tmp_path / "mine" / "letter.txt")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    spoilt = shutil.copytree(tiny, tmp_path / "spoilt")
    from safetensors.torch import load_file, save_file

    save_file(
        {k: v for k, v in load_file(tiny / "model.safetensors").items() if "word_emb" not in k},
        spoilt / "model.safetensors",
        {"format": "pt"},
    )
    refused("lacks 1 of its weights, such as embeddings.word_embeddings", encoder=str(spoilt))
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    refused(r"needs sentence-transformers: pip install 'ressenti\[neural\]'")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no GPU")
def test_a_gpu_trains_in_mixed_precision_and_goes_on_after_an_interruption(tiny, lesson, taught, tmp_path):
    settings = dataclasses.replace(QUICK, device=None)
    model = teach_neural(lesson, "toy", str(tiny), settings, folder=tmp_path / "model")
    assert model.about["dtype"] in ("bfloat16", "float16") and model.network.device.type == "cuda"
    interrupted(lesson, tiny, settings, tmp_path / "resumed", "with all", 33)
    resumed = teach_neural(lesson, "toy", str(tiny), settings, folder=tmp_path / "resumed", resume=True)
    same = load_neural(tmp_path / "model", "cpu")
    found = [Fallback(one).probabilities(lesson.contexts) for one in (model, same, resumed, taught[0])]
    said = [probabilities > 0.5 for probabilities in found]
    assert (said[0] == said[1]).mean() > 0.97 and (said[0] == said[3]).mean() > 0.9
    assert np.allclose(found[0], found[2], atol=0.02)
    assert (tmp_path / "model" / "model.json").exists()


def test_shapes_that_are_fixed_give_a_passage_the_same_logits_whatever_is_judged_with_it(taught, lesson):
    model, *_ = taught
    network = dataclasses.replace(model.network, fixed=True, batch=16)
    pieces = cut(network.tokenizer, lesson.contexts, [False] * len(lesson.contexts), network.longest)
    shorter = ("ids", "types", "own")
    pieces = [dataclasses.replace(one, **{name: getattr(one, name)[: 5 + k % 40] for name in shorter}) for k, one in enumerate(pieces)]
    together = network.logits(pieces)
    assert np.allclose(together, model.network.logits(pieces), atol=1e-5)
    for low, high in ((0, 1), (7, 9), (40, 90)):
        assert np.array_equal(network.logits(pieces[low:high]), together[low:high])


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no GPU")
def test_a_gpu_says_the_same_of_many_narratives_as_of_each_alone(taught):
    drawn, (_, folder, _) = random.Random(8), taught
    model = load_neural(folder)
    fallback = Fallback(dataclasses.replace(model, thresholds=np.full_like(model.thresholds, 0.5)))
    sentences = [" ".join(drawn.choices(WORDS, k=drawn.randint(1, 30))).capitalize() + "." for _ in range(300)]
    narratives = [Narrative(f"n{k}", " ".join(sentences[k : k + 3])) for k in range(0, 300, 3)]
    assert model.network.fixed and model.together > 0
    assert [*fallback.pipe(narratives)] == [fallback(narrative) for narrative in narratives]

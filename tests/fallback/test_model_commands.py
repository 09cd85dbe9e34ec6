"""``ressenti fallback train | evaluate | predict | queue`` and ``annotate --fallback``, from accounts to what the model says."""

from __future__ import annotations

import importlib.util
import json
import stat
import zipfile
from pathlib import Path

import pytest

from commands import run

GOLD = Path(__file__).parent.parent.parent / "benchmarks" / "gold"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, annotator):
    """Marked accounts: as marked (gold), as the rules annotate them, and a model trained on both."""
    place = tmp_path_factory.mktemp("fallback")
    lines = [line for name in "ad" for line in (GOLD / f"extra-{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    (place / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    from ressenti.schema import Narrative

    texts = [json.loads(line) for line in lines]
    found = annotator.pipe(Narrative(row["id"], row["text"]) for row in texts)
    (place / "found.jsonl").write_text("".join(narrative.to_json() + "\n" for narrative in found), encoding="utf-8")
    (place / "recit.txt").write_text("La table est en bois. J’ai peur.\n", encoding="utf-8")
    done = run("fallback", "train", place / "found.jsonl", "--gold", place / "gold.jsonl", "-o", place / "m.zip", "--precision", "0.3")
    assert "learnt" in done.stderr
    return place


def test_the_model_is_private_and_the_same_each_time(folder):
    assert stat.S_IMODE((folder / "m.zip").stat().st_mode) == 0o600
    run(
        "fallback",
        "train",
        folder / "found.jsonl",
        "--gold",
        folder / "gold.jsonl",
        "-o",
        folder / "n.zip",
        "--name",
        "m",
        "--precision",
        "0.3",
    )
    assert (folder / "m.zip").read_bytes() == (folder / "n.zip").read_bytes()


def test_figures_of_a_model(folder):
    told = json.loads(
        run("fallback", "evaluate", folder / "m.zip", folder / "found.jsonl", "--gold", folder / "gold.jsonl", "--format", "json").stdout
    )
    assert told["model"]["passages"] == told["rules"]["passages"] > told["silent"]["passages"] > 0
    assert told["model"]["presence"] > 0.7 and told["model"]["primaries"] > 0.4 and told["model"]["error"] < 0.15
    assert told["mean"]["presence"] > 0.6 and told["mean"]["modes"] > 0.4
    assert told["both"]["primaries"] >= told["rules"]["primaries"] - 0.02, "it was trained on these"
    assert told["weighed"] != told["model"] and told["weighed"]["primaries"] >= told["model"]["primaries"] - 0.05
    text = run("fallback", "evaluate", folder / "m.zip", folder / "found.jsonl", "--gold", folder / "gold.jsonl").stdout
    assert text.startswith("The rules alone") and "where the rules are silent" in text and "primaries, macro F1" in text


def test_gold_of_other_texts_measures_nothing(folder):
    (folder / "other.jsonl").write_text('{"id": "x", "text": "J’ai peur.", "mentions": []}\n', encoding="utf-8")
    done = run("fallback", "evaluate", folder / "m.zip", folder / "found.jsonl", "--gold", folder / "other.jsonl", status=3)
    assert "nothing to measure" in done.stderr


def test_what_a_model_thinks_of_each_sentence(folder):
    rows = [json.loads(line) for line in run("fallback", "predict", folder / "m.zip", folder / "recit.txt").stdout.splitlines()]
    assert [row["silent"] for row in rows] == [True, False] and all("text" not in row for row in rows)
    assert rows[1]["probabilities"]["fear"] > 0.5 > rows[0]["probabilities"]["fear"]
    shown = [
        json.loads(line)
        for line in run("fallback", "predict", folder / "m.zip", folder / "recit.txt", "--text", "--masked").stdout.splitlines()
    ]
    assert shown[1]["text"] == "J’ai peur." and shown[1]["probabilities"]["fear"] < rows[1]["probabilities"]["fear"]


def test_what_to_look_at_first(folder):
    head, *rows = run("fallback", "queue", folder / "m.zip", folder / "found.jsonl", "-n", "5").stdout.splitlines()
    assert head.split("\t")[:4] == ["narrative", "start", "end", "reason"] and len(rows) == 5
    assert sorted((float(row.split("\t")[4]) for row in rows), reverse=True) == [float(row.split("\t")[4]) for row in rows]
    run("fallback", "queue", folder / "m.zip", folder / "found.jsonl", "-n", "5", "-o", folder / "first.jsonl")
    first = [json.loads(line) for line in (folder / "first.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in first] == list(dict.fromkeys(row.split("\t")[0] for row in rows))
    run("review", "page", folder / "first.jsonl", "-o", folder / "page.html")


def test_annotate_lets_a_model_speak_only_where_the_rules_are_silent(folder):
    plain = run("annotate", folder / "found.jsonl").stdout.splitlines()
    with_model = run("annotate", "--fallback", folder / "m.zip", folder / "found.jsonl").stdout.splitlines()
    spoken = 0
    for one, other in zip(map(json.loads, plain), map(json.loads, with_model), strict=True):
        rules = [m for m in other["mentions"] if m["source"].startswith("rule:")]
        models = [m for m in other["mentions"] if m["source"] == "model:m"]
        assert rules == one["mentions"] and len(rules) + len(models) == len(other["mentions"])
        assert (one["roles"], one["entities"]) == (other["roles"], other["entities"])
        assert other["provenance"]["model"] == "m" and one["provenance"]["model"] is None
        for model in models:
            start, end = model["cue"][0]
            assert not any(start <= m["cue"][0][0] < end for m in rules)
        spoken += len(models)
    page = run("annotate", "--fallback", folder / "m.zip", folder / "found.jsonl", "--format", "text").stdout
    assert " ".join(page.split()).count("selon le modèle, ") == spoken > 0


@pytest.mark.parametrize("command", [["annotate", "--fallback"], ["fallback", "predict"]], ids=" ".join)
def test_what_is_no_model_is_told(folder, command):
    (folder / "bad.zip").write_text("J’ai peur.", encoding="utf-8")
    done = run(*command, folder / "bad.zip", folder / "recit.txt", status=3)
    assert "bad.zip" in done.stderr and "is no model" in done.stderr and "peur" not in done.stderr


@pytest.mark.parametrize(
    ("model", "said"),
    [("always", "--fallback takes never, auto, or the file"), ("lot", "lacks model.json"), ("other.zip", "a part of it is missing")],
)
@pytest.mark.parametrize("output", [[], ["-o", "out/"]], ids=["line", "folder"])
def test_what_is_named_as_a_model_is_told_in_plain_words(folder, tmp_path, monkeypatch, model, said, output):
    monkeypatch.chdir(tmp_path)
    Path("lot").mkdir()
    with zipfile.ZipFile("other.zip", "w") as archive:
        archive.writestr("a.txt", "")
    done = run("annotate", "--fallback", model, folder / "recit.txt", *output, status=3)
    assert said in done.stderr and "install" not in done.stderr
    assert not Path("out").exists()  # a run begun there could not go on with another model


@pytest.mark.parametrize("count", [0, 1, 40])
def test_of_few_sentences_nothing_is_learnt_or_written(tmp_path, count):
    few = tmp_path / "few.jsonl"
    few.write_text('{"text": "J’ai peur de l’orage."}\n' * count, encoding="utf-8")
    done = run("fallback", "train", few, "-o", tmp_path / "m.zip", status=3)
    assert f"from {count} sentences" in done.stderr and "30 of each" in done.stderr and not (tmp_path / "m.zip").exists()


@pytest.mark.parametrize(("words", "said"), [(("-o", "dir/"), "is one file"), (("-o", "m.zip", "--mapping", "m.tsv"), "--gold")])
def test_a_training_that_cannot_be_meant_so_is_refused_before_it_begins(folder, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    assert said in run("fallback", "train", folder / "found.jsonl", *words, status=2).stderr
    assert [*tmp_path.iterdir()] == []


def test_the_model_may_not_take_the_place_of_an_input(folder):
    before = (folder / "gold.jsonl").read_bytes()
    done = run("fallback", "train", folder / "found.jsonl", "--gold", folder / "gold.jsonl", "-o", folder / "gold.jsonl", status=2)
    assert "also an input" in done.stderr and (folder / "gold.jsonl").read_bytes() == before


def test_an_encoder_needs_the_extra_and_its_options_need_an_encoder(folder):
    if importlib.util.find_spec("torch") is None:
        done = run("fallback", "train", folder / "found.jsonl", "--encoder", folder, "-o", folder / "neural", status=3)
        assert "ressenti[neural]" in done.stderr and not (folder / "neural").exists()
    done = run("fallback", "train", folder / "found.jsonl", "--resume", "-o", folder / "x.zip", status=2)
    assert "are for --encoder" in done.stderr

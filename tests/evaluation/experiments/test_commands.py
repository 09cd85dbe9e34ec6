"""``ressenti experiment``: what the commands print of files made here, and what they say of files they cannot use."""

import json

import pytest
from click.testing import CliRunner

from ressenti.cli.experiment import experiment
from ressenti.evaluation.experiments.guided import read_guided
from ressenti.fallback.model.opening import shipped_model
from ressenti.fallback.model.speaking import Fallback

ANSWERS = {
    "fear": ("Un inconnu me suivait.", "J'avais les mains moites.", "Et si j'étais en danger ?", "Ma vie, ma sécurité."),
    "joy": ("J'ai réussi mon examen.", "J'étais légère, je riais.", "Enfin, j'y suis arrivée !", "Ma fierté, ma liberté."),
}


@pytest.fixture
def guided(tmp_path):
    path = tmp_path / "guided.jsonl"
    rows = [
        {"id": f"{emotion}{k}", "emotion": emotion, **dict(zip(("behavior", "feeling", "thinking", "territory"), texts, strict=True))}
        for k in range(5)
        for emotion, texts in ANSWERS.items()
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_emotion_of_each_subset_of_the_answers(guided):
    done = CliRunner().invoke(experiment, ["cpm", str(guided), "--way", "untrained", "--bootstrap", "0", "--json"])
    assert done.exit_code == 0, done.output
    lines = json.loads(done.output)
    assert [len(line["answers"]) for line in lines] == [1, 1, 1, 1, 3, 3, 3, 3, 4]
    assert lines[-1]["weighted"] == 1
    assert "moites" not in done.output


def test_each_sentence_of_an_answer_is_judged_by_the_model(guided, annotator):
    first, second, *_ = read_guided(guided, annotator, Fallback(shipped_model()))
    judged = {one.emotion: one.answers["feeling"].judged for one in (first, second)}
    assert judged["fear"]["fear"] > judged["fear"]["joy"] and judged["joy"]["joy"] > judged["joy"]["fear"]
    assert not read_guided(guided, annotator)[0].answers["feeling"].judged


def test_sentences_of_a_corpus_in_its_form(tmp_path):
    pytest.importorskip("sklearn")
    said = [("J'ai peur du noir.", True, ["peur"], ["labelled"]), ("Le train part à midi.", False, [], [])] * 12
    keys = ("text", "emotional", "categories", "modes")
    for name in ("train", "validation"):
        rows = [json.dumps(dict(zip(keys, row, strict=True))) for row in said]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    cache = tmp_path / "kept"
    command = [
        "emotexttokids",
        str(tmp_path),
        "--way",
        "rules",
        "--way",
        "words and rules",
        "--bootstrap",
        "5",
        "--json",
        "--cache",
        str(cache),
    ]
    first, second = (CliRunner().invoke(experiment, command) for _ in range(2))
    assert first.exit_code == second.exit_code == 0, first.output
    assert "annotating" in first.stderr and "annotating" not in second.stderr
    assert first.stdout == second.stdout
    for line in json.loads(first.stdout):
        assert line["f1"]["category peur"] == line["f1"]["mode labelled"] == line["means"]["presence"] == 1
    assert all(path.stat().st_mode & 0o077 == 0 for path in cache.iterdir())


@pytest.mark.parametrize("command", ["cpm", "components", "emotexttokids"])
def test_a_file_that_is_not_there_is_told(tmp_path, command):
    done = CliRunner().invoke(experiment, [command, str(tmp_path / "none")])
    assert done.exit_code == 3 and "cannot be read" in done.stderr

import json

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.fallback.functions.function import Function
from ressenti.fallback.label_model import combine, thresholds
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.report import compare, rows
from ressenti.fallback.votes import NO, YES, Votes

FUNCTIONS = [Function(name, name, lambda seen: ()) for name in ("a", "b")]
VOTES = Votes(
    shipped_labels(),
    ["a", "b"],
    4,
    [(0, 0, "fear", YES), (0, 1, "emotion", YES), (1, 0, "fear", YES), (1, 1, "emotion", NO), (2, 0, "joy", YES)],
)
GOLD = [[("fear", YES), ("joy", NO)], [("emotion", NO)], [("emotion", YES)], []]


def test_coverage_overlap_and_conflict():
    found = {row.name: row for row in rows(VOTES, FUNCTIONS)}
    assert [(row.votes, row.coverage, row.overlap, row.conflict) for row in found.values()] == [(3, 0.75, 0.5, 0.25), (2, 0.5, 0.5, 0.25)]
    assert not found["a"].yes and not found["a"].no


def test_how_often_right_by_tier():
    a, b = rows(VOTES, FUNCTIONS, Votes.by_hand(shipped_labels(), GOLD))
    told = {tier: (right.votes, pytest.approx(right.share)) for tier, right in a.yes.items()}
    assert told == {"emotion": (3, 2 / 3), "primary": (2, 0.5)}  # joy is not known of the third passage
    assert (b.yes["emotion"].share, b.no["emotion"].share) == (1, 1)


def test_ways_to_combine_are_compared_on_what_gold_knows():
    gold = Votes.by_hand(shipped_labels(), GOLD)
    found = {(c.method, c.tier): c for c in compare({"majority": combine(VOTES, FUNCTIONS, "majority")}, gold)}
    assert found["majority", "primary"].labels == 1
    assert set(found) == {("majority", "emotion"), ("majority", "primary")}
    assert found["majority", "primary"].recall == 1


def test_thresholds_need_no_gold():
    labels = combine(VOTES, FUNCTIONS, "majority")
    assert labels.of("fear").tolist() == [1, 0.5, 0, 0]
    assert thresholds(labels)["fear"] == pytest.approx(
        0.5
    )  # expected F1 of the first two: 2 · 1.5 / (2 + 1.5), of the first alone 2 / (1 + 1.5)


@pytest.mark.parametrize("form", ["text", "json", "tsv"])
def test_the_command(tmp_path, form):
    rows_ = [
        {"id": "r1", "text": "J'ai peur de l'orage !", "emotional": True, "categories": ["peur"], "modes": ["labelled"]},
        {"id": "r2", "text": "Le pont mesure 120 mètres.", "emotional": False, "categories": [], "modes": []},
    ]
    corpus = tmp_path / "rows.jsonl"
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows_), encoding="utf-8")
    done = CliRunner().invoke(cli, ["fallback", "lfs", "--rows", "--gold", str(corpus), "--format", form, str(corpus)])
    assert done.exit_code == 0, done.output
    assert "orage" not in done.stdout
    if form == "json":
        data = json.loads(done.stdout)
        facts = next(row for row in data["functions"] if row["name"] == "facts")
        assert (data["passages"], facts["coverage"], facts["no"]["emotion"]["share"]) == (2, 0.5, 1)
        assert {one["method"] for one in data["label_model"]} == {"tree", "majority"}
    else:
        assert "rule-labelled-sure" in done.stdout and "majority" in done.stdout


def test_of_nothing_nothing_is_measured(tmp_path):
    (tmp_path / "a.jsonl").touch()
    done = CliRunner().invoke(cli, ["fallback", "lfs", str(tmp_path / "a.jsonl")])
    assert (done.exit_code, done.stdout) == (3, "") and "nothing to measure" in done.stderr
    done = CliRunner().invoke(cli, ["fallback", "lfs", "--mapping", "m.tsv", str(tmp_path / "a.jsonl")])
    assert done.exit_code == 2 and "--gold" in done.stderr


def test_gold_of_other_texts_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("Il pleut.", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text('{"id": "b", "text": "Il neige."}\n', encoding="utf-8")
    done = CliRunner().invoke(cli, ["fallback", "lfs", "--gold", str(tmp_path / "gold.jsonl"), str(tmp_path / "a.txt")])
    assert done.exit_code == 0
    assert "no sentence in common" in done.stderr

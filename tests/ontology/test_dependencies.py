"""The tables of dependencies: what they hold, and that a line that cannot be used is told with file, line and reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ressenti.errors import DataError
from ressenti.ontology.dependencies import Dependency, load_decisions, load_dependencies, load_evidence
from ressenti.ontology.dependencies.proposals import propose
from ressenti.ontology.dependencies.records import DECISION_COLUMNS, EVIDENCE_COLUMNS, METHODS, write_evidence
from ressenti.ontology.emotions import DATA, load_emotions

EVIDENCE = {
    "relation": "opposite", "first": "love", "second": "hate", "third": "", "method": "antonym-wordnet", "support": "1", "expected": "",
    "score": "", "p_value": "", "q_value": "", "corpus": "WordNet 3.0", "detail": "love/hate",
}  # fmt: skip
DECISION = {
    "relation": "opposite", "first": "love", "second": "hate", "third": "", "decision": "refused", "reason": "why", "reviewer": "me",
    "date": "2026-11-25",
}  # fmt: skip
COUNTED = ("contrast-frame", "sequence", "cause-link", "transition-frame", "sequence-pair", "antonym-wordnet")


def table(path: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    path.write_text("".join("\t".join(cells) + "\n" for cells in (columns, *([row[c] for c in columns] for row in rows))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shipped() -> tuple[Dependency, ...]:
    return load_dependencies()


@pytest.mark.parametrize("primary", ["love", "joy", "surprise", "anger", "sadness", "fear"])
def test_every_primary_has_a_confirmed_opposite(shipped: tuple[Dependency, ...], primary: str) -> None:
    found = [d for d in shipped if d.relation == "opposite" and d.status == "confirmed" and primary in d.emotions]
    assert found
    assert all(d.evidence for d in found)


def test_every_relation_is_there_and_confirmed(shipped: tuple[Dependency, ...]) -> None:
    assert {d.relation for d in shipped if d.status == "confirmed"} == {"opposite", "composition", "transition", "combination"}
    statements = {(d.relation, *d.emotions) for d in shipped}
    assert len(statements) == len(shipped)
    assert ("opposite", "joy", "sadness") in statements
    assert ("composition", "loathing", "hate", "disgust") in statements
    assert ("transition", "hope", "disappointment") in statements
    assert ("combination", "hope", "sadness", "disappointment") in statements


def test_what_was_refused_is_left_out(shipped: tuple[Dependency, ...]) -> None:
    refused = {(d.relation, d.emotions) for d in load_decisions() if d.decision == "refused"}
    assert ("composition", ("pride", "joy", "anger")) in refused
    assert not refused & {(d.relation, d.emotions) for d in shipped}
    assert not refused & {(e.relation, e.emotions) for e in load_evidence()}


def test_no_opposite_and_no_whole_stands_on_the_branch_of_its_other_side(shipped: tuple[Dependency, ...]) -> None:
    emotions = load_emotions()
    for dependency in shipped:
        one, *others = dependency.emotions
        if dependency.relation in ("opposite", "composition"):
            assert not any(one in emotions.lineage(other) for other in others), dependency.emotions
        if dependency.relation == "opposite":
            assert others[0] not in emotions.lineage(one), dependency.emotions


def test_the_shipped_table_is_what_the_tables_give() -> None:
    """A change of vocabulary, definitions or alignments shows here; run benchmarks/dependencies.py, then decide on what is new."""
    made = [e for e in propose(load_emotions(), load_decisions()) if e.method not in COUNTED]
    kept = [e for e in load_evidence() if e.method not in COUNTED]
    assert write_evidence(made) == write_evidence(kept)


def test_written_and_read_again_it_is_the_same() -> None:
    path = DATA / "dependencies.tsv"
    assert write_evidence(load_evidence(path)) == path.read_text(encoding="utf-8")


def test_all_methods_are_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [method for method in METHODS if f"`{method}`" not in page] == []


def test_an_accepted_dependency_needs_no_evidence_and_a_proposal_no_decision(tmp_path: Path) -> None:
    evidence = table(tmp_path / "e.tsv", EVIDENCE_COLUMNS, EVIDENCE | {"first": "joy", "second": "sadness"})
    decisions = table(tmp_path / "d.tsv", DECISION_COLUMNS, DECISION | {"decision": "accepted", "reason": ""})
    love, joy = load_dependencies(evidence, decisions)
    assert (love.emotions, love.status, love.evidence) == (("love", "hate"), "confirmed", ())
    assert (joy.emotions, joy.status, joy.decision) == (("joy", "sadness"), "proposed", None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"relation": "opposes"}, "unknown relation 'opposes'"),
        ({"method": "guess"}, "unknown method 'guess'"),
        ({"method": "sequence"}, "the method 'sequence' is evidence of 'transition', not of 'opposite'"),
        ({"second": "hatred"}, "names the emotion 'hatred', which is not in the table of emotions"),
        ({"second": "love"}, "relates an emotion to itself (love <> love)"),
        ({"first": "hate", "second": "love"}, "is in the wrong order; write love <> hate"),
        ({"third": "joy"}, "the relation 'opposite' holds between 2 emotions"),
        ({"second": ""}, "the relation 'opposite' holds between 2 emotions"),
        ({"relation": "composition", "method": "plutchik-dyad"}, "the relation 'composition' holds between 3 emotions"),
        ({"support": "0"}, "has the support '0'; write a whole number from 1"),
        ({"support": "many"}, "has the support 'many'"),
        ({"expected": "-1"}, "has the expected '-1'; write a number from 0 up"),
        ({"score": "nan"}, "has the score 'nan'; write a number from -1 to 1"),
        ({"p_value": "1.5"}, "has the p_value '1.5'; write a number from 0 to 1"),
        ({"q_value": "low"}, "has the q_value 'low'"),
        ({"corpus": ""}, "has no corpus"),
    ],
)
def test_evidence_that_cannot_be_used(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    path = table(tmp_path / "evidence.tsv", EVIDENCE_COLUMNS, EVIDENCE | {"second": "liking", "corpus": "x"}, EVIDENCE | change)
    path.write_text(path.read_text(encoding="utf-8").replace("liking", "dislike", 1), encoding="utf-8")
    with pytest.raises(DataError, match=rf"evidence\.tsv:3: .*{re.escape(reason)}"):
        load_evidence(path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"decision": "maybe"}, "unknown decision 'maybe'; write one of accepted, refused"),
        ({"reason": ""}, "refuses without a reason"),
        ({"reviewer": ""}, "has no reviewer"),
        ({"date": "yesterday"}, "has the date 'yesterday'"),
        ({"first": "lov"}, "names the emotion 'lov'"),
    ],
)
def test_decisions_that_cannot_be_used(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    with pytest.raises(DataError, match=rf"decisions\.tsv:2: .*{re.escape(reason)}"):
        load_decisions(table(tmp_path / "decisions.tsv", DECISION_COLUMNS, DECISION | change))


def test_a_line_given_twice(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"e\.tsv:3: repeats line 2 \(love <> hate\)"):
        load_evidence(table(tmp_path / "e.tsv", EVIDENCE_COLUMNS, EVIDENCE, EVIDENCE | {"support": "2"}))
    with pytest.raises(DataError, match=r"d\.tsv:3: repeats line 2"):
        load_decisions(table(tmp_path / "d.tsv", DECISION_COLUMNS, DECISION, DECISION | {"decision": "accepted"}))


def test_a_missing_column(tmp_path: Path) -> None:
    path = tmp_path / "e.tsv"
    path.write_text("relation\tfirst\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"e\.tsv:1: lacks the column 'second'"):
        load_evidence(path)

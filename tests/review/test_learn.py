"""What reviewers keep adding and rejecting."""

import json
import stat

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.corpora.writing import json_line
from ressenti.review.learn import is_passage
from ressenti.schema import Narrative
from ressenti.vocab_builder.candidate import read_candidates
from review.decisions.files import at, decision, file, mention, narrative, of, of_role

SCARED = (
    "J'ai le groumpf depuis hier. Mon chef a le groumpf aussi. Je suis ravie du froid. "
    "Je suis ravie de la pluie. Tu es en colère contre Zoé."
)


def cue(words, emotion, nth=0):
    return {"cue": [list(at(words, SCARED, nth))], "emotion": emotion, "mode": "labelled"}


@pytest.fixture
def files(tmp_path):
    n = narrative(id="b", text=SCARED, mentions=[], roles=[], entities=[], components=[])
    was = [cue("ravie", "joy", nth) | {"source": "rule:adj"} for nth in (0, 1)]
    role = {**cue("ravie", "joy"), "role": "cause", "span": list(at("froid", SCARED)), "source": "rule:adj"}
    role.pop("mode")
    anne = file(
        decision("mention", "add", None, cue("le groumpf", "fear")),
        decision("mention", "add", None, cue("Zoé", "joy")),
        decision("mention", "add", None, cue("colère", "anger")),
        decision("mention", "reject", was[0]),
        decision("mention", "change", was[1], {"emotion": "sadness", "status": "negated"}),
        decision("role", "reject", role),
        of=n,
    )
    bob = file(
        decision("mention", "add", None, cue("le groumpf", "fear", 1)),
        decision("mention", "add", None, cue("colère", "anger")),
        decision("mention", "accept", was[1]),
        decision("role", "reject", role),
        of=n,
        reviewer="Bob",
    )
    for name, data in (("anne", anne), ("bob", bob)):
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(json_line(n), encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _loaded(monkeypatch, annotator):
    monkeypatch.setattr("ressenti.rules.parser.load_parser", lambda: annotator.nlp)


def learn(files, *words):
    return CliRunner().invoke(
        cli, ["review", "learn", *(str(files / f"{n}.json") for n in ("anne", "bob")), str(files / "in.jsonl"), *words]
    )


def test_the_report(files):
    result = learn(files)
    assert result.exit_code == 0 and result.stderr == "ressenti: note: 1 cues hold a name, or no word; they are in no list of terms\n"
    assert result.stdout == (
        "Terms that reviewers add and the vocabulary lacks: 1\n"
        "  groumpf (NOUN): fear: added at 2 places by Anne, Bob\n"
        "\n"
        "Terms that reviewers add and the vocabulary has: a rule or a condition misses them: 0\n"
        "\n"
        "Terms that reviewers reject, or give another emotion: 1\n"
        "  ravi (ADJ) as joy, at 2 places: 1 rejected, 1 changed, 1 accepted, by Anne\n"
        "      became: 1 emotion sadness, 1 status negated\n"
        "      in: ADJ with être (2)\n"
        "\n"
        "Rules whose finds reviewers reject or change, and what none finds: 2\n"
        "  found by no rule, mention, at 4 places: 5 added, by Anne, Bob\n"
        "      became: 2 emotion fear, 2 emotion anger, 1 emotion joy\n"
        "      in: NOUN, obj of avoir (2); NOUN with être (2); PROPN, nmod of a noun (1)\n"
        "  adj, mention, at 2 places: 1 rejected, 1 changed, 1 accepted, by Anne\n"
        "      became: 1 emotion sadness, 1 status negated\n"
        "      in: ADJ with être (2)\n"
    )


def test_sentences_only_for_who_asks(files):
    assert "depuis hier" not in learn(files).stdout + learn(files, "--json").stdout
    assert "« J'ai le groumpf depuis hier. »" in learn(files, "--examples").stdout


def test_candidates_are_what_propose_takes(files):
    result = learn(files, "--candidates", str(files / "candidates.jsonl"), "-o", str(files / "report.txt"))
    assert result.exit_code == 0 and result.stdout == ""
    found = read_candidates(files / "candidates.jsonl")
    assert [(c.term, c.pos, c.sources, c.evidence[0].emotion) for c in found] == [("groumpf", "NOUN", ("review",), "fear")]
    assert {stat.S_IMODE((files / name).stat().st_mode) for name in ("candidates.jsonl", "report.txt")} == {0o600}


def test_fewer_decisions_are_no_lesson(files):
    assert "groumpf" not in learn(files, "--least", "3").stdout
    everything = json.loads(learn(files, "--json").stdout)
    assert {rule["rule"]: rule["counts"] for rule in everything["rules"] if rule["about"] == "mention"} == {
        "": {"added": 5},
        "adj": {"rejected": 1, "changed": 1, "accepted": 1},
    }


def test_what_two_say_of_one_place_is_said_of_one(files):
    path = files / "bob.json"
    path.write_text((files / "anne.json").read_text(encoding="utf-8").replace('"Anne"', '"Bob"'), encoding="utf-8")
    assert "groumpf" not in learn(files).stdout
    assert "groumpf (NOUN): fear: added at one place by Anne, Bob" in learn(files, "--least", "1").stdout


@pytest.mark.parametrize(("term", "expected"), [("avoir la boule au ventre", False), ("dormir dans le même lit depuis toujours", True)])
def test_a_passage_is_no_term(term, expected):
    assert is_passage(term) is expected


def test_decisions_on_other_narratives_are_told(files):
    (files / "in.jsonl").write_text(json_line(Narrative("x", "Rien.", mentions=[])), encoding="utf-8")
    result = learn(files)
    assert result.exit_code == 1 and "10 decisions are on narratives" in result.stderr


def test_what_is_only_accepted_is_no_lesson(files):
    n = narrative(mentions=[mention(1, "peur", "fear")], roles=narrative().roles[:2])
    made = file(decision("mention", "accept", of(n, 1)), decision("role", "accept", of_role(n, 1)), of=n)
    for name in ("anne", "bob"):
        (files / f"{name}.json").write_text(json.dumps(made), encoding="utf-8")
    (files / "in.jsonl").write_text(json_line(n), encoding="utf-8")
    assert [line[-2:] for line in learn(files).stdout.splitlines() if line] == [" 0"] * 4

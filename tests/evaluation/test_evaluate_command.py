"""``ressenti evaluate`` as a user meets it."""

from __future__ import annotations

import copy
import json
import stat

import pytest
from click.testing import CliRunner

from ressenti.cli import cli

TEXT = "J’ai peur de <b>l’orage</b>. Rien."
MENTION = {"id": 1, "cue": [[5, 9]], "emotion": "fear", "mode": "labelled", "status": "affirmed", "intensity": "medium"}
ROLE = {"mention": 1, "role": "experiencer", "span": [0, 2]}
ROW = {"id": "a", "text": TEXT, "mentions": [MENTION], "roles": [ROLE]}


def row(**changes):
    return copy.deepcopy(ROW) | changes


@pytest.fixture
def run(tmp_path):
    """Write the rows of both files (or lines, as they are), call the command, give back status, output and messages."""

    def call(gold, system, *options, stdin=None):
        paths = []
        for name, rows in (("gold", gold), ("system", system)):
            path = tmp_path / f"{name}.jsonl"
            path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
            paths.append(str(path))
        if stdin is not None:
            paths[1] = "-"
        done = CliRunner().invoke(cli, ["evaluate", *paths, *options], input=stdin)
        return done.exit_code, done.stdout, done.stderr

    return call


def test_table_and_json(run):
    wrong = row(mentions=[MENTION | {"emotion": "joy", "source": "rule:x"}], roles=[])
    status, out, messages = run([ROW], [wrong])
    assert (status, messages) == (0, "")
    assert "mention+primary" in out
    status, out, _ = run([ROW], [wrong], "--json")
    data = json.loads(out)
    assert data["figures"]["mention"]["F1"] == 1
    assert data["figures"]["mention+primary"]["F1"] == 0
    assert data["figures"]["mention"]["interval"] == [1, 1]
    assert data["errors"]["counts"]["primary"] == 1
    assert data["rules"][0] == {"rule": "rule:x", "kind": "mention", "made": 1, "judged": 1, "right": 0, "precision": 0}
    assert "orage" not in out


def test_nothing_to_measure_is_no_figure_of_0(run):
    """Neither side marks a consequence, and one narrative of the three has the only cause; what one side alone marks counts."""
    cause, denied = {"mention": 1, "role": "cause", "span": [13, 27]}, MENTION | {"status": "negated"}
    rows = [row(roles=[ROLE, cause]), row(id="b"), row(id="c", mentions=[denied])]
    status, out, _ = run(rows, rows, "--json", "--bootstrap", "100")
    found = json.loads(out)["figures"]
    assert status == 0
    assert found["role:consequence"] == {"P": None, "R": None, "F1": None, "gold": 0, "system": 0}
    assert found["recall:displayed"] == {"found": None, "right primary": None, "gold": 0}
    for name in ("role:cause", "matched:cause", "status:negated"):
        assert (found[name]["F1"], found[name]["interval"]) == (1, [1, 1]), name
    _, out, _ = run(rows, [row(roles=[]), row(id="b"), row(id="c")], "--json", "--bootstrap", "0")
    found = json.loads(out)["figures"]
    assert found["role:cause"] == {"P": None, "R": 0, "F1": 0, "gold": 1, "system": 0}
    assert found["status:negated"]["F1"] == 0


def test_nothing_to_measure_is_shown_as_a_dash(run, tmp_path):
    page = tmp_path / "report.html"
    _, out, _ = run([ROW], [ROW], "--html", str(page))
    (line,) = (line for line in out.splitlines() if "role:consequence" in line)
    assert line.split() == ["role:consequence", "F1", "–", "·" * 20, "–", "–", "0", "0"]
    assert '<td class="num strong">–</td>' in page.read_text(encoding="utf-8")


def test_figures_can_be_chosen(run):
    _, out, _ = run([ROW], [ROW], "--figures", "matched:*", "--bootstrap", "0")
    assert "matched:cause" in out
    assert "mention+primary" not in out
    assert run([ROW], [ROW], "--figures", "matched:why")[0] == 2


def test_errors_are_quoted_where_asked_for(run):
    system = row(mentions=[])
    system["roles"] = []
    assert "orage" not in run([ROW], [system])[1]
    assert "J’ai «\u00a0peur\u00a0» de <b>l’orage" in run([ROW], [system], "--errors", "3")[1]


def test_agreement(run):
    rows = [row(id=str(k), mentions=[MENTION | {"emotion": e}]) for k, e in enumerate(["fear", "joy", "fear"])]
    status, out, _ = run(rows, rows, "--agreement", "--bootstrap", "20")
    assert status == 0
    assert "alpha primary" in out
    assert "u-alpha cue" in out


def test_agreement_names_no_gold(run, tmp_path):
    """Neither of two annotators is right: what the one has alone is said by the name of the file."""
    page, cause = tmp_path / "report.html", {"mention": 1, "role": "cause", "span": [13, 27]}
    one, other = row(roles=[ROLE]), row(roles=[cause], mentions=[MENTION, MENTION | {"id": 2, "cue": [[29, 33]]}])
    _, out, _ = run([one], [other], "--agreement", "--errors", "1", "--html", str(page))
    table = out.partition("differences")[2]
    assert "only in gold.jsonl  " in table
    assert "only in system.jsonl:" in table
    assert "role only in gold.jsonl:" in table
    assert "gold" not in table.replace("gold.jsonl", "")
    errors = page.read_text(encoding="utf-8").partition('<section id="errors">')[2].partition('<section id="rules">')[0]
    assert "gold" not in errors.replace("gold.jsonl", "")


def test_agreement_leaves_out_what_one_annotator_has_not_seen(run):
    _, out, messages = run([ROW, row(id="b")], [ROW], "--agreement", "--json")
    data = json.loads(out)
    assert data["narratives"] == 1
    assert data["errors"]["counts"]["missed"] == 0
    assert "they are left out" in messages


@pytest.mark.parametrize(
    ("gold", "system", "status", "message"),
    [
        ([ROW, row(id="b")], [ROW], 0, "lacks 1 of the 2 narratives"),
        ([ROW], [ROW, row(id="b")], 0, "1 narrative is"),
        ([ROW], [row(id="b")], 3, "no narrative in common"),
        ([ROW], [row(text=TEXT.replace("Rien", "rien"))], 3, "'a': the texts differ from character 29 on"),
        ([ROW, row(id="b")], [ROW, row(id="b", text=TEXT + " ")], 1, "left out"),
        ([ROW, "{"], [ROW], 1, "gold.jsonl:2: not JSON"),
        ([ROW, '{"id": "b", "text": "Rien."}'], [ROW], 1, "gold.jsonl:2: narrative 'b': has no marks"),
        ([ROW, row(id="b", mentions=[MENTION | {"emotion": "fright!"}])], [ROW], 1, "mentions[0].emotion is not a key"),
        ([ROW, row(id="b", mentions=[MENTION | {"cue": [[5, 900]]}])], [ROW], 1, "ends at 900, but the text has 34 characters"),
        ([ROW, row(id="b", mentions=[MENTION | {"cue": [[5, 5]]}])], [ROW], 1, "ends after it begins"),
        ([ROW, row(id="b", mentions=[MENTION | {"mode": "named"}])], [ROW], 1, "known: labelled"),
        ([ROW, row(id="b", mentions=[MENTION, MENTION])], [ROW], 1, "two mentions have the id 1"),
        ([ROW, row(id="b", mentions=[MENTION | {"id": 0}])], [ROW], 1, "mentions[0].id is not a whole number from 1"),
        ([ROW, row(id="b", roles=[ROLE | {"mention": 2}])], [ROW], 1, "roles[0].mention is 2"),
        ([ROW, row(id="b", roles=[ROLE | {"role": "agent"}])], [ROW], 1, "known: experiencer"),
        ([ROW, row(id="b", mentions={"1": MENTION})], [ROW], 1, "is not a list of objects"),
        ([], [ROW], 3, "nothing to compare"),
        ([ROW], ["nothing"], 3, "system.jsonl:1: not JSON"),
    ],
)
def test_what_is_said_of_inputs(run, gold, system, status, message):
    got, _, messages = run(gold, system)
    assert (got, message in messages) == (status, True), messages
    assert "orage" not in messages


def test_standard_input_and_wrong_calls(run, tmp_path):
    assert run([ROW], [], stdin=json.dumps(ROW))[0] == 0
    assert CliRunner().invoke(cli, ["evaluate", "-", "-"]).exit_code == 2
    assert CliRunner().invoke(cli, ["evaluate", "none.jsonl", "none.jsonl"]).exit_code == 3
    assert run([ROW], [ROW], "--html", str(tmp_path / "no" / "r.html"))[0] == 4
    assert run([ROW], [ROW], "--html", str(tmp_path / "gold.jsonl"))[0] == 2


def test_report_is_for_its_owner_alone_and_escapes_the_account(run, tmp_path):
    page = tmp_path / "report.html"
    wrong = row(id='<i>"', mentions=[MENTION | {"emotion": "joy", "source": 'rule:"<x>'}])
    status, _, messages = run([row(id='<i>"')], [wrong], "--html", str(page), "--agreement", "--bootstrap", "5")
    assert status == 0
    assert "readable by you only" in messages
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    html = page.read_text(encoding="utf-8")
    assert "<b>" not in html
    assert "<x>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;l’orage" in html
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")
    assert "<script" not in html

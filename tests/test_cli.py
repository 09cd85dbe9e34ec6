"""The command as a user meets it: what goes in, what comes out, and what is said when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import warm
from ressenti.cli import cli
from ressenti.schema import json_schema

EXAMPLE = Path(__file__).parent.parent / "examples" / "orage.txt"


def run(*arguments, stdin=b"", **environment):
    """Run the command in a process of its own: bytes in, exit status, decoded output and messages out."""
    done = warm.run(*arguments, stdin=stdin, env=os.environ | environment, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [["--help"], ["fallback", "card", "auto"]])
def test_help_and_the_card_of_a_model_do_not_load_the_parser(words):
    code = f"import sys; from ressenti.cli import cli; cli({words}, standalone_mode=False); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_an_interruption_in_the_first_moments_is_no_traceback(tmp_path):
    (tmp_path / "click.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n")
    script = tomllib.loads((EXAMPLE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["ressenti"]
    paths = {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    for call in (["-m", "ressenti"], ["-c", "from {} import {} as main; main()".format(*script.split(":"))]):
        done = subprocess.run([sys.executable, *call, "--help"], env=os.environ | paths, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "ressenti: interrupted\n")


def test_output_is_valid_and_replaces_earlier_marks(tmp_path):
    source = tmp_path / "in.jsonl"
    rows = [
        {"id": "a", "text": "J’ai peur de l’orage.", "mentions": [{"old": 1}], "metadata": {"age": 31}},
        {"id": "b", "text": "Il pleut."},
        {"id": "c", "text": ""},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    status, out, _ = run("annotate", source)
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [d["id"] for d in found] == ["a", "b", "c"]
    for d in found:
        jsonschema.validate(d, json_schema())
    mention = found[0]["mentions"][0]
    assert [found[0]["text"][a:b] for a, b in mention["cue"]] == ["peur"]
    assert found[0]["metadata"] == {"age": 31}
    assert found[1]["mentions"] == []


def test_offsets_index_the_text_as_given(tmp_path):
    source = tmp_path / "recit.txt"
    text = "\u00a0J’e\u0301tais e\u0301nerve\u0301e 😱 !\r\nJ’ai eu peur\rde l’orage.\n"
    source.write_bytes(text.encode())
    _, out, _ = run("annotate", source)
    d = json.loads(out)
    assert d["text"] == text
    assert "e\u0301nerve\u0301e" in ["".join(text[a:b] for a, b in m["cue"]) for m in d["mentions"]]


def test_one_speaker_of_a_transcript():
    status, out, said = run("annotate", "--speaker", "anne", stdin="Coach : De quoi avez-vous honte ?\nANNE : J’ai peur de lui.\n".encode())
    found = json.loads(out)
    assert status == 0 and "1 of 2 turns" in said
    assert (found["text"], [mention["emotion"] for mention in found["mentions"]]) == ("J’ai peur de lui.", ["fear"])
    assert found["transcript"]["speaker"] == "ANNE"


@pytest.mark.parametrize(
    ("name", "content", "status", "message"),
    [
        ("nul.txt", b"a\0b", 3, "NUL"),
        ("no.csv", b"x,y\n1,2\n", 3, "--text-column"),
        ("bad.jsonl", b'{"id": 1, "text"\n', 3, "bad.jsonl:1"),
        ("half.jsonl", '{"text": "J’ai peur."}\nnot JSON\n'.encode(), 1, "half.jsonl:2"),
        ("cp1252.txt", "J’étais déçu.".encode("cp1252"), 0, "Windows-1252"),
        ("utf16.txt", "J’étais déçu.".encode("utf-16"), 0, ""),
        ("bom.txt", "\ufeffJ’étais déçu.".encode(), 0, ""),
        ("empty.txt", b"", 0, "empty"),
        ("english.txt", b"I was so afraid of the storm and my mother was very sad the dog had left us.", 0, "does not look like French"),
    ],
)
def test_what_is_said_of_inputs(tmp_path, name, content, status, message):
    source = tmp_path / name
    source.write_bytes(content)
    got, _, messages = run("annotate", source)
    assert got == status
    assert message in messages
    assert "Traceback" not in messages


def test_missing_file_and_empty_folder(tmp_path):
    assert run("annotate", tmp_path / "nowhere.txt")[0] == 3
    assert run("annotate", tmp_path)[0] == 3


def test_output_file_is_private_and_unwritable_places_are_told(tmp_path):
    out = tmp_path / "out.jsonl"
    assert run("annotate", EXAMPLE, "-o", out)[0] == 0
    assert out.stat().st_mode & 0o777 == 0o600
    status, _, messages = run("annotate", EXAMPLE, "-o", tmp_path / "nowhere" / "out.jsonl")
    assert status == 4
    assert "nowhere" in messages
    assert "Traceback" not in messages


def test_a_file_is_written_as_its_name_ends(tmp_path):
    for name, begins in {"a.jsonl": '{"id"', "a.TXT": "── orage ──", "a.tsv": "id\tmention\tcue", "a": '{"id"'}.items():
        assert run("annotate", EXAMPLE, "-o", tmp_path / name)[0] == 0
        assert begins in (tmp_path / name).read_text(encoding="utf-8").lstrip().split("\n")[0]
    assert run("annotate", EXAMPLE, "--format", "table", "-o", tmp_path / "a.csv")[0] == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("-o", "u.jsonl.gz"), "gzip > FILE.gz"),
        (("--gzip", "-o", "u.jsonl.gz"), "--gzip -o FOLDER/"),
        (("--resume", "-o", "u.jsonl"), "shards need a folder"),
        (("-o", "u.csv"), "nothing is written as .csv"),
        (("--format", "jsonl", "-o", "u.tsv"), "-o u.tsv does not end as --format jsonl does"),
    ],
)
def test_an_ending_that_says_otherwise_is_refused_before_anything_is_there(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    status, _, said = run("annotate", EXAMPLE, *words)
    assert (status, [*tmp_path.iterdir()]) == (2, [])
    assert message in " ".join(said.split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("a.txt", "--allow-network"), "are for --engine ray"),
        (("a.txt", "--address", "h:1"), "are for --engine ray"),
        (("-", "--resume", "-o", "so/"), "standard input cannot be read a second time"),
        ((".", "-o", "one/"), "is also read, or lies in a folder that is"),
        (("a.txt", "-o", ""), "is a variable unset?"),
        (("a.txt", "-o", "", "-j", "2"), "is a variable unset?"),
        (("a.txt", "-o", "", "--gzip"), "shards need a folder"),
    ],
)
def test_a_wrong_call_is_told_as_one(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("J’ai peur.", encoding="utf-8")
    status, out, said = run("annotate", *words, stdin=b"x")
    assert (status, out, [path.name for path in tmp_path.iterdir()]) == (2, "", ["a.txt"])
    assert message in " ".join(said.split())


def test_the_address_of_a_cluster_for_other_programs_is_no_wrong_call():
    assert run("annotate", EXAMPLE, "--without", "entities", RAY_ADDRESS="auto")[0] == 0


def test_a_folder_is_no_file_to_write(tmp_path):
    status, _, said = run("patterns", EXAMPLE, "-o", f"{tmp_path}/new/")
    assert (status, [*tmp_path.iterdir()]) == (4, [])
    assert "it is a folder" in said


def test_closed_pipe_ends_quietly(tmp_path):
    many = tmp_path / "many.jsonl"
    many.write_text(json.dumps({"text": "J’ai peur de l’orage. " * 200}) + "\n" * 1, encoding="utf-8")
    command = f"{sys.executable} -m ressenti annotate {many} {EXAMPLE} | true"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""


def test_standard_input_and_formats():
    status, out, _ = run("annotate", "--format", "table", stdin="J’ai peur de l’orage.".encode())
    header, row = out.splitlines()
    assert status == 0
    assert header.split("\t")[:3] == ["id", "mention", "cue"]
    assert "l’orage" in row
    status, out, _ = run("annotate", EXAMPLE, "--format", "text", NO_COLOR="1")
    assert status == 0
    assert "\x1b" not in out
    assert "peur bleue" in out


def test_own_words_and_rules(tmp_path):
    words = tmp_path / "words.tsv"
    header = "term pos emotion construction mode intensity register region condition".split()
    words.write_text("\t".join(header) + "\nzinzolin\tADJ\tgladness\tadj-cause\tlabelled\thigh\tfamiliar\t\t\n", encoding="utf-8")
    rules = tmp_path / "rules.yaml"
    rule = "  - id: mine\n    trigger: {construction: adj-cause}\n    roles: {experiencer: [subject]}\n"
    rules.write_text(f"rules:\n{rule}", encoding="utf-8")
    _, out, _ = run("annotate", "--vocabulary", words, "--rules", rules, stdin=b"Je suis zinzolin.")
    mention = json.loads(out)["mentions"][0]
    assert (mention["emotion"], mention["source"]) == ("gladness", "rule:mine")
    words.write_text("\t".join(header) + "\nzinzolin\tADJ\tbliiss\tadj-cause\tlabelled\thigh\tfamiliar\t\t\n", encoding="utf-8")
    status, _, messages = run("annotate", "--vocabulary", words, stdin=b"Je suis zinzolin.")
    assert status == 3
    assert f"{words}:2: unknown emotion 'bliiss'" in messages


def test_an_option_that_counts_once_is_not_given_twice(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("A;B\nOui.;Non.\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["annotate", str(tmp_path / "t.csv"), "--text-column", "A", "--text-column", "B"])
    assert done.exit_code == 2 and "more than once" in done.stderr

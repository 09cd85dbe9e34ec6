"""Text formats made to harm: one cell for the whole disk, entities that double, brackets without end, patterns that match too often."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from robustness.bounded import Outcome, bounded

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no limits of memory and time")

LONG = 70_000_000
DEEP = 100_000


def run(tmp_path: Path, name: str, content: str | bytes, reader: str = "accounts") -> Outcome:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return bounded(tmp_path / name, reader)


def declared(kind: str, name: str) -> str:
    """A document type by what it would do."""
    entities = {
        "laughs": '<!ENTITY a0 "haha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)),
        "long": f'<!ENTITY a10 "{"x" * DEEP}">',
        "outside": '<!ENTITY a10 SYSTEM "file:///etc/hostname">',
        "parameter": '<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;',
    }
    return f"<!DOCTYPE {name} [{entities[kind]}]>"


def tei(body: str, doctype: str = "", attribute: str = "") -> str:
    return f'{doctype}<TEI xmlns="http://www.tei-c.org/ns/1.0"{attribute}><text><body><p>{body}</p></body></text></TEI>'


def xmi(body: str, doctype: str = "") -> str:
    names = 'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"'
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{body}"/>'
    return f'{doctype}<xmi:XMI {names}><cas:NULL xmi:id="0"/>{sofa}<cas:View sofa="1" members=""/></xmi:XMI>'


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.csv", lambda: 'id,text\n1,"' + "a" * LONG + '"\n2,Fin.\n', "a row is longer than 64 million"),
        ("a.csv", lambda: 'id,text\n1,"' + ("a" * 999 + "\n") * (LONG // 1000) + '"\n2,Fin.\n', "a quoted cell is broken"),
        ("a.csv", lambda: "text," + ",".join(f"c{n}" for n in range(DEEP)) + "\nx\n", "100,001 columns"),
        ("a.csv", lambda: "text" * LONG, "the header is longer than 64 million"),
        ("a.jsonl", lambda: '{"text": "' + "a" * LONG + '"}\n{"text": "Fin."}\n', "longer than 64 million"),
        ("a.jsonl", lambda: '{"text": "a", "x": ' + "[" * DEEP + "]" * DEEP + '}\n{"text": "Fin."}\n', "nested more than"),
        ("a.jsonl", lambda: '{"text": "a", "x": ' + '{"a":' * DEEP + "1" + "}" * DEEP + '}\n{"text": "Fin."}\n', "nested more than"),
        ("a.jsonl", lambda: '{"text": "a", "x": ' + "9" * 5000 + '}\n{"text": "Fin."}\n', "a number is too large"),
        ("a.jsonl", lambda: '{"text": "a", "x": -1e999}\n{"text": "Fin."}\n', "a number is too large"),
        ("a.jsonl", lambda: '{"text": "a", "x": NaN}\n{"text": "Fin."}\n', "NaN is not a value"),
        ("a.jsonl", lambda: '{"text": "\\ud83d"}\n{"text": "Fin."}\n', "lone surrogate"),
        ("a.jsonl", lambda: '{"text": "a", "x": {"\\udc00": 1}}\n{"text": "Fin."}\n', "lone surrogate"),
        ("a.json", lambda: "[" * DEEP, "nested more than"),
        ("a.json", lambda: " " * LONG + "[]", "one document of more than 64 MB"),
        ("a.txt", lambda: b" " * ((1 << 28) + 1), "more than 256 MB"),
        ("a.srt", lambda: b"\0" * LONG, "NUL"),
    ],
    ids=["field", "unclosed", "columns", "header", "line", "lists", "objects", "digits", "exponent", "NaN", "surrogate", "key", "json",
         "document", "txt", "srt"],
)  # fmt: skip
def test_one_of_them_is_an_error_and_the_next_account_is_read(name: str, content, word: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, name, content())
    assert word in outcome.errors[0]
    assert outcome.peak < 700
    if "Fin." in str(content.__code__.co_consts) and word != "a quoted cell is broken":  # of which nobody knows where it ends
        assert outcome.texts == ["Fin."]


@pytest.mark.parametrize("kind", ["laughs", "long", "outside", "parameter"])
def test_what_tei_declares_is_neither_expanded_nor_fetched(kind: str, tmp_path: Path) -> None:
    doctype = declared(kind, "TEI")
    outcome = run(tmp_path, "text.xml", tei("x" if kind == "parameter" else "&a10;" * (DEEP if kind == "long" else 1), doctype))
    assert outcome.texts == ["x"] if kind == "parameter" else ("resource limit" in outcome.errors[0] or "not read" in outcome.errors[0])
    if kind in ("laughs", "long"):
        again = run(tmp_path, "attribute.xml", tei("x", doctype, f' n="{"&a10;" * (DEEP if kind == "long" else 1)}"'))
        assert "resource limit" in again.errors[0]
    assert outcome.peak < 100


@pytest.mark.parametrize("kind", ["laughs", "long", "outside", "parameter"])
def test_a_cas_declares_nothing(kind: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, "a.xmi", xmi("&a10;" if kind in ("laughs", "long") else "x", declared(kind, "XMI")), "import")
    assert "document type" in outcome.errors[0] and not outcome.texts
    (tmp_path / "TypeSystem.xml").write_text(f"{declared(kind, 'x')}<x/>")
    assert "document type" in run(tmp_path, "b.xmi", xmi("x"), "import").errors[0]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("deep.xml", lambda: tei("<hi>" * DEEP + "x" + "</hi>" * DEEP), "resource limit"),
        ("wide.xml", lambda: tei("<p/>" * 2_100_000), "million tags"),
        ("large.xml", lambda: tei(" " * LONG), "more than 64 MB"),
        ("deep.xmi", lambda: xmi("x").replace("<cas:View", "<a>" * DEEP), "not a CAS"),
        ("deep.json", lambda: '{"%TYPES":' + "[" * DEEP, "not a CAS"),
        ("gap.tsv", lambda: "#FORMAT=WebAnno TSV 3.3\n\n#Text=a\n1-1\t99999999999-100000000000\ta\n", "were lines lost"),
        ("digits.ann", lambda: f"T1\tfear {'9' * 5000} {'9' * 5001}\tx\n", "not a line of brat's format"),
        ("events.ann", lambda: "E1\tfear:T1" + " a:T1" * DEEP + "!\n", "not a line of brat's format"),
        ("pieces.ann", lambda: "T1\tfear 0 1" + ";0 1" * DEEP + "x\n", "not a line of brat's format"),
    ],
)
def test_files_of_other_tools(name: str, content, word: str, tmp_path: Path) -> None:
    (tmp_path / name).with_suffix(".txt").write_text("Oui.")
    outcome = run(tmp_path, name, content(), "accounts" if name.endswith(".xml") else "import")
    assert word in outcome.errors[0]
    assert outcome.peak < 500


@pytest.mark.parametrize(
    ("reader", "content", "word"),
    [
        ("decisions", '{"a":' * DEEP, "nested too deep"),
        ("decisions", '{"format": "ressenti-decisions", "version": ' + "9" * 5000 + "}", "a number is too large"),
        ("annotated", '{"text": "a", "mentions": ' + "[" * DEEP + "]" * DEEP + "}", "nested more than"),
        ("annotated", '{"text": "aa", "mentions": [{"id": 1, "cue": [[0, 1]], "emotion": "fear", "mode": "labelled", "status": "affirmed", '
                      f'"intensity": "low", "confidence": 1{"0" * 400}}}]}}', "is not a number"),
        ("annotated", '{"text": "aa", "mentions": [' + ",".join(
            f'{{"id": {n}, "cue": [[0, 1]], "emotion": "fear", "mode": "labelled", "status": "affirmed", "intensity": "low"}}'
            for n in range(1, 60_001)) + ', {"id": 59999}]}', "mentions[60000].emotion"),
    ],
    ids=["decisions", "version", "lists", "confidence", "many"],
)  # fmt: skip
def test_marks_and_decisions(reader: str, content: str, word: str, tmp_path: Path) -> None:
    assert word in run(tmp_path, "a.json", content, reader).errors[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n" + "<v " * DEEP),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n<v" + " " * DEEP),
        ("a.srt", "1\n00:00:01,000 --> 00:00:04,000\n" + "<a" * DEEP + "{\\" * DEEP),
        ("a.srt", "1\n00:00:01,000 --> 00:00:04,000\nOui\n" + (" " * DEEP + "\n") * 3),
        ("a.txt", "Anne : Oui.\n" + "A " * DEEP + "\n" + "[00:01:12" * DEEP),
        ("a.txt", "Oui.\n" * DEEP),
        ("a.csv", "id,text\n1," + '"' * DEEP + "\n"),
        ("a.xml", tei("<hi>a</hi>" * DEEP)),
    ],
    ids=["voices", "blanks", "tags", "lines", "labels", "short", "quotes", "flat"],
)
def test_no_pattern_takes_longer_than_the_file_is_long(name: str, content: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, name, content)
    assert outcome.texts and outcome.seconds < 10

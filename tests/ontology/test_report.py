"""Each check finds what it is for and nothing else; the shipped data has no ERROR; a bad check is refused with file, line and reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from cases import broken
from ressenti.cli.check import report as command
from ressenti.errors import DataError
from ressenti.ontology.checks.data import Data, from_files, from_tables
from ressenti.ontology.checks.report import LEVELS, Finding, Report, load_checks, run, write
from ressenti.ontology.rdf.build import Tables
from ressenti.ontology.rdf.names import PREFIXES, short

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HERE = Path(__file__).parent
BROKEN = broken("checks")
LABELLED = """
INSERT { ?x rdfs:label ?fr, ?en; skos:definition ?fr, ?en } WHERE {
  ?x a ?kind FILTER (STRSTARTS(STR(?x), STR(tone:)) || STRSTARTS(STR(?x), STR(dep:)) || ?x = lex:c)
  FILTER NOT EXISTS { ?x rdfs:label|skos:definition ?any } BIND (STRAFTER(STR(?x), "ressenti/") AS ?n)
  BIND (STRLANG(?n, "fr") AS ?fr) BIND (STRLANG(?n, "en") AS ?en) }
"""
"""Labels and definitions for all that has none, which would fill pages."""


def sound() -> Store:
    """A small ontology and vocabulary in which no check finds anything."""
    store = Store()
    store.load(path=HERE / "broken" / "sound.ttl", format=RdfFormat.TURTLE)
    store.update(LABELLED, prefixes=dict(PREFIXES))
    return store


@pytest.fixture(scope="module")
def shipped() -> Report:
    return run(from_tables(Tables()))


def test_sound_data_gives_no_finding() -> None:
    assert run(Data(sound())).findings == ()


@pytest.mark.parametrize("name", [check.name for check in load_checks()])
def test_check_finds_what_it_is_for(name: str) -> None:
    turtle, expected = BROKEN[name]
    store = sound()
    store.load((HEAD + turtle).encode(), format=RdfFormat.TURTLE)
    (check,) = [check for check in load_checks() if check.name == name]
    findings = run(Data(store), [check]).findings
    assert {f"{short(f.entity)} {short(f.value)}".rstrip() for f in findings} == expected
    assert {(f.level, f.check) for f in findings} == {(check.level, name)}


def test_every_case_has_a_check() -> None:
    assert set(BROKEN) == {check.name for check in load_checks()}


def test_shipped_data_has_no_error(shipped: Report) -> None:
    assert [finding for finding in shipped.findings if finding.level == "ERROR"] == []


def test_findings_come_in_order(shipped: Report) -> None:
    assert list(shipped.findings) == sorted(shipped.findings, key=lambda f: (LEVELS.index(f.level), f.check, f.entity, f.property, f.value))
    assert [check.level for check in shipped.checks] == sorted((check.level for check in shipped.checks), key=LEVELS.index)


def test_docs_have_every_check() -> None:
    page = (HERE.parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", page, re.M))
    assert rows == {c.name: f"{c.level} | {c.title} | {c.why} | {c.mend}" for c in load_checks()}


def test_level_decides_whether_a_report_fails() -> None:
    def found(level: str) -> Report:
        return Report((), (Finding(level, "x", "x", "", ""),))

    assert [found("WARN").fails(level) for level in ("error", "warn", "info", "none")] == [False, True, True, False]
    assert [found("ERROR").fails(level) for level in ("error", "warn", "info", "none")] == [True, True, True, False]
    assert not Report((), ()).fails("info")


def test_formats() -> None:
    checks = [check for check in load_checks() if check.name == "subclass-of-itself"]
    store = sound()
    store.load(f"{HEAD} tone:X rdfs:subClassOf tone:X . tone:Y rdfs:subClassOf tone:Y .".encode(), format=RdfFormat.TURTLE)
    made = run(Data(store), checks)
    tone, rdfs = PREFIXES["tone"], PREFIXES["rdfs"]
    assert write(made, "tsv").splitlines() == [
        "level\tcheck\tentity\tproperty\tvalue",
        f"ERROR\tsubclass-of-itself\t{tone}X\t{rdfs}subClassOf\t{tone}X",
        f"ERROR\tsubclass-of-itself\t{tone}Y\t{rdfs}subClassOf\t{tone}Y",
    ]
    told = json.loads(write(made, "json"))
    assert told["counts"] == {"ERROR": 2, "WARN": 0, "INFO": 0}
    assert told["checks"][0]["mend"] == checks[0].mend
    assert told["findings"][1]["entity"] == f"{tone}Y"
    table = write(made, "table", limit=1)
    assert "tone:X  rdfs:subClassOf  tone:X\n       … and 1 more\n" in table
    assert table.endswith("1 checks: 2 ERROR, 0 WARN, 0 INFO\n")


def test_no_cell_of_the_table_is_a_formula() -> None:
    finding = Finding("WARN", "whitespace", "https://x.org/a", "rdfs:label", "=HYPERLINK(1) @fr")
    cells = write(Report((), (finding,)), "tsv").splitlines()[1].split("\t")
    assert cells[2:] == ["https://x.org/a", "rdfs:label", "'=HYPERLINK(1) @fr"]


def test_a_vocabulary_alone_is_checked_beside_the_shipped_ontology(tmp_path: Path) -> None:
    path = tmp_path / "words.ttl"
    path.write_text(f"{HEAD} lex:joie ontolex:sense [ ontolex:reference tone:Joy ], [ ontolex:reference tone:Joie ] .", encoding="utf-8")
    data = from_files([path])
    assert data.beside
    findings = run(data).findings
    assert [short(f.value) for f in findings if f.check == "sense-unknown-emotion"] == ["tone:Joie"]
    assert not [f for f in findings if f.entity.startswith(PREFIXES["tone"]) and f.check != "undeclared-property"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("SELECT ?entity { ?entity a owl:Class }", 1, "has no 'title' in its head; begin the file with « # title: … »"),
        ("# title: x\n# level: BAD\n", 2, "has the level 'BAD'; write one of ERROR, WARN, INFO"),
        ("# title: x\n# titel: x\n", 2, "has the unknown key 'titel'; write one of title, level, why, mend"),
        ("# title: x\n# title: x\n", 2, "gives 'title' a second time"),
        ("# title: x\n# level\n", 2, "is no line of a head; write « # title | level | why | mend: … », or two blanks to go on with"),
        ("# title: x\n# level: WARN\n# why: x\n# mend: x\nSELECT ?entity {\n ?entity a FILTER }", 6, "is a query that cannot be read ("),
        ("# title: x\n# level: WARN\n# why: x\n# mend: x\nSELECT ?x { ?x a owl:Class }", None,
         "does not yield findings; select ?entity, or ?entity ?property ?value"),
        ("# title: x\n# level: WARN\n# why: x\n# mend: x\nASK { ?x a owl:Class }", None, "does not yield findings; "),
        ("# title: x\n# level: WARN\n# why: x\n# mend: x\nSELECT ?entity {\n SERVICE <http://x.org/> { ?entity a ?c } }", 6,
         "SERVICE reaches the network"),
    ],
)  # fmt: skip
def test_bad_check(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    path = tmp_path / "own.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        run(Data(Store()), load_checks(tmp_path))
    assert (error.value.path, error.value.line) == (str(path), line)
    assert error.value.reason.startswith(reason)


def test_head_goes_on_over_lines(tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text("# title: one\n#   two\n# level: INFO\n# why: x\n# mend: x\nSELECT ?entity { }", encoding="utf-8")
    assert load_checks(tmp_path)[0].title == "one two"


def test_folder_without_checks(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(DataError, match=r"holds no check|is no folder"):
            load_checks(folder)


def test_command(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + 'tone:Joy a tone:PrimaryEmotion; rdfs:label "joie"@fr .', encoding="utf-8")
    runner, out = CliRunner(), tmp_path / "report.tsv"
    failing = runner.invoke(command, [str(path), "--format", "tsv", "-o", str(out)])
    assert failing.exit_code == 1
    assert f"ERROR\tmissing-label\t{PREFIXES['tone']}Joy\t{PREFIXES['rdfs']}label\ten\n" in out.read_text(encoding="utf-8")
    assert runner.invoke(command, [str(path), "--fail-on", "none"]).exit_code == 0
    assert runner.invoke(command, [str(path), "--tables", str(tmp_path)]).exit_code == 2
    path.write_text("tone:Joy a", encoding="utf-8")
    refused = runner.invoke(command, [str(path)])
    assert refused.exit_code == 3
    assert f"{path}:1" in refused.output

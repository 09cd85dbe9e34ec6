"""What goes wrong on an account is told without a word of it."""

from __future__ import annotations

import json
import resource
import shlex
import subprocess
from itertools import product
from pathlib import Path

import pytest

from privacy.inputs import TEXT, make, odt, pdf
from privacy.world import SENTENCES, World, holds_words

LINE = json.dumps({"id": "a", "text": SENTENCES[0]}, ensure_ascii=False)
GOOD_ENOUGH = f"{LINE}\n".encode()


def _marked(**changes):
    row = {"id": "a", "text": SENTENCES[0], "components": [], "mentions": [], "roles": [], "entities": [], "provenance": {}}
    return json.dumps(row | changes, ensure_ascii=False).encode()


BROKEN = {
    "cut.jsonl": f'{{"id": "a", "text": "{TEXT}'.encode(),
    "text.jsonl": json.dumps({"id": "a", "texte": TEXT, TEXT: 1}).encode(),
    "list.jsonl": json.dumps([TEXT]).encode(),
    "type.jsonl": json.dumps({"text": {"a": TEXT}}).encode(),
    "surrogate.jsonl": b'{"text": "\\ud800 ' + TEXT.encode() + b'"}',
    "twice.json": f"[{LINE}, {LINE[:-3]}".encode(),
    "deep.json": f"{TEXT}{'[' * 3000}".encode(),
    "marks.jsonl": _marked(mentions=[{"id": TEXT, "cue": [[0, 99999]], "emotion": TEXT}]),
    "roles.jsonl": _marked(roles=[{"mention": 7, "role": TEXT, "span": [3, 2], "source": TEXT}]),
    "entities.jsonl": _marked(entities=[{"id": TEXT, "label": 3, "mentions": TEXT}]),
    "columns.csv": f'id,autre\na,"{TEXT}"\n'.encode(),
    "fields.csv": f'id,text\na,"{SENTENCES[0]}",zyxomarteau,b\nb\n'.encode(),
    "quote.csv": f'id,text\na,"{TEXT}\n'.encode(),
    "header.tsv": f"{SENTENCES[0]}\t{SENTENCES[1]}\n{SENTENCES[2]}\n".encode(),
    "bytes.txt": TEXT.encode() + b"\xff\xfe\x00\x81",
    "nul.txt": TEXT.encode() + b"\0",
    "other.csv": TEXT.encode("utf-16")[:-1],
    "entity.xml": f'<!DOCTYPE a [<!ENTITY x "{TEXT}">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&x;</TEI>'.encode(),
    "tag.xml": f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>{TEXT}</q></body></text></TEI>".encode(),
    "other.xml": f"<roman><p>{TEXT}</p></roman>".encode(),
    "cut.docx": odt(TEXT),
    "cut.odt": odt(f"<text:p>{TEXT}</text:q>"),
    "text.odt": TEXT.encode(),
    "cut.pdf": pdf(SENTENCES)[:-200],
    "text.pdf": b"%PDF-1.4\n" + TEXT.encode(),
    "times.srt": f"1\nzyxomarteau --> Kanarivaux\n{TEXT}\n".encode(),
    "times.vtt": f"WEBVTT\n\nzyxomarteau --> 00:00\n{TEXT}\n".encode(),
}
"""Name of a file to what is in it, each broken in its own way."""
COMMANDS = (
    "annotate bad/{} -o out.jsonl",
    "annotate bad --text-column zyx --id-column zyx --encoding utf-8 -o out.jsonl",
    "annotate bad --speaker nobody -o out.jsonl",
    "annotate bad/bytes.txt --encoding utf-8",
    "export bad -o out.ttl",
    "export bad/marks.jsonl -o /dev/full",
    "identifying bad -o list.tsv",
    "graph bad -o out.svg",
    "patterns show bad",
    "trajectory bad",
    "review page bad -o page.html",
    "review summary bad -o sheet.html",
    "review apply wrong/decisions.json in/accounts.jsonl -o out.jsonl",
    "review apply wrong/other.json in/gold.jsonl -o out.jsonl --report report.tsv",
    "review apply wrong/cut.json in/gold.jsonl -o out.jsonl",
    "review agree wrong/other.json in/anne.json in/gold.jsonl",
    "review learn wrong/decisions.json in/gold.jsonl",
    "evaluate bad/marks.jsonl in/gold.jsonl",
    "evaluate in/gold.jsonl bad/roles.jsonl",
    "import wrong/brat",
    "import wrong/cas.xmi",
    "import wrong/webanno.tsv",
    "import wrong/cut.ttl",
    "store load kept bad wrong/cut.ttl",
    "sparql 'SELECT * {{ ?a ?b ?c }}' --data wrong/cut.ttl",
    "store load kept in/gold.jsonl --skip-failed bad",
    "fallback lfs bad --gold bad/marks.jsonl",
    "fallback train bad --gold bad/text.jsonl -o m.zip",
    "fallback evaluate auto bad --gold bad/roles.jsonl",
    "fallback predict wrong/model.zip in/recit.txt",
    "fallback queue auto bad",
    "rules coverage bad",
    "experiment cpm bad/text.jsonl",
    "experiment components bad/cut.jsonl",
    "experiment detection bad/marks.jsonl",
    "experiment emotexttokids wrong/corpus",
    "vocab candidates --no-thesaurus --corpus bad -o candidates.jsonl",
    "vocab diff shipped shipped bad --gold bad/marks.jsonl",
    *(f"ontology report wrong/{name}" for name in ("cut.ttl", "quote.ttl", "text.rdf", "iri.rdf", "prefix.ttl")),
    "import wrong/quote.ttl",
    "ontology dependencies --narratives bad/marks.jsonl",
    "export in/gold.jsonl --pseudonymise wrong/names.tsv -o out.ttl",
    "export in/gold.jsonl --unpseudonymise wrong/names.tsv -o out.ttl",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory, annotator):
    world = World(tmp_path_factory.mktemp("errors"))
    make(world.work / "in", annotator)
    wrong = {
        "decisions.json": json.dumps(
            {"format": "ressenti-decisions", "version": 1, "reviewer": TEXT, "narratives": [{"id": 1, TEXT: TEXT}]}
        ),
        "other.json": (world.work / "in" / "anne.json").read_text().replace('"r0"', '"zyxomarteau"'),
        "cut.json": (world.work / "in" / "anne.json").read_text()[:-40],
        "brat/a.txt": TEXT,
        "brat/a.ann": f"T1\tpeur 0 {len(TEXT) + 9}\t{TEXT.splitlines()[0]}\nT2\tfear 1 3\tzyxomarteau\nR1 {TEXT}\n",
        "cas.xmi": f"<xmi:XMI xmlns:xmi='http://www.omg.org/XMI'>{TEXT}",
        "webanno.tsv": f"#FORMAT=WebAnno TSV 3.3\n\n#Text={SENTENCES[0]}\n1-1\t0-99\tzyxomarteau\tx\n",
        "cut.ttl": f'<urn:a> <urn:b> "{SENTENCES[0]}" ; zyxomarteau',
        "quote.ttl": f'<urn:a> <urn:b> "a dit "{SENTENCES[0]}" hier" .',
        "text.rdf": f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{SENTENCES[0]}</rdf:RDF>',
        "iri.rdf": f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:A rdf:about="{SENTENCES[0]}"/></rdf:RDF>',
        "prefix.ttl": "zyxomarteau:a <urn:b> <urn:c> .",
        "model.zip": TEXT,
        "names.tsv": f"name\tpseudonym\tkind\n{SENTENCES[0]}\n",
        "corpus/train.jsonl": f'{{"text": "{SENTENCES[0]}"}}\n',
        "corpus/validation.jsonl": LINE[:-5],
    }
    files = {f"bad/{name}": data for name, data in BROKEN.items()} | {f"wrong/{name}": data.encode() for name, data in wrong.items()}
    for name, data in files.items():
        (world.work / name).parent.mkdir(exist_ok=True, parents=True)
        (world.work / name).write_bytes(data)
    return world


@pytest.fixture(scope="module")
def results(world):
    every = [COMMANDS[0].format(name) for name in BROKEN] + [command.format() for command in COMMANDS[1:]]
    command = world.command(world.folder / "results.jsonl", python=("-m", "privacy.runner"))
    done = subprocess.run(
        command, input=json.dumps(every).encode(), cwd=world.work, env=world.environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert not holds_words(done.stderr), done.stderr.decode()
    return [json.loads(line) for line in (world.folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def test_no_message_quotes_an_account(results):
    quoting = [(result["words"], result["stderr"]) for result in results if holds_words(result["stderr"])]
    assert quoting == []


def test_something_is_said_and_nothing_is_an_internal_error(results):
    silent = [result["words"] for result in results if result["status"] and not result["stderr"]]
    internal = [
        (result["words"], result["stderr"]) for result in results if result["status"] == 70 or result["exception"] not in ("", "SystemExit")
    ]
    assert (silent, internal) == ([], [])
    assert sum(result["status"] != 0 for result in results) > len(results) / 2


def test_what_is_left_is_private(results, world):
    assert [name for name in world.open_files() if not name.startswith(("bad/", "wrong/"))] == []
    assert not [name for name in world.left() if name.startswith("tmp/") or holds_words((world.folder / name).read_bytes())]
    assert world.log.read_text(encoding="utf-8") == ""


@pytest.fixture(scope="module")
def failed(world):
    """What a fault in each part gave, by the part and whether the traceback was asked for."""
    cases = list(product(("annotator", "reader", "writer"), (False, True)))
    every = [(place, {"RESSENTI_DEBUG": "1"} if debug else {}, f"annotate in/recit.txt -o failed-{n}.jsonl")
             for n, (place, debug) in enumerate(cases)]  # fmt: skip
    command = world.command(world.folder / "failed.jsonl", python=("-m", "privacy.faults"))
    done = subprocess.run(
        command, input=json.dumps(every).encode(), cwd=world.work, env=world.environment, capture_output=True, check=False
    )
    assert done.returncode == 0 and not done.stdout and not done.stderr, done.stderr.decode()
    lines = (world.folder / "failed.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(zip(cases, map(json.loads, lines), strict=True))


@pytest.mark.parametrize("place", ["annotator", "reader", "writer"])
@pytest.mark.parametrize("debug", [False, True])
def test_an_internal_error_quotes_only_who_asked_for_it(world, failed, place, debug):
    result = failed[place, debug]
    assert result["status"] == 70 and "internal error: " in result["stderr"]
    assert holds_words(result["stderr"]) is debug
    assert not [*world.work.glob("failed*")] and not [*world.work.glob(".ressenti-*")]


@pytest.mark.parametrize(
    "words",
    ["annotate in/accounts.jsonl -o full.jsonl", "export in/gold.jsonl --format brat -o full", "review page in/gold.jsonl -o full.html"],
)
def test_a_disk_that_is_full(world, words):
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))}
    environment = world.environment | {"RESSENTI_CACHE": "", "PYTHONDONTWRITEBYTECODE": "1"}  # Python would keep half of a module
    done = subprocess.run(world.command(*shlex.split(words)), cwd=world.work, env=environment,
                          capture_output=True, check=False, **limit)  # fmt: skip
    assert done.returncode == 4 and b"cannot be written" in done.stderr and not holds_words(done.stderr)
    assert not [*world.work.glob("full*"), *world.work.glob(".ressenti-*")]


def test_a_pipe_that_is_full(world):
    with Path("/dev/full").open("wb") as full:
        done = world.run("annotate", "in/recit.txt", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 4 and b"standard output" in done.stderr and not holds_words(done.stderr)

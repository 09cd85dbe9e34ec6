"""Several processes, one output: in order, and ended as one process would be."""

from __future__ import annotations

import json
import multiprocessing
import os
import shlex
import subprocess
import sys

import pytest

import warm
from ressenti.corpora.account import Account
from ressenti.corpora.run import Run, unannotated
from ressenti.errors import DataError, InputError
from ressenti.scale import pool as pool_module
from ressenti.scale.pool import Pool
from ressenti.scale.stream import Spread, readings
from ressenti.scale.work import CHARACTERS, Task
from scale.inputs import Shared, rows


def test_lines_are_those_of_one_process_and_what_fails_is_told(tmp_path, annotator):
    source, said = rows(tmp_path, 90, "deadly", "faulty"), []
    with Pool(Shared(annotator=annotator), 3) as pool:
        run = Spread([str(source)], pool, say=said.append, french=True)
        found = list(run)
    alone = annotator.pipe(n for n, _ in Run([str(source)], say=said.append, french=True)._accounts() if n.id not in ("deadly", "faulty"))
    assert found == [f"{narrative.to_json()}\n" for narrative in alone]
    assert (run.done, run.failed) == (90, 3)
    assert [line.split(": ", 1)[0].rsplit(":", 1)[1] for line in said[:3]] == ["8", "9", "13"]


def test_processes_that_begin_anew_change_nothing(tmp_path, annotator, monkeypatch):
    source = str(rows(tmp_path, 200))
    monkeypatch.setattr(pool_module, "FRESH", 1)
    seen = set()
    with Pool(Shared(annotator=annotator), 2) as pool:
        found = []
        for line in Spread([source], pool, say=str, french=True):
            found.append(line)
            seen.update(process.pid for process in multiprocessing.active_children())
    assert [json.loads(line)["id"] for line in found] == [f"a{n}" for n in range(200)]
    assert len(seen) >= 6


def test_a_batch_is_bounded_and_ends_with_a_shard():
    items = [Account(str(n), "a" * size) for n, size in enumerate([10] * 50 + [CHARACTERS] * 3 + [10] * 7)]
    items[5] = InputError("f", 6, "no")
    found = list(readings(items, unannotated, 20))
    assert [len(batch.items) for batch in found] == [20, 20, 11, 1, 1, 7]
    assert [item for batch in found for item in batch.items] == items
    assert [len(batch.narratives) for batch in found] == [19, 20, 11, 1, 1, 7]


def test_what_cannot_be_loaded_is_told_by_forked_and_by_other_processes(tmp_path):
    words = tmp_path / "words.tsv"
    words.write_text("nothing\n", encoding="utf-8")
    with Pool(Task([str(words)]), 2) as pool, pytest.raises(DataError, match=r"words\.tsv:1"):
        list(Spread([str(rows(tmp_path, 3))], pool, say=print))


def test_processes_that_cannot_fork_load_for_themselves(tmp_path):
    words = tmp_path / "words.tsv"
    words.write_text("nothing\n", encoding="utf-8")
    code = (
        "from ressenti.scale import work; work.Task.forks = property(lambda self: False)\n"
        "import sys; from ressenti.scale.pool import Pool; from ressenti.scale.stream import Spread\n"
        "from ressenti.errors import RessentiError\n"
        "if __name__ == '__main__':\n"
        "    with Pool(work.Task(), 1) as pool: print(len(list(Spread([sys.argv[1]], pool, say=print, french=True))))\n"
        "    with Pool(work.Task([sys.argv[2]]), 1) as pool:\n"
        "        try: list(Spread([sys.argv[1]], pool, say=print))\n"
        "        except RessentiError as error: print(error)\n"
    )
    script = tmp_path / "spawned.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, script, rows(tmp_path, 3), words], capture_output=True, text=True, check=False)
    assert "\n3\n" in done.stdout and f"{words}:1: " in done.stdout and not done.stderr


def test_the_reader_of_the_output_leaves(tmp_path):
    command = shlex.join([sys.executable, "-m", "ressenti", "annotate", "-j", "2", str(rows(tmp_path, 2000))])
    done = subprocess.run(["bash", "-c", f"{command} | head -n 3; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert len(lines) == 4 and lines[-1] == "141"
    assert "Traceback" not in done.stderr


def test_tables_have_one_header(tmp_path):
    command = ("annotate", rows(tmp_path, 60), "--lang", "fr", "--format", "table")
    one, several = (warm.run(*command, "-j", jobs) for jobs in ("1", "2"))
    assert several.stdout == one.stdout and one.stdout.count(b"experiencer_entity") == 1
    assert (one.returncode, several.returncode) == (1, 1) and one.stderr == several.stderr


def test_wrong_calls(tmp_path):
    def said(*arguments):
        done = warm.run("annotate", tmp_path / "x.txt", *arguments, env=os.environ | {"COLUMNS": "200"}, text=True)
        return done.returncode, done.stderr

    assert said("--resume")[0] == 2 and "-o FOLDER/" in said("--resume")[1]
    assert said("--format", "table", "-o", f"{tmp_path / 'out'}/")[0] == 2
    assert said("--encoding", "nope", "-o", f"{tmp_path / 'out'}/")[0] == 2
    assert not (tmp_path / "out").exists()


def test_what_is_not_asked_for_is_left_out_by_one_and_by_several(tmp_path):
    account = tmp_path / "a.txt"
    account.write_text("Ma sœur avait peur de moi. J’étais triste.", encoding="utf-8")
    command = ("annotate", account, "--without", "entities", "--without", "components")
    one, several = (warm.run(*command, "-j", jobs).stdout for jobs in ("1", "2"))
    found = json.loads(one)
    assert several == one and found["components"] == [] and [entity["id"] for entity in found["entities"]] == ["NARRATOR"]
    into = tmp_path / "out"
    assert warm.run(*command, "-o", f"{into}/").returncode == 0
    assert (into / "narratives" / "part-000000.jsonl").read_bytes() == one
    assert json.loads((into / "manifest.json").read_text())["run"]["options"]["entities"] is False

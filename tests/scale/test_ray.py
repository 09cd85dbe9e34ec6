"""Pieces read as the whole, Parquet and back, and a real Ray whose workers are killed in the middle."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from ressenti.corpora.reading import read as read_all
from ressenti.corpora.run import unannotated
from ressenti.corpora.writing import json_line
from ressenti.errors import InputError, OutputError, RessentiError
from ressenti.scale.ray.cluster import check_address
from ressenti.scale.ray.engine import Job, annotate_to
from ressenti.scale.ray.pieces import Options, Piece, cut, files, read
from ressenti.scale.ray.places import Folder, bare, check_network
from ressenti.scale.ray.stages import KILLED, TRIES, Model, Plan, Reader, Rules, Trial, Writer
from ressenti.scale.ray.survey import count, counts, placed
from ressenti.scale.work import HOPELESS, Task
from ressenti.schema import Narrative

fsspec = pytest.importorskip("fsspec", reason="without the extra [ray]")
pa = pytest.importorskip("pyarrow", reason="without the extra [ray]")
pq = pytest.importorskip("pyarrow.parquet")
from fsspec.implementations.memory import MemoryFileSystem  # noqa: E402

from ressenti.scale.ray import parquet  # noqa: E402

FEELING = "Hier, j’ai eu très peur de mon père parce qu’il criait. Ma sœur était furieuse contre moi."
LINES = [
    '{"id": "a", "text": "un"}', "", '{"text": "deux", "lieu": "Lyon"}', "[1, 2]", '{"id": "a", "text": "trois"}', "pas du JSON",
    '{"id": "a#2", "text": "quatre é"}', '{"text": 5}', '{"id": "a", "text": "six", "extra": {"where": 1}}', "{",
    '{"text": "sept"}', '{"behavior": "Je pars.", "feeling": "La peur."}',
]  # fmt: skip


def through_pieces(urls, size, shard=3):
    """What the stages read, as the driver places it."""
    pieces = list(cut(files(urls), size))
    pieces = placed(pieces, [counts(count(piece, Options())) for piece in pieces], shard)
    pieces = [Piece.from_dict(json.loads(json.dumps(piece.to_dict()))) for piece in pieces]
    reader = Reader(Plan("nowhere", Task(), Options(), shard))
    return [item for piece in pieces for item in reader._items(piece)], pieces


def seen(items):
    return [(item.path, item.line, item.reason) if isinstance(item, InputError) else (item.id, item.text, item.line) for item in items]


@pytest.mark.parametrize("size", [1, 7, 40, 100, 1 << 20])
def test_lines_in_pieces_are_read_as_in_one(tmp_path, size):
    whole = tmp_path / "récits.jsonl"
    whole.write_text("\n".join([*LINES, LINES[1], LINES[-1]]), encoding="utf-8")
    items, pieces = through_pieces([str(whole)], size)
    expected = seen(read_all([whole]))
    # « a#2 » is somebody’s own id: the second « a » becomes « a#3 » here; where one looks at the accounts in turn, it takes « a#2 » first
    renamed = {"a#2": "a#3", "a#3": "a#4", "a#2#2": "a#2"}
    assert seen(items) == [(renamed.get(id_, id_), *rest) for id_, *rest in expected]
    assert (len(pieces) > 1) == (size < 1 << 20)


def test_files_of_a_folder_are_put_together(tmp_path):
    for name, text in {"un.txt": "Je pleure.", "deux.csv": 'id;texte\n1;Je ris.\n2;"J\'ai peur."\n', "vide.docx": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>")
    (tmp_path / "sortie").write_text('{"text": "Je pleure."}\n')
    named = [str(tmp_path / name) for name in (".", "rien.txt", "page.html", "sortie")]
    items, pieces = through_pieces(named, 1 << 20)
    assert seen(items) == seen(read_all(named))
    assert len(pieces) == 1 and sum(isinstance(item, InputError) for item in items) == 3


def test_parquet_in_row_groups(tmp_path):
    rows = {"Texte": ["un", None, "trois", "quatre"], "n": [1, 2, 3, 4], "quand": pa.array([0, 1, 2, 3], pa.timestamp("s"))}
    pq.write_table(pa.table(rows), tmp_path / "récits.parquet", row_group_size=1)
    items, pieces = through_pieces([str(tmp_path)], 1)
    assert len(pieces) == 4
    assert [item.id for item in items if not isinstance(item, InputError)] == ["récits#1", "récits#3", "récits#4"]
    assert items[1].reason == "row 2: the value of 'text' is not a string"
    assert items[0].extra == {"n": 1, "quand": "1970-01-01 00:00:00"}
    (tmp_path / "récits.parquet").write_bytes(b"PAR1 and no more")
    (broken,) = through_pieces([str(tmp_path)], 1)[0]
    assert broken.reason == "is no Parquet file, or a broken one"
    told = list(read(next(cut(files([str(tmp_path)]))).parts[0], Options(text_column="récit")))
    assert isinstance(told[0], InputError)


def test_narratives_come_back_from_parquet(tmp_path, annotator):
    found = annotator(FEELING, "n1")
    found.extra = {"lieu": "Lyon", "sous": {"n": [1, 2.5, None]}}
    (tmp_path / "part.parquet").write_bytes(parquet.table([json_line(found).encode()]))
    (again,) = parquet.narratives(str(tmp_path / "part.parquet"))
    assert again.to_dict() == found.to_dict()
    ((account,), _) = through_pieces([str(tmp_path)], 1)
    assert account.extra == found.extra and account.text == FEELING


def test_places_in_memory():
    folder = Folder("memory://récits/sortie")
    folder.write("part.jsonl", b"{}")
    assert folder.names() == {"part.jsonl"} and folder.read("part.jsonl") == b"{}" and folder.read("rien") is None
    Folder("memory://récits/entrée").write("a.jsonl", b'{"text": "un"}\n')
    items, _ = through_pieces(["memory://récits/entrée"], 5)
    assert [item.id for item in items] == ["a#1"]
    assert through_pieces(["memory://nulle-part"], 5)[0][0].reason == "no such file or folder"
    assert bare("file:///tmp/a") == "/tmp/a"


def test_a_store_that_fails_is_no_fault_of_the_input():
    """Nothing is put aside for it: it ends a run, which goes on later."""

    class Gone(Exception):
        """As stores raise them, of no kind that Python knows."""

    class Failing(MemoryFileSystem):
        protocol = "failing"

        @classmethod
        def _strip_protocol(cls, path):
            return super()._strip_protocol(path.replace("failing:", "memory:"))

        def cat_file(self, path, **options):
            raise Gone("J’ai peur")

        def _open(self, path, mode="rb", **options):
            stream = io.BytesIO()
            stream.read = stream.read1 = self.cat_file
            return stream

    fsspec.register_implementation("failing", Failing, clobber=True)
    place = "failing://dépôt/récits.jsonl"
    with fsspec.open("memory://dépôt/récits.jsonl", "wb") as stream:  # both kinds keep their files in one place
        stream.write(b'{"text": "un"}\n' * 9)
    for doing in (lambda: through_pieces([place], 5), lambda: Folder("failing://dépôt").read("récits.jsonl")):
        with pytest.raises(RessentiError, match=r"cannot be used \(Gone\)$") as error:
            doing()
        assert "peur" not in str(error.value)
    assert through_pieces(["failing://dépôt/rien.jsonl"], 5)[0][0].reason == "no such file or folder"


def test_what_leaves_the_machine_is_refused(tmp_path):
    check_network(["a.jsonl", "file:///tmp/a", "memory://a"], False)
    check_network(["s3://a"], True)
    check_address("127.0.0.1:6379", False)
    check_address("", False)
    for url in ("s3://a/b", "https://a/b", "S3://a", "zip://a::gs://b"):
        with pytest.raises(RessentiError, match="--allow-network"):
            check_network([url], False)
    for address in ("ray://10.0.0.1:10001", "head:6379", "auto"):
        with pytest.raises(RessentiError, match="--allow-network"):
            check_address(address, False)


def test_an_output_in_the_input_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ressenti.scale.ray.engine.check_installed", lambda: None)
    with pytest.raises(OutputError, match="also read"):
        annotate_to(Job([str(tmp_path)], str(tmp_path / "out"), Task()), print)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").touch()
    with pytest.raises(OutputError, match="not empty"):
        annotate_to(Job(["a.jsonl"], str(tmp_path / "other"), Task()), print)


def test_inputs_that_are_not_there_leave_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("ressenti.scale.ray.engine.check_installed", lambda: None)
    said = []
    assert annotate_to(Job([str(tmp_path / "a.jsonl")], str(tmp_path / "out"), Task()), said.append).quarantined == 1
    assert said == [f"{tmp_path}/a.jsonl: no such file or folder"] and not (tmp_path / "out").exists()


def test_an_account_that_kills_is_left_out(tmp_path):
    """As a worker sees it that is the next after some that died."""
    row = {"shard": 0, "items": b"\n".join(json.dumps({"where": ["a", n], "account": account(n)}).encode() for n in range(3))}
    folder = Folder(str(tmp_path))
    for _ in range(TRIES):
        trial = Trial(folder, 0)
        assert not trial.is_deadly("n0") and not trial.is_deadly("n1")  # and here it dies
    assert Rules(Plan(str(tmp_path), Task(), Options(), 3))(row) == {"number": 0, "accounts": 2, "quarantined": 1}
    lines, aside = written(tmp_path)
    assert [json.loads(line)["id"] for line in lines] == ["n0", "n2"]
    assert aside == [{"source": "a", "line": 1, "id": "n1", "reason": KILLED}]


def test_a_shard_that_was_annotated_is_not_done_account_by_account_when_its_writing_fails(tmp_path):
    folder = Folder(str(tmp_path))
    Trial(folder, 0).survived()
    assert not Trial(folder, 0).careful  # and here its worker dies over an account
    assert Trial(folder, 0).careful
    for _ in range(HOPELESS - 3):
        Trial(folder, 0).survived()
    with pytest.raises(RessentiError, match="20 workers died"):
        Trial(folder, 0)


def written(place):
    """The lines of the first shard, and what was put aside."""
    record = json.loads((place / ".ressenti" / "part-000000.json").read_text(encoding="utf-8"))
    return (place / "part-000000.jsonl").read_text(encoding="utf-8").splitlines(keepends=True), record["aside"]


def test_a_model_judges_a_shard_at_once_and_one_account_that_it_fails_on_is_put_aside(tmp_path):
    stage = Model(Plan(str(tmp_path), Task(fallback="auto"), Options(), 3))
    fallback = stage._worker._model
    model, asked = fallback.model, []
    rows = [Narrative(f"n{k}", f"J’ai claqué la porte et j’ai pleuré. Il a plu {k} jours.") for k in range(4)]
    row = {"shard": 0, "lines": "".join(map(json_line, rows)).encode(), "aside": json.dumps([{"id": "x"}])}

    def logits(found, masked=False, broken=""):
        asked.append(len(found))
        if any(passage.narrative == broken for _, passage, _ in found):
            raise ValueError("J’ai claqué la porte")
        return model.logits(found, masked)

    plain = [json_line(fallback(narrative)) for narrative in rows]
    wrapped = SimpleNamespace(**{name: getattr(model, name) for name in ("name", "labels", "curves", "thresholds", "together")})
    fallback.model = wrapped
    wrapped.logits = logits
    stage(row)
    assert written(tmp_path) == (plain, [{"id": "x"}]) and asked == [8]
    wrapped.logits = partial(logits, broken="n2")
    stage(row)
    lines, aside = written(tmp_path)
    assert lines == plain[:2] + plain[3:]
    assert [item["id"] for item in aside] == ["x", "n2"] and "porte" not in str(aside)


def account(number):
    return {"id": f"n{number}", "text": FEELING, "components": [], "extra": {}}


def test_what_is_written_is_private(tmp_path):
    out = tmp_path / "out"
    Writer(Plan(str(out), Task(), Options(), 1))({"shard": 3, "lines": b"{}\n", "aside": "[]"})
    modes = {path.name: path.stat().st_mode & 0o777 for path in (out, *out.rglob("*"))}
    assert modes == {"out": 0o700, ".ressenti": 0o700, "part-000003.jsonl": 0o600, "part-000003.json": 0o600}


@pytest.mark.skipif(find_spec("ray") is None or sys.platform != "linux", reason="without Ray, which the extra [ray] brings")
def test_a_worker_killed_in_the_middle_costs_nothing(tmp_path, annotator):
    source = tmp_path / "récits.jsonl"
    rows = [{"id": f"n{n}", "text": FEELING * (n % 3 + 1), "lieu": n} for n in range(40)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"text": 5}\n', encoding="utf-8")
    options = f"annotate --engine ray {source} -o sortie --jobs 2 --shard-size 8".split()
    command = [sys.executable, "-m", "ressenti", *options]
    mine = {**os.environ, "RESSENTI_TEST": str(tmp_path)}
    with subprocess.Popen(command, cwd=tmp_path, env=mine, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        killed = kill_one(process, tmp_path / "sortie" / ".ressenti", f"RESSENTI_TEST={tmp_path}")
        said = process.communicate()
    out = tmp_path / "sortie"
    assert said == ("", f"ressenti: {source}:41: the value of 'text' is not a string\nressenti: 1 input failed; "
                        "sortie/.ressenti/quarantine.jsonl says which and why\n")  # fmt: skip
    assert killed and process.returncode == 1
    plain = annotator.pipe(unannotated(item) for item in read_all([source]) if not isinstance(item, InputError))
    shards = sorted(out.glob("part-*"))
    assert len(shards) == 6 and "".join(path.read_text(encoding="utf-8") for path in shards) == "".join(map(json_line, plain))
    assert json.loads((out / ".ressenti" / "manifest.json").read_text())["accounts"] == 40
    # A place that refuses a shard ends the run with its reason, and what a run lost is made again
    shards[2].unlink()
    shards[2].mkdir()
    (out / ".ressenti" / "part-000002.json").unlink()
    refused = subprocess.run([*command, "--resume"], cwd=tmp_path, env=mine, capture_output=True, text=True, check=False)
    assert refused.returncode == 4 and "cannot be used (Is a directory); what is finished is kept: --resume goes on" in refused.stderr
    shards[2].rmdir()
    again = subprocess.run([*command, "--resume"], cwd=tmp_path, env=mine, capture_output=True, text=True, check=False)
    assert "goes on after 5 shards" in again.stderr and len(list(out.glob("part-*"))) == 6
    whole = subprocess.run([*command, "--resume"], cwd=tmp_path, env=mine, capture_output=True, text=True, check=False)
    assert "is complete; there was nothing left to do" in whole.stderr and "goes on after" not in whole.stderr
    assert [Narrative.from_dict(json.loads(line)).id for line in shards[2].read_text().splitlines()] == [f"n{n}" for n in range(16, 24)]


def kill_one(process, state, sign):
    """Kill a worker that has a shard at work; whether some of the work was left."""
    while process.poll() is None:
        if any(state.glob("*.trial")) and (workers := [*running("ray::MapWorker(", sign)]):
            os.kill(workers[0], signal.SIGKILL)
            return len([*state.glob("part-*.json")]) < 6
        time.sleep(0.01)
    return False


def running(name, sign):
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if name.encode() in (path / "cmdline").read_bytes() and sign.encode() in (path / "environ").read_bytes():
                yield int(path.name)
        except OSError:
            continue

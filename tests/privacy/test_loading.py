"""Models, caches and archives are data: nothing in them is run, and nothing leaves its place."""

from __future__ import annotations

import ast
import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

import ressenti
from ressenti.errors import DataError, InputError, RessentiError
from ressenti.fallback.model import file as model_file
from ressenti.vocab_builder.embedding.kept import keep

ROOT = Path(ressenti.__file__).parent
SHIPPED = ROOT / "fallback" / "data" / "default.zip"
RUNS_CODE = {
    "eval", "exec", "compile", "__import__", "pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal",
    "jsonpickle", "os.system", "os.popen", "runpy", "yaml.load", "yaml.full_load", "yaml.unsafe_load", "yaml.load_all",
    "numpy.load", "np.load", "torch.load", "importlib.import_module", "pandas.read_pickle", "zipfile.ZipFile.extractall", "tarfile",
}  # fmt: skip
"""What runs what it is given, or can."""
ALLOWED = {
    ("vocab_builder/embedding/kept.py", "np.load"),  # with allow_pickle=False
    ("pretrained.py", "torch.load"),  # which it forbids
}


class Runs:
    """Unpickled, it leaves a file."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self):
        return Path.touch, (self.trace,)


def used(path):
    """What a module of ours calls or imports of the above, by its dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute | ast.Name):
            names = [ast.unparse(node)]
        yield from ((name, node) for name in names if name in RUNS_CODE or name.partition(".")[0] in RUNS_CODE)
        if isinstance(node, ast.Attribute) and node.attr in ("extractall", "extract", "load_module", "exec_module"):
            yield node.attr, node


def test_no_module_of_ours_runs_what_it_reads():
    found = {(path.relative_to(ROOT).as_posix(), name) for path in ROOT.rglob("*.py") for name, _ in used(path)}
    assert found <= ALLOWED


def test_arrays_are_loaded_without_pickles():
    calls = [
        call
        for path in ROOT.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("np.load", "numpy.load")
    ]
    assert calls and all(any(word.arg == "allow_pickle" and ast.unparse(word.value) == "False" for word in call.keywords) for call in calls)


def test_processes_are_started_without_a_shell():
    for path in ROOT.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                assert not any(word.arg == "shell" for word in call.keywords), f"{path}:{call.lineno}"


def pickled(trace: Path) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array([Runs(trace)], dtype=object), allow_pickle=True)
    return stream.getvalue()


def test_the_trap_works(tmp_path):
    np.load(io.BytesIO(pickled(tmp_path / "ran")), allow_pickle=True)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "part", ["rows.npy", "weights.npy", "bias.npy", "scale.npy", "curves.npy", "thresholds.npy", "model.json", "card.md"]
)
def test_a_model_with_a_pickle_in_it_is_refused(part, tmp_path):
    trace, path = tmp_path / "ran", tmp_path / "model.zip"
    with zipfile.ZipFile(SHIPPED) as whole, zipfile.ZipFile(path, "w") as made:
        for name in whole.namelist():
            data = pickled(trace) if part.endswith(".npy") else pickle.dumps(Runs(trace))
            made.writestr(name, data if name == part else whole.read(name))
    with pytest.raises(DataError):
        model_file.load(path)
    assert not trace.exists()


def test_a_model_whose_paths_climb_writes_nothing(tmp_path):
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    (folder / "model.zip").write_bytes(SHIPPED.read_bytes())
    with zipfile.ZipFile(folder / "model.zip", "a") as archive:
        archive.writestr("../../climbed", b"x")
        archive.writestr("/tmp/climbed-ressenti", b"x")
    assert model_file.load(folder / "model.zip").name == model_file.load(SHIPPED).name
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["model.zip"]
    assert not Path("/tmp/climbed-ressenti").exists()


def test_vectors_that_are_a_pickle_are_made_anew(tmp_path):
    keep(tmp_path, ["a"], lambda: np.ones((1, 2), np.float32))
    [path] = tmp_path.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(pickled(tmp_path / "ran"))
    assert keep(tmp_path, ["a"], lambda: np.zeros((1, 2), np.float32)).sum() == 0
    assert not (tmp_path / "ran").exists()


def test_an_index_that_is_a_pickle_is_refused(tmp_path):
    pytest.importorskip("faiss")
    from ressenti.vocab_builder.embedding.index import Index
    from ressenti.vocab_builder.embedding.light import Light

    (tmp_path / "i.faiss").write_bytes(pickle.dumps(Runs(tmp_path / "ran")))
    (tmp_path / "i.json").write_text(json.dumps({"format": 1, "encoder": "light", "terms": ["a"]}))
    with pytest.raises(RessentiError):
        Index.open(tmp_path / "i", Light())
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rules.yaml", "rules: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{}']]\n"),
        ("words.yaml", "!!python/object/apply:os.system ['touch {}']\n"),
    ],
)
def test_knowledge_runs_nothing(name, content, tmp_path):
    path = tmp_path / name
    path.write_text(content.format(tmp_path / "ran"))
    with pytest.raises(RessentiError):
        ressenti.load(rules=[str(path)])
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["recit.docx", "recit.odt"])
def test_documents_whose_paths_climb_write_nothing(name, tmp_path):
    from ressenti.corpora import read

    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../climbed", b"x")
        archive.writestr("../../word/document.xml", b"<x/>")
    assert all(isinstance(item, InputError) for item in read([path]))
    assert [found.name for found in tmp_path.parent.rglob("climbed")] == []

"""A folder for a while is gone in the end, whatever held a store in it."""

from pathlib import Path

import pytest

import ressenti.ontology.sparql.store as module
from ressenti.errors import DataError
from ressenti.ontology.sparql.passing import passing_folder
from ressenti.ontology.sparql.store import opened


class _Writer:
    """Writes when it is closed, as RocksDB does."""

    def __init__(self, folder):
        self.folder = folder

    def __del__(self):
        Path(self.folder).mkdir(parents=True, exist_ok=True)
        Path(self.folder, "late").write_text("a")


def _fails(folder):
    writer = _Writer(folder)
    raise ValueError(writer.folder)


def test_nothing_is_left_where_an_error_holds_what_writes_there(tmp_path):
    with pytest.raises(ValueError, match="a-"), passing_folder("a-", tmp_path) as folder:
        _fails(folder)
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_of_a_store_that_a_broken_file_was_loaded_into(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    broken = tmp_path / "broken.ttl"
    broken.write_text('<urn:a> <urn:b> "c" ; d')
    with pytest.raises(DataError, match=r"broken\.ttl"), opened(files=[broken]):
        pass
    assert not list((tmp_path / "passing").iterdir())


def test_nothing_is_left_of_a_lasting_store_that_could_not_be_made(tmp_path, monkeypatch):
    def refuses(store, files):
        raise DataError(files[0], 1, "is broken")

    monkeypatch.setattr(module, "Store", _Writer)
    monkeypatch.setattr(module, "_load", refuses)
    with pytest.raises(DataError, match="is broken"), opened(tmp_path / "new", [tmp_path / "broken.ttl"]):
        pass
    assert not list(tmp_path.iterdir())

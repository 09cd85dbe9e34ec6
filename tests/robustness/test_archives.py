"""Archives made to harm: a few kilobytes that unpack to gigabytes, headers that lie, names that climb out."""

from __future__ import annotations

import bz2
import os
import zipfile
from pathlib import Path

import pytest

from robustness.archives import (
    WORDS,
    docx_parts,
    model_parts,
    npy_head,
    odt_parts,
    of_raw,
    packed,
    with_parts,
    zeros,
)
from robustness.bounded import bounded

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no limits of memory and time")

BASES = {"docx": (docx_parts(), "word/document.xml"), "odt": (odt_parts(), "content.xml"), "zip": (model_parts(), "model.json")}
HUGE = 1 << 31
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'haha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11)) + "]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a0 SYSTEM 'file:///etc/hostname'>]>"


def read(path: Path, data: bytes):
    path.write_bytes(data)
    return bounded(path, "model" if path.suffix == ".zip" else "accounts")


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return zeros(HUGE)


@pytest.fixture(scope="module")
def bomb_of_bzip2() -> bytes:
    return bz2.compress(b" " * (1 << 27), 9)


@pytest.mark.parametrize("kind", BASES)
def test_a_part_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(kind: str, bomb: bytes, tmp_path: Path) -> None:
    base, main = BASES[kind]
    outcome = read(tmp_path / f"a.{kind}", of_raw(base, main, zipfile.ZIP_DEFLATED, bomb, HUGE))
    assert "unpacks to more than" in outcome.errors[0]
    assert outcome.peak < 100


@pytest.mark.parametrize("kind", BASES)
def test_a_header_that_names_a_small_size_is_no_way_round(kind: str, bomb: bytes, tmp_path: Path) -> None:
    base, main = BASES[kind]
    outcome = read(tmp_path / f"a.{kind}", of_raw(base, main, zipfile.ZIP_DEFLATED, bomb, 1000))
    assert len(outcome.errors) == 1 and not outcome.texts
    assert outcome.peak < 100


@pytest.mark.parametrize("kind", BASES)
def test_methods_of_packing_that_no_document_has(kind: str, bomb_of_bzip2: bytes, tmp_path: Path) -> None:
    base, main = BASES[kind]
    outcome = read(tmp_path / f"a.{kind}", of_raw(base, main, zipfile.ZIP_BZIP2, bomb_of_bzip2, 1000))
    assert len(outcome.errors) == 1 and not outcome.texts
    assert outcome.peak < 100


@pytest.mark.parametrize("kind", BASES)
def test_an_archive_of_very_many_parts(kind: str, tmp_path: Path) -> None:
    outcome = read(tmp_path / f"a.{kind}", with_parts(BASES[kind][0], **{f"part{n}": b"" for n in range(30_000)}))
    assert "more than 10,000 parts" in outcome.errors[0]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_pictures_and_documents_within_are_never_unpacked(kind: str, bomb: bytes, tmp_path: Path) -> None:
    inner = of_raw({}, "a", zipfile.ZIP_DEFLATED, bomb, HUGE)
    base = {**BASES[kind][0], "word/embeddings/a.docx": inner}
    outcome = read(tmp_path / f"a.{kind}", of_raw(base, "word/media/a.png", zipfile.ZIP_DEFLATED, bomb, HUGE))
    assert outcome.texts == [WORDS]
    assert outcome.peak < 100


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_names_that_climb_out_write_nothing(kind: str, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    data = packed({**BASES[kind][0], "../climbed": b"x", f"{tmp_path}/climbed": b"x"})
    assert read(tmp_path / "below" / f"a.{kind}", data).texts == [WORDS]
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["below", f"a.{kind}"])


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_entities_of_xml_stay_shut(kind: str, doctype: str, tmp_path: Path) -> None:
    parts = docx_parts if kind == "docx" else odt_parts
    outcome = read(tmp_path / f"a.{kind}", packed(parts("&a10;" if doctype is LAUGHS else "&a0;", doctype)))
    assert len(outcome.errors) == 1 and ("damaged" in outcome.errors[0] or "document type" in outcome.errors[0])
    assert outcome.peak < 100


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_tree_of_millions_of_empty_tags(kind: str, tmp_path: Path) -> None:
    empty = "</w:t></w:r></w:p>" + "<w:p/>" * 2_100_000 + "<w:p><w:r><w:t>" if kind == "docx" else "<text:p/>" * 2_100_000
    parts = docx_parts(empty) if kind == "docx" else odt_parts(empty)
    assert "million tags" in read(tmp_path / f"a.{kind}", packed(parts)).errors[0]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"bias_npy": npy_head((1 << 40,)) + b"\0" * 16}, "the numbers that their head names"),
        ({"bias_npy": npy_head((2,), "|O") + b"\0" * 16}, "the numbers that their head names"),
        ({"model_json": b"[" * 100_000}, "damaged"),
        ({"model_json": b'{"format": 4, "name": "m", "labels": ["a", "b"], "rows": 1099511627776}'}, "rows"),
        ({"model_json": b'{"format": 4, "name": "m", "labels": ["a"' + b', "a"' * 99_999 + b'], "rows": 16777216}'}, "100000 columns"),
    ],
    ids=["size", "objects", "nested", "rows", "labels"],
)
def test_a_model_file_that_names_more_than_it_holds(changed: dict[str, bytes], word: str, tmp_path: Path) -> None:
    outcome = read(tmp_path / "a.zip", packed(model_parts(**changed)))
    assert word in outcome.errors[0] and "is no model" in outcome.errors[0]
    assert outcome.peak < 100


def test_what_the_archives_here_are_made_of_is_sound(tmp_path: Path) -> None:
    for kind, (base, _) in BASES.items():
        assert read(tmp_path / f"a.{kind}", packed(base)).texts == ["m" if kind == "zip" else WORDS]

"""Word documents."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora import Account, read
from ressenti.errors import InputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def one(path: Path) -> Account:
    [item] = read([path])
    assert isinstance(item, Account), item
    return item


def error(path: Path) -> InputError:
    [item] = read([path])
    assert isinstance(item, InputError), item
    return item


def with_body(path: Path, *xml: str) -> Path:
    document: Any = docx.Document()
    for piece in xml:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(piece))
    document.save(str(path))
    return path


def test_paragraphs_and_tables_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("J'ai eu  peur.\tTrès ")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Où ?", "Ici\nlà."
    document.add_paragraph("Fin 😀.").add_run(" Oui").bold = True
    document.save(str(tmp_path / "a.docx"))
    found = one(tmp_path / "a.docx")
    assert found.text == "J'ai eu  peur.\tTrès \n\nOù ?\nIci\nlà.\nFin 😀. Oui"
    assert found.paragraphs is not None
    assert [found.text[a:b] for a, b, _ in found.paragraphs] == [
        "J'ai eu  peur.\tTrès ",
        "",
        "Où ?",
        "Ici\nlà.",
        "Fin 😀. Oui",
    ]
    assert [locator for *_, locator in found.paragraphs] == ["p 1", "p 2", "p 3", "p 4", "p 5"]


def test_tracked_changes_links_controls_and_tab_stops(tmp_path: Path) -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    path = with_body(
        tmp_path / "a.docx",
        f"<w:p {W}><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>{run('Je ')}"
        f"<w:ins>{run('suis ')}</w:ins><w:del><w:r><w:delText>fus </w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('là ')}</w:moveFrom>"
        f"<w:hyperlink>{run('très ')}</w:hyperlink><w:sdt><w:sdtContent>{run('triste')}</w:sdtContent></w:sdt>"
        "<w:r><w:br w:type='page'/><w:br/><w:noBreakHyphen/></w:r></w:p>",
    )
    assert one(path).text == "Je suis très triste\n\N{NON-BREAKING HYPHEN}"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boîte.</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    path = with_body(
        tmp_path / "a.docx",
        f"<w:p {W}><w:r><w:t>Autour.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='{mc}'>"
        f"<mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert one(path).text == "Autour.\nBoîte."


def test_empty_document(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    assert one(tmp_path / "a.docx").notices == ("empty",)


def good() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def rezipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"J'ai peur.", "not a Word document"),
        (b"\xd0\xcf\x11\xe0rest", "old Word"),
        (b"%PDF-1.4", "PDF"),
        (good()[:3000], "damaged"),
        (b"PK\x03\x04" + b"\0" * 50, "damaged"),
        (rezipped(**{"word/document.xml": b"<a/>"}), "damaged"),
        (rezipped(**{"xl/workbook.xml": b"<a/>"}), "Excel"),
        (rezipped(**{"word/document.xml": b" " * ((1 << 26) + 1)}), "64 MB"),
    ],
    ids=["empty", "text", "doc", "pdf", "cut", "header", "foreign", "xlsx", "bomb"],
)
def test_what_is_no_word_document(tmp_path: Path, content: bytes, word: str) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    assert word in error(tmp_path / "a.docx").reason


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(at=st.integers(0, 30_000), byte=st.integers(0, 255))
def test_a_damaged_byte_is_survived(tmp_path: Path, at: int, byte: int) -> None:
    data = bytearray(good())
    data[at % len(data)] = byte
    (tmp_path / "a.docx").write_bytes(data)
    [item] = read([tmp_path / "a.docx"])
    assert isinstance(item, (Account, InputError))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(lines=st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs", "So"])), max_size=5))
def test_each_paragraph_stands_where_the_map_says(tmp_path: Path, lines: list[str]) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    found = one(tmp_path / "a.docx")
    assert [found.text[a:b] for a, b, _ in found.paragraphs or ()] == lines
    assert found.text == "\n".join(lines)

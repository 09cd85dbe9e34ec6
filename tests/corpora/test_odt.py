"""OpenDocument texts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora import Account, read
from ressenti.errors import InputError

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {"text": "text", "office": "office", "table": "table", "draw": "drawing"}.items()
)


def content(body: str, doctype: str = "") -> bytes:
    document = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}{document}'.encode()


def odt(xml: bytes, mimetype: bytes = b"application/vnd.oasis.opendocument.text", manifest: bytes = b"<m/>") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        if xml:
            archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def one(tmp_path: Path, body: str) -> Account:
    (tmp_path / "a.odt").write_bytes(odt(content(body)))
    [item] = read([tmp_path / "a.odt"])
    assert isinstance(item, Account), item
    return item


def test_headings_paragraphs_lists_tables_and_boxes_in_order(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        "<text:h>Titre</text:h><text:p/><text:list><text:list-item><text:p>Un.</text:p><text:list><text:list-item><text:p>Deux.</text:p>"
        "</text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>A</text:p>"
        "</table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Autour<draw:frame><draw:text-box><text:p>Boîte.</text:p></draw:text-box></draw:frame>.</text:p>",
    )
    assert found.text == "Titre\n\nUn.\nDeux.\nA\nB\nAutour.\nBoîte."
    assert [(found.text[a:b], place) for a, b, place in found.paragraphs or ()][-2:] == [("Autour.", "p 7"), ("Boîte.", "p 8")]
    assert found.notices == ()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>\n  J’ai <text:span> très </text:span>\n peur. </text:p>", "J’ai très peur."),
        ("<text:p>a<text:s/><text:s text:c='2'/>b<text:tab/>c<text:line-break/>d<text:s/></text:p>", "a   b\tc\nd "),
        ("<text:p>a\u00a0!</text:p>", "a\u00a0!"),
        ("<text:p><text:a>lien</text:a><text:bookmark/><text:soft-page-break/>s</text:p>", "liens"),
        ("<text:tracked-changes><text:deletion><text:p>Non.</text:p></text:deletion></text:tracked-changes><text:p>Oui.</text:p>", "Oui."),
        ("<text:p>Oui<office:annotation><text:p>Avis.</text:p></office:annotation>.</text:p>", "Oui."),
        ("<text:section text:display='none'><text:p>Caché.</text:p></text:section><text:p>Vu.</text:p>", "Vu."),
        ("<text:table-of-content><text:p>Table</text:p></text:table-of-content><text:p>Vu.</text:p>", "Vu."),
        ("<text:p>&lt;b&gt; &amp; &#233;</text:p>", "<b> & é"),
    ],
)
def test_what_is_the_writers_and_what_is_layout(tmp_path: Path, body: str, text: str) -> None:
    assert one(tmp_path, body).text == text


def test_notes_are_left_out_and_told(tmp_path: Path) -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note>"
    found = one(tmp_path, f"<text:p>Peur{note}.</text:p>")
    assert (found.text, found.notices) == ("Peur.", ("1 footnote or endnotes left out",))
    assert one(tmp_path, "<text:p/>").notices == ("empty",)


def test_a_thousand_spaces_are_no_million(tmp_path: Path) -> None:
    assert len(one(tmp_path, "<text:p>a<text:s text:c='99999999999'/>b</text:p>").text) == 1002


ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"J'ai peur.", "not an OpenDocument text"),
        (b"%PDF-1.4", "suffix .pdf"),
        (odt(content("<text:p/>"))[:300], "damaged"),
        (odt(b"<a"), "damaged"),
        (odt(b"<a/>"), "no text in it"),
        (odt(b""), "no content.xml"),
        (odt(content("<text:p>&a;&b;</text:p>", ENTITY)), "document type"),
        (odt(content("<text:p>" * 300 + "</text:p>" * 300)), "damaged"),
        (odt(content("<text:p/>"), b"application/vnd.oasis.opendocument.spreadsheet"), "spreadsheet"),
        (odt(content("<text:p/>"), b"application/vnd.oasis.opendocument.presentation"), "no text"),
        (odt(content("<text:p/>"), manifest=b"<m:encryption-data/>"), "password"),
        (odt(b" " * ((1 << 26) + 1)), "64 MB"),
    ],
    ids=["empty", "text", "pdf", "cut", "xml", "foreign", "nothing", "entity", "deep", "ods", "odp", "password", "bomb"],
)
def test_what_is_no_opendocument_text(tmp_path: Path, data: bytes, word: str) -> None:
    (tmp_path / "a.odt").write_bytes(data)
    [error] = read([tmp_path / "a.odt"])
    assert isinstance(error, InputError)
    assert word in error.reason


def test_the_suffix_that_it_should_have(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(odt(content("<text:p/>")))
    [error] = read([tmp_path / "a.txt"])
    assert isinstance(error, InputError) and "suffix .odt" in error.reason


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(at=st.integers(0, 5_000), byte=st.integers(0, 255), packed=st.booleans())
def test_a_damaged_byte_is_survived(tmp_path: Path, at: int, byte: int, packed: bool) -> None:
    xml = bytearray(content("<text:p>J’ai <text:span>eu</text:span> peur.</text:p>"))
    if not packed:
        xml[at % len(xml)] = byte
    data = bytearray(odt(bytes(xml)))
    if packed:
        data[at % len(data)] = byte
    (tmp_path / "a.odt").write_bytes(data)
    [item] = read([tmp_path / "a.odt"])
    assert isinstance(item, (Account, InputError))
    assert isinstance(item, Account) or "peur" not in str(item)

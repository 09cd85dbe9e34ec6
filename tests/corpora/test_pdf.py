"""PDF files, made here by pypdf's own writer."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ressenti.corpora import Account, pdf, read
from ressenti.errors import InputError

FULL = "Ce jour-là j’ai eu peur de perdre mon travail, et je n’ai rien dit à"
ENDED = "ma femme."


def drawn(*pages: list[str], password: str | None = None, owner: str | None = None) -> bytes:
    """A PDF whose pages have these lines."""
    writer = pypdf.PdfWriter()
    names = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica", "Encoding": "WinAnsiEncoding"}
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in names.items()})
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
        strokes = [b"BT /F 11 Tf 14 TL 50 800 Td"]
        strokes += [b"<" + line.encode("cp1252").hex().encode() + b"> Tj T*" for line in lines]
        stream = DecodedStreamObject()
        stream.set_data(b"\n".join([*strokes, b"ET"]))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def one(tmp_path: Path, data: bytes) -> Account:
    (tmp_path / "a.pdf").write_bytes(data)
    [item] = read([tmp_path / "a.pdf"])
    assert isinstance(item, Account), item
    return item


def error(tmp_path: Path, data: bytes) -> str:
    (tmp_path / "a.pdf").write_bytes(data)
    [item] = read([tmp_path / "a.pdf"])
    assert isinstance(item, InputError), item
    return item.reason


def test_lines_become_paragraphs_with_the_page_on_which_they_begin(tmp_path: Path) -> None:
    found = one(tmp_path, drawn(["Mon récit", FULL, ENDED, FULL], [ENDED, FULL, "Paul.", "Fin."]))
    paragraphs = [(found.text[a:b], place) for a, b, place in found.paragraphs or ()]
    assert paragraphs == [
        ("Mon récit", "page 1 p 1"),
        (f"{FULL} {ENDED}", "page 1 p 2"),
        (f"{FULL} {ENDED}", "page 1 p 3"),
        (f"{FULL} Paul.", "page 2 p 1"),
        ("Fin.", "page 2 p 2"),
    ]
    assert found.text == "\n".join(text for text, _ in paragraphs)
    assert "from a PDF" in found.notices[0]


def test_page_numbers_and_running_titles_are_left_out_and_told(tmp_path: Path) -> None:
    words = ["peur", "honte", "joie"]
    pages = [["Mon journal", "3 mars", FULL, f"{word}.", f"- {number} -"] for number, word in enumerate(words, 7)]
    for number, page in enumerate(pages):
        page[2] = FULL.replace("peur", words[number])
    found = one(tmp_path, drawn(*pages))
    assert found.text == "\n".join(f"{FULL.replace('peur', word)} {word}." for word in words)
    assert any(notice.startswith("9 page numbers") for notice in found.notices)
    two = one(tmp_path, drawn(*(["Mon journal 1/2", page[2], page[3]] for page in pages[:2])))
    assert "journal" not in two.text
    kept = one(tmp_path, drawn(["Oui :", "12"], ["Puis :", "40"]))
    assert kept.text == "Oui : 12\nPuis : 40"


def test_a_scan_is_told(tmp_path: Path) -> None:
    assert "scanned document?" in error(tmp_path, drawn([], []))
    assert "no text on page 2: blank or scanned" in one(tmp_path, drawn(["Peur."], [])).notices


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"J'ai peur.", "not a PDF"),
        (b"PK\x03\x04..word/", "suffix .docx"),
        (b"%PDF-1.7\n", "damaged"),
        (drawn(["J’ai peur."], password="secret"), "protected"),
        (drawn(["\u2022"])[:-300].replace(b"/Page", b"/Pige"), "damaged"),
    ],
    ids=["empty", "text", "docx", "head", "password", "foreign"],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes, word: str) -> None:
    assert word in error(tmp_path, data)


def test_what_may_be_read_but_not_changed_is_read(tmp_path: Path) -> None:
    assert one(tmp_path, drawn(["J’ai peur."], password="", owner="secret")).text == "J’ai peur."


def test_what_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "OPERATIONS", 10)
    assert "so many strokes" in error(tmp_path, drawn(["Peur."] * 20))
    monkeypatch.setattr(pdf, "STROKES", 10)
    assert "so many strokes" in error(tmp_path, drawn(["Peur."]))
    monkeypatch.setattr(pdf, "PAGES", 1)
    assert "more than 1 pages" in error(tmp_path, drawn(["Peur."], ["Peur."]))
    monkeypatch.setattr(pdf, "LARGEST", 1 << 20)
    assert "more than 1 MB" in error(tmp_path, b"%PDF-" + b" " * (1 << 20))


def test_a_transcript_in_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(drawn(["Séance", "ANNE : " + FULL, ENDED, "Coach : Et puis ?", "ANNE : Rien."]))
    [item] = read([tmp_path / "a.pdf"], speaker="Anne")
    assert isinstance(item, Account)
    assert item.text == f"{FULL} {ENDED}\nRien."
    assert [place for *_, place in item.paragraphs or ()] == ["page 1 p 2", "page 1 p 4"]


GOOD = drawn(["J’ai eu peur.", "Fin."])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(damage=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=4), length=st.integers(0, len(GOOD)))
def test_damage_is_survived_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(GOOD)
    for at, byte in damage:
        data[at] = byte
    for content in (bytes(data), GOOD[:length]):
        (tmp_path / "a.pdf").write_bytes(content)
        with caplog.at_level(logging.DEBUG):
            [item] = read([tmp_path / "a.pdf"])
        assert isinstance(item, (Account, InputError)) and not caplog.records
        if isinstance(item, Account):
            item.text.encode()
        else:
            assert "peur" not in str(item)

"""Plain text: every encoding that comes along, and what is no text at all."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora import Account, read
from ressenti.errors import InputError

FRENCH = "J’ai eu peur.\r\n\r\nL’été, « ça » m’énerve…\rœuf\n  "


def one(path: Path, **options: Any) -> Account | InputError:
    [item] = read([path], **options)
    return item


def account(path: Path, **options: Any) -> Account:
    item = one(path, **options)
    assert isinstance(item, Account), item
    return item


def error(path: Path, **options: Any) -> InputError:
    item = one(path, **options)
    assert isinstance(item, InputError), item
    return item


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_unicode_encodings_are_told_apart_and_leave_the_text_alone(tmp_path: Path, codec: str, mark: bytes) -> None:
    path = tmp_path / "récit.txt"
    path.write_bytes(mark + FRENCH.encode(codec))
    assert account(path) == Account("récit", FRENCH, source=str(path))


@pytest.mark.parametrize("text", ["J'ai été déçue.", FRENCH, "À bientôt, c'était son anniversaire : 10 €", "LIBERTÉ» É…"])
def test_windows_1252_is_read_with_a_notice(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("déçue à côté " + text).encode("cp1252"))
    found = account(path)
    assert found.text == "déçue à côté " + text
    assert found.notices == ("read as Windows-1252",)


@pytest.mark.parametrize("codec", ["mac-roman", "cp850"])
def test_older_encodings_are_refused_until_they_are_named(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("J'étais énervée, très déçue.".encode(codec))
    assert "--encoding" in error(path).reason
    assert "Windows-1252" in error(path).reason
    assert account(path, encoding=codec).text == "J'étais énervée, très déçue."


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_that_windows_1252_leaves_undefined(tmp_path: Path, byte: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"d\xe9\xe7ue " + bytes([byte]))
    reason = error(path).reason
    assert "UTF-8, Windows-1252 and Latin-1" in reason
    assert account(path, encoding="latin-1").text[-1] == chr(byte)


def test_utf_8_with_a_broken_byte_is_no_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("été été\nété ".encode() + b"\xe9t\xe9"[:1] + " été".encode())
    assert error(path).line == 2
    assert "utf-8" in error(path).reason


def test_a_marked_file_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffune\ndeux".encode("utf-16-le") + b"\x00")
    assert error(path).line == 2


def test_the_encoding_that_the_user_names_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffété".encode())
    assert account(path, encoding="UTF8").text == "été"
    assert account(path, encoding="cp1252").text == "ï»¿Ã©tÃ©"
    assert "ascii" in error(path, encoding="ascii").reason
    with pytest.raises(InputError, match="unknown encoding"):
        read([path], encoding="utf-9")
    with pytest.raises(InputError, match="unknown encoding"):
        read([path], encoding="hex")


def test_an_empty_file_is_an_account_without_emotion(tmp_path: Path) -> None:
    for content in (b"", codecs.BOM_UTF8, b" \r\n"):
        (tmp_path / "a.txt").write_bytes(content)
        found = account(tmp_path / "a.txt")
        assert found.text == content.decode("utf-8-sig")
        assert found.notices == ("empty",)


def test_nul_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"un\ndeux\ntr\0ois")
    assert error(path).line == 3
    assert error(path).reason == "contains NUL bytes; is it a text file?"


def zipped(path: Path, name: str, content: str = "x") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1\\ansi bonjour}", "Rich Text"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PAR1\x15\x04\x15\xb8\x80", "is Parquet: annotate it with --engine ray"),
        ("word/document.xml", "suffix .docx"),
        ("xl/workbook.xml", "Excel"),
        ("autre", "zip"),
    ],
)
def test_what_is_no_text_is_named_with_what_to_do(tmp_path: Path, content: bytes | str, word: str) -> None:
    path = tmp_path / "a.txt"
    if isinstance(content, str):
        zipped(path, content)
    else:
        path.write_bytes(content)
    assert word in error(path).reason


def test_opendocument_is_named(tmp_path: Path) -> None:
    zipped(tmp_path / "a.txt", "mimetype", "application/vnd.oasis.opendocument.text")
    assert "OpenDocument text" in error(tmp_path / "a.txt").reason


def test_initials_are_not_a_zip(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("PK est parti.")
    assert account(tmp_path / "a.txt").text == "PK est parti."


def test_markdown_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Titre\n\nJ'ai *peur*.\n")
    assert account(tmp_path / "a.md").text == "# Titre\n\nJ'ai *peur*.\n"


def test_five_megabytes_in_one_line(tmp_path: Path) -> None:
    text = "J'ai été triste. " * 300_000
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    assert account(tmp_path / "a.txt").text == text


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, codec=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_marked_text_comes_back_as_it_was(tmp_path: Path, text: str, codec: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(codec))
    assert account(path).text == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary())
def test_any_bytes_are_an_account_or_an_error(tmp_path: Path, data: bytes) -> None:
    for suffix in ("txt", "csv", "jsonl", "json", "docx", "odt", "pdf", "srt", "xml"):
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(data)
        for item in read([path]):
            assert isinstance(item, (Account, InputError))
            if isinstance(item, Account):
                item.text.encode()

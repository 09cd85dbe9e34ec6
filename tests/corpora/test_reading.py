"""Which files are read, in which order, under which ids."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import ressenti.corpora
from ressenti.corpora import Account, read
from ressenti.errors import InputError


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Dans {name}.", encoding="utf-8")


def ids(*paths: str | Path) -> list[str]:
    return [item.id if isinstance(item, Account) else f"! {item.reason}" for item in read(paths)]


def test_public_names() -> None:
    assert ressenti.corpora.__all__ == ["FORMATS", "SUFFIXES", "Account", "read"]


def test_folder_is_read_recursively_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/y.TXT", "c.bin", ".cache.txt", ".git/x.txt", "~$b.docx", "é.txt", "a-b.txt")
    assert ids(tmp_path) == ["y", "z", "a-b", "b", "é"]


def test_files_as_typed_and_each_once(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.txt")
    assert ids(tmp_path / "b.txt", tmp_path, tmp_path / "a.txt") == ["b", "a"]


def test_ids_of_files_with_the_same_stem(tmp_path: Path) -> None:
    write(tmp_path, "nom.txt", "sub/nom.txt", "sub/nom.md", "x.txt", "x.md", "seul.txt")
    assert ids(tmp_path) == ["nom", "seul", "sub/nom.md", "sub/nom.txt", "x.md", "x.txt"]
    assert ids(tmp_path / "sub" / "nom.txt", tmp_path / "nom.txt") == ["sub/nom", "nom"]


def test_an_id_that_comes_again_gets_a_number_and_a_notice(tmp_path: Path) -> None:
    rows = ["a", "b", "a", "a#2", "a"]
    (tmp_path / "t.csv").write_text("id,texte\n" + "".join(f"{id_},Peur.\n" for id_ in rows))
    found = [item for item in read([tmp_path / "t.csv"]) if isinstance(item, Account)]
    assert [item.id for item in found] == ["a", "b", "a#2", "a#2#2", "a#3"]
    assert [len(item.notices) for item in found] == [0, 0, 1, 1, 1]
    assert "'a' was there before" in found[2].notices[0]


def test_errors_stand_in_their_place(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"a\0")
    assert [type(item) for item in read([tmp_path])] == [Account, InputError, Account]


def test_a_note_says_once_of_each_folder_what_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt", "a/b.doc", "a/in/b.DOC", "a/c.rtf", "a/.d.doc", "a/~$e.docx", "a/LISEZMOI", "b/x.txt", "c/y.rtf")
    os.mkfifo(tmp_path / "a" / "pipe.txt")
    said: list[str] = []
    found = list(read([tmp_path / name for name in "abc"], say=said.append))
    assert [type(item) for item in found] == [Account, Account, InputError]
    assert said == [
        f"note: {tmp_path}/a: 5 files left out that are not read (.doc 2, .rtf 1, no ending 1, no regular file 1)",
        f"note: {tmp_path}/c: 1 file left out that is not read (.rtf 1)",
    ]
    write(tmp_path, *(f"d/x.{n}" for n in range(9)))
    list(read([tmp_path / "d"], say=said.append))
    assert said[-1].endswith("9 files left out that are not read (.0 1, .1 1, .2 1, .3 1, .4 1, .5 1, …)")


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "vide" / "x.bin").touch()
    (tmp_path / "lien").symlink_to(tmp_path / "rien")
    missing, empty, link, nul, blank = read([tmp_path / "rien.txt", str(tmp_path / "vide"), str(tmp_path / "lien"), "a\0b", ""])
    assert isinstance(missing, InputError)
    assert missing.reason == "no such file or folder"
    assert isinstance(empty, InputError)
    assert "no file to read in it (.csv, .docx, " in empty.reason
    assert all(isinstance(item, InputError) for item in (link, nul, blank))
    assert list(read([])) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "sub/b.txt", "z.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").chmod(0)
    try:
        assert ids(tmp_path) == ["! no permission to read it", "! no permission to read it", "z"]
    finally:
        (tmp_path / "sub").chmod(0o700)


def test_a_refusal_of_the_system_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", "b.txt")
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if Path(path).name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert ids(tmp_path) == ["! no permission to read it", "b"]


def test_links_that_go_round(tmp_path: Path) -> None:
    write(tmp_path, "a/b/x.txt", "autre/y.txt")
    (tmp_path / "a" / "b" / "rond").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "lié").symlink_to(tmp_path / "autre")
    (tmp_path / "a" / "cassé.txt").symlink_to(tmp_path / "rien")
    assert ids(tmp_path / "a") == ["x", "! a link to a file that does not exist", "y"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9.txt")).write_text("Peur.")
    [item] = read([tmp_path])
    assert isinstance(item, Account)
    assert item.id == "?t?"
    item.source.encode()


def test_unknown_suffix_is_text_if_it_decodes(tmp_path: Path) -> None:
    write(tmp_path, "a.log", "b")
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    assert ids(tmp_path / "a.log", tmp_path / "b")[:2] == ["a", "b"]
    assert "is it a text file?" in ids(tmp_path / "c.jpg")[0]


@pytest.mark.parametrize("name", ["sortie", "sortie.out", "sortie.txt"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_json_lines_under_a_name_of_text_are_read_as_such(tmp_path: Path, name: str, codec: str) -> None:
    (tmp_path / name).write_text('\n{"id": "x", "text": "Un été.", "mentions": []}\n{"text": "Deux."}\n', encoding=codec)
    first, second = read([tmp_path / name])
    assert isinstance(first, Account)
    assert isinstance(second, Account)
    assert (first.id, first.text, first.marks) == ("x", "Un été.", {"mentions": []})
    assert (first.notices, second.id, second.notices) == (("read as JSON Lines, for it begins so",), "sortie#2", ())


def test_what_begins_with_another_bracket_or_is_called_otherwise_stays_text(tmp_path: Path) -> None:
    for name, text in {"a.txt": "[rires] Oui.", "b.txt": "{rires} Oui.", "c.md": '{"text": "Un."}'}.items():
        (tmp_path / name).write_text(text)
        [item] = read([tmp_path / name])
        assert isinstance(item, Account)
        assert (item.text, item.notices) == (text, ())


@pytest.mark.parametrize("name", ["page.html", "page.HTM"])
def test_a_web_page_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<!DOCTYPE html><p>J’ai peur.</p>", encoding="utf-8")
    [item] = read([tmp_path / name])
    assert isinstance(item, InputError)
    assert "web page" in item.reason
    assert ".docx" in item.reason


class Pipe(io.RawIOBase):
    """Like standard input from another program: no way back, and pieces as they come."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.pieces:
            return 0
        piece = self.pieces.pop(0)
        buffer[: len(piece)] = piece
        return len(piece)


def from_stdin(data: bytes, stdin_format: str | None = None) -> list[Account | InputError]:
    whole = list(read(["-"], stdin_format=stdin_format, stdin=io.BytesIO(data)))
    pieces = [data[at : at + 7] for at in range(0, len(data), 7)]
    piped = list(read(["-"], stdin_format=stdin_format, stdin=io.BufferedReader(Pipe(*pieces))))
    assert [getattr(item, "reason", item) for item in piped] == [getattr(item, "reason", item) for item in whole]
    return whole


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_standard_input_is_text(codec: str) -> None:
    [item] = from_stdin("\r\nJ'étais là, j'ai pleuré.\r\n".encode(codec))
    assert isinstance(item, Account)
    assert (item.id, item.source, item.text) == ("stdin", "<stdin>", "\r\nJ'étais là, j'ai pleuré.\r\n")


def test_standard_input_is_json_lines_where_it_begins_so() -> None:
    found = from_stdin('\n {"text": "Un été."}\n{"id": "x", "text": "Deux."}\n'.encode())
    assert [item.id for item in found if isinstance(item, Account)] == ["stdin#1", "x"]
    [wrong] = from_stdin(b'{"text": "coup')
    assert isinstance(wrong, InputError)
    [single] = from_stdin(b'{\n "text": "Un."\n}')
    assert isinstance(single, Account)
    [text] = from_stdin(b"[rires] Oui.")
    assert isinstance(text, Account)
    assert from_stdin(b"")[0].notices == ("empty",)  # type: ignore[union-attr]


def test_standard_input_in_a_named_format() -> None:
    [row] = from_stdin(b"id,texte\nx,Peur.\n", "csv")
    assert isinstance(row, Account)
    assert row.id == "x"
    [text] = from_stdin(b'{"text": "Un."}', "txt")
    assert isinstance(text, Account)
    assert text.text == '{"text": "Un."}'
    [wrong] = from_stdin(b"Peur.", "docx")
    assert isinstance(wrong, InputError)
    assert wrong.path == "<stdin>"
    [pdf] = from_stdin(b"%PDF-1.4\n")
    assert isinstance(pdf, InputError)
    with pytest.raises(InputError, match="unknown format"):
        read(["-"], stdin_format="rtf")


def test_standard_input_stays_open() -> None:
    stdin = io.BytesIO(b'{"text": "Un."}\n')
    assert len(list(read(["-", "-"], stdin=stdin))) == 1
    assert not stdin.closed


def test_accounts_come_out_as_they_come_in() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin, os.fdopen(writing, "wb", 0) as out:
        out.write(b'{"text": "Un."}\n')
        timer = threading.Timer(30, out.close)  # a test that waits for more would wait forever
        timer.start()
        items = read(["-"], stdin=stdin)
        assert isinstance(next(items), Account)
        assert not out.closed
        timer.cancel()


def test_importing_does_not_wait_for_word_and_xml() -> None:
    code = "import sys, ressenti.corpora; print(sorted({'docx', 'lxml', 'pypdf'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"

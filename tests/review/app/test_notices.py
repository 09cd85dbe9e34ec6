"""What readers say of a file, in the words of the application."""

import ast
import io
import zipfile
from pathlib import Path

import pytest

from ressenti import corpora
from ressenti.corpora.rows import EMPTY
from ressenti.review.app.desk import _accounts
from ressenti.review.app.pages import reworded

FILES = sorted(Path(corpora.__file__).parent.glob("*.py"))


def texts(node):
    """The texts in an expression: what is put into them stands as 3."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else _put(part) for part in node.values)
    elif isinstance(node, ast.Constant):
        yield from [node.value] * isinstance(node.value, str)
    elif not isinstance(node, ast.Subscript):
        for child in ast.iter_child_nodes(node):
            yield from texts(child)


def _put(part):
    plural = isinstance(part.value, ast.Subscript) and isinstance(part.value.value, ast.Constant)
    return "'3'" if part.conversion == ord("r") else "" if plural else "3"


def notices():
    """All that readers may put into ``Account.notices``, wherever they do it."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = {one.id for target in getattr(node, "targets", []) for one in ast.walk(target) if isinstance(one, ast.Name)}
            appended = isinstance(node, ast.Call) and ast.unparse(node.func) == "notices.append"
            encoding = isinstance(node, ast.Call) and ast.unparse(node.func) == "Encoding" and len(node.args) > 2
            if isinstance(node, ast.Assign) and names & {"notices", "notice", "told"}:
                yield from texts(node.value)
            elif appended:
                yield from texts(node.args[0])
            elif encoding:
                yield from texts(node.args[2])


ALL = sorted({text for text in notices() if " " in text} | {EMPTY})


def test_the_notices_are_found():
    assert len(ALL) >= 12 and "read as Windows-1252" in ALL


@pytest.mark.parametrize("notice", ALL)
def test_each_notice_has_its_words(notice):
    french, english = (reworded(notice, language) for language in ("fr", "en"))
    assert french and english and french != english and "{" not in french + english


def packed(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"", "est vide"),
        ("a.docx", b"PK\x03\x04 rien", "abîmé"),
        ("a.docx", packed(word__document="<w"), "abîmé"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "ancien document"),
        ("a.docx", b"bonjour", ".txt"),
        ("a.odt", packed(word__document="<w"), ".docx"),
        ("a.odt", packed(lisezmoi="x"), "archive"),
        ("a.pdf", b"%PDF-1.4 rien", "abîmé"),
        ("a.pdf", b"bonjour", "pas ce que dit son nom"),
        ("a.srt", b"bonjour", "sous-titres"),
        ("a.vtt", b"bonjour", "sous-titres"),
        ("a.txt", b"{\\rtf1 bonjour}", "RTF"),
        ("a.txt", b"\x1f\x8b", "archive"),
        ("a.txt", packed(xl__workbook="x"), "tableau"),
        ("decisions-a.json", b'{\n "format": "ressenti-decisions",\n "narratives": []\n}\n', "Reprendre…"),
        ("a.jsonl", b'{"id": "a", "text": "J', "incomplet"),
        ("a.csv", b"nom;age\nPaul;3\n", "colonne"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "une image"),
    ],
)
def test_each_fault_of_a_file_has_its_words(name, data, words):
    (error,) = _accounts(name, data)
    assert words in reworded(error.reason, "fr")

"""Thesauri in MyThes form: what is read, and what is said of those that cannot be."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError, RessentiError
from ressenti.vocab_builder.sources.mythes import find_thesaurus, read_mythes

WHOLE = """UTF-8
peur|1
(Nom)|crainte|effroi (littéraire)|courage (antonyme)|mettre\u00a0à\u00a0jour
fier|2
(Adjectif)|orgueilleux
(Verbe)|fier(se)|compter
"""


def written(folder, content: str | bytes):
    path = folder / "thes_fr.dat"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_heads_senses_and_notes(tmp_path):
    first, second, third = read_mythes(written(tmp_path, WHOLE))
    assert (first.head, first.pos, first.line) == ("peur", {"NOUN"}, 3)
    assert first.synonyms == ("crainte", "effroi", "mettre à jour")  # the antonym is left out
    assert (second.head, second.number, third.head, third.number) == ("fier", 1, "fier", 2)
    assert third.pos == {"VERB"} and third.synonyms == ("fier", "compter")


def test_several_parts_of_speech_and_none(tmp_path):
    senses = read_mythes(written(tmp_path, "UTF-8\nfâché|1\n(Adjectif Nom)|irrité\nhop|1\n(?)|hopla\n"))
    assert [sense.pos for sense in senses] == [{"ADJ", "NOUN"}, frozenset()]


@pytest.mark.parametrize("name", ["ISO8859-1", "ISO8859-15", "microsoft-cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path, name, end):
    text = WHOLE.replace("UTF-8", name).replace("\n", end)
    assert read_mythes(written(tmp_path, text.encode(name.removeprefix("microsoft-"))))[0].synonyms[1] == "effroi"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (WHOLE[: WHOLE.index("(Verbe)")], 6, "sense 2 of 2 of 'fier'"),
        (WHOLE[:-4], 6, "breaks off"),
        (WHOLE.replace("peur|1", "peur|2"), 4, "sense 2 of 2 of 'peur'"),
        (WHOLE.replace("fier|2", "fier|1"), 6, "more than its head announces"),
        (WHOLE.replace("peur|1", "peur"), 2, "no number of senses"),
        (WHOLE.replace("(Nom)", "(Nim)"), 3, "part of speech 'Nim'"),
        (WHOLE.replace("UTF-8", "UTF-88"), 1, "names no encoding; "),  # without its words, for it may be an account
        (WHOLE.replace("UTF-8", "ISO8859-1"), 3, "is UTF-8, but the first line names ISO8859-1"),
        (WHOLE.encode("iso8859-1"), 3, "is not UTF-8, which the first line names"),
        ("UTF-8\n", None, "holds no head"),
        (b"", 1, "names no encoding"),
        (b"PK\x03\x04\x00\xff\n", 1, "names no encoding"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path, content, line, reason):
    with pytest.raises(DataError, match=reason) as told:
        read_mythes(written(tmp_path, content))
    assert told.value.line == line


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_mythes(tmp_path / "nowhere.dat")


def test_the_first_place_that_has_one(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SOMEWHERE", str(tmp_path))
    folder = tmp_path / "office7" / "dict-fr"
    folder.mkdir(parents=True)
    path = written(folder, WHOLE)
    assert find_thesaurus([str(tmp_path / "none*.dat"), "~/office*/dict-fr/th*_fr*.dat"]) == path
    assert find_thesaurus(["$SOMEWHERE/office*/**/th*_fr*.dat"]) == path
    with pytest.raises(RessentiError, match=r"--thesaurus FILE.*mythes-fr"):
        find_thesaurus([str(tmp_path / "none*.dat")])

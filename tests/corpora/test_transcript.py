"""Transcripts with speaker turns, and subtitles."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora import Account, read
from ressenti.corpora.transcript import unnamed
from ressenti.corpora.turns import is_transcript, label, turns
from ressenti.errors import InputError

TALK = """Séance du 3 mars

[00:00:05] Coach : Racontez.
[00:01:12] ANNE : J’ai eu peur.
Très peur.

Coach\u00a0: Et ensuite ?
Anne: Il m’a dit : « Va-t’en. »
Bilan : rien.
[00:02:00] Et voilà.
"""


def given_text(tmp_path: Path, text: str, name: str = "a.txt", speaker: str | None = None) -> Account | InputError:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    [item] = read([tmp_path / name], speaker=speaker)
    return item


def chosen(tmp_path: Path, text: str, speaker: str, name: str = "a.txt") -> Account:
    item = given_text(tmp_path, text, name, speaker)
    assert isinstance(item, Account), item
    return item


@pytest.mark.parametrize(
    ("line", "name", "rest", "time"),
    [
        ("ANNE : Oui.", "ANNE", "Oui.", ""),
        ("Anne :Oui.", "Anne", "Oui.", ""),
        ("  Mme Le Goff\u00a0: Oui.", "Mme Le Goff", "Oui.", ""),
        ("Marie-Ève de Vos : Oui.", "Marie-Ève de Vos", "Oui.", ""),
        ("Locuteur 1 : Oui.", "Locuteur 1", "Oui.", ""),
        ("P1: Oui.", "P1", "Oui.", ""),
        ("[00:01:12] Coach : Oui.", "Coach", "Oui.", "00:01:12"),
        ("(1:12) Coach : Oui.", "Coach", "Oui.", "1:12"),
        ("00:01:12 - Coach : Oui.", "Coach", "Oui.", "00:01:12"),
        ("Coach [00:01:12] : Oui.", "Coach", "Oui.", "00:01:12"),
        ("Anne Durand   0:03", "Anne Durand", "", "0:03"),
        ("A. – Oui.", "A.", "Oui.", ""),
        ("A — Oui.", "A", "Oui.", ""),
        ("ANNE - Oui.", "ANNE", "Oui.", ""),
        ("**Anne :** Oui.", "Anne", "Oui.", ""),
        ("Anne\tOui.", "Anne", "Oui.", ""),
        ("E\t\tOui ?", "E", "Oui ?", ""),
    ],
)
def test_labels(line: str, name: str, rest: str, time: str) -> None:
    found = label(line)
    assert found is not None
    assert (found.name, line[found.words :], found.time) == (name, rest, time)


@pytest.mark.parametrize(
    "line",
    [
        "", "Oui.", "Il m’a dit : « Va-t’en. »", "Je lui ai dit : va.", "elle : oui", "Anne – ma sœur – est là.", "Peut-être : oui non",
        "https://exemple.org", "Http://exemple.org", "12:30 : midi", "À 10:30", "– Oui, dit-elle.",
    ],
)  # fmt: skip
def test_no_labels(line: str) -> None:
    assert label(line) is None or line.startswith("Peut-être")


def test_the_turns_of_one_speaker(tmp_path: Path) -> None:
    found = chosen(tmp_path, TALK, "anne")
    assert found.text == "J’ai eu peur.\nTrès peur.\nIl m’a dit : « Va-t’en. »\nBilan : rien.\nEt voilà."
    assert found.extra["transcript"] == {
        "speaker": "ANNE",
        "speakers": [{"name": "Coach", "turns": 2}, {"name": "ANNE", "turns": 2}],
        "turns": [{"span": [0, 24], "place": "line 4", "time": "00:01:12"}, {"span": [25, 74], "place": "line 8"}],
    }
    assert [(found.text[a:b][:3], place) for a, b, place in found.paragraphs or ()] == [("J’a", "line 4"), ("Il ", "line 8")]
    assert found.notices == ("2 of 4 turns read, those of the speaker asked for", "2 lines before the first turn left out")


def test_speakers_by_number(tmp_path: Path) -> None:
    found = chosen(tmp_path, TALK, "anne")
    record = unnamed(found.extra)["transcript"]
    assert (record["speaker"], [item["name"] for item in record["speakers"]]) == ("S2", ["S1", "S2"])
    assert record["turns"] == found.extra["transcript"]["turns"]
    assert unnamed({"transcript": "x", "a": 1}) == {"transcript": "x", "a": 1}


def test_without_a_speaker_the_text_stays_and_the_choice_is_told(tmp_path: Path) -> None:
    item = given_text(tmp_path, TALK)
    assert isinstance(item, Account)
    assert item.text == TALK and not item.extra
    assert "2 speakers" in item.notices[0] and "ANNE" not in item.notices[0]
    account = given_text(tmp_path, "Situation : au travail.\nRessenti : de la peur.\nPensée : partir.\n")
    assert isinstance(account, Account) and not account.notices


def test_a_short_talk_and_a_first_name(tmp_path: Path) -> None:
    found = chosen(tmp_path, "Anne Durand : Oui.\r\nMarc : Et ?\r\n", "ANNE")
    assert found.text == "Oui."
    assert "taken for speakers though met once: line 2" in found.notices


@pytest.mark.parametrize(
    ("text", "speaker", "word"),
    [
        (TALK, "Zoé", "2 speakers are first met at: line 3, line 4"),
        (TALK, "", "no speaker is called"),
        ("Anne D. : Oui.\nAnne P. : Non.\n", "anne", "more than one speaker is called so, first at: line 1, line 2"),
        ("J’ai peur.", "Anne", "no speaker turns in it"),
    ],
)
def test_a_speaker_that_is_not_there(tmp_path: Path, text: str, speaker: str, word: str) -> None:
    item = given_text(tmp_path, text, speaker=speaker)
    assert isinstance(item, InputError)
    assert word in item.reason and "Anne" not in item.reason and "peur" not in item.reason


def test_a_transcript_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Anne : J’ai peur.", "Coach : Oui ?", "Anne : Oui."):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    [item] = read([tmp_path / "a.docx"], speaker="Anne")
    assert isinstance(item, Account)
    assert item.text == "J’ai peur.\nOui."
    assert [place for *_, place in item.paragraphs or ()] == ["p 1", "p 3"]


@pytest.mark.parametrize("names", [("E", "S"), ("Enquêtrice :", "Mme S. :")])
def test_a_table_of_turns_in_word(tmp_path: Path, names: tuple[str, str]) -> None:
    document = docx.Document()
    document.add_paragraph("Entretien")
    rows = [(names[0], "De la colère ?"), (names[1], "Non."), (names[0], "Et ?"), (names[1], "J’ai eu peur.\nTrès peur.")]
    table = document.add_table(rows=4, cols=2)
    for row, (who, words) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = who, words
    document.add_paragraph("")
    document.save(str(tmp_path / "a.docx"))
    [whole] = read([tmp_path / "a.docx"])
    assert isinstance(whole, Account) and "looks like a transcript of 2 speakers" in whole.notices[0]
    assert whole.text.startswith(f"Entretien\n{names[0]}\tDe la colère ?\n{names[1]}\tNon.")
    [item] = read([tmp_path / "a.docx"], speaker=names[1].rstrip(" :"))
    assert isinstance(item, Account) and item.text == "Non.\nJ’ai eu peur.\nTrès peur."
    assert [place for *_, place in item.paragraphs or ()] == ["p 5", "p 9"]


@pytest.mark.parametrize(
    "rows", [[("Situation", "Au travail."), ("Ressenti", "De la peur.")], [("Lieu", "Ici."), ("Lieu", "Là.")], [("", "a"), ("E", "b")]]
)
def test_another_table_in_word_stays_lines(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=2)
    for row, cells in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = cells
    document.save(str(tmp_path / "a.docx"))
    [item] = read([tmp_path / "a.docx"])
    assert isinstance(item, Account) and item.text.strip() == "\n".join(cell for row in rows for cell in row).strip() and not item.notices


def test_tables_are_read_as_they_are(tmp_path: Path) -> None:
    item = given_text(tmp_path, "id,texte\nx,Anne : Oui.\n", "a.csv", "Anne")
    assert isinstance(item, Account) and item.text == "Anne : Oui."


VTT = """WEBVTT

NOTE Non

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.000 align:start
<v Anne Durand>J’ai eu <i>très</i>
peur &amp;

00:03.100 --> 00:04.000
<v Anne Durand>honte.</v>

00:09.000 --> 00:10.000
<v Anne Durand>Voilà.<v Coach>Oui ?
"""
SRT = """\ufeff1
00:00:01,000 --> 00:00:03,000
J’ai eu peur

2
00:00:03,000 --> 00:00:04,000
de lui.

3
00:01:12,500 --> 00:01:13,000
{\\an8}Coach : Oui ?
""".replace("\n", "\r\n")


def test_subtitles(tmp_path: Path) -> None:
    voices = given_text(tmp_path, VTT, "a.vtt")
    assert isinstance(voices, Account)
    assert voices.text == "Anne Durand : J’ai eu très peur & honte.\nVoilà.\nCoach : Oui ?"
    assert [place for *_, place in voices.paragraphs or ()] == ["00:00:01", "00:00:09", "00:00:09"]
    assert chosen(tmp_path, VTT, "anne", "a.vtt").text == "J’ai eu très peur & honte.\nVoilà."
    plain = given_text(tmp_path, SRT, "a.srt")
    assert isinstance(plain, Account)
    assert plain.text == "J’ai eu peur de lui.\nCoach : Oui ?"
    assert [plain.text[a:b] for a, b, _ in plain.paragraphs or ()] == plain.text.split("\n")
    wrong = given_text(tmp_path, "J’ai peur.", "b.srt")
    assert isinstance(wrong, InputError) and "no subtitles" in wrong.reason
    empty = given_text(tmp_path, "", "c.vtt")
    assert isinstance(empty, Account) and empty.notices == ("empty",)


PIECES = st.sampled_from([
    "Anne", "A.", " : ", ":", "–", "[00:01:12] ", "\n", "\r\n", "peur", " ", "00:00:01,000 --> 00:00:02,000\n", "<v Anne>", "\u2028",
])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(PIECES, max_size=30))
def test_turns_stand_in_the_text(tmp_path: Path, pieces: list[str]) -> None:
    text = "".join(pieces)
    found = turns(text, "anne")
    assert is_transcript(found) in (True, False)
    lines = [span for turn in found for span in turn.lines]
    assert all(a <= b for a, b in lines) and lines == sorted(lines)
    for name in ("a.txt", "a.srt"):
        item = given_text(tmp_path, text, name, "anne")
        if isinstance(item, Account) and item.paragraphs:
            assert "\n".join(item.text[a:b] for a, b, _ in item.paragraphs) == item.text

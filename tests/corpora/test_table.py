"""Tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora import Account, read
from ressenti.errors import InputError


def rows(tmp_path: Path, content: str | bytes, name: str = "t.csv", **options: Any) -> list[Account | InputError]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read([path], **options))


def texts(items: list[Account | InputError]) -> list[tuple[str, str]]:
    assert all(isinstance(item, Account) for item in items), items
    return [(item.id, item.text) for item in items if isinstance(item, Account)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["t.csv", "t.tsv"])
def test_delimiters(tmp_path: Path, delimiter: str, name: str) -> None:
    content = 'id;Récit;âge\r\nx;"Oui, non ; | \t.";31\r\n;Non.;\r\n'.replace(";", delimiter)
    first, second = rows(tmp_path, content, name)
    text = "Oui, non ; | \t.".replace(";", delimiter)
    assert first == Account("x", text, (), {"âge": "31"}, str(tmp_path / name), line=2)
    assert isinstance(second, Account)
    assert (second.id, second.text, second.line) == ("t#2", "Non.", 3)


@pytest.mark.parametrize("name", ["text", "TEXTE", "Récit", "recit", "narrative", "account", "contenu", "content", " Texte "])
def test_usual_names_of_the_text_column(tmp_path: Path, name: str) -> None:
    assert texts(rows(tmp_path, f"n,{name}\n1,Peur.\n")) == [("t#1", "Peur.")]


def test_newlines_in_quotes_stay_and_lines_are_physical(tmp_path: Path) -> None:
    items = rows(tmp_path, 'id,texte\r\na,"Un.\r\n\r\nDeux ""oui"".\nTrois"\r\n\r\nb,c,d\r\ne,f\r\n')
    first, wrong, last = items
    assert isinstance(first, Account)
    assert first.text == 'Un.\r\n\r\nDeux "oui".\nTrois'
    assert isinstance(wrong, InputError)
    assert (wrong.line, "3 cells where the header has 2: too many" in wrong.reason) == (7, True)
    assert isinstance(last, Account)
    assert (last.id, last.line) == ("e", 8)


def test_too_few_cells(tmp_path: Path) -> None:
    wrong, last = rows(tmp_path, "id;sexe;texte\na;oups\nb;f;Peur.\n")
    assert isinstance(wrong, InputError)
    assert (wrong.line, "too few" in wrong.reason, "oups" in str(wrong)) == (2, True, False)
    assert texts([last]) == [("b", "Peur.")]


def test_a_broken_quote_costs_its_rows_only(tmp_path: Path) -> None:
    wrong, last = rows(tmp_path, 'id,texte\na,"oups" dit-il\nb,Peur.\n')
    assert isinstance(wrong, InputError)
    assert (wrong.line, "quoted" in wrong.reason, "oups" in str(wrong)) == (2, True, False)
    assert texts([last]) == [("b", "Peur.")]
    first, unclosed = rows(tmp_path, 'id,texte\na,Oui.\nb,"oups\nc,oups\n')
    assert texts([first]) == [("a", "Oui.")]
    assert isinstance(unclosed, InputError)
    assert (unclosed.line, "line 4" in unclosed.reason) == (3, True)


def test_one_column_may_hold_any_delimiter(tmp_path: Path) -> None:
    content = 'texte\nHier, j\'ai eu peur ; oui.\n"Entre ""guillemets"", non."\n'
    assert texts(rows(tmp_path, content)) == [
        ("t#1", "Hier, j'ai eu peur ; oui."),
        ("t#2", 'Entre "guillemets", non.'),
    ]


def test_excel_s_delimiter_line_and_encoding(tmp_path: Path) -> None:
    content = "sep=;\r\nIdentifiant;Témoignage;Note\r\n1;J'étais déçue, très déçue.;\r\n;;\r\n".encode("cp1252")
    [item] = rows(tmp_path, content)
    assert isinstance(item, Account)
    assert (item.id, item.text) == ("1", "J'étais déçue, très déçue.")
    assert item.notices == ("read as Windows-1252",)


def test_utf_16_with_tabs_as_excel_saves_it(tmp_path: Path) -> None:
    assert texts(rows(tmp_path, "id\ttexte\r\n1\tété\r\n".encode("utf-16"), "t.txt.csv")) == [("1", "été")]


def test_named_columns(tmp_path: Path) -> None:
    content = "code,corps,texte\nc1,Un.,autre\n"
    assert texts(rows(tmp_path, content, text_column="corps", id_column="code")) == [("c1", "Un.")]
    assert texts(rows(tmp_path, content, text_column="Corps")) == [("t#1", "Un.")]
    for options in ({"text_column": "oups"}, {"id_column": "oups"}):
        [wrong] = rows(tmp_path, content, **options)
        assert isinstance(wrong, InputError)
        assert "columns: code, corps, texte" in wrong.reason


QUESTIONS = "Code;Q1. Quel âge avez-vous ?;Q2. Qu'avez-vous ressenti ce jour-là ?\nc1;31;Peur.\n"


@pytest.mark.parametrize(
    "asked", ["Q2. Qu’avez-vous  ressenti ce jour-là ?", "q2. qu'avez-vous ressenti ce jour-la ?", "3", "Q2", "Q2. Qu’avez-vous"]
)
def test_a_column_by_its_question_its_beginning_or_its_number(tmp_path: Path, asked: str) -> None:
    assert texts(rows(tmp_path, QUESTIONS, text_column=asked, id_column="1")) == [("c1", "Peur.")]


@pytest.mark.parametrize("asked", ["Q", "4", "0", "Quel"])
def test_no_column_is_guessed(tmp_path: Path, asked: str) -> None:
    [wrong] = rows(tmp_path, QUESTIONS, text_column=asked)
    assert isinstance(wrong, InputError) and "its first words, or a number" in wrong.reason and "ressenti" not in wrong.reason


def test_the_nearest_name_is_told(tmp_path: Path) -> None:
    [wrong] = rows(tmp_path, QUESTIONS, text_column="3", id_column="Cod")
    assert isinstance(wrong, InputError) and "did you mean 'Code'?" in wrong.reason


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("code;texte;récit\na;Oui.;Peur.\n", ["'texte' is read as the account", "not read: récit"]),
        ("code;texte;text\na;Peur.;\n", ["'text' is read as the account", "not read: texte"]),
        ("texte;review;provenance\nOui.;a;b\n", ["columns left out", "rename them to keep them: review, provenance"]),
        ("sentiment;pensee;note\nPeur.;Fuir.;x\n", ["not read as answers", "carried through: note"]),
        ("texte;âge\nOui.;31\n", []),
    ],
)
def test_columns_that_are_not_read_are_told_once(tmp_path: Path, content: str, told: list[str]) -> None:
    first, second = rows(tmp_path, content + content.partition("\n")[2])
    assert isinstance(first, Account) and isinstance(second, Account)
    notices = " ".join(notice for notice in first.notices if notice != "empty")
    assert all(part in notices for part in told) and bool(told) == bool(notices)
    assert set(second.notices) <= {"empty"}


@pytest.mark.parametrize("name", ["Sentiment", "sentiments", "Émotion", "émotions", "ressentis", "Sensations"])
def test_names_of_the_column_about_feeling(tmp_path: Path, name: str) -> None:
    [item] = rows(tmp_path, f"{name};pensée;comportement;territoire\nJ’ai peur.;Fuir.;Rien.;Ici.\n")
    assert isinstance(item, Account) and ("feeling", "J’ai peur.") in [(key, item.text[a:b]) for key, a, b in item.components]


def test_no_text_column(tmp_path: Path) -> None:
    [wrong] = rows(tmp_path, "code,corps\n1,oups\n")
    assert isinstance(wrong, InputError)
    assert "--text-column; columns: code, corps" in wrong.reason


def test_without_a_header_no_account_is_shown(tmp_path: Path) -> None:
    [wrong] = rows(tmp_path, "1;Hier le chien a mordu ma fille et je tremble.\n2;Oui.\n")
    assert isinstance(wrong, InputError)
    assert "chien" not in str(wrong)
    assert "is there a header line?" in wrong.reason


def test_guided_narrative_in_four_columns(tmp_path: Path) -> None:
    content = "Territoire;Pensées;Ressenti;Comportement;id\nChez moi.;;Le ventre noué.;J'ai crié.;g\n;;;;h\n"
    first, blank = rows(tmp_path, content)
    assert isinstance(first, Account)
    assert first.text == "J'ai crié.\n\nLe ventre noué.\n\nChez moi."
    assert [(name, first.text[a:b]) for name, a, b in first.components] == [
        ("behavior", "J'ai crié."),
        ("feeling", "Le ventre noué."),
        ("territory", "Chez moi."),
    ]
    assert isinstance(blank, Account)
    assert (blank.text, blank.notices) == ("", ("empty",))
    [wrong] = rows(tmp_path, "comportement,note\n3,4\n")
    assert isinstance(wrong, InputError)


def test_other_columns_are_carried_through(tmp_path: Path) -> None:
    [item] = rows(tmp_path, ",texte,sexe,sexe,mentions\n0,Peur.,f,g,h\n")
    assert isinstance(item, Account)
    assert item.extra == {"column 1": "0", "sexe": "f", "sexe (4)": "g"}


def test_empty_and_header_only(tmp_path: Path) -> None:
    [wrong] = rows(tmp_path, "")
    assert isinstance(wrong, InputError)
    assert rows(tmp_path, "id,texte\n") == []
    [blank] = rows(tmp_path, "id,texte\nx,\n")
    assert isinstance(blank, Account)
    assert blank.notices == ("empty",)


def test_broken_bytes_and_nul_cost_one_row_each(tmp_path: Path) -> None:
    content = "id,texte\n1,été\n2,".encode() + b"\xe9\n3,a\0\n" + "4,là\n".encode()
    first, broken, nul, last = rows(tmp_path, content)
    assert texts([first, last]) == [("1", "été"), ("4", "là")]
    assert isinstance(broken, InputError)
    assert isinstance(nul, InputError)
    assert (broken.line, nul.line, "NUL" in nul.reason) == (3, 4, True)


def test_five_megabytes_in_one_cell(tmp_path: Path) -> None:
    text = "J'ai été triste. " * 300_000
    assert texts(rows(tmp_path, f"id,texte\nx,{text}\n")) == [("x", text)]


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELLS, max_size=5), delimiter=st.sampled_from(",;\t|"))
def test_what_csv_writes_comes_back_as_it_was(tmp_path: Path, cells: list[str], delimiter: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([("id", "texte"), *((f"x{n}", cell) for n, cell in enumerate(cells))])
    assert texts(rows(tmp_path, stream.getvalue())) == [(f"x{n}", cell) for n, cell in enumerate(cells)]

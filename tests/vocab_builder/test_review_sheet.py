from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressenti.cells import guard, unguarded
from ressenti.errors import DataError, InputError
from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.review.decisions import Decision, check
from ressenti.vocab_builder.review.many import above, accept, news
from ressenti.vocab_builder.review.names import DECISION_WORDS, path_of, relation
from ressenti.vocab_builder.review.sheet import COLUMNS, read_sheet, write_sheet
from vocab_builder.proposed import PROPOSALS, proposal

EMOTIONS = load_emotions()
KEYS = sorted(EMOTIONS)
DATE = "2026-11-25T20:00:00+01:00"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)
TERM = TEXT.filter(lambda term: not term.startswith("#"))
HEADER = "term;pos;decision;emotion;note\n"


def read(path, proposals=PROPOSALS):
    return read_sheet(path, proposals, EMOTIONS, "Anne", DATE)


@given(TEXT)
def test_no_cell_is_a_formula_and_every_cell_comes_back(cell):
    written = guard(cell) + cell
    assert not written.startswith(("=", "+", "-", "@"))
    assert unguarded(written) == cell


@given(
    st.lists(
        st.tuples(TERM, st.sampled_from(["", *KEYS]), st.sampled_from(KEYS), st.sampled_from(["", "x", "?", "take"]), TEXT, st.lists(TEXT)),
        unique_by=lambda row: row[0].casefold(), max_size=5,
    ),
    st.sampled_from("\t;,"), st.sampled_from(["utf-8", "utf-16"]), st.randoms(use_true_random=False),
)  # fmt: skip
def test_what_is_filled_in_comes_back_however_it_is_saved(tmp_path_factory, rows, delimiter, encoding, chance):
    proposals = [proposal(term, "NOUN", emotion, gloss=note, examples=tuple(said)) for term, emotion, _, _, note, said in rows]
    table = list(csv.DictReader(io.StringIO(write_sheet(proposals, EMOTIONS).removeprefix("\ufeff")), delimiter="\t"))
    expected = []
    for row, (term, proposed, emotion, what, note, _) in zip(table, rows, strict=True):
        decision = {"": "", "x": "not-emotional", "?": "unsure", "take": relation(proposed, emotion, EMOTIONS)}[what]
        row["decision"] = chance.choice([word for word, key in DECISION_WORDS.items() if key == decision] or [""])
        named = what == "take"
        row["emotion"] = chance.choice([emotion, EMOTIONS[emotion].labels["fr"], path_of(emotion, EMOTIONS)]) if named else ""
        row["note"] = guard(note) + note
        if what:
            expected.append((term, decision, emotion if named else "", note))
    columns = chance.sample(COLUMNS, len(COLUMNS))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(table)
    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    filled = read(path, proposals)
    assert not filled.errors
    assert [(d.term, d.decision, d.emotion, d.note) for d in filled.decisions] == expected
    assert filled.open == len(rows) - len(expected)
    assert all((d.reviewer, d.date, d.how) == ("Anne", DATE, "sheet") for d in filled.decisions)


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        ("épouvantable;ADJ;correct;;", ("correct", "horror")),
        ("épouvantable;ADJ;plus large;;", ("broader", "fear")),
        ("frissonner;VERB;plus large;peur;", ("broader", "fear")),
        ("frissonner;VERB;plus large;;", ("broader", "horror")),
        ("frissonner;VERB;autre;horreur;", ("broader", "horror")),  # « autre » with an emotion of the same branch says which
        ("Épouvantable ;adj;OUI;horreur;", ("correct", "horror")),
        ("courroux;NOUN;plus précis;colère › rage;", ("narrower", "rage")),
        ("table;NOUN;autre;peur;", ("other", "fear")),
        ("table;NOUN;pas émotionnel;;un meuble", ("not-emotional", "")),
    ],
)
def test_a_decision_says_what_it_can_of_the_emotion(tmp_path, row, decision):
    path = tmp_path / "s.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    (made,) = read(path).decisions
    assert (made.decision, made.emotion) == decision


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("fauteuil;NOUN;correct;;", "nobody proposed 'fauteuil' (NOUN)"),
        ("frissoner;VERB;correct;;", "is 'frissonner' meant?"),
        ("table;VERB;correct;;", "'table' was proposed as NOUN, not as 'VERB'"),
        ("table;NOUN;peut-être;;", "unknown decision 'peut-être'"),
        ("table;NOUN;correct;;", "needs an emotion here; write its key or its French label, as none was proposed"),
        ("table;NOUN;autre;;", "needs an emotion here"),
        ("table;NOUN;autre;bonheurr;", "unknown emotion 'bonheurr' (is 'bonheur' meant?)"),
        ("table;NOUN;incertain;peur;", "'unsure' goes with no emotion, but 'peur' is named"),
        ("table;NOUN;;peur;", "has emotion filled in but no decision"),
        ("courroux;NOUN;correct;peur;", "does not go with peur, as colère was proposed; that is 'other'"),
        ("courroux;NOUN;plus large;;", "nothing broader than the primary 'anger'"),
        ("courroux;NOUN;plus précis;peur;", "that is 'other'"),
        ("courroux;NOUN;autre;colère;", "that is 'correct'"),
        ("courroux;NOUN", "has 2 cells where the header has 5"),
        ("courroux;NOUN;correct;;;;extra", "has 7 cells where the header has 5"),
        ('courroux;NOUN;"correct"e;;', "cannot be read as a row"),
    ],
)
def test_nonsense_is_told_with_its_line_and_the_rest_is_read(tmp_path, row, reason):
    path = tmp_path / "s.csv"
    path.write_text(HEADER + "allégresse;NOUN;correct;;\n;;;;\n" + row + "\nfrissonner;VERB;x;;\n", encoding="utf-8")
    filled = read(path)
    assert [d.term for d in filled.decisions] == ["allégresse", "frissonner"]
    (error,) = filled.errors
    assert reason in error.reason and (error.path, error.line) == (str(path), 4)


def test_a_row_twice_and_a_quotation_mark_that_never_closes(tmp_path):
    path = tmp_path / "s.csv"
    text = HEADER + 'table;NOUN;x;;"a\nb"\ncourroux;NOUN;c;;\ntable;NOUN;x;;\nallégresse;NOUN;c;;"open\nfrissonner;VERB;x;;\n'
    path.write_text(text, encoding="utf-8")
    filled = read(path)
    assert [d.term for d in filled.decisions] == ["table", "courroux"]
    assert [(e.line, e.reason[:23]) for e in filled.errors] == [(5, "'table' (NOUN) is alrea"), (6, "cannot be read as a row")]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", None, "is empty"), ("\n\n", None, "is empty"), ("term;pos;emotion\n", 1, "lacks the column 'decision'"),
        ("\nterm;pos;decision;emotion;note;note\n", 2, "names the column 'note' twice"), ("a,b\n1,2\n", 1, "lacks the column 'term'"),
    ],
)  # fmt: skip
def test_a_sheet_without_its_columns(tmp_path, text, line, reason):
    path = tmp_path / "s.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        read(path)
    assert error.value.line == line


def test_a_sheet_saved_by_a_french_excel_of_old(tmp_path):
    path = tmp_path / "s.csv"
    path.write_bytes("sep=;\r\nterm;pos;decision;emotion\r\népouvantable;ADJ;pas émotionnel;\r\n".encode("cp1252"))
    filled = read(path)
    assert [d.decision for d in filled.decisions] == ["not-emotional"] and filled.notices == ("read as Windows-1252",)


def test_the_sheet_shows_what_the_screen_shows():
    rows = list(csv.DictReader(io.StringIO(write_sheet(PROPOSALS, EMOTIONS, delimiter=";").removeprefix("\ufeff")), delimiter=";"))
    assert rows[0]["proposed"] == "peur › horreur" and rows[0]["key"] == "horror" and rows[0]["similarity"] == "0.700"
    assert rows[0]["alternatives"] == "peur › horreur › frayeur 0.60 | tristesse › deuil 0.50"
    assert rows[0]["sources"] == "thesaurus: synonyme de « horror » | corpus: « fou de X », 2 times"
    assert rows[0]["examples"] == "Un cri épouvantable l’éveilla." and rows[3]["key"] == ""


@given(
    st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 30), st.text(st.sampled_from("\"';\t\n\r,xc?é\0 peur"), max_size=6)), max_size=8
    ),
    st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-32"]),
)
def test_whatever_a_hand_does_to_it_is_told_by_line(tmp_path_factory, edits, encoding):
    text = write_sheet(PROPOSALS, EMOTIONS, delimiter=";").replace(";" * 9 + "\r\n", ";c" + ";" * 8 + "\r\n")
    for at, size, put in edits:
        at %= len(text) + 1
        text = text[:at] + put + text[at + size :]
    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    try:
        filled = read(path)
    except (DataError, InputError):
        return
    for decision in filled.decisions:
        check(decision, EMOTIONS)
    assert len({d.key for d in filled.decisions}) == len(filled.decisions)
    assert all(error.line and 1 < error.line <= text.count("\n") + text.count("\r") + 2 for error in filled.errors)


def test_terms_that_look_like_formulas(tmp_path):
    terms = ["=)", "'=)", "-_-", "@#!", "+1"]
    proposals = [proposal(term, "INTJ", "joy") for term in terms]
    sheet = write_sheet(proposals, EMOTIONS)
    assert not any(line.startswith(("=", "-", "@", "+")) for line in sheet.splitlines())
    path = tmp_path / "s.tsv"
    path.write_text(sheet.replace("\t" * 9 + "\r\n", "\tc" + "\t" * 8 + "\r\n"), encoding="utf-8", newline="")
    assert [d.term for d in read(path, proposals).decisions] == terms


def test_a_sheet_read_again_says_nothing_new(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(HEADER + "table;NOUN;x;;\ncourroux;NOUN;c;;\n", encoding="utf-8")
    made = list(read(path).decisions)
    other = Decision("table", "NOUN", "other", "fear", reviewer="Luc")
    found = news(made, [other])
    assert (found.decisions, found.known, found.differing) == (tuple(made), 0, 1)
    assert news(made, made).decisions == () and news(made, made).known == 2
    path.write_text(HEADER + "table;NOUN;?;;\ncourroux;NOUN;c;;\n", encoding="utf-8")
    assert [d.term for d in news(read(path).decisions, made).decisions] == ["table"]


def test_in_bulk_only_what_has_a_place_and_nobody_has_touched():
    record = [Decision("courroux", "NOUN", "unsure", reviewer="Luc")]
    chosen = above(PROPOSALS, 0.1, record)
    assert [p.candidate.term for p in chosen] == ["épouvantable", "frissonner", "allégresse"]
    assert [p.candidate.term for p in above(PROPOSALS, 0.7, record)] == ["épouvantable", "allégresse"]
    made = accept(chosen[:1], "Anne", DATE)
    assert [(d.term, d.decision, d.emotion, d.how, d.similarity) for d in made] == [("épouvantable", "correct", "horror", "bulk", "0.700")]

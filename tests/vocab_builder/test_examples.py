from __future__ import annotations

import pytest

from ressenti.vocab_builder.review.examples import CUT, Finder, find_examples


@pytest.mark.parametrize(
    ("term", "pos", "text", "found"),
    [
        ("effrayer", "VERB", "L’orage les effrayait.", ["effrayait"]),
        ("effroi", "NOUN", "Des effrois d'enfant. Effroi !", ["effrois", "Effroi"]),
        ("heureux", "ADJ", "Heureuses, elles riaient.", ["Heureuses"]),
        ("crise de nerfs", "NOUN", "des crises de nerfs", ["crises de nerfs"]),
        ("arrière-pensée", "NOUN", "sans arrière-pensées", ["arrière-pensées"]),
        ("avoir peur", "VERB", "J'avais vraiment très peur, tu as peur.", ["avais vraiment très peur", "as peur"]),
        ("avoir peur", "VERB", "Il avait eu peur.", ["avait eu peur"]),
        ("avoir peur de", "VERB", "Il a peur d’eux, d'avoir trop dit.", ["a peur d"]),
        ("garder son sang-froid", "VERB", "J'ai gardé mon sang-froid.", ["gardé mon sang-froid"]),
        ("plaire", "VERB", "Tu n'as plus rien, mais cela plaît.", ["plaît"]),
        ("mine de rien", "ADV", "Mine de rien, il est parti. La mine de ce rien.", ["Mine de rien"]),
        ("zblorguer", "VERB", "Il zblorguait.", ["zblorguait"]),
        ("effroi", "NOUN", "froid", []),
    ],
)
def test_a_term_is_found_by_its_forms(term, pos, text, found):
    assert [text[slice(*span)] for _, span in Finder([(term, pos)])(text)] == found


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "a.txt").write_text(
        "J’eus peur. La peur me tenait depuis le matin, et rien n'y faisait. Cette peur-là ne ressemblait à aucune autre.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text("Il avait dans les yeux une peur de bête.\n", encoding="utf-8")
    long = "Un mot, " * 60 + "puis la peur, " + "puis un mot, " * 60
    (tmp_path / "c.txt").write_text(long + "enfin.\n", encoding="utf-8")
    (tmp_path / "d.txt").write_text("La peur me tenait depuis le matin, et rien n'y faisait.\n", encoding="utf-8")
    (tmp_path / "e.docx").write_bytes(b"not a Word file")
    return tmp_path


def test_short_whole_sentences_of_several_documents_come_first(corpus):
    told = []
    key = "peur", "NOUN"
    found = find_examples([key, ("joie", "NOUN")], [corpus], most=4, tell=told.append)
    assert list(found) == [key]
    assert list(found[key][:2]) == ["La peur me tenait depuis le matin, et rien n'y faisait.", "Il avait dans les yeux une peur de bête."]
    assert "Cette peur-là ne ressemblait à aucune autre." in found[key]
    long = next(sentence for sentence in found[key] if sentence.startswith("… "))
    assert "la peur," in long and long.endswith(" …") and len(long) <= CUT + 4
    assert len(told) == 1 and "e.docx" in told[0]
    assert find_examples([key], [corpus], most=4) == {key: found[key]}

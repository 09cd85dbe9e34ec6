"""Other names, the same throughout, with all that points into the text following; and the way back."""

import re
import stat
from dataclasses import replace

import pytest

from graph.accounts import everything
from ressenti.errors import DataError
from ressenti.graph.privacy.identifying import Search
from ressenti.graph.privacy.pseudonyms import Pseudonymiser, unpseudonymise
from ressenti.graph.privacy.rewriting import WORD, rewrite
from ressenti.graph.privacy.table import Table, is_reserved, pool
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.words import load_words
from ressenti.schema import Entity, Mention, Narrative, Role

NAMED = [
    "Pierre est venu à Lyon avec Marie Dupont. Rose m’a énervée, puis Mme Lefèvre a pris l’avion pour le Japon.",
    "J’ai peur d’Anne-Sophie et d’Hugo. thomas dit que HUGO l’aime. Pierre, le docteur Benali et Julie sont allés en Italie.",
    "Karim était furieux contre Marie. « Salut Léa ! » Dieu merci, Maman pleurait de joie. Franchement, j’avais honte.",
]
PEOPLE = "Pierre Lyon Marie Dupont Rose Lefèvre Japon Anne Sophie Hugo thomas HUGO Benali Julie Italie Karim Léa".split()


@pytest.fixture(scope="module")
def narratives(annotator):
    texts = (Narrative(f"n{number}", text, extra={"de": "Marie Dupont", "n": [1, None]}) for number, text in enumerate(NAMED))
    return [*annotator.pipe(texts), *everything()]


@pytest.fixture(scope="module")
def run(narratives):
    table = Table()
    pseudonymise = Pseudonymiser(table)
    return [pseudonymise(narrative) for narrative in narratives], table


def words(text):
    return WORD.findall(text)


def test_no_name_is_left_and_no_other_word_is_touched(run, narratives):
    for before, after in zip(narratives, run[0], strict=True):
        pairs = list(zip(words(before.text), words(after.text), strict=True))
        assert {old for old, new in pairs if old == new}.isdisjoint(PEOPLE)
        if before.id.startswith("n"):
            assert {old for old, new in pairs if old != new} == set(PEOPLE) & set(words(before.text))


def test_the_same_name_has_the_same_pseudonym_throughout(run, narratives):
    seen = {}
    for before, after in zip(narratives, run[0], strict=True):
        for old, new in zip(words(before.text), words(after.text), strict=True):
            assert seen.setdefault(old, new) == new
    assert seen["HUGO"] == seen["Hugo"].upper()
    assert len(set(seen.values())) == len(seen)


def test_what_is_marked_stays_marked(run, narratives):
    table = run[1].pseudonyms
    for before, after in zip(narratives, run[0], strict=True):
        for one, other in zip(before.mentions, after.mentions, strict=True):
            assert [before.text[start:end] for start, end in one.cue] == [after.text[start:end] for start, end in other.cue]
        spans = [(one.span, other.span) for one, other in zip(before.roles, after.roles, strict=True)]
        for one, other in zip(before.entities, after.entities, strict=True):
            spans += zip(one.mentions, other.mentions, strict=True)
        for old, new in spans:
            expected = WORD.sub(lambda match: table.get(match[0], match[0]), before.text[slice(*old)])
            assert after.text[slice(*new)] == expected


def test_labels_and_metadata_follow(run):
    first = run[0][0]
    assert first.extra["de"] == f"{run[1].pseudonyms['Marie']} {run[1].pseudonyms['Dupont']}" and first.extra["n"] == [1, None]
    assert not {word for narrative in run[0] for entity in narrative.entities for word in words(entity.label)} & set(PEOPLE)


def test_gender_vowels_and_titles_are_kept(run):
    table = run[1].pseudonyms
    assert table["Anne"][0] in "AEÉIOU" and table["Hugo"][0] in "AEÉIOU" and table["Marie"][0] not in "AEÉIOU"
    kinds = {"Rose": "first_f", "Pierre": "first_m", "Lefèvre": "surnames", "Benali": "surnames", "Japon": "lands_m", "Italie": "lands_f",
             "Lyon": "towns"}  # fmt: skip
    for name, kind in kinds.items():
        assert table[name].lower() in pool()[kind]


def test_the_table_gives_back_what_was(run, narratives, tmp_path):
    after, table = run
    assert [unpseudonymise(narrative, table).to_dict() for narrative in after] == [narrative.to_dict() for narrative in narratives]
    table.path = tmp_path / "names.tsv"
    table.close()
    again = Table(tmp_path / "names.tsv")
    assert again.pseudonyms == table.pseudonyms
    assert stat.S_IMODE((tmp_path / "names.tsv").stat().st_mode) == 0o600
    assert [unpseudonymise(narrative, again).to_dict() for narrative in after] == [narrative.to_dict() for narrative in narratives]


def test_a_table_is_continued(run):
    table = run[1]
    assert table.pseudonym("Marie", "first_f") == table.pseudonyms["Marie"]
    new = table.pseudonym("Gontran", "first_m")
    assert new not in {table.pseudonyms[name] for name in table.pseudonyms if name != "Gontran"}


def test_the_table_does_not_run_out():
    table = Table()
    given = [table.pseudonym(f"Nom{chr(97 + a)}{chr(97 + b)}", "lands_p") for a in range(26) for b in range(10)]
    assert len(set(given)) == 260 and all(is_reserved(name) for name in given)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [("Marie\tAnna\tfirst_f\nMarie\tLise\tfirst_f\n", "repeats"), ("A\tB\tnone\n", "kind"), ("A\tB\n", "x.tsv:2")],
)
def test_a_table_that_is_none_is_told(rows, reason, tmp_path):
    file = tmp_path / "x.tsv"
    file.write_text("name\tpseudonym\tkind\n" + rows)
    with pytest.raises(DataError, match=reason):
        Table(file)


def test_pseudonyms_are_listed_names_and_no_words_of_the_vocabulary():
    listed, every = load_words(), [name for names in pool().values() for name in names]
    assert len(set(every)) == len(every)
    assert set(pool()["first_m"]) <= listed["names_m"] and set(pool()["first_f"]) <= listed["names_f"]
    other = {form for name in listed if not name.startswith("names_") for form in listed[name]}
    other |= {word for entry in load_vocabulary() for word in words(entry.term.lower())}
    assert not other & set(every)


def test_a_span_that_ends_inside_a_replaced_word_takes_in_the_whole():
    mention = Mention(1, ((3, 5),), "fear", None, "fear", "labelled", "affirmed", "low", 1.0, "rule:x")
    narrative = Narrative("x", "ab Paula cd", mentions=[mention], roles=[Role(1, "target", (9, 11), "E", "rule:x")],
                          entities=[Entity("E", "cd", ((5, 8), (3, 8), (0, 11)))])  # fmt: skip
    after = rewrite(narrative, [(3, 8, "Jo")], lambda text, _: text)
    assert after.text == "ab Jo cd"
    assert after.mentions[0].cue == ((3, 5),) and after.roles[0].span == (6, 8)
    assert after.entities[0].mentions == ((3, 5), (3, 5), (0, 8))


def test_a_review_keeps_its_reviewer(annotator):
    narrative = next(annotator.pipe([Narrative("x", "J’ai peur de Marie.")]))
    review = {"reviewer": "Marie", "decision": "accepted", "comment": "Marie, encore"}
    narrative = replace(narrative, mentions=[replace(narrative.mentions[0], extra={"review": review, "reported": "Marie"})])
    table = Table()
    extra = Pseudonymiser(table)(narrative).mentions[0].extra
    new = table.pseudonyms["Marie"]
    assert extra == {"review": {"reviewer": "Marie", "decision": "accepted", "comment": f"{new}, encore"}, "reported": new}
    copy = replace(narrative, extra={"review": {"rejected": [], "copy": {"found": {"mentions": [{"reported": "Marie", "cue": [[5, 9]]}]}}}})
    assert Pseudonymiser(table)(copy).extra == {"review": {"rejected": []}}, "marks of the text as it was are not handed on"


REACHED = (
    "Marie vit 12 rue des Lilas, 75011 Paris. Appelez-la au 06 12 34 56 78 ou écrivez à marie.dupont@exemple.fr ; elle est née le "
    "12 mars 1980. J’ai peur d’elle. On a déjà écrit [courriel 1] et [téléphone 7] ici."
)


def test_addresses_and_numbers_become_placeholders_and_come_back(annotator, tmp_path):
    before = next(annotator.pipe([Narrative("r", REACHED, extra={"de": "marie.dupont@exemple.fr", "tel": "+33 6 98 76 54 32"})]))
    table = Table(tmp_path / "table.tsv")
    after = Pseudonymiser(table)(before)
    for word in ("Lilas", "75011", "06 12", "exemple.fr", "12 mars", "Marie", "[téléphone 7]"):
        assert word not in after.text
    assert "au [téléphone 1] ou écrivez à [courriel 1] ; elle est née le [date 1]" in after.text and "[courriel 2]" in after.text
    assert after.extra["de"] == "[courriel 1]" and after.extra["tel"] == "[téléphone 3]"
    for one, other in zip(before.mentions, after.mentions, strict=True):
        assert [before.text[slice(*span)] for span in one.cue] == [after.text[slice(*span)] for span in other.cue]
    table.close()
    back = unpseudonymise(after, Table(tmp_path / "table.tsv"))
    assert back == before
    again = Pseudonymiser(Table(tmp_path / "table.tsv"))(before)
    assert again == after


def test_a_compound_name_leaves_no_piece_and_comes_back():
    before = Narrative("x", "Je suis né à Saint-Brieuc. Mme N’Guyen est venue.", extra={"note": "de N’Guyen, à Saint-Brieuc"})
    table = Table()
    after = Pseudonymiser(table)(before)
    town, woman = table.pseudonyms["Saint-Brieuc"], table.pseudonyms["N’Guyen"]
    assert after.text == f"Je suis né à {town}. Mme {woman} est venue." and after.extra["note"] == f"de {woman}, à {town}"
    assert unpseudonymise(after, table).to_dict() == before.to_dict()
    assert Pseudonymiser(table)(before) == after


COLUMNS = {
    "Nom": "Lefèvre", "Prénom": "Zinette", "Ville": "Saint-Brieuc", "Téléphone": "612345678", "Date de naissance": "12/05/1984",
    "Année de naissance": "1984", "Adresse": "lieu-dit Les Tilleuls 24200", "Lieu de naissance": "Sarlat",
    "Commentaire": "Vue par Dr Kowalczyk le 3 mars",
}  # fmt: skip


def test_columns_that_identify_are_replaced_and_come_back():
    before = Narrative("x", "J’ai eu peur.", extra=COLUMNS | {"Âge": "1984", "Avis": "Plutôt satisfaite", "status": "Lefèvre"})
    table = Table()
    assert {left.where for left in Search()(before)} == {*COLUMNS}, "« Lefèvre » under a key of ours is only known from its column"
    after = Pseudonymiser(table)(before)
    for key, value in COLUMNS.items():
        assert not {word for word in re.findall(r"\w{3,}", value) if word != "Vue" and (word[0].isupper() or word[0].isdigit())} & set(
            re.findall(r"\w+", after.extra[key])
        )
    assert (after.extra["Âge"], after.extra["Avis"], after.extra["Commentaire"][:11]) == ("1984", "Plutôt satisfaite", "Vue par Dr ")
    assert after.extra["status"] == after.extra["Nom"]
    assert not Search(table.names)(after)
    assert unpseudonymise(after, table).to_dict() == before.to_dict()


@pytest.mark.parametrize(
    ("key", "value"),
    [("Nom", "Anonyme"), ("nom", "NC"), ("Nom du fichier", "Recit_1"), ("Téléphone", "non"), ("Ville", "en ville"), ("Sexe", "Femme"),
     ("Quelle ville vous fait peur ?", "Je ne sais pas : la plus grande des villes où on m’a laissée seule, enfant, un soir."),
     ("naissance", "difficile")],
)  # fmt: skip
def test_a_cell_that_names_nobody_stays(key, value):
    before = Narrative("x", "J’ai eu peur.", extra={key: value})
    assert Pseudonymiser(Table())(before).to_dict() == before.to_dict()

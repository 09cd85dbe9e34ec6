"""French as people type it: what is misspelt for sure is read as meant, what is right stays, and spans lead back to what was written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressenti.errors import DataError
from ressenti.rules.spelling.context import Context
from ressenti.rules.spelling.lexicon import one_edit
from ressenti.rules.spelling.stops import LONG, cut
from ressenti.rules.spelling.writings import COLUMNS, load_writings
from ressenti.rules.text import read

TYPED = {
    "jsuis degoutee": "je suis dégoûtée",
    "chui trop enerve": "je suis trop énervé",
    "il m'enerve": "il m'énerve",
    "je me suis inquiete": "je me suis inquiété",
    "lorage ma fait peur": "l'orage m'a fait peur",
    "sa va pas": "ça va pas",
    "jai pleurer": "j'ai pleuré",
    "bcp de colere": "beaucoup de colère",
    "tu crois kil fo ke jlui parle ?": "tu crois qu'il faut que je lui parle ?",
    "j'vais t'dire": "je vais te dire",
    "javais trooop la haine": "j'avais trop la haine",
    "j'ai criè": "j'ai crié",
    "colaire, ennervé, tristese": "colère, énervé, tristesse",
    "au bout dune semaine": "au bout d'une semaine",
    "JE SUIS EN COLERE": "Je suis en colère",
    "Jetais désolé": "J'étais désolé",
    "un p'tit peu": "un petit peu",
    "c nul mais g ri": "c'est nul mais j'ai ri",
    "le jour ou j'ai su": "le jour où j'ai su",
}
RIGHT = [
    "Il va à la pêche, la peche, le péché ; la cote, le côté et la côte.",
    "Le mur est mûr, il est sûr sur le mur, la tache, la tâche, du pain qu'il a dû manger.",
    "Livre, lame, dune, mange, demain, lui, sage, jade : rien d'élidé là-dedans.",
    "Ma fierté, ma mort, ma vue, ma mère et ta sœur.",
    "Elle s'est tue, je suis calme, il n'avait garde de partir, j'ai peine à le croire.",
    "L'avion fait 5 mm de trop, écrivez à jsuis@exemple.fr ou à @jsuis.",
    "Faut-il pleurer ? Puis-je pleurer ? Il la voit, je la pris par la main.",
    "Samir, Kenza et Jmila vivent à Angers. La SNCF, le CDI, la RATP.",
]


@pytest.fixture(scope="module")
def correct(annotator):
    return lambda text: annotator.corrector(read(text))


@pytest.mark.parametrize(("typed", "meant"), TYPED.items())
def test_slips_are_read_as_meant(correct, typed, meant):
    assert correct(typed).text == meant


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_stays(correct, text):
    assert correct(text).corrections == ()


def test_rules_keep_their_examples(annotator, correct):
    examples = [(rule.id, written, meant) for rule in annotator.corrector.context.rules for written, meant in rule.examples]
    assert len(examples) > 100
    assert [(id, correct(written).text) for id, written, meant in examples if correct(written).text != meant] == []


def test_no_known_word_is_taken_for_another(annotator):
    corrector = annotator.corrector
    friends = corrector.lexicon.friends
    assert len(friends) > 1000
    assert [word for word in friends if corrector._repair(word) is not None] == []


def test_spans_lead_back(annotator):
    text = "jsuis tro degouté, c horrible ske tu ma fait"
    reading = annotator.corrector(read(text))
    words = {word: text[slice(*reading.original(reading.text.index(word), reading.text.index(word) + len(word)))] for word in
             ("je", "suis", "trop", "dégoûté", "c'", "est")}  # fmt: skip
    assert words == {"je": "j", "suis": "suis", "trop": "tro", "dégoûté": "degouté", "c'": "c", "est": "c"}


def test_spans_lead_back_through_decomposed_accents(correct):
    text = unicodedata.normalize("NFD", "été, jsuis énervé")
    reading = correct(text)
    assert reading.text == "été, je suis énervé"
    at = reading.text.index("énervé")
    assert text[slice(*reading.original(at, at + 6))] == unicodedata.normalize("NFD", "énervé")


def test_mention_of_a_corrected_word_is_less_sure(annotator):
    typed, careful = (annotator(text) for text in ("ca ma enervé hier soir.", "ça m'a énervé hier soir."))
    (mention,), (clean,) = typed.mentions, careful.mentions
    assert [typed.text[slice(*piece)] for piece in mention.cue] == ["enervé"]
    assert (mention.emotion, mention.status) == (clean.emotion, clean.status)
    assert mention.confidence < clean.confidence
    roles = {role.role: typed.text[slice(*role.span)] for role in typed.roles}
    assert roles == {"experiencer": "m", "cause": "ca"}


@given(st.text(alphabet="aàcçeéèêijlmnoœqstuAEJM'’ .!\n\u0301-1", max_size=60))
def test_any_text_leads_back_in_order(annotator, text):
    reading = annotator.corrector(read(text))
    assert reading.offsets is None or (list(reading.offsets) == sorted(reading.offsets) and reading.offsets[-1] == len(text))
    assert reading.offsets is None or len(reading.offsets) == len(reading.text) + 1
    for c in reading.corrections:
        start, end = reading.original(c.start, c.end)
        assert 0 <= start < end <= len(text)


def test_unpunctuated_text_is_cut_before_new_clauses():
    text = (
        "hier on est allés au marché avec ma sœur et là il est arrivé avec son chien du coup j'ai crié tellement fort que tout le monde "
        "a regardé ensuite il est parti sans rien dire"
    )
    spans = list(cut(text, (0, len(text))))
    assert [text[a:b].split()[0] for a, b in spans] == ["hier", "et", "du", "ensuite"]
    assert " ".join(text[a:b] for a, b in spans) == text
    marked = text.replace(" et là", ", et là").replace(" ensuite", ". ensuite")
    assert len(text[:LONG]) == LONG and len(list(cut(marked, (0, 60)))) == 1


def test_a_number_is_not_cut():
    text = (
        "ben en fait j'étais chez moi tu vois y a mon chef qui m'appelle à genre vingt et une heures quoi et j'ai pas décroché parce que "
        "j'avais la trouille"
    )
    assert not [text[a:b] for a, b in cut(text, (0, len(text))) if text[a:b].startswith("et une")]
    assert len(list(cut(text.replace("vingt", "dix"), (0, len(text) - 2)))) > len(list(cut(text, (0, len(text)))))


@pytest.mark.parametrize(
    ("a", "b", "near"), [("tristese", "tristesse", True), ("clom", "mloc", False), ("abc", "acb", True), ("abcd", "ab", False)]
)
def test_one_edit(a, b, near):
    assert one_edit(a, b) is near


@pytest.mark.parametrize(
    ("row", "message"),
    [("jsuis\tje suis\tfoo\t.9", "unknown kind 'foo'"), ("jsuis\tje suis\tsms\t2", "'sure' is '2'"), ("a\ta\tsms\t1", "must say what")],
)
def test_a_wrong_writing_is_told_with_its_line(tmp_path, row, message):
    path = tmp_path / "writings.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as error:
        load_writings(path)
    assert ":2" in str(error.value)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("id: x\n    written: {ma: m'a}\n    before: [$nobody]\n    sure: 0.9", "unknown class 'nobody'"),
        ("id: x\n    written: {ma: m'a}\n    befor: [il]\n    sure: 0.9", "unknown key 'befor'"),
        ("id: x\n    written: {ma: m'a}\n    sure: 7", "'sure' is '7'"),
        ("id: x\n    sure: 0.9", "either 'written' or 'ending'"),
    ],
)
def test_a_wrong_rule_is_told_with_its_line(annotator, tmp_path, rule, message):
    path = tmp_path / "context.yaml"
    path.write_text(f"rules:\n  - {rule}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as error:
        Context(annotator.corrector.lexicon, path)
    assert "context.yaml:" in str(error.value)

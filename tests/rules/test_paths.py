"""Paths, on sentences whose parse is given by hand: no parser is needed to say where a path leads."""

from __future__ import annotations

import re

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ressenti.rules.paths import Names, Walked, parse_path
from ressenti.rules.sentence import Sentence
from ressenti.rules.view import View

NAMES = Names(
    {"beasts": frozenset({"chien", "chiens", "chat"}), "support": frozenset({"ai", "a"})},
    {"over": "head | head > head", "beast": "dependent(nsubj)[$beasts]", "deep": "@over > @beast"},
)


def sentence(*rows: str) -> Sentence:
    """Rows of « form tag head relation features », heads by number from 0."""
    cells = [(row + " _").split()[:5] for row in rows]
    words, tags, heads, relations, features = zip(*cells, strict=True)
    doc = Doc(Vocab(), list(words), pos=list(tags), heads=[int(h) for h in heads], deps=list(relations), morphs=list(features))
    return Sentence([*doc], 0)


DOGS = sentence(
    "Mes DET 1 det Number=Plur",
    "chiens NOUN 3 nsubj Number=Plur|Gender=Masc",
    "me PRON 3 expl:comp",
    "suivent VERB 3 ROOT Mood=Ind|Tense=Pres",
    "vers ADP 5 case",
    "Paul PROPN 3 obl:arg",
    "souvent ADV 3 advmod",
    ". PUNCT 3 punct",
)


def at(s: Sentence, i: int) -> View:
    return View(s, i, i, i, i)


@pytest.mark.parametrize(
    ("start", "path", "found"),
    [
        (3, "dependent(nsubj)", ["chiens"]),
        (3, "dependent(obl)", ["Paul"]),
        (3, "dependent(obl:arg)", ["Paul"]),
        (3, "dependent(obl:agent)", []),
        (3, "dependent(iobj)", ["me"]),
        (1, "head", ["suivent"]),
        (1, "head(nsubj)", ["suivent"]),
        (1, "head(obj)", []),
        (0, "head > head", ["suivent"]),
        # alternatives, tried in order
        (3, "dependent(xcomp) | dependent(nsubj)", ["chiens"]),
        (3, "(dependent(obl) | dependent(nsubj)) > dependent(case|det)", ["vers", "Mes"]),
        # optional steps: with it first, then without
        (1, "head? > dependent(det)", ["Mes"]),
        (3, "head? > dependent(nsubj)", ["chiens"]),
        (0, "head(det)? > head(nsubj)", ["suivent"]),
        # conditions
        (3, "dependent(nsubj)[pos=NOUN, Number=Plur]", ["chiens"]),
        (3, "dependent(nsubj)[Number=Sing]", []),
        (3, "dependent(nsubj)[!Number=Sing]", ["chiens"]),
        (3, "dependent(nsubj)[Number!=Sing]", ["chiens"]),
        (3, "dependent(nsubj)[Gender=Fem|Masc]", ["chiens"]),
        (3, "dependent(nsubj)[class=$beasts]", ["chiens"]),
        (3, "dependent(nsubj)[$beasts]", ["chiens"]),
        (3, "dependent(nsubj)[!class=$beasts]", []),
        (3, "dependent(nsubj)[lemma=chien/N]", ["chiens"]),
        (3, "dependent(nsubj)[lemma=chien]", ["chiens"]),
        (3, "dependent(nsubj)[form=chien]", []),
        (3, "self[lemma=suivre]", ["suivent"]),
        (3, "self[Mood=Ind, Tense=Imp|Pres]", ["suivent"]),
        (3, "dependent(obl):person", ["Paul"]),
        (3, "dependent(obl):thing", []),
        (3, "dependent(obl)[!person]", []),
        (3, "dependent[after, pos=ADV]", ["souvent"]),
        (3, "dependent[before, pos=ADV]", []),
        (3, "dependent[pos=PROPN|ADV, near=2]", ["Paul"]),
        (3, "dependent[near=1, !pos=PRON]", []),
        (3, "dependent[relation=nsubj|advmod]", ["chiens", "souvent"]),
        (3, "dependent[first]", []),
        (1, "dependent[first]", ["Mes"]),
        (3, "dependent[last]", ["souvent"]),
        (3, "dependent[has(dependent(case))]", ["Paul"]),
        (3, "dependent[!has(dependent), pos=ADV|NOUN]", ["souvent"]),
        (3, "dependent(nsubj)[has(dependent(det)[form=mes|tes])]", ["chiens"]),
        # macros, one inside another
        (3, "@beast", ["chiens"]),
        (5, "@deep", ["chiens"]),
        (4, "@deep", ["chiens"]),
        (5, "@over[lemma=suivre] > @beast > dependent(det)", ["Mes"]),
    ],
)
def test_where_a_path_leads(start, path, found):
    assert [DOGS.tokens[r.token].text for r in parse_path(path, NAMES).all(at(DOGS, start))] == found


def test_the_last_function_is_that_of_the_alternative_taken():
    (reached,) = parse_path("dependent(xcomp) | self", NAMES).all(at(DOGS, 3))
    assert reached.function == "self"


def test_complements_of_a_term_of_several_words_are_looked_for_after_it():
    several = View(DOGS, 1, 3, 1, 3)
    assert [r.token for r in parse_path("complement(vers)", NAMES).all(several)] == [5]
    assert parse_path("self > complement(vers)", NAMES).all(several) == []


def test_a_walk_tells_each_step_and_what_a_condition_refused():
    walked: list[Walked] = []
    assert parse_path("head > dependent(nsubj)[Number=Sing] > dependent(det)", NAMES).all(at(DOGS, 5), walked) == []
    assert [(w.step, w.start, w.found, w.refused) for w in walked] == [
        ("head", (5,), (3,), ()),
        ("dependent(nsubj)[Number=Sing]", (3,), (), ((1, "Number=Sing"),)),
    ]


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("governor($support) > subject", [{"ai", "a"}]),
        ("subject[$beasts]", [{"chien", "chiens", "chat"}]),
        ("subject[!$beasts]", []),
        ("subject[$beasts]? > head", []),
        ("subject[$beasts] | head", []),
        ("subject[$beasts] | governor($support)", [{"chien", "chiens", "chat", "ai", "a"}]),
        ("(subject[$beasts] | head[form=va]) > head[form=là]", [{"chien", "chiens", "chat", "va"}, {"là"}]),
        ("@beast", [{"chien", "chiens", "chat"}]),
        ("subject[form=qui, pos=PRON] > head[form=que]", [{"qui"}, {"que"}]),
    ],
)
def test_the_words_that_a_path_cannot_do_without(path, needs):
    assert parse_path(path, NAMES).needs == needs


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("subjct", "unknown function 'subjct'; did you mean 'subject'?"),
        ("subject >", "a step is missing"),
        ("subject > > head", "cannot read '> head'"),
        ("subject head", "cannot read 'head'"),
        ("complement(de", "a ')' is missing"),
        ("(subject | head", "a ')' is missing"),
        ("subject[pos=NOUN", "a ']' is missing"),
        ("subject[]", "a condition is missing"),
        ("subject:persn", "unknown test ':persn'; did you mean ':person'?"),
        ("subject[poss=NOUN]", "unknown condition 'poss'; did you mean"),
        ("subject[pos=NOUNS]", "unknown part of speech 'NOUNS'; did you mean 'NOUN'?"),
        ("subject[pos]", "the condition [pos] lacks its value"),
        ("subject[person=yes]", "takes no value"),
        ("subject[Number=Plural]", "unknown value of Number 'Plural'; did you mean 'Plur'?"),
        ("subject[class=$beast]", "unknown word class '$beast'; did you mean '$beasts'?"),
        ("governor($suport)", "unknown word class '$suport'; did you mean '$support'?"),
        ("subject[relation=nsuj]", "unknown relation 'nsuj'; did you mean 'nsubj'?"),
        ("dependent(nsuj)", "unknown relation 'nsuj'; did you mean 'nsubj'?"),
        ("self[near=far]", "near takes a number"),
        ("self[mention=feer]", "unknown mode or emotion 'feer'; did you mean 'fear'?"),
        ("previous-mention(feer)", "unknown mode or emotion 'feer'"),
        ("governor(rendre/X)", "unknown mark '/X'"),
        ("governor(rendrre/V)", "cannot conjugate"),
        ("@beats", "unknown macro '@beats'; did you mean '@beast'?"),
        ("self[has(subjct)]", "unknown function 'subjct'"),
    ],
)
def test_what_cannot_be_read_is_said(path, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_path(path, NAMES)


def test_a_macro_that_leads_back_to_itself():
    names = Names({}, {"a": "@b > subject", "b": "head | @a"})
    with pytest.raises(ValueError, match="@a leads back to itself: @a > @b > @a"):
        parse_path("@a", names)

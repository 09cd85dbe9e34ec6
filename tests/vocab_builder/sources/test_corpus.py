"""Constructions of emotion in texts: each finds its example; counts, names, and what mostly stands elsewhere."""

from __future__ import annotations

import json

import pytest

from ressenti.vocab_builder.candidate import Evidence
from ressenti.vocab_builder.sources.corpus import PATTERNS, Constructions, Tally, batches, in_constructions, texts_of
from ressenti.vocab_builder.sources.patterns import load_patterns


@pytest.fixture(scope="module")
def constructions(annotator):
    return Constructions(annotator.nlp, {"honte", "seul", "soucieux", "nerveux", "perplexe", "regret", "triste", "mal", "angoisse"})


@pytest.mark.parametrize("pattern", load_patterns(PATTERNS), ids=lambda pattern: pattern.says)
def test_each_construction_finds_its_example(constructions, pattern):
    term = pattern.example[pattern.example.index("[") + 1 : pattern.example.index("]")]
    found = constructions.tally([pattern.example.replace("[", "").replace("]", "")]).counts
    there = {t for t, pos, says in found if says == pattern.says and pos == pattern.pos}
    assert there & {term, term.removesuffix("e"), "nerveux"}


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("Elle se sent seule et il avait des regrets.", {"seul"}),
        ("Il éprouve des regrets.", {"regret"}),
        ("J’ai un sentiment de mal de vivre.", {"mal", "mal de vivre"}),
        ("Je suis folle de Paul, pleine de Marie.", set()),
        ("Il est parti avec sa sœur et avec un chien.", set()),
        ("Elle est venue avec la joie.", set()),
        ("Un sentiment. De honte, il ne dit rien.", set()),
        ("Il a mangé de la soupe.", set()),
    ],
)
def test_what_stands_in_a_construction(constructions, sentence, terms):
    assert {term for term, _, _ in constructions.tally([sentence]).counts} == terms


def tally(constructions, *sentences):
    return constructions.tally(["\n\n".join(sentences)])


def test_counts_and_what_is_too_rare(constructions):
    counted = tally(
        constructions, "Il est fou de rage.", "Elle était folle de rage.", "Un sentiment de vide.", "Elle dit oui avec joie, avec joie."
    )
    found = in_constructions(counted)
    assert [(c.term, c.evidence) for c in found] == [
        ("rage", (Evidence("corpus", "« fou de X », 2 times"),))
    ]  # « avec joie » alone is weak
    assert {c.term for c in in_constructions(counted, least=1)} >= {"rage", "vide"}


def test_what_mostly_stands_elsewhere_is_let_go(constructions):
    emotional = ["Il est plein d’eau.", "Elle fut remplie d’eau."]
    assert [c.term for c in in_constructions(tally(constructions, *emotional))] == ["eau"]
    assert in_constructions(tally(constructions, *emotional, *["L’eau coule."] * 60)) == []


def test_no_sentence_comes_out(constructions):
    for candidate in in_constructions(tally(constructions, "Zoé hurla de rage.", "Zoé hurla de rage.")):
        assert "Zoé" not in repr(candidate) and "hurl" not in repr(candidate)


def test_counts_survive_being_kept(constructions):
    counted = tally(constructions, "Il est fou de rage.", "Elle était folle de rage.")
    kept = Tally.from_record(json.loads(json.dumps(counted.to_record())))
    assert kept == counted
    kept.add(counted)
    assert kept.counts["rage", "NOUN", "fou de X"] == 4


def test_files_of_any_format_together_and_what_is_not_there(tmp_path):
    (tmp_path / "a.txt").write_text("Un mot.", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": "x", "text": "Deux mots."}\n', encoding="utf-8")
    told: list[str] = []
    found = list(batches([tmp_path, tmp_path / "none.txt"], told.append))
    assert [[path.name for path in batch] for batch in found] == [["a.txt", "b.jsonl", "none.txt"]] or len(told) == 1
    assert list(texts_of(found[0][:2], told.append)) == ["Un mot.", "Deux mots."]
    assert [len(batch) for batch in batches([tmp_path], told.append, size=5)] == [1, 1]

"""The tokeniser cuts as spaCy's does."""

import json
import re
from pathlib import Path

import pytest
from spacy.lang.fr import tokenizer_exceptions
from spacy.lang.fr.punctuation import ELISION, HYPHENS

from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.parser import load_parser, load_pipeline
from ressenti.rules.tokeniser import KEPT

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
ODD = (
    "saut-de-ski pet-en-l'air entr'abattre r’ouvrir anti-inflammatoire burn-out c'est-à-dire 3-4 l'a-t-il Saint-Jean-de-Luz grand'mère"
    " http://a.fr/b-c a@b.fr n°4 J.-C. -moi moi- ' - — aujourd'hui jusqu'au-boutiste ex-mari demi‑heure"
)


@pytest.fixture(scope="module")
def both():
    return load_parser(), load_pipeline("ner", "lemmatizer", "senter", "tok2vec", "morphologizer", "parser", "attribute_ruler")


def test_tokens_are_those_of_spacy(both):
    ours, theirs = both
    theirs.tokenizer.rules = ours.tokenizer.rules
    texts = [
        json.loads(line)["text"] for name in ("free-dev.jsonl", "extra-a.jsonl") for line in (GOLD / name).read_text("utf-8").splitlines()
    ]
    texts += [*ODD.split(), ODD, *{entry.term for entry in load_vocabulary()}]
    for text in texts:
        one, other = ours.make_doc(text), theirs.make_doc(text)
        assert [(t.text, t.idx, t.norm, t.shape, t.prefix, t.suffix, t.is_space) for t in one] == [
            (t.text, t.idx, t.norm, t.shape, t.prefix, t.suffix, t.is_space) for t in other
        ]
    assert ours.tokenizer.max_cache_size == KEPT


def test_all_words_that_stay_whole_are_joined_by_what_is_looked_for():
    """The guard before the slow expression would else let some through."""
    mark = re.compile("|".join(re.escape(f"[{marks}]") for marks in (HYPHENS, ELISION)))
    assert len(tokenizer_exceptions._regular_exp) > 100
    assert [one for one in tokenizer_exceptions._regular_exp if not mark.search(one)] == []

"""What a cue is as a term, and in which construction it stands."""

import pytest

from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.review.cues import Cues

CASES = [  # the cue stands between bars
    ("Je suis |déçue| par lui.", "déçu", "ADJ", "ADJ with être"),
    ("J'avais |la boule au ventre|.", "boule au ventre", "NOUN", "NOUN, obj of avoir"),
    ("J’ai eu |le seum|.", "seum", "NOUN", "NOUN, obj of avoir"),
    ("Je n'ai pas |peur|.", "peur", "NOUN", "NOUN, obj of avoir, negated"),
    ("Ça m’a |saoulée|.", "saouler", "VERB", "VERB with avoir, with a clitic"),
    ("Elle |chialait|.", "chialer", "VERB", "VERB"),
    ("J’étais |à cran|.", "à cran", "PHRASE", "PHRASE, obl of être"),
    ("J'ai |serré les dents|.", "serrer les dents", "VERB", "VERB with avoir, with an object"),
    ("Il dit : « J’|ai les boules| ».", "avoir les boules", "VERB", None),
    ("Je |tremblais|.", "trembler", "VERB", "VERB"),
    ("Il |parla fort|.", "parler fort", "VERB", "VERB"),
    ("Il |disait n'importe quoi|.", "dire n'importe quoi", "VERB", None),
    ("Elle a |appris la nouvelle|.", "apprendre la nouvelle", "VERB", None),
    ("Tout va bien. |Quelle joie| !", "joie", "NOUN", "NOUN"),
    ("|Sophie pleure|.", "", "VERB", "VERB"),
    ("De\u0301ception. Je suis |e\u0301mue|.", "ému", "ADJ", "ADJ with être"),
]


@pytest.fixture(scope="module")
def cues(annotator):
    return Cues(annotator.nlp, frozenset(entry.term for entry in load_vocabulary()))


@pytest.mark.parametrize(("marked", "term", "pos", "construction"), CASES)
def test_a_cue_is_a_term_in_a_construction(cues, marked, term, pos, construction):
    before, words, _ = marked.split("|")
    found = next(cues.of(marked.replace("|", ""), [((len(before), len(before) + len(words)),)]))
    assert found is not None and (found.term, found.pos) == (term, pos)
    assert construction is None or found.construction == construction


def test_what_is_no_word_is_no_cue(cues):
    assert list(cues.of("Ah !\n\n… Bon.", [((3, 4),), ((4, 6),)])) == [None, None]

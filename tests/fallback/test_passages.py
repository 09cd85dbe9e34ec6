from ressenti.fallback.passages import contexts, row_contexts
from ressenti.schema import Narrative

TEXTS = ("Il pleut. Elle dort !", "Rien.")


def told(found):
    return [tuple(passage and passage.text for passage in context) for context in found]


def test_sentences_know_their_neighbours_within_a_narrative():
    found = told(contexts(Narrative(str(n), text) for n, text in enumerate(TEXTS)))
    assert found == [(None, "Il pleut.", "Elle dort !"), ("Il pleut.", "Elle dort !", None), (None, "Rien.", None)]


def test_rows_are_one_passage_each_and_neighbours_of_each_other():
    found = told(row_contexts(Narrative(str(n), text) for n, text in enumerate(TEXTS)))
    assert found == [(None, TEXTS[0], TEXTS[1]), (TEXTS[0], TEXTS[1], None)]
    assert told(row_contexts([])) == []

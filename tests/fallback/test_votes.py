import numpy as np
import pytest

from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.votes import NO, YES, Votes

CAST = [(0, 0, "dread", YES), (1, 0, "emotion", NO), (1, 1, "joy", YES), (2, 1, "fear", NO), (3, 0, "mode:labelled", YES)]


@pytest.fixture
def votes():
    return Votes(shipped_labels(), ["one", "two"], 4, CAST)


@pytest.mark.parametrize(
    ("label", "passage", "expected"),
    [
        ("dread", 0, [YES, 0]), ("nervousness", 0, [YES, 0]), ("fear", 0, [YES, 0]), ("emotion", 0, [YES, 0]), ("worry", 0, [0, 0]),
        ("joy", 0, [0, 0]), ("joy", 1, [NO, YES]), ("bliss", 1, [NO, 0]), ("emotion", 1, [NO, YES]), ("dread", 2, [0, NO]),
        ("emotion", 2, [0, 0]), ("mode:labelled", 3, [YES, 0]), ("emotion", 3, [0, 0]),
    ],
)  # fmt: skip
def test_a_yes_goes_up_and_a_no_goes_down(votes, label, passage, expected):
    assert votes.of(label)[passage].tolist() == expected


def test_where_a_function_contradicts_itself_the_yes_counts():
    votes = Votes(shipped_labels(), ["one"], 1, [(0, 0, "dread", YES), (0, 0, "emotion", NO)])
    assert [votes.of(label)[0, 0] for label in ("emotion", "fear", "dread", "joy")] == [YES, YES, YES, NO]


def test_naming_another_label_passes_this_one_over(votes):
    spoken = votes.spoken("anger", ["fear", "joy"])
    assert list(zip(*map(np.ndarray.tolist, spoken), strict=True)) == [(0, 0, 0), (1, 0, NO), (1, 1, 0)]


def test_what_was_said_of_a_label_was_said_of_those_above(votes):
    said = {label for label, told in zip(votes.labels, votes.said(), strict=True) if told}
    assert said == {"emotion", "fear", "nervousness", "dread", "joy", "mode:labelled"}


def test_an_unknown_label_is_refused():
    with pytest.raises(KeyError):
        Votes(shipped_labels(), ["one"], 1, [(0, 0, "melancoly", YES)])

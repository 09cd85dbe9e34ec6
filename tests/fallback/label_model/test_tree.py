import numpy as np
import pytest

from ressenti.fallback.label_model.majority import majority
from ressenti.fallback.label_model.tree import TreeModel
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.votes import NO, YES, Votes

LABELS = shipped_labels()
KINDS = ("fear", "joy", "anger")


def drawn(seed=0, passages=3000, share=0.3):
    """A third are emotions of three primaries: one good function and two poor ones find some, one says no to what is none."""
    random = np.random.default_rng(seed)
    truth = np.where(random.random(passages) < share, random.integers(1, 4, passages), 0)
    cast = []
    for passage, kind in enumerate(truth):
        for function, (hit, false) in enumerate([(0.6, 0.01), (0.4, 0.1), (0.4, 0.1)]):
            if random.random() < (hit if kind else false):
                right = kind and random.random() < (0.95 if function == 0 else 0.7)
                cast.append((passage, function, KINDS[kind - 1] if right else KINDS[random.integers(3)], YES))
        if random.random() < (0.05 if kind else 0.6):
            cast.append((passage, 3, "emotion", NO))
    return truth, Votes(LABELS, ["good", "poor", "poor too", "nothing"], passages, cast)


@pytest.fixture(scope="module")
def fitted():
    truth, votes = drawn()
    return truth, votes, TreeModel(votes, [4, 4, 4, 4], [True] * 4)


def at(model, label):
    return model.probabilities[:, LABELS.index[label]]


def test_it_is_better_than_the_majority(fitted):
    truth, votes, model = fitted
    ours, theirs = at(model, "emotion") >= 0.5, majority(votes)[:, 0] >= 0.5
    assert ((truth > 0) == ours).mean() > max(0.85, ((truth > 0) == theirs).mean())


def test_a_label_is_no_likelier_than_its_parent(fitted):
    model = fitted[2]
    assert all((at(model, kind) <= at(model, "emotion") + 1e-6).all() for kind in KINDS)


def test_the_probabilities_are_near_the_shares(fitted):
    truth, _, model = fitted
    found = at(model, "emotion")
    for low, high in ((0, 0.2), (0.2, 0.8), (0.8, 1.01)):
        inside = (found >= low) & (found < high)
        assert abs((truth[inside] > 0).mean() - found[inside].mean()) < 0.25


def test_it_finds_out_who_is_good(fitted):
    said_yes = fitted[2].ratios["emotion"][:, 0]
    assert said_yes[0] > max(said_yes[1], said_yes[2]) > 0 > fitted[2].ratios["emotion"][3, 1]


def test_few_votes_of_one_function_do_not_blow_up():
    votes = Votes(LABELS, ["lonely"], 200, [(0, 0, "dread", YES), (1, 0, "joy", YES)])
    model = TreeModel(votes, [4], [True])
    found = model.probabilities
    assert np.isfinite(found).all() and 0.2 < at(model, "emotion")[0] < 0.95
    assert at(model, "emotion")[2:].max() < 0.3
    assert at(model, "emotion")[0] > at(model, "fear")[0] > at(model, "dread")[0] > at(model, "joy")[0]


def test_more_trust_counts_for_more():
    cast = [(n, n % 2, "emotion", YES) for n in range(20)]
    found = TreeModel(Votes(LABELS, ["trusted", "not"], 200, cast), [12, 1.5], [True, True])
    assert at(found, "emotion")[0] > at(found, "emotion")[1]


def test_silence_of_who_was_not_asked_says_nothing():
    cast = [(n, 0, "emotion", YES if n < 10 else NO) for n in range(20)]
    asked = TreeModel(Votes(LABELS, ["gold"], 400, cast), [12], [False])
    assert at(asked, "emotion")[:10].min() > 0.5 > 0.4 > at(asked, "emotion")[20:].max() > at(asked, "emotion")[10:20].max()


def test_gold_is_believed_on_every_tier():
    cast = [(n, 0, "dread", YES) for n in range(10)] + [(n, 0, "emotion", NO) for n in range(10, 20)]
    cast += [(n, 1, "emotion", YES) for n in range(5, 300)]
    found = TreeModel(Votes(LABELS, ["gold", "blind"], 400, cast), [1000, 2], [False, True])
    assert min(at(found, label)[:10].min() for label in ("emotion", "fear", "nervousness", "dread")) > 0.8
    assert at(found, "emotion")[10:20].max() < 0.1


def test_no_votes_are_no_labels():
    model = TreeModel(Votes(LABELS, ["mute"], 5, []), [4], [True])
    assert not model.probabilities.any() and model.probabilities.dtype == np.float32


def test_the_majority_counts_what_the_hierarchy_implies():
    found = majority(Votes(LABELS, ["a", "b"], 2, [(0, 0, "dread", YES), (0, 1, "emotion", NO), (1, 1, "joy", NO)]))
    at_ = {label: found[:, LABELS.index[label]].tolist() for label in ("emotion", "fear", "dread", "joy", "love")}
    assert at_ == {"emotion": [0.5, 0.0], "fear": [0.5, 0.0], "dread": [0.5, 0.0], "joy": [0.0, 0.0], "love": [0.0, 0.0]}

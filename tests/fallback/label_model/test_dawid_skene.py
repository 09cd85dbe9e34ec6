import warnings

import numpy as np
import pytest

from ressenti.fallback.label_model.dawid_skene import dawid_skene


def drawn(seed, items, classes, skills, spoken):
    """Votes of workers who are right as often as their skill says, else wrong at random, and who speak of a share of the items."""
    random = np.random.default_rng(seed)
    truth = random.integers(classes, size=items)
    rows = []
    for worker, skill in enumerate(skills):
        for item in np.flatnonzero(random.random(items) < spoken):
            wrong = (truth[item] + random.integers(1, classes)) % classes
            rows.append((item, worker, truth[item] if random.random() < skill else wrong))
    for item in set(range(items)) - {row[0] for row in rows}:
        rows.append((item, 0, truth[item]))
    return truth, np.array(sorted(rows))


@pytest.mark.parametrize(
    ("seed", "classes", "skills", "spoken"),
    [(1, 2, [0.9, 0.8, 0.6, 0.55], 0.7), (2, 4, [0.85, 0.7, 0.6, 0.5, 0.4], 0.5), (3, 3, [0.9, 0.3, 0.6], 1.0)],
)
def test_it_equals_crowd_kit(seed, classes, skills, spoken):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from crowdkit.aggregation import DawidSkene

        truth, votes = drawn(seed, 400, classes, skills, spoken)
        theirs = DawidSkene(n_iter=60, tol=-1).fit_predict_proba(pd.DataFrame(votes, columns=["task", "worker", "label"]))
    ours = dawid_skene(*votes.T, rounds=60, tolerance=-1)
    assert np.abs(ours.probabilities - theirs.sort_index().sort_index(axis=1).to_numpy()).max() < 1e-4
    assert (ours.probabilities.argmax(1) == truth).mean() > 0.6


def test_the_likelihood_never_falls_and_it_ends():
    _, votes = drawn(4, 300, 3, [0.9, 0.7, 0.5], 0.8)
    found = dawid_skene(*votes.T)
    assert len(found.log_likelihood) < 100
    assert np.diff(found.log_likelihood).min() > -1e-9
    assert found.priors.sum() == pytest.approx(1)
    assert found.errors.sum(2) == pytest.approx(np.ones((3, 3)))


def test_who_is_better_is_trusted_more():
    _, votes = drawn(5, 500, 2, [0.95, 0.6, 0.6], 1.0)
    errors = dawid_skene(*votes.T).errors
    assert errors[0, [0, 1], [0, 1]].min() > errors[1:, [0, 1], [0, 1]].max()


@pytest.mark.parametrize(("votes", "why"), [(([], [], []), "no vote"), (([0, 2], [0, 0], [1, 1]), "an item has no vote")])
def test_what_has_no_votes_is_refused(votes, why):
    with pytest.raises(ValueError, match=why):
        dawid_skene(*votes)

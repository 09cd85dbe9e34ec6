"""The linear model: bags, training, curves, the file, and what it says where the rules are silent."""

from __future__ import annotations

import io
import json
import random
import stat
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from ressenti.errors import DataError
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.logistic import logistic
from ressenti.fallback.model.bags import Bags
from ressenti.fallback.model.calibration import apply, calibration_error, fit, threshold
from ressenti.fallback.model.features import bag, features
from ressenti.fallback.model.file import load, save
from ressenti.fallback.model.kept_back import Part, fitted
from ressenti.fallback.model.linear import halved, train
from ressenti.fallback.model.opening import open_model
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.model.teaching import Lesson, Settings, teach
from ressenti.fallback.model.tiers import Tiers
from ressenti.fallback.passages import Passage, contexts
from ressenti.fallback.queue import OTHER, UNFOUND, UNSEEN, queue
from ressenti.schema import Mention, Narrative

LABELS = shipped_labels()
RAIN, SUN, TABLE = "La pluie noie le jardin gris.", "Le soleil dore la plage claire.", "La table est en bois verni."


def mention(number, start, end, emotion="fear", mode="labelled"):
    return Mention(number, ((start, end),), emotion, None, emotion, mode, "affirmed", "medium", 0.9, "rule:x")


@pytest.fixture(scope="module")
def taught():
    """Rain is sad and suggested, sun is joyful, a table is nothing, whatever stands beside."""
    draw = random.Random(0)
    narratives = [Narrative(f"n{k}", " ".join(draw.choices([RAIN, SUN, TABLE], k=draw.randint(1, 6)))) for k in range(80)]
    found = list(contexts(narratives))
    targets, known = np.zeros((len(found), len(LABELS)), np.float32), np.zeros((len(found), len(LABELS)), np.float32)
    columns = [LABELS.index[name] for name in ("emotion", "sadness", "joy", "fear", "mode:suggested")]
    known[:, columns] = 1
    for row, (_, passage, _) in enumerate(found):
        yes = {"La pluie": ("emotion", "sadness", "mode:suggested"), "Le solei": ("emotion", "joy")}.get(passage.text[:8], ())
        targets[row, [LABELS.index[name] for name in yes]] = 1
    return teach(Lesson(found, targets, known), "toy", Settings(evidence=5, precision=0.6))


def test_products_of_bags_are_those_of_full_tables():
    draw = np.random.default_rng(0)
    bags = [draw.integers(0, 1 << 32, size).tolist() for size in (1, 7, 30)]
    scale, weights = draw.random(64).astype(np.float32) + 0.1, draw.random((64, 3)).astype(np.float32)
    found = Bags.of(bags, scale)
    full = np.zeros((3, 64), np.float32)
    for row, each in enumerate(bags):
        for feature in each:
            full[row, feature % 64] += scale[feature % 64]
        full[row] /= np.sqrt(sum(scale[f % 64] ** 2 for f in each))
    assert np.allclose(found.times(weights), full @ weights, atol=1e-5)
    there, back = found.turned(64)
    errors = draw.random((3, 2)).astype(np.float32)
    assert np.allclose(back.times(errors), (full.T @ errors)[there], atol=1e-5)
    assert sorted({f % 64 for each in bags for f in each}) == there.tolist()


def test_what_is_not_known_is_not_learnt():
    bags = [[1], [1], [2], [2]] * 10
    targets = np.array([[1, 0], [1, 1], [0, 1], [0, 0]] * 10, np.float32)
    known = np.array([[1, 1], [1, 0], [1, 1], [1, 0]] * 10, np.float32)
    model = train(bags, ("a", "b"), targets, known, rows=16)
    p = logistic(model.logits([[1], [2]]))
    assert p[0, 0] > 0.9 > 0.1 > p[1, 0] and p[0, 1] < 0.1 < 0.9 < p[1, 1]


def test_a_masked_passage_shows_neither_cue_nor_finding():
    text = "J’ai peur de la nuit."
    here = Passage("n", (0, len(text)), text, (mention(1, 5, 9),))
    before = Passage("n", (0, 5), "Peur.", (mention(2, 0, 4),))
    seen, hidden = set(features((before, here, None))), set(features((before, here, None), masked=True))
    assert {"peur", "@fear", "@fear/labelled"} <= seen and {"peur", "@fear", "@rule:x"}.isdisjoint(hidden)
    assert {"nuit", "<@fear"} <= hidden and bag((before, here, None)) == bag((before, here, None))


def test_what_labelling_functions_say_is_seen_and_of_a_masked_passage_what_they_say_without_its_cues():
    text = "Hélas ! On a enterré mon oncle."
    here = Passage("n", (0, len(text)), text, (mention(1, 0, 7, "sadness", "displayed"),))
    seen, hidden = ({f for f in features((None, here, None), masked) if f[0] == "§"} for masked in (False, True))
    assert {"§rule-displayed-sure", "§interjections", "§exclaimed", "§loss", "§sadness+1", "§mode:displayed+1"} <= seen
    assert {"§loss", "§sadness+1", "§not-exclaimed", "§mode:displayed-1"} <= hidden and not hidden & {"§interjections", "§exclaimed"}
    assert not any(feature.startswith("§rule") for feature in hidden)


def test_what_stands_between_two_words_and_how_they_end_does_not_matter():
    seen = [set(features((None, Passage("n", (0, len(text)), text), None))) for text in ("Il serre le poing.", "Il a serré son poing.")]
    assert {"serre~poing", "4serr", "^il serre", "le poing$"} <= seen[0] and "serré~poing" in seen[1]
    assert seen[0] & seen[1] >= {"4serr", "^il", "poing$"}


def test_weights_are_kept_to_a_hundredth():
    weights = np.array([[0, 1, -3.14159, 1e-3, 123.4]], np.float32)
    assert np.allclose(halved(weights).astype(np.float32), weights, rtol=0.01) and not halved(weights).view(np.uint16).any(axis=0)[0]


def test_curves_mend_what_is_too_sure():
    draw = np.random.default_rng(1)
    true = draw.normal(size=4000)
    yes = draw.random(4000) < 1 / (1 + np.exp(-true))
    logits = np.stack([3 * true + 1, true], axis=1).astype(np.float32)
    targets = np.stack([yes, yes], axis=1).astype(np.float32)
    curves = fit(logits, targets, np.ones_like(targets))
    raw, mended = logistic(logits), apply(curves, logits)
    assert calibration_error(raw[:, 0], yes) > 0.1 > 0.03 > calibration_error(mended[:, 0], yes)
    assert curves[0] == pytest.approx((1 / 3, -1 / 3), abs=0.1) and curves[1] == pytest.approx((1, 0), abs=0.15)


@pytest.mark.parametrize(
    ("precision", "expected"), [(0.0, 0.4), (0.9, 0.75), (1.01, 1.01)], ids=["best F1", "precise enough", "never precise enough"]
)
def test_thresholds(precision, expected):
    p = np.array([0.9, 0.8, 0.7, 0.6, 0.2], np.float32)
    yes = np.array([1, 1, 0, 1, 0], np.float32)
    assert threshold(p, yes, np.ones(5, np.float32), precision) == pytest.approx(expected)


def test_what_a_model_says_where_the_rules_are_silent(taught):
    text = f"{TABLE} {RAIN} J’ai peur."
    narrative = Narrative("n", text, mentions=[mention(4, text.index("peur"), text.index("peur") + 4)])
    found = Fallback(taught)(narrative)
    assert found.mentions[0] == narrative.mentions[0] and len(found.mentions) == 2
    new = found.mentions[1]
    assert (new.id, new.primary, new.mode, new.status, new.source) == (5, "sadness", "suggested", "affirmed", "model:toy")
    assert text[slice(*new.cue[0])] == RAIN and 0.5 < new.confidence <= 1 and found.provenance["model"] == "toy"
    assert narrative.mentions == [found.mentions[0]], "what comes in stays as it is"


def test_it_says_nothing_where_the_rules_spoke(taught):
    narrative = Narrative("n", RAIN, mentions=[mention(1, 3, 8)])
    assert Fallback(taught)(narrative).mentions == narrative.mentions


def test_many_narratives_get_the_answers_of_each_alone(taught, monkeypatch):
    draw, fallback = random.Random(2), Fallback(taught)
    narratives = [Narrative(f"n{k}", " ".join(draw.choices([RAIN, SUN, TABLE], k=k % 5))) for k in range(60)]
    narratives[7] = Narrative("n7", RAIN, mentions=[mention(1, 3, 8)])
    alone = [fallback(narrative) for narrative in narratives]
    asked: list[int] = []
    monkeypatch.setattr(fallback, "probabilities", lambda found: asked.append(len(found)) or Fallback.probabilities(fallback, found))
    assert [*fallback.pipe(iter(narratives))] == alone and [*fallback.pipe([])] == []
    assert len(asked) == 1 and sum(len(found.mentions) for found in alone) > 40


def test_what_is_said_says_all_above_it():
    tiers = Tiers(("emotion", "sadness", "suffering", "joy", "mode:suggested"))
    p = np.array([[0.3, 0.3, 0.3, 0.1, 0.9], [0.4, 0.3, 0.1, 0.4, 0], [0.6, 0.1, 0, 0, 0], [0.1, 0.1, 0.1, 0.1, 0.9]], np.float32)
    said = tiers.said(p, np.array([0.5, 0.5, 0.2, 0.25, 0.5], np.float32))
    assert said.tolist() == [[1, 1, 1, 0, 1], [1, 0, 0, 1, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 1]]
    assert tiers.said(p[:0], p[0]).shape == (0, 5)


def test_of_a_passage_one_primary_is_said_the_most_probable():
    tiers = Tiers(("emotion", "sadness", "suffering", "joy", "mode:suggested"))
    p = np.array([[0.9, 0.6, 0.5, 0.7, 0.9], [0.9, 0.7, 0.5, 0.6, 0.9]], np.float32)
    said = tiers.said(p, np.full(5, 0.4, np.float32))
    assert said.tolist() == [[1, 0, 0, 1, 1], [1, 1, 1, 0, 1]]
    assert tiers.leading(p).tolist() == [[1, 0, 0, 1, 1], [1, 1, 1, 0, 1]]
    assert Tiers(("mode:suggested",)).leading(p[:, :1]).all()


def test_a_primary_is_held_to_its_precision_where_it_is_the_most_probable():
    """Joy is wrong where sadness is surer, and never said there: that must not raise the probability from which on it is said."""
    labels = ("sadness", "joy")
    sad, joyful = [[3.0, 2.0]] * 10 + [[3.0, -3.0]] * 30, [[-3.0, 1.0]] * 40
    targets = np.array([[1, 0]] * 40 + [[0, 1]] * 40, np.float32)
    ones = np.ones(80, bool)
    part = Part(targets, np.ones_like(targets), np.ones(targets.shape, bool), ones, ones)
    curves, least = fitted(labels, part, np.array(sad + joyful, np.float32), 0.9)
    joy = apply(curves, np.array(joyful[:1], np.float32))[0, 1]
    assert least[1] <= joy


def test_primaries_share_a_threshold_but_for_one_that_is_never_precise():
    labels, n = ("sadness", "joy", "fear"), 60
    logits = np.full((3 * n, 3), -4.0, np.float32)
    targets = np.zeros((3 * n, 3), np.float32)
    for k in range(3):
        logits[k * n : (k + 1) * n, k] = np.linspace(-2, 3, n)
        targets[k * n : (k + 1) * n, k] = np.linspace(-2, 3, n) > (-1, 1, 9)[k]  # fear is never there
    ones = np.ones(3 * n, bool)
    part = Part(targets, np.ones_like(targets), np.ones(targets.shape, bool), ones, ones)
    _, least = fitted(labels, part, logits, 0.5)
    assert least[0] == least[1] <= 1 < least[2]


def test_no_label_is_more_probable_than_the_one_above(taught):
    p = Fallback(taught).probabilities(list(contexts([Narrative("n", f"{RAIN} {SUN} {TABLE}")])))
    names = list(taught.labels)
    assert (p[:, names.index("sadness")] <= p[:, names.index("emotion")]).all()


def test_the_file_is_the_same_each_time_and_gives_the_model_back(taught, tmp_path):
    for name in ("a.zip", "b.zip"):
        save(taught, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600
    again = open_model(tmp_path / "a.zip")
    found = list(contexts([Narrative("n", f"{RAIN} {SUN}")]))
    assert np.allclose(Fallback(again).probabilities(found), Fallback(taught).probabilities(found), atol=1e-3)
    assert (again.name, again.labels, again.card) == (taught.name, taught.labels, taught.card)


def broken(taught, tmp_path, name, data):
    save(taught, tmp_path / "m.zip")
    with zipfile.ZipFile(tmp_path / "m.zip") as old, zipfile.ZipFile(tmp_path / "x.zip", "w") as new:
        for member in old.namelist():
            if member != name or data is not None:
                new.writestr(member, data if member == name else old.read(member))
    return tmp_path / "x.zip"


def array(value):
    out = io.BytesIO()
    np.save(out, value, allow_pickle=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("model.json", b"{", "is no model"),
        ("model.json", json.dumps({"format": 7}).encode(), "its format is 7"),
        ("bias.npy", None, "is no model"),
        ("bias.npy", array(np.zeros(99, np.float32)), "its bias have the shape"),
        ("bias.npy", array(np.array([{}], dtype=object)), "is no model"),
        ("rows.npy", array(np.array([1 << 30], np.uint32)), "is no model"),
    ],
    ids=["no JSON", "other format", "array lacks", "shape", "pickled objects", "rows"],
)
def test_what_is_no_model_is_told(taught, tmp_path, name, data, told):
    with pytest.raises(DataError, match=told):
        load(broken(taught, tmp_path, name, data))


def test_a_file_that_is_not_there_and_one_that_is_no_zip(tmp_path):
    with pytest.raises(DataError, match="there is no such file"):
        load(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("J’ai peur.")
    with pytest.raises(DataError, match="is no model") as caught:
        load(tmp_path / "text.zip")
    assert "peur" not in str(caught.value)


def test_what_to_look_at_first(taught):
    rain, sun = f"{RAIN} {TABLE} {SUN}", f"{TABLE} {SUN}"
    narratives = [
        Narrative("sad", rain),
        Narrative("other", sun, mentions=[mention(1, sun.index("dore"), sun.index("dore") + 4, "anger")]),
        Narrative("none", TABLE, mentions=[mention(1, 9, 12)]),
        Narrative("agree", SUN, mentions=[mention(1, 10, 14, "joy")]),
    ]
    found = {(item.passage.narrative, item.passage.text): item for item in queue(Fallback(taught), list(contexts(narratives)))}
    assert found["sad", RAIN].reason == UNFOUND and found["sad", RAIN].model == "sadness"
    assert found["other", SUN].reason == OTHER and found["other", SUN].rules == ("anger",)
    assert found["none", TABLE].reason == UNSEEN and ("agree", SUN) not in found
    scores = [item.score for item in queue(Fallback(taught), list(contexts(narratives)))]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)


def test_a_model_without_primaries_queues_nothing(taught):
    linear = replace(taught.linear, labels=tuple(f"mode:{k}" for k in range(len(taught.labels))))
    assert queue(Fallback(replace(taught, linear=linear)), list(contexts([Narrative("n", RAIN)]))) == []

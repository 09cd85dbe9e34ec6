"""Experiments: what they add up, what they learn from, and what they may not see."""

import importlib.util
import json

import numpy as np
import pytest

from ressenti.errors import DataError, InputError
from ressenti.evaluation.experiments.appraisals import load_appraisals
from ressenti.evaluation.experiments.emotexttokids import CATEGORIES, LABELS, PRIMARY_OF, by_rules, outcome, read_split, threshold
from ressenti.evaluation.experiments.evidence import in_context, of_sentence
from ressenti.evaluation.experiments.figures import f1, presence_f1, scored
from ressenti.evaluation.experiments.guided import Answer, Guided, read_guided
from ressenti.evaluation.experiments.learning import Block, best, cross_validated, folds
from ressenti.evaluation.experiments.whole import mentions_say, untrained
from ressenti.schema import COMPONENTS, Mention, Narrative, Role

CLASSES = ("anger", "fear", "joy", "sadness")
needs_sklearn = pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs scikit-learn")


def mention(primary, mode="labelled", status="affirmed", id=1):
    return Mention(id, ((0, 1),), primary, None, primary, mode, status, "medium", 0.9, "rule:x")


def answer(component, text="x", mentions=(), roles=(), judged=None):
    return Answer(component, text, Narrative("n", text, (), mentions, roles), judged or {})


@pytest.mark.parametrize(
    ("component", "text", "emotion"),
    [
        ("territory", "Ma vie, et ma sécurité.", "fear"),
        ("territory", "Mon droit au respect, ma dignité.", "anger"),
        ("territory", "Un lien que j'avais, le seul.", "sadness"),
        ("territory", "Une fierté, et ma liberté retrouvée.", "joy"),
        ("thinking", "Et si elle ne revenait pas ?", "fear"),
        ("thinking", "De quel droit il me parle comme ça ?", "anger"),
        ("thinking", "J'aurais dû l'appeler, c'est trop tard.", "sadness"),
        ("thinking", "J'y suis arrivée, enfin !", "joy"),
        ("feeling", "J'avais les mains moites et le cœur qui cognait.", "fear"),
        ("feeling", "La mâchoire serrée, envie de tout casser.", "anger"),
        ("feeling", "Un poids, les bras lourds, pas faim.", "sadness"),
        ("feeling", "J'étais légère, j'avais envie de danser.", "joy"),
    ],
)
def test_what_is_at_stake_tells_the_emotion(component, text, emotion):
    sums = {}
    for one, weight in load_appraisals().in_answer(text, component):
        sums[one.emotion] = sums.get(one.emotion, 0) + weight
    assert max(sums, key=sums.get) == emotion


def test_appraisals_of_one_answer_do_not_count_in_another():
    ids = [one.id for one, _ in load_appraisals().in_answer("Ma dignité.", "behavior")]
    assert "right-or-dignity" not in ids


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("emotion: wrath", "primary"), ("components: [feelings]", "feelings"), ("verbs: [pleurait]", "pleurait"), ("colour: red", "colour"),
        ("weight: much", "number"), ("phrases: [\"a/X\"]", "/X"),
    ],
)  # fmt: skip
def test_a_wrong_appraisal_is_told_with_its_line(tmp_path, line, reason):
    fields = {"emotion": "emotion: fear", "weight": "weight: 1"} | {line.partition(":")[0]: line}
    path = tmp_path / f"{abs(hash(line))}.yaml"
    path.write_text("again: 0.5\nappraisals:\n  - id: a\n    about: a\n" + "".join(f"    {f}\n" for f in fields.values()), encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        load_appraisals(path)
    assert error.value.line


def test_mentions_count_by_mode_status_and_who_feels():
    def fear(**given):
        return mentions_say(answer("feeling", mentions=[mention("fear", **given)]), CLASSES)[1]

    assert fear() > fear(mode="behavioural") > fear(mode="suggested") > 0 > fear(status="negated")
    other = answer("feeling", mentions=[mention("fear")], roles=[Role(1, "experiencer", (0, 1), "E1", "rule:x")])
    assert 0 < mentions_say(other, CLASSES)[1] < fear()
    assert mentions_say(answer("feeling", mentions=[mention("love")]), CLASSES).argmax() == 2


def test_what_the_model_judges_counts_beside_mentions_and_what_is_at_stake():
    answers = {name: answer(name) for name in COMPONENTS}
    answers["feeling"] = answer("feeling", mentions=[mention("joy", mode="suggested")], judged={"fear": 0.9, "mode:suggested": 3.0})
    one = Guided("n", "fear", answers)
    assert best(np.array([untrained(one, COMPONENTS, CLASSES)]), CLASSES) == ["fear"]
    assert best(np.array([untrained(one, COMPONENTS, CLASSES, mentions_alone=True)]), CLASSES) == ["joy"]
    assert len(set(untrained(one, ("behavior",), CLASSES))) == 1  # only the answers that count


def test_where_nothing_is_found_no_emotion_is_said():
    nothing = Guided("n", "joy", {name: answer(name) for name in COMPONENTS})
    row = untrained(nothing, COMPONENTS, CLASSES)
    assert best(np.array([row]), CLASSES) == [""]


def test_f1_by_hand():
    found = scored(list("aabb"), list("abbb"), ("a", "b"), bootstrap=50)
    assert found.f1 == pytest.approx({"a": 2 / 3, "b": 4 / 5})
    assert found.macro == pytest.approx((2 / 3 + 4 / 5) / 2)
    low, high = found.intervals["macro"]
    assert low < found.macro <= high
    assert scored(list("aaab"), list("aaaa"), ("a", "b")).weighted == pytest.approx(3 / 4 * 6 / 7)
    assert scored(list("ab"), ["", "b"], ("a", "b")).f1["a"] == 0


def test_groups_stay_whole_in_folds():
    groups = [k // 4 for k in range(80)]
    fold_of = folds(groups, 5, {k: "xy"[k % 2] for k in range(20)})
    assert all(len({*fold_of[4 * k : 4 * k + 4]}) == 1 for k in range(20))
    for fold in range(5):
        strata = [groups[k] % 2 for k in np.flatnonzero(fold_of == fold)]
        assert strata.count(0) == strata.count(1)


@needs_sklearn
def test_cross_validation_learns_what_can_be_learnt_and_nothing_else():
    texts = [f"{'bleu' if k % 2 else 'rouge'} mot{k % 7}" for k in range(60)]
    labels = ["b" if k % 2 else "r" for k in range(60)]
    found, classes = cross_validated([Block("words", texts)], labels, folds(range(60), 5))
    assert best(found, classes) == labels
    own = [f"seul{k}" for k in range(60)]  # each word is in one text: whoever knows it has seen the test
    found, classes = cross_validated([Block("words", own)], labels, folds(range(60), 5))
    assert np.ptp(found[:, 0]) < 0.2


def test_guided_narratives_that_cannot_be_used_are_told(tmp_path):
    good = {"id": "1", "emotion": "fear"} | dict.fromkeys(COMPONENTS, "Rien.")
    path = tmp_path / "g.jsonl"
    for rows, reason in (
        ([good | {"emotion": "appetite"}], "appetite"),
        ([good | {"feeling": ""}], "feeling"),
        ([good], "at least 8"),
        ([good] * 8, "two narratives"),
        ([good | {"id": str(k)} for k in range(8)], "same emotion"),
    ):
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        with pytest.raises(InputError, match=reason):
            read_guided(path, None)


def test_neighbours_are_told_from_the_sentence_itself():
    sad = of_sentence(Narrative("1", "Il pleurait.", (), [mention("sadness", "behavioural")]))
    first, second, third = in_context([sad, of_sentence(Narrative("2", "Il partit.")), of_sentence(Narrative("3", "Rien !"))])
    assert "primary sadness" in first
    assert "primary sadness" not in second and "-1 primary sadness" in second and "-2 primary sadness" in third
    assert "+1 !" in second and "emotion sadness" not in {name.partition(" ")[2] for name in second}


def split(tmp_path, rows):
    path = tmp_path / "train.jsonl"
    keys = ("text", "emotional", "categories", "modes")
    path.write_text("\n".join(json.dumps(dict(zip(keys, row, strict=True))) for row in rows), encoding="utf-8")
    return read_split(path)


def test_sentences_labelled_only_other_without_mode_are_noise(tmp_path):
    found = split(tmp_path, [("a", True, ["autre"], []), ("b", True, ["fierté", "autre"], ["suggested"]), ("c", False, [], [])])
    assert found.counted.tolist() == [False, True, True]
    assert [name for name, held in zip(LABELS, found.gold[1], strict=True) if held] == [
        "presence", "primary joy", "category autre", "category fierté", "mode suggested",
    ]  # fmt: skip
    assert set(PRIMARY_OF) < set(CATEGORIES)


def test_rules_say_the_narrower_category(tmp_path):
    found = split(tmp_path, [("a", True, ["jalousie"], ["labelled"]), ("b", False, [], [])])
    envy = mention("anger")
    envy.emotion = "jealousy"
    found.read = [Narrative("a", "a", (), [envy]), Narrative("b", "b")]
    said = by_rules(found)
    assert [name for name, held in zip(LABELS, said[0], strict=True) if held] == [
        "presence", "primary anger", "category jalousie", "mode labelled",
    ]  # fmt: skip
    assert outcome("rules", found, said).means["presence"] == 1


def test_threshold_and_presence():
    gold = np.array([0, 0, 0, 1, 1], bool)
    limit, reached = threshold(gold, np.array([0.1, 0.2, 0.3, 0.4, 0.9]), f1)
    assert 0.3 < limit <= 0.4 and reached == 1
    assert presence_f1(gold, np.zeros(5, bool)) == pytest.approx(0.375)

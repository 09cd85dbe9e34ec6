"""The roles of psych verbs in made sentences: frames of our own here, those of Verb∋Net where it is installed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.schema import Narrative

PATH = Path(__file__).parents[1] / "benchmarks" / "psych_verbs.py"
FRAMES = [
    ("31.1", "Stimulus V Experiencer", ("décevoir", "énerver", "effrayer", "humilier", "anéantir", "réjouir", "séduire", "attrister")),
    ("31.2", "Experiencer V Stimulus", ("admirer", "détester", "redouter", "regretter", "adorer")),
    ("31.2", "Experiencer V Stimulus<+Qu Psubj>", ("regretter", "redouter")),
    ("31.2", "Experiencer V Stimulus<+VExperiencer-inf>", ("adorer", "détester")),
    ("31.3", "Experiencer V {de} Stimulus<+VExperiencer-inf>", ("inquiéter s'", "réjouir se", "enrager")),
    ("31.4", "Stimulus V {à} Experiencer", ("plaire", "déplaire")),
]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("psych_verbs", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def wrong(bench, annotator, frames, variants):
    made = list(dict.fromkeys(bench.cases(load_vocabulary(), frames, variants)))
    narratives = annotator.pipe(Narrative(str(k), case.text) for k, case in enumerate(made))
    found = [(case.text, bench.verdict(case, narrative)) for case, narrative in zip(made, narratives, strict=True)]
    return len(made), [(text, reason) for text, reason in found if reason]


def test_forms_of_our_own_frames(bench, annotator):
    frames = [(number, frame, verb) for number, frame, verbs in FRAMES for verb in verbs]
    made, missed = wrong(bench, annotator, frames, 3)
    assert made > 120
    assert missed == []


def test_verdict_sees_a_wrong_experiencer(bench, annotator):
    case = next(bench.cases(load_vocabulary(), [("31.1", "Stimulus V Experiencer", "décevoir")], 1))
    narrative = annotator(case.text)
    narrative.roles[:] = [r for r in narrative.roles if r.role != "experiencer"]
    assert bench.verdict(case, narrative).startswith("experiencer")


def test_verbenet(bench, annotator):
    pytest.importorskip("verbenet")
    made, missed = wrong(bench, annotator, bench.verbenet_frames(), 1)
    assert len(missed) <= 0.03 * made, missed[:20]

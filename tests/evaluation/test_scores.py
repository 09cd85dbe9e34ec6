"""The figures are those of ``benchmarks/gold/score.py``, on real output and on output that was tampered with.

Where there is nothing to measure that says 0, the library None; so it is where it measures something that the two are equal.
"""

from __future__ import annotations

import json
import random
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora.annotated import read_annotations
from ressenti.evaluation.evaluate import evaluate, pair
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import INTENSITIES, MODES, ROLES, STATUSES, Narrative

GOLD = Path(__file__).parent.parent.parent / "benchmarks" / "gold"
SETS = sorted(path for path in GOLD.glob("*.jsonl") if '"mentions"' in path.read_text(encoding="utf-8").split("\n", 1)[0])


@cache
def score():
    return SimpleNamespace(**runpy.run_path(str(GOLD / "score.py")))


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ours(gold, system, tmp_path_factory, bootstrap=0):
    """Figures by the library, from files as a user has them."""
    folder = tmp_path_factory.mktemp("figures")
    read = []
    for name, data in (("gold", gold), ("system", system)):
        file = folder / f"{name}.jsonl"
        file.write_text("".join(json.dumps(d) + "\n" for d in data), encoding="utf-8")
        found = list(read_annotations([str(file)]))
        assert all(isinstance(item, Narrative) for item in found), found
        read.append(found)
    return evaluate(pair(*read), bootstrap=bootstrap).figures


def values(figures):
    return {name: dict(figure.values) for name, figure in figures.items()}


def measured(theirs):
    """The reference's figures, without those that it makes of nothing."""

    def value(figure, key):
        gold, system = figure.get("gold", figure.get("gold left over")), figure.get("system")
        of = {"P": system, "R": gold, "F1": (gold or 0) + (system or 0), "found": gold, "right primary": gold}.get(key, 1)
        return figure[key] if of else None

    return {name: {key: value(figure, key) for key in figure} for name, figure in theirs.items()}


@pytest.fixture(scope="module")
def output(annotator):
    """Each gold set with what the annotator finds in it."""
    return {path.stem: (rows(path), [annotator(d["text"], d["id"]).to_dict() for d in rows(path)]) for path in SETS}


def test_the_sets_are_there():
    assert {"free-dev", "extra-a", "extra-b"} <= {path.stem for path in SETS}


@pytest.mark.parametrize("name", [path.stem for path in SETS])
def test_equal_on_each_gold_set(output, name, tmp_path_factory):
    gold, system = output[name]
    theirs, _ = score().score(gold, system)
    assert values(ours(gold, system, tmp_path_factory)) == measured(theirs)


def test_intervals_are_equal_too(output, tmp_path_factory):
    gold, system = output["extra-a"]
    folder = tmp_path_factory.mktemp("intervals")
    for file, data in (("gold", gold), ("system", system)):
        (folder / file).write_text("".join(json.dumps(d) + "\n" for d in data), encoding="utf-8")
    command = [sys.executable, GOLD / "score.py", "gold", "system", "--json", "--bootstrap", "40"]
    out = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    theirs = {name: figure["95 %"] for name, figure in json.loads(out).items()}
    figures = ours(gold, system, tmp_path_factory, bootstrap=40)
    assert {name: "{:.2f}–{:.2f}".format(*figure.interval) for name, figure in figures.items()} == theirs


def test_the_tiers_are_those_of_the_guidelines():
    emotions, tiers = load_emotions(), score().tiers()
    assert {key: (emotions.primary(key), emotions.secondary(key) or key) for key in emotions} == tiers


def tampered(draw: random.Random, narrative):
    """Other marks of the same text: some dropped, moved, split, said of another emotion, given to the model or to another mention."""
    length, keys = len(narrative["text"]), sorted(load_emotions())

    def moved(span):
        start = min(max(0, span[0] + draw.randint(-4, 4)), length - 1)
        return [start, min(length, max(start + 1, span[1] + draw.randint(-4, 4)))]

    mentions, roles = [], []
    for m in narrative["mentions"]:
        if draw.random() < 0.2:
            continue
        m = dict(m, cue=[moved(piece) if draw.random() < 0.5 else piece for piece in m["cue"]])
        if draw.random() < 0.2:
            m["cue"] = [*m["cue"], moved(m["cue"][0])]
        for key, options in (("emotion", keys), ("mode", MODES), ("status", STATUSES), ("intensity", INTENSITIES)):
            if draw.random() < 0.25:
                m[key] = draw.choice(options)
        m["source"] = draw.choice(["rule:x", "rule:y", "model:z"])
        mentions.append(m)
        if draw.random() < 0.2:
            again = dict(m, id=m["id"] + 1000, emotion=draw.choice([m["emotion"], draw.choice(keys)]), mode=draw.choice(MODES))
            mentions.insert(draw.randrange(len(mentions) + 1), again)
    ids = [m["id"] for m in mentions]
    for r in narrative["roles"]:
        if draw.random() < 0.2 or not ids:
            continue
        role = dict(r, span=moved(r["span"]) if draw.random() < 0.5 else r["span"])
        if role["mention"] not in ids or draw.random() < 0.1:
            role["mention"] = draw.choice(ids)
        if draw.random() < 0.1:
            role["role"] = draw.choice(ROLES)
        roles += [role] * draw.choice([1, 1, 1, 2])
    draw.shuffle(roles)
    return dict(narrative, mentions=mentions, roles=roles)


@given(seed=st.integers(0, 2**32), name=st.sampled_from([path.stem for path in SETS]), of=st.sampled_from(["gold", "system"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_equal_on_tampered_marks(output, tmp_path_factory, seed, name, of):
    draw = random.Random(seed)
    gold, system = output[name]
    some = draw.sample(range(len(gold)), draw.randint(1, 6))
    gold = [gold[i] for i in some]
    system = [tampered(draw, (gold if of == "gold" else [system[i] for i in some])[k]) for k in range(len(some)) if draw.random() < 0.9]
    theirs, _ = score().score(gold, system)
    assert values(ours(gold, system, tmp_path_factory)) == measured(theirs)

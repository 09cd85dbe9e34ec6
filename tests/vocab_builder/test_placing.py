"""What a proposal shows where its sources and the rule differ, and what the commands say before they work."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.assignment.assigner import Assigner, place
from ressenti.vocab_builder.assignment.views import Views
from ressenti.vocab_builder.candidate import Candidate, Evidence, write_candidates
from ressenti.vocab_builder.embedding import open_encoder

EMOTIONS = load_emotions()


@pytest.fixture(scope="module")
def assigner():
    known = {"peur": {"fear": 1.0}, "joie": {"joy": 1.0}, "fauteuil": {}}
    return Assigner(Views(open_encoder("light"), {}, list(known)), known, EMOTIONS)


def test_a_place_that_no_source_speaks_for_shows_a_tenth_of_the_score(assigner):
    def shown(score, *said):
        scores = np.array([score if key == "fear" else 0.0 for key in assigner.tree.keys])
        return place(Candidate("frousse", "NOUN", tuple(Evidence("thesaurus", "synonym", key) for key in said)), scores, assigner)

    surely, hardly, backed, half = shown(0.9, "joy"), shown(0.5, "joy", "joy"), shown(0.5, "fear"), shown(0.5, "fear", "joy")
    assert surely.emotion and hardly.emotion and "speak for joy" in surely.reason
    assert 0 < hardly.similarity < surely.similarity < half.similarity < backed.similarity
    assert hardly.similarity == pytest.approx(backed.similarity / 10)


def run(*arguments):
    return CliRunner().invoke(cli, ["vocab", *map(str, arguments)])


@pytest.fixture
def probe(tmp_path):
    path = tmp_path / "probe.tsv"
    path.write_text("term\tpos\temotion\npeur bleue\tNOUN\tfear\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("backends", [["heavy"], ["light", "heavy"]])
def test_an_encoder_that_cannot_be_used_is_told_before_the_table(probe, tmp_path, backends):
    done = run("probe", "--probe", probe, "--cache", tmp_path, *(part for name in backends for part in ("--backend", name)))
    assert done.exit_code == 3 and "unknown encoder 'heavy'" in done.stderr and done.stdout == ""


@pytest.mark.parametrize("command", ["probe", "propose"])
def test_a_cache_that_cannot_be_used_is_told_once(probe, tmp_path, command):
    header = "term\tpos\temotion\tconstruction\tmode\tintensity\tregister\tregion\tcondition\n"
    words, candidates = tmp_path / "words.tsv", tmp_path / "candidates.jsonl"
    words.write_text(header + "peur\tNOUN\tfear\tnoun-cause\tlabelled\tmedium\tstandard\t\t\n", encoding="utf-8")
    candidates.write_text(write_candidates([Candidate("frousse", "NOUN", (Evidence("manual", "heard"),))]), encoding="utf-8")
    for cache, noted in [(probe, "(it is a file)"), (probe / "x", "(Not a directory)"), (tmp_path / "new", "")]:
        done = run(
            command,
            *(["--probe", probe] if command == "probe" else [candidates]),
            "--backend",
            "light",
            "--vocabulary",
            words,
            "--cache",
            cache,
        )
        assert done.exit_code == 0, done.output
        assert done.stderr.count("cannot be kept there") == bool(noted) and noted in done.stderr

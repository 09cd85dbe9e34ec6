"""Assignment and the probe: real encoders, the shipped vocabulary."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.vocab_builder.assignment.anchors import Kin, accepted, background
from ressenti.vocab_builder.assignment.assigner import Assigner, deepest, propose, propose_by_tone
from ressenti.vocab_builder.assignment.probe import leave_out, load_probe, measure
from ressenti.vocab_builder.assignment.views import Views
from ressenti.vocab_builder.candidate import Candidate, Evidence, write_candidates
from ressenti.vocab_builder.embedding import open_encoder

EMOTIONS = load_emotions()
KNOWN = {
    "peur": {"fear": 1.0}, "effroi": {"fright": 1.0}, "terreur": {"terror": 1.0}, "joie": {"joy": 1.0}, "gaieté": {"gaiety": 1.0},
    "bonheur": {"happiness": 1.0}, "tristesse": {"sadness": 1.0}, "chagrin": {"sorrow": 1.0}, "fauteuil": {}, "trottoir": {},
}  # fmt: skip


def learnt(known, **options):
    return Assigner(Views(open_encoder("light"), {}, list(KNOWN), **options), known, EMOTIONS)


@pytest.fixture(scope="module")
def small():
    return learnt(KNOWN)


@pytest.mark.parametrize("hidden", [["peur"], ["peur", "effroi", "fauteuil"]])
def test_hiding_terms_is_learning_without_them(small, hidden):
    anew = learnt({term: said for term, said in KNOWN.items() if term not in hidden})
    got = small.without(small.terms.index("peur"), [small.terms.index(term) for term in hidden])
    assert got == pytest.approx(anew.scores(["peur"])[0], abs=1e-4)


def test_a_known_term_is_scored_as_if_it_were_new(small):
    anew = learnt({term: said for term, said in KNOWN.items() if term != "joie"})
    assert small.scores(["joie", "table"]) == pytest.approx(anew.scores(["joie", "table"]), abs=0.05)


def candidate(term, pos="NOUN", *evidence):
    return Candidate(term, pos, tuple(Evidence("thesaurus", "synonym", key) for key in evidence))


def test_near_one_none_and_two(small):
    frightened, carpet = propose([candidate("grande terreur"), candidate("carburateur")], small)
    assert EMOTIONS.primary(frightened.emotion) == "fear" and 0 < frightened.margin <= frightened.similarity <= 1
    assert frightened.nearest[0].emotion == frightened.emotion and len(frightened.nearest) <= 5
    assert not carpet.emotion and carpet.reason.startswith("near none") and carpet.nearest
    torn = learnt({**KNOWN, "vertige": {"fear": 0.5, "joy": 0.5}})
    both = propose([candidate("vertiges")], torn)[0]
    assert not both.emotion and both.reason.startswith("near ") and " and " in both.reason


def test_sources_that_speak_for_another_primary_count(small):
    alone, against = propose([candidate("terreurs"), candidate("terreurs", "NOUN", "joy", "anger")], small)
    assert against.similarity < alone.similarity and "its sources speak for anger, joy" in against.reason


@pytest.mark.parametrize(
    ("scores", "place", "reason"),
    [
        ({"fright": 0.5}, "fright", ""),
        ({"fright": 0.5, "terror": 0.45}, "horror", "fright or terror"),
        ({"fright": 0.5, "worry": 0.45}, "fear", "horror or nervousness"),
        ({"fright": 0.5, "worry": 0.3}, "fright", ""),
        ({"fear": 0.5, "worry": 0.1}, "fear", ""),
    ],
)
def test_goes_down_only_as_far_as_it_is_sure(small, scores, place, reason):
    assert deepest(small.tree.rows([scores])[0], "fear", small) == (place, reason)


def test_tone_places_everything_it_has_a_vector_for():
    light = open_encoder("light")
    found = propose_by_tone([candidate("frayeur soudaine"), candidate("carburateur")], light, EMOTIONS, {})
    assert EMOTIONS.primary(found[0].emotion) == "fear" and all(p.emotion for p in found)
    assert found[0].similarity == max(near.similarity for near in found[0].nearest)


def test_families():
    assert Kin(["avoir peur", "apeuré", "peuplier", "joie"])("peureux") == {"avoir peur"}
    assert Kin(["tristesse", "attrister", "tri"])("triste") == {"tristesse"}


def test_background_is_far_from_emotion():
    linked = {"table": {"meuble"}, "alarme": {"peur"}, "meuble": {"table"}}
    assert background([*linked, "peureux", "gros mot"], {"peur"}, linked) == ["meuble", "table"]
    assert background([*linked, "clou"], {"peur"}, linked, most=1) == background(["clou", *linked], {"peur"}, linked, most=1)


def test_the_labels_and_what_the_vocabulary_accepts_are_known():
    known = accepted(load_vocabulary(), EMOTIONS)
    assert known["trouille"] == {"fear": 1.0} and known["peur"] and all(sum(said.values()) == pytest.approx(1) for said in known.values())


def test_the_probe_covers_the_tree():
    probe = load_probe()
    groups = Counter(EMOTIONS.secondary(p.emotion) or p.emotion for p in probe)
    wanted = {key for key in EMOTIONS if EMOTIONS[key].tier == "secondary"} | {"sadness", "surprise"}
    assert len(probe) >= 240 and all(groups[key] >= 6 for key in wanted) and len(wanted) == 25
    assert {p.pos for p in probe} >= {"NOUN", "ADJ", "VERB", "PHRASE"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("peur\tNOUN\tfeer", "unknown emotion 'feer'"),
        ("peur\tN\tfear", "unknown part of speech 'N'"),
        ("\tNOUN\tfear", "the term is empty"),
        ("joie\tNOUN\tjoy", "already on line 2"),
    ],
)
def test_a_bad_line_of_a_probe_is_told(tmp_path, row, told):
    path = tmp_path / "probe.tsv"
    path.write_text(f"term\tpos\temotion\njoie\tNOUN\tjoy\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"probe\.tsv:3: .*{told}"):
        load_probe(path)


def test_our_rule_beats_tones_with_the_light_encoder():
    figures = measure(open_encoder("light"), load_probe(), {})
    assert figures.alone.primary > 0.74 and figures.alone.primary > figures.tone + 0.1 and figures.family.primary > 0.5
    assert len(figures.alone.wrong) == round((1 - figures.alone.primary) * len(load_probe()))


def test_leaving_out_hides_the_family(small):
    probe = [p for p in load_probe() if p.term in KNOWN]
    report = leave_out(small, KNOWN, probe, "family")
    assert 0 < report.primary <= 1 and np.isfinite(report.group)


@pytest.fixture(scope="module")
def candidates(tmp_path_factory):
    path = tmp_path_factory.mktemp("vocab") / "candidates.jsonl"
    path.write_text(write_candidates([candidate("grosse frayeur"), candidate("joyeusement", "ADV", "joy")]), encoding="utf-8")
    return path


def test_command_proposes_the_same_bytes_each_time(candidates, tmp_path):
    outputs = []
    for name in ("one.jsonl", "two.jsonl"):
        arguments = [
            "vocab",
            "propose",
            str(candidates),
            "--backend",
            "light",
            "--cache",
            str(tmp_path / "cache"),
            "-o",
            str(tmp_path / name),
        ]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
        outputs.append((tmp_path / name).read_bytes())
    assert outputs[0] == outputs[1]
    first, second = map(json.loads, outputs[0].decode().splitlines())
    assert EMOTIONS.primary(first["emotion"]) == "fear" and EMOTIONS.primary(second["emotion"]) == "joy"
    assert (tmp_path / "one.jsonl").stat().st_mode & 0o077 == 0


def test_command_measures_a_probe_and_vocabulary_of_ones_own(tmp_path):
    header = "term\tpos\temotion\tconstruction\tmode\tintensity\tregister\tregion\tcondition\n"
    (tmp_path / "words.tsv").write_text(header + "frousse\tNOUN\tfear\tnoun-cause\tlabelled\tmedium\tfamiliar\t\t\n", encoding="utf-8")
    (tmp_path / "probe.tsv").write_text("term\tpos\temotion\npeur bleue\tNOUN\tfear\npeur verte\tNOUN\tjoy\n", encoding="utf-8")
    arguments = ["--backend", "light", "--vocabulary", str(tmp_path / "words.tsv"), "--probe", str(tmp_path / "probe.tsv"), "--wrong"]
    result = CliRunner().invoke(cli, ["vocab", "probe", *arguments, "--cache", str(tmp_path / "cache")])
    header, row, wrong = result.output.splitlines()
    figures = dict(zip(header.split("\t"), row.split("\t"), strict=True))
    assert figures["encoder"] == "light" and figures["alone"] == "0.500" and wrong == "\tpeur verte\tjoy\t→ fear"


def test_command_refuses_to_write_over_its_input(candidates):
    result = CliRunner().invoke(cli, ["vocab", "propose", str(candidates), "-o", str(candidates)])
    assert result.exit_code == 2 and "also an input" in result.output


def test_command_tells_what_it_cannot_use(candidates, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"term": "peur"}\n')
    for arguments, told in [
        ([str(tmp_path / "bad.jsonl")], "bad.jsonl:1"),
        ([str(candidates), "--backend", "heavy"], "unknown encoder"),
        ([str(candidates), "--backend", "light", "--glosses", str(tmp_path / "none.tsv")], "cannot be read"),
    ]:
        result = CliRunner().invoke(cli, ["vocab", "propose", *arguments])
        assert result.exit_code == 3 and told in result.output and "Traceback" not in result.output


def test_command_goes_on_without_a_corpus_that_is_not_there_but_says_so(candidates, tmp_path):
    arguments = ["--backend", "light", "--corpus", str(tmp_path / "none"), "-o", str(tmp_path / "out.jsonl")]
    result = CliRunner().invoke(cli, ["vocab", "propose", str(candidates), "--cache", str(tmp_path / "cache"), *arguments])
    assert result.exit_code == 1 and "none: no such file" in result.output
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_place_that_cannot_be_written_to_is_told_before_the_work(candidates, tmp_path):
    result = CliRunner().invoke(cli, ["vocab", "propose", str(candidates), "--backend", "light", "-o", str(tmp_path)])
    assert result.exit_code == 4 and "it is a folder" in result.output and "encoder" not in result.output

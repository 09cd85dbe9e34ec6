"""``ressenti vocab candidates`` as a user calls it."""

from __future__ import annotations

import json
import stat

import pytest

import warm
from ressenti.vocab_builder.candidate import read_candidates
from ressenti.vocab_builder.sources.gathering import Inputs, gather
from ressenti.vocab_builder.sources.parts import Parts, digest

THESAURUS = """UTF-8
peur|1
(Nom)|frousse|tremblignon|effrayotement|hochet
"""
GLOSSES = "tremblignon\tGrande peur qui fait trembler.\ngnougnou\tQui éprouve de la honte.\nhochet\tJouet.\n"
NOVEL = "Elle était folle de lumière.\n\nIl tremblait de lumière. Un cri de lumière !\n"


@pytest.fixture
def run(tmp_path):
    for name, content in (("thes.dat", THESAURUS), ("glosses.tsv", GLOSSES), ("novel.txt", NOVEL)):
        (tmp_path / name).write_text(content, encoding="utf-8")

    def call(*arguments, status=0):
        done = warm.run("vocab", "candidates", *arguments, cwd=tmp_path, text=True)
        assert done.returncode == status, done.stderr
        return done

    return call


def test_all_sources_together(run, tmp_path):
    arguments = ("--thesaurus", "thes.dat", "--glosses", "glosses.tsv", "--corpus", "novel.txt")
    done = run(*arguments, "-o", "found.jsonl")
    found = {c.key: c for c in read_candidates(tmp_path / "found.jsonl")}
    assert found["tremblignon", "NOUN"].sources == ("thesaurus", "gloss")
    assert found["tremblignon", "NOUN"].gloss == "Grande peur qui fait trembler."
    assert found["gnougnou", "ADJ"].sources == ("gloss",)
    assert found["lumière", "NOUN"].sources == ("corpus",)
    assert ("frousse", "NOUN") not in found  # the vocabulary has it
    assert "thesaurus: 3 (1 with gloss)" in done.stderr and "left out: 2 that the vocabulary has" in done.stderr
    assert stat.S_IMODE((tmp_path / "found.jsonl").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".found*"))  # nothing is kept once all is written
    again = run(*arguments)
    assert again.stdout == (tmp_path / "found.jsonl").read_text(encoding="utf-8")


def test_neighbours_in_the_space_of_an_encoder(run, tmp_path):
    pytest.importorskip("faiss")
    (tmp_path / "near.dat").write_text("UTF-8\ngrande terreur nocturne|1\n(Nom)|moteur|boulon\n", encoding="utf-8")
    done = run("--thesaurus", "near.dat", "--neighbours", "light")
    found = {record["term"]: record["evidence"] for record in map(json.loads, done.stdout.splitlines())}
    assert (
        found.keys() == {"grande terreur nocturne"}
        and found["grande terreur nocturne"][0][0] == "neighbour"
        and found["grande terreur nocturne"][0][2] in ("fear", "terror", "fright")
    )


def test_the_index_of_neighbours_is_kept_and_refused_where_it_does_not_fit(run, tmp_path):
    pytest.importorskip("faiss")
    (tmp_path / "near.dat").write_text("UTF-8\ngrande terreur nocturne|1\n(Nom)|moteur|boulon\n", encoding="utf-8")
    near = ("--thesaurus", "near.dat", "--neighbours", "light", "--index", "kept")
    first, second = run(*near).stdout, run(*near).stdout
    assert first == second and "grande terreur nocturne" in first
    assert (tmp_path / "kept.faiss").exists() and (tmp_path / "kept.json").exists()
    assert "is an index of other terms" in run("--thesaurus", "thes.dat", *near[2:], status=3).stderr
    (tmp_path / "kept.faiss").write_bytes((tmp_path / "kept.faiss").read_bytes()[:50])
    assert "cut short" in run(*near, status=3).stderr


def test_what_was_refused_is_not_proposed_again(run, tmp_path):
    record = "term\tpos\tdecision\temotion\treviewer\tdate\nhochet\tNOUN\tnot-emotional\t\tanne\t2026-11-25\n"
    (tmp_path / "decisions.tsv").write_text(record, encoding="utf-8")
    done = run("--thesaurus", "thes.dat", "--decisions", "decisions.tsv")
    terms = {json.loads(line)["term"] for line in done.stdout.splitlines()}
    assert "hochet" not in terms and "tremblignon" in terms and "1 that were decided to be not emotional" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (("--thesaurus", "none.dat"), 3, "none.dat: cannot be read"),
        (("--thesaurus", "thes.dat", "-o", "thes.dat"), 2, "it is also an input"),
        (("--no-thesaurus",), 2, "no source is left"),
        (("--no-thesaurus", "--thesaurus", "thes.dat"), 2, "exclude each other"),
        (("--nltk-data", "."), 2, "needs --wordnet"),
        (("--thesaurus", "thes.dat", "--wordnet", "fra", "--nltk-data", "."), 3, "nltk.downloader"),
        (("--thesaurus", "thes.dat", "--glosses", "novel.txt"), 3, "novel.txt:1: is not a term"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run, arguments, status, reason):
    done = run(*arguments, status=status)
    assert reason in done.stderr and "Traceback" not in done.stderr and done.stdout == ""


def test_a_corpus_that_cannot_be_read_is_no_success(run, tmp_path):
    """The other sources go on with status 1; a corpus alone leaves what was written before as it is."""
    done = run("--thesaurus", "thes.dat", "--corpus", "none", "-o", "found.jsonl", status=1)
    before = (tmp_path / "found.jsonl").read_bytes()
    assert "none: no such file" in done.stderr and b"tremblignon" in before
    done = run("--no-thesaurus", "--corpus", "none", "-o", "found.jsonl", status=3)
    assert "nothing was written" in done.stderr and (tmp_path / "found.jsonl").read_bytes() == before
    run("--no-thesaurus", "--corpus", "novel.txt", "none", status=2)
    assert "lumière" in run("--no-thesaurus", "--corpus", "novel.txt", "--corpus", "none", status=1).stdout


def test_what_the_vocabulary_has_under_a_condition_is_cited_rightly_without_a_list_of_words(run, tmp_path):
    (tmp_path / "alone.txt").write_text("Elle se sentait seule. Il l’a laissée seule.\n", encoding="utf-8")
    done = run("--no-thesaurus", "--corpus", "alone.txt")
    assert done.stdout == "" and "left out: 1 that the vocabulary has" in done.stderr


def test_counts_are_kept_until_the_end_and_made_anew_when_the_input_changes(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("un", encoding="utf-8")
    made: list[str] = []

    def make(word):
        return lambda: made.append(word) or {"word": word}

    def keep(word):
        parts = Parts(tmp_path / "out.jsonl")
        return parts, parts.keep(digest([source], "1"), make(word))

    assert keep("first")[1] == keep("second")[1] == {"word": "first"} and made == ["first"]
    (kept,) = tmp_path.glob(".out*")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.write_text(kept.read_text()[:-4], encoding="utf-8")  # cut off
    assert keep("third")[1] == {"word": "third"}
    kept.write_text(kept.read_text().replace('"key": "', '"key": "0'), encoding="utf-8")  # of another input
    assert keep("again")[1] == {"word": "again"}
    source.write_text("deux", encoding="utf-8")
    parts, result = keep("fourth")
    assert result == {"word": "fourth"}
    parts.drop()
    assert len(list(tmp_path.glob(".out*"))) == 1
    assert Parts(None).keep("key", make("fifth")) == {"word": "fifth"}


def test_who_was_interrupted_does_not_parse_a_corpus_again(tmp_path, monkeypatch):
    (tmp_path / "novel.txt").write_text(NOVEL, encoding="utf-8")
    inputs = Inputs(corpus=(str(tmp_path / "novel.txt"),))
    first, _ = gather(inputs, print, tmp_path / "out.jsonl")  # ends before the output is written
    monkeypatch.setattr("ressenti.rules.parser.load_parser", None)
    second, parts = gather(inputs, print, tmp_path / "out.jsonl")
    assert second == first and [c.term for c in first.candidates] == ["lumière"]
    parts.drop()
    with pytest.raises(TypeError):
        gather(inputs, print, tmp_path / "out.jsonl")

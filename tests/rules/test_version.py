"""The version of the rules tells apart what was annotated with other rules and words, and nothing else."""

from __future__ import annotations

import re

import pytest

import ressenti
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules import version
from ressenti.rules.version import rules_version

HEAD = "term\tpos\temotion\tconstruction\tmode\tintensity\tregister\tregion\tcondition"
ROW = "zorgl\tNOUN\tfear\tnoun-cause\tlabelled\tmedium\tstandard\t\t"
RULE = """rules:
  - id: own
    priority: 1
    trigger: {lemma: [zorgl]}
"""


@pytest.fixture
def words(tmp_path):
    def write(name, *lines, end="\n"):
        path = tmp_path / name
        path.write_bytes((end.join((HEAD, *lines)) + end).encode())
        return [*load_vocabulary(), *load_vocabulary(path)]

    return write


def test_shipped(annotator):
    assert re.fullmatch(re.escape(ressenti.__version__) + r"\+[0-9a-f]{8}", annotator.provenance["rules"])
    assert annotator.provenance["rules"] == rules_version()


def test_own_words_are_told_apart_by_what_they_say(words):
    one = rules_version(words("voc.tsv", ROW))
    assert re.fullmatch(re.escape(rules_version()) + r"\.user\.[0-9a-f]{8}", one)
    assert one == rules_version(words("elsewhere.tsv", ROW, end="\r\n"))
    assert (
        len({one, rules_version(words("b.tsv", ROW.replace("fear", "joy"))), rules_version(words("c.tsv", ROW, ROW.replace("z", "x")))})
        == 3
    )
    assert rules_version(load_vocabulary()[:10]) != rules_version(load_vocabulary()[:11])


def test_own_rules_are_told_apart_whatever_their_line_ends(tmp_path):
    (tmp_path / "own.yaml").write_text(RULE)
    one = rules_version(rules=[tmp_path / "own.yaml"])
    assert ".user." in one and one == rules_version(rules=[tmp_path])
    (tmp_path / "own.yaml").write_bytes(RULE.replace("\n", "\r\n").encode())
    assert rules_version(rules=[tmp_path]) == one
    (tmp_path / "own.yaml").write_text(RULE.replace("1", "2"))
    assert rules_version(rules=[tmp_path]) != one


def test_what_is_shipped_counts_by_its_content_and_not_by_its_line_ends(tmp_path, monkeypatch):
    def shipped(content):
        (tmp_path / "words.txt").write_bytes(content)
        version._shipped.cache_clear()
        return rules_version()

    monkeypatch.setattr(version, "DATA", tmp_path)
    try:
        assert shipped(b"a\nb\n") == shipped(b"a\r\nb\r\n") != shipped(b"a\nc\n")
    finally:
        version._shipped.cache_clear()

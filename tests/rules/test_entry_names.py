"""The name by which a mention says which line of the vocabulary found it is that of a sense of the lexicon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ressenti.ontology.rdf.names import PREFIXES
from ressenti.ontology.sparql.shipped import shipped_store
from ressenti.schema import Narrative

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
SETS = ("free-dev", "extra-a", "extra-b", "extra-c", "extra-d", "extra-e", "ambivalence")


@pytest.fixture(scope="module")
def senses():
    kind = NamedNode(f"{PREFIXES['ontolex']}LexicalSense")
    return {quad.subject.value.removeprefix(PREFIXES["lex"]) for quad in shipped_store().quads_for_pattern(None, None, kind)}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Il rougit de dépit.", "rougir-verb-embarrassment-act-94a228"),
        ("Quelle joie !", "joie-noun-joy-noun-cause-92954a"),
    ],
)
def test_an_entry_that_is_read_in_another_way_keeps_its_name(text, entry, annotator, senses):
    found = {mention.extra.get("entry") for mention in annotator(text).mentions}
    assert entry in found and found <= senses


def test_every_entry_is_a_sense_of_the_lexicon(annotator, senses):
    lines = (line for name in SETS for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    narratives = [Narrative(str(number), json.loads(line)["text"]) for number, line in enumerate(lines)]
    named = [mention.extra.get("entry") for narrative in annotator.pipe(narratives) for mention in narrative.mentions]
    assert len(narratives) > 200
    assert len(found := {entry for entry in named if entry}) > 300
    assert found <= senses

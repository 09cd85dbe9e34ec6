"""Synonyms of accepted terms: one link, two links, parts of speech, citation forms."""

from __future__ import annotations

import pytest

from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.candidate import Evidence
from ressenti.vocab_builder.seeds import Seed
from ressenti.vocab_builder.sources.mythes import read_mythes
from ressenti.vocab_builder.sources.thesaurus import Graph, synonyms

THESAURUS = """UTF-8
peur|1
(Nom)|frousses|terreur|mal de vivre|Pierre
frousse|1
(Nom)|peur
effrayer|1
(Verbe)|s'effaroucher|être\u00a0pris\u00a0de\u00a0court|épouvante
fâché|1
(Adjectif Nom)|irritée|à cran|colère
irrité|1
(Adjectif Verbe)|fâché
"""


@pytest.fixture
def found(tmp_path):
    path = tmp_path / "thes_fr.dat"
    path.write_text(THESAURUS, encoding="utf-8")
    seeds = [Seed("peur", "NOUN", "fear"), Seed("effrayer", "VERB", "fright"), Seed("fâché", "ADJ", "anger")]
    return {c.key: c for c in synonyms(Graph(read_mythes(path)), seeds, load_emotions())}


def test_synonyms_keep_the_part_of_speech_and_come_in_citation_form(found):
    assert ("frousse", "NOUN") in found and ("frousses", "NOUN") not in found  # the plural is no head
    assert ("effaroucher", "VERB") in found
    assert ("irrité", "ADJ") in found and ("irritée", "ADJ") not in found
    assert ("colère", "NOUN") not in found  # « fâché » is accepted as an adjective only
    assert ("épouvante", "VERB") not in found


def test_several_words(found):
    assert {("mal de vivre", "NOUN"), ("être pris de court", "VERB"), ("à cran", "PHRASE")} <= found.keys()


def test_names_are_left_out(found):
    assert not any(term.lower() == "pierre" for term, _ in found)


def test_evidence_names_head_part_of_speech_and_emotion(found):
    assert found["terreur", "NOUN"].evidence == (Evidence("thesaurus", "synonym of peur (Nom)", "fear"),)


def test_two_links_need_several_accepted_terms_of_one_primary(tmp_path):
    accepted = ["peur", "crainte", "effroi", "panique"]
    lines = ["UTF-8"]
    for middle in ("mot", "terme"):
        lines += [f"{middle}|1", "(Nom)|" + "|".join([*accepted, "loin", "vaste"])]
    lines += ["autre|1", "(Nom)|rue|maison|peur|proche"]
    lines += ["pont|1", "(Nom)|" + "|".join([*accepted, "seul"])]  # one way only
    lines += ["vaste|1", "(Nom)|" + "|".join(f"chose{'abcdefghijklmnopqrstuvwxyz'[n]}" for n in range(26))]  # most links lead elsewhere
    lines += [""]
    path = tmp_path / "thes_fr.dat"
    path.write_text("\n".join(lines), encoding="utf-8")
    seeds = [Seed(term, "NOUN", "fear") for term in ("peur", "crainte", "effroi", "panique")]
    found = {c.key: c for c in synonyms(Graph(read_mythes(path)), seeds, load_emotions(), near=4)}
    assert found["loin", "NOUN"].evidence == (Evidence("thesaurus", "two links from 4 accepted terms of fear", "fear"),)
    assert found.keys().isdisjoint({("proche", "NOUN"), ("seul", "NOUN"), ("vaste", "NOUN")})

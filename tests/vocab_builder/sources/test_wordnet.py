"""WordNet by NLTK: a wordnet of a few synsets in the layout that NLTK reads, with French beside it."""

from __future__ import annotations

import pytest

from ressenti.errors import RessentiError
from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.candidate import Evidence
from ressenti.vocab_builder.sources.wordnet import emotional_synsets

pytest.importorskip("nltk")

# Name, part of speech, English words, pointers (symbol, name of the target, from and to which word), French lemmas
SYNSETS = (
    ("feeling", "n", ["feeling"], [("~", "emotion", "0000")], ["sentiment"]),
    ("emotion", "n", ["emotion"], [("@", "feeling", "0000"), ("~", "fear", "0000")], ["émotion"]),
    ("fear", "n", ["fear", "fearfulness"], [("@", "emotion", "0000"), ("~", "cold_feet", "0000"), ("+", "afraid", "0101")],
     ["peur", "crainte"]),
    ("cold_feet", "n", ["cold_feet"], [("@", "fear", "0000")], ["trac", "Pétoche", "mal_du_siècle"]),
    ("table", "n", ["table"], [], ["table"]),
    ("afraid", "a", ["afraid"], [("+", "fear", "0101")], ["apeuré", "sans_voix"]),
    ("scare", "v", ["scare"], [], ["effrayer"]),
)  # fmt: skip
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
NUMBERS = {"n": 1, "v": 2, "a": 3}
LICENCE = "  1 WordNet 3.0 Copyright of the test, all made up.  \n"


def data_files(folder):
    """Write the tiny wordnet; offsets are those of the bytes, as in the real one."""
    wordnet = folder / "corpora" / "wordnet"
    wordnet.mkdir(parents=True)

    def line(synset, offsets):
        name, pos, words, pointers, _ = synset
        said = " ".join(f"{word} 0" for word in words)
        pointed = "".join(f" {symbol} {offsets[target]:08d} {FOUND[target][1]} {ends}" for symbol, target, ends in pointers)
        frames = " 01 + 08 00" if pos == "v" else ""
        return f"{offsets[name]:08d} 00 {pos} {len(words):02x} {said} {len(pointers):03d}{pointed}{frames} | made up  \n"

    FOUND = {synset[0]: synset for synset in SYNSETS}
    zero, offsets = dict.fromkeys(FOUND, 0), {}
    for pos in FILES:
        at = len(LICENCE)
        for synset in SYNSETS:
            if synset[1] == pos:
                offsets[synset[0]] = at
                at += len(line(synset, zero).encode())
    for pos, name in FILES.items():
        own = [synset for synset in SYNSETS if synset[1] == pos]
        (wordnet / f"data.{name}").write_text(LICENCE + "".join(line(synset, offsets) for synset in own), encoding="utf-8")
        words = sorted((word, offsets[synset[0]]) for synset in own for word in synset[2])
        index = "".join(f"{word} {pos} 1 0 1 0 {offset:08d}  \n" for word, offset in words)
        (wordnet / f"index.{name}").write_text(LICENCE + index, encoding="utf-8")
        (wordnet / f"{name}.exc").write_text("", encoding="utf-8")
    senses = sorted(f"{word}%{NUMBERS[s[1]]}:00:00:: {offsets[s[0]]:08d} 1 0\n" for s in SYNSETS for word in s[2])
    (wordnet / "index.sense").write_text("".join(senses), encoding="utf-8")
    (wordnet / "cntlist.rev").write_text("", encoding="utf-8")
    (wordnet / "lexnames").write_text("00\tall\t1\n", encoding="utf-8")
    french = folder / "corpora" / "omw-1.4" / "fra"
    french.mkdir(parents=True)
    lemmas = "".join(f"{offsets[s[0]]:08d}-{s[1]}\tfra:lemma\t{lemma}\n" for s in SYNSETS for lemma in s[4])
    (french / "wn-data-fra.tab").write_text("# test\tfra\thttp://example.org\tmade up\n" + lemmas, encoding="utf-8")


def test_french_words_under_feeling_and_derived_ones(tmp_path):
    data_files(tmp_path)
    found = {c.key: c.evidence for c in emotional_synsets(load_emotions(), "fra", tmp_path)}
    assert found.keys() == {
        ("sentiment", "NOUN"), ("émotion", "NOUN"), ("peur", "NOUN"), ("crainte", "NOUN"), ("trac", "NOUN"), ("mal du siècle", "NOUN"),
        ("apeuré", "ADJ"), ("sans voix", "PHRASE"),
    }  # fmt: skip
    assert found["trac", "NOUN"] == (Evidence("wordnet", "cold_feet.n.01, under feeling.n.01", "fear"),)
    assert found["apeuré", "ADJ"] == (Evidence("wordnet", "afraid.a.01, derived from fear.n.01", "fear"),)
    assert found["sentiment", "NOUN"][0].emotion == ""


def test_nltk_looks_where_it_did_afterwards(tmp_path):
    import nltk

    before = list(nltk.data.path)
    data_files(tmp_path)
    emotional_synsets(load_emotions(), "fra", tmp_path)
    assert nltk.data.path == before


def test_what_is_missing_is_told(tmp_path):
    with pytest.raises(RessentiError, match=r"no 'wordnet' in .*nltk\.downloader wordnet omw-1\.4"):
        emotional_synsets(load_emotions(), "fra", tmp_path)
    data_files(tmp_path)
    with pytest.raises(RessentiError, match="no language 'xyz'; it has eng, fra"):
        emotional_synsets(load_emotions(), "xyz", tmp_path)
    (tmp_path / "corpora" / "wordnet" / "data.noun").unlink()
    with pytest.raises(RessentiError, match="cannot be used"):
        emotional_synsets(load_emotions(), "fra", tmp_path)

"""Definitions: each pattern finds its example; what is no definition by an emotion is let go."""

from __future__ import annotations

import gzip

import pytest

from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.vocab_builder.candidate import Candidate, Evidence
from ressenti.vocab_builder.seeds import seeds
from ressenti.vocab_builder.sources.glosses import PATTERNS, Reader, definitions, read_glosses, with_glosses
from ressenti.vocab_builder.sources.patterns import load_patterns


@pytest.fixture(scope="module")
def reader():
    return Reader(seeds(load_vocabulary(), load_emotions()))


@pytest.mark.parametrize("pattern", load_patterns(PATTERNS), ids=lambda pattern: pattern.says)
def test_each_pattern_finds_its_example(reader, pattern):
    definition = pattern.example.replace("[", "").replace("]", "")
    assert pattern.line in {found.line for found, _, _ in reader.defined([definition])}


DICTIONARY = """\
vergogneux\tQui éprouve de la honte. | Relatif à une ville.
vergogne\tSentiment de honte.
envergogner\tRendre honteux.
s’envergogner\tDevenir honteux.
honteusement vêtu\tVêtu de rouge, avec honte.
vergogneusement\tAvec honte.
arachnophobe\tQui a peur des araignées.
Vergogne\tSentiment de honte.
briseur\tBriser les tiges du chanvre.
joyeuseté\tAbsence de tristesse.
zut alors\tInterjection exprimant la colère.
noix\tFruit du noyer.
pétocher\tAvoir très peur.
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "glosses.tsv"
    file.write_text(DICTIONARY, encoding="utf-8")
    return file


def test_who_is_defined_by_an_emotion(path, reader):
    found = {c.key: c for c in definitions(path, reader)}
    assert set(found) == {
        ("vergogneux", "ADJ"), ("vergogne", "NOUN"), ("envergogner", "VERB"), ("vergogneusement", "ADV"), ("zut alors", "INTJ"),
        ("pétocher", "VERB"),
    }  # fmt: skip
    assert Evidence("gloss", "defined as « qui éprouve honte »", "shame") in found["vergogneux", "ADJ"].evidence
    assert found["vergogneux", "ADJ"].gloss == "Qui éprouve de la honte. | Relatif à une ville."


def test_other_candidates_get_their_glosses(path, reader):
    given = [Candidate("joyeuseté", "NOUN", ()), Candidate("honteusement vêtu", "ADJ", ()), Candidate("inconnu", "ADJ", ())]
    absent, named, unknown = with_glosses(given, path, reader)
    assert absent.gloss == "Absence de tristesse." and absent.evidence == ()
    assert Evidence("gloss", "honte stands in its definition", "shame") in named.evidence
    assert unknown == given[2]


def test_a_complement_is_told(reader):
    assert [goes_on for _, seed, goes_on in reader.defined(["Désir de briller."]) if seed.term == "désir"] == [True]


@pytest.mark.parametrize(
    "definition",
    [
        "Trouble, obscur.",
        "Briser les tiges.",
        "Irriter les yeux.",
        "Robe ample, triste.",
        "Fille dans la joie.",
        "Qui attire les yeux.",
        "",
    ],
)
def test_no_definition_by_an_emotion(reader, definition):
    assert list(reader.defined([definition])) == []


def test_compressed_and_broken_files(path, tmp_path):
    packed = tmp_path / "glosses.tsv.gz"
    packed.write_bytes(gzip.compress(DICTIONARY.encode()))
    assert list(read_glosses(packed)) == list(read_glosses(path))
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(DataError, match="breaks off"):
        list(read_glosses(packed))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"peur\tcrainte\nhonte\n", 2, "is not a term, a tab and its gloss"),
        (b"\tcrainte\n", 1, "is not a term"),
        ("peur\tcrainte\ngêne\tconfusion\n".encode("latin-1"), 2, "is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path, content, line, reason):
    file = tmp_path / "glosses.tsv"
    file.write_bytes(content)
    with pytest.raises(DataError, match=reason) as told:
        list(read_glosses(file))
    assert told.value.line == line


HEADER = "pattern\tsays\tpos\tstrength\texample\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("sentiment de\tX\tNOUN\tstrong\t", "must have one X"),
        ("de X:NOM\tX\tNOUN\tstrong\t", "unknown part of speech"),
        ("@emotions X:NOUN\tX\tNOUN\tstrong\t", "unknown word class"),
        ("fou/Q X:NOUN\tX\tNOUN\tstrong\t", "unknown mark"),
        ("fou X:NOUN\tfou\tNOUN\tstrong\t", "has no X"),
        ("fou X:NOUN\tX\tNOUN\tsure\t", "unknown strength"),
        ("zzz/V X:NOUN\tX\tNOUN\tstrong\t", "cannot conjugate"),
    ],
)
def test_a_bad_line_of_a_table_of_patterns_is_told(tmp_path, row, reason):
    file = tmp_path / "patterns.tsv"
    file.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=reason) as told:
        load_patterns(file)
    assert told.value.line == 2

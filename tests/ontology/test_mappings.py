"""The alignments point at what exists on our side, keep to SKOS, and a table that cannot be used is refused with file, line and reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from ressenti.errors import DataError
from ressenti.ontology.emotions import DATA, load_emotions
from ressenti.ontology.mappings import COLUMNS, Mapping, load_mappings, load_prefixes
from ressenti.ontology.plutchik import IRI, load_plutchik
from ressenti.ontology.tables import read_table

DOCS = Path(__file__).parents[2] / "docs" / "alignments.md"
TONE = "https://w3id.org/ressenti/tone#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
HEAD = "#curie_map:\n#  tone: https://w3id.org/ressenti/tone#\n#  MFOEM: http://purl.obolibrary.org/obo/MFOEM_\n#  obo: http://purl.obolibrary.org/obo/\n"
ROW = {
    "subject_id": "tone:Fear", "subject_label": "fear", "predicate_id": "skos:closeMatch", "object_id": "MFOEM:000026",
    "object_label": "fear", "mapping_justification": "semapv:ManualMappingCuration", "author_label": "A", "object_source": "obo:MFOEM.owl",
    "object_source_version": "2017", "mapping_date": "2026-11-25", "confidence": "0.9", "comment": "", "target_status": "verified",
}  # fmt: skip


@pytest.fixture(scope="module")
def mappings() -> Sequence[Mapping]:
    return load_mappings()


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    """Local name to English label of all that may be aligned."""
    emotions = {key.capitalize(): emotion.labels["en"] for key, emotion in load_emotions().items()}
    return emotions | {row["name"]: row["label_en"] for _, row in read_table(DATA / "terms.tsv", ("name", "label_en"))}


def table(folder: Path, *rows: dict[str, str], head: str = HEAD) -> Path:
    path = folder / "mappings.sssom.tsv"
    lines = ["\t".join(COLUMNS), *("\t".join((ROW | row).values()) for row in rows)]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_subjects_are_ours(labels: dict[str, str]) -> None:
    for mapping in load_mappings(subjects=labels):
        assert mapping.subject_label == labels[mapping.subject.removeprefix(TONE)]


def test_most_emotions_are_aligned(mappings: Sequence[Mapping]) -> None:
    aligned = {mapping.subject for mapping in mappings}
    missing = {key for key in load_emotions() if TONE + key.capitalize() not in aligned}
    assert missing == {"ferocity", "bitterness", "torment", "dismay", "neglect", "defeat"}


def test_plutchik_targets_are_in_his_table(mappings: Sequence[Mapping]) -> None:
    emotions = {IRI + emotion.name: emotion.labels["en"] for emotion in load_plutchik().values()}
    for mapping in mappings:
        if mapping.object.startswith(IRI):
            assert mapping.object_label == emotions[mapping.object]


def test_exact_matches_are_one_to_one(mappings: Sequence[Mapping]) -> None:
    """SKOS lets one chain exactMatch: two subjects of one object would be the same notion, which the tree denies."""
    exact = [mapping for mapping in mappings if mapping.predicate == SKOS + "exactMatch"]
    assert exact
    assert max(Counter(mapping.object for mapping in exact).values()) == 1
    assert max(Counter((mapping.subject, mapping.object_source) for mapping in exact).values()) == 1


def test_exact_matches_were_looked_up(mappings: Sequence[Mapping]) -> None:
    assert {m.target_status for m in mappings if m.predicate == SKOS + "exactMatch"} == {"verified"}


def test_what_is_verified_names_its_copy(mappings: Sequence[Mapping]) -> None:
    assert all(mapping.object_source_version for mapping in mappings if mapping.target_status == "verified")


def test_words_are_no_broader_than_what_stands_above_them(mappings: Sequence[Mapping]) -> None:
    """If the joy of TONE is a kind of a target, so are all joys: none of them may be said to be broader than it."""
    emotions = load_emotions()
    narrower = {(m.subject, m.object) for m in mappings if m.predicate == SKOS + "narrowMatch"}
    for mapping in mappings:
        if mapping.predicate in (SKOS + "broadMatch", SKOS + "exactMatch"):
            for key in emotions:
                if mapping.subject in (TONE + above.capitalize() for above in emotions.lineage(key)):
                    assert (TONE + key.capitalize(), mapping.object) not in narrower


def test_prefixes_are_all_used(mappings: Sequence[Mapping]) -> None:
    text = (DATA / "mappings.sssom.tsv").read_text(encoding="utf-8").split("mapping_set_id", 1)[1]
    assert [prefix for prefix in load_prefixes() if f"{prefix}:" not in text] == []


def test_page_counts_what_the_table_holds(mappings: Sequence[Mapping]) -> None:
    page = DOCS.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+):` \|.*\| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    for prefix, total, verified in rows:
        statuses = [m.target_status for m in mappings if m.object.startswith(load_prefixes()[prefix])]
        assert (len(statuses), statuses.count("verified")) == (int(total), int(verified)), prefix
    assert sum(int(total) for _, total, _ in rows) == len(mappings)
    assert f"{len(mappings)} alignments in all" in page
    for predicate, count in Counter(m.predicate.removeprefix(SKOS) for m in mappings).items():
        assert f"{count} `{predicate}`" in page


def test_row(tmp_path: Path) -> None:
    path = table(tmp_path, {"comment": '"says ""fear"""'})
    (mapping,) = load_mappings(path, {"Fear"})
    assert mapping == Mapping(
        subject=TONE + "Fear", subject_label="fear", predicate=SKOS + "closeMatch",
        object="http://purl.obolibrary.org/obo/MFOEM_000026", object_label="fear",
        justification="https://w3id.org/semapv/vocab/ManualMappingCuration", author="A",
        object_source="http://purl.obolibrary.org/obo/MFOEM.owl", object_source_version="2017", date="2026-11-25",
        confidence=0.9, comment='says "fear"', target_status="verified", line=6,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"object_id": "MF:000026"}, "has 'MF:000026', whose prefix the curie_map does not declare"),
        ({"object_id": "fear"}, "has 'fear' where a shortened IRI such as tone:Fear belongs"),
        ({"subject_id": "tone:Phobia"}, "aligns 'Phobia', which is no emotion or term of the ontology"),
        ({"predicate_id": "owl:sameAs"}, "has the predicate 'owl:sameAs'; write one of skos:exactMatch, skos:closeMatch, "
         "skos:broadMatch, skos:narrowMatch, skos:relatedMatch"),
        ({"confidence": "high"}, "has the confidence 'high'; write a number from 0 to 1"),
        ({"confidence": "1.5"}, "has the confidence 1.5; it goes from 0 to 1"),
        ({"confidence": "nan"}, "has the confidence nan; it goes from 0 to 1"),
        ({"target_status": "sure"}, "has the target_status 'sure'; write one of verified, unverified"),
        ({"predicate_id": "skos:broadMatch", "object_id": "MFOEM:000028"},
         "aligns tone:Fear to MFOEM:000028 as line 6 does; keep one"),
        ({"comment": "a\tb"}, "has 14 fields where the header has 13"),
    ],
)  # fmt: skip
def test_bad_row(tmp_path: Path, row: dict[str, str], reason: str) -> None:
    path = table(tmp_path, {"object_id": "MFOEM:000028"}, row)
    with pytest.raises(DataError) as error:
        load_mappings(path, {"Fear"})
    assert (error.value.path, error.value.line, error.value.reason) == (str(path), 7, reason)


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        ("#curie_map:\n#  tone: [https\n", 2, "has metadata that is no YAML (expected ',' or ']', but got '<stream end>')"),
        ("#mapping_set_id: x\n", 1, "has no curie_map in its metadata; begin the file with it, each line after a #"),
        ("", 1, "has no curie_map in its metadata; begin the file with it, each line after a #"),
        ("#curie_map:\n#  tone: 1\n", 1, "has no curie_map in its metadata; begin the file with it, each line after a #"),
        ("#curie_map:\n#  tone: \x00\n", 1, "has metadata that is no YAML (a character that YAML does not allow)"),
    ],
)
def test_bad_metadata(tmp_path: Path, head: str, line: int, reason: str) -> None:
    path = table(tmp_path, {}, head=head)
    with pytest.raises(DataError) as error:
        load_mappings(path)
    assert (error.value.line, error.value.reason) == (line, reason)


def test_missing_column(tmp_path: Path) -> None:
    path = tmp_path / "mappings.sssom.tsv"
    path.write_text(HEAD + "\t".join(COLUMNS[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r":5: lacks the column 'target_status'; name subject_id, "):
        load_mappings(path)


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_mappings(tmp_path / "none.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"#curie_map:\n#  x: \xe9\n")
    with pytest.raises(DataError, match=r"latin\.tsv:2: is not UTF-8; save the file as UTF-8"):
        load_mappings(tmp_path / "latin.tsv")

"""Plutchik's circle is whole, and a table that does not fit it is refused with file, line and reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ressenti.errors import DataError
from ressenti.ontology.plutchik import COLUMNS, load_plutchik

CIRCLE = ["joy", "trust", "fear", "surprise", "sadness", "disgust", "anger", "anticipation"]
BASIC = "".join(f"{key}\tx\tx\tbasic\t\tPlutchik 2001\n" for key in CIRCLE)


def test_kinds() -> None:
    emotions = load_plutchik()
    assert Counter(e.kind for e in emotions.values()) == {
        "basic": 8, "mild": 8, "intense": 8, "dyad-primary": 8, "dyad-secondary": 9, "dyad-tertiary": 8,
    }  # fmt: skip
    assert [key for key, e in emotions.items() if e.kind == "basic"] == CIRCLE


def test_every_pair_but_the_opposites_has_a_dyad() -> None:
    pairs = {frozenset(e.parts) for e in load_plutchik().values() if len(e.parts) == 2}
    opposites = {frozenset((CIRCLE[i], CIRCLE[i + 4])) for i in range(4)}
    assert pairs == {frozenset((a, b)) for a in CIRCLE for b in CIRCLE if a != b} - opposites


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("love", {"joy", "trust"}),
        ("awe", {"fear", "surprise"}),
        ("remorse", {"sadness", "disgust"}),
        ("contempt", {"disgust", "anger"}),
        ("optimism", {"anticipation", "joy"}),
        ("submission", {"trust", "fear"}),
        ("disapproval", {"surprise", "sadness"}),
        ("aggressiveness", {"anger", "anticipation"}),
        ("ecstasy", {"joy"}),
        ("loathing", {"disgust"}),
    ],
)
def test_parts(key: str, parts: set[str]) -> None:
    assert set(load_plutchik()[key].parts) == parts


def test_labels_and_name() -> None:
    awe = load_plutchik()["awe"]
    assert awe.labels["en"] == "awe"
    assert awe.name == "Awe"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("joy\tx\tx\tmild\tjoy\ts", "repeats the key 'joy' of line 2; give each once"),
        ("awe\tx\tx\tdyad\tfear surprise\ts", "has the kind 'dyad'; write one of basic, mild, intense, dyad-primary, "
         "dyad-secondary, dyad-tertiary"),
        ("awe\tx\t\tdyad-primary\tfear surprise\ts", "has no label_en"),
        ("awe\tx\tx\tdyad-primary\tfear wonder\ts", "'awe' has the part 'wonder', which is no basic emotion of the table"),
        ("awe\tx\tx\tdyad-primary\tfear\ts", "'awe' is dyad-primary and names 1 in parts, where 2 belong"),
        ("rest\tx\tx\tbasic\tfear\ts", "'rest' is basic and names 1 in parts, where 0 belong"),
        ("awe\tx\tx\tdyad-primary\tfear sadness\ts", "'awe' is dyad-primary, but fear and sadness stand 2 apart on the circle"),
        ("calm\tx\tx\tdyad-tertiary\tfear anger\ts", "'calm' is dyad-tertiary, but fear and anger stand 4 apart on the circle"),
    ],
)  # fmt: skip
def test_bad_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "plutchik.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + BASIC + line + "\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_plutchik(path)
    assert (error.value.path, error.value.line, error.value.reason) == (str(path), 10, reason)

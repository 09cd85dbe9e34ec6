"""The table of emotions is Parrott's, and a table that is not a tree is refused with file, line and reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from ressenti.errors import DataError
from ressenti.ontology.emotions import COLUMNS, DATA, NAMED_AS_PRIMARY, Emotions, load_emotions
from ressenti.ontology.tables import read_table

# Words of each group as Parrott prints them, repeats included.
PARROTT = {
    ("love", "affection"): "adoration affection love fondness liking attraction caring tenderness compassion sentimentality",
    ("love", "lust"): "arousal desire lust passion infatuation",
    ("love", "longing"): "longing",
    ("joy", "cheerfulness"): "amusement bliss cheerfulness gaiety glee jolliness joviality joy delight enjoyment "
    "gladness happiness jubilation elation satisfaction ecstasy euphoria",
    ("joy", "zest"): "enthusiasm zeal zest excitement thrill exhilaration",
    ("joy", "contentment"): "contentment pleasure",
    ("joy", "pride"): "pride triumph",
    ("joy", "optimism"): "eagerness hope optimism",
    ("joy", "enthrallment"): "enthrallment rapture",
    ("joy", "relief"): "relief",
    ("surprise", "surprise"): "amazement surprise astonishment",
    ("anger", "irritation"): "aggravation irritation agitation annoyance grouchiness grumpiness",
    ("anger", "exasperation"): "exasperation frustration",
    ("anger", "rage"): "anger rage outrage fury wrath hostility ferocity bitterness hate loathing scorn spite "
    "vengefulness dislike resentment",
    ("anger", "disgust"): "disgust revulsion contempt",
    ("anger", "envy"): "envy jealousy",
    ("anger", "torment"): "torment",
    ("sadness", "suffering"): "agony suffering hurt anguish",
    ("sadness", "sadness"): "depression despair hopelessness gloom glumness sadness unhappiness grief sorrow woe misery melancholy",
    ("sadness", "disappointment"): "dismay disappointment displeasure",
    ("sadness", "shame"): "guilt shame regret remorse",
    ("sadness", "neglect"): "alienation isolation neglect loneliness rejection homesickness defeat dejection "
    "insecurity embarrassment humiliation insult",
    ("sadness", "sympathy"): "pity sympathy",
    ("fear", "horror"): "alarm shock fear fright horror terror panic hysteria mortification",
    ("fear", "nervousness"): "anxiety nervousness tenseness uneasiness apprehension worry distress dread",
}


@pytest.fixture(scope="module")
def emotions() -> Emotions:
    return load_emotions()


def test_counts(emotions: Emotions) -> None:
    assert len(emotions) == 135
    assert Counter(e.tier for e in emotions.values()) == {"primary": 6, "secondary": 23, "tertiary": 106}


def test_order_is_primaries_then_their_groups_then_their_words(emotions: Emotions) -> None:
    primaries = ["love", "joy", "surprise", "anger", "sadness", "fear"]
    assert [key for key, emotion in emotions.items() if emotion.tier == "primary"] == primaries
    assert [primary for primary, _ in groupby(emotions, key=emotions.primary)] == primaries
    seen: set[str] = set()
    for key, emotion in emotions.items():
        assert emotion.key == key
        assert emotion.parent is None or emotion.parent in seen
        seen.add(key)


def test_parrotts_table_can_be_regenerated(emotions: Emotions) -> None:
    table: dict[tuple[str, str], list[str]] = {}
    repeats = 0
    for key, emotion in emotions.items():
        groups = list(emotion.also_under)
        repeats += len(groups)
        if emotion.tier == "tertiary":
            assert emotion.parent is not None
            groups.append(emotion.parent)
        for group in groups:
            table.setdefault((emotions.primary(group), group), []).append(key)
    assert len(table) == 25
    assert (repeats, sum(map(len, table.values()))) == (29, 135)
    assert {k: sorted(v) for k, v in table.items()} == {k: sorted(v.split()) for k, v in PARROTT.items()}


def test_groups_are_the_23_secondaries_and_the_two_named_as_their_primary(emotions: Emotions) -> None:
    groups = {emotions.secondary(k) for k in emotions} - {None}
    assert groups == {group for _, group in PARROTT}
    assert {g for g in groups if g is not None and emotions[g].tier == "primary"} == NAMED_AS_PRIMARY


@pytest.mark.parametrize(
    ("key", "lineage", "secondary"),
    [
        ("sadness", ("sadness",), None),
        ("shame", ("sadness", "shame"), "shame"),
        ("guilt", ("sadness", "shame", "guilt"), "shame"),
        ("grief", ("sadness", "grief"), "sadness"),
        ("amazement", ("surprise", "amazement"), "surprise"),
        ("torment", ("anger", "torment"), "torment"),
    ],
)
def test_walks(emotions: Emotions, key: str, lineage: tuple[str, ...], secondary: str | None) -> None:
    assert emotions.lineage(key) == lineage
    assert emotions.primary(key) == lineage[0]
    assert emotions.secondary(key) == secondary


def test_vad_comes_from_the_nearest_anchor(emotions: Emotions) -> None:
    anchors = {k: e.vad for k, e in emotions.items() if e.vad and not e.vad_inherited}
    assert anchors == {
        "anger": (-0.51, 0.59, 0.25),
        "disgust": (-0.60, 0.35, 0.11),
        "fear": (-0.62, 0.82, -0.43),
        "joy": (0.81, 0.51, 0.46),
        "sadness": (-0.63, -0.27, -0.33),
        "surprise": (0.40, 0.67, -0.13),
    }
    for key, emotion in emotions.items():
        nearest = next((anchors[k] for k in reversed(emotions.lineage(key)) if k in anchors), None)
        assert emotion.vad == nearest
        assert emotion.vad_inherited == (nearest is not None and key not in anchors)
    assert emotions["contempt"].vad == anchors["disgust"]
    assert {k for k, e in emotions.items() if e.vad is None} == {k for k in emotions if emotions.primary(k) == "love"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_labels_and_definitions_tell_emotions_apart(emotions: Emotions, language: str) -> None:
    for texts in ("labels", "definitions"):
        folded = Counter(getattr(emotion, texts)[language].casefold() for emotion in emotions.values())
        assert [text for text, n in folded.items() if n > 1] == []


def test_english_label_is_the_key(emotions: Emotions) -> None:
    assert all(e.labels["en"] == k for k, e in emotions.items())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_typography(emotions: Emotions, language: str) -> None:
    for emotion in emotions.values():
        text = emotion.definitions[language]
        assert re.fullmatch(r"[^\W\d_][^'\".;:\u00a0]*[^\W_]", text), text
        assert text[0].isupper() and "  " not in text and len(text) <= 120, text


def test_definition_does_not_use_its_own_label(emotions: Emotions) -> None:
    for emotion in emotions.values():
        for language, label in emotion.labels.items():
            words = re.findall(r"[\w-]+", emotion.definitions[language].casefold())
            assert label.casefold() not in words, (emotion.key, language)


def test_every_row_names_its_source_and_every_anchor_its_paper() -> None:
    for _, row in read_table(DATA / "emotions.tsv", COLUMNS):
        assert row["source"] == "Parrott 2001"
        assert row["vad_source"] == ("arXiv:2106.15846" if row["valence"] else "")


def test_shipped_table_is_read_once() -> None:
    assert load_emotions() is load_emotions()


# A table of one's own: each case is the good table with one thing spoilt.

WriteTable = Callable[..., Path]


def _row(key: str, tier: str, parent: str = "", **other: str) -> dict[str, str]:
    texts = {c: f"{key} {c}" for c in ("label_fr", "label_en", "definition_fr", "definition_en")}
    return dict.fromkeys(COLUMNS, "") | {"key": key, "tier": tier, "parent": parent, "source": "us"} | texts | other


def _vad(valence: str, arousal: str, dominance: str, source: str = "a paper") -> dict[str, str]:
    return {"valence": valence, "arousal": arousal, "dominance": dominance, "vad_source": source}


@pytest.fixture
def write_table(tmp_path: Path) -> WriteTable:
    """Write a good table of four lines (2 to 5) and then the given rows, from line 6 on."""

    def write(*rows: dict[str, str]) -> Path:
        good = (
            _row("grief", "tertiary", "sadness"),  # above its parent: the order is free
            _row("sadness", "primary", **_vad("-1", "0", "1")),
            _row("shame", "secondary", "sadness", also_under="shame, sadness"),
            _row("love", "primary"),
        )
        path = tmp_path / "mine.tsv"
        lines = ["\t".join(COLUMNS), *("\t".join(row[c] for c in COLUMNS) for row in (*good, *rows))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_own_table(write_table: WriteTable) -> None:
    mine = load_emotions(write_table(_row("guilt", "tertiary", "shame", **_vad("0", "0.5", "-0.5"))))
    assert list(mine) == ["grief", "sadness", "shame", "love", "guilt"]
    assert (mine["grief"].vad, mine["grief"].vad_inherited) == ((-1.0, 0.0, 1.0), True)
    assert (mine["guilt"].vad, mine["guilt"].vad_inherited) == ((0.0, 0.5, -0.5), False)
    assert (mine["love"].vad, mine["love"].vad_inherited) == (None, False)
    assert mine["shame"].also_under == ("shame", "sadness")
    assert mine["guilt"].labels == {"fr": "guilt label_fr", "en": "guilt label_en"}
    assert mine["guilt"].definitions == {"fr": "guilt definition_fr", "en": "guilt definition_en"}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (_row("", "primary"), "a key is a lower-case"),
        (_row("Guilt", "tertiary", "shame"), "a key is a lower-case"),
        (_row("mal du pays", "tertiary", "shame"), "a key is a lower-case"),
        (_row("grief", "tertiary", "shame"), "repeats the key 'grief' of line 2"),
        (_row("guilt", "third", "shame"), "has the tier 'third'; write one of primary, secondary, tertiary"),
        (_row("fear", "primary", "love"), "the primary 'fear' has the parent 'love'"),
        (_row("horror", "secondary"), "the secondary 'horror' has no parent"),
        (_row("guilt", "tertiary"), "the tertiary 'guilt' has no parent"),
        (_row("guilt", "tertiary", "nowhere"), "the parent 'nowhere', which is not in the table"),
        (_row("guilt", "secondary", "shame"), "the parent 'shame', a secondary; name a primary"),
        (_row("fondness", "tertiary", "love"), "the parent 'love', a primary; name a secondary"),
        (_row("guilt", "tertiary", "grief"), "the parent 'grief', a tertiary; name a secondary"),
        (_row("guilt", "tertiary", "guilt"), "'guilt' is its own ancestor (guilt → guilt)"),
        (_row("guilt", "tertiary", "shame", label_fr=""), "has no label_fr"),
        (_row("guilt", "tertiary", "shame", label_en=" "), "has no label_en"),
        (_row("guilt", "tertiary", "shame", definition_fr=""), "has no definition_fr"),
        (_row("guilt", "tertiary", "shame", definition_en=""), "has no definition_en"),
        (_row("guilt", "tertiary", "shame", **_vad("0", "", "0")), "all three or none"),
        (_row("guilt", "tertiary", "shame", **_vad("0,5", "0", "0")), "numbers such as -0.51"),
        (_row("guilt", "tertiary", "shame", **_vad("0", "1.01", "0")), "go from -1 to 1"),
        (_row("guilt", "tertiary", "shame", **_vad("0", "0", "-2")), "go from -1 to 1"),
        (_row("guilt", "tertiary", "shame", **_vad("nan", "0", "0")), "go from -1 to 1"),
        (_row("guilt", "tertiary", "shame", **_vad("0", "0", "0", source="")), "no vad_source"),
        (_row("guilt", "tertiary", "shame", vad_source="a paper"), "has a vad_source but no valence"),
        (_row("guilt", "tertiary", "shame", also_under="nowhere"), "'nowhere' in also_under"),
        (_row("guilt", "tertiary", "shame", also_under="love"), "'love' in also_under"),
    ],
)
def test_bad_row_is_refused_with_file_line_and_reason(write_table: WriteTable, bad: dict[str, str], reason: str) -> None:
    path = write_table(bad)
    with pytest.raises(DataError) as caught:
        load_emotions(path)
    assert (caught.value.path, caught.value.line) == (str(path), 6)
    assert reason in caught.value.reason
    assert str(caught.value) == f"{path}:6: {caught.value.reason}"


def test_cycle_of_two_is_refused(write_table: WriteTable) -> None:
    path = write_table(_row("fear", "secondary", "horror"), _row("horror", "secondary", "fear"))
    with pytest.raises(DataError, match=r"mine\.tsv:6: 'fear' is its own ancestor \(fear → horror → fear\)"):
        load_emotions(path)


def test_missing_column_and_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    with pytest.raises(DataError) as caught:
        load_emotions(path)
    assert (caught.value.path, caught.value.line) == (str(path), None)
    path.write_text("\t".join(c for c in COLUMNS if c != "also_under") + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="also_under") as caught:
        load_emotions(path)
    assert caught.value.line == 1

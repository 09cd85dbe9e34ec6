"""What people may edit: lists, bands and mappings, and gold labels and reviews as votes."""

import json

import pytest

from ressenti.errors import DataError, InputError
from ressenti.fallback.functions.found import load_bands
from ressenti.fallback.functions.gold import gold_votes, load_mapping, read_gold
from ressenti.fallback.functions.lists import list_functions
from ressenti.fallback.functions.reviews import read_reviews
from ressenti.fallback.passages import contexts
from ressenti.schema import Mention, Narrative

HEAD = "mode\tband\tleast\tvotes\ttrust\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a:\n  yes: emotion\n  verb: [pleurer]\n", 3, "unknown key 'verb'"),
        ("a:\n  yes: melancoly\n  forms: [oh]\n", 2, "did you mean 'melancholy'"),
        ("a:\n  yes: emotion\n", 1, "looks for nothing"),
        ("a:\n  forms: [oh]\n", 1, "votes for nothing"),
        ("a:\n  trust: blind\n  yes: emotion\n  forms: [oh]\n", 2, "unknown trust"),
        ("a:\n  yes: emotion\n  unless: [b]\n  forms: [oh]\n", 3, "unknown function 'b'"),
        ("a:\n  yes: emotion\n  verbs: [xyz]\n", 3, "xyz"),
    ],
)
def test_lists_say_what_is_wrong(tmp_path, text, line, reason):
    path = tmp_path / "lists.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        list(list_functions(path))
    assert error.value.line == line


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("named\tsure\t0\temotion\tfair\n", 2, "unknown mode"),
        ("labelled\tsure\tx\temotion\tfair\n", 2, "no number"),
        ("labelled\tsure\t.5\temotion\tfair\nlabelled\tless\t.6\temotion\tfair\n", 3, "each below"),
        ("labelled\tsure\t0\tall\tfair\n", 2, "unknown votes"),
        ("labelled\tsure\t0\temotion\tfair\n", None, "last band of behavioural"),
    ],
)
def test_bands_say_what_is_wrong(tmp_path, text, line, reason):
    path = tmp_path / "bands.tsv"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        load_bands(path)
    assert error.value.line == line


@pytest.mark.parametrize(
    ("emotional", "categories", "modes", "yes"),
    [
        (True, ["dégoût", "peur"], ["displayed"], {"emotion", "disgust", "fear", "mode:displayed"}),
        (True, ["autre", "joie"], [], {"emotion", "joy"}),
        (False, [], [], set()),
    ],
)
def test_a_row_of_a_corpus(emotional, categories, modes, yes):
    row = Narrative("r", "Bof.", extra={"emotional": emotional, "categories": categories, "modes": modes})
    votes = gold_votes([row])["r", (0, 4)]
    assert {label for label, vote in votes if vote > 0} == yes
    assert {"anger", "mode:labelled"} < {label for label, vote in votes if vote < 0}
    assert ("emotion", 1 if emotional else -1) in votes


def test_what_means_nothing_to_us_says_nothing():
    assert not gold_votes([Narrative("r", "Bof.", extra={"emotional": True, "categories": ["autre"], "modes": []})])


def test_a_marked_narrative():
    text = "J'ai peur. Il pleut."
    mention = Mention(1, ((5, 9),), "fear", None, "fear", "labelled", "affirmed", "medium", 1.0, "gold")
    votes = gold_votes([Narrative("n", text, mentions=[mention])])
    assert set(votes) == {("n", (0, 10)), ("n", (11, 20))}
    assert {("fear", 1), ("mode:labelled", 1), ("joy", -1), ("mode:displayed", -1)} <= set(votes["n", (0, 10)])
    assert ("emotion", -1) in votes["n", (11, 20)]


@pytest.mark.parametrize(("line", "number"), [("{", 2), ("[]", 2), ('{"id": 3, "text": "a"}', 2), ('{"id": "a"}', 2)])
def test_gold_that_cannot_be_read(tmp_path, line, number):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "secret"}) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_gold(path)
    assert error.value.line == number
    assert "secret" not in str(error.value)


def test_gold_files_of_marked_narratives(tmp_path):
    path = tmp_path / "gold.jsonl"
    mention = {"id": 1, "cue": [[5, 9]], "emotion": "fear", "mode": "labelled", "status": "affirmed", "intensity": "medium"}
    path.write_text(json.dumps({"id": "a", "text": "J'ai peur.", "mentions": [mention], "roles": []}) + "\n", encoding="utf-8")
    assert ("fear", 1) in gold_votes(read_gold(path))["a", (0, 10)]


def test_a_mapping_with_an_unknown_label(tmp_path):
    path = tmp_path / "mapping.tsv"
    path.write_text("field\tvalue\tlabel\tvote\nlabels\tpeur\tfeer\tyes\n", encoding="utf-8")
    with pytest.raises(DataError, match="unknown label 'feer'"):
        load_mapping(path)


def test_reviews_are_sorted_to_passages(tmp_path):
    path = tmp_path / "votes.tsv"
    lines = [
        "narrative\tspan\tlabel\ttier\tvote\treviewer", "n\t5-9\tfear\tprimary\t1\ta", "n\t5-9\tfear\tprimary\t1\tb",
        "n\t5-9\tworry\ttertiary\t1\ta",
        "n\t5-9\tworry\ttertiary\t-1\tb", "n\t14-19\tjoy\tprimary\t-1\ta", "other\t0-3\tjoy\tprimary\t1\ta",
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = read_reviews(path, contexts([Narrative("n", "J'ai peur. Il pleut.")]))
    assert found == {("n", (0, 10)): (("fear", 1),), ("n", (11, 20)): (("joy", -1),)}
    path.write_text(lines[0] + "\nn\tfive\tfear\tprimary\t1\ta\n", encoding="utf-8")
    with pytest.raises(DataError, match="offsets such as") as error:
        read_reviews(path, [])
    assert error.value.line == 2

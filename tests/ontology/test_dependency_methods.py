"""Each method finds what it should in small inputs, and leaves alone what it should not take."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ressenti.cli.dependencies import WORDNET, dependencies
from ressenti.errors import DataError, InputError
from ressenti.ontology.dependencies import circle, contrast, definitions, prefixes, sequences, statistics, theories, wordnet
from ressenti.ontology.dependencies.proposals import propose, waiting
from ressenti.ontology.dependencies.records import Decision, Evidence
from ressenti.ontology.dependencies.stories import Story, corpus_name, read_stories
from ressenti.ontology.emotions import Emotions, load_emotions


@pytest.fixture(scope="module")
def emotions() -> Emotions:
    return load_emotions()


def by_emotions(evidence: Iterable[Evidence]) -> dict[tuple[str, ...], Evidence]:
    return {item.emotions: item for item in evidence}


# Tests of significance: values that can be worked out or looked up


def test_fisher_on_the_lady_tasting_tea() -> None:
    assert statistics.fisher(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert statistics.fisher(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert statistics.fisher(0, 4, 4, 4) == 1


def test_the_other_tests() -> None:
    assert statistics.sign_test(5, 0) == 1 / 32
    assert statistics.sign_test(0, 5) == 1
    assert statistics.poisson_tail(1, 1.0) == pytest.approx(0.632121, abs=1e-6)
    assert statistics.poisson_tail(0, 3.0) == 1
    assert statistics.poisson_tail(5, 1.25) == pytest.approx(0.009116, abs=1e-5)


def test_false_discovery_never_falls_below_that_of_a_surer_test() -> None:
    assert statistics.false_discovery({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.9}) == pytest.approx(
        {"a": 0.04, "b": 0.04 * 4 / 3, "c": 0.04 * 4 / 3, "d": 0.9}
    )


def test_quasi_independence_keeps_the_sums_and_the_empty_diagonal() -> None:
    counts = [[0, 10, 5], [8, 0, 3], [7, 1, 0]]
    fitted = statistics.quasi_independence(counts)
    assert [fitted[i][i] for i in range(3)] == [0, 0, 0]
    assert [sum(row) for row in fitted] == pytest.approx([15, 11, 8], abs=1e-3)
    assert [sum(column) for column in zip(*fitted, strict=True)] == pytest.approx([15, 11, 8], abs=1e-3)


# Methods that need no texts


def test_prefixes(emotions: Emotions) -> None:
    found = by_emotions(prefixes.negated(emotions))
    assert found["gladness", "annoyance"].detail.startswith("content/mécontent")
    assert "bonheur/malheur" in found["happiness", "unhappiness"].detail
    assert not any("ragoûtant" in item.detail for item in found.values())  # in the vocabulary only as « peu ragoûtant »


def test_valence_and_arousal_mirrored(emotions: Emotions) -> None:
    (item,) = circle.mirrored(emotions)
    assert item.emotions == ("joy", "sadness")  # of their kinds, which inherit their anchors, none is there
    assert item.score == pytest.approx(-0.988, abs=0.001)


def test_definitions(emotions: Emotions) -> None:
    found = by_emotions(definitions.stated(emotions))
    assert found["loathing", "hate", "disgust"].support == 2  # in French and in English
    assert found["jealousy", "anger", "fear"].detail == "fr: Peur, mêlée de colère"
    assert found["hope", "disappointment"].relation == "transition"
    assert found["hope", "sadness", "disappointment"].relation == "combination"
    assert ("love", "spite") not in found  # « amour-propre » is not love


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("de\tcomposition\t{A} {B}", "unknown language 'de'"),
        ("fr\topposite\t{A} {B}", "unknown relation 'opposite'"),
        ("fr\tcomposition\t{A} alone", r"a composition needs \{A\} and \{B\}"),
        ("fr\ttransition\t({B}", "is no regular expression"),
    ],
)
def test_a_pattern_that_cannot_be_used(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "patterns.tsv"
    path.write_text(f"language\trelation\tpattern\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"patterns\.tsv:2: {reason}"):
        list(definitions.read_patterns({"fr": ["joie"], "en": ["joy"]}, path))


def test_theories(emotions: Emotions) -> None:
    across = by_emotions(theories.across_the_circle(emotions))
    assert "eagerness for anticipation (broadMatch)" in across["eagerness", "surprise"].detail
    assert set(across) == {("joy", "sadness"), ("anger", "fear"), ("eagerness", "surprise")}  # trust has no match in Parrott's words
    dyads = by_emotions(theories.dyads(emotions))
    assert ("remorse", "disgust", "sadness") in dyads
    assert not any("anticipation" in item.detail or "trust" in item.detail for item in dyads.values())
    appraisals = by_emotions(theories.appraisals(emotions))
    assert appraisals["pride", "shame"].method == "occ-pair"
    assert appraisals["joy", "fear", "relief"].method == "occ-outcome"
    assert ("joy", "distress") not in appraisals  # what the theory calls distress is our sadness


SENSES = {  # joy against sorrow, by name; glad against sad, by the feelings that they are derived with; a depression in the ground
    "data.noun": [
        "  1 licence",
        "00000010 12 n 02 joy 0 joyfulness 0 001 ! 00000020 n 0101 | a feeling",
        "00000020 12 n 01 sorrow 0 001 ! 00000010 n 0101 | a feeling",
        "00000030 12 n 01 gladness 0 000 | a feeling",
        "00000040 12 n 01 sadness 0 000 | a feeling",
        "00000050 17 n 01 depression 0 001 ! 00000060 n 0101 | a hollow",
        "00000060 17 n 01 elation 0 001 ! 00000050 n 0101 | no feeling",
    ],
    "data.verb": [],
    "data.adj": [
        "00000010 00 a 01 glad(p) 0 002 ! 00000020 a 0101 + 00000030 n 0101 | feeling",
        "00000020 00 a 01 sad 0 002 ! 00000010 a 0101 + 00000040 n 0101 | feeling",
    ],
}


def test_antonyms_of_feelings_only(emotions: Emotions, tmp_path: Path) -> None:
    for name, lines in SENSES.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    found = by_emotions(wordnet.antonyms(emotions, tmp_path))
    assert {keys: item.detail for keys, item in found.items()} == {
        ("joy", "sorrow"): "joy/sorrow (direct)",
        ("gladness", "sadness"): "glad/sad (derived)",
    }


def test_a_folder_that_is_not_wordnet(emotions: Emotions, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"data\.noun: is no data file of WordNet"):
        list(wordnet.antonyms(emotions, tmp_path))
    (tmp_path / "data.noun").write_text("a line\n", encoding="ascii")
    with pytest.raises(InputError, match=r"data\.noun:1: is no line of a data file of WordNet"):
        list(wordnet.antonyms(emotions, tmp_path))


# Methods that count over narratives


def narrative(text: str, *cues: tuple[str, str], who: str | None = "NARRATOR", **change: Any) -> dict[str, Any]:
    """A narrative whose words each say an emotion, all of one experiencer."""
    mentions, roles, at = [], [], 0
    for number, (word, emotion) in enumerate(cues, start=1):
        at = text.index(word, at)
        mention = {"id": number, "cue": [[at, at + len(word)]], "emotion": emotion, "mode": "labelled", "status": "affirmed"}
        mentions.append(mention | change)
        roles.append({"mention": number, "role": "experiencer", "span": [0, 2], "entity": who})
        at += len(word)
    return {"id": "n", "text": text, "mentions": mentions, "roles": roles}


Write = Callable[..., tuple[Story, ...]]


@pytest.fixture
def stories(tmp_path: Path, emotions: Emotions) -> Write:
    def write(*data: dict[str, Any]) -> tuple[Story, ...]:
        path = tmp_path / "narratives.jsonl"
        path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in data), encoding="utf-8")
        return read_stories(path, emotions)

    return write


HOPE_THEN_SORROW = narrative("J'avais de l'espoir. Puis du chagrin.", ("espoir", "hope"), ("chagrin", "sorrow"))
OTHERS = [
    narrative("J'avais de la joie. Puis de la peur.", ("joie", "joy"), ("peur", "fear")),
    narrative("J'avais de la peur. Puis de la joie.", ("peur", "fear"), ("joie", "joy")),
    narrative("J'avais de la joie. Puis de la colère.", ("joie", "joy"), ("colère", "anger")),
    narrative("J'avais de la colère. Puis de la peur.", ("colère", "anger"), ("peur", "fear")),
    narrative("J'avais de la peur. Puis du chagrin.", ("peur", "fear"), ("chagrin", "sorrow")),
    narrative("J'avais de l'espoir. Puis de la peur.", ("espoir", "hope"), ("peur", "fear")),
]


def test_what_follows_more_often_than_chance_is_proposed(stories: Write, emotions: Emotions) -> None:
    told = stories(*[HOPE_THEN_SORROW] * 12, *OTHERS * 3)
    item = next(e for e in sequences.successions(told, emotions, "x") if e.emotions == ("hope", "sorrow"))
    assert (item.support, item.score) == (12, 1.0)
    assert item.expected is not None and item.expected < 7
    assert item.q_value is not None and item.q_value < 0.1
    assert ("transition", ("hope", "sorrow")) in {(e.relation, e.emotions) for e in propose(emotions, narratives=[("told", told)])}


def test_what_follows_no_more_often_than_chance_is_not_proposed(stories: Write, emotions: Emotions) -> None:
    pairs = [("hope", "sorrow"), ("hope", "fear"), ("joy", "sorrow"), ("joy", "fear")]
    told = stories(*[narrative("Un espoir. Puis un chagrin.", ("espoir", one), ("chagrin", two)) for one, two in pairs] * 10)
    counted = by_emotions(sequences.successions(told, emotions, "x"))
    assert counted["hope", "sorrow"].support == 10 and counted["hope", "sorrow"].q_value is not None
    assert ("hope", "sorrow") not in {e.emotions for e in propose(emotions, narratives=[("told", told)])}


def test_what_goes_back_as_often_as_it_comes_is_not_proposed(stories: Write, emotions: Emotions) -> None:
    back = narrative("J'avais du chagrin. Puis de l'espoir.", ("chagrin", "sorrow"), ("espoir", "hope"))
    told = stories(*[HOPE_THEN_SORROW] * 28, *[back] * 24, *OTHERS * 10)
    item = by_emotions(sequences.successions(told, emotions, "x"))["hope", "sorrow"]
    assert item.q_value is not None and item.q_value < 0.1
    assert item.score is not None and item.score < 1 / 3
    assert item.emotions not in {e.emotions for e in propose(emotions, narratives=[("told", told)])}


def test_what_was_refused_is_never_proposed_again(stories: Write, emotions: Emotions) -> None:
    told = stories(*[HOPE_THEN_SORROW] * 12, *OTHERS * 3)
    refused = Decision("transition", ("hope", "sorrow"), "refused", "why", "me", "2026-11-25")
    assert refused.emotions not in {e.emotions for e in propose(emotions, [refused], narratives=[("told", told)])}


def test_counts_alone_propose_nothing_but_are_kept_for_what_else_proposes(stories: Write, emotions: Emotions) -> None:
    told = stories(narrative("La peur, puis, enfin, un soulagement.", ("peur", "fear"), ("soulagement", "relief")), *OTHERS)
    found = propose(emotions, narratives=[("told", told)])
    assert {e.method for e in found if e.emotions == ("fear", "relief")} == {"occ-prospect", "sequence"}
    assert not any(e.emotions == ("joy", "fear") for e in found)


@pytest.mark.parametrize(
    "data",
    [
        narrative("Ni espoir. Puis du chagrin.", ("espoir", "hope"), ("chagrin", "sorrow"), status="negated"),
        narrative("Un espoir ! Oh, un chagrin !", ("espoir", "hope"), ("chagrin", "sorrow"), mode="displayed"),
        narrative("L'espoir avec un chagrin.", ("espoir", "hope"), ("chagrin", "sorrow")),
        narrative("Un espoir. Puis un chagrin.", ("espoir", "hope"), ("chagrin", "sorrow"), who=None),
        narrative("Un espoir. " + "Rien. " * 300 + "Un chagrin.", ("espoir", "hope"), ("chagrin", "sorrow")),
    ],
    ids=["negated", "interjection", "one clause", "nobody knows whose", "pages apart"],
)
def test_what_does_not_follow(stories: Write, emotions: Emotions, data: dict[str, Any]) -> None:
    assert list(sequences.successions(stories(data), emotions, "x")) == []


def test_two_persons_do_not_follow_each_other(stories: Write, emotions: Emotions) -> None:
    data = narrative("Un espoir. Puis un chagrin.", ("espoir", "hope"), ("chagrin", "sorrow"))
    data["roles"][1]["entity"] = "E1"
    assert list(sequences.successions(stories(data), emotions, "x")) == []


def test_a_gold_narrative_knows_its_narrator(stories: Write, emotions: Emotions) -> None:
    data = narrative("J'espère. Je pleure.", ("espère", "hope"), ("pleure", "sorrow"))
    for role in data["roles"]:
        del role["entity"]
    found = {e.emotions: e.detail.partition(";")[0] for e in sequences.successions(stories(data), emotions, "x")}
    assert found == {("joy", "sadness"): "by primary", ("optimism", "sadness"): "by secondary", ("hope", "sorrow"): "by word"}
    data["roles"][1]["span"] = [3, 9]  # whoever that is
    assert list(sequences.successions(stories(data), emotions, "x")) == []


def test_two_that_lead_to_a_third_beyond_what_the_later_one_does(stories: Write, emotions: Emotions) -> None:
    three = narrative("La peur. Puis la joie. Puis un soulagement.", ("peur", "fear"), ("joie", "joy"), ("soulagement", "relief"))
    two = narrative("La joie. Puis la colère.", ("joie", "joy"), ("colère", "anger"))
    back = narrative("La joie. Puis la peur.", ("joie", "joy"), ("peur", "fear"))  # a return to the first is left out
    told = stories(*[three] * 6, *[two] * 18, *[back] * 5)
    found = by_emotions(e for e in sequences.combined(told, emotions, "x") if e.detail == "by word")
    item = found["joy", "fear", "relief"]
    assert item.support == 6
    assert item.expected == pytest.approx(6 * 6 / 24)
    assert item.p_value is not None and item.p_value < 0.01


def test_causes_of_one_person(stories: Write, emotions: Emotions) -> None:
    data = narrative("Ma honte vient de ma colère.", ("honte", "shame"), ("colère", "anger"))
    data["roles"].append({"mention": 1, "role": "cause", "span": [14, 28], "entity": None})
    data["roles"].append({"mention": 2, "role": "consequence", "span": [0, 8], "entity": None})
    (item,) = sequences.causes(stories(data), emotions, "x")
    assert (item.emotions, item.support) == (("anger", "shame"), 1)  # said both ways, it is one case
    data["roles"][1]["entity"] = "E1"
    assert list(sequences.causes(stories(data), emotions, "x")) == []


def test_contrast_against_what_stands_together_without_it(stories: Write, emotions: Emotions) -> None:
    against = narrative("De l'amour ou de la haine.", ("amour", "love"), ("haine", "hate"))
    beside = narrative("De l'amour et de la joie.", ("amour", "love"), ("joie", "joy"))
    found = [e for e in contrast.contrasted(stories(*[against] * 5, *[beside] * 10), emotions, "x") if e.detail.startswith("by word")]
    assert [(e.emotions, e.support) for e in found] == [(("love", "hate"), 5)]
    assert found[0].expected == pytest.approx(5 * 5 / 15)
    assert found[0].q_value is not None and found[0].q_value < 0.01
    apart = narrative("De l'amour. Mais de la haine.", ("amour", "love"), ("haine", "hate"))
    assert list(contrast.contrasted(stories(apart), emotions, "x")) == []


def test_a_transition_in_so_many_words(stories: Write, emotions: Emotions) -> None:
    told = stories(
        narrative("Cette surprise se changea en épouvante.", ("surprise", "surprise"), ("épouvante", "terror")),
        narrative("La peur qui se changea lentement en colère.", ("peur", "fear"), ("colère", "anger")),
    )
    (item,) = contrast.turning(told, emotions, "x")
    assert (item.emotions, item.detail) == (("surprise", "terror"), "« se changea en »")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not JSON, and a secret", "is no JSON"),
        ('{"id": "n", "text": "a secret"}', r"is no annotated narrative \(no 'roles'\)"),
        ('["a secret"]', "is no annotated narrative"),
        (json.dumps(narrative("La joie.", ("joie", "joie"))), "has the emotion 'joie', which is not in the table"),
    ],
)
def test_narratives_that_cannot_be_read(tmp_path: Path, emotions: Emotions, line: str, reason: str) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"n\.jsonl:2: {reason}") as caught:
        read_stories(path, emotions)
    assert "secret" not in str(caught.value)


def test_a_link_to_a_mention_that_is_not_there(tmp_path: Path, emotions: Emotions) -> None:
    data = narrative("La joie.", ("joie", "joy"))
    data["roles"].append({"mention": 9, "role": "cause", "span": [0, 2], "entity": None})
    path = tmp_path / "n.jsonl"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match=r"n\.jsonl:1: has a role of the mention 9, which it does not have"):
        read_stories(path, emotions)


def test_no_narrative_at_all(tmp_path: Path, emotions: Emotions) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds no narrative"):
        read_stories(path, emotions)


def test_the_corpus_is_named(stories: Write) -> None:
    told = stories(HOPE_THEN_SORROW)
    assert corpus_name([("novels", told), ("gold", told * 24)]) == "novels: n; gold: 24 texts"


# The command


def run(*arguments: str) -> Any:
    return CliRunner().invoke(dependencies, arguments)


def test_the_command_writes_the_same_bytes_twice_and_says_what_waits(tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    told.write_text("".join(json.dumps(item) + "\n" for item in [HOPE_THEN_SORROW] * 12 + OTHERS * 3), encoding="utf-8")
    results = [run("--narratives", str(told), "-o", str(tmp_path / name)) for name in ("one.tsv", "two.tsv")]
    assert [result.exit_code for result in results] == [0, 0], results[0].output
    assert (tmp_path / "one.tsv").read_bytes() == (tmp_path / "two.tsv").read_bytes()
    assert "transition\thope\tsorrow\t\tsequence\t12\t" in (tmp_path / "one.tsv").read_text(encoding="utf-8")
    assert "transition: hope -> sorrow (sequence)" in results[0].output


def test_the_command_says_which_input_is_missing() -> None:
    result = run()
    assert result.exit_code == 0
    assert "no narratives, so nothing is counted" in result.output
    assert ("no English antonyms" in result.output) != Path(WORDNET).is_dir()
    assert "none of them without a decision" in result.output


def test_the_command_fails_with_one_line_and_writes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "out.tsv"
    result = run("--wordnet", str(tmp_path), "-o", str(output))
    assert result.exit_code == 3
    assert "is no data file of WordNet" in result.output and "Traceback" not in result.output
    assert not output.exists()
    assert run("--narratives", str(tmp_path / "none.jsonl")).exit_code == 3


def test_the_command_does_not_write_over_its_input(tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    told.write_text(json.dumps(HOPE_THEN_SORROW), encoding="utf-8")
    result = run("--narratives", str(told), "-o", str(told))
    assert result.exit_code == 2
    assert told.read_text(encoding="utf-8") == json.dumps(HOPE_THEN_SORROW)


def test_waiting_names_only_what_nobody_decided() -> None:
    evidence = [
        Evidence("opposite", ("love", "hate"), "antonym-wordnet", 1, "x", ""),
        Evidence("composition", ("horror", "disgust", "fear"), "definition-blend", 2, "x", ""),
    ]
    accepted = Decision("opposite", ("love", "hate"), "accepted", "", "me", "2026-11-25")
    assert list(waiting(evidence, [accepted])) == [
        "2 pieces of evidence for 2 dependencies; 1 of them without a decision",
        "  composition: horror = disgust + fear (definition-blend)",
    ]

"""What is measured and queued on accounts that the model was not trained on, and what its card says of those that were kept back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from commands import run
from fallback import weather
from ressenti.schema import Mention, Narrative


@pytest.fixture(scope="module")
def folder(tmp_path_factory, annotator):
    """A model of some accounts, and others as the rules annotate them, beside what they show."""
    place = tmp_path_factory.mktemp("weather")
    taught = weather.accounts("taught", 120, ("la rue", "la cour", "la gare"), 1)
    others = weather.accounts("other", 30, ("le port", "la place", "le préau"), 2)
    for name, narratives in (("taught", taught), ("other", others)):
        (place / f"{name}.gold.jsonl").write_text(weather.lines(narratives), encoding="utf-8")
        found = list(annotator.pipe(weather.bare(narratives)))
        assert not any(narrative.mentions for narrative in found)
        (place / f"{name}.jsonl").write_text(weather.lines(found), encoding="utf-8")
    run("fallback", "train", place / "taught.jsonl", "--gold", place / "taught.gold.jsonl", "-o", place / "weather.zip")
    return place


def others(folder) -> list[Narrative]:
    return [Narrative.from_dict(json.loads(line)) for line in (folder / "other.gold.jsonl").read_text(encoding="utf-8").splitlines()]


def figures(folder, gold, *more):
    told = run("fallback", "evaluate", folder / "weather.zip", folder / "other.jsonl", "--gold", gold, "--format", "json", *more).stdout
    return json.loads(told)


@pytest.mark.parametrize("cut", ["f1", "model"])
def test_figures_are_those_of_other_accounts(folder, cut):
    told = figures(folder, folder / "other.gold.jsonl", "--cut", cut)
    sad, joyful = (sum(m.primary == primary for n in others(folder) for m in n.mentions) for primary in ("sadness", "joy"))
    assert told["rules"]["primaries"] == 0 and told["silent"] == told["model"] == told["both"], "the rules are silent in all of them"
    rows = {row["label"]: row for row in told["model"]["rows"]}
    assert (rows["sadness"]["gold"], rows["joy"]["gold"], rows["emotion"]["gold"]) == (sad, joyful, sad + joyful)
    assert all(rows[label]["f1"] == 1 and rows[label]["error"] < 0.15 for label in ("emotion", "sadness", "joy", "mode:suggested"))
    assert told["model"]["presence"] == 1


def test_what_is_wrongly_said_or_missed_is_counted(folder, tmp_path):
    """Of the rainy sentences all but three are said to show nothing, and a table to be sad."""
    gold = others(folder)
    sad = [(n, m) for n in gold for m in n.mentions if m.primary == "sadness"]
    wrong = {id(m) for _, m in sad[3:]}
    table = next(n for n in gold if weather.NOTHING[0] in n.text)
    start = table.text.index(weather.NOTHING[0])
    span = (start, start + len(weather.NOTHING[0]))
    changed = []
    for narrative in gold:
        mentions = [m for m in narrative.mentions if id(m) not in wrong]
        if narrative is table:
            mentions.append(replace(sad[0][1], id=99, cue=(span,)))
        changed.append(replace(narrative, mentions=mentions))
    (tmp_path / "gold.jsonl").write_text(weather.lines(changed), encoding="utf-8")
    row = next(row for row in figures(folder, tmp_path / "gold.jsonl")["silent"]["rows"] if row["label"] == "sadness")
    assert row["gold"] == 4 and row["recall"] == 3 / 4 and row["precision"] == pytest.approx(3 / len(sad))


def test_the_queue_of_other_accounts(folder, tmp_path):
    rain, sun, table = weather.RAIN[0], weather.SUN[0], weather.NOTHING[0]
    start = len(f"{table} ")

    def says(emotion):
        """With the article of the second sentence as the cue."""
        secondary = emotion if emotion == "sadness" else None
        return [Mention(1, ((start, start + 2),), emotion, secondary, emotion, "suggested", "affirmed", "medium", 0.9, "rule:test")]

    narratives = [
        Narrative("agrees", f"{table} {rain}", mentions=says("sadness")),
        Narrative("contradicts", f"{table} {sun}", mentions=says("sadness")),
        Narrative("alone", f"{table} {table}", mentions=says("joy")),
        Narrative("silent", f"{table} {rain}"),
    ]
    (tmp_path / "found.jsonl").write_text(weather.lines(narratives), encoding="utf-8")
    command = ["fallback", "queue", folder / "weather.zip", tmp_path / "found.jsonl"]
    table_rows = [line.split("\t") for line in run(*command, "--text").stdout.splitlines()[1:]]
    reasons = {(row[0], row[8]): (row[3], row[5], row[6]) for row in table_rows if row[3] != "unsure"}
    assert reasons == {
        ("contradicts", sun): ("other", "sadness", "joy"),
        ("alone", table): ("unseen", "joy", reasons["alone", table][2]),
        ("silent", rain): ("unfound", "", "sadness"),
    }
    run(*command, "-n", 3, "-o", tmp_path / "first.jsonl")
    first = {row["id"]: row for row in map(json.loads, (tmp_path / "first.jsonl").read_text(encoding="utf-8").splitlines())}
    assert set(first) == {"contradicts", "alone", "silent"}
    assert [(m["source"], m["primary"]) for m in first["silent"]["mentions"]] == [("model:weather", "sadness")]
    assert [m["source"] for m in first["contradicts"]["mentions"]] == ["rule:test"]


def test_the_queue_opens_in_the_page_of_the_coach(folder, tmp_path, driver):
    from review.browser import complaints
    from review.page.coach import Coach

    run("fallback", "queue", folder / "weather.zip", folder / "other.jsonl", "-n", 5, "-o", tmp_path / "first.jsonl")
    run("review", "page", tmp_path / "first.jsonl", "-o", tmp_path / "page.html")
    first = json.loads((tmp_path / "first.jsonl").read_text(encoding="utf-8").splitlines()[0])
    complaints(driver)
    coach = Coach(driver, tmp_path / "page.html")
    coach.choose(first["mentions"][0]["id"])
    told = coach.one("#detail").text
    assert "weather" in told and "là où les règles se taisent" in told
    coach.click('#detail [data-key="accept"]')
    decisions = [decision for narrative in coach.save()["narratives"] for decision in narrative["decisions"]]
    assert [decision["action"] for decision in decisions] == ["accept"] and not complaints(driver)


def test_the_card_tells_what_was_kept_back(folder):
    card = run("fallback", "card", folder / "weather.zip").stdout
    assert card.startswith("# weather\n") and "labelled by people" in card and "against labels that people gave" in card
    row = next(line for line in card.splitlines() if line.startswith("| sadness |")).strip("| ").split(" | ")
    assert float(row[1]) <= 1 and int(row[2]) > 5 and row[3:6] == ["1.00", "1.00", "1.00"] and float(row[6]) < 0.3
    assert "- Presence" not in card and "Whether anything is felt, mean F1 of yes and no: 1.00; in all" in card


def test_the_card_of_the_model_that_comes_along():
    card = run("fallback", "card").stdout
    assert card.startswith("# default\n") and "CC BY-SA 4.0" in card and "| fear |" in card and "## Limits" in card

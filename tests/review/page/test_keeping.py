"""What is saved, resumed and kept."""

import json
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner
from selenium.webdriver.common.keys import Keys

from ressenti.cli import cli
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.model import text_sha256
from ressenti.review.decisions.read import read
from ressenti.schema import Entity, Narrative
from review.decisions.files import within
from review.page.coach import Coach, examples
from review.waiting import downloaded


def test_what_is_saved_can_be_resumed(driver, tmp_path):
    narratives = examples("train", "repas")
    coach = Coach.at(driver, tmp_path, narratives)
    coach.choose(2)
    coach.click('#detail [data-key="reject"]')
    coach.click("#next")
    coach.choose(1)
    coach.click('#detail [data-key="accept"]')
    saved = coach.save()
    file = coach.file
    assert not any(narrative.text[:20] in file.read_text(encoding="utf-8") for narrative in narratives)
    coach.open()
    coach.one("#file").send_keys(str(file))
    coach.wait("return document.getElementById('status').textContent.startsWith('Décisions reprises')")
    assert coach.save()["narratives"] == saved["narratives"]
    assert coach.one("#reviewer").get_attribute("value") == "Anne"
    other = Coach.at(driver, tmp_path, [Narrative("repas", "Un autre texte."), narratives[0]])
    other.one("#file").send_keys(str(file))
    other.wait("return document.getElementById('status').textContent.includes('Texte différent\u00a0: le récit «\u00a0repas\u00a0»')")
    assert other.save()["narratives"] == saved["narratives"]  # what does not fit here is not lost


def resumed(coach, file):
    """Take a file back; what is said of it, and what the row of each cue then shows."""
    coach.one("#file").send_keys(str(file))
    said = coach.wait("return document.getElementById('status').textContent")
    return said, {row.find_element("css selector", "q").text: row.text for row in coach.all("#rows .row")}


def renumbered(narrative):
    """The same without its first mention, as another vocabulary would find it, and its characters in another order."""
    kept = narrative.mentions[1:]
    numbers = {mention.id: number for number, mention in enumerate(kept, 1)}
    called = {"E1": "E2"}
    roles = [
        replace(role, mention=numbers[role.mention], entity=called.get(role.entity, role.entity))
        for role in narrative.roles
        if role.mention in numbers
    ]
    start = narrative.text.index("train")
    entities = [replace(entity, id=called.get(entity.id, entity.id)) for entity in narrative.entities]
    mentions = [replace(mention, id=numbers[mention.id]) for mention in kept]
    return replace(narrative, mentions=mentions, roles=roles, entities=[*entities, Entity("E1", "le train", ((start, start + 5),))])


def test_decisions_land_on_the_same_words_where_mentions_are_numbered_otherwise(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    coach.choose(1)
    coach.click('#detail [data-key="accept"]')
    coach.choose(2)
    coach.click('#detail [data-key="reject"]')
    coach.choose(4)
    coach.click('#detail [data-key="emotion"]')
    coach.search("terreur")
    coach.click('#detail [data-key="accept"]')
    coach.select("mon frère")
    coach.click('#menu [data-what="target"]')
    name = coach.one('[data-key="name-E1"]')
    name.clear()
    name.send_keys("Luc", Keys.TAB)
    coach.select("raté le train")
    coach.click('#menu [data-what="mention"]')
    coach.search("chagrin")
    coach.save()
    file = coach.file
    newer = renumbered(examples("train")[0])
    other = Coach.at(driver, tmp_path, [newer])
    said, rows = resumed(other, file)
    assert "Décisions reprises\u00a0: 6." in said and "Non placées\u00a0: 1" in said, said
    assert "Terreur" in rows["pleurait"]
    assert [cue for cue, row in rows.items() if "rejetée" in row or "acceptée" in row] == ["furieuse", "pleurait"]
    assert [box.get_attribute("value") for box in other.all('#people-list input[type="text"]')][1:] == ["Luc", "le train"]
    before = tmp_path / "newer.jsonl"
    before.write_text(newer.to_json() + "\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["review", "apply", str(file), str(before)])
    (after,) = [Narrative.from_dict(json.loads(line)) for line in done.stdout.splitlines()]
    restored = next(mention for mention in after.mentions if mention.extra["review"].get("restored"))  # what is not placed on the page
    stand = [mention for mention in after.mentions if mention is not restored]
    assert [cue for cue, row in rows.items() if "rejetée" not in row] == [after.text[slice(*mention.cue[0])] for mention in stand]


def test_what_is_added_and_is_there_already_is_added_once(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    coach.select("raté le train")
    coach.click('#menu [data-what="mention"]')
    coach.search("chagrin")
    coach.select("mon frère")
    coach.click('#menu [data-what="cause"]')
    coach.save()
    after = apply(examples("train")[0], read(coach.file)).narrative
    before = len(after.mentions)
    again = Coach.at(driver, tmp_path, [after])
    said, _ = resumed(again, coach.file)
    assert said == "Décisions reprises\u00a0: 2." and len(again.all("#rows .row")) == before
    again.choose(next(mention.id for mention in after.mentions if mention.emotion == "sorrow" and mention.source == "review:Anne"))
    assert len(again.all("#detail .roles li")) == 1


def test_what_was_decided_is_found_by_its_text_and_what_is_not_found_is_named(driver, tmp_path):
    (narrative,) = examples("train")
    coach = Coach.at(driver, tmp_path, [narrative])
    coach.choose(2)
    coach.click('#detail [data-key="reject"]')
    coach.save()
    said, rows = resumed(Coach.at(driver, tmp_path, [replace(narrative, id="récit-1")]), coach.file)
    plain = said.replace("\u00a0", " ")
    assert plain == "Décisions reprises : 1. Même texte, autre nom : « train » dans le fichier, « récit-1 » ici."
    assert "rejetée" in rows["furieuse"]
    twice = [replace(narrative, id="autre"), narrative]
    said, rows = resumed(Coach.at(driver, tmp_path, twice), coach.file)
    assert said == "Décisions reprises\u00a0: 1." and not any("rejetée" in row for row in rows.values()), "the second, by its name"
    said, _ = resumed(Coach.at(driver, tmp_path, [Narrative("train", "Un autre texte.")]), coach.file)
    assert "Texte différent" in said and "«\u00a0train\u00a0»" in said
    said, _ = resumed(Coach.at(driver, tmp_path, [Narrative("repas", "Un autre texte.")]), coach.file)
    assert "Pas sur cette page" in said and "«\u00a0train\u00a0»" in said
    said, rows = resumed(Coach.at(driver, tmp_path, [within(narrative, "\n \n", "\n")]), coach.file)
    assert said == "Décisions reprises\u00a0: 1." and "rejetée" in rows["furieuse"], "blank space around is no other text"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "ressenti-decisions", "version": 2, "narratives": []}', "\x00"])
def test_another_file_is_refused(driver, tmp_path, content):
    coach = Coach.at(driver, tmp_path, examples("train"))
    wrong = tmp_path / "wrong.json"
    wrong.write_text(content, encoding="utf-8")
    coach.one("#file").send_keys(str(wrong))
    coach.wait("return document.getElementById('status').textContent.startsWith('Ce fichier n’est pas')")
    assert coach.decisions() == []


@pytest.mark.parametrize(
    ("decision", "taken"),
    [
        ({"about": "mention", "action": "reject", "was": {"cue": [[49, 57]], "emotion": "fury"}}, True),  # found without its number
        ({"about": "mention", "action": "reject", "was": {"cue": [[49, 5700]], "emotion": "fury"}}, False),
        ({"about": "mention", "action": "reject", "was": {"cue": "all", "emotion": "fury"}}, False),
        ({"about": "mention", "action": "add", "value": {"emotion": "fury"}}, False),
        ({"about": "role", "action": "reject"}, False),
        ({"about": "__proto__", "action": "reject", "was": {}}, False),
        ({"about": "entity", "action": "split", "was": {"entity": "E1", "mentions": []}}, False),
    ],
)
def test_damaged_decisions_are_refused(driver, tmp_path, decision, taken):
    (narrative,) = examples("train")
    coach = Coach.at(driver, tmp_path, [narrative])
    about = {
        "id": "train",
        "text_sha256": text_sha256(narrative.text),
        "length": len(narrative.text),
        "decisions": [{"time": "x", **decision}],
    }
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({"format": "ressenti-decisions", "version": 1, "reviewer": "Anne", "narratives": [about]}), encoding="utf-8")
    coach.one("#file").send_keys(str(file))
    coach.wait("return document.getElementById('status').textContent")
    assert coach.status.startswith("Décisions reprises : 1" if taken else "Ce fichier n’est pas")
    assert len(coach.all("#rows .is-rejected")) == int(taken)


def test_a_name_is_asked_for_before_anything_is_saved(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    coach.press("n", "a")
    coach.hold(Keys.CONTROL, "s")
    assert coach.one("#reviewer-dialog").is_displayed()
    with downloaded(driver, "*.json") as files:
        coach.press("Anne", Keys.ENTER)
        coach.wait("return document.getElementById('status').textContent.startsWith('Enregistré')")
    assert coach.one("#reviewer").get_attribute("value") == "Anne" and coach.one("#unsaved").text == ""
    assert [file.name[:23] for file in files] == ["decisions-train-Anne-20"]
    name = coach.one("#reviewer")
    name.clear()
    name.send_keys("Zoé / d’Été. : *", Keys.TAB)  # two coachs' files lie in one folder
    with downloaded(driver, "*.json") as files:
        coach.click("#save")
    assert [file.name[:30] for file in files] == ["decisions-train-Zoé_d_Été_-202"]


def test_the_browser_keeps_only_what_it_is_told_to(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    driver.execute_script("localStorage.clear()")
    coach.choose(2)
    coach.click('#detail [data-key="accept"]')
    time.sleep(0.4)
    assert driver.execute_script("return localStorage.length") == 0
    coach.click("#keep")
    coach.wait("return localStorage.length === 1")
    coach.click('#detail [data-key="reject"]')
    coach.wait("return localStorage.getItem(localStorage.key(0)).includes('reject')")
    coach.open()
    assert [one["action"] for one in coach.decisions()] == ["accept", "reject"]
    assert coach.one("#erase").is_displayed()
    coach.click("#erase")
    assert driver.execute_script("return localStorage.length") == 0
    coach.open()
    assert coach.decisions() == []

"""What is saved, resumed and kept."""

import json
import time

import pytest
from selenium.webdriver.common.keys import Keys

from ressenti.review.decisions.model import text_sha256
from ressenti.schema import Narrative
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
    other.wait("return document.getElementById('status').textContent.includes('le texte a changé\u00a0: 1.')")
    assert other.save()["narratives"] == saved["narratives"]  # what does not fit here is not lost


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
    assert [file.name[:18] for file in files] == ["decisions-train-20"]


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

"""The application in a browser: the way in, an account pasted and another opened, decisions, a copy, and the end."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from ressenti.schema import json_schema
from review.app.test_server import serving
from review.browser import complaints, faults, requests
from review.waiting import accept, click, downloaded, enter, one, until, until_read, until_script

HOSTILE = "<script>window.ran = 1</script></script><img src=x onerror='window.ran = 2'> {{texts}} J’ai peur de l’orage. "


class Visitor:
    """Somebody at the application."""

    def __init__(self, driver, link):
        self.driver = driver
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.get("about:blank")
        driver.get(link)

    def one(self, selector):
        return one(self.driver, selector)

    def click(self, selector):
        click(self.driver, selector)

    def wait(self, script):
        return until_script(self.driver, script)

    def paste(self, text, name=""):
        self.click("#new")
        self.driver.execute_script("document.getElementById('text').value = arguments[0]", text)
        self.one("#name").send_keys(name)
        self.click("#form button.main")

    def page(self):
        """Go into the frame that is shown, when its page is there."""
        enter(self.driver, "return [...document.querySelectorAll('iframe')].find((one) => !one.hidden)")

    def client_with_cookie(self):
        """The same session, asked without the browser."""
        (cookie,) = [one for one in self.driver.get_cookies() if one["name"] == self.client.server.cookie]  # ports share them
        assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
        self.client.cookie = f"{cookie['name']}={cookie['value']}"
        return self.client

    def leave(self):
        self.driver.switch_to.default_content()


@pytest.fixture
def visit(driver, annotator):
    with serving(lambda: annotator) as client:
        requests(driver), complaints(driver)
        visitor = Visitor(driver, client.server.link)
        visitor.client, visitor.origin = client, f"http://{client.server.name}"
        visitor.one("#form")
        until_read(driver)
        yield visitor
        driver.switch_to.default_content()
        driver.get("about:blank")


def test_at_twice_the_size_the_account_has_the_window(visit):
    driver = visit.driver
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 650, "height": 450, "deviceScaleFactor": 1, "mobile": False})
    for number in range(6):
        visit.paste("Quelle horreur !", f"une séance bien longue {number}")
        visit.page()
        visit.leave()
    header, room, window = driver.execute_script(
        "return [document.querySelector('header').offsetHeight, document.getElementById('frames').offsetHeight, innerHeight]"
    )
    assert header < 200 and room == window, "what stands above scrolls away"
    visit.page()
    visit.click('#rows [data-id="1"]')
    wide, needed, said = driver.execute_script(
        "const box = document.querySelector('#detail .fields select'); const pen = document.createElement('canvas').getContext('2d');"
        "pen.font = getComputedStyle(box).font; const text = box.selectedOptions[0].text;"
        "return [box.clientWidth, pen.measureText(text).width, text]"
    )
    assert said == "dans la manière de dire" and needed + 30 < wide
    visit.leave()
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_an_account_from_paste_to_decision(visit, axe, tmp_path):
    driver = visit.driver
    assert driver.current_url == f"{visit.origin}/" and driver.execute_script("return document.cookie") == ""
    assert faults(driver, axe) == []
    visit.click("#form button.main")
    assert "Collez d’abord" in visit.one("#problem").text
    visit.paste(HOSTILE, "orage")
    visit.page()
    assert driver.execute_script("return document.getElementById('text').textContent").startswith("<script>window.ran = 1")
    assert not visit.one("#keep").is_displayed()
    visit.click('#rows [data-id="1"]')
    visit.one("body").send_keys("a")
    visit.leave()
    assert driver.execute_script("return window.ran || document.querySelector('iframe').contentWindow.ran") is None
    (tmp_path / "suite.txt").write_text("Je suis triste.", encoding="utf-8")
    visit.click("#new")
    visit.one("#file").send_keys(str(tmp_path / "suite.txt"))
    visit.wait("return document.title.startsWith('suite')")
    visit.page()
    visit.leave()
    assert faults(driver, axe) == []
    visit.click('#documents [data-number="1"]')
    visit.page()
    assert visit.one("#unsaved").text, "the decision is still there"
    visit.one("#reviewer").send_keys("Anne")
    visit.click("#save")
    visit.wait("return !document.getElementById('unsaved').textContent")
    visit.leave()
    visit.wait("return document.getElementById('status').textContent.startsWith('Vos décisions')")
    assert "Anne" in visit.client_with_cookie().ask("GET", "/documents/1/summary")[1].decode()
    visit.page()
    visit.click('#rows [data-id="1"]')
    visit.one("body").send_keys("r")
    visit.leave()
    with downloaded(driver, "orage*.jsonl") as files:
        visit.click("#save-narrative")
    (line,) = files[0].read_text(encoding="utf-8").splitlines()
    copy = json.loads(line)
    assert copy["text"] == HOSTILE and copy["mentions"] == [] and copy["review"]["rejected"], "what is on the screen is what comes out"
    assert [url for url in requests(driver) if not url.startswith((visit.origin, "about:"))] == []
    assert complaints(driver) == []
    visit.click("#quit")
    accept(driver)
    visit.wait("return document.body.textContent.includes('Ressenti est fermé')")


STORY = "J’ai peur de l’orage. Ma sœur est furieuse contre moi. J’ai honte. Je suis triste."


def decide(visit):
    """Decisions of several kinds on STORY, not saved; gives nothing back: what is on the page is looked at."""
    visit.page()
    visit.click('#rows [data-id="1"]')
    visit.one("body").send_keys("a")
    visit.click('#rows [data-id="2"]')
    visit.one("body").send_keys("r")
    visit.one('#detail [data-key="comment"]').send_keys("ironique ?", Keys.TAB)
    visit.click('#rows [data-id="3"]')
    visit.click('#detail [data-key="emotion"]')
    visit.one("#search").send_keys("culpabilité", Keys.ENTER)
    visit.one("#comment").send_keys("à revoir", Keys.TAB)
    visit.click("#done")


def looks(visit):
    """What the page shows of the decisions."""
    visit.page()
    rows = [row.text for row in visit.driver.find_elements(By.CSS_SELECTOR, "#rows .row")]
    progress, reviewer = visit.one("#progress").text, visit.one("#reviewer").get_attribute("value")
    visit.click('#rows [data-id="2"]')
    comments = [visit.one(field).get_attribute("value") for field in ('#detail [data-key="comment"]', "#comment")]
    done = visit.one("#done").is_selected()
    visit.leave()
    return rows, progress, reviewer, comments, done


def test_a_copy_opens_again_as_it_was_left(visit, tmp_path):
    driver = visit.driver
    visit.paste(STORY, "séance")
    decide(visit)
    visit.leave()
    visit.click("#save-narrative")  # nothing is saved yet, and no name is given: it is asked for first
    visit.page()
    with downloaded(driver, "séance*.jsonl") as files:
        visit.one("#reviewer-name").send_keys("Anne", Keys.ENTER)
    visit.leave()
    before = looks(visit)
    assert before[1:] == ("Émotions décidées : 3 sur 4", "Anne", ["ironique ?", "à revoir"], True), before
    assert "rejetée" in before[0][1] and "Culpabilité" in before[0][2]
    line = files[0].read_text(encoding="utf-8")
    copy = json.loads(line)
    Draft202012Validator(json_schema()).validate(copy)
    assert [mention["emotion"] for mention in copy["mentions"]] == ["fear", "guilt", "sadness"]
    visit.one("#new").click()
    visit.one("#file").send_keys(str(files[0]))
    visit.wait("return document.querySelectorAll('#documents button').length === 2")
    assert looks(visit) == before
    assert visit.client_with_cookie().narratives(2) == [copy], "and is the same copy again"
    with downloaded(driver, "séance*.html") as pages:
        visit.click("#save-page")
    driver.get(pages[0].as_uri())
    until_read(driver)
    assert "rejetée" in driver.find_elements(By.CSS_SELECTOR, "#rows .row")[1].text
    assert visit.one("#progress").text == before[1] and visit.one("#comment").get_attribute("value") == "à revoir"


def decided_by_anne(visit):
    visit.paste(STORY, "séance")
    visit.page()
    visit.one("#reviewer").send_keys("Anne", Keys.TAB)
    visit.leave()
    decide(visit)
    visit.leave()


def test_the_summary_has_what_is_not_saved_yet(visit):
    driver = visit.driver
    decided_by_anne(visit)
    desk = driver.current_window_handle
    visit.click("#summary")
    visit.wait("return document.getElementById('status').textContent.startsWith('Vos décisions')")
    until(lambda: len(driver.window_handles) == 2, "a second tab")
    driver.switch_to.window(next(handle for handle in driver.window_handles if handle != desk))
    try:
        visit.wait("return document.body.textContent.includes('Culpabilité')")
        assert "Anne" in visit.one("body").text and "Fureur" not in visit.one("body").text
    finally:
        driver.close()
        driver.switch_to.window(desk)


def test_a_copy_that_was_changed_since_opens_as_it_is(visit, tmp_path):
    decided_by_anne(visit)
    with downloaded(visit.driver, "séance*.jsonl") as files:
        visit.click("#save-narrative")
    copy = json.loads(files[0].read_text(encoding="utf-8"))
    copy["mentions"][0]["emotion"] = copy["mentions"][0]["primary"] = "joy"
    (tmp_path / "changée.jsonl").write_text(json.dumps(copy), encoding="utf-8")
    visit.one("#new").click()
    visit.one("#file").send_keys(str(tmp_path / "changée.jsonl"))
    visit.wait("return document.title.startsWith('changée')")
    rows, progress, *_ = looks(visit)
    assert rows[0].startswith("Joie") and len(rows) == 3 and "0 sur 3" in progress


def test_what_a_page_does_not_keep_is_not_spoken_of(visit):
    visit.paste(STORY)
    visit.page()
    assert not visit.one("#keep").is_displayed()
    assert (
        visit.driver.execute_script(
            "return [...document.querySelectorAll('body *')].filter((one) => !one.closest('script, [hidden]') && !one.children.length"
            " && /seront encore là/.test(one.textContent)).length"
        )
        == 0
    )
    visit.click("#help")
    assert "seront encore là" not in visit.one("#help-dialog").text
    visit.leave()


def test_tabs_of_one_name_are_told_apart_and_what_is_closed_is_not_spoken_of(visit, axe):
    for text in ("J’ai peur.", "J’ai honte.", "Je suis triste."):
        visit.paste(text, "séance")
        visit.page()
        visit.leave()
    tabs = "return [...document.querySelectorAll('#documents button')].map((one) => one.textContent)"
    assert visit.driver.execute_script(tabs) == ["séance", "séance (2)", "séance (3)"]
    assert visit.one("#copies").get_attribute("role") == "group"
    assert [one.text for one in visit.driver.find_elements(By.CSS_SELECTOR, "#copies a")] == [
        "du récit et de ses marques",
        "de la page, à ouvrir sans Ressenti",
    ]
    assert faults(visit.driver, axe) == []
    visit.click("#close")
    visit.wait("return document.getElementById('status').textContent === '«\u00a0séance (3)\u00a0» est fermé.'")
    visit.paste("Je suis fière.", "séance")
    visit.wait("return document.getElementById('status').textContent.startsWith('«\u00a0séance (3)\u00a0» est lu')")


def test_what_cannot_be_read_is_told(visit, tmp_path):
    (tmp_path / "abîmé.docx").write_bytes(b"PK no archive")
    visit.one("#file").send_keys(str(tmp_path / "abîmé.docx"))
    visit.wait("return document.getElementById('reason').textContent")
    assert "n’est pas ce que dit son nom" in visit.one("#reason").text and not visit.one("#save-page").is_displayed()
    visit.click("#close")
    visit.wait("return !document.getElementById('start').hidden")
    visit.one("#text").send_keys("J’ai peur.", Keys.TAB, Keys.TAB, Keys.ENTER)  # by keyboard
    visit.page()
    assert "peur" in visit.one("#rows").text


def test_a_second_browser_does_not_get_in(visit):
    visit.driver.delete_all_cookies()
    visit.driver.get(visit.client.server.link)
    visit.driver.refresh()
    visit.wait("return document.getElementById('used') && !document.getElementById('used').hidden")
    assert not visit.driver.find_elements(By.ID, "form")


def test_that_the_server_ended_is_told(visit):
    visit.client.server.stop()
    visit.paste("J’ai peur.")
    visit.wait("return document.getElementById('problem').textContent.includes('ne répond plus')")
    complaints(visit.driver)


def test_a_cookie_that_is_gone_is_told_and_what_was_decided_can_be_saved(visit):
    driver = visit.driver
    visit.paste("J’ai peur de l’orage.")
    visit.page()
    visit.click('#rows [data-id="1"]')
    visit.one("body").send_keys("a")
    visit.leave()
    driver.delete_all_cookies()
    visit.wait("return document.getElementById('problem').textContent.includes('n’a plus accès')")
    assert visit.one("#problem").is_displayed()
    visit.page()
    visit.one("#reviewer").send_keys("Anne")
    with downloaded(driver, "*.json"):
        visit.click("#save")
        visit.wait("return !document.getElementById('unsaved').textContent")
    visit.leave()
    complaints(driver)


def test_what_a_reader_leaves_out_is_told_in_french(visit, tmp_path):
    (tmp_path / "ancien.txt").write_bytes("J’ai été déçue.".encode("cp1252"))
    (tmp_path / "anglais.txt").write_text("I was so afraid of the storm that I could not sleep at all, and my sister was with me.")
    visit.one("#file").send_keys(str(tmp_path / "ancien.txt"))
    visit.wait("return document.getElementById('notes').textContent.includes('ancien codage')")
    visit.click("#new")
    visit.one("#file").send_keys(str(tmp_path / "anglais.txt"))
    visit.wait("return document.getElementById('notes').textContent.includes('ne semble pas être en français')")
    visit.click("#new")
    (tmp_path / "vide.docx").write_bytes(b"")
    visit.one("#file").send_keys(str(tmp_path / "vide.docx"))
    visit.wait("return document.getElementById('reason').textContent === 'Ce fichier est vide.'")

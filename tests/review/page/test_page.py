"""The page itself: what it shows, what it keeps, what it never does."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from ressenti.graph.patterns.felt import Telling
from ressenti.ontology.pages.language import load_texts
from ressenti.review.decisions.model import text_sha256
from ressenti.review.page.build import page
from ressenti.review.page.data import escaped
from ressenti.review.page.questions import questions
from ressenti.review.page.reasons import alone, rule_data
from ressenti.review.page.wording import WORDING, Texts
from ressenti.rules import links
from ressenti.rules.language import load_rules
from ressenti.schema import Component, Entity, Mention, Narrative, Role
from review.browser import complaints, faults, requests
from review.page.coach import Coach, examples
from review.waiting import work, work_of_opening

HOSTILE = (
    "<script>window.ran = 1</script> </script><script>window.ran = 2</script> \"><img src=x onerror='window.ran = 3'> {{text:save}} "
    "${1} <!-- \u202eesrever\u202c \u2066 \x00 \x1b[31m \u2028 \u2029 &lt; ]]> J’ai peur. 😀 "
)


def felt(id_, start, end, emotion="fear", **more):
    values = {"mode": "labelled", "status": "affirmed", "intensity": "medium", "confidence": 0.9, "source": "rule:act"} | more
    return Mention(id_, ((start, end),), emotion, None, "fear", **values)


def hostile(length=0):
    text = HOSTILE + "a" * max(0, length - len(HOSTILE))
    start = text.index("peur")
    return Narrative(
        "</script><script>window.ran = 4</script>", text, [Component("feeling", (0, len(HOSTILE)), "<b>")],
        [felt(1, start, start + 4, source="rule:<img src=x onerror='window.ran = 5'>"), felt(2, 0, len(HOSTILE))],
        [Role(1, "cause", (0, 40), "E1", "rule:<i>", 0.5)], [Entity("E1", "<script>window.ran = 6</script>", ((0, 8),))],
        {"parser": "</script>"},
    )  # fmt: skip


@pytest.mark.parametrize("length", [0, 100_000])
def test_a_hostile_account_is_text(driver, tmp_path, length):
    requests(driver), complaints(driver)
    coach = Coach.at(driver, tmp_path, [hostile(length), hostile(0)])
    coach.choose(1)
    coach.click('#detail [data-key="accept"]')
    coach.select("window.ran = 2")
    coach.one("body").send_keys(Keys.ESCAPE)
    shown = coach.driver.execute_script("return document.getElementById('text').textContent")
    assert shown[:31] == HOSTILE[:31] and "\u202e" not in shown and "\x00" not in shown
    assert coach.driver.execute_script("return [window.ran, document.querySelectorAll('main img, main script').length]") == [None, 0]
    assert coach.decisions()
    assert [url for url in requests(driver) if url not in ("about:blank", coach.path.as_uri())] == []
    assert complaints(driver) == []


def test_nothing_is_asked_of_the_network(driver, tmp_path):
    requests(driver)
    coach = Coach.at(driver, tmp_path, examples())
    coach.choose(1)
    coach.click("#next")
    coach.click('#rows [data-id="2"]')
    coach.save()
    assert [url for url in requests(driver) if url not in ("about:blank", coach.path.as_uri())] == []
    assert coach.driver.execute_script("return performance.getEntriesByType('resource').length") == 0
    policy = coach.one("meta[http-equiv]").get_attribute("content")
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    refused = "try { return await fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused') } catch (e) { return 'refused' }"
    assert coach.driver.execute_script(f"return (async () => {{ {refused} }})()") == "refused"
    complaints(driver)  # of the refusal itself


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing(driver, tmp_path, axe, language):
    coach = Coach.at(driver, tmp_path, examples(), language=language)
    coach.choose(2)
    assert faults(driver, axe) == []
    coach.click('#detail [data-key="emotion"]')
    assert faults(driver, axe) == []
    coach.press(Keys.ESCAPE)
    coach.click(".filters summary")
    coach.click(".legend summary")
    coach.select("frère")
    assert faults(driver, axe) == []
    coach.one("body").send_keys(Keys.ESCAPE)
    coach.click("#help")
    assert faults(driver, axe) == []


def test_what_is_drawn_in_two_lines_is_called_as_it_reads(driver, tmp_path, axe):
    text = "Mon collègue Thomas a peur. Ma collègue Bérengère aussi."
    roles = [Role(1, "experiencer", (0, 19), "E1", "rule:act"), Role(1, "cause", (28, 49), None, "rule:act")]
    people = [Entity("E1", "Mon collègue Thomas", ((0, 19),))]
    coach = Coach.at(driver, tmp_path, [Narrative("un", text, (), [felt(1, 22, 26)], roles, people)])
    drawn = "return [...document.querySelectorAll('#graph .node[role=button]')].map((one) => one.textContent)"
    assert any("Mon collègue Thomas" in words for words in driver.execute_script(drawn))
    assert faults(driver, axe) == []
    name = coach.one('[data-key="name-E1"]')
    name.clear()
    name.send_keys("Maximilien de Montmorency", Keys.TAB)  # drawn anew
    assert any("Maximilien de Montmorency" in words for words in driver.execute_script(drawn))
    assert faults(driver, axe) == []


@pytest.mark.parametrize(("width", "height"), [(375, 667), (640, 360)])
def test_on_a_narrow_screen_what_is_chosen_is_seen_at_once(driver, tmp_path, axe, width, height):
    coach = Coach.at(driver, tmp_path, many(1, 60))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    )
    marks = coach.all("#text .cue")
    for number in (0, 30, 59):
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", marks[number])
        top, bottom, mark = driver.execute_script(
            "const b = document.getElementById('choice').getBoundingClientRect();"
            "return [b.top, b.bottom, document.querySelector('#text .chosen').getBoundingClientRect().bottom]"
        )
        assert 0 < mark < top and height / 2 <= top < bottom <= height, (mark, top, bottom)
        assert coach.one("#detail .chip").is_displayed() and coach.status == "Peur — « peur »"
    assert faults(driver, axe) == []
    coach.press("a")
    assert "acceptée" in coach.one("#detail").text
    coach.one('#detail [data-key="reject"]').send_keys(Keys.ENTER)
    coach.press(Keys.ESCAPE)
    assert driver.execute_script("return [document.activeElement.id, getComputedStyle(document.getElementById('choice')).position]") == [
        "text", "static"]  # fmt: skip
    coach.choose(1)
    coach.one("#leave").send_keys(Keys.ENTER)
    assert not coach.all("#text .chosen") and not coach.one("#leave").is_displayed()
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(("width", "height"), [(375, 667), (1300, 800)])
def test_undo_and_save_stay_in_reach(driver, tmp_path, width, height):
    coach = Coach.at(driver, tmp_path, many(1, 60))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    )
    driver.execute_script("scrollTo(0, document.body.scrollHeight)")
    seen = "const b = document.getElementById(arguments[0]).getBoundingClientRect(); return [b.top, b.bottom]"
    for button in ("undo", "save"):
        top, bottom = coach.wait(f"scrollY; return (() => {{ {seen.replace('arguments[0]', repr(button))} }})()")
        assert 0 <= top < bottom <= height / 6, button
    coach.choose(60)
    coach.choose(1)
    bar, mark, more, shadow = driver.execute_script("""
      const [bar, mark] = ['header', '.chosen'].map((one) => document.querySelector(one).getBoundingClientRect());
      const text = document.getElementById('text');
      return [bar.bottom, mark.top, text.scrollHeight > text.clientHeight, getComputedStyle(text).background]""")
    assert bar <= mark, "what is chosen is not under it"
    assert more == (width > 960) and "local" in shadow and "linear-gradient" in shadow, "a shadow says that there is more"
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(("width", "height"), [(320, 640), (650, 450)])
def test_a_phone_and_twice_the_size(driver, tmp_path, axe, width, height):
    coach = Coach.at(driver, tmp_path, examples("train"))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    )
    coach.choose(2)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert faults(driver, axe) == []
    coach.select("mon frère")
    box = driver.execute_script("const b = document.getElementById('menu').getBoundingClientRect(); return [b.left, b.right]")
    assert box[0] >= 0 and box[1] <= width
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_marks_pictures_and_rows_light_up_together(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    for part in ('#graph .node.emotion[data-mention="2"]', "#trajectory [data-mention='2']", '#graph .edge.directed-at[data-mention="2"]'):
        coach.one("body").send_keys(Keys.ESCAPE)
        assert not coach.all("#text .chosen")
        coach.one(part).send_keys(Keys.ENTER)
        assert coach.one("#text .chosen").text == "furieuse"
        assert coach.one('#rows [aria-current="true"]').get_attribute("data-id") == "2"
        assert coach.all('#graph .lit[data-mention="2"]') and coach.all('#trajectory .lit[data-mention="2"]')
    coach.click("#text .cue.c4")
    assert coach.one("#text .chosen").text == "pleurait"
    assert coach.one("#detail .why").text.count("\n") == 3


def test_overlapping_marks(driver, tmp_path):
    text = "J’ai une peur bleue de mon père."
    mentions = [felt(1, 5, 19), Mention(2, ((0, 1), (9, 13)), "anger", None, "anger", "labelled", "negated", "high", 0.5, "model:x")]
    roles = [Role(1, "cause", (5, 31), None, "rule:act"), Role(2, "cause", (9, 19), None, "rule:act")]
    coach = Coach.at(driver, tmp_path, [Narrative("un", text, (), mentions, roles)])
    assert coach.driver.execute_script("return document.getElementById('text').textContent") == text
    nested = coach.one("#text .nested")
    assert nested.text == "peur" and "Peur" in nested.get_attribute("title") and "Colère" in nested.get_attribute("title")
    nested.click()
    chosen = [part.text for part in coach.all("#text .chosen")]
    assert chosen in (["J", "peur"], ["une", "peur", "bleue"])
    coach.one("#text .nested").click()
    assert [part.text for part in coach.all("#text .chosen")] != chosen


def test_filters_and_many_at_once(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train", "repas"))
    coach.click(".filters summary")
    for name, value, count in (
        ("emotion", "joy", 1),
        ("sure", "high", 3),
        ("role", "target", 1),
        ("role", "-cause", 2),
        ("source", "model", 0),
    ):
        coach.pick(f"#filter-{name}", value)
        assert len(coach.all("#rows .row")) == count, (name, value)
        coach.pick(f"#filter-{name}", "")
    coach.pick("#filter-sure", "high")
    coach.pick("#everywhere", "all")
    coach.click("#accept-all")
    assert [len(one["decisions"]) for one in coach.save()["narratives"]] == [3, 5]
    coach.pick("#filter-sure", "")
    coach.pick("#filter-state", "open")
    coach.pick("#everywhere", "one")
    coach.click("#reject-all")
    assert [len(one["decisions"]) for one in coach.save()["narratives"]] == [6, 5]
    assert "Émotions décidées : 6 sur 6" in coach.one("#progress").text
    coach.click("#undo"), coach.click("#undo")
    assert coach.save()["narratives"] == []


def test_narratives_of_one_id_are_told_apart(driver, tmp_path):
    texts = ("J’ai peur.", "J’ai honte.")
    coach = Coach.at(driver, tmp_path, [Narrative("un", text, (), [felt(1, 5, len(text) - 1)]) for text in texts])
    coach.press("n", "r")
    coach.save()
    coach.open()
    coach.one("#file").send_keys(str(coach.file))
    coach.wait("return document.getElementById('status').textContent")
    assert coach.all("#rows .is-rejected")
    coach.press("N")
    assert not coach.all("#rows .is-rejected")


def test_print_shows_the_account_and_no_controls(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for selector in ("#text", "#graph svg", "#trajectory svg", "#component-list", "#question-list", "h1"):
            assert coach.one(selector).is_displayed(), selector
        assert driver.execute_script("return document.querySelector('.legend p').getBoundingClientRect().height") > 0
        shown = [
            part.get_attribute("id") or part.text for part in coach.all("main button, header button, input, select") if part.is_displayed()
        ]
        assert [name for name in shown if name not in [row.text for row in coach.all("#question-list button")]] == []
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_pictures_can_be_enlarged(driver, tmp_path, axe):
    coach = Coach.at(driver, tmp_path, examples("train"))
    before = coach.one("#graph svg").size["width"]
    coach.click("[aria-describedby=h-graph]")
    assert coach.one("#graph svg").size["width"] > before * 1.3
    assert faults(driver, axe) == []
    coach.press(Keys.ESCAPE)
    assert coach.one("#graph svg").size["width"] == before


def test_letters_can_be_turned_off(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    coach.press("?")
    coach.click("#letters")
    coach.press(Keys.ESCAPE)
    coach.press("n", "a")
    assert coach.decisions() == []


def many(narratives=500, mentions=20):
    text = "J’avais peur de lui. " * mentions
    for number in range(narratives):
        found = [felt(id_, 21 * (id_ - 1) + 8, 21 * (id_ - 1) + 12) for id_ in range(1, mentions + 1)]
        roles = [Role(one.id, "experiencer", (one.cue[0][0] - 8, one.cue[0][0] - 6), "NARRATOR", "rule:act") for one in found]
        people = [Entity("NARRATOR", "narrateur", tuple(role.span for role in roles))]
        yield Narrative(f"récit {number}", text, (), found, roles, people)


def test_many_narratives_are_quick(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, many(), pictures=False)
    assert max(coach.open() or work_of_opening(driver) for _ in range(2)) < 1500
    for selector in ("#next", '#rows [data-id="9"]', '#detail [data-key="accept"]', "#text .cue", "#undo"):
        assert min(work(driver, CLICKED, selector) for _ in range(2)) < 100, selector
    coach.click(".filters summary")
    coach.pick("#everywhere", "all")
    coach.click("#accept-all")
    assert coach.status == "Décisions prises d’un coup : 10000"


CLICKED = "document.querySelector(arguments[0]).click(); document.body.offsetHeight;"


def test_one_long_account_is_quick(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, many(1, 5000))
    assert max(coach.open() or work_of_opening(driver) for _ in range(2)) < 1500
    for selector in ('#rows [data-id="9"]', '#detail [data-key="accept"]', '#detail [data-key="reject"]', "#text .cue", "#undo"):
        assert min(work(driver, CLICKED, selector) for _ in range(3)) < 100, selector
    coach.press("p")  # the last
    assert coach.one("#text .chosen").is_displayed()


def test_words_are_found_in_every_block_of_a_long_account(driver, tmp_path):
    lines = [f"Ligne {number} : 😀 j’avais peur du loup numéro {number}.\n\n" for number in range(300)]
    text = "".join(lines)
    crossing = len("".join(lines[:150]))
    coach = Coach.at(driver, tmp_path, [Narrative("long", text, (), [felt(1, 100, crossing)])])
    blocks = coach.all("#text > .block")
    assert len(blocks) > 5
    assert driver.execute_script("return document.getElementById('text').textContent") == text
    assert all(
        driver.execute_script("return [...document.querySelectorAll('.block')].slice(1).map((b) => b.textContent.startsWith('Ligne'))")
    )
    for words in ("loup numéro 299", "loup numéro 3.", "numéro 140.\n\nLigne 141", "numéro 24.\n\nLigne 25 : 😀"):
        coach.select(words)
        coach.click('#menu [data-what="behavior"]')
    spans = [one["value"]["span"] for one in coach.decisions()]
    assert [text[slice(*span)] for span in spans] == [
        "loup numéro 299", "loup numéro 3.", "numéro 140.\n\nLigne 141", "numéro 24.\n\nLigne 25 : 😀"]  # fmt: skip
    ends = driver.execute_script("""
      const [last, first] = [document.querySelector('.block:nth-child(2)'), document.querySelector('.block')];
      getSelection().setBaseAndExtent(first, first.childNodes.length, last, last.childNodes.length);
      document.getElementById('text').dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));
      return [first.dataset.end, last.dataset.end].map(Number)""")
    coach.wait("return !document.getElementById('menu').hidden")
    coach.click('#menu [data-what="thinking"]')
    assert coach.decisions()[-1]["value"]["span"] == [ends[0], len(text[: ends[1]].rstrip())]


@pytest.mark.parametrize(("mentions", "blocks"), [(900, 1), (1100, 6)])
def test_a_line_is_cut_only_where_it_is_endless_and_a_sign_says_so(driver, tmp_path, mentions, blocks):
    coach = Coach.at(driver, tmp_path, many(1, mentions))  # one line, of 21 characters a mention
    assert len(coach.all("#text > .block")) == blocks and len(coach.all("#text > .goes-on")) == blocks - 1
    assert driver.execute_script("return document.getElementById('text').textContent") == "J’avais peur de lui. " * mentions
    for selector in ('#rows [data-id="9"]', '#detail [data-key="accept"]', '#detail [data-key="reject"]', "#text .cue", "#undo"):
        assert min(work(driver, CLICKED, selector) for _ in range(3)) < 100, selector


def test_a_question_that_is_answered_goes(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    asked = "return [...document.querySelectorAll('#question-list li')].map((row) => row.textContent)"
    before = driver.execute_script(asked)
    coach.choose(4)
    coach.select("honte de son retard")
    coach.click('#menu [data-what="cause"]')
    assert driver.execute_script(asked) == before[1:]
    coach.select("raté le train")
    coach.click('#menu [data-what="behavior"]')
    assert driver.execute_script(asked) == before[2:]
    coach.click("#undo"), coach.click("#undo")
    assert driver.execute_script(asked) == before


def test_questions_follow_what_is_changed_and_added(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    asked = "return [...document.querySelectorAll('#question-list li')].map((row) => row.textContent.replace(/\u00a0/g, ' '))"
    assert driver.execute_script(asked)[0].startswith("Chagrin (« pleurait »)")
    coach.choose(4)
    coach.click('#detail [data-key="emotion"]')
    coach.search("terreur")
    assert driver.execute_script(asked)[0].startswith("Terreur (« pleurait »)")
    coach.select("fait attendre")
    coach.click('#menu [data-what="mention"]')
    coach.search("agacement")
    mine = [row.split("»")[-1].strip() for row in driver.execute_script(asked) if "fait attendre" in row]
    assert mine == [") : Ressenti n’a pas trouvé de cause. D’où vient cette émotion ?", ") : qui la ressent ?"]
    coach.select("frère")
    coach.click('#menu [data-what="cause"]')
    assert sum("fait attendre" in row for row in driver.execute_script(asked)) == 1
    for _ in range(3):
        assert not any("n’a pas trouvé de ressenti" in row for row in driver.execute_script(asked))
        number = next(n for n in range(3) if "is-open" in coach.all("#component-list li")[n].get_attribute("class"))
        coach.click(f'#component-list [data-key="part-no-{number}"]')
    assert any("n’a pas trouvé de ressenti" in row for row in driver.execute_script(asked))


def test_undo_shows_the_narrative_that_it_is_about(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train", "repas"))
    coach.press("n", "r", "N")
    coach.click("#undo")
    assert coach.one("#narrative").get_attribute("value") == "0"
    assert not coach.all("#rows .is-rejected")


def test_a_long_account(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, many(1, 1000))
    assert len(coach.all("#rows .row")) == 200
    coach.press("p")  # the last
    assert coach.one('#rows [aria-current="true"]').get_attribute("data-id") == "1000"
    assert coach.one("#text .chosen").is_displayed()
    before = driver.execute_script("return window.kept = [...document.querySelectorAll('#text span')]")
    coach.press("r")
    assert coach.one("#text .is-rejected").text == "peur"
    gone = driver.execute_script("return kept.filter((node) => !node.isConnected).length")
    assert 0 < gone < 8 < len(before)  # only what differs is drawn anew
    assert driver.execute_script("return document.getElementById('text').textContent") == "J’avais peur de lui. " * 1000


def test_the_next_account_is_read_from_its_beginning(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, many(2, 400), pictures=False)
    scrolled = "return document.getElementById('text').scrollTop"
    driver.execute_script("document.getElementById('text').scrollTop = 500")
    assert driver.execute_script(scrolled) == 500
    coach.click("#next")
    assert driver.execute_script(scrolled) == 0


def test_words_are_selected_by_dragging(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    start, end = coach.all("#text .cue")[:2]
    drag = ActionChains(driver).move_to_element_with_offset(start, -start.size["width"] // 2 + 1, 4).click_and_hold()
    drag.move_to_element_with_offset(end, end.size["width"] // 2 - 60, 4).release().perform()
    coach.wait("return !document.getElementById('menu').hidden")
    coach.click('#menu [data-what="behavior"]')
    (added,) = coach.decisions()
    assert added["value"]["component"] == "behavior" and added["value"]["span"][0] == 5
    assert 49 <= added["value"]["span"][1] <= 57


def test_the_pictures_speak_plain_french(driver, tmp_path):
    (narrative,) = examples("train")
    coach = Coach.at(driver, tmp_path, [replace(narrative, id="récit-1"), next(many(1, 130))])
    coach.press("n", "a")  # drawn anew, too
    drawn = "return [...document.querySelectorAll('#graph text, #trajectory text')].map((one) => one.textContent)"
    words = driver.execute_script(drawn)
    assert "Qui ressent quoi\u00a0: «\u00a0récit-1\u00a0»" in words and {"agrément", "agitation"} <= set(words)
    assert not {"valence", "activation"} & set(words)
    coach.click("#next")
    assert any(text.startswith("130 émotions, regroupées") for text in driver.execute_script(drawn))


def test_questions():
    asked = questions(Telling(examples("train")[0]), Texts("fr"))
    assert [(question.text.split("\u00a0")[0], question.mentions) for question in asked] == [
        ("Chagrin («", (4,)),
        ("Ressenti n’a pas trouvé ce qui a été fait. Que s’est-il passé, qu’a fait la personne", ()),
        ("Ressenti n’a pas trouvé ce que la personne a pensé. Que s’est-elle dit", ()),
        ("Fureur («", (1, 2, 3)),  # what the narrator calls so, before what only suggests it
    ]
    nobody = Narrative("un", "Quelle peur ! Quelle haine !", (), [felt(1, 7, 11), felt(2, 21, 26, "hate")])
    nobody = questions(Telling(nobody), Texts("en"))
    assert [question.text.split(":")[-1].strip() for question in nobody][:2] == ["who feels it?"] * 2
    told = Narrative("deux", "Une voiture.", [Component("territory", (0, 12), "rule:x")])
    assert questions(Telling(told), Texts("en"))[0].text == "“Une voiture.”: whose territory is it?"


def test_both_languages_have_the_same_words():
    french, english = load_texts("fr", WORDING), load_texts("en", WORDING)
    holes = re.compile(r"\{\w+\}")
    assert [key for key in french if sorted(holes.findall(french[key])) != sorted(holes.findall(english[key]))] == []


def rules_that_fire():
    """The sources that a mention or a role may have: those of the rules, and those that code makes."""
    made = re.findall(r'"(rule:[a-z-]+)"', Path(links.__file__).read_text(encoding="utf-8"))
    return sorted({*made, *(f"rule:{rule.id}" for rule in load_rules())})


def test_every_rule_has_its_reason_in_french():
    sources = rules_that_fire()
    said = rule_data(sources, Texts("fr"))
    assert [source for source in sources if source not in said] == []
    english = re.compile(r"\b(?:the|of|is|one|who|whom|somebody|something|feels|noun|clause|verb|its|and|with|where)\b", re.IGNORECASE)
    assert {source: text for source, text in said.items() if english.search(text)} == {}
    assert all(text.endswith(".") and not re.search(r"[«»']", text) for text in said.values())  # no words of another account


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("J'avais la boule au ventre.", "C’est un adjectif ou une expression qui dit ce qu’on ressent."),
        ("Quel soulagement, j'ai eu un immense soulagement.", "C’est un nom qui dit ce qu’on ressent."),
        ("J'avais les chocottes.", "C’est un verbe ou une expression qui dit ce que quelqu’un ressent."),
    ],
)
def test_a_reason_says_what_kind_of_words_were_found(annotator, text, said):
    source = annotator(text).mentions[-1].source
    assert rule_data([source], Texts("fr")) == {source: said}


def test_what_denies_the_words_is_shown_with_them(annotator, driver, tmp_path):
    coach = Coach.at(driver, tmp_path, [annotator("Je n’en peux plus.")])
    coach.choose(1)
    assert coach.one("#rows q").text == coach.one("#detail q").text == "n’en peux plus"
    assert coach.one("#text .chosen").text == "en peux"  # the cue stays


def test_what_a_sign_takes_from_the_account_around_it_is_told(annotator):
    narrative = annotator("Je lui en voulais terriblement. En sortant, j’avais le cœur gros.")
    told, sign = narrative.mentions
    assert (told.emotion, sign.emotion, alone(narrative)) == ("resentment", "resentment", {sign.id: "sorrow"})


def test_json_cannot_leave_its_element():
    value = {"a": HOSTILE + "\ud800"}
    text = escaped(value)
    assert json.loads(text) == value and "<" not in text and text.isprintable()


def test_the_digest_is_that_of_the_text():
    assert text_sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_the_page_is_complete():
    html = "".join(page(examples("train")))
    assert html.count("<script") == html.count("</script>") and "{{" not in html.split("<script>")[0]

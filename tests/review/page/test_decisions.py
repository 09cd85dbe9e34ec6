"""Every decision, by mouse and by keyboard, as it is saved."""

import pytest
from selenium.webdriver.common.keys import Keys

from ressenti.review.page.data import left_out_data, term_data
from review.page.coach import ROOT, Coach, examples

FURIOUS = {
    "mention": 2, "cue": [[49, 57]], "emotion": "fury", "mode": "labelled", "status": "affirmed", "intensity": "high", "time": "past",
    "source": "rule:adjective-target", "confidence": 0.93,
}  # fmt: skip
BROTHER = {"entity": "E1", "mentions": [[34, 39], [65, 68], [78, 80], [104, 106], [117, 119], [135, 138], [153, 155]]}
NARRATOR = {"entity": "NARRATOR", "mentions": [[0, 2], [30, 33], [41, 43], [81, 83], [170, 172]]}


@pytest.fixture
def coach(driver, tmp_path):
    return Coach.at(driver, tmp_path, examples("train"))


def by_keyboard(coach, *keys):
    """Go to the second mention by keys alone, and then press these."""
    coach.press("n", "n", *keys)


@pytest.mark.parametrize(
    ("clicked", "keys", "expected"),
    [
        ("accept", "a", {"action": "accept"}),
        ("reject", "r", {"action": "reject"}),
    ],
)
def test_accept_and_reject(coach, clicked, keys, expected):
    wanted = [{"about": "mention", "was": FURIOUS, **expected}]
    coach.choose(2)
    coach.click(f'#detail [data-key="{clicked}"]')
    assert coach.decisions() == wanted
    coach.open()
    by_keyboard(coach, keys)
    assert coach.decisions() == wanted
    assert coach.status


@pytest.mark.parametrize(
    ("field", "value", "keys"),
    [("mode", "suggested", "mmm"), ("status", "hypothetical", "ss"), ("intensity", "medium", "ii"), ("time", "habitual", "ddd")],
)
def test_change_how_it_is_told(coach, field, value, keys):
    coach.choose(2)
    coach.pick(f'#detail [data-key="{field}"]', value)
    assert coach.decisions() == [{"about": "mention", "action": "change", "was": FURIOUS, "value": {field: value}}]
    coach.open()
    by_keyboard(coach, *keys)
    assert coach.decisions()[-1]["value"] == {field: value}


@pytest.mark.parametrize(("flag", "key"), [("question", "q"), ("wish", "v")])
def test_what_is_asked_or_wished_for(coach, flag, key):
    coach.choose(2)
    coach.click(f'#detail [data-key="{flag}"]')
    wanted = {"about": "mention", "action": "change", "was": FURIOUS, "value": {flag: True}}
    assert coach.decisions() == [wanted]
    assert coach.one(f'#detail [data-key="{flag}"]').is_selected()
    coach.hold(Keys.CONTROL, "z")
    assert not coach.one(f'#detail [data-key="{flag}"]').is_selected()
    coach.open()
    by_keyboard(coach, key, key)
    assert coach.decisions() == [wanted, {**wanted, "was": {**FURIOUS, flag: True}, "value": {flag: False}}]


def test_a_time_where_none_was_found(driver, tmp_path):
    (narrative,) = examples("train")
    del narrative.mentions[1].extra["time"]
    coach = Coach.at(driver, tmp_path, [narrative])
    coach.choose(2)
    assert coach.one('#detail [data-key="time"] option:checked').text == "pas précisé"
    coach.press("d")
    was = {key: value for key, value in FURIOUS.items() if key != "time"}
    assert coach.decisions() == [{"about": "mention", "action": "change", "was": was, "value": {"time": "past"}}]


def test_change_the_emotion(coach):
    wanted = [{"about": "mention", "action": "change", "was": FURIOUS, "value": {"emotion": "fear"}}]
    coach.choose(2)
    coach.click('#detail [data-key="emotion"]')
    coach.one("#search").send_keys("trouille")
    assert "trouille" in coach.one("#options").text  # by which word it was found
    coach.click("#options li")
    assert coach.decisions() == wanted
    assert coach.one("#detail .why").text.split("\n")[1] == "Ressenti avait trouvé « fureur » :"  # the reason is that of what was found
    coach.open()
    by_keyboard(coach, "e")
    coach.search("peur")
    assert coach.decisions() == wanted
    assert "peur" in coach.one("#text .chosen").get_attribute("data-label")


def test_the_tree_by_arrows(coach):
    by_keyboard(coach, "e")
    assert coach.one('#options [aria-selected="true"]').text == "Fureur"
    coach.press(Keys.HOME, Keys.ARROW_RIGHT)
    assert coach.one('#options [aria-selected="true"]').text == "Joie"
    assert coach.one("#definition").text.startswith("Joie")
    coach.press(Keys.ARROW_DOWN, Keys.ENTER)
    assert coach.decisions()[0]["value"]["emotion"] != "joy"


@pytest.mark.parametrize("word", ["TROUILLE", "colere", "sœur", "love", "xyzzy"])
def test_search(coach, word):
    by_keyboard(coach, "e")
    coach.one("#search").send_keys(word)
    first = [row.text for row in coach.all("#options li .name")[:1]]
    assert first == {"TROUILLE": ["Peur"], "colere": ["Colère"], "love": ["Amour"]}.get(word, [])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("soulagée", "Soulagement"), ("déçues", "Déception"), ("rassurée", "Soulagement"), ("émue", "Attendrissement"),
        ("blessée", "Blessure"),
        ("dégoûtés", "Dégoût"), ("perdue", "Insécurité"), ("furieuse", "Fureur"), ("vexée", "Blessure"), ("en colère", "Colère"),
        ("mal à l’aise", "Malaise"), ("angoisses", "Anxiété"), ("ennui", ""), ("gratitude", ""), ("injustice", "Indignation"),
    ],
)  # fmt: skip
def test_words_are_found_as_they_are_said(coach, typed, first):
    by_keyboard(coach, "e")
    coach.one("#search").send_keys(typed)
    assert [row.text for row in coach.all("#options li .name")[:1]] == ([first] if first else [])
    said = coach.one("#found").text
    assert "Rien à ce nom" not in said and said.startswith("Émotions") == (typed not in ("ennui", "gratitude", "injustice")), said


def test_what_is_left_out_on_purpose_is_not_found_and_is_told():
    known = {word for terms in term_data().values() for word in terms.split("|")}
    guide = (ROOT / "docs/ce-que-l-outil-ne-voit-pas.md").read_text(encoding="utf-8").lower()
    for left in left_out_data("fr"):
        words = left["words"].split("|")
        assert known.isdisjoint(words[:2]) and words[0] in guide, words
        assert left["said"].endswith(":" if left["nearest"] else ".")


def test_comment(coach):
    by_keyboard(coach, "c")
    coach.press("ironique ?", Keys.TAB)
    assert coach.decisions() == [{"about": "mention", "action": "comment", "was": FURIOUS, "comment": "ironique ?"}]
    coach.one("#comment").send_keys("à revoir", Keys.TAB)
    coach.click("#done")
    saved = coach.save()["narratives"][0]
    assert (saved["comment"], saved["done"]) == ("à revoir", True)


@pytest.mark.parametrize(("role", "entity"), [("experiencer", "E1"), ("cause", None), ("target", "E1"), ("consequence", None)])
def test_add_a_role(coach, role, entity):
    value = {"mention": 2, "cue": [[49, 57]], "emotion": "fury", "role": role, "span": [30, 39], "entity": entity}
    if role in ("experiencer", "target"):
        value["entity"] = "NARRATOR"  # « mon » is hers: the first that stands in the words
    coach.choose(2)
    coach.select("mon frère")
    coach.click(f'#menu [data-what="{role}"]')
    assert coach.decisions() == [{"about": "role", "action": "add", "value": value}]


def test_add_a_mention_and_its_role_by_keyboard(coach):
    coach.press("t", *[Keys.ARROW_RIGHT] * 7)  # « J’ ai raté le train à cause »
    coach.hold(Keys.SHIFT, Keys.ARROW_RIGHT)
    coach.press(Keys.ENTER, Keys.ENTER)
    coach.search("agacement")
    added = coach.decisions()
    assert [(one["about"], one["action"], one["value"]["mention"], one["value"]["cue"]) for one in added] == [
        ("mention", "add", 7, [[27, 33]])
    ]
    coach.choose(7)
    coach.click("#caret")
    coach.press(Keys.HOME, Keys.ENTER, Keys.ARROW_DOWN, Keys.ENTER)
    role = coach.decisions()[1]
    assert (role["about"], role["value"]["role"], role["value"]["mention"], role["value"]["span"]) == ("role", "experiencer", 7, [0, 2])
    assert role["value"]["entity"] == "NARRATOR"


def test_change_the_words(coach):
    coach.choose(2)
    coach.select("furieuse contre lui")
    coach.click('#menu [data-what="cue"]')
    assert coach.decisions() == [{"about": "mention", "action": "change", "was": FURIOUS, "value": {"cue": [[49, 68]]}}]


def test_decide_on_roles_and_on_who_they_are(coach):
    coach.choose(2)
    was = {"mention": 2, "cue": [[49, 57]], "emotion": "fury", "role": "target", "span": [65, 68], "entity": "E1"}
    was |= {"source": "rule:adjective-target", "confidence": 0.86}
    rows = coach.all("#detail .roles li")
    number = next(n for n, row in enumerate(rows) if "envers" in row.text)
    rows[number].find_element("css selector", '[data-key^="role-no"]').click()
    coach.all("#detail .roles li")[number].find_element("css selector", '[data-key^="role-ok"]').click()
    select = coach.all("#detail .roles li")[number].find_element("css selector", "select").get_attribute("data-key")
    coach.pick(f'[data-key="{select}"]', "")
    assert coach.decisions() == [
        {"about": "role", "action": "reject", "was": was},
        {"about": "role", "action": "accept", "was": was},
        {"about": "role", "action": "change", "was": was, "value": {"entity": None}},
    ]


def test_components(coach):
    coach.click('#component-list [data-key="part-no-0"]')
    coach.select("raté le train")
    coach.click('#menu [data-what="behavior"]')
    assert coach.decisions() == [
        {
            "about": "component",
            "action": "reject",
            "was": {"component": "feeling", "span": [41, 103], "source": "rule:component-emotion-named"},
        },
        {"about": "component", "action": "add", "value": {"component": "behavior", "span": [5, 18]}},
    ]


@pytest.mark.parametrize("keys", [None, [Keys.ARROW_DOWN, Keys.ARROW_DOWN]])
def test_a_component_of_another_kind(coach, keys):
    kind = '#component-list [data-key="part-kind-0"]'
    was = {"component": "feeling", "span": [41, 103], "source": "rule:component-emotion-named"}
    if keys is None:
        coach.pick(kind, "territory")
    else:
        coach.one(kind).send_keys(*keys)
    assert coach.decisions()[-1]["value"] == {"component": "territory"}
    assert coach.decisions()[0]["was"] == was
    shown = {part.find_element("css selector", "h3").text: part.text for part in coach.all("#component-list section")}
    assert "J’étais furieuse" in shown["Territoire"] and "J’étais furieuse" not in shown["Ressenti"]
    while coach.status != "Rien à annuler":
        coach.click("#undo")
    assert coach.decisions() == []


def test_join_characters(coach):
    for box in coach.all('#people-list input[type="checkbox"]'):
        box.send_keys(Keys.SPACE)
    coach.one("#join").send_keys(Keys.ENTER)
    assert coach.decisions() == [{"about": "entity", "action": "join", "was": BROTHER, "value": NARRATOR}]
    assert len(coach.all("#people-list li")) == 1


def test_split_a_character(coach):
    coach.click('[data-key="split-E1"]')
    coach.all("#split-places input")[-1].send_keys(Keys.SPACE)
    coach.one("#split-name").send_keys("Paul", Keys.ENTER)
    value = {"entity": "E2", "mentions": [[153, 155]], "label": "Paul"}
    assert coach.decisions() == [{"about": "entity", "action": "split", "was": BROTHER, "value": value}]
    assert "Paul" in [name.get_attribute("value") for name in coach.all('#people-list input[type="text"]')]


def test_rename_a_character(coach):
    name = coach.one('[data-key="name-E1"]')
    name.clear()
    name.send_keys("Luc", Keys.TAB)
    assert coach.decisions() == [{"about": "entity", "action": "change", "was": BROTHER, "value": {"label": "Luc"}}]


def test_undo_and_redo(coach):
    by_keyboard(coach, "a", "r")
    coach.hold(Keys.CONTROL, "z")
    assert [one["action"] for one in coach.decisions()] == ["accept"]
    coach.click("#undo")
    assert coach.decisions() == []
    coach.hold(Keys.CONTROL, "y")
    coach.click("#redo")
    assert [one["action"] for one in coach.decisions()] == ["accept", "reject"]
    coach.click("#redo")
    assert coach.status == "Rien à rétablir"


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_undo_the_comment_and_the_end_of_a_narrative(coach, by):
    undo, redo = (lambda: coach.click("#undo"), lambda: coach.click("#redo"))
    if by == "keys":
        undo, redo = (lambda: coach.hold(Keys.CONTROL, "z"), lambda: coach.hold(Keys.CONTROL, "y"))
    coach.one("#comment").send_keys("à revoir", Keys.TAB)
    coach.click("#done") if by == "mouse" else coach.press("f")
    seen = []
    for step in (undo, undo, redo, redo):
        step()
        assert coach.status.startswith("Annulé" if step is undo else "Rétabli")
        seen.append((coach.one("#comment").get_attribute("value"), coach.one("#done").is_selected()))
    assert seen == [("à revoir", False), ("", False), ("à revoir", False), ("à revoir", True)]
    saved = coach.save()["narratives"][0]
    assert (saved["comment"], saved["done"]) == ("à revoir", True)
    coach.open()
    coach.one("#file").send_keys(str(coach.file))
    coach.wait("return document.getElementById('done').checked")
    coach.click("#undo"), coach.click("#undo")
    assert coach.save()["narratives"] == []


def test_spans_count_code_points(driver, tmp_path):
    from ressenti.schema import Narrative

    coach = Coach.at(driver, tmp_path, [Narrative("mot", "😀 Quelle 😀 trouille\u00a0!")])
    coach.select("trouille")
    coach.click('#menu [data-what="mention"]')
    coach.search("peur")
    assert coach.decisions()[0]["value"]["cue"] == [[11, 19]]
    coach.press("t", Keys.HOME, *[Keys.ARROW_RIGHT] * 3, Keys.ENTER)
    coach.click('#menu [data-what="cause"]')
    assert coach.decisions()[1]["value"]["span"] == [11, 19]

"""The page on which a third settles: in a browser, by keyboard and by mouse; what is saved goes on top of the two reviews."""

import json
from datetime import UTC, datetime

import pytest
from selenium.webdriver.common.keys import Keys

from ressenti.review.agreement.differences import differences
from ressenti.review.agreement.measures import measures
from ressenti.review.agreement.page import page
from ressenti.review.agreement.pairs import reviewed
from ressenti.review.agreement.report import report
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.read import reviews_of
from review.agreement.test_differences import N, marks, review
from review.browser import complaints, faults, requests
from review.page.coach import Coach

OURS = {"emotion", "role kind", "add", "no role", "other component", "join"}
THEIRS = {"reject", "cue", "new role", "no component", "split", "somebody's"}


@pytest.fixture
def files():
    return review(OURS, "Anne", 0), review(THEIRS, "<script>window.ran = 1</script>", 1)


@pytest.fixture
def both(files):
    return reviewed([N], *files).both


@pytest.fixture
def coach(driver, tmp_path, both):
    path = tmp_path / "agree.html"
    path.write_text("".join(page(both, ("Anne", "<script>window.ran = 1</script>"))), encoding="utf-8")
    requests(driver), complaints(driver)
    found = Coach(driver, path)
    yield found
    assert driver.execute_script("return window.ran") is None
    assert [url for url in requests(driver) if url not in ("about:blank", path.as_uri())] == []
    assert complaints(driver) == []


@pytest.mark.parametrize(("key", "side"), [("1", "one"), ("2", "other")])
def test_one_key_a_difference(coach, both, files, key, side):
    number = len(differences(both[0]).all)
    assert len(coach.all("#differences > li")) == number > 4
    for _ in range(number):
        coach.one("body").send_keys(key)
    assert len(coach.all("#differences .side[aria-pressed=true]")) == number
    data = coach.save()
    assert data["narratives"][0]["done"] is True
    third = reviews_of({**data, "reviewer": "Chloé"}, "third.json")
    assert marks(apply(N, [*files[0], *files[1], *third]).narrative) == marks(getattr(both[0], side))


def test_who_is_who_can_be_settled_otherwise_afterwards(coach, both, files):
    number = len(differences(both[0]).all)
    for key in "1" * number:
        coach.one("body").send_keys(key)
    for key in "p" * number + "2n" * number:  # a key decides and stays; then the next
        coach.one("body").send_keys(key)
    assert coach.one("#differences > li:first-child .context").text.count("\n") >= 2
    assert len(coach.all("#differences [data-key^=other-][aria-pressed=true]")) == number
    third = reviews_of({**coach.save(), "reviewer": "Chloé"}, "third.json")
    assert marks(apply(N, [*files[0], *files[1], *third]).narrative) == marks(both[0].other)


def test_another_emotion_undone_and_resumed(coach, both):
    first = next(n for n, d in enumerate(differences(both[0]).all) if d.about == "mention")
    coach.one("body").send_keys("n" * first + "e")
    coach.search("tristesse")
    assert coach.all(f"#difference-{first} .rest [aria-pressed=true]")
    saved = coach.save()
    decisions = saved["narratives"][0]["decisions"]
    assert (decisions[-1]["action"], decisions[-1]["value"]) == ("change", {"emotion": "sadness"})
    coach.one("body").send_keys(Keys.CONTROL, "z")
    assert not coach.all("[aria-pressed=true]")
    coach.open()
    coach.one("#file").send_keys(str(coach.file))
    coach.wait(f"return document.querySelector('#difference-{first} .rest [aria-pressed=true]')")


def test_a_clock_that_is_late_does_not_put_it_first(driver, tmp_path, both):
    path = tmp_path / "agree.html"
    after = datetime(2099, 1, 1, 12, tzinfo=UTC)
    path.write_text("".join(page(both, ("Anne", "Bob"), after=after)), encoding="utf-8")
    coach = Coach(driver, path)
    coach.one("body").send_keys("1")
    assert {d["time"] for d in coach.save()["narratives"][0]["decisions"]} == {"2099-01-01T12:00:01+00:00"}


def test_neither(coach, both):
    first = next(n for n, d in enumerate(differences(both[0]).all) if d.neither is not None)
    coach.click(f'[data-key="neither-{first}"]')
    assert {d["action"] for d in coach.decisions()} == {"reject"}


@pytest.mark.parametrize("width", [1300, 390])
def test_accessible(coach, axe, width):
    coach.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    coach.one("body").send_keys("1")
    assert faults(coach.driver, axe) == []
    assert coach.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1300, 390])
def test_the_report_is_accessible(driver, tmp_path, axe, files, width):
    found = reviewed([N], *files)
    path = tmp_path / "report.html"
    path.write_text(report(measures(found.both), found, ("Anne", "Bob"), 4), encoding="utf-8")
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    driver.get(path.as_uri())
    assert faults(driver, axe) == []
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_no_difference_is_no_narrative():
    (both,) = reviewed([N], review(set(), "Anne", 0), review(set(), "Bob", 1)).both
    html = "".join(page([both], ("Anne", "Bob")))
    assert json.loads(html.split('id="settings">')[1].split("</script>")[0])["narratives"] == []

"""Waiting at a page whose documents go and come."""

import pytest
from selenium.common.exceptions import JavascriptException

from review.waiting import click, enter, until_script

COMES_AND_GOES = """<!doctype html><iframe></iframe><ul></ul><script>
const frame = document.querySelector('iframe'), list = document.querySelector('ul'); let turn = 0;
const timer = setInterval(() => {
  turn += 1;
  list.innerHTML = '<li onclick="window.pressed = true">' + turn;
  if (turn % 2) frame.contentDocument.documentElement?.remove();
  else frame.srcdoc = '<p>' + turn + (turn > 20 ? '<script>document.documentElement.className = "ready"<\\/script>' : '');
  if (turn > 20 && turn % 2 === 0) clearInterval(timer);
}, 15);
</script>"""


@pytest.fixture
def page(driver, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(COMES_AND_GOES, encoding="utf-8")
    driver.get(path.as_uri())
    yield driver
    driver.switch_to.default_content()


def test_what_is_replaced_meanwhile_is_waited_for(page):
    enter(page, "return document.querySelector('iframe')")
    assert int(page.execute_script("return document.querySelector('p').firstChild.data")) > 20
    page.switch_to.default_content()
    click(page, "li")
    assert page.execute_script("return window.pressed")


def test_what_stays_wrong_is_told(page):
    with pytest.raises(AssertionError, match=r"not within 0\.1 s: return nothing") as told:
        until_script(page, "return nothing", 0.1)
    assert isinstance(told.value.__cause__, JavascriptException)

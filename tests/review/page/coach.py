"""A coach at the page: clicks, keys, and what is saved."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from ressenti.review.page.build import page
from ressenti.schema import Narrative
from review.waiting import click, downloaded, one, until_read, until_script

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "src/ressenti/review/decisions/decisions.schema.json").read_text(encoding="utf-8"))


def examples(*ids: str) -> list[Narrative]:
    """The annotated narratives of ``examples/`` with these ids, or all."""
    lines = (ROOT / "examples/narratives.jsonl").read_text(encoding="utf-8").splitlines()
    every = [Narrative.from_dict(json.loads(line)) for line in lines]
    return [narrative for narrative in every if not ids or narrative.id in ids]


class Coach:
    """Somebody at a page that is open in a browser."""

    def __init__(self, driver, path: Path) -> None:
        self.driver, self.path = driver, path
        self.open()

    @classmethod
    def at(cls, driver, folder: Path, narratives, **options) -> Coach:
        path = folder / "page.html"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(page(narratives, **options))
        return cls(driver, path)

    def open(self) -> None:
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.driver.get("about:blank")
        self._let_go()
        self.driver.get(self.path.as_uri())
        until_read(self.driver)

    def _let_go(self) -> None:
        """The page asks whether one wants to leave what is not saved."""
        from selenium.common.exceptions import NoAlertPresentException

        try:
            self.driver.switch_to.alert.accept()
        except NoAlertPresentException:
            return

    def one(self, selector: str):
        return one(self.driver, selector)

    def all(self, selector: str):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def click(self, selector: str) -> None:
        click(self.driver, selector)

    def pick(self, selector: str, value: str) -> None:
        Select(self.one(selector)).select_by_value(value)

    def press(self, *keys: str) -> None:
        """Keys, one after the other, to what has the focus."""
        chain = ActionChains(self.driver)
        for key in keys:
            chain.send_keys(key)
        chain.perform()

    def hold(self, modifier: str, key: str) -> None:
        ActionChains(self.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()

    def choose(self, mention: int) -> None:
        self.click(f'#rows [data-id="{mention}"]')

    def select(self, words: str, occurrence: int = 0) -> None:
        """Select words of the account with the mouse held down."""
        script = """
          const [words, nth, done] = arguments, text = document.getElementById('text');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), nodes = [];
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const all = nodes.map((n) => n.data).join(''); let at = -1;
          for (let i = 0; i <= nth; i += 1) at = all.indexOf(words, at + 1);
          const place = (offset, end) => { for (const n of nodes) {
              if (offset < n.data.length || (end && offset === n.data.length)) return [n, offset]; offset -= n.data.length; } };
          const [a, b] = [place(at, false), place(at + words.length, true)];
          text.scrollIntoView({block: 'start'}); getSelection().setBaseAndExtent(a[0], a[1], b[0], b[1]);
          text.dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));
          setTimeout(() => done(!document.getElementById('menu').hidden));  // the page opens its menu in a turn of its own too"""
        assert self.driver.execute_async_script(script, words, occurrence), f"no menu for {words}"

    def wait(self, script: str):
        return until_script(self.driver, script)

    def search(self, words: str) -> None:
        """In the dialog of the tree: type, and take the first."""
        self.one("#search").send_keys(words, Keys.ENTER)

    def save(self) -> dict:
        """Save; the file, read, valid against the schema."""
        name = self.one("#reviewer")
        if not name.get_attribute("value"):
            name.send_keys("Anne", Keys.TAB)
        with downloaded(self.driver, "*.json") as files:
            self.click("#save")
        (self.file,) = files
        data = json.loads(self.file.read_text(encoding="utf-8"))
        Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(data)
        return data

    def decisions(self, number: int = 0) -> list[dict]:
        """The decisions saved, without their times."""
        found = self.save()["narratives"]
        return [{key: value for key, value in one.items() if key != "time"} for one in found[number]["decisions"]] if found else []

    @property
    def status(self) -> str:
        return self.one("#status").text

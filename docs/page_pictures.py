"""Make docs/page-du-coach*.png, the page on which a coach decides, and docs/resume-entretien.png, the sheet for the meeting.

The page is shown on a screen, on a telephone, enlarged, and on paper.

Needs chromium, its driver, and pdftoppm (poppler-utils).

python docs/page_pictures.py
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

DOCS = Path(__file__).parent
NARRATIVE = "repas"
SCREEN, PHONE = (1280, 1097), (390, 844)


def browser() -> Any:
    """A browser without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--allow-file-access-from-files"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=shutil.which("chromedriver")))


def sized(driver: Any, size: tuple[int, int]) -> None:
    """Give the window a size, to the pixel."""
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    time.sleep(0.5)  # the pictures are drawn anew


def decide(driver: Any) -> None:
    """One emotion rejected, one accepted, and a third chosen."""
    driver.find_element(By.ID, "reviewer").send_keys("Anne")
    for number, key in ((0, "r"), (1, "a"), (2, "")):
        cues(driver)[number].click()
        driver.execute_script("document.activeElement.blur()")
        if key:
            driver.find_element(By.TAG_NAME, "body").send_keys(key)
    driver.execute_script("scrollTo(0, 0)")
    time.sleep(0.5)  # what is lit fades in


def decide_more(driver: Any, narrative: dict[str, Any], folder: Path) -> None:
    """Take up a file of decisions: one emotion rejected, one changed, and one added."""
    rejected, denied = narrative["mentions"][0], next(one for one in narrative["mentions"] if one["status"] == "negated")
    was = ("cue", "emotion", "mode", "status", "intensity")
    named = [{"mention": one["id"]} | {name: one[name] for name in was} for one in (rejected, denied)]
    added = {"mention": 99, "cue": [[0, 8]], "emotion": "embarrassment"}
    who = added | {"role": "experiencer", "span": [46, 48], "entity": "NARRATOR"}
    decisions = [
        {"about": "mention", "action": "reject", "was": named[0]},
        {"about": "mention", "action": "change", "was": named[1], "value": {"emotion": "annoyance"}},
        {"about": "mention", "action": "add", "value": added | {"mode": "suggested"}},
        {"about": "role", "action": "add", "value": who},
    ]
    item = {
        "id": narrative["id"], "text_sha256": sha256(narrative["text"].encode()).hexdigest(), "length": len(narrative["text"]),
        "done": False, "decisions": [{"time": "2026-11-28T10:00:00+01:00", **one} for one in decisions],
    }  # fmt: skip
    file = folder / "decisions.json"
    file.write_text(json.dumps({"format": "ressenti-decisions", "version": 1, "reviewer": "Anne", "narratives": [item]}), "utf-8")
    driver.find_element(By.ID, "file").send_keys(str(file))
    driver.switch_to.alert.accept()  # what was decided before goes
    time.sleep(0.5)


def cues(driver: Any) -> list[WebElement]:
    """The marked words of the account."""
    found: list[WebElement] = driver.find_elements(By.CSS_SELECTOR, "#text .cue")
    return found


def printed(driver: Any, folder: Path) -> None:
    """The first two pages on paper, side by side."""
    pdf = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.69})["data"]
    (folder / "page.pdf").write_bytes(base64.b64decode(pdf))
    subprocess.run(["pdftoppm", "-r", "65", "-l", "2", "-png", "page.pdf", "sheet"], cwd=folder, check=True)  # noqa: S607
    sheets = "".join(f'<img src="{file.as_uri()}" style="display:block">' for file in sorted(folder.glob("sheet*.png")))
    (folder / "sheets.html").write_text(f'<body style="margin:0;display:flex;gap:16px;background:#999;width:max-content">{sheets}', "utf-8")
    driver.get((folder / "sheets.html").as_uri())
    size = driver.execute_script("const {width, height} = document.body.getBoundingClientRect(); return [width, height]")
    sized(driver, (round(size[0]), round(size[1])))
    driver.save_screenshot(str(DOCS / "page-du-coach-print.png"))


def sheet(driver: Any, folder: Path) -> None:
    """The sheet of an account that nobody has reviewed."""
    account = DOCS.parent / "examples" / "orage.txt"
    subprocess.run([sys.executable, "-m", "ressenti", "review", "summary", account, "-o", folder / "resume.html"], check=True)  # noqa: S603
    driver.get((folder / "resume.html").as_uri())
    pdf = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})["data"]
    (folder / "resume.pdf").write_bytes(base64.b64decode(pdf))
    subprocess.run(["pdftoppm", "-r", "80", "-singlefile", "-png", "resume.pdf", DOCS / "resume-entretien"], cwd=folder, check=True)  # noqa: S607, S603


def main() -> None:
    """Make the page, decide, and take the pictures."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        narratives = DOCS.parent / "examples" / "narratives.jsonl"
        order = [json.loads(line) for line in narratives.read_text(encoding="utf-8").splitlines()]
        number = next(k for k, one in enumerate(order) if one["id"] == NARRATIVE)
        subprocess.run([sys.executable, "-m", "ressenti", "review", "page", narratives, "-o", folder / "page.html"], check=True)  # noqa: S603
        driver = browser()
        try:
            sized(driver, SCREEN)
            driver.get((folder / "page.html").as_uri())
            Select(driver.find_element(By.ID, "narrative")).select_by_value(str(number))
            time.sleep(1)
            decide(driver)
            driver.save_screenshot(str(DOCS / "page-du-coach.png"))
            sized(driver, PHONE)
            driver.execute_script("document.getElementById('text').scrollIntoView()")
            time.sleep(0.5)
            driver.save_screenshot(str(DOCS / "page-du-coach-phone.png"))
            sized(driver, SCREEN)
            driver.execute_script("scrollTo(0, 0)")
            decide_more(driver, order[number], folder)
            large = driver.find_element(By.CSS_SELECTOR, ".enlarge")
            large.click()
            time.sleep(0.5)
            driver.find_element(By.CSS_SELECTOR, "#graph svg").screenshot(str(DOCS / "page-du-coach-decide.png"))
            large.click()
            printed(driver, folder)
            sheet(driver, folder)
        finally:
            driver.quit()


if __name__ == "__main__":
    main()

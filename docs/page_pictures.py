"""Make docs/page-du-coach*.png: the page on which a coach decides, on a screen, on a telephone, enlarged, and on paper.

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
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

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


def decide_more(driver: Any) -> None:
    """One emotion changed, and one added."""
    driver.execute_script(
        """
        const denied = [...view().byId.values()].find(({ status }) => status === "negated");
        decideHere({ about: "mention", action: "change", was: wasMention(denied), value: { emotion: "annoyance" } }, "", denied.id);
        const mention = Math.max(...view().byId.keys()) + 1;
        const added = { mention, cue: [[0, 8]], emotion: "embarrassment", mode: "suggested", status: "affirmed", intensity: "medium" };
        decideHere({ about: "mention", action: "add", value: added }, "");
        const who = { mention, cue: added.cue, emotion: added.emotion, role: "experiencer", span: [10, 13], entity: "NARRATOR" };
        decideHere({ about: "role", action: "add", value: who }, "", mention);
        """
    )


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
            driver.execute_script(f"openNarrative({number})")
            time.sleep(1)
            decide(driver)
            driver.save_screenshot(str(DOCS / "page-du-coach.png"))
            sized(driver, PHONE)
            driver.execute_script("scrollTo(0, 0)")
            time.sleep(0.5)
            driver.save_screenshot(str(DOCS / "page-du-coach-phone.png"))
            sized(driver, SCREEN)
            decide_more(driver)
            driver.execute_script("choose(null); enlarge(document.querySelector('.enlarge'), true)")
            time.sleep(0.5)
            driver.find_element(By.CSS_SELECTOR, "#graph svg").screenshot(str(DOCS / "page-du-coach-decide.png"))
            driver.execute_script("enlarge(document.querySelector('.enlarge'), false)")
            printed(driver, folder)
        finally:
            driver.quit()


if __name__ == "__main__":
    main()

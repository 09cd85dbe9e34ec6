"""Make docs/app.png and docs/app-recit.png: the application as a coach sees it. Needs chromium and its driver.

python docs/app_pictures.py
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By

import ressenti
from ressenti.review.app.desk import Desk
from ressenti.review.app.server import App

DOCS = Path(__file__).parent
WIDTH, HEIGHT = 1300, 860
LONGEST = 120.0
TRANSCRIPT = """COACH : Que s’est-il passé lundi ?
ANNE : Mon frère a raconté ma séparation devant tout le monde. J’étais furieuse contre lui, et j’avais honte devant ma mère.
COACH : Vous étiez triste aussi ?
ANNE : Non, je n’étais pas triste. J’ai eu peur de leur regard. Ma mère, elle, était inquiète pour moi.
COACH : Et le lendemain ?
ANNE : Il m’a appelée. J’étais soulagée qu’il s’excuse.
"""
"""Made up for the picture."""


def until(action: Callable[[], object]) -> None:
    """Do something again until it gives something true; a browser that is not so far refuses it."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            if action():
                return
        except WebDriverException:
            pass
        time.sleep(0.2)
    raise SystemExit("the browser did not come so far")


def main() -> None:
    """Start the application and a browser, and take the two pictures."""
    work = Desk(ressenti.load)
    work.start()
    server = App(work)
    threading.Thread(target=server.run, daemon=True).start()
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=shutil.which("chromedriver")))

    def click(selector: str) -> bool:
        driver.find_element(By.CSS_SELECTOR, selector).click()
        return True

    def entered() -> bool:
        driver.switch_to.default_content()
        driver.switch_to.frame(driver.find_element(By.CSS_SELECTOR, "iframe:not([hidden])"))
        return bool(driver.execute_script("return document.documentElement.classList.contains('ready')"))

    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        )
        driver.get(server.link)
        until(lambda: driver.execute_script("return document.getElementById('getting-ready').hidden"))
        driver.execute_script("document.activeElement.blur()")
        driver.save_screenshot(str(DOCS / "app.png"))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "séance-3.txt"
            file.write_text(TRANSCRIPT, encoding="utf-8")
            driver.find_element(By.ID, "file").send_keys(str(file))
            until(entered)
        until(lambda: click("#text .cue"))
        time.sleep(0.5)  # what is lit fades in
        driver.save_screenshot(str(DOCS / "app-recit.png"))
    finally:
        driver.quit()
        server.shutdown()


if __name__ == "__main__":
    main()

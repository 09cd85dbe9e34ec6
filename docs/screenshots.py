"""Make the pictures of what stands in a browser: docs/evaluate.png and docs/ontology-pages.png. Needs chromium and its driver.

python docs/screenshots.py [evaluate|ontology-pages] [OUTPUT]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "benchmarks" / "gold" / "extra-e.jsonl"
WIDTH, HEIGHT = 1000, 760


def _ressenti(*words: str | Path, folder: Path) -> None:
    # 1: some inputs failed, or errors were found, which is what such a report is for
    done = subprocess.run([sys.executable, "-m", "ressenti", *map(str, words)], cwd=folder, capture_output=True, check=False)  # noqa: S603
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode())


def evaluate(folder: Path) -> str:
    """The report of a gold set: where to look."""
    _ressenti("annotate", GOLD, "-o", "system.jsonl", folder=folder)
    _ressenti("evaluate", GOLD, "system.jsonl", "--html", "report.html", folder=folder)
    return (folder / "report.html").as_uri()


def ontology_pages(folder: Path) -> str:
    """The ontology's pages, where shame is."""
    _ressenti("ontology", "build", "-o", "tone", folder=folder)
    _ressenti("ontology", "docs", "-o", "tone", folder=folder)
    return (folder / "tone" / "index.en.html").as_uri() + "#Shame"


def picture(address: str) -> bytes:
    """What a browser shows there, as PNG."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=shutil.which("chromedriver")))
    try:
        sizes = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)
        driver.get(address)
        for _ in range(2):  # what is drawn on the way moves what lies below
            driver.execute_script("document.querySelector(location.hash || 'body').scrollIntoView({behavior: 'instant'})")
            time.sleep(0.5)
        return driver.get_screenshot_as_png()
    finally:
        driver.quit()


PICTURES = {"evaluate": evaluate, "ontology-pages": ontology_pages}

if __name__ == "__main__":
    for name in sys.argv[1:2] or PICTURES:
        with tempfile.TemporaryDirectory() as place:
            shown = picture(PICTURES[name](Path(place)))
        target = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / f"{name}.png"
        target.write_bytes(shown)

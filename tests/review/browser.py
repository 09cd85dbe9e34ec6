"""A real browser for the tests of pages: chromium, driven through Debian's chromedriver by selenium.

Everything a page asks of the network is counted: the driver's log of requests is on, and no proxy or extension stands between.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


def missing() -> str | None:
    """What lacks for a browser to be driven, None where all is there."""
    if CHROMIUM is None or DRIVER is None:
        return "chromium and chromium-driver are not installed"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "selenium is not installed"
    return None


@contextmanager
def browser(downloads: Path, width: int = 1300, height: int = 900) -> Iterator[object]:
    """A headless browser of its own, closed at the end; what it downloads lands in ``downloads``."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},{height}"):
        options.add_argument(argument)
    options.add_argument("--disable-background-networking")
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads), "download.prompt_for_download": False})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def requests(driver) -> list[str]:
    """The addresses that were asked for since the last call; ``data:`` and ``blob:`` are none of the network's."""
    found = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return [url for url in found if not url.startswith(("data:", "blob:", "chrome:", "devtools:"))]


def complaints(driver) -> list[str]:
    """What the console says: errors of scripts, and what the page's policy refused."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    """A browser for the whole run; skipped with its reason where there is none, a failure where ``RESSENTI_BROWSER`` is set."""
    if reason := missing():
        (pytest.fail if os.environ.get("RESSENTI_BROWSER") else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("downloads")
    with browser(folder) as found:
        found.downloads = folder
        yield found


AXE = "axe-core@4.14.1"


@pytest.fixture(scope="session")
def axe(tmp_path_factory) -> str:
    """The source of axe-core, which finds faults of accessibility: the file that ``AXE_CORE`` names, else from npm."""
    if named := os.environ.get("AXE_CORE"):
        return Path(named).read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("axe")
    try:
        subprocess.run(["npm", "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True, timeout=120)
    except (OSError, subprocess.SubprocessError):
        (pytest.fail if os.environ.get("RESSENTI_BROWSER") else pytest.skip)(f"{AXE} cannot be had from npm")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        return archive.extractfile("package/axe.min.js").read().decode()


def faults(driver, axe: str) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices: rule, gravity, and where."""
    driver.execute_script(axe)
    found = driver.execute_async_script(
        "const done = arguments[0], rules = {'label-content-name-mismatch': {enabled: true}};"
        "axe.run(document, {resultTypes: ['violations'], rules}).then((r) => done(r.violations))"
    )
    return [f"{one['id']} ({one['impact']}): {', '.join(str(node['target']) for node in one['nodes'][:3])}" for one in found]

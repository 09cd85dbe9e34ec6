"""Waiting at a page: nothing fails because a document is just being read, replaced or drawn anew, and what stays wrong is told.

A browser does what a person asks of it in its own time: between two commands a frame may get another document, a list other buttons.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from selenium.common.exceptions import InvalidSessionIdException, UnexpectedAlertPresentException, WebDriverException
from selenium.webdriver.common.by import By

LONG = 20.0
"""Seconds that something may take on a machine that has other work."""
_READ = "return document.readyState === 'complete'"


def until(action: Callable[[], Any], what: str, seconds: float = LONG) -> Any:
    """Do something again until it gives something true.

    Args:
        action: What is done. What the browser refuses (no such element yet, a document that has just gone) counts as not yet.
        what: Named where it never comes.
        seconds: How long to wait.

    Raises:
        AssertionError: It did not come; the last refusal is its cause.
    """
    end = time.monotonic() + seconds
    while True:
        last = None
        try:
            if found := action():
                return found
        except (InvalidSessionIdException, UnexpectedAlertPresentException):
            raise
        except WebDriverException as refusal:
            last = refusal
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}") from last
        time.sleep(0.03)


def until_script(driver, script: str, seconds: float = LONG) -> Any:
    """What a script gives as soon as that is true."""
    return until(lambda: driver.execute_script(script), script, seconds)


def until_read(driver) -> None:
    """Wait until the document is read and its scripts have run: who clicks before, clicks on what does not listen yet."""
    until_script(driver, _READ)


def one(driver, selector: str):
    """The first element of a selector, as soon as there is one."""
    return until(lambda: driver.find_element(By.CSS_SELECTOR, selector), selector)


def click(driver, selector: str) -> None:
    """Click on what is there at the moment of the click, wherever it stands on the page."""

    def clicked() -> bool:
        element = driver.find_element(By.CSS_SELECTOR, selector)
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        return True

    until(clicked, f"a click on {selector}")


def enter(driver, frame: str) -> None:
    """Go into the frame that a script gives, once the document in it is read and says that it is ready."""

    def inside() -> bool:
        driver.switch_to.default_content()
        found = driver.execute_script(frame)
        if found is None:
            return False
        driver.switch_to.frame(found)
        return driver.execute_script(f"{_READ} && document.documentElement.classList.contains('ready')")

    until(inside, f"the page in {frame}")


def accept(driver) -> None:
    """Say yes to what the browser asks, as soon as it asks."""
    until(lambda: driver.switch_to.alert.accept() or True, "a question of the browser")


@contextmanager
def downloaded(driver, pattern: str):
    """The files that come down while something is done: a list that has them, whole, when the ``with`` ends."""
    before = set(driver.downloads.glob(pattern))
    found: list = []
    yield found

    def new() -> list:  # a file stands empty under its name until all of it is there
        return [path for path in sorted(set(driver.downloads.glob(pattern)) - before) if path.stat().st_size]

    found += until(new, f"a file {pattern}")


def work(driver, script: str, *arguments: object) -> float:
    """Milliseconds of the processor that the page's own thread spends on a script: the same on a machine that has other work."""
    driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    before = _thread(driver)
    driver.execute_script(script, *arguments)
    return 1000 * (_thread(driver) - before)


def work_of_opening(driver) -> float:
    """Milliseconds of the processor that the open page's own thread has spent since the first byte: each page has a process of its own."""
    driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    return 1000 * _thread(driver)


def _thread(driver) -> float:
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")

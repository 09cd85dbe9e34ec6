"""The site as somebody sees it: from disk and from a server, on a desk and on a telephone, in the light and in the dark."""

from __future__ import annotations

import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from review.browser import complaints, faults, requests

DOORS = ["index", "coachs", "command-line", "research"]
FURTHER = ["ce-que-l-outil-ne-voit-pas", "gallery", "scores", "rules"]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def served(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def seen(driver, address, width=1300, height=900, scheme="light"):
    sizes = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.get("about:blank")
    requests(driver), complaints(driver)
    driver.get(address)


def found(driver, words):
    """The pages that the search names first."""
    driver.execute_script("document.querySelector('[data-md-toggle=search]').click()")
    box = driver.find_element("css selector", "[data-md-component=search-query]")
    box.send_keys(words)
    for _ in range(100):
        if names := driver.execute_script(
            "return [...document.querySelectorAll('.md-search-result__item > a')].map((one) => one.href.split('/').pop())"
        ):
            return [name.split("?")[0] for name in names]
        time.sleep(0.1)
    return []


@pytest.fixture(autouse=True)
def stranger(driver):
    """Nobody who chose colours before."""
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": "try { localStorage.clear() } catch {}"})
    yield
    driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


@pytest.mark.parametrize("way", ["disk", "server"])
def test_the_search_works_and_asks_nobody_else(driver, site, served, way):
    base = site.as_uri() if way == "disk" else served
    for words, page in (("ironie", "ce-que-l-outil-ne-voit-pas.html"), ("bibliographicCitation", "citing.html")):
        seen(driver, f"{base}/index.html")
        assert page in found(driver, words)
        assert [url for url in requests(driver) if not url.startswith((base, "about:"))] == []
        assert complaints(driver) == []


CASES = [(door, *how) for door in DOORS for how in ((1300, "light"), (1300, "dark"), (390, "light"))]


@pytest.mark.parametrize(("name", "width", "scheme"), CASES + [(name, 1300, "light") for name in FURTHER])
def test_a_page_can_be_used_by_everybody_and_asks_nobody(driver, site, axe, name, width, scheme):
    seen(driver, f"{site.as_uri()}/{name}.html", width, scheme=scheme)
    assert driver.execute_script("return document.body.dataset.mdColorScheme") == {"light": "default", "dark": "slate"}[scheme]
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert [url for url in requests(driver) if not url.startswith((site.as_uri(), "about:"))] == []
    assert complaints(driver) == []
    assert faults(driver, axe) == []

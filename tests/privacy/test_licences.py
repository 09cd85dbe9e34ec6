"""The list of licences has what is installed here."""

import runpy
from pathlib import Path

import pytest

LICENCES = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "licences.py"))


def test_what_is_installed_is_listed():
    assert list(LICENCES["amiss"]()) == []


def test_what_is_needed_and_with_which_extra():
    packages = {
        "ressenti": ["a>=1", "b ; extra == 'more'", "never ; python_version < '3'"],
        "a": ["c[fast]"], "b": [], "c": ["d ; extra == 'fast'", "e ; extra == 'slow'"], "d": [], "e": [],
    }  # fmt: skip
    assert LICENCES["closure"](packages) == {"a", "c", "d"}
    assert LICENCES["closure"](packages, "more") == {"a", "b", "c", "d"}
    assert LICENCES["extras"](packages["ressenti"]) == ["more"]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"license_expression": "MIT AND BSD-3-Clause", "license": "x"}, "MIT AND BSD-3-Clause"),
        ({"classifier": ["License :: OSI Approved :: MIT License", "Topic :: Text Processing"]}, "MIT"),
        ({"license": "Apache 2\nand a text of a thousand lines"}, "Apache 2"),
        ({}, "not said"),
    ],
)
def test_a_licence_is_read_from_metadata(about, said):
    assert LICENCES["licence"](about) == said

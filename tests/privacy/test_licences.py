"""The list of licences has what is installed here, and the package's metadata what its own files say of themselves."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LICENCES = runpy.run_path(str(ROOT / "docs" / "licences.py"))
NAMED = re.compile(r"CC BY(?:-[A-Z]{2})+ \d\.\d|Mozilla Public License \d\.\d|\b[AL]?GPL\b[-\w.]*|\bApache\b[- \w.]*\d|\bODbL\b|\bCC0\b")
"""Licences that ask for more than to be told where something is from."""


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


def said():
    """What the heads of the shipped files of data name, as SPDX does."""
    files = (file for file in (ROOT / "src").rglob("*") if file.suffix in (".md", ".txt", ".tsv", ".yaml"))
    named = (name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8")[:2000]))
    proposer = {"LGPL"}  # a thesaurus that was asked for words, on which the project decided: no part of it is shipped
    return {name.replace("Mozilla Public License", "MPL").replace(" ", "-") for name in named} - proposer


def test_the_metadata_has_what_the_files_of_data_say():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"MIT", *said()} == {*project["license"].split(" AND ")}
    texts = {file.name for pattern in project["license-files"] for file in ROOT.glob(pattern)}
    assert texts == {"LICENSE", *(f"{name}.txt" for name in said())}
    assert all(f"`{project['license']}`" in page for page in (LICENCES["HEAD"], LICENCES["PAGE"].read_text(encoding="utf-8")))

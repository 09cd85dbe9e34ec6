"""What the site needs beyond its settings: pages and files from outside docs/, and the language of the pages for coaches.

Links in the sources go to files of the repository, so that they also work where the sources are read; here each is led to where that
file stands in the site. MkDocs calls the functions by their names.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#|/)([^)#\s]+)")
CELL = re.compile(r"<td\b.*?</td>", re.S)
CODE = re.compile(r"<code>.*?</code>", re.S)
DATA = "files"  # where linked files that are no pages stand in the site


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _links(text: str, source: str) -> set[str]:
    """The files of the repository to which a text of the file ``source`` links; paths from the root of the repository."""
    return {posixpath.normpath(posixpath.join(posixpath.dirname(source), target)) for target in LINK.findall(text)}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages that ``*`` stands for into the navigation, in the order of their names."""
    docs = Path(config.docs_dir)

    def named(page: Path) -> dict[str, str]:
        return {page.stem: page.relative_to(docs).as_posix()}

    def whole(items: list[Any]) -> list[Any]:
        found: list[Any] = []
        for item in items:
            if isinstance(item, str) and "*" in item:
                found += [named(page) for page in sorted(docs.glob(item)) if page.stem != "README"]
            elif isinstance(item, dict):
                found.append({title: whole(inner) if isinstance(inner, list) else inner for title, inner in item.items()})
            else:
                found.append(item)
        return found

    config.nav = whole(config.nav)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that lie elsewhere, and each file beyond docs/ to which a page links."""
    root = _root(config)
    elsewhere: dict[str, str] = config.extra["elsewhere"]
    for source, target in elsewhere.items():
        files.append(File.generated(config, target, abs_src_path=str(root / source)))
    pages = [Path(file.abs_src_path) for file in files.documentation_pages() if file.abs_src_path]
    linked: set[str] = set()
    for page in pages:
        linked |= _links(page.read_text(encoding="utf-8"), page.relative_to(root).as_posix())
    for source in sorted(linked - set(elsewhere)):
        if not source.startswith(("docs/", "..")) and (root / source).is_file():
            files.append(File.generated(config, f"{DATA}/{source}", abs_src_path=str(root / source)))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead the links to where the files stand in the site, and set the page's language."""
    root = _root(config)
    elsewhere: dict[str, str] = config.extra["elsewhere"]
    if page.ancestors and page.ancestors[-1].title == config.extra["french"]:
        page.meta["lang"] = "fr"
        page.meta["search"] = {"boost": 4}  # a French word stands in the examples of many an English page
    source = Path(page.file.abs_src_path or "").relative_to(root).as_posix()

    def led(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), match[0]))
        place = target.removeprefix("docs/") if target.startswith("docs/") else elsewhere.get(target, f"{DATA}/{target}")
        return posixpath.relpath(place, posixpath.dirname(page.file.src_uri) or ".")

    return LINK.sub(led, markdown)


def on_page_content(content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Show a bare ``|`` in the code of a table: the sources escape it, because elsewhere it would end the cell."""

    def cell(match: re.Match[str]) -> str:
        return CODE.sub(lambda code: code[0].replace("\\|", "|"), match[0])

    return CELL.sub(cell, content)

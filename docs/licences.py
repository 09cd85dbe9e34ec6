"""Writes docs/licences.md: what is installed with Ressenti, under which licence. ``--check`` only says whether its names are current.

Goes by what is installed here and in further environments: name the ``site-packages`` of those in which other extras are.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
OWN = "ressenti"
LEFT_OUT = ("dev", "docs")
"""Extras that only those who work on Ressenti install."""
HEAD = """# Licences

What `pip install ressenti` and its extras bring, as installed on Linux with Python {python} on {day}. `python docs/licences.py` writes this
page, from the packages’ own metadata. « core » is installed always, the others with the extra of that name.

Ressenti itself is under the MIT licence, but for two files that come with it. The model of `--fallback auto` (`fallback/data/default.zip`)
is under CC BY-SA 4.0, as texts are from which it learnt; the French words of `rules/fr/spelling/friends.txt` are under the Mozilla Public
License 2.0, as the dictionary is that they come from. So the package’s metadata says `MIT AND CC-BY-SA-4.0 AND MPL-2.0`. The texts of the
licences are `LICENSE` and those in `LICENSES/`, in the wheel too.

| package | version | licence | installed with |
| --- | --- | --- | --- |
"""
_PLAIN = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def extras(requires: Iterable[str]) -> list[str]:
    """The extras that a package's requirements speak of."""
    return sorted({name for line in requires for name in re.findall(r"extra == ['\"]([\w-]+)['\"]", line)} - set(LEFT_OUT))


def closure(packages: Mapping[str, list[str]], extra: str = "") -> set[str]:
    """Names of what is installed with Ressenti, or with an extra of it besides.

    Args:
        packages: Canonical name to requirements, of all that may be needed.
        extra: An extra, or empty for the core alone.
    """
    found: set[tuple[str, str]] = set()
    waiting = [(OWN, ""), (OWN, extra)]
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in found or name not in packages:
            continue
        found.add((name, wanted))
        for need in map(Requirement, packages[name]):
            if need.marker is None or need.marker.evaluate({**default_environment(), "extra": wanted}):
                waiting += [(canonicalize_name(need.name), part) for part in ("", *need.extras)]
    return {name for name, _ in found} - {OWN}


def licence(about: Mapping[str, Any]) -> str:
    """A package's licence by its metadata: the expression, else the classifiers, else the first line of what it says."""
    if expression := about.get("license_expression"):
        return str(expression)
    classes = [line.rpartition(" :: ")[2] for line in about.get("classifier", []) if line.startswith("License :: OSI Approved :: ")]
    if classes:
        return ", ".join(_PLAIN.get(name, name) for name in classes)
    said = str(about.get("license") or "").strip().splitlines()
    return said[0][:60].strip() if said else "not said"


def own() -> list[str]:
    """What Ressenti requires, as pyproject.toml says it; what is installed may be of an earlier day."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requires = list(project["dependencies"])
    for extra, needs in project["optional-dependencies"].items():
        for need in map(Requirement, needs):
            need.marker = Marker(f"({need.marker}) and extra == '{extra}'" if need.marker else f"extra == '{extra}'")
            requires.append(str(need))
    return requires


def installed(places: Sequence[str]) -> dict[str, metadata.Distribution]:
    """What is installed here, and in further folders, by canonical name; of two versions that of here."""
    found = [*metadata.distributions(), *(metadata.distributions(path=list(places)) if places else ())]
    return {canonicalize_name(item.name): item for item in reversed(found)}


def page(places: Sequence[str]) -> str:
    """The page."""
    here = installed(places)
    requires = {name: item.requires or [] for name, item in here.items()} | {OWN: own()}
    core = closure(requires)
    of = {extra: closure(requires, extra) - core for extra in extras(requires[OWN])}
    if missing := sorted(_needed(requires[OWN]) - here.keys()):
        raise SystemExit(f"not installed: {', '.join(missing)}; name the site-packages of an environment that has them")
    rows = []
    for name in sorted(core.union(*of.values())):
        brought = ["core"] if name in core else [extra for extra, names in of.items() if name in names]
        about = here[name].metadata.json
        rows.append(f"| {here[name].name} | {here[name].version} | {licence(about)} | {', '.join(brought)} |\n")
    return HEAD.format(python=".".join(map(str, sys.version_info[:2])), day=date.today().isoformat()) + "".join(rows)


def _needed(requires: Iterable[str]) -> set[str]:
    """Names that Ressenti itself requires, extras for work on it left out."""
    work = re.compile(rf"extra == ['\"]({'|'.join(LEFT_OUT)})")
    return {canonicalize_name(Requirement(line).name) for line in requires if not work.search(line)} - {OWN}


def listed() -> dict[str, str]:
    """Name on the page, canonical, to its licence."""
    rows = (line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    return {canonicalize_name(row[0].removeprefix("| ")): row[2] for row in rows if row[0] not in ("| package", "| ---")}


def amiss() -> Iterator[str]:
    """What is not as it should be, as far as what is installed here tells."""
    here = {name: item.requires or [] for name, item in installed(()).items()} | {OWN: own()}
    known = listed()
    for extra in ("", *extras(here[OWN])):
        for name in sorted(closure(here, extra) - known.keys()):
            yield f"{name} is installed with {extra or 'the core'} and not in docs/licences.md; run: python docs/licences.py"
    for name in sorted(_needed(here[OWN]) - known.keys()):
        yield f"{name} is required and not in docs/licences.md; run: python docs/licences.py"
    for name in sorted(closure(here)):
        if known.get(name) == "not said":
            yield f"{name}, of the core, does not say its licence"


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("places", nargs="*", metavar="SITE-PACKAGES", help="of environments with other extras")
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 where a name is missing")
    given = parser.parse_args()
    if given.check:
        wrong = list(dict.fromkeys(amiss()))
        print("\n".join(wrong), end="\n" if wrong else "")
        sys.exit(bool(wrong))
    PAGE.write_text(page(given.places), encoding="utf-8")


if __name__ == "__main__":
    main()

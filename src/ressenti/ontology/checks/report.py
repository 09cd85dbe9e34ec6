"""The report: every check asked of the triples, what it finds, and how bad that is.

In the manner of ROBOT's ``report`` (Jackson et al. 2019, *ROBOT: a tool for automating ontology workflows*): a check is a SPARQL query,
its rows are what is amiss. A file each, with its documentation at its head; ``docs/checks.md`` lists them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from ressenti.cells import guard
from ressenti.errors import DataError
from ressenti.ontology.checks.data import Data
from ressenti.ontology.rdf.names import PREFIXES, short
from ressenti.ontology.sparql.errors import QueryError, visible
from ressenti.ontology.sparql.guard import check as check_query
from ressenti.ontology.tables import read_text

CHECKS = Path(__file__).parent
LEVELS = ("ERROR", "WARN", "INFO")
KEYS = ("title", "level", "why", "mend")
COLUMNS = ("entity", "property", "value")
FORMATS = ("table", "tsv", "json")
_HEADER = re.compile(r"# ?(?P<key>[a-z]+): *(?P<text>.+)|#(?:  +(?P<more>.+))?")
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<reason>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: The file's name without its ending; what people quote.
        level: One of `LEVELS`.
        title: What is found, in one sentence.
        why: Why that is amiss.
        mend: What to do about it.
        query: A SELECT that yields ``?entity`` and, where there are any, ``?property`` and ``?value``.
        path: The file.
    """

    name: str
    level: str
    title: str
    why: str
    mend: str
    query: str
    path: Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that a check found: IRIs in full, a text with ``@`` and its language; empty where the check names none."""

    level: str
    check: str
    entity: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that was asked and all that was found, the findings by level, check and entity."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    def counts(self) -> dict[str, int]:
        """Level to number of findings, every level named."""
        found = Counter(finding.level for finding in self.findings)
        return {level: found[level] for level in LEVELS}

    def fails(self, level: str) -> bool:
        """Whether anything as bad as the level, or worse, was found; never for ``none``."""
        if level.lower() == "none":
            return False
        return any(self.counts()[worse] for worse in LEVELS[: LEVELS.index(level.upper()) + 1])


def load_checks(folder: Path | None = None) -> tuple[Check, ...]:
    """Read the checks of a folder, by level and name; without ``folder`` those shipped with Ressenti.

    Raises:
        DataError: File, line and reason: a head that lacks something, a query that cannot be read or that reaches out.
    """
    folder = folder or CHECKS
    if not folder.is_dir():
        raise DataError(folder, None, "is no folder; name one that holds checks (*.rq)")
    checks = [_read(path) for path in sorted(folder.glob("*.rq"))]
    if not checks:
        raise DataError(folder, None, "holds no check; a check is a file *.rq")
    return tuple(sorted(checks, key=lambda check: (LEVELS.index(check.level), check.name)))


def run(data: Data, checks: Sequence[Check] | None = None) -> Report:
    """Ask all checks.

    Args:
        data: The triples.
        checks: As from `load_checks`; None for the shipped ones.

    Raises:
        DataError: A query that cannot be read, or does not yield what a check yields.
    """
    checks = load_checks() if checks is None else checks
    found = {finding for check in checks for finding in _ask(data, check)}
    order = {level: number for number, level in enumerate(LEVELS)}
    return Report(tuple(checks), tuple(sorted(found, key=lambda f: (order[f.level], f.check, f.entity, f.property, f.value))))


def _read(path: Path) -> Check:
    text = read_text(path)
    head = _head(path, text)
    try:
        check_query(text, str(path))
    except QueryError as error:
        raise DataError(path, error.line, error.reason) from None
    return Check(name=path.stem, query=text, path=path, **head)


def _head(path: Path, text: str) -> dict[str, str]:
    """The documentation at the head of the file, up to the first line that is no comment."""
    head: dict[str, str] = {}
    key = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        match = _HEADER.fullmatch(line.rstrip())
        if not match:
            keys = " | ".join(KEYS)
            raise DataError(path, number, f"is no line of a head; write « # {keys}: … », or two blanks to go on with the line above")
        if match["key"]:
            key = match["key"]
            if key not in KEYS:
                raise DataError(path, number, f"has the unknown key {key!r}; write one of {', '.join(KEYS)}")
            if key in head:
                raise DataError(path, number, f"gives {key!r} a second time")
            head[key] = match["text"]
        elif match["more"] and key:
            head[key] += f" {match['more']}"
        if head.get("level", LEVELS[0]) not in LEVELS:
            raise DataError(path, number, f"has the level {head['level']!r}; write one of {', '.join(LEVELS)}")
    if missing := [key for key in KEYS if key not in head]:
        raise DataError(path, 1, f"has no {missing[0]!r} in its head; begin the file with « # {missing[0]}: … »")
    return head


def _ask(data: Data, check: Check) -> Iterator[Finding]:
    try:
        rows: Any = data.store.query(check.query, prefixes=dict(PREFIXES), default_graph=list(data.graphs))
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        reason = place["reason"] if place else str(error)
        raise DataError(check.path, int(place["line"]) if place else None, f"is a query that cannot be read ({reason})") from None
    variables = {variable.value for variable in getattr(rows, "variables", ())}
    if "entity" not in variables or not variables <= set(COLUMNS):
        raise DataError(check.path, None, "does not yield findings; select ?entity, or ?entity ?property ?value")
    columns = [column for column in COLUMNS if column in variables]
    for row in rows:
        cells = {column: _cell(row[column]) for column in columns}
        if cells["entity"] not in data.lent:
            yield Finding(check.level, check.name, cells["entity"], cells.get("property", ""), cells.get("value", ""))


def _cell(term: Any) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return "[blank]"  # its name changes from run to run
    if isinstance(term, Literal):
        return f"{term.value}@{term.language}" if term.language else term.value
    return str(term)


# How a report is written.


def write(report: Report, form: str, limit: int = 0) -> str:
    """The report as text.

    Args:
        report: As from `run`.
        form: One of `FORMATS`: a table for reading, tab-separated values, or JSON.
        limit: Of a check, show so many findings in the table; 0 for all.
    """
    if form == "tsv":
        return _tsv(report.findings)
    if form == "json":
        checks = [{key: getattr(check, key) for key in ("name", "level", "title", "why", "mend")} for check in report.checks]
        found = {"counts": report.counts(), "checks": checks, "findings": [asdict(finding) for finding in report.findings]}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    return "\n".join(_table(report, limit)) + "\n"


def _tsv(findings: Iterable[Finding]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(("level", "check", *COLUMNS))
    for f in findings:
        writer.writerow([guard(cell) + cell for cell in (f.level, f.check, f.entity, f.property, f.value)])
    return out.getvalue()


def _table(report: Report, limit: int) -> Iterator[str]:
    by_check: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_check.setdefault(finding.check, []).append(finding)
    for check in report.checks:
        found = by_check.get(check.name, [])
        if not found:
            continue
        yield f"{check.level:<5}  {check.name}: {check.title} ({len(found)})"
        yield f"       mend: {check.mend}"
        shown = found[:limit] if limit else found
        for finding in shown:
            cells = (short(finding.entity), short(finding.property), short(finding.value))
            yield "       " + "  ".join(visible(cell) for cell in cells if cell)
        if len(shown) < len(found):
            yield f"       … and {len(found) - len(shown)} more"
        yield ""
    counts = report.counts()
    yield f"{len(report.checks)} checks: {', '.join(f'{count} {level}' for level, count in counts.items())}"

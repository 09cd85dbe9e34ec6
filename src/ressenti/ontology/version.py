"""The version of the ontology, which is not that of the package."""

from __future__ import annotations

from functools import cache

from ressenti.ontology.emotions import DATA
from ressenti.ontology.tables import read_table


@cache
def ontology_version() -> str:
    """What ``tone.ttl`` says of itself as ``owl:versionInfo``."""
    rows = (row for _, row in read_table(DATA / "ontology.tsv", ("ontology", "property", "value")))
    return next(row["value"] for row in rows if (row["ontology"], row["property"]) == ("tone", "owl:versionInfo"))

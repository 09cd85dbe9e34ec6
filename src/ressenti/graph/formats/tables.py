"""Two tables for spreadsheets and for Gephi's import: nodes and edges."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from ressenti.cells import guard
from ressenti.graph.formats.flatten import Flat, Scalar
from ressenti.graph.formats.graphml import written

NODES, EDGES = "nodes.csv", "edges.csv"


def tables(flat: Flat) -> dict[str, str]:
    """The tables by the names of their files.

    Gephi takes the columns ``Id``, ``Label``, ``Source``, ``Target`` and ``Type`` for its own. No cell is taken for a formula.
    """
    nodes = (({"Id": node.id, "Label": node.data.get("label", "")} | node.data) for node in flat.nodes)
    edges = (
        {"Source": edge.start, "Target": edge.end, "Type": "Directed", "Id": edge.id, "Label": edge.data["label"]} | edge.data
        for edge in flat.edges
    )
    return {
        NODES: _table(("Id", "Label"), flat.node_types, nodes),
        EDGES: _table(("Source", "Target", "Type", "Id", "Label"), flat.edge_types, edges),
    }


def _table(first: Sequence[str], types: Mapping[str, type], rows: Iterable[Mapping[str, Scalar]]) -> str:
    columns = [*first, *(name for name in types if name != "label")]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) if name in row else "" for name in columns])
    return buffer.getvalue()


def _cell(value: Scalar) -> str:
    raw = written(value)
    return raw if isinstance(value, (int, float)) else guard(raw) + raw


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Files in a zip archive; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)  # dated 1980: no time of writing
            info.external_attr = 0o600 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

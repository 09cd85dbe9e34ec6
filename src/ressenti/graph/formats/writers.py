"""All formats of ``ressenti graph`` in one table, and files of them in their places: readable by their owner only, whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ressenti.corpora.writing import Output, files_of, numbered
from ressenti.errors import OutputError
from ressenti.graph.drawing.corpus import corpus_svg
from ressenti.graph.drawing.narrative import narrative_svg
from ressenti.graph.drawing.overview import MANY, grouped_svg
from ressenti.graph.drawing.png import png, renderer
from ressenti.graph.formats.dot import dot
from ressenti.graph.formats.flatten import flatten
from ressenti.graph.formats.gexf import gexf
from ressenti.graph.formats.graphml import graphml
from ressenti.graph.formats.json_graph import cytoscape, node_link
from ressenti.graph.formats.tables import tables, zipped
from ressenti.graph.labels import Language

if TYPE_CHECKING:
    import networkx as nx

Content = str | bytes | Mapping[str, str]
_LONGEST = 80
"""Characters of an id that a file's name keeps."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        suffix: Of its files.
        write: From a graph and a language to a text, bytes, or several files by name.
        prepare: Called before the work begins; raises where something is not installed.
    """

    suffix: str
    write: Callable[[nx.MultiDiGraph[str], Language], Content]
    prepare: Callable[[], object] = lambda: None


def svg(graph: nx.MultiDiGraph[str], language: Language = "fr") -> str:
    """The picture of a narrative's graph, which has an id, or of a corpus graph; of a long narrative its emotions taken together."""
    if "id" not in graph.graph:
        return corpus_svg(graph, language)
    many = sum(1 for _, data in graph.nodes(data=True) if data["kind"] != "component") > MANY
    return grouped_svg(graph, language) if many else narrative_svg(graph, language)


FORMATS: Mapping[str, Format] = {
    "graphml": Format("graphml", lambda graph, language: graphml(flatten(graph, language))),
    "gexf": Format("gexf", lambda graph, language: gexf(flatten(graph, language))),
    "dot": Format("dot", lambda graph, language: dot(flatten(graph, language))),
    "svg": Format("svg", svg),
    "png": Format("png", lambda graph, language: png(svg(graph, language)), renderer),
    "json": Format("json", node_link),
    "cytoscape": Format("cyjs", lambda graph, language: cytoscape(flatten(graph, language))),
    "csv": Format("zip", lambda graph, language: tables(flatten(graph, language))),
}


def write(content: Content, output: str | None, inputs: Sequence[str] = ()) -> None:
    """Write one graph.

    Args:
        content: From a `Format`.
        output: A file; None for standard output. Several files go to the folder of this name, or into the archive where it ends in .zip.
        inputs: What is read, as typed: no file of it is overwritten.

    Raises:
        OutputError: The place cannot be written to, or is an input.
    """
    read = files_of(inputs)
    if not isinstance(content, Mapping):
        _put(content, output, read)
    elif output is None or output.lower().endswith(".zip"):
        _put(zipped(content), output, read)
    else:
        _folder(output)
        for name, text in content.items():
            _put(text, os.path.join(output, name), read)  # noqa: PTH118 - as typed, for messages


class Folder:
    """A folder with a file for each narrative.

    Args:
        path: Made where there is none.
        suffix: Of the files.
        inputs: What is read, as typed: no file of it is overwritten.

    Raises:
        OutputError: It cannot be made.
    """

    def __init__(self, path: str, suffix: str, inputs: Sequence[str]) -> None:
        _folder(path)
        self._path, self._suffix, self._inputs = Path(path), suffix, files_of(inputs)
        self._taken: set[str] = set()

    def write(self, id_: str, content: Content) -> None:
        """Write the graph of one narrative; its file is named after it.

        Raises:
            OutputError: It cannot be written, or the file is an input.
        """
        name = self._name(id_)
        _put(zipped(content) if isinstance(content, Mapping) else content, str(self._path / name), self._inputs)

    def _name(self, id_: str) -> str:
        stem = re.sub(r"[^\w\-]+", "_", id_)[:_LONGEST].strip("_") or "narrative"
        name, number = stem, 1
        while name.casefold() in self._taken:  # some systems do not tell « A » from « a »
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.casefold())
        return f"{name}.{self._suffix}"


def _folder(path: str) -> None:
    try:
        Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: is no folder and cannot be made one ({getattr(error, 'strerror', None) or error})") from None


def _put(content: str | bytes, output: str | None, inputs: set[tuple[int, int]]) -> None:
    if output is not None and Path(output).is_file() and numbered(Path(output)) in inputs:
        raise OutputError(f"{output}: is also an input; write to another place")
    with Output(output) as out:
        if isinstance(content, bytes):
            out.write_bytes(content)
        else:
            out.write(content)
        out.keep()

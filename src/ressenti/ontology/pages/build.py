"""From tables to pages: reads everything, hands it to the templates, and writes the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ressenti import templates
from ressenti.ontology.dependencies import METHODS, Dependency, load_dependencies
from ressenti.ontology.emotions import LANGUAGES, load_emotions
from ressenti.ontology.files import check_folder, write_whole
from ressenti.ontology.mappings import PREDICATES, load_mappings
from ressenti.ontology.mappings import Mapping as Alignment
from ressenti.ontology.pages import colours, language
from ressenti.ontology.pages.content import Section, sections
from ressenti.ontology.pages.drawing import draw, number
from ressenti.ontology.pages.reference import Reference, reference
from ressenti.ontology.pages.tree import Node, group_name, tree
from ressenti.ontology.rdf.build import FILES, Tables
from ressenti.ontology.rdf.header import header
from ressenti.ontology.rdf.names import TONE, local_name, short
from ressenti.ontology.rdf.terms import load_terms
from ressenti.ontology.tables import read_table
from ressenti.ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
DOWNLOADS = ("ttl", "owl", "jsonld")
"""Endings of the files that ``ressenti ontology build`` writes, to which the pages lead."""


@dataclass(frozen=True)
class Model:
    """All that the pages show, in both languages, read once."""

    tables: Tables

    @cached_property
    def roots(self) -> list[Node]:
        return tree(load_emotions(self.tables["emotions.tsv"]), load_terms(self.tables["terms.tsv"]))

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        emotions = load_emotions(self.tables["emotions.tsv"])
        return load_dependencies(self.tables["dependencies.tsv"], self.tables["dependency_decisions.tsv"], emotions)

    @cached_property
    def sections(self) -> list[Section]:
        emotions = load_emotions(self.tables["emotions.tsv"])
        return sections(self.roots, self.dependencies, load_vocabulary(self.tables["vocabulary_fr.tsv"], emotions))

    @cached_property
    def reference(self) -> Reference:
        return reference(load_terms(self.tables["terms.tsv"]))

    @cached_property
    def alignments(self) -> dict[str, list[tuple[str, list[Alignment]]]]:
        """Local name of what is aligned to predicate and alignments, the closest predicate first."""
        found: dict[str, list[tuple[str, list[Alignment]]]] = {}
        mappings = load_mappings(self.tables["mappings.sssom.tsv"])
        for name in dict.fromkeys(mapping.subject for mapping in mappings):
            for predicate in (predicate.removeprefix("skos:") for predicate in PREDICATES):
                same = [m for m in mappings if m.subject == name and m.predicate.endswith(f"#{predicate}")]
                if same:
                    found.setdefault(name.removeprefix(f"{TONE}#"), []).append((predicate, same))
        return found

    @cached_property
    def vad_sources(self) -> dict[str, str]:
        """Key of an emotion with values of its own to where they are from."""
        rows = read_table(self.tables["emotions.tsv"], ("key", "vad_source"))
        return {row["key"]: row["vad_source"] for _, row in rows}

    @cached_property
    def about(self) -> dict[str, list[Any]]:
        """Property of the header, as ``prefix:local``, to its values (terms of pyoxigraph)."""
        found: dict[str, list[Any]] = {}
        for triple in header("tone", self.tables["ontology.tsv"]):
            found.setdefault(short(triple.predicate.value), []).append(triple.object)
        return found


def pages(languages: Iterable[str] = LANGUAGES, tables: Tables | None = None) -> Iterator[tuple[str, bytes]]:
    """The pages and the drawings: name of the file and its bytes, the same for the same tables.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
    """
    model, environment = Model(tables or Tables()), _environment()
    languages = list(languages)
    for tag in languages:
        yield f"index.{tag}.html", _page(model, tag, environment, both=len(languages) > 1)
        yield f"tone-tree.{tag}.svg", _drawing(model, tag, environment, linked=False).encode()


def drawing(tag: str, tables: Tables | None = None) -> bytes:
    """The drawing of the tree in a language, as a file of its own.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
    """
    return _drawing(Model(tables or Tables()), tag, _environment(), linked=False).encode()


def write_pages(folder: Path, languages: Iterable[str] = LANGUAGES, tables: Tables | None = None) -> Iterator[Path]:
    """Write the pages and the drawings.

    Args:
        folder: Where to; made where there is none. The pages lead to the ontology's files beside them.
        languages: ``fr``, ``en``.
        tables: Which tables to make them from; the shipped ones by default.

    Yields:
        Each file, once it is there. Nothing is written before all of them are made.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
        OutputError: A file cannot be written.
    """
    check_folder(folder)
    for name, content in list(pages(languages, tables)):
        write_whole(folder / name, content)
        yield folder / name


def _environment() -> Environment:
    found = templates.environment(HERE / "templates")
    found.filters |= {"n": number, "capital": language.capital}
    found.globals |= {"palette": colours.PALETTE, "paper": colours.PAPER, "ink": colours.INK}
    found.globals |= {"local_name": local_name, "group": group_name}
    return found


def _drawing(model: Model, tag: str, environment: Environment, *, linked: bool) -> str:
    return environment.get_template("tree.svg").render(
        drawing=draw(model.roots, model.dependencies, tag), roots=model.roots, language=tag, linked=linked, t=language.words(tag),
        **_counts(model),
    )  # fmt: skip


def _counts(model: Model) -> dict[str, int]:
    tiers = [node.tier for root in model.roots for node in root.walk()]
    return {"groups": tiers.count("secondary"), "words": tiers.count("tertiary")}


def _page(model: Model, tag: str, environment: Environment, *, both: bool) -> bytes:
    from markupsafe import Markup

    style = "\n" + colours.css() + (HERE / "templates" / "style.css").read_text(encoding="utf-8")
    nodes = {section.node.name: section.node for section in model.sections}
    html = environment.get_template("page.html").render(
        language=tag,
        both=both,
        other=next(other for other in LANGUAGES if other != tag),
        t=language.words(tag),
        typeset=partial(language.typeset, language=tag),
        vocabulary=partial(_vocabulary, tag),
        vad_sources=model.vad_sources,
        iri=TONE,
        prose=partial(language.prose, language=tag),
        day=partial(language.day, language=tag),
        figure=partial(language.number, language=tag),
        method=partial(_method, model, tag),
        short=short,
        about=partial(_about, model.about, tag),
        roots=model.roots,
        nodes=nodes,
        sections=model.sections,
        reference=model.reference,
        classes={term.name: term for term in model.reference.kinds["classes"]},
        methods=_methods(model),
        alignments=model.alignments,
        index=_index(nodes, model.reference, tag),
        # What is markup already: our own drawing, whose labels its template has escaped, and our style sheet
        drawing=Markup(_drawing(model, tag, environment, linked=True)),  # noqa: S704
        style=Markup(style),  # noqa: S704
        style_hash=templates.policy_hash(style),
        query=(HERE / "example.rq").read_text(encoding="utf-8").strip(),
        downloads={name: [f"{name}.{ending}" for ending in DOWNLOADS] for name in FILES.values()},
        **_counts(model),
    )
    return re.sub(r"\n\s*\n+", "\n", html).encode()


def _about(values: Mapping[str, list[Any]], tag: str, name: str) -> list[str]:
    """The values of a property of the header that are in the language, or in none."""
    found = (value for value in values.get(name, []) if getattr(value, "language", None) in (None, tag))
    return [language.typeset(value.value, tag) if getattr(value, "language", None) else value.value for value in found]


def _vocabulary(tag: str, iri: str) -> str:
    """What people call a vocabulary that others know by its IRI; the end of the IRI where ``vocabularies.tsv`` has no name for it."""
    for start, names in language.vocabularies().items():
        if iri.startswith(start):
            return names[tag]
    return iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]


def _method(model: Model, tag: str, key: str) -> str:
    term = model.reference.methods.get(local_name(key))
    return language.typeset(term.labels[tag], tag) if term else key


def _methods(model: Model) -> list[tuple[str, str, int, int]]:
    """Key of each method, the relation it speaks of, and how many dependencies and observations it supports."""
    counts = {key: [0, 0] for key in METHODS}
    for dependency in model.dependencies:
        for evidence in dependency.evidence:
            counts[evidence.method][0] += 1
            counts[evidence.method][1] += evidence.support
    return [(key, relation, *counts[key]) for key, relation in METHODS.items()]  # type: ignore[misc]


def _index(nodes: Mapping[str, Node], terms: Reference, tag: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Initial to entries: label, anchor, and what it is (a tier, or ``term``)."""
    entries = [(node.labels[tag], node.name, node.tier) for node in nodes.values()]
    entries += [(term.labels[tag], term.name, "term") for term in terms.all()]
    letters: dict[str, list[tuple[str, str, str]]] = {}
    for entry in sorted(entries, key=lambda entry: (language.alphabetical(entry[0]), entry[1])):
        letters.setdefault(language.plain(entry[0])[:1].upper(), []).append(entry)
    return list(letters.items())

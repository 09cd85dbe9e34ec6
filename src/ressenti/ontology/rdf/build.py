"""The ontology and the French vocabulary as RDF, made from the tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store, Triple

from ressenti.errors import DataError
from ressenti.ontology.dependencies import load_dependencies
from ressenti.ontology.emotions import DATA, LANGUAGES, load_emotions
from ressenti.ontology.files import check_folder, write_whole
from ressenti.ontology.mappings import load_mappings
from ressenti.ontology.plutchik import load_plutchik
from ressenti.ontology.rdf.alignments import mapping_triples, plutchik_triples
from ressenti.ontology.rdf.dependencies import dependency_triples
from ressenti.ontology.rdf.header import external_terms, header
from ressenti.ontology.rdf.inference import infer
from ressenti.ontology.rdf.lexicon import lexicon_triples
from ressenti.ontology.rdf.names import INFERRED, LEXICON, TONE, local_name
from ressenti.ontology.rdf.serialise import each_form
from ressenti.ontology.rdf.terms import load_terms, term_triples
from ressenti.ontology.rdf.tree import emotion_triples
from ressenti.ontology.vocabulary import load_constructions, load_vocabulary

FILES = {"tone": "tone", "lexicon": "lexicon-fr", "inferred": "tone-inferred"}
"""Part to the name of its file, without the ending."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables are: those in ``folder`` first, the shipped ones for the rest.

    Args:
        folder: A folder with some of the tables of ``ontology/data``, under their names; None for the shipped ones alone.

    Raises:
        DataError: The folder does not exist, or holds a table under a name that none has.
    """

    folder: Path | None = None

    def __post_init__(self) -> None:
        if self.folder is None:
            return
        if not self.folder.is_dir():
            raise DataError(self.folder, None, "is no folder; name one that holds tables such as emotions.tsv")
        known = {path.name for path in DATA.glob("*.tsv")}
        if strange := sorted({path.name for path in self.folder.glob("*.tsv")} - known):
            raise DataError(self.folder / strange[0], None, f"is no table of the ontology; known are {', '.join(sorted(known))}")

    def explained(self, error: DataError) -> DataError:
        """An error in a shipped table beside tables of one's own: most often the shipped one names what one's own leave out."""
        path = Path(error.path)
        if self.folder is None or path.parent != DATA:
            return error
        hint = f"; where your own tables leave it out, put a {path.name} of your own beside them, without that line"
        return DataError(path, error.line, error.reason + hint)

    def __getitem__(self, name: str) -> Path:
        own = self.folder / name if self.folder else None
        return own if own and own.exists() else DATA / name


def tone(tables: Tables | None = None) -> Iterator[Triple]:
    """The triples of the ontology: header, terms, emotions, dependencies, alignments.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
    """
    tables = tables or Tables()
    try:
        yield from _tone(tables)
    except DataError as error:
        raise tables.explained(error) from None


def _tone(tables: Tables) -> Iterator[Triple]:
    emotions = load_emotions(tables["emotions.tsv"])
    terms = load_terms(tables["terms.tsv"])
    names = {local_name(key) for key in emotions} | {term.name for term in terms}
    dependencies = load_dependencies(tables["dependencies.tsv"], tables["dependency_decisions.tsv"], emotions)
    labels = {language: {key: emotion.labels[language] for key, emotion in emotions.items()} for language in LANGUAGES}
    yield from header("tone", tables["ontology.tsv"])
    yield from external_terms("tone", tables["external_terms.tsv"])
    yield from term_triples(terms)
    yield from emotion_triples(emotions)
    yield from dependency_triples(dependencies, labels)
    yield from plutchik_triples(load_plutchik(tables["plutchik.tsv"]))
    yield from mapping_triples(load_mappings(tables["mappings.sssom.tsv"], names))


def lexicon(tables: Tables | None = None) -> Iterator[Triple]:
    """The triples of the French vocabulary.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
    """
    tables = tables or Tables()
    try:
        entries = load_vocabulary(tables["vocabulary_fr.tsv"], load_emotions(tables["emotions.tsv"]))
    except DataError as error:
        raise tables.explained(error) from None
    yield from header("lexicon", tables["ontology.tsv"])
    yield from external_terms("lexicon", tables["external_terms.tsv"])
    yield from lexicon_triples(entries, load_constructions(tables["constructions.tsv"]))


def quads(tables: Tables | None = None) -> Iterator[Quad]:
    """All that is shipped, each part in a graph of its own: the ontology, what follows from it, and the French vocabulary.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
    """
    yield from _with_what_follows(tone(tables))
    yield from in_graph(lexicon(tables), LEXICON)


def parts(tables: Tables | None = None) -> Iterator[tuple[str, list[Triple]]]:
    """The parts of `FILES`, each with its triples in an order that the tables alone decide."""
    ontology = list(tone(tables))
    yield FILES["tone"], ontology
    store = _with_what_follows(ontology)
    inferred = [quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(INFERRED))]
    yield FILES["inferred"], sorted(inferred, key=str)
    yield FILES["lexicon"], list(lexicon(tables))


def in_graph(triples: Iterable[Triple], graph: str) -> Iterator[Quad]:
    """Triples as quads of the graph with an IRI."""
    name = NamedNode(graph)
    return (Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def _with_what_follows(ontology: Iterable[Triple]) -> Store:
    """The ontology in its graph, and what follows from it in one of its own."""
    store = Store()
    store.extend(in_graph(ontology, TONE))
    infer(store)
    return store


def build(folder: Path, formats: Iterable[str], tables: Tables | None = None) -> Iterator[Path]:
    """Write the parts of `FILES`, each in each format.

    Args:
        folder: Where to; made where there is none.
        formats: Keys of `FORMATS`.
        tables: Which tables to make them from; the shipped ones by default.

    Yields:
        Each file, once it is there. Nothing is written before all tables have been read.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
        OutputError: A file cannot be written.
    """
    formats = list(formats)
    check_folder(folder, [f"{name}.{form}" for name in FILES.values() for form in formats])
    for name, triples in list(parts(tables)):
        for form, content in each_form(triples, formats):
            path = folder / f"{name}.{form}"
            write_whole(path, content)
            yield path

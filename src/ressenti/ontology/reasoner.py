"""Reasoning over an ontology by HermiT: is it consistent, which classes can have no instance, what follows that nobody stated.

Source: B. Glimm, I. Horrocks, B. Motik, G. Stoilos, Z. Wang (2014), *HermiT: an OWL 2 reasoner*, Journal of Automated Reasoning 53. The
program comes with owlready2 and runs on Java, as a process of its own. Its answer is read here and not by owlready2, which applies what
HermiT says of a class and what it says of an individual to the one thing that bears the IRI: an emotion is both (docs/reasoning.md).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from ressenti.errors import RessentiError
from ressenti.ontology.checks.data import from_files
from ressenti.ontology.rdf.build import FILES, Tables, parts, tone
from ressenti.ontology.rdf.names import PREFIXES, node
from ressenti.ontology.sparql.errors import visible
from ressenti.ontology.sparql.prefixes import shorten

CLASHES = Path(__file__).parent / "clashes"
"""What most often makes an ontology inconsistent, a query each; its first line says what a row means."""
MEMORY_MB = 3000
_PREDICATES = {
    "SubClassOf": "rdfs:subClassOf", "EquivalentClasses": "owl:equivalentClass", "Type": "rdf:type",
    "SubObjectPropertyOf": "rdfs:subPropertyOf", "SubDataPropertyOf": "rdfs:subPropertyOf",
    "EquivalentObjectProperties": "owl:equivalentProperty", "EquivalentDataProperties": "owl:equivalentProperty",
}  # fmt: skip
_BOTH_WAYS = (node("owl:equivalentClass"), node("owl:equivalentProperty"))
_AXIOM = re.compile(r"^(?P<kind>[A-Za-z]+)\( (?P<iris>(?:<[^>]+>\s*)+) \)\s*$", re.MULTILINE)
_FACTS = re.compile(r"^<(?P<property>[^>]+)> \(known instances: (?P<pairs>.*?)\| possible instances:", re.MULTILINE)
_PAIR = re.compile(r"\(<([^>]+)>, <([^>]+)>\)")
_SENTINEL = "urn:ressenti:sentinel"
"""An individual added to what HermiT reads: where it cannot read a file it ends with status 0 and an empty answer, as if all were well."""
_NOTHING = f"{PREFIXES['owl']}Nothing"
_OWL = PREFIXES["owl"]
_BY_NAMESPACE = {iri: prefix for prefix, iri in PREFIXES.items()}


class ReasonerError(RessentiError):
    """HermiT cannot be run, or cannot read what it is given."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What HermiT says of an ontology.

    Attributes:
        consistent: Whether there can be a world in which all of it holds.
        unsatisfiable: IRIs of the classes that can have no instance, sorted; empty where nothing is consistent, for then it is all of them.
        inferred: What follows and is not stated, sorted: the nearest classes above a class, the nearest types of an individual, properties
            above properties, and relations between individuals.
        clashes: Where the contradiction sits, in words, as far as the queries of `CLASHES` see it.
        triples: How many triples were reasoned over.
        seconds: How long HermiT took, the start of Java included.
        reasoner: The program and its version.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    inferred: tuple[Triple, ...]
    clashes: tuple[str, ...]
    triples: int
    seconds: float
    reasoner: str

    @property
    def sound(self) -> bool:
        """Consistent, and every class can have instances."""
        return self.consistent and not self.unsatisfiable


def reason_over_files(files: Sequence[Path], limit: float | None = 600) -> Reasoned:
    """Reason over files of RDF taken together, with TONE beside them where they hold no emotion of their own.

    What follows from TONE alone is then not told again.

    Args:
        files: Their formats are told by their endings.
        limit: As for :func:`reason`.

    Raises:
        DataError: A file cannot be used.
        ReasonerError: As for :func:`reason`.
    """
    data = from_files(files)
    known = next(triples for name, triples in parts() if name == FILES["inferred"]) if data.beside else ()
    return reason(data.triples(), limit, known)


def reason_over_tables(tables: Path | None = None, limit: float | None = 600) -> Reasoned:
    """Reason over TONE as tables make it.

    Args:
        tables: A folder of tables; None for the shipped ones.
        limit: As for :func:`reason`.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
        ReasonerError: As for :func:`reason`.
    """
    return reason(tone(Tables(tables)), limit)


def reason(triples: Iterable[Triple], limit: float | None = 600, known: Iterable[Triple] = ()) -> Reasoned:
    """Ask HermiT whether triples are consistent, and what follows from them.

    ``owl:imports`` are not followed, so that nothing is fetched: give the triples of what is imported too.

    Args:
        triples: An ontology in OWL 2 DL, data about its individuals included.
        limit: Seconds after which HermiT is stopped; None for none.
        known: Statements that are no news where they follow.

    Raises:
        ReasonerError: owlready2 or Java is missing, HermiT cannot use the triples (no OWL 2 DL), or the time or memory is over.
    """
    program = _program()
    stated = {triple for triple in triples if triple.predicate != node("owl:imports")}
    if any(isinstance(triple.object, Triple) for triple in stated):
        raise ReasonerError("statements about statements (triple terms of RDF 1.2) are no OWL; leave them out")
    with tempfile.TemporaryDirectory(prefix="ressenti-") as folder:
        file = Path(folder) / "ontology.nt"
        sentinel = Triple(NamedNode(_SENTINEL), node("rdf:type"), node("owl:NamedIndividual"))
        serialize([sentinel, *sorted(stated, key=str)], output=str(file), format=RdfFormat.N_TRIPLES)
        start = time.perf_counter()
        consistent, said = _run([*program, file.as_uri()], limit)
        seconds = time.perf_counter() - start
    axioms = list(_axioms(said))
    empty = {iri for kind, iris in axioms if kind == "EquivalentClasses" and _NOTHING in iris for iri in iris} - {_NOTHING}
    told = stated | set(known)
    inferred = {triple for triple in (*_statements(axioms), *_facts(said)) if not _is_told(triple, told)}
    return Reasoned(
        consistent, tuple(sorted(empty)), tuple(sorted(inferred, key=str)), () if consistent and not empty else tuple(_clashes(stated)),
        len(stated), seconds, f"HermiT of owlready2 {version('owlready2')}",
    )  # fmt: skip


def _program() -> list[str]:
    """The command without the file.

    Raises:
        ReasonerError: owlready2 or Java is missing.
    """
    owlready = find_spec("owlready2")
    if owlready is None or owlready.origin is None:
        raise ReasonerError("reasoning needs owlready2, which brings HermiT; install it with: pip install 'ressenti[ontology]'")
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    java = java or shutil.which("java")
    if java is None:
        raise ReasonerError(
            "reasoning needs Java, on which HermiT runs, and there is no 'java' on the PATH nor under JAVA_HOME; install a Java runtime "
            "(Debian: apt install default-jre-headless; macOS: brew install openjdk; others: https://adoptium.net)"
        )
    hermit = Path(owlready.origin).parent / "hermit"
    # The folder first: in it owlready2 keeps the classes that it has mended
    classes = os.pathsep.join((str(hermit), str(hermit / "HermiT.jar")))
    # Without the encodings Java would read and write as the locale says: « énerver » would not survive LANG=C
    encodings = [f"-D{name}.encoding=UTF-8" for name in ("file", "stdout", "sun.stdout")]
    return [java, f"-Xmx{MEMORY_MB}M", *encodings, "-cp", classes, "org.semanticweb.HermiT.cli.CommandLine", "-c", "-O", "-D", "-I", "-Y"]


def _run(command: list[str], limit: float | None) -> tuple[bool, str]:
    """Whether the ontology is consistent, and what HermiT writes."""
    try:
        # The locale for the name of the file alone, which Java decodes by it
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, check=False, timeout=limit, env=environment)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        raise ReasonerError(f"HermiT was stopped at its time limit of {limit:g} s; give --timeout for more, or 0 for no limit") from None
    except OSError as error:
        raise ReasonerError(f"{command[0]}: cannot be run ({error.strerror})") from None
    said, complaint = (stream.decode("utf-8", "replace").replace("\r", "") for stream in (done.stdout, done.stderr))
    if done.returncode == 0 and _SENTINEL in said:
        return True, said
    if "InconsistentOntologyException" in complaint:
        return False, ""
    raise ReasonerError(_explained(complaint or said))


def _explained(complaint: str) -> str:
    """Java's complaint in a line: what it says of the ontology, without the trace."""
    if "OutOfMemoryError" in complaint:
        return f"HermiT needs more than {MEMORY_MB} MB for so many triples; reason over a part of them"
    # Of « Exception in thread "main" a.b.SomeException: text » the text, which goes on until the trace
    message = re.split(r"\n\s+at |\n\n", complaint.strip(), maxsplit=1)[0]
    message = re.sub(r"^It all went pear-shaped: ", "", message)
    message = re.sub(r'^Exception in thread "main" (?:[\w.$]+\.)?(?P<type>\w+)(?:: )?', r"\g<type>: ", message)
    return f"HermiT cannot reason over this: {' '.join(message.split())[:600] or 'no reason given'}"


def _axioms(said: str) -> Iterator[tuple[str, list[str]]]:
    """Each axiom of the answer: its kind and its IRIs."""
    for found in _AXIOM.finditer(said):
        yield found["kind"], re.findall(r"<([^>]+)>", found["iris"])


def _statements(axioms: Iterable[tuple[str, list[str]]]) -> Iterator[Triple]:
    """The axioms as triples; what holds of everything (« is a thing ») or of nothing is no news."""
    for kind, iris in axioms:
        if kind not in _PREDICATES or any(iri.startswith(_OWL) for iri in iris):
            continue
        # Of equivalent ones HermiT gives a set; whoever stated it may have named either first
        for one, other in combinations(sorted(iris), 2) if kind.startswith("Equivalent") else [iris]:
            yield Triple(NamedNode(one), node(_PREDICATES[kind]), NamedNode(other))


def _is_told(triple: Any, told: set[Triple]) -> bool:
    return triple in told or (triple.predicate in _BOTH_WAYS and Triple(triple.object, triple.predicate, triple.subject) in told)


def _facts(said: str) -> Iterator[Triple]:
    """The relations between individuals, for instance those that follow from a symmetric or an inverse property."""
    for found in _FACTS.finditer(said):
        for one, other in _PAIR.findall(found["pairs"]):
            yield Triple(NamedNode(one), NamedNode(found["property"]), NamedNode(other))


def _clashes(stated: Iterable[Triple]) -> Iterator[str]:
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in stated)
    for path in sorted(CLASHES.glob("*.rq")):
        query = path.read_text(encoding="utf-8")
        meaning = query.partition("\n")[0].lstrip("# ")
        solutions: Any = store.query(query, prefixes=dict(PREFIXES))
        names = [variable.value for variable in solutions.variables]
        lines = {meaning.format(**{name: _shown(row[name]) for name in names}) for row in solutions}
        yield from sorted(lines)


def _shown(term: Any) -> str:
    """A term for reading: ``tone:Fear``, a literal's text."""
    if isinstance(term, NamedNode):
        return shorten(term.value, _BY_NAMESPACE)
    return visible(term.value if isinstance(term, Literal) else str(term))


def as_text(result: Reasoned) -> str:
    """The answer for reading: the verdict first, then a line for each thing that was inferred, its parts separated by tabs."""
    lines = [f"consistent: {'yes' if result.consistent else 'no'}"]
    if result.consistent:
        names = ", ".join(_shown(NamedNode(iri)) for iri in result.unsatisfiable)
        lines.append(f"unsatisfiable classes: {f'{len(result.unsatisfiable)}: {names}' if names else 'none'}")
        lines.append(f"inferred: {len(result.inferred)}")
    lines += [f"clash: {clash}" for clash in result.clashes]
    if not result.sound and not result.clashes:
        lines.append("clash: none of the usual ones; take parts out until it is consistent, or ask Protégé for an explanation")
    lines.append(f"reasoner: {result.reasoner}, {result.triples} triples, {result.seconds:.1f} s")
    if result.inferred:
        lines.append("")
    lines += ["\t".join(map(_shown, (triple.subject, triple.predicate, triple.object))) for triple in result.inferred]
    return "\n".join(lines) + "\n"


def as_json(result: Reasoned) -> str:
    """The answer for programs, with whole IRIs."""
    found = {
        "consistent": result.consistent, "unsatisfiable": result.unsatisfiable, "clashes": result.clashes,
        "inferred": [{part: getattr(triple, part).value for part in ("subject", "predicate", "object")} for triple in result.inferred],
        "triples": result.triples, "seconds": round(result.seconds, 2), "reasoner": result.reasoner,
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"

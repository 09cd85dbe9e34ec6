"""Measure the ontology and write the table of docs/reasoning.md.

    python benchmarks/ontology.py            # print the table
    python benchmarks/ontology.py --write    # put it into docs/reasoning.md
    python benchmarks/ontology.py --long     # reason over the whole vocabulary too, and send it through rdflib: minutes

Builds everything into a temporary folder, twice, and measures what lies there. What is not installed is said and left out: HermiT needs
owlready2 and Java, the profiles need the OWL API (Debian: apt install default-jdk-headless libowlapi-java).
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Store, parse, serialize

from ressenti.errors import RessentiError
from ressenti.ontology.checks.data import shipped
from ressenti.ontology.checks.report import run
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.questions import load_questions
from ressenti.ontology.rdf.names import PREFIXES
from ressenti.ontology.reasoner import reason
from ressenti.ontology.sparql.shipped import shipped_store

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "reasoning.md"
JARS = Path("/usr/share/java")
FORMATS = {"ttl": RdfFormat.TURTLE, "owl": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
RDFLIB = {"ttl": "turtle", "owl": "xml", "jsonld": "json-ld", "nt": "nt"}
OWLREADY = {"owl": "rdfxml", "nt": "ntriples"}
PARTS = ("tone", "tone-inferred", "lexicon-fr")
COUNTS = {
    "classes": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a owl:Class FILTER(STRSTARTS(STR(?x), STR(tone:))) }",
    "named individuals": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a owl:NamedIndividual }",
    "object, data and annotation properties": "SELECT (COUNT(DISTINCT ?x) AS ?n) { VALUES ?k { owl:ObjectProperty owl:DatatypeProperty "
    "owl:AnnotationProperty } ?x a ?k FILTER(STRSTARTS(STR(?x), STR(tone:))) }",
    "dependencies, confirmed": 'SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x tone:reviewStatus "confirmed" }',
    "dependencies, proposed": 'SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x tone:reviewStatus "proposed" }',
}
OPPOSITES = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a tone:PrimaryEmotion . ?x tone:isOppositeOf|^tone:isOppositeOf ?y }"
PLACED = "ASK { tone:%s a tone:%sEmotion ; rdfs:subClassOf+ tone:Emotion ; tone:key '%s' }"

Row = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/reasoning.md")
    parser.add_argument("--long", action="store_true", help="HermiT and rdflib on the whole vocabulary too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = make_table(list(rows(Path(folder), options.long)))
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- table -->\n")
        after = rest.partition("<!-- end -->")[2]
        PAGE.write_text(f"{before}<!-- table -->\n{table}<!-- end -->{after}", encoding="utf-8")
    else:
        print(table)


def make_table(found: list[Row]) -> str:
    lines = ["| what | found |", "| --- | --- |", *(f"| {what} | {value} |" for what, value in found)]
    versions = ", ".join(f"{name} {_version(name)}" for name in ("ressenti", "pyoxigraph", "rdflib", "owlready2"))
    today = datetime.datetime.now(datetime.UTC).date()
    return "\n".join(lines) + f"\n\n{today}, {versions}, {_java_version()}, Python {platform.python_version()}, {os.cpu_count()} cores.\n"


def rows(folder: Path, long: bool) -> Iterator[Row]:
    one, other = folder / "1", folder / "2"
    seconds = [_build(place, seed) for place, seed in ((one, "1"), (other, "2"))]
    yield "build of all files in four formats", f"{min(seconds):.1f} s"
    same = sum((one / path.name).read_bytes() == path.read_bytes() for path in other.iterdir())
    yield "files with the same bytes in a second process", f"{same} of {len(list(other.iterdir()))}"
    triples = {part: {quad.triple for quad in parse(path=str(one / f"{part}.nt"))} for part in PARTS}
    for part in PARTS:
        sizes = ", ".join(f".{form} {(one / f'{part}.{form}').stat().st_size / 1e6:.2f}" for form in FORMATS)
        yield f"triples of {part}", f"{len(triples[part]):,} (MB: {sizes})"
    yield from _counts(triples["tone"])
    yield from _questions()
    yield from _findings()
    yield from _profiles(one, triples)
    yield from _hermit("tone", triples["tone"])
    if long:
        yield from _hermit("tone with lexicon-fr", triples["tone"] | triples["lexicon-fr"])
    yield from _round_trips(one, triples, long)


def _build(folder: Path, seed: str) -> float:
    start = time.perf_counter()
    formats = [option for form in FORMATS for option in ("--format", form)]
    command = [sys.executable, "-m", "ressenti", "ontology", "build", "-o", folder, *formats]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed})
    return time.perf_counter() - start


def _counts(tone: set) -> Iterator[Row]:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in tone)
    emotions = load_emotions()
    names = {key: "".join(part.capitalize() for part in key.split("-")) for key in emotions}
    asked = [PLACED % (names[key], emotion.tier.capitalize(), key) for key, emotion in emotions.items()]
    placed = sum(bool(store.query(query, prefixes=dict(PREFIXES))) for query in asked)
    yield "words of Parrott’s table placed", f"{placed} of {len(emotions)}"
    yield "primaries with an opposite", f"{_count(store, OPPOSITES)} of 6"
    for what, query in COUNTS.items():
        yield what, f"{_count(store, query):,}"


def _questions() -> Iterator[Row]:
    """How long the competency questions take on what is shipped, from asking to the last row; the best of five."""
    store = shipped_store()
    taken = {}
    for name, question in load_questions().items():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            list(store.query(question.query, prefixes=dict(PREFIXES)))
            times.append(time.perf_counter() - start)
        taken[name] = min(times) * 1000
    slowest = sorted(taken, key=taken.__getitem__)[-3:][::-1]
    within = sum(value < 50 for value in taken.values())
    yield "competency questions answered in 50 ms", f"{within} of {len(taken)} ({', '.join(f'{n} {taken[n]:.0f} ms' for n in slowest)}, …)"


def _findings() -> Iterator[Row]:
    """What the report finds in the shipped data."""
    start = time.perf_counter()
    counts = run(shipped()).counts()
    yield "report", f"{', '.join(f'{count} {level}' for level, count in counts.items())}, {time.perf_counter() - start:.1f} s"


def _count(store: Store, query: str) -> int:
    return int(next(iter(store.query(query, prefixes=dict(PREFIXES))))["n"].value)


def _profiles(folder: Path, triples: dict[str, set]) -> Iterator[Row]:
    """Violations of the OWL 2 profiles, by the OWL API."""
    if shutil.which("java") is None or not (JARS / "owlapi-distribution.jar").exists():
        yield "OWL 2 profiles", "not measured: Java or the OWL API is not installed (apt install default-jdk-headless libowlapi-java)"
        return
    merged = folder / "merged.nt"
    serialize(triples["tone"] | triples["tone-inferred"], output=str(merged), format=RdfFormat.N_TRIPLES)
    sets = {
        "tone": ["tone.owl"], "lexicon-fr": ["lexicon-fr.owl"], "tone with lexicon-fr": ["tone.owl", "lexicon-fr.owl"],
        "tone with tone-inferred": ["merged.nt"],
    }  # fmt: skip
    for name, files in sets.items():
        command = ["java", "-cp", f"{JARS}/*", HERE / "owl_profile" / "Profile.java", *(folder / file for file in files)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        numbers = dict(line.split("\t")[:2] for line in said.splitlines() if line.startswith("OWL2_"))
        others = ", ".join(f"{profile[5:]} {number}" for profile, number in numbers.items() if profile != "OWL2_DL")
        yield f"violations of OWL 2 DL, {name}", f"{numbers['OWL2_DL']} (for information: {others})"


def _hermit(name: str, triples: set) -> Iterator[Row]:
    try:
        result = reason(triples, 1800)
    except RessentiError as error:
        yield f"HermiT, {name}", f"not measured: {error}"
        return
    verdict = "consistent" if result.consistent else "INCONSISTENT"
    found = f"{len(result.unsatisfiable)} unsatisfiable, {len(result.inferred):,} inferred"
    yield f"HermiT, {name}", f"{verdict}, {found}, {result.seconds:.1f} s"


def _round_trips(folder: Path, triples: dict[str, set], long: bool) -> Iterator[Row]:
    """Each format read, written back in the same format, and compared."""
    for part in ("tone", "lexicon-fr"):
        wanted = _canonical(triples[part])
        for name, formats, trip in (("pyoxigraph", FORMATS, _pyoxigraph), ("rdflib", RDFLIB, _rdflib), ("owlready2", OWLREADY, _owlready)):
            if name == "rdflib" and part == "lexicon-fr" and not long:
                continue  # minutes
            found = []
            for form in formats:
                try:
                    written = trip(folder / f"{part}.{form}", form, folder)
                except ImportError:
                    found = [f"not measured: {name} is not installed"]
                    break
                same = _canonical(quad.triple for quad in parse(written, format=FORMATS[form])) == wanted
                found.append(f".{form} {'the same' if same else 'NOT THE SAME'}")
            yield f"round trip of {part} through {name}", ", ".join(found)


def _canonical(triples) -> set:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _pyoxigraph(path: Path, form: str, _: Path) -> bytes:
    return serialize([quad.triple for quad in parse(path=str(path), format=FORMATS[form])], format=FORMATS[form])


def _rdflib(path: Path, form: str, _: Path) -> bytes:
    import rdflib

    return rdflib.Graph().parse(path, format=RDFLIB[form]).serialize(format=RDFLIB[form], encoding="utf-8")


def _owlready(path: Path, form: str, folder: Path) -> bytes:
    import owlready2

    world, copy = owlready2.World(), folder / "copy"
    world.get_ontology(path.as_uri()).load().save(str(copy), format=OWLREADY[form])
    return copy.read_bytes()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _java_version() -> str:
    if shutil.which("java") is None:
        return "no Java"
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    quoted = said.split('"')
    return f"Java {quoted[1]}" if len(quoted) > 1 else "a Java of unknown version"


if __name__ == "__main__":
    main()

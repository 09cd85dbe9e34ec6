"""The French vocabulary as OntoLex-Lemon: entries, forms, and senses that refer to emotions.

Source: OntoLex-Lemon (W3C Ontology-Lexica community group, 2016), LexInfo 3.0 for the grammar, Universal Dependencies for features.
A line of the vocabulary is one sense; a line with alternatives (« rouge|blanc de colère ») is one sense for each phrase that it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from itertools import product

from pyoxigraph import Literal, NamedNode, Triple

from ressenti.ontology.morphology import inflect
from ressenti.ontology.rdf.names import LEXICON, emotion_node, local_name, node, text, typed
from ressenti.ontology.vocabulary import Construction, Entry

POS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "INTJ": "interjection"}
REGISTERS = {"standard": "neutralRegister", "familiar": "slangRegister", "vulgar": "vulgarRegister", "literary": "formalRegister"}
"""The nearest of LexInfo's registers; ``tone:register`` keeps the table's own word beside it."""
REGIONS = {"QC": "fr-CA", "BE": "fr-BE", "CH": "fr-CH", "AF": "fr-002"}
PLACES = {
    "subject": "SubjectPlace", "object": "ObjectPlace", "dative": "DativePlace", "oblique": "ObliquePlace", "possessor": "PossessorPlace",
    "noun": "NounPlace", "speaker": "SpeakerPlace",
}  # fmt: skip
FEATURES = {"Gender=Masc": "masculine", "Gender=Fem": "feminine", "Number=Sing": "singular", "Number=Plur": "plural"}


def lexicon_triples(entries: Iterable[Entry], constructions: Mapping[str, Construction]) -> Iterator[Triple]:
    """The triples of the vocabulary: constructions, then each lexical entry with its forms and senses, in the order of the table."""
    for construction in constructions.values():
        yield from _construction(construction)
    words: dict[tuple[str, str], list[tuple[Entry, str]]] = defaultdict(list)
    for entry in entries:
        for phrase in spelled(entry.term):
            words[phrase, entry.pos].append((entry, phrase))
    lexicon = NamedNode(LEXICON)
    yield Triple(lexicon, node("rdf:type"), node("lime:Lexicon"))
    yield Triple(lexicon, node("lime:language"), Literal("fr"))
    yield Triple(lexicon, node("lime:lexicalEntries"), typed(str(len(words)), "integer"))
    for (phrase, pos), senses in words.items():
        yield from _word(phrase, pos, [entry for entry, _ in senses])


def spelled(term: str) -> Iterator[str]:
    """The phrases that a term of the vocabulary stands for, as one writes them.

    Args:
        term: As in the table: ``avoir les [boules]``, ``rouge|blanc de colère``, ``cœur/N + battre/V``.

    Yields:
        Each phrase without marks: ``rouge de colère``, ``blanc de colère``; ``…`` stays where an object or a gap belongs, and the
        apostrophe is ’.
    """
    plain = re.sub(r"/[A-Z]\b", "", term.replace("[", "").replace("]", "")).replace(" + ", " … ").replace("'", "’")
    for words in product(*(word.split("|") for word in plain.split())):
        yield " ".join(words)


def slug(phrase: str) -> str:
    """A phrase as a local name: letters, digits, ``-`` and ``_``; those that differ by other characters only get a mark of their own."""
    phrase = unicodedata.normalize("NFC", phrase).replace("’", " ")
    name = re.sub(r"[^\w-]+", "_", phrase).strip("_-")
    return name if name.replace("_", " ") == phrase else f"{name}_{_mark(phrase)}".lstrip("_")


def _mark(value: str) -> str:
    """Six letters that tell two texts apart in a name."""
    return sha1(value.encode(), usedforsecurity=False).hexdigest()[:6]


def _construction(construction: Construction) -> Iterator[Triple]:
    subject = node(f"lex:construction-{construction.key}")
    yield Triple(subject, node("rdf:type"), node("owl:NamedIndividual"))
    yield Triple(subject, node("rdf:type"), node("tone:Construction"))
    for language, definition in (("fr", construction.definition_fr), ("en", construction.definition)):
        yield Triple(subject, node("rdfs:label"), text(construction.key, language))
        yield Triple(subject, node("skos:definition"), text(definition, language))
    yield Triple(subject, node("skos:example"), text(construction.example, "fr"))
    if construction.experiencer:
        yield Triple(subject, node("tone:experiencerPlace"), node(f"tone:{PLACES[construction.experiencer]}"))
    if construction.complement:
        place, _, role = construction.complement.partition(":")
        yield Triple(subject, node("tone:complementPlace"), node(f"tone:{PLACES[place]}"))
        yield Triple(subject, node("tone:complementRole"), node(f"tone:{local_name(role)}"))


def _word(phrase: str, pos: str, senses: list[Entry]) -> Iterator[Triple]:
    name = f"{slug(phrase)}-{pos.lower()}"
    subject = node(f"lex:{name}")
    single = " " not in phrase
    yield Triple(subject, node("rdf:type"), node("ontolex:Word" if single else "ontolex:MultiwordExpression"))
    yield Triple(subject, node("rdfs:label"), text(phrase, "fr"))
    yield Triple(NamedNode(LEXICON), node("lime:entry"), subject)
    if pos in POS:
        yield Triple(subject, node("lexinfo:partOfSpeech"), node(f"lexinfo:{POS[pos]}"))
    yield from _forms(name, subject, phrase, pos if single else "")
    for key in dict.fromkeys(entry.construction for entry in senses):
        yield Triple(subject, node("synsem:synBehavior"), node(f"lex:construction-{key}"))
    for entry in senses:
        yield from _sense(name, subject, entry)


def _forms(name: str, subject: NamedNode, phrase: str, pos: str) -> Iterator[Triple]:
    """A form for each spelling; a spelling that stands for several places (« énerve ») has the features of each."""
    features: dict[str, list[str]] = {phrase: []}
    if pos in ("NOUN", "VERB", "ADJ"):
        for form in inflect(phrase, pos):
            features.setdefault(form.text, []).append(form.features)
    for spelling, cells in features.items():
        form_node = node(f"lex:{name}-form" if spelling == phrase else f"lex:{name}-form-{slug(spelling)}")
        yield Triple(subject, node("ontolex:canonicalForm" if spelling == phrase else "ontolex:otherForm"), form_node)
        yield Triple(form_node, node("rdf:type"), node("ontolex:Form"))
        for written in dict.fromkeys((spelling, spelling.replace("’", "'"))):  # whichever apostrophe one looks for
            yield Triple(form_node, node("ontolex:writtenRep"), text(written, "fr"))
        for cell in dict.fromkeys(cells):
            yield Triple(form_node, node("tone:features"), Literal(cell))
        if pos in ("NOUN", "ADJ"):
            for feature in dict.fromkeys(part for cell in cells for part in cell.split("|")):
                kind = "gender" if feature.startswith("Gender") else "number"
                yield Triple(form_node, node(f"lexinfo:{kind}"), node(f"lexinfo:{FEATURES[feature]}"))


def _sense(name: str, word: NamedNode, entry: Entry) -> Iterator[Triple]:
    condition = "; ".join(map(str, entry.conditions))
    mark = f"-{_mark(condition)}" if condition else ""
    subject = node(f"lex:{name}-{entry.emotion}-{entry.construction}{mark}")
    yield Triple(word, node("ontolex:sense"), subject)
    yield Triple(subject, node("rdf:type"), node("ontolex:LexicalSense"))
    yield Triple(subject, node("ontolex:reference"), emotion_node(entry.emotion))
    yield Triple(subject, node("tone:hasConstruction"), node(f"lex:construction-{entry.construction}"))
    yield Triple(subject, node("tone:hasMode"), node(f"tone:{local_name(entry.mode)}"))
    yield Triple(subject, node("tone:hasIntensity"), node(f"tone:{local_name(entry.intensity)}"))
    yield Triple(subject, node("lexinfo:register"), node(f"lexinfo:{REGISTERS[entry.register]}"))
    yield Triple(subject, node("tone:register"), Literal(entry.register))
    if entry.region:
        yield Triple(subject, node("tone:region"), typed(REGIONS[entry.region], "language"))
    if condition:
        yield Triple(subject, node("tone:condition"), Literal(condition))
    if set(entry.term) & set("[]|/+"):
        yield Triple(subject, node("tone:pattern"), Literal(entry.term))
    for prop in ("origin", "reviewer"):
        if value := getattr(entry, prop):
            yield Triple(subject, node(f"tone:{prop}"), Literal(value))
    if entry.date:
        yield Triple(subject, node("dcterms:date"), typed(entry.date, "date"))

"""The French vocabulary as OntoLex-Lemon: entries, forms, and senses that refer to emotions.

Source: OntoLex-Lemon (W3C Ontology-Lexica community group, 2016), LexInfo 3.0 for the grammar, Universal Dependencies for features.
A line of the vocabulary is one sense; a line with alternatives (« rouge|blanc de colère ») is one sense for each phrase that it stands for.
Where the alternatives would have to agree with what stands before them, only the first is spelled out and ``tone:pattern`` has the others.
The forms of one spelling are one ``ontolex:Form`` with the features of each; docs/ontology.md says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ressenti.ontology.entry_names import part_of_speech, sense_name, slug, spelled, word_name
from ressenti.ontology.morphology import inflect
from ressenti.ontology.rdf.names import LEXICON, emotion_node, local_name, node, text, typed
from ressenti.ontology.vocabulary import Construction, Entry, in_words

POS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "INTJ": "interjection"}
REGISTERS = {"standard": "neutralRegister", "vulgar": "vulgarRegister"}
"""LexInfo's registers that say the same; it has none for colloquial and literary words, which ``tone:register`` names all the same."""
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
    words: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for phrase in spelled(entry.term):
            words[phrase, part_of_speech(entry)].append(entry)
    lexicon = NamedNode(LEXICON)
    yield Triple(lexicon, node("rdf:type"), node("lime:Lexicon"))
    yield Triple(lexicon, node("lime:language"), Literal("fr"))
    yield Triple(lexicon, node("lime:lexicalEntries"), typed(str(len(words)), "integer"))
    for (phrase, pos), senses in words.items():
        yield from _word(phrase, pos, senses)


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
    name = word_name(phrase, pos)
    subject = node(f"lex:{name}")
    single = " " not in phrase
    for kind in ("LexicalEntry", "Word" if single else "MultiwordExpression"):  # the wider one too, for who infers nothing
        yield Triple(subject, node("rdf:type"), node(f"ontolex:{kind}"))
    verb = pos == "VERB"
    reflexive, negated = verb and all(e.reflexive for e in senses), verb and all(e.only_negated for e in senses)
    shown = in_words(phrase, pos, reflexive=reflexive, negated=negated)
    yield Triple(subject, node("rdfs:label"), text(shown, "fr"))
    yield Triple(NamedNode(LEXICON), node("lime:entry"), subject)
    if pos in POS:
        yield Triple(subject, node("lexinfo:partOfSpeech"), node(f"lexinfo:{POS[pos]}"))
    yield from _forms(name, subject, phrase, shown, pos if single else "")
    for entry in senses:
        yield from _sense(name, subject, entry)


def _forms(name: str, subject: NamedNode, phrase: str, shown: str, pos: str) -> Iterator[Triple]:
    """A form for each spelling; a spelling that stands for several places (« énerve ») has the features of each."""
    features: dict[str, list[str]] = {shown: [], phrase: []}
    if pos in ("NOUN", "VERB", "ADJ"):
        for form in inflect(phrase, pos):
            features.setdefault(form.text, []).append(form.features)
    for spelling, cells in features.items():
        form_node = node(f"lex:{name}-form" if spelling == shown else f"lex:{name}-form-{slug(spelling)}")
        yield Triple(subject, node("ontolex:canonicalForm" if spelling == shown else "ontolex:otherForm"), form_node)
        yield Triple(form_node, node("rdf:type"), node("ontolex:Form"))
        for written in dict.fromkeys((spelling, spelling.replace("’", "'"))):  # whichever apostrophe one looks for
            yield Triple(form_node, node("ontolex:writtenRep"), text(written, "fr"))
        for cell in dict.fromkeys(cells):
            yield Triple(form_node, node("tone:features"), Literal(cell))
        if pos in ("NOUN", "ADJ"):
            for kind in ("Gender", "Number"):
                values = {part for cell in cells for part in cell.split("|") if part.startswith(kind)}
                if len(values) == 1:  # « triste » is of both genders, so of none
                    yield Triple(form_node, node(f"lexinfo:{kind.lower()}"), node(f"lexinfo:{FEATURES[values.pop()]}"))


def _sense(name: str, word: NamedNode, entry: Entry) -> Iterator[Triple]:
    condition = "; ".join(map(str, entry.conditions))
    subject = node(f"lex:{sense_name(name, entry)}")
    yield Triple(word, node("ontolex:sense"), subject)
    yield Triple(subject, node("rdf:type"), node("ontolex:LexicalSense"))
    yield Triple(subject, node("ontolex:reference"), emotion_node(entry.emotion))
    yield Triple(subject, node("tone:hasConstruction"), node(f"lex:construction-{entry.construction}"))
    yield Triple(subject, node("tone:hasMode"), node(f"tone:{local_name(entry.mode)}"))
    yield Triple(subject, node("tone:hasIntensity"), node(f"tone:{local_name(entry.intensity)}"))
    if entry.register in REGISTERS:
        yield Triple(subject, node("lexinfo:register"), node(f"lexinfo:{REGISTERS[entry.register]}"))
    yield Triple(subject, node("tone:register"), Literal(entry.register))
    if entry.region:
        yield Triple(subject, node("tone:region"), typed(REGIONS[entry.region], "language"))
    if condition:
        yield Triple(subject, node("tone:condition"), Literal(condition))
    if entry.only_negated:
        yield Triple(subject, node("tone:onlyNegated"), typed("true", "boolean"))
    if entry.reflexive is not None:
        yield Triple(subject, node("tone:reflexive"), typed(str(entry.reflexive).lower(), "boolean"))
    if set(entry.term) & set("[]|/+"):
        yield Triple(subject, node("tone:pattern"), Literal(entry.term))
    for prop in ("origin", "reviewer"):
        if value := getattr(entry, prop):
            yield Triple(subject, node(f"tone:{prop}"), Literal(value))
    if entry.date:
        yield Triple(subject, node("dcterms:date"), typed(entry.date, "date"))

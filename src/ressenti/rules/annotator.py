"""The annotator: an account in, a narrative with mentions, roles and entities out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ressenti._version import __version__
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.rules.engine import Engine, Found, pieces, with_mark
from ressenti.rules.entities import Chains
from ressenti.rules.language import load_rules
from ressenti.rules.links import link
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.basics import is_person
from ressenti.rules.text import Reading, read, sentences
from ressenti.rules.triggers import Matcher
from ressenti.schema import Component, Entity, Mention, Narrative, Role, Span

BATCH = 16
"""Accounts that are parsed together; more gains nothing, and bounds the memory."""


@dataclass(slots=True)
class _Cut:
    """An account cut into sentences, each tokenised, and parsed where a vocabulary entry may stand."""

    reading: Reading
    sentences: list[Sentence]
    parse: list[bool]


class Annotator:
    """Finds emotions and their roles in French accounts.

    Args:
        nlp: A French spaCy pipeline with a tagger and a parser.
        vocabulary: The entries to look for; of equal ones the last counts.
        rules: Files or folders of rules that are tried before the shipped ones.
    """

    def __init__(self, nlp: Language, vocabulary: Sequence[Entry] | None = None, rules: Sequence[Path] = ()) -> None:
        self.nlp = nlp
        entries = load_vocabulary() if vocabulary is None else vocabulary
        self.engine = Engine(Matcher(nlp, entries), load_rules(*rules))
        self._emotions = load_emotions()
        meta = nlp.meta
        self.provenance: dict[str, Any] = {
            "ressenti": __version__,
            "ontology": __version__,
            "rules": __version__ + ("+user" if rules or vocabulary is not None else ""),
            "parser": f"{meta['lang']}_{meta['name']} {meta['version']}",
            "model": None,
        }

    def __call__(self, text: str, id: str = "text") -> Narrative:
        """Annotate one account."""
        return next(self.pipe([Narrative(id, text)]))

    def pipe(self, narratives: Iterable[Narrative]) -> Iterator[Narrative]:
        """Annotate accounts, in order, with bounded memory.

        Args:
            narratives: Only ``id``, ``text``, ``components`` and ``extra`` are read.

        Yields:
            New narratives with the same ``id``, ``text``, ``components`` and ``extra``.
        """
        waiting = iter(narratives)
        while batch := list(islice(waiting, BATCH)):
            cuts = [self._cut(narrative.text) for narrative in batch]
            wanted = [s.tokens[0].doc for cut in cuts for s, parse in zip(cut.sentences, cut.parse, strict=True) if parse]
            for _ in self.nlp.pipe(wanted, batch_size=128):
                pass  # the documents are parsed in place
            for narrative, cut in zip(batch, cuts, strict=True):
                yield self._assemble(narrative, cut)

    def annotate_doc(self, doc: Doc, id: str = "doc") -> Narrative:
        """Annotate a document that a pipeline has parsed already, by that pipeline's sentences."""
        found = [Sentence([*sent], 0) for sent in doc.sents]
        cut = _Cut(Reading(doc.text, None), found, [self.engine.matcher.may_match(s.forms) for s in found])
        return self._assemble(Narrative(id, doc.text), cut)

    def _cut(self, text: str) -> _Cut:
        reading = read(text)
        found, parse = [], []
        for start, end in sentences(reading.text):
            doc = self.nlp.make_doc(reading.text[start:end])
            sentence = Sentence([*doc], start)
            found.append(sentence)
            parse.append(self.engine.matcher.may_match(sentence.forms))
        return _Cut(reading, found, parse)

    def _assemble(self, narrative: Narrative, cut: _Cut) -> Narrative:
        mentions: list[Mention] = []
        roles: list[Role] = []
        chains = Chains()
        depth = 0
        all_found = [self.engine.find(s) if parsed else [] for s, parsed in zip(cut.sentences, cut.parse, strict=True)]
        for i in range(1, len(all_found)):
            if cut.parse[i - 1] and cut.parse[i]:
                link(cut.sentences[i - 1], all_found[i - 1], cut.sentences[i], all_found[i])
        for s, parsed, found in zip(cut.sentences, cut.parse, all_found, strict=True):
            quoted, depth = _quoted(s, depth)
            heads = {r.head: r for f in found for r in f.roles if r.sentence is s}
            entities: dict[int, str | None] = {}
            for i in range(len(s)):
                if i in heads:
                    span = s.span(heads[i].first, heads[i].last)
                    entities[i] = chains.resolve(s, i, span, quoted[i])
                elif (parsed and s.pos(i) in ("NOUN", "PROPN") and is_person(s, i)) or s.forms[i] in chains.known:
                    chains.see(s, i, s.span(i, i))
                elif s.is_a(i, "first_person"):
                    chains.resolve(s, i, s.span(i, i), quoted[i])
            for f in found:
                mention = self._mention(len(mentions) + 1, s, f, cut.reading)
                mentions.append(mention)
                for r in f.roles:
                    span = cut.reading.original(*_without_hyphen(r.sentence, r.first, r.last))
                    entity = entities.get(r.head) if r.sentence is s and r.role in ("experiencer", "target") else None
                    roles.append(Role(mention.id, r.role, span, entity, r.rule))
        text = narrative.text
        known = [
            Entity(e.id, e.label or text[slice(*spans[0])], spans)
            for e in chains.known.values()
            for spans in [tuple(cut.reading.original(*span) for span in e.spans)]
        ]  # fmt: skip
        used = {role.entity for role in roles}
        return Narrative(
            narrative.id, text, [Component(c.component, c.span, c.source) for c in narrative.components], mentions, roles,
            [e for e in known if e.id in used or e.id == "NARRATOR"], self.provenance, narrative.extra,
        )  # fmt: skip

    def _mention(self, number: int, s: Sentence, f: Found, reading: Reading) -> Mention:
        cue = tuple(reading.original(*s.span(*piece)) for piece in pieces(s, with_mark(s, f.hit)))
        secondary, primary = self._emotions.secondary(f.emotion), self._emotions.primary(f.emotion)
        return Mention(number, cue, f.emotion, secondary, primary, f.mode, f.status, f.intensity, f.confidence, f.rule)


def _without_hyphen(s: Sentence, first: int, last: int) -> Span:
    start, end = s.span(first, last)
    form = s.forms[first]
    return (start + form.rindex("-") + 1, end) if form.startswith("-") and first == last else (start, end)


def _quoted(s: Sentence, depth: int) -> tuple[list[bool], int]:
    """For each token whether it stands inside « », and the depth at the sentence's end."""
    inside = []
    for form in s.forms:
        if "«" in form:
            depth = 1
        inside.append(depth > 0)
        if "»" in form:
            depth = 0
    return inside, depth

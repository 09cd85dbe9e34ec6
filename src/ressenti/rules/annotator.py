"""The annotator: an account in, a narrative with mentions, roles and entities out."""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from threading import RLock
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from ressenti._garbage import garbage_put_off
from ressenti._version import __version__
from ressenti.batches import batches
from ressenti.errors import InputError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.entry_names import entry_name
from ressenti.ontology.version import ontology_version
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.rules.account import Account
from ressenti.rules.ambivalence import mark_ambivalence
from ressenti.rules.choice import pieces, with_mark
from ressenti.rules.components import divide
from ressenti.rules.confidence import Confidence, load_confidence
from ressenti.rules.context import settle
from ressenti.rules.engine import Engine
from ressenti.rules.entities import Entities, narrator, resolve
from ressenti.rules.found import Found
from ressenti.rules.gate import may_hold
from ressenti.rules.language import check_terms, load_rules
from ressenti.rules.links import link
from ressenti.rules.qualifiers.further import qualify_further
from ressenti.rules.sentence import Sentence, refuse
from ressenti.rules.spelling.corrector import Corrector
from ressenti.rules.spelling.doubt import doubt
from ressenti.rules.spelling.seen import seen_by
from ressenti.rules.spelling.stops import cut
from ressenti.rules.text import Reading, cut_long, read, sentences
from ressenti.rules.threads import one_blas_thread
from ressenti.rules.triggers import Matcher
from ressenti.rules.version import rules_version
from ressenti.schema import Mention, Narrative, Role, storable

BATCH = 64
"""Accounts that are parsed together: short ones gain a tenth over 16, more gain nothing."""
CHARACTERS = 50_000
"""Length after which no further account is parsed together with others."""
WORDS = 50_000
"""Words, with their beginnings and shapes, that the parser’s vocabulary may keep; those met later are forgotten with their accounts."""
_TURN = RLock()
"""One thread annotates at a time: words that one lets go are another's too, and so are the memos of words and the threads of NumPy, which
all annotators share. Never held between two answers of ``pipe``."""


class Annotator:
    """Finds emotions and their roles in French accounts.

    Args:
        nlp: A French spaCy pipeline with a tagger and a parser.
        vocabulary: The entries to look for; of equal ones the last counts.
        rules: Files or folders of rules that are tried before the shipped ones.
        spelling: Whether what is misspelt for sure is read as it was meant.
        entities: Whether the characters are told apart, for which every sentence of an account is parsed where something is felt; else
            the narrator is told from all others, no more, and only sentences are parsed in which something may be felt.
        components: Whether free text is divided into components; those that are given stay.
        gate: Whether sentences in which nothing can be felt are left unparsed. It changes no answer; without it all are parsed.
    """

    def __init__(
        self,
        nlp: Language,
        vocabulary: Sequence[Entry] | None = None,
        rules: Sequence[Path] = (),
        spelling: bool = True,
        *,
        entities: bool = True,
        components: bool = True,
        gate: bool = True,
    ) -> None:
        self.nlp = nlp
        self._entities, self._components, self._gate = entities, components, gate
        entries = load_vocabulary() if vocabulary is None else vocabulary
        self.corrector = Corrector(entries, seen_by(nlp)) if spelling else None
        self.vocabulary = entries
        every = load_rules(*rules)
        check_terms(every, entries)
        self.engine = Engine(Matcher(nlp, entries), every)
        self.confidence = Confidence(self.engine.rules, load_confidence())
        self._emotions = load_emotions()
        meta = nlp.meta
        self.provenance: dict[str, Any] = {
            "ressenti": __version__,
            "ontology": ontology_version(),
            "rules": rules_version(vocabulary, rules),
            "parser": f"{meta['lang']}_{meta['name']} {meta['version']}",
            "model": None,
        }

    def __call__(self, text: str, id: str = "text") -> Narrative:
        """Annotate one account.

        Raises:
            TypeError: The text is no string.
            InputError: It is none that can be read or written, for it holds half a character.
        """
        return next(self.pipe([Narrative(id, text)]))

    def pipe(self, narratives: Iterable[Narrative]) -> Iterator[Narrative]:
        """Annotate accounts, in order, with bounded memory.

        Args:
            narratives: Only ``id``, ``text``, ``components`` and ``extra`` are read.

        Yields:
            New narratives with the same ``id``, ``text``, ``components`` and ``extra``.

        Raises:
            TypeError: A text that is no string.
            InputError: A text that is none, for it holds half a character; a component that leaves its text.
        """
        for batch in batches(map(_usable, narratives), lambda narrative: len(narrative.text), BATCH, CHARACTERS):
            yield from self._several(batch)

    def _several(self, batch: Sequence[Narrative]) -> list[Narrative]:
        """What was parsed is let go before the next accounts are read, and so are their words once the parser knows many."""
        with _TURN, garbage_put_off(), self._zone():
            accounts = [self._cut(narrative) for narrative in batch]
            self._parse(accounts)
            found = [self._annotate(narrative, account) for narrative, account in zip(batch, accounts, strict=True)]
            accounts.clear()  # before garbage is looked for again: there is none among them
            return found

    def _zone(self) -> contextlib.AbstractContextManager[object]:
        full = len(self.nlp.vocab.strings) > WORDS
        return self.nlp.memory_zone() if full else contextlib.nullcontext()

    def examine(self, text: str, id: str = "text") -> tuple[Account, Narrative]:
        """Annotate one account and keep what the passes found on the way, for who asks why; raises what calling it raises."""
        narrative = _usable(Narrative(id, text))
        with _TURN:
            account = self._cut(narrative)
            account.parsed = [True] * len(account.sentences)
            self._parse([account])
            return account, self._annotate(narrative, account)

    def annotate_doc(self, doc: Doc, id: str = "doc") -> Narrative:
        """Annotate a document that a pipeline has parsed already, by that pipeline's sentences, the endless ones cut."""
        with _TURN:
            found = [Sentence(part, 0) for part in _parts(doc)]
            account = Account(Reading(doc.text, None), found, [True] * len(found))
            return self._annotate(Narrative(id, doc.text), account)

    def _cut(self, narrative: Narrative) -> Account:
        """Cut an account into sentences, each tokenised, and say which are to be parsed."""
        reading = read(narrative.text)
        if self.corrector is not None:
            reading = self.corrector(reading)
        spans = [piece for span in sentences(reading.text) for piece in (cut(reading.text, span) if self.corrector else (span,))]
        found = [Sentence([*self.nlp.make_doc(reading.text[start:end])], start, before_parse=refuse) for start, end in spans]
        return Account(reading, found, self._wanted(found), given=narrative.components)

    def _wanted(self, found: Sequence[Sentence]) -> list[bool]:
        """Which sentences to parse together; another is parsed when a pass asks for it."""
        if not self._gate:
            return [True] * len(found)
        if self._entities:
            return [any(may_hold(self.engine, s) for s in found)] * len(found)
        return [may_hold(self.engine, s) for s in found]

    def _parse(self, accounts: Iterable[Account]) -> None:
        """Parse the sentences of accounts that are to be parsed, in place."""
        together: dict[int, Doc] = {}  # accounts may share documents
        for account in accounts:
            for s, parsed in zip(account.sentences, account.parsed, strict=True):
                s.before_parse = None if parsed else self._parse_alone
                if parsed:
                    together[id(s.tokens[0].doc)] = s.tokens[0].doc
        with one_blas_thread():
            for _ in self.nlp.pipe(sorted(together.values(), key=len), batch_size=128):  # of like length: none waits for others
                pass

    def _parse_alone(self, s: Sentence) -> None:
        with one_blas_thread():
            self.nlp(s.tokens[0].doc)

    def _annotate(self, narrative: Narrative, account: Account) -> Narrative:
        """The passes, in order; each reads what those before it found."""
        for s, parsed in zip(account.sentences, account.parsed, strict=True):
            account.found.append(self.engine.find(s) if parsed else [])
        link(account)
        entities = resolve(account) if self._entities else narrator(account)
        settle(account, entities)
        qualify_further(account)
        doubt(account)
        mark_ambivalence(account, entities)
        mentions, roles = self._mentions(account, entities)
        components = divide(account) if self._components else list(account.given)
        return Narrative(narrative.id, narrative.text, components, mentions, roles, list(entities.known), self.provenance, narrative.extra)

    def _mentions(self, account: Account, entities: Entities) -> tuple[list[Mention], list[Role]]:
        """Mentions and roles of the format from what the passes found."""
        mentions: list[Mention] = []
        roles: list[Role] = []
        for s, found in zip(account.sentences, account.found, strict=True):
            for f in found:
                cue = tuple(account.reading.original(*s.span(*piece)) for piece in pieces(s, with_mark(s, f.hit)))
                tiers = self._emotions.secondary(f.emotion), self._emotions.primary(f.emotion)
                mention = Mention(
                    len(mentions) + 1, cue, f.emotion, *tiers, f.mode, f.status, f.intensity,
                    self.confidence.of_mention(f), f.rule, _extra(f),
                )  # fmt: skip
                mentions.append(mention)
                for r in f.roles:
                    span = account.original(r.sentence, r.first, r.last)
                    roles.append(Role(mention.id, r.role, span, entities.of_role(r), r.rule, self.confidence.of_role(s, f, r)))
        return mentions, roles


def _usable(narrative: Narrative) -> Narrative:
    """A narrative whose text and given components can be read; said of any other without its words."""
    where, text = f"narrative {narrative.id!r}", narrative.text
    if not isinstance(text, str):
        raise TypeError(f"{where}: the text must be a str, not {type(text).__name__}")
    if not storable(text):
        raise InputError(where, None, "the text contains a lone surrogate (\\ud800 to \\udfff), half of a character; decode it anew")
    for given in narrative.components:
        start, end = given.span
        if not 0 <= start <= end <= len(text):
            raise InputError(where, None, f"the component {given.component!r}, {start} to {end}, leaves the text of {len(text)} characters")
    return narrative


def _parts(doc: Doc) -> Iterator[list[Token]]:
    """The tokens of each sentence, an endless one cut where that of an account is: the rules take up to the cube of its length."""
    text = doc.text
    for sentence in doc.sents:
        tokens = [*sentence]
        places = [token.idx for token in tokens]
        ends = [end for _, end in cut_long(text, sentence.start_char, sentence.end_char)][:-1]
        for first, after in pairwise((0, *(bisect_left(places, end) for end in ends), len(tokens))):
            if first < after:
                yield tokens[first:after]


def _extra(f: Found) -> dict[str, Any]:
    """The optional keys of a mention; ``entry`` where a line of a vocabulary found it, not where a rule brings its own words."""
    return dict(f.extra) if f.hit.entry.path.endswith((".yaml", ".yml")) else {"entry": entry_name(f.hit.listed), **f.extra}

"""What a change of the vocabulary does to the annotations of a corpus, before it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from spacy.language import Language

from ressenti.ontology.vocabulary import Entry
from ressenti.rules.account import Account
from ressenti.rules.annotator import BATCH, Annotator
from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Matcher
from ressenti.schema import Mention, Narrative, Role

KINDS = ("gained", "lost", "primary", "emotion", "roles", "other")
"""What may happen to a mention: it is new, it is gone, it has another primary, another emotion of the same primary, other roles, or
another cue, mode, status or intensity."""

Place = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry before and after; one of the two is None where it was added or removed."""

    old: Entry | None
    new: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or as it was."""
        entry = self.new or self.old
        assert entry is not None
        return entry


@dataclass(frozen=True, slots=True)
class Difference:
    """A mention that is not as it was.

    Attributes:
        kind: One of `KINDS`.
        term: The vocabulary's, of the entry that now gives the mention, or gave it.
        old: The mention before, None where it is new.
        new: The mention after, None where it is gone.
        narrative: The account, for who shows an example.
    """

    kind: str
    term: str
    old: Mention | None
    new: Mention | None
    narrative: Narrative

    @property
    def cue(self) -> tuple[tuple[int, int], ...]:
        """Where the mention stands now, or stood."""
        mention = self.new or self.old
        return mention.cue if mention is not None else ()


@dataclass(slots=True)
class Effect:
    """What a change does to a corpus.

    Attributes:
        changes: The entries that differ, by term.
        accounts: How many accounts were read.
        touched: In how many of them a changed term may stand; only these were annotated.
        before: Mentions in these, with the old vocabulary.
        after: Mentions in these, with the new one.
        counts: For each term how many mentions of each kind of difference.
        moves: For each term from which emotion to which, ``""`` for none, how often; of mentions gained, lost, or with another emotion.
        examples: For each term some of its differences.
    """

    changes: Sequence[Change]
    accounts: int = 0
    touched: int = 0
    before: int = 0
    after: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    moves: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    examples: dict[str, list[Difference]] = field(default_factory=dict)

    @property
    def terms(self) -> frozenset[str]:
        """The terms whose entries differ. Others may be counted too: a longer term takes a shorter one's place."""
        return frozenset(change.entry.term for change in self.changes)

    def add(self, difference: Difference, examples: int = 0) -> None:
        """Count a difference, and keep it where fewer than ``examples`` of its term are kept."""
        self.counts.setdefault(difference.term, Counter())[difference.kind] += 1
        if difference.kind in ("gained", "lost", "primary", "emotion"):
            move = (difference.old.emotion if difference.old else "", difference.new.emotion if difference.new else "")
            self.moves.setdefault(difference.term, Counter())[move] += 1
        kept = self.examples.setdefault(difference.term, [])
        if len(kept) < examples:
            kept.append(difference)


def changes(old: Iterable[Entry], new: Iterable[Entry]) -> list[Change]:
    """The entries that differ, sorted by term. Of equal ones in a vocabulary the last counts; where they come from does not."""
    before, after = ({_place(entry): entry for entry in entries} for entries in (old, new))
    places = sorted(before.keys() | after.keys())
    found = (Change(before.get(place), after.get(place)) for place in places)
    return [change for change in found if _said(change.old) != _said(change.new)]


def _place(entry: Entry) -> Place:
    return entry.term, entry.pos, entry.construction, tuple(map(str, entry.conditions))


def _said(entry: Entry | None) -> tuple[str, ...] | None:
    return None if entry is None else (entry.emotion, entry.mode, entry.intensity, entry.register, entry.region)


class _Side(Annotator):
    """An annotator with one of the two vocabularies, whose accounts can be parsed together with the other's."""

    def cut(self, narrative: Narrative) -> Account:
        return self._cut(narrative)

    def like(self, narrative: Narrative, other: Account) -> Account:
        """The account over the documents of another side, where both read it alike, so that it is parsed once."""
        own = self._cut(narrative)
        if own.reading.text != other.reading.text:  # what is taken for a slip hangs on the words that are known
            return own
        sentences = [Sentence(s.tokens, s.start) for s in other.sentences]
        return Account(own.reading, sentences, own.parsed, given=own.given)

    def parse(self, accounts: Iterable[Account]) -> None:
        """Parse accounts of either side."""
        self._parse(accounts)

    def finish(self, narrative: Narrative, account: Account) -> tuple[Narrative, list[str]]:
        """The annotated account, and the term that gave each mention."""
        annotated = self._annotate(narrative, account)
        return annotated, [found.hit.entry.term for sentence in account.found for found in sentence]


class Diff:
    """Annotates with two vocabularies at a time, parsing once.

    Args:
        nlp: The French parser.
        old: The vocabulary as it was.
        new: As it would be.
    """

    def __init__(self, nlp: Language, old: Sequence[Entry], new: Sequence[Entry]) -> None:
        self.changes = changes(old, new)
        self._old, self._new = _Side(nlp, old, gate=False), _Side(nlp, new, gate=False)
        self._changed = Matcher(nlp, [entry for change in self.changes for entry in (change.old, change.new) if entry])

    def effect(self, narratives: Iterable[Narrative], examples: int = 0) -> Effect:
        """What the change does to a corpus, with bounded memory.

        Args:
            narratives: The accounts; only id, text and components are read.
            examples: How many differences to keep for each term.
        """
        effect = Effect(self.changes)
        waiting = iter(narratives)
        while batch := list(islice(waiting, BATCH)):
            effect.accounts += len(batch)
            for before, after, terms in self._both(batch):
                effect.touched += 1
                effect.before += len(before.mentions)
                effect.after += len(after.mentions)
                for difference in differences(before, after, *terms):
                    effect.add(difference, examples)
        return effect

    def pairs(self, narratives: Iterable[Narrative]) -> Iterator[tuple[Narrative, Narrative]]:
        """Every account annotated with the old vocabulary and with the new one."""
        waiting = iter(narratives)
        while batch := list(islice(waiting, BATCH)):
            yield from ((before, after) for before, after, _ in self._both(batch, every=True))

    def _both(
        self, batch: Sequence[Narrative], every: bool = False
    ) -> Iterator[tuple[Narrative, Narrative, tuple[Sequence[str], Sequence[str]]]]:
        """The accounts of a batch in which a changed term may stand, or every one, annotated both ways."""
        cut = []
        for narrative in batch:
            before = self._old.cut(narrative)
            after = self._new.like(narrative, before)
            if every or self._touched(before, after):
                cut.append((narrative, before, after))
        self._old.parse(account for _, before, after in cut for account in (before, after))
        for narrative, before, after in cut:
            (old, old_terms), (new, new_terms) = self._old.finish(narrative, before), self._new.finish(narrative, after)
            yield old, new, (old_terms, new_terms)

    def _touched(self, before: Account, after: Account) -> bool:
        if before.reading.text != after.reading.text:
            return True
        return any(self._changed.may_match(Sentence(s.tokens, s.start)) for s in before.sentences)


def differences(old: Narrative, new: Narrative, old_terms: Sequence[str], new_terms: Sequence[str]) -> list[Difference]:
    """The mentions that are not as they were, in the order of the text.

    Mentions belong together when their cues are the same, else when they share a character.

    Args:
        old: An account annotated before.
        new: The same account annotated after.
        old_terms: The term that gave each mention before.
        new_terms: The same of the mentions after.
    """
    pairs: list[tuple[int | None, int | None]] = []
    left, right = list(range(len(old.mentions))), list(range(len(new.mentions)))
    for alike in (_equal, _same_cue, _overlap):
        for i in list(left):
            match = next((j for j in right if alike(old.mentions[i], new.mentions[j])), None)
            if match is not None:
                pairs.append((i, match))
                left.remove(i)
                right.remove(match)
    pairs += [*((i, None) for i in left), *((None, j) for j in right)]

    found: list[Difference] = []
    for one, other in pairs:
        before = old.mentions[one] if one is not None else None
        after = new.mentions[other] if other is not None else None
        if kind := _kind(before, after, _roles(old, before), _roles(new, after)):
            term = new_terms[other] if other is not None else old_terms[one] if one is not None else ""
            found.append(Difference(kind, term, before, after, new))
    return sorted(found, key=lambda difference: difference.cue)


def _kind(old: Mention | None, new: Mention | None, old_roles: frozenset[object], new_roles: frozenset[object]) -> str:
    if old is None or new is None:
        return "gained" if old is None else "lost"
    if old.primary != new.primary:
        return "primary"
    if old.emotion != new.emotion:
        return "emotion"
    if (old.cue, old.mode, old.status, old.intensity) != (new.cue, new.mode, new.status, new.intensity):
        return "other"
    return "roles" if old_roles != new_roles else ""


def _roles(narrative: Narrative, mention: Mention | None) -> frozenset[object]:
    roles: Iterable[Role] = narrative.roles if mention is not None else ()
    return frozenset((r.role, r.span) for r in roles if mention is not None and r.mention == mention.id)


def _equal(a: Mention, b: Mention) -> bool:
    return a.cue == b.cue and a.emotion == b.emotion


def _same_cue(a: Mention, b: Mention) -> bool:
    return a.cue == b.cue


def _overlap(a: Mention, b: Mention) -> bool:
    return any(s < f and t < e for s, e in a.cue for t, f in b.cue)

"""What rules do over many accounts: how often each fires, where two agree, where one wins over another, where they conflict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ressenti.ontology.emotions import load_emotions
from ressenti.rules.account import Account
from ressenti.rules.annotator import Annotator
from ressenti.rules.found import Found
from ressenti.rules.rule import Rule
from ressenti.rules.sentence import Sentence
from ressenti.rules.spans import role_span
from ressenti.rules.view import view
from ressenti.rules.word_triggers import WordHit

KINDS = ("agreement", "overlap", "primaries", "spans")
"""Of pairs: both give a role the same span; both fit one trigger and the first wins; their mentions share tokens but not their
primary; they give one role different spans that share tokens. The last two are conflicts."""
CONFLICTS = ("primaries", "spans")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rules that met.

    Attributes:
        kind: One of :data:`KINDS`.
        first: Id of a rule; of an overlap the one that won.
        second: Id of the other.
    """

    kind: str
    first: str
    second: str


@dataclass(slots=True)
class Coverage:
    """Counts over accounts; empty at first.

    Attributes:
        annotator: Whose rules are counted.
        keep: How many examples of each pair are kept; 0 keeps no text of an account.
        accounts: How many were counted.
        mentions: How many mentions were found.
        fired: Rule id to how often it fired.
        roles: Rule id to how many roles it gave.
        pairs: Pairs to how often they met.
        examples: Pairs to the id of an account and the sentence.
    """

    annotator: Annotator
    keep: int = 0
    accounts: int = 0
    mentions: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    pairs: Counter[Pair] = field(default_factory=Counter)
    examples: dict[Pair, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, id_: str, account: Account) -> None:
        """Count what the rules did on an account.

        Args:
            id_: Its id, for examples.
            account: As the annotator's passes left it (:meth:`Annotator.examine`).
        """
        self.accounts += 1
        rules = {rule.id: rule for rule in self.annotator.engine.rules}
        for s, found in zip(account.sentences, account.found, strict=True):
            self.mentions += len(found)
            for f in found:
                self.fired.update(f.fired)
                self.roles.update(role.rule.removeprefix("rule:") for role in f.roles)
            for pair in (*self._overlaps(s, found), *_primaries(found), *(p for f in found for p in _spans(s, f, found, rules))):
                self.pairs[pair] += 1
                if len(self.examples[pair]) < self.keep:
                    self.examples[pair].append((id_, "".join(t.text_with_ws for t in s.tokens).strip()))

    @property
    def never(self) -> list[str]:
        """Ids of the rules that did not fire."""
        return [rule.id for rule in self.annotator.engine.rules if not self.fired[rule.id]]

    def rows(self, judged: dict[str, tuple[int, int]] | None = None) -> list[dict[str, Any]]:
        """A row a rule, the most frequent first.

        Args:
            judged: Rule id to how many of its mentions and roles could be judged by gold marks, and how many of these are right.
        """
        found = []
        for rule in self.annotator.engine.rules:
            of, right = (judged or {}).get(rule.id, (0, 0))
            meets = {kind: sum(n for p, n in self.pairs.items() if p.kind == kind and rule.id in (p.first, p.second)) for kind in KINDS}
            won = sum(n for p, n in self.pairs.items() if p.kind == "overlap" and p.first == rule.id)
            found.append(
                {
                    "rule": rule.id, "group": rule.group, "fired": self.fired[rule.id], "roles": self.roles[rule.id], "judged": of,
                    "right": right, "agreements": meets["agreement"], "won": won, "lost": meets["overlap"] - won,
                    "conflicts": meets["primaries"] + meets["spans"], "where": rule.where,
                }
            )  # fmt: skip
        return sorted(found, key=lambda row: (-row["fired"], row["rule"]))

    def _overlaps(self, s: Sentence, found: list[Found]) -> Iterator[Pair]:
        """Core rules that fit the same trigger as the one that was taken, and rules of words that gave way."""
        if not found:
            return
        hits = [f.hit for f in found]
        for f in found:
            if f.by is None or isinstance(f.hit, WordHit):
                continue
            at = view(s, f.hit, hits)
            for rule in self.annotator.engine.fitting("core", f.hit.entry):
                asks = rule.when or rule.unless  # the last resort of a construction asks for nothing: it fits wherever another does
                if rule is not f.by and asks and rule.failing(at) is None:
                    yield Pair("overlap", f.by.id, rule.id)
        lost: list[Any] = []
        self.annotator.engine.hits(s, lost)
        for one in lost:
            winner = next((f for f in found if one.to is not None and set(f.hit.all) & set(one.to.all)), None)
            if isinstance(one.hit, WordHit) and winner is not None and winner.by is not None and winner.by is not one.hit.rule:
                yield Pair("overlap", winner.by.id, one.hit.rule.id)


def _primaries(found: list[Found]) -> Iterator[Pair]:
    primary = load_emotions().primary
    for a, b in combinations(found, 2):
        if set(a.hit.cue) & set(b.hit.cue) and primary(a.emotion) != primary(b.emotion):
            first, second = sorted(f.by.id if f.by is not None else f.rule for f in (a, b))
            yield Pair("primaries", first, second)


def _spans(s: Sentence, f: Found, found: list[Found], rules: dict[str, Rule]) -> Iterator[Pair]:
    """Where the roles that the rules which fired would give are those that another gave, or other stretches of the same words."""
    cue = frozenset(f.hit.cue)
    at = view(s, f.hit, [other.hit for other in found])
    met: set[Pair] = set()
    for rule in (rules[id_] for id_ in f.fired if id_ in rules):
        for role, paths in rule.roles.items():
            reached = next((r for path in paths for r in path.all(at) if r.token not in cue), None)
            span = None if reached is None else role_span(s, reached.token, cue, reached.function)
            if span is None:
                continue
            for given in f.roles:
                by = given.rule.removeprefix("rule:")
                if given.role != role or by == rule.id or given.sentence is not s:
                    continue
                first, second = sorted((by, rule.id))
                if (given.first, given.last) == span:
                    met.add(Pair("agreement", first, second))
                elif given.first <= span[1] and span[0] <= given.last:
                    met.add(Pair("spans", first, second))
    yield from sorted(met, key=lambda pair: (pair.kind, pair.first, pair.second))

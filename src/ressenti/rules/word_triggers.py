"""Rules whose trigger is a word, in the vocabulary or not: where they may fire, found on tokens alone, and the mention that they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ressenti.ontology.vocabulary import POS, Condition, Entry
from ressenti.rules.conditions import holds
from ressenti.rules.parts_of_speech import word_kinds
from ressenti.rules.rule import Rule
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.basics import is_verb
from ressenti.rules.triggers import Hit
from ressenti.rules.view import View, view_of_word
from ressenti.rules.words import load_words

_AS_ENTRY = {"AUX": "VERB", "PROPN": "NOUN"}
_INFLECTED = frozenset({"NOUN", "VERB", "ADJ"})
_DEGREE = load_words()["all"] | {"très"}
"""Intensifiers stay outside of a cue: « devenue » … « blanche » of « toute blanche »."""


@dataclass(frozen=True, slots=True)
class WordHit(Hit):
    """A word that a rule makes a mention of; its ``entry`` is made by the rule.

    Attributes:
        rule: The rule.
        order: Its place in the order in which rules are tried.
    """

    rule: Rule
    order: int


class WordTriggers:
    """The rules with a trigger of words, by the forms of these words: a sentence costs a look-up a token, whatever their number.

    Args:
        rules: In the order in which they are tried.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._index: dict[str, list[Rule]] = defaultdict(list)
        self._order: dict[str, int] = {}
        for rule in (rule for rule in rules if rule.trigger.is_word):
            self._order[rule.id] = len(self._order)
            for form in rule.trigger.forms:
                self._index[form].append(rule)

    def candidates(self, s: Sentence) -> Sequence[tuple[int, Rule]]:
        """Tokens and the rules that may fire on them, in reading order; found once a sentence, before any parsing."""
        key = ("word triggers",)
        if key not in s.memo:
            s.memo[key] = self._candidates(s)
        found: Sequence[tuple[int, Rule]] = s.memo[key]
        return found

    def _candidates(self, s: Sentence) -> list[tuple[int, Rule]]:
        index = self._index
        if index.keys().isdisjoint(s.forms):
            return []
        may_fire: dict[str, list[Rule]] = {}
        found: list[tuple[int, Rule]] = []
        for i, form in enumerate(s.forms):
            if form in index:
                if form not in may_fire:
                    may_fire[form] = [rule for rule in index[form] if rule.may_fire(s)]
                found += [(i, rule) for rule in may_fire[form]]
        return found

    def hits(self, s: Sentence, mentions: Sequence[Hit] | None = None) -> list[Hit]:
        """What the rules find in a parsed sentence.

        Args:
            s: The sentence.
            mentions: None for the rules that look at no other mention, else the mentions found so far, for the rules that do.
        """
        found: list[Hit] = []
        looking = mentions is not None
        for i, rule in self.candidates(s):
            if rule.looks_at_mentions == looking:
                at = view_of_word(s, i, mentions or ())
                if rule.failing(at) is None and (pos := part_of_speech(s, i, rule)) is not None:
                    hit = word_hit(at, rule, pos, self._order[rule.id])
                    if holds(s, hit):
                        found.append(hit)
        return found


def part_of_speech(s: Sentence, i: int, rule: Rule) -> str | None:
    """The part of speech in which a word stands here, or None when it is none of those that the rule's trigger asks for."""
    wanted = rule.trigger.keys.get("pos")
    tag = _AS_ENTRY.get(s.pos(i), s.pos(i))
    if wanted is None:
        return tag if tag in POS else "PHRASE"
    if tag in wanted:
        return tag if tag not in _INFLECTED or tag in word_kinds(s, i) else None
    return next((pos for pos in sorted(wanted) if pos not in _INFLECTED or pos in word_kinds(s, i)), None)


def may_be_wanted(s: Sentence, i: int, rule: Rule) -> bool:
    """Whether :func:`part_of_speech` may find one: « la garde » is no verb, whatever the parser says."""
    wanted = rule.trigger.keys.get("pos")
    return wanted is None or not _INFLECTED.issuperset(wanted) or not word_kinds(s, i).isdisjoint(wanted)


def word_hit(at: View, rule: Rule, pos: str, order: int = 0) -> WordHit:
    """The mention of a rule that fires on a word."""
    made = rule.mention
    if made is None:
        raise ValueError(f"the rule {rule.id!r} makes no mention")
    s, i = at.s, at.head
    cue = {i}
    for path in made.cue:
        found = path.follow(at)
        if found is not None:
            cue.update(_joined(s, i, found))
    if pos == "NOUN" and any(is_verb(s, k) for k in cue if k != i):
        pos = "PHRASE"  # « mains » + « trembler »: what is negated is the verb
    conditions = (Condition("negated", ()),) if made.negated else ()
    entry = Entry(
        s.forms[i], pos, made.emotion, made.construction, made.mode, made.intensity, "standard", "", conditions, rule.path, rule.line
    )
    tokens = tuple(sorted(cue))
    return WordHit(entry, tokens, tokens, i, rule, order)


def _joined(s: Sentence, i: int, found: int) -> range | tuple[int, ...]:
    """A word that joins the cue, with what of its phrase stands before it: « serrer *les* poings », « boule *au* ventre »."""
    if found < i:
        between = range(found, i)
        return between if all(s.pos(k) in ("ADJ", "ADP", "DET") and s.forms[k] not in _DEGREE for k in between[1:]) else (found,)
    first = found
    while first - 1 > i and s.pos(first - 1) in ("ADJ", "ADP", "DET", "NUM") and s.forms[first - 1] not in _DEGREE:
        first -= 1
    return range(first, found + 1)

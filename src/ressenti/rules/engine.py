"""From a parsed sentence to its mentions: choose among the entries found, apply the rules, qualify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ressenti.rules.conditions import fits, holds
from ressenti.rules.language import GROUPS, Path_, Rule
from ressenti.rules.qualifiers import intensity, status
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.spans import phrase, role_span
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.syntax.basics import phrase_after
from ressenti.rules.syntax.verbs import verb_group
from ressenti.rules.triggers import Hit, Matcher

CONFIDENCE = {"labelled": 0.9, "displayed": 0.8, "behavioural": 0.7, "suggested": 0.6}
"""Prior of a mode: the share of such cues that are right, rounded, on the development narratives (docs/scores.md)."""
_NONE: frozenset[str] = frozenset()
_OF = frozenset({"de", "d'", "du", "des"})


@dataclass(slots=True)
class FoundRole:
    """A role by token indices of its sentence, both included, and the head that the path led to.

    Its sentence is the mention's, but for roles across a sentence boundary.
    """

    role: str
    first: int
    last: int
    head: int
    rule: str
    sentence: Sentence


@dataclass(slots=True)
class Found:
    """A mention by token indices of its sentence."""

    hit: Hit
    emotion: str
    mode: str
    status: str
    intensity: str
    confidence: float
    rule: str
    roles: list[FoundRole] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    """Optional keys of the format: ``time``, ``reported``, ``question``, ``wish`` …"""


class Engine:
    """Applies rules to sentences.

    Args:
        matcher: Finds the vocabulary entries.
        rules: In the order in which they are tried.
    """

    def __init__(self, matcher: Matcher, rules: Sequence[Rule]) -> None:
        self.matcher = matcher
        self._by_group = {group: [rule for rule in rules if rule.group == group] for group in GROUPS}

    def find(self, s: Sentence) -> list[Found]:
        """All mentions of a parsed sentence with their roles, in reading order."""
        found = []
        for hit in choose(s, list(self.matcher.hits(s))):
            mention = self._mention(s, hit)
            if mention is not None:
                found.append(mention)
        for mention in found:
            self._circumstances(s, mention, found)
        return found

    def _mention(self, s: Sentence, hit: Hit) -> Found | None:
        rule = next((r for r in self._by_group["core"] if applies(r, s, hit)), None)
        if rule is None:
            return None
        entry = hit.entry
        governing = None
        if entry.pos in ("NOUN", "ADJ", "PHRASE", "ADV"):
            governing = next(iter(FUNCTIONS["governor"](s, hit.head, _NONE)), None)
        mention = Found(
            hit, entry.emotion, rule.mode or entry.mode, status(s, hit, governing), intensity(s, hit, governing),
            CONFIDENCE[entry.mode], f"rule:{rule.id}",
        )  # fmt: skip
        self._add_roles(s, rule, mention)
        return mention

    def _add_roles(self, s: Sentence, rule: Rule, mention: Found) -> None:
        cue = frozenset(mention.hit.cue)
        taken = {(r.first, r.last) for r in mention.roles}
        for role, paths in rule.roles.items():
            for path in paths:
                head = path.follow(s, _origin(mention.hit, path))
                if head is None or head in cue:
                    continue
                span = role_span(s, head, cue, path.last)
                if span and span not in taken and not (role == "cause" and _is_filler(s, span)):
                    for first, last in (span, *(coordinated(s, span) if path.last == "complement" else ())):
                        mention.roles.append(FoundRole(role, first, last, head, f"rule:{rule.id}", s))
                        taken.add((first, last))
                    break

    def _circumstances(self, s: Sentence, mention: Found, others: list[Found]) -> None:
        for group in ("circumstance", "consequence"):
            for rule in self._by_group[group]:
                has_cause = any(r.role == "cause" for r in mention.roles)
                if (has_cause and rule.id in ("when", "gerund")) or not applies(rule, s, mention.hit):
                    continue
                head = rule.when[-1].follow(s, _origin(mention.hit, rule.when[-1]))
                if head is None or _belongs(s, mention, others, head):
                    self._add_roles(s, rule, mention)


def _is_filler(s: Sentence, span: tuple[int, int]) -> bool:
    """« il y a », « on »: no cause in the sense of the guidelines."""
    return span[0] == span[1] and s.forms[span[0]] in ("qui", "que", "dont", "y'", "ce", "c'")


def _origin(hit: Hit, path: Path_) -> int:
    """Where a path starts: complements are looked for after the last word of the term, all else from its head."""
    after = hit.entry.pos == "VERB" and path.steps[0].name in ("complement", "that", "infinitive")
    return hit.all[-1] if after else hit.head


def _belongs(s: Sentence, mention: Found, others: list[Found], at: int) -> bool:
    """Whether the circumstance at a token is this mention's.

    One that follows belongs to the nearest mention before it, one that opens the sentence to all of them.
    """
    last = mention.hit.all[-1]
    heads = [other.hit.head for other in others if other is not mention]
    if at > last:
        if s.forms[at - 1] == "et":
            return False
        return not any(last < head < at for head in heads)
    opens = at <= 3 or s.forms[at - 1] in (",", "et", "mais", "que", "est", "«") or s.forms[at] in ("que", "qu'")
    return opens and not any(head < at for head in heads)


def coordinated(s: Sentence, span: tuple[int, int]) -> list[tuple[int, int]]:
    """« jaloux de A, de B et de C »: the further phrases with the same preposition."""
    found, before, at = [], s.forms[span[0] - 1 : span[0]], span[1] + 1
    while (
        at + 2 < len(s)
        and s.forms[at] in (",", "et", "ou")
        and before
        and (s.forms[at + 1] == before[0] in ("contre", "pour") or {s.forms[at + 1], before[0]} <= _OF)
    ):
        more = phrase(s, phrase_after(s, at + 1) or at + 2, frozenset())
        if more is None or more[0] <= at:
            break
        found.append(more)
        at = more[1] + 1
    return found


def applies(rule: Rule, s: Sentence, hit: Hit) -> bool:
    """Whether a rule's trigger, ``when`` and ``unless`` hold for an entry found in a sentence."""
    entry = hit.entry
    if not all(getattr(entry, key) in values for key, values in rule.trigger.items()):
        return False
    if any(path.follow(s, hit.head) is None for path in rule.when):
        return False
    return not any(path.follow(s, hit.head) is not None for path in rule.unless)


def choose(s: Sentence, hits: list[Hit]) -> list[Hit]:
    """Of the entries found, those that hold: conditions, part of speech, then the longest of those that overlap.

    A labelled entry inside a behavioural one is kept beside it (« sauter de joie » gives two mentions).
    """
    valid = [hit for hit in hits if fits(s, hit) and (holds(s, hit) or _exclaimed(s, hit) is not hit)]
    valid.sort(key=lambda h: (-len(h.all), -_agreement(s, h), -len(h.entry.conditions), h.entry.line))
    kept: list[Hit] = []
    for hit in valid:
        clashes = [k for k in kept if set(k.all) & set(hit.all)]
        if all(k.entry.mode == "behavioural" and hit.entry.mode == "labelled" and len(k.all) > len(hit.all) for k in clashes):
            kept.append(hit)
    kept.sort(key=lambda h: h.all)
    return [_with_copula(s, _exclaimed(s, hit)) for hit in _widen(s, kept)]


def _agreement(s: Sentence, hit: Hit) -> int:
    tag = s.pos(hit.head)
    if hit.entry.pos == tag:
        return 2
    return 1 if {hit.entry.pos, tag} == {"VERB", "ADJ"} else 0


def _widen(s: Sentence, hits: list[Hit]) -> list[Hit]:
    """« trembler de peur », « rouge de honte »: the emotion noun after *de* joins the behavioural cue and names its emotion."""
    labelled = {hit.all[0]: hit for hit in hits if hit.entry.mode == "labelled" and hit.entry.pos == "NOUN"}
    wide = []
    for hit in hits:
        after = hit.all[-1] + 1
        noun = labelled.get(after + 1)
        if hit.entry.mode == "behavioural" and noun and s.forms[after] in ("de", "d'"):
            cue = (*hit.cue, *range(after, noun.all[-1] + 1))
            hit = replace(hit, entry=replace(hit.entry, emotion=noun.entry.emotion), cue=cue)
        wide.append(hit)
    return wide


def _exclaimed(s: Sentence, hit: Hit) -> Hit:
    """« Quelle horreur ! »: an emotion noun after *quel* at the start of an utterance is displayed, as a whole."""
    if hit.entry.pos != "NOUN" or hit.entry.mode != "labelled":
        return hit
    first = hit.all[0] - 1
    which = ("quel", "quelle", "quels", "quelles")
    while first > 0 and s.forms[first] not in which and s.pos(first) in ("ADJ", "ADV"):
        first -= 1
    if first < 0 or s.forms[first] not in which or (first > 0 and s.forms[first - 1] not in (*STOPS, ",", "mais", "oh", "ah")):
        return hit
    entry = replace(hit.entry, mode="displayed", construction="interjection", pos="INTJ", intensity="high")
    return replace(hit, entry=entry, cue=(*range(first, hit.all[0]), *hit.cue))


def _with_copula(s: Sentence, hit: Hit) -> Hit:
    """A suggested cue keeps a finite *être* (« est mort »)."""
    if hit.entry.mode != "suggested" or hit.entry.pos != "VERB":
        return hit
    auxiliaries = [a for a in verb_group(s, hit.head).auxiliaries if s.is_a(a, "be")]
    return replace(hit, cue=(*auxiliaries, *hit.cue)) if auxiliaries else hit


def pieces(s: Sentence, tokens: Sequence[int]) -> list[tuple[int, int]]:
    """First and last token of each unbroken stretch of a cue."""
    stretches: list[tuple[int, int]] = []
    for i in sorted(set(tokens)):
        if stretches and i == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], i)
        else:
            stretches.append((i, i))
    return stretches


def with_mark(s: Sentence, hit: Hit) -> tuple[int, ...]:
    """A displayed cue with the exclamation mark or the points that follow it."""
    after = hit.cue[-1] + 1
    if hit.entry.mode == "displayed" and after < len(s) and s.forms[after] in STOPS - {":", ";", "«", "»", "."}:
        return (*hit.cue, after)
    return hit.cue

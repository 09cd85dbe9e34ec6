"""What went wrong, by kind, and by the rule that made or missed it.

A mention is missed, spurious, of the wrong primary, or of the wrong emotion within its primary; its mode, status and intensity are judged
where the primary is right. Roles are judged where their mention matches with its primary, as in the ``matched:`` figures: those that a
missed or spurious mention takes with it are that mention's error, and are only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ressenti.evaluation.matching import ROLE, Comparison, likeness, overlap
from ressenti.evaluation.scores import QUALITIES
from ressenti.schema import Mention, Role, Span

KINDS: Mapping[str, str] = {
    "missed": "a mention of the gold that nothing matches",
    "spurious": "a mention that matches nothing in the gold",
    "primary": "the right place, another primary emotion",
    "emotion": "the right primary, another emotion within it",
    "mode": "labelled, behavioural, displayed or suggested",
    "status": "affirmed, negated or hypothetical",
    "intensity": "low, medium or high",
    "role missed": "a role of the gold that the system does not give",
    "role spurious": "a role that is not in the gold",
    "role span": "the right role, too much or too little of the text",
    "role name": "the right words in another role",
    "role mention": "the right words and role, of another mention",
}
"""Kind of error to what it is, in the order in which they are told."""


def differences(one: str, other: str) -> dict[str, tuple[str, str]]:
    """The kinds between two annotators, neither of whom is right: kind to its name and to what it is.

    Args:
        one: Who stands where the gold would.
        other: Who stands where the system would.
    """
    unlike = {
        "missed": (f"only in {one}", "a mention that nothing of the other’s matches"),
        "spurious": (f"only in {other}", "a mention that nothing of the other’s matches"),
        "primary": ("primary", "the same place, another primary emotion"),
        "emotion": ("emotion", "the same primary, another emotion within it"),
        "role missed": (f"role only in {one}", "a role that the other does not give"),
        "role spurious": (f"role only in {other}", "a role that the other does not give"),
        "role span": ("role span", "the same role, more or less of the text"),
        "role name": ("role name", "the same words in another role"),
        "role mention": ("role mention", "the same words and role, of another mention"),
    }
    return {kind: unlike.get(kind, (kind, what)) for kind, what in KINDS.items()}


NO_RULE = "(no rule)"
"""Where nothing of the system stands: no rule, or none that the system names."""


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is wrong.

    Attributes:
        kind: A key of :data:`KINDS`.
        narrative: Id of the narrative.
        rule: Whose error: the ``source`` of the mention or role; of a missed mention, that of an overlapping one; of a missed role, that of
            its mention; else :data:`NO_RULE`.
        what: What the error is about: a role, or the mode of a missed or spurious mention; else empty.
        gold: What would be right; empty where there is nothing in the gold.
        system: What was found; empty where nothing was.
        gold_spans: Where the gold stands in the text.
        system_spans: Where the system's stands.
        mentions: Ids of the gold and of the system mention, None where there is none.
    """

    kind: str
    narrative: str
    rule: str
    what: str
    gold: str
    system: str
    gold_spans: tuple[Span, ...] = ()
    system_spans: tuple[Span, ...] = ()
    mentions: tuple[int | None, int | None] = (None, None)

    def to_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind, "narrative": self.narrative, "rule": self.rule, "what": self.what, "gold": self.gold, "system": self.system,
            "gold_spans": [list(span) for span in self.gold_spans], "system_spans": [list(span) for span in self.system_spans],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule is right.

    Attributes:
        rule: The ``source`` of what it made.
        kind: ``mention``, or the name of a role.
        made: How many it made in all.
        judged: Of how many it can be said whether they are right: all mentions; roles of mentions that match with their primary.
        right: How many of those are right: mentions with their primary, roles that agree.
    """

    rule: str
    kind: str
    made: int
    judged: int
    right: int

    @property
    def share(self) -> float | None:
        """Right among the judged; None where nothing was judged."""
        return self.right / self.judged if self.judged else None

    def to_dict(self) -> dict[str, object]:
        counts = {"made": self.made, "judged": self.judged, "right": self.right}
        return {"rule": self.rule, "kind": self.kind, **counts, "precision": self.share}


def errors(comparisons: Iterable[Comparison]) -> list[Error]:
    """All errors, kind by kind in the order of :data:`KINDS`, then by rule, then as the narratives come."""
    found = [error for comparison in comparisons for error in (*_mention_errors(comparison), *_role_errors(comparison))]
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda error: (order[error.kind], error.rule))


def precisions(comparisons: Iterable[Comparison]) -> list[Precision]:
    """Each rule's precision on what it made, mentions and roles apart; most errors first."""
    counts: dict[tuple[str, str], list[int]] = {}

    def add(rule: str, kind: str, judged: bool, right: bool) -> None:
        of = counts.setdefault((rule or NO_RULE, kind), [0, 0, 0])
        of[0] += 1
        of[1] += judged
        of[2] += right

    for c in comparisons:
        agreed = {id(role) for _, role in c.roles}
        for m in c.found:
            add(m.source, "mention", True, m.id in c.right)
        for role in c.judged:
            add(role.source, role.role, role.mention in c.right, id(role) in agreed)
    found = [Precision(rule, kind, *numbers) for (rule, kind), numbers in counts.items()]
    return sorted(found, key=lambda p: (p.right - p.judged, p.kind != "mention", p.kind, p.rule))


def _mention_errors(c: Comparison) -> Iterator[Error]:
    hit = {g.id: s for g, s in c.pairs}
    for g in c.gold.mentions:
        if g.id not in hit:
            near = next((s for s in c.found if overlap(g.cue, s.cue)), None)
            yield Error("missed", c.gold.id, _rule(near), g.mode, _said(g), "", g.cue, near.cue if near else (), (g.id, None))
    for s in c.spurious:
        yield Error("spurious", c.gold.id, _rule(s), s.mode, "", _said(s), (), s.cue, (None, s.id))
    for g, s in sorted(c.pairs, key=lambda pair: pair[0].cue):
        pair = (g.cue, s.cue, (g.id, s.id))
        if g.primary != s.primary:
            yield Error("primary", c.gold.id, _rule(s), g.mode, _said(g), _said(s), *pair)
            continue
        if g.emotion != s.emotion:
            yield Error("emotion", c.gold.id, _rule(s), g.primary, g.emotion, s.emotion, *pair)
        for quality in QUALITIES:
            if getattr(g, quality) != getattr(s, quality):
                yield Error(quality, c.gold.id, _rule(s), "", getattr(g, quality), getattr(s, quality), *pair)


def _role_errors(c: Comparison) -> Iterator[Error]:
    """Roles of mentions that match with their primary; each wrong role takes the missed one that it should have been."""
    mentions = {s.id: s for s in c.found}
    system_of = {gold: system for system, gold in c.right.items()}
    agreed_gold, agreed_system = {id(role) for role, _ in c.roles}, {id(role) for _, role in c.roles}
    missed = [role for role in c.gold.roles if role.mention in system_of and id(role) not in agreed_gold]
    wrong = [role for role in c.judged if role.mention in c.right and id(role) not in agreed_system]
    for kind in ("role span", "role name", "role mention", "role spurious"):
        for role in list(wrong):
            meant = next((gold for gold in missed if _is(kind, gold, role, c.right[role.mention])), None)
            if meant is None and kind != "role spurious":
                continue
            wrong.remove(role)
            rule, ids = role.source or NO_RULE, (meant.mention if meant else c.right[role.mention], role.mention)
            if meant is None:
                yield Error(kind, c.gold.id, rule, role.role, "", role.role, (), (role.span,), ids)
                continue
            missed.remove(meant)
            yield Error(kind, c.gold.id, rule, meant.role, meant.role, role.role, (meant.span,), (role.span,), ids)
    for role in missed:
        system = system_of[role.mention]
        yield Error(
            "role missed", c.gold.id, _rule(mentions[system]), role.role, role.role, "", (role.span,), (), (role.mention, system)
        )  # fmt: skip


def _is(kind: str, gold: Role, system: Role, mention: int) -> bool:
    """Whether a gold role that was missed is what a wrong role was meant to be, wrong in this way."""
    same_mention, same_role = gold.mention == mention, gold.role == system.role
    alike = likeness([gold.span], [system.span])
    if kind == "role span":
        return same_mention and same_role and alike > 0
    if kind == "role name":
        return same_mention and not same_role and alike >= ROLE
    return kind == "role mention" and not same_mention and same_role and alike >= ROLE


def _rule(mention: Mention | None) -> str:
    return (mention.source if mention else "") or NO_RULE


def _said(mention: Mention) -> str:
    return f"{mention.emotion}, {mention.mode}"


def counts(found: Sequence[Error]) -> dict[str, int]:
    """Kind to how many errors there are of it, all kinds in order."""
    return {kind: sum(error.kind == kind for error in found) for kind in KINDS}

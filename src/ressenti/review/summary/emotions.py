"""The emotions of an account in the order in which it tells them: a row each, those told at once as one taken together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ressenti.graph.patterns.clauses import speaks_of
from ressenti.graph.patterns.felt import Felt, Telling
from ressenti.graph.patterns.report import whom
from ressenti.graph.patterns.wording import Wording
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.review.origin import as_said
from ressenti.review.summary.level import NAME, Level
from ressenti.review.summary.quoting import Quote, Quoting, plain, shortened, words_of
from ressenti.review.summary.reviews import Reviewed
from ressenti.review.summary.wording import SummaryTexts
from ressenti.rules.words import load_words
from ressenti.schema import Role, Span

SURE = 0.75
"""Confidence below which what nobody has reviewed is called unsure, as on the page."""
_LINKS = ("cause", "target", "consequence")


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one emotion in one sentence by the same people.

    Attributes:
        felt: The first mention, once for each who feels it.
        ids: All mentions.
        cue: All their words, with what denies them where that is part of what they say.
        own: Whether it is the narrator's, or nobody is said to feel it.
    """

    felt: tuple[Felt, ...]
    ids: tuple[int, ...]
    cue: tuple[Span, ...]
    own: bool

    @property
    def first(self) -> Felt:
        """The first mention."""
        return self.felt[0]

    @property
    def weight(self) -> tuple[bool, bool, int, float]:
        """What counts most where not all can be told: the narrator's own, what was felt, how strongly, how sure it is."""
        strength = ("low", "medium", "high").index(self.first.intensity)
        return self.own, self.first.status == "affirmed", strength + (self.first.mode == "labelled"), self.first.confidence


@dataclass(frozen=True, slots=True)
class Row:
    """An emotion as the summary tells it.

    Attributes:
        number: From 1, in the order of the account.
        emotion: Its label.
        colour: Number of its primary.
        details: Whose it is, how strong, and how it is told; each in a word or two.
        status: ``affirmed``, ``negated`` or ``hypothetical``.
        quote: What the account says.
        links: What each is (cause …), and its words.
        group: Where it comes from.
    """

    number: int
    emotion: str
    colour: int
    details: tuple[str, ...]
    status: str
    quote: Quote
    links: tuple[tuple[str, str], ...]
    group: Group


def is_own(several: Iterable[Felt]) -> bool:
    """Whether an emotion is the narrator's, or nobody is said to feel it."""
    return any(felt.who is None or felt.who.narrator for felt in several)


def groups(telling: Telling, quoting: Quoting) -> list[Group]:
    """All emotions of an account, in reading order."""
    found: list[Group] = []
    for mention in sorted(telling.narrative.mentions, key=lambda m: m.cue[0]):
        felt = telling.felt[mention.id]
        who = {one.who for one in felt}
        own, said = is_own(felt), as_said(telling.narrative.text, mention)
        last = found[-1] if found else None
        if (
            last is not None
            and (last.first.emotion, last.first.status, last.first.mode) == (mention.emotion, mention.status, mention.mode)
            and {one.who for one in last.felt} == who
            and quoting.number(last.cue[0][0]) == quoting.number(mention.cue[0][0])
        ):
            found[-1] = Group(last.felt, (*last.ids, mention.id), (*last.cue, *said), own)
        else:
            found.append(Group(felt, (mention.id,), said, own))
    return found


def chosen(all_: Sequence[Group], most: int) -> list[Group]:
    """As many as there is room for, those that weigh most, in reading order."""
    kept = sorted(range(len(all_)), key=lambda n: all_[n].weight, reverse=True)[:most]
    return [all_[n] for n in sorted(kept)]


class Rows:
    """Tells groups as rows.

    Args:
        telling: The account.
        quoting: Quotes it.
        texts: The wording.
        reviewed: Who reviewed what.
    """

    def __init__(self, telling: Telling, quoting: Quoting, texts: SummaryTexts, reviewed: Reviewed) -> None:
        self._telling, self._quoting, self._texts, self._reviewed = telling, quoting, texts, reviewed
        self._say = Wording(texts.language)
        emotions = load_emotions()
        self._primaries = [key for key, emotion in emotions.items() if emotion.tier == "primary"]

    def __call__(self, several: Sequence[Group], level: Level) -> list[Row]:
        return [self._row(number, group, level) for number, group in enumerate(several, 1)]

    def _row(self, number: int, group: Group, level: Level) -> Row:
        first = group.first
        return Row(
            number, self._texts.emotion(first.emotion), self._primaries.index(first.primary), tuple(self._details(group)), first.status,
            self._quoting.around(group.cue, level.quote), tuple(self._links(group, level.link)), group,
        )  # fmt: skip

    def whose(self, group: Group) -> str:
        """Who else than the narrator feels it; nothing where it is the narrator."""
        people = [one.who for one in group.felt]
        if people == [None]:
            return self._texts("of_nobody")
        others = [shortened(plain(self._say.who(person)), NAME) for person in people if person is not None and not person.narrator]
        return self._texts("of_other", who=", ".join(dict.fromkeys(others))) if others else ""

    def said(self, group: Group) -> Iterator[str]:
        """Whose it is, and whether it is denied or imagined."""
        if whose := self.whose(group):
            yield whose
        if group.first.status != "affirmed":
            yield self._texts(f"status_{group.first.status}")

    def _details(self, group: Group) -> Iterator[str]:
        first, texts = group.first, self._texts
        if whose := self.whose(group):
            yield whose
        if reported := self._telling.mentions[first.mention].extra.get("reported"):
            yield texts("reported", who=shortened(plain(self._say.quote(plain(str(reported)))), NAME))
        if first.intensity != "medium":
            yield texts(f"intensity_{first.intensity}")
        if first.status != "affirmed":
            yield texts(f"status_{self._status(first)}")
        if first.mode != "labelled":
            yield texts(f"mode_{first.mode}")
        if not any(self._reviewed(id_) for id_ in group.ids):
            if first.confidence < SURE:
                yield texts("unsure")
            if self._reviewed.partly:
                yield texts("not_reviewed")

    def _status(self, felt: Felt) -> str:
        """Its status; what is only asked or wished for is that rather than imagined."""
        extra = self._telling.mentions[felt.mention].extra
        flags = [flag for flag in ("question", "wish") if extra.get(flag) and felt.status == "hypothetical"]
        return next(iter(flags), felt.status)

    def _links(self, group: Group, longest: int) -> Iterator[tuple[str, str]]:
        roles = [role for id_ in group.ids for role in self._telling.roles[id_]]
        for kind in _LINKS:
            seen: dict[str, None] = {}
            for role in roles:
                if role.role == kind:
                    seen.setdefault(self._said(role, longest))
            words = list(seen)
            if words:
                more = [self._texts("more", n=len(words) - 2)] if len(words) > 2 else []
                yield self._texts(kind), ", ".join(words[:2] + more)

    def _said(self, role: Role, longest: int) -> str:
        quoted = self._say.quote(words_of(self._quoting.stretch(role.span, longest)))
        by = self._telling.whom(role) or (speaks_of(self._telling, role.span) if role.role == "cause" else None)
        words = self._telling.words([role.span])
        about = whom(by, words, self._say) if role.role == "cause" or " " not in words.text else ""
        if not about and by is None and fold(words.text) in load_words()["object_clitics"]:
            about = self._say("before")  # « je le regrette »
        return f"{quoted} ({shortened(plain(about), NAME)})" if about else quoted

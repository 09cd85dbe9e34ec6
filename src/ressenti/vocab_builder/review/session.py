"""One sitting of a reviewer: what is still to be decided, in which order, and what was; the screen and the sheet both stand on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.vocab_builder.candidate import Key
from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.review.decisions import OPEN, Decision, append, check, latest, read_decisions
from ressenti.vocab_builder.review.names import relation


def now() -> str:
    """The time with the zone, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def near(proposal: Proposal) -> str:
    """Key of the emotion under which a proposal is shown: the proposed one, or the nearest where it was left open; may be empty."""
    return proposal.emotion or (proposal.nearest[0].emotion if proposal.nearest else "")


def _ordered(proposals: Iterable[Proposal], emotions: Emotions) -> list[Proposal]:
    """Proposals primary by primary, the surest first and the open ones last: like is judged beside like."""
    primaries = {key: number for number, key in enumerate(emotions)}

    def place(proposal: Proposal) -> tuple[object, ...]:
        key = near(proposal)
        group = primaries[emotions.primary(key)] if key else len(primaries)
        return group, not proposal.emotion, -proposal.similarity, proposal.candidate.key

    return sorted(proposals, key=place)


def _standing(decisions: Sequence[Decision], reviewer: str, *, independent: bool = False) -> dict[Key, Decision]:
    """The decisions that need not be made again.

    Args:
        decisions: The record.
        reviewer: Who is asked now: what others are unsure of is asked.
        independent: Count only what this reviewer decided, for the agreement of two.
    """
    if independent:
        return latest(decision for decision in decisions if decision.reviewer == reviewer)
    return {key: last for key, last in latest(decisions).items() if last.decision != "unsure" or last.reviewer == reviewer}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which proposals are asked about.

    Attributes:
        only: Key of an emotion: those proposed there or below, and the open ones that are nearest to it; empty for all.
        open_only: Those that assignment left open.
        independent: Also those that others have decided, without showing how, for the agreement of two.
    """

    only: str = ""
    open_only: bool = False
    independent: bool = False

    def __call__(self, proposals: Iterable[Proposal], emotions: Emotions) -> list[Proposal]:
        """The proposals selected, in the order in which they are asked about."""
        chosen = [p for p in proposals if not (self.open_only and p.emotion)]
        if self.only:
            chosen = [p for p in chosen if near(p) and self.only in emotions.lineage(near(p))]
        return _ordered(chosen, emotions)


EVERYTHING = Selection()


class Session:
    """The proposals that a reviewer goes through, and the record that their decisions go to.

    Args:
        proposals: All proposals.
        record: The record of decisions; it is made where there is none.
        reviewer: Name or pseudonym.
        selection: Which proposals are asked about.
        emotions: By default the shipped ones.
        clock: What says the time, ISO 8601 with zone.

    Raises:
        DataError: The record cannot be used.
    """

    def __init__(
        self, proposals: Iterable[Proposal], record: Path, reviewer: str, selection: Selection = EVERYTHING,
        emotions: Emotions | None = None, clock: Callable[[], str] = now,
    ) -> None:  # fmt: skip
        self.emotions = load_emotions() if emotions is None else emotions
        self.reviewer = reviewer
        self._record, self._clock = record, clock
        self._independent = selection.independent
        self._decisions = read_decisions(record, self.emotions)
        self.asked = selection(proposals, self.emotions)
        self._place = {proposal.candidate.key: number for number, proposal in enumerate(self.asked)}
        self._standing = _standing(self._decisions, reviewer, independent=self._independent)
        self._skipped: set[Key] = set()
        self._at = -1
        self._advance()

    @property
    def current(self) -> Proposal | None:
        """What is to be decided now; None when nothing is left but what was skipped."""
        return self.asked[self._at] if self._at < len(self.asked) else None

    def open(self) -> list[Proposal]:
        """All that are still to be decided, in order."""
        return [proposal for proposal in self.asked if proposal.candidate.key not in self._standing]

    @property
    def decided(self) -> int:
        """How many of the proposals asked about are decided."""
        return sum(key in self._standing for key in self._place)

    @property
    def today(self) -> int:
        """How many terms this reviewer has decided today, by whatever way and from whatever file."""
        mine = latest(d for d in self._decisions if d.reviewer == self.reviewer).values()
        return sum(decision.date[:10] == self._clock()[:10] for decision in mine)

    @property
    def skipped(self) -> int:
        """How many were passed over in this sitting and are still to be decided."""
        return len(self._skipped - self._standing.keys())

    def earlier(self, proposal: Proposal) -> Decision | None:
        """What somebody said of a term before, « unsure » above all; not shown where reviewers are to judge independently."""
        return None if self._independent else latest(self._decisions).get(proposal.candidate.key)

    def take(self, emotion: str, details: Mapping[str, str] | None = None) -> Decision:
        """Decide that the current term says an emotion; the decision follows from how that stands to the one proposed."""
        return self.decide(relation(self._asked().emotion, emotion, self.emotions), emotion, details)

    def decide(self, decision: str, emotion: str = "", details: Mapping[str, str] | None = None) -> Decision:
        """Decide on the current term; it is on the disk when this returns.

        Args:
            decision: One of `DECISIONS`.
            emotion: Key of the emotion, for those that go with one.
            details: Further columns: construction, mode, intensity, register, region, condition, note.

        Raises:
            ValueError: The decision cannot be kept.
            OutputError: The record cannot be written to.
        """
        made = made_of(self._asked(), decision, emotion, self.reviewer, self._clock(), details)
        check(made, self.emotions)
        self._add([made])
        self._advance()
        return made

    def skip(self) -> None:
        """Pass over the current term in this sitting."""
        self._skipped.add(self._asked().candidate.key)
        self._advance()

    def undo(self) -> Decision | None:
        """Take back this reviewer's last decision made one by one on a term asked about, of an earlier sitting too.

        The record grows by the state before: what stood then, or that the term is open.

        Returns:
            What was taken back; None when there is nothing.
        """
        mine = [d for d in self._decisions if d.reviewer == self.reviewer]
        current = latest(mine)
        last = next((d for d in reversed(mine) if d.key in self._place and d.how == "one" and current.get(d.key) is d), None)
        if last is None:
            return None
        at = next(n for n, d in enumerate(self._decisions) if d is last)
        before = latest(self._decisions[:at]).get(last.key)
        reopened = replace(last, decision=OPEN, emotion="", date=self._clock(), note="", **dict.fromkeys(_DETAILS, ""))
        # Of another reviewer's decision that stood before, this one's must be gone first.
        self._add([before] if before and before.reviewer == self.reviewer else [reopened, *filter(None, [before])])
        self._skipped.discard(last.key)
        self._at = self._place[last.key]
        return last

    def _asked(self) -> Proposal:
        if self.current is None:
            raise ValueError("nothing is left to decide")
        return self.current

    def _add(self, decisions: Sequence[Decision]) -> None:
        append(self._record, decisions)
        self._decisions.extend(decisions)
        self._standing = _standing(self._decisions, self.reviewer, independent=self._independent)

    def _advance(self) -> None:
        """To the next that is neither decided nor skipped; after an undo, what lies before it is looked at again."""
        done = self._standing.keys() | self._skipped
        self._at = next((n for n, proposal in enumerate(self.asked) if proposal.candidate.key not in done), len(self.asked))


_DETAILS = ("construction", "mode", "intensity", "register", "region", "condition")
DETAILS = (*_DETAILS, "note")
"""What a reviewer may say of a term besides its emotion."""


def made_of(
    proposal: Proposal, decision: str, emotion: str, reviewer: str, date: str, details: Mapping[str, str] | None = None, how: str = "one"
) -> Decision:
    """The decision on a proposal, with what was shown."""
    candidate = proposal.candidate
    return Decision(
        candidate.term, candidate.pos, decision, emotion, **(details or {}), proposed=proposal.emotion,
        similarity=f"{proposal.similarity:.3f}", sources="+".join(candidate.sources), reviewer=reviewer, date=date, how=how,
    )  # fmt: skip

"""All that the summary of an account says, at a level of detail."""

from __future__ import annotations

from dataclasses import dataclass

from ressenti.graph.patterns.felt import Telling
from ressenti.graph.patterns.wording import Wording
from ressenti.graph.trajectory.series import Series, series
from ressenti.review.origin import words_said
from ressenti.review.summary import parts
from ressenti.review.summary.emotions import Group, Row, Rows, chosen, groups
from ressenti.review.summary.level import ALSO, NAME, Level
from ressenti.review.summary.quoting import Quote, Quoting, plain, shortened
from ressenti.review.summary.reviews import Reviewed
from ressenti.review.summary.scene import scene
from ressenti.review.summary.wording import SummaryTexts
from ressenti.schema import Narrative


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands on the page.

    Attributes:
        title: Which account it is.
        review: Who reviewed it; or that nobody did.
        reviewed: Whether somebody went through all of it.
        scene: In the words of the account.
        rows: The emotions that are told by themselves.
        also: Those that are told together; empty where there are none.
        omitted: How many emotions have no row.
        curve: The trajectory, or None where there is too little for one.
        lists: Key of the heading to its list: body, thoughts, territory, ambivalences.
        questions: The open questions.
        questions_in_all: How many there are with those left out.
        level: How much it says.
    """

    title: str
    review: str
    reviewed: bool
    scene: Quote
    rows: tuple[Row, ...]
    also: str
    omitted: int
    curve: Series | None
    lists: dict[str, parts.List]
    questions: tuple[str, ...]
    questions_in_all: int
    level: Level


class Content:
    """Knows an account, and says of it as much as a level has room for.

    Args:
        narrative: Annotated, reviewed or not.
        texts: The wording.
    """

    def __init__(self, narrative: Narrative, texts: SummaryTexts) -> None:
        self._narrative, self._texts = narrative, texts
        self._say = Wording(texts.language)
        self._telling = Telling(narrative)
        self._quoting = Quoting(narrative.text, self._say)
        self._reviewed = Reviewed(narrative)
        self._groups = groups(self._telling, self._quoting)
        self._tell = Rows(self._telling, self._quoting, texts, self._reviewed)
        self._series = series(narrative)
        self._questions = parts.all_questions(self._telling, texts)

    @property
    def emotions(self) -> int:
        """How many emotions there are to tell."""
        return len(self._groups)

    def at(self, level: Level) -> Summary:
        """The summary at a level."""
        kept = chosen(self._groups, level.rows)
        shown = {group.ids for group in kept}
        left = [group for group in self._groups if group.ids not in shown]
        places = {self._quoting.number(group.cue[0][0]) for group in kept if group.own}
        drawn = level.curve and len(places) > 2
        asked = parts.asked(self._questions, self._telling, self._reviewed, level)
        lists = {
            "body": parts.body(self._telling, self._quoting, level),
            "thoughts": parts.thoughts(self._telling, self._quoting, level),
            "territory": parts.territory(self._telling, self._quoting, self._texts, level),
            "ambivalences": parts.contraries(self._telling, self._texts, level),
        }
        return Summary(
            self._texts("narrative", id=shortened(plain(self._narrative.id), 2 * NAME)),
            self._reviewed.said(self._texts),
            not self._reviewed.none and not self._reviewed.partly,
            scene(self._telling, self._quoting, level.scene, self._texts("omitted")),
            tuple(self._tell(kept, level)),
            self._also(left),
            len(left),
            self._series if drawn else None,
            lists,
            tuple(asked),
            len(self._questions),
            level,
        )

    def _also(self, left: list[Group]) -> str:
        if not left:
            return ""
        felts = []
        for group in left[:ALSO]:
            emotion = self._say.emotion(group.first.emotion)
            cue = self._say.quote(shortened(plain(words_said(self._narrative.text, self._telling.mentions[group.ids[0]])), NAME))
            felts.append(self._texts("also_felt", emotion=emotion, cue=", ".join((cue, *self._tell.said(group)))))
        more = len(left) - len(felts)
        return self._texts("also_more" if more else "also", felts=", ".join(felts), n=more)

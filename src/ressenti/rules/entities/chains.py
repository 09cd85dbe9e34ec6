"""Who is spoken of so far, and whom a pronoun most likely means.

The most salient of those that agree, after Lappin and Leass, *An algorithm for pronominal anaphora resolution*, Computational Linguistics
1994: each sentence that speaks of somebody adds to their salience, as a subject more than as an object, and the sum halves with each
sentence. Only the last few persons are looked at, so the cost grows with the text and not with its square.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ressenti.schema import Span

NARRATOR = "NARRATOR"
RECENT = 12
"""Persons that a pronoun may mean: the last that were spoken of."""
SENTENCES = 8
"""Sentences after which a pronoun no longer means somebody."""
MENTIONED = 100.0
"""Salience of being spoken of in a sentence, whatever the function (Lappin and Leass, table 1)."""
PLACES = {"subject": 80.0, "object": 50.0, "dative": 40.0, "oblique": 40.0, "possessive": 30.0}
"""Salience that the function adds (Lappin and Leass, table 1; possessives are ours)."""


@dataclass(slots=True, eq=False)
class Known:
    """Somebody, or something that feels or is felt for.

    Attributes:
        label: How the text first names it.
        gender: ``m``, ``f``, or empty while unknown.
        plural: Whether it is several.
        group: Whether a singular word names several: « il » and « ils » both do.
        tie: Its tie to the narrator, or empty.
        animate: False for a thing.
        stranger: Whether an indefinite noun phrase brought it in (« un homme »).
        members: Those who make up a group that the text put together (« Paul et Marie … ils »).
        spans: Its places in the reading; a dictionary, for one entity may have as many as the text has words.
    """

    label: str = ""
    gender: str = ""
    plural: bool = False
    group: bool = False
    tie: str = ""
    animate: bool = True
    stranger: bool = False
    members: frozenset[int] = frozenset()
    spans: dict[Span, None] = field(default_factory=dict)
    _weight: float = 0.0
    _sentence: int = -1
    _best: float = 0.0

    def see(self, sentence: int, place: str) -> None:
        """Note that a sentence speaks of it."""
        value = MENTIONED + PLACES.get(place, 0.0)
        if sentence != self._sentence:
            self._weight = self.salience(sentence) + value
            self._best = value
        elif value > self._best:
            self._weight += value - self._best
            self._best = value
        self._sentence = sentence

    def salience(self, sentence: int) -> float:
        """How much it is in mind at a sentence."""
        return self._weight * 0.5 ** (sentence - self._sentence) if self._sentence >= 0 else 0.0

    @property
    def sentence(self) -> int:
        """The last sentence that speaks of it, -1 when none does."""
        return self._sentence

    def fits(self, gender: str, plural: bool) -> bool:
        """Whether a pronoun of a gender and number may stand for it."""
        if plural != self.plural and not (plural and self.group):
            return False
        return not gender or not self.gender or gender == self.gender or (plural and gender == "m")


@dataclass(slots=True)
class Thing:
    """A noun phrase that names nobody, and that a pronoun may mean all the same."""

    gender: str
    plural: bool
    sentence: int
    value: float

    def salience(self, sentence: int) -> float:
        """How much it is in mind at a sentence."""
        return self.value * 0.5 ** (sentence - self.sentence)


class Chains:
    """Everybody and everything of one narrative, by the words that lead to them."""

    def __init__(self) -> None:
        self.narrator = Known("narrateur")
        self.all: list[Known] = [self.narrator]
        self.by_name: dict[str, Known] = {}
        self.by_tie: dict[tuple[int, str], Known] = {}
        """By possessor (its ``id()``) and lemma: « ma mère » is not « sa mère »."""
        self.by_lemma: dict[str, Known] = {}
        """The last one whom a noun named."""
        self._recent: dict[int, Known] = {}
        self._things: list[Thing] = []

    def new(self, label: str, **properties: object) -> Known:
        """Somebody who was not spoken of before."""
        known = Known(label)
        for name, value in properties.items():
            setattr(known, name, value)
        self.all.append(known)
        return known

    def note(self, known: Known, span: Span, sentence: int, place: str) -> None:
        """Note a place where somebody is spoken of."""
        known.spans[span] = None
        known.see(sentence, place)
        if known is not self.narrator:
            self._recent.pop(id(known), None)
            self._recent[id(known)] = known
            if len(self._recent) > RECENT:
                del self._recent[next(iter(self._recent))]

    def note_thing(self, thing: Thing) -> None:
        """Note a thing that a pronoun may mean."""
        self._things.append(thing)
        if len(self._things) > RECENT:
            del self._things[0]

    def recent(self) -> Iterator[Known]:
        """The last persons spoken of, the latest first; never the narrator."""
        return reversed(self._recent.values())

    def best(
        self, gender: str, plural: bool, sentence: int, not_: Collection[Known | None], favoured: Known | None = None, favour: float = 0.0
    ) -> tuple[Known | None, float]:
        """Whom a third-person pronoun most likely means, and how salient that one is.

        Args:
            gender: Of the pronoun, empty when it shows none.
            plural: Its number.
            sentence: Number of its sentence.
            not_: Those whom it cannot mean.
            favoured: One who is more likely than salience says (the subject, for a possessive).
            favour: By how much.
        """
        found, most = None, 0.0
        for known in self.recent():
            if known in not_ or not known.animate or not known.fits(gender, plural) or sentence - known.sentence > SENTENCES:
                continue
            value = known.salience(sentence) + (favour if known is favoured else 0.0)
            if gender and not known.gender:
                value *= 0.8  # one whose gender is known to agree is the surer
            if value > most:
                found, most = known, value
        return found, most

    def thing(self, gender: str, plural: bool, sentence: int) -> float:
        """Salience of the most salient thing that a pronoun may mean; things are soon out of mind."""
        return max(
            (
                thing.salience(sentence)
                for thing in self._things
                if thing.plural == plural and sentence - thing.sentence <= 1 and (not gender or not thing.gender or gender == thing.gender)
            ),
            default=0.0,
        )

    def pair(self, sentence: int, gender: str, not_: Collection[Known | None]) -> Known | None:
        """The two persons last spoken of, in this sentence or the one before, as a group; None when there are not two."""
        several = [k for k in self.recent() if k.animate and not k.plural and k not in not_ and sentence - k.sentence <= 1][:2]
        if len(several) < 2 or (gender == "f" and any(k.gender == "m" for k in several)):
            return None
        return self.group(several)

    def group(self, several: Collection[Known]) -> Known:
        """The group of several persons, new or known."""
        members = frozenset(map(id, several))
        known = next((k for k in self.recent() if k.members == members), None)
        if known is None:
            genders = {k.gender for k in several}
            known = self.new(
                " et ".join(k.label for k in reversed([*several]) if k.label),
                plural=True,
                members=members,
                gender="f" if genders == {"f"} else "",
            )
        return known

"""One person’s narratives held beside each other: which emotions, causes and characters come, stay and go.

Counts of what was found, and nothing more: no trend is tested, for a few narratives bear none, and longer ones have more of everything.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from ressenti.errors import InputError
from ressenti.graph.dates import read_date
from ressenti.graph.patterns.causes import causations
from ressenti.graph.patterns.felt import Person, Telling, Tier, at_tier
from ressenti.graph.patterns.french import load_french
from ressenti.ontology.morphology import fold
from ressenti.ontology.pages.language import plain
from ressenti.rules.words import load_words
from ressenti.schema import Narrative

KINDS = ("emotion", "cause", "character")
COURSES = ("stays", "comes", "goes", "returns", "passes")
LEAST = 2
SOMEBODY, EMOTION, WORD = "somebody:", "emotion:", "word:"
_DATE = "date"
_WHO = ("participant", "participante", "personne", "sujet", "subject", "person", "patient", "client", "auteur", "author", "narrateur")
"""Fields that say who tells, without case and accents."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_EMPTY_WORDS = (
    "determiners", "possessives", "prepositions", "subordinators", "relative_pronouns", "negators", "adverbs", "auxiliaries", "be",
    "strong_pronouns", "subject_clitics", "object_clitics", "cause_verbs", "be_and_have", "clause_links", "fillers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One narrative in its place.

    Attributes:
        id: Its id.
        date: When, as far as it says; None where the narratives are in the order of the input.
        mentions: How many mentions of emotions it has.
    """

    id: str
    date: dt.date | None
    mentions: int


@dataclass(frozen=True, slots=True)
class Row:
    """One emotion, cause or character through the narratives.

    Attributes:
        kind: One of `KINDS`.
        key: Key of an emotion, or the words by which a character is taken for the same; of a cause, with what it is before it:
            ``somebody:mon père``, ``emotion:shame``, ``word:travail``.
        label: As the first narrative that has it calls it; of an emotion its key.
        counts: How often, in each narrative.
        course: ``stays``: in all; ``comes``: in the last and not in the first; ``goes``: in the first and not in the last; ``returns``: in
            both and not in all; ``passes``: in neither.
    """

    kind: str
    key: str
    label: str
    counts: tuple[int, ...]
    course: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """The comparison.

    Attributes:
        by: The key that the dates come from, None for the order of the input.
        moments: The narratives in order.
        rows: Emotions, causes and characters, each kind with what most narratives have first.
        left_out: How many narratives have no date that can be read.
    """

    by: str | None
    moments: tuple[Moment, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        moments = [asdict(m) | {"date": None if m.date is None else m.date.isoformat()} for m in self.moments]
        return {"by": self.by, "narratives": moments, "rows": [asdict(row) for row in self.rows]}


def over_time(
    narratives: Iterable[Narrative], by: str | None = None, tier: Tier = "secondary", say: Callable[[str], None] | None = None
) -> OverTime:
    """Hold the narratives of one person beside each other.

    Emotions are those that the narrator affirms of themself; causes are who or what is said to cause these, somebody, an emotion, or a word
    that the causes of two narratives share; characters are the other entities, counted by the words that speak of them. They are taken for
    the same by what they are called (« ma mère », « maman »); those whom nothing but « une dame » or a pronoun names are left out.

    Args:
        narratives: Annotated, in any order.
        by: Key of their data, or of its ``metadata``, that holds the date; by default ``date`` where each has one, else they stay in order.
        tier: Where two emotions count as the same; by default in one group (guilt and remorse: shame), for few narratives share a word.
        say: Called with a note on each narrative that is left out since its date cannot be read, and where several persons seem to tell;
            without it such a date is an error.

    Raises:
        InputError: Fewer than two narratives, or a date that ``by`` asks for lacks or cannot be read.
    """
    dated = [(narrative, _value(narrative, by or _DATE)) for narrative in narratives]
    if len(dated) < LEAST:
        raise InputError("over time", None, f"{len(dated)} narrative is too few to compare; give 2 or more of one person")
    placed: Sequence[tuple[Narrative, dt.date | None]] = [(narrative, None) for narrative, _ in dated]
    if by is not None or all(value is not None for _, value in dated):
        by = by or _DATE
        in_order = sorted(_read(dated, by, say), key=lambda pair: pair[1])
        if len(in_order) < LEAST:
            raise InputError("over time", None, f"{len(in_order)} narrative with a date in {by!r} is too few to compare; write 2026-11-25")
        placed = in_order
    if say is not None and (told := _persons([narrative for narrative, _ in placed])):
        say(told)
    found = [_Found(narrative, tier) for narrative, _ in placed]
    moments = tuple(Moment(narrative.id, date, len(narrative.mentions)) for narrative, date in placed)
    _merge_names(found)
    rows = [*_rows("emotion", [one.emotions for one in found], found)]
    shared = Counter(word for one in found for word in one.words)
    causes = [Counter({**one.causes, **{w: n for w, n in one.words.items() if shared[w] > 1}}) for one in found]
    rows += _rows("cause", causes, found)
    rows += _rows("character", [one.characters for one in found], found)
    return OverTime(by, moments, tuple(rows), len(dated) - len(placed))


def _value(narrative: Narrative, key: str) -> Any:
    metadata = narrative.extra.get("metadata")
    inner = metadata.get(key) if isinstance(metadata, dict) else None
    return narrative.extra.get(key, inner) or None


def _read(dated: Iterable[tuple[Narrative, Any]], by: str, say: Callable[[str], None] | None) -> Iterator[tuple[Narrative, dt.date]]:
    for narrative, value in dated:
        try:
            yield narrative, read_date(value)
        except ValueError as error:
            if say is None:
                raise InputError(f"narrative {narrative.id!r}", None, f"its {by!r} {error}") from None
            say(f"note: narrative {narrative.id!r} is left out: its {by!r} {error}")


def _persons(narratives: Sequence[Narrative]) -> str:
    """A note where a field that names who tells has more than one value."""
    names = dict.fromkeys(name for narrative in narratives for name in narrative.extra if plain(name) in _WHO)
    for name in names:
        if (number := len({str(value) for one in narratives if (value := one.extra.get(name))})) > 1:
            return f"note: {name!r} has {number} values; are these {number} persons? Give the narratives of one"
    return ""


class _Found:
    """What one narrative has."""

    def __init__(self, narrative: Narrative, tier: Tier) -> None:
        telling = Telling(narrative)
        self.emotions: Counter[str] = Counter()
        self.causes: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()
        self.labels: dict[str, str] = {}
        for several in telling.felt.values():
            here = {at_tier(f, tier) for f in several if f.status == "affirmed" and f.who is not None and f.who.narrator}
            self.emotions.update(here)
        for causation in causations(telling):
            felt = causation.felt
            if felt.who is not None and felt.who.narrator and felt.status == "affirmed":
                self.causes.update({f"{SOMEBODY}{name}" for name in self._named(causation.by)})
                self.causes.update({f"{EMOTION}{at_tier(inner, tier)}" for inner in causation.through})
                self.words.update({f"{WORD}{word}" for word in content_words(causation.cause.text)})
        for entity in narrative.entities:
            person = telling.person(entity.id)
            self.characters.update({name: max(1, len(entity.mentions)) for name in self._named(person)})

    def _named(self, person: Person | None) -> Iterator[str]:
        if person is not None and not person.narrator and (key := name_key(person.label)):
            self.labels.setdefault(key, person.label)
            yield key


def name_key(label: str) -> str | None:
    """By what somebody is taken for the same in another narrative: « Ma mère » and « maman » are « mon mère »; None for « une dame »."""
    words = fold(label).replace("'", "' ").split()
    french, first_person = load_french(), load_words()["first_person"]
    if not words or words[0] in french["indefinite"] or " ".join(words) in french["nobody"]:
        return None
    called = dict(pair.split("=") for pair in french["called"])
    if words[-1] in called and (len(words) == 1 or words[0] in first_person):
        return f"mon {called[words[-1]]}"
    if words[0] in first_person or words[0] in ("notre", "nos"):
        return " ".join(["mon", *words[1:]])
    return " ".join(words[1:] if words[0] in ("le", "la", "les", "l'") else words)


def content_words(text: str) -> Iterator[str]:
    """Words of a cause that say something, without the plural’s s."""
    empty = _empty_words()
    return (word[:-1] if word.endswith("s") and len(word) > 4 else word for word in _WORD.findall(fold(text)) if word not in empty)


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(form for name in _EMPTY_WORDS for form in load_words()[name])


def _merge_names(found: Sequence[_Found]) -> None:
    """« Julie » and « ma sœur » are « ma sœur Julie » where only one is called so."""
    names = {key: label for one in found for key, label in one.labels.items()}
    for key, label in names.items():
        longer = [other for other in names if other != key and _shortens(key, label, other)]
        if len(longer) != 1:
            continue
        for one in found:
            for counts, start in ((one.characters, ""), (one.causes, SOMEBODY)):
                if n := counts.pop(f"{start}{key}", 0):
                    counts[f"{start}{longer[0]}"] += n


def _shortens(key: str, label: str, other: str) -> bool:
    """Whether a name is part of a longer one, or a tie the longer one without its name."""
    name = " " not in key and label[:1].isupper()
    return key in other.split() if name else other.startswith(f"{key} ") and len(key.split()) > 1


def _rows(kind: str, counts: Sequence[Counter[str]], found: Sequence[_Found]) -> Iterator[Row]:
    keys = list(dict.fromkeys(key for of in counts for key in of))
    for key in sorted(keys, key=lambda key: (-sum(key in of for of in counts), -sum(of[key] for of in counts), key)):
        _, _, name = key.rpartition(":")
        label = next((of.labels[name] for of in found if name in of.labels), name)
        numbers = tuple(of[key] for of in counts)
        yield Row(kind, key, label, numbers, _course(numbers))


def _course(numbers: Sequence[int]) -> str:
    if all(numbers):
        return "stays"
    if numbers[0] and numbers[-1]:
        return "returns"
    return "comes" if numbers[-1] else "goes" if numbers[0] else "passes"

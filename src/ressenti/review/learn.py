"""What reviewers keep adding, rejecting and changing: terms for the vocabulary, and what rules get wrong in which construction.

Terms, constructions and counts come out, no sentence: only who asks for examples gets those.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ressenti.review.cues import Cue, Cues
from ressenti.review.decisions.several import Paired, by_reviewer
from ressenti.review.decisions.things import ACCEPTED, ADDED, CHANGED, COMMENTED, Thing
from ressenti.schema import Narrative, Span
from ressenti.vocab_builder.candidate import Candidate, Evidence, merge
from ressenti.vocab_builder.seeds import Known

LEAST = 2
"""Places in the accounts that make a lesson: what two reviewers say of one place is said of one."""
LONGEST = 5
"""Words of a term; longer cues are passages, which no vocabulary holds."""
MOST = 8
"""Of what something became, those that the report tells."""
EXAMPLES = 3
"""Sentences that are kept of each."""


@dataclass(slots=True)
class Tally:
    """What was decided on one thing to learn about.

    Attributes:
        counts: How often it was ``accepted``, ``rejected``, ``changed`` or ``added``.
        became: What it was changed into, or added as, and how often: ``fear``, ``status negated``.
        constructions: How often it was rejected, changed or added in each.
        reviewers: Who did so, and how often.
        places: Where it was not as it should be, by narrative and cue.
        added: Those of them where it was added.
        examples: Sentences in which it was so; empty unless they are asked for.
    """

    counts: Counter[str] = field(default_factory=Counter)
    became: Counter[str] = field(default_factory=Counter)
    constructions: Counter[str] = field(default_factory=Counter)
    reviewers: Counter[str] = field(default_factory=Counter)
    places: set[Hashable] = field(default_factory=set)
    added: set[Hashable] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """At how many places it was not as it should be."""
        return len(self.places)

    @property
    def refused(self) -> int:
        """How often it was rejected or changed."""
        return self.counts["rejected"] + self.counts["changed"]

    def to_dict(self) -> dict[str, object]:
        """As an object of JSON."""
        names = ("counts", "became", "constructions", "reviewers")
        found: dict[str, object] = {name: dict(getattr(self, name).most_common()) for name in names}
        found["places"] = len(self.places)
        return found | ({"examples": self.examples} if self.examples else {})


Key = TypeVar("Key", bound=tuple[str, ...])
Word = tuple[str, str, str]
"""Term, part of speech, and the emotion that it was found or added as."""
Rule = tuple[str, str]
"""A rule (empty for what none found), and what it gave: ``mention`` or a role."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What there is to learn.

    Attributes:
        words: By term, part of speech and emotion.
        rules: By rule and what it gave.
        unnamed: Cues left out, for they hold a name or no word.
    """

    words: Mapping[Word, Tally]
    rules: Mapping[Rule, Tally]
    unnamed: int

    def candidates(self, known: Known, least: int = LEAST) -> list[Candidate]:
        """Terms that reviewers added and that the vocabulary lacks, as ``ressenti vocab propose`` takes them.

        Args:
            known: What the vocabulary has.
            least: At how many places a term must have been added, as whatever emotion.
        """
        places: dict[tuple[str, str], set[Hashable]] = defaultdict(set)
        for (term, pos, _), tally in self.words.items():
            places[term, pos] |= tally.added
        found = []
        for (term, pos, emotion), tally in self.words.items():
            if tally.added and len(places[term, pos]) >= least and (term, pos) not in known and not is_passage(term):
                detail = f"added at {_places(len(tally.added))} by {', '.join(sorted(tally.reviewers))}"
                found.append(Candidate(term, pos, (Evidence("review", detail, emotion),)))
        return merge(found)

    def doubtful(self, least: int = LEAST) -> list[tuple[Word, Tally]]:
        """Terms that reviewers rejected or gave another emotion so often, and more often than they accepted them."""
        return _worst(
            (item for item in self.words.items() if item[1].refused > item[1].counts["accepted"] + item[1].counts["added"]), least
        )

    def missed(self, known: Known, least: int = LEAST) -> list[tuple[Word, Tally]]:
        """Terms that reviewers added although the vocabulary has them: a rule is missing, or a condition in the way."""
        return _worst(((w, t) for w, t in self.words.items() if t.counts["added"] and w[:2] in known), least)

    def failing(self, least: int = LEAST) -> list[tuple[Rule, Tally]]:
        """Rules so many of whose finds were rejected or changed, the worst first; and what was added that no rule found."""
        return _worst(self.rules.items(), least)


def learn(paired: Paired, cues: Cues, examples: bool = False) -> Lessons:
    """Count what reviewers decided.

    Args:
        paired: Reviews by narrative. Each reviewer's last word on a thing counts once.
        cues: Says what a cue is.
        examples: Whether to keep sentences of the accounts.
    """
    words: dict[Word, Tally] = defaultdict(Tally)
    rules: dict[Rule, Tally] = defaultdict(Tally)
    unnamed = 0
    for narrative, reviewers in by_reviewer(paired):
        every = [(reviewer, thing) for reviewer, things in reviewers.items() for thing in (*things.mentions, *things.roles)]
        made = [(reviewer, thing) for reviewer, thing in every if thing.decision not in ("", COMMENTED)]
        for (reviewer, thing), cue in zip(made, cues.of(narrative.text, [_cue(thing) for _, thing in made]), strict=True):
            sentence = _sentence(narrative, cue) if examples else ""
            place = (narrative.id, tuple(_cue(thing)), thing.about, str(thing.values.get("role", "")))
            _count(rules[_rule(thing)], thing, cue, reviewer, sentence, place)
            if thing.about != "mention":
                continue
            if cue is None or not cue.term:
                unnamed += 1
            elif thing.decision != CHANGED or "emotion" in _changed(thing):
                emotion = (thing.was or thing.values)["emotion"]
                _count(words[cue.term, cue.pos, emotion], thing, cue, reviewer, sentence, place)
    return Lessons(words, rules, unnamed)


def _cue(thing: Thing) -> Sequence[Span]:
    mention = thing if thing.about == "mention" else thing.mentions[-1]
    found: Sequence[Span] = (mention.was or mention.values)["cue"]
    return found


def _rule(thing: Thing) -> Rule:
    source = str((thing.was or {}).get("source", ""))
    return (source.removeprefix("rule:") if source.startswith("rule:") else "", thing.values.get("role", "mention"))


def _count(tally: Tally, thing: Thing, cue: Cue | None, reviewer: str, sentence: str, place: Hashable) -> None:
    tally.counts[thing.decision] += 1
    if thing.decision == ACCEPTED:
        return
    tally.reviewers[reviewer] += 1
    tally.places.add(place)
    if thing.decision == ADDED:
        tally.added.add(place)
    if thing.decision == CHANGED:
        tally.became.update(f"{name} {value}" if isinstance(value, str) else name for name, value in _changed(thing).items())
    elif thing.decision == ADDED and thing.about == "mention":
        tally.became[f"emotion {thing.values['emotion']}"] += 1
    if cue is not None:
        tally.constructions[cue.construction] += 1
    if sentence and sentence not in tally.examples and len(tally.examples) < EXAMPLES:
        tally.examples.append(sentence)


def _changed(thing: Thing) -> dict[str, object]:
    """What a reviewer changed, and into what."""
    was = thing.was or {}
    found = {name: value for name, value in thing.changes.items() if name not in was or was[name] != value}
    return found | ({"mention": ()} if len(thing.mentions) > 1 else {})


def _sentence(narrative: Narrative, cue: Cue | None) -> str:
    return "" if cue is None else " ".join(narrative.text[slice(*cue.sentence)].split())


def _worst(items: Iterable[tuple[Key, Tally]], least: int) -> list[tuple[Key, Tally]]:
    return sorted((item for item in items if item[1].wrong >= least), key=lambda item: (-item[1].wrong, item[0]))


def is_passage(term: str) -> bool:
    """Whether a cue is too long for a term: it tells a situation of that account."""
    return len(re.findall(r"[^\W\d_]+", term)) > LONGEST


def _places(n: int) -> str:
    return "one place" if n == 1 else f"{n} places"


def report(lessons: Lessons, known: Known, least: int = LEAST) -> Iterator[str]:
    """What there is to learn, a line each, with blank lines between the parts."""
    found = lessons.candidates(known, least)
    yield f"Terms that reviewers add and the vocabulary lacks: {len(found)}"
    for candidate in found:
        said = "; ".join(f"{e.emotion}: {e.detail}" for e in candidate.evidence)
        yield f"  {candidate.term} ({candidate.pos}): {said}"
        for evidence in candidate.evidence:
            yield from _examples(lessons.words[candidate.term, candidate.pos, evidence.emotion])
    parts = (
        ("Terms that reviewers add and the vocabulary has: a rule or a condition misses them", lessons.missed(known, least)),
        ("Terms that reviewers reject, or give another emotion", lessons.doubtful(least)),
        ("Rules whose finds reviewers reject or change, and what none finds", lessons.failing(least)),
    )
    for title, items in parts:
        yield ""
        yield f"{title}: {len(items)}"
        for key, tally in items:
            yield f"  {_name(key)}, at {_places(tally.wrong)}: {_listed(tally.counts)}, by {', '.join(sorted(tally.reviewers))}"
            if tally.became and not (len(key) == 3 and tally.counts["added"]):
                yield f"      became: {_listed(tally.became, MOST)}"
            yield f"      in: {'; '.join(f'{name} ({n})' for name, n in tally.constructions.most_common(5))}"
            yield from _examples(tally)


def _name(key: tuple[str, ...]) -> str:
    if len(key) == 3:
        return f"{key[0]} ({key[1]}) as {key[2]}"
    return f"{key[0] or 'found by no rule'}, {key[1]}"


def _examples(tally: Tally) -> Iterator[str]:
    yield from (f"      « {sentence} »" for sentence in tally.examples)


def _listed(counts: Counter[str], most: int | None = None) -> str:
    rest = len(counts) - most if most is not None else 0
    return ", ".join(f"{n} {name}" for name, n in counts.most_common(most)) + (f", and {rest} more" if rest > 0 else "")

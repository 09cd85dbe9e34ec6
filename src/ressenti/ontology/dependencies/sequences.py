"""What leads to what, from the order in which narratives tell the emotions of one experiencer.

Source: lag-sequential analysis (R. Bakeman and J. Gottman, *Observing Interaction*, 1997): how often an emotion is the next one, against
how often it would be if the order said nothing. Counted apart in each long narrative and summed, so that two emotions that a whole book is
full of do not seem to lead to each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ressenti.ontology.dependencies.records import Evidence, Keys, canonical
from ressenti.ontology.dependencies.statistics import corrected, poisson_tail, quasi_independence, sign_test
from ressenti.ontology.dependencies.stories import LEVELS, Said, Story, at_level
from ressenti.ontology.emotions import Emotions

WINDOW = 1500
"""Characters between two mentions that may follow each other: about a page, a scene rather than a chapter."""
LEAST = 5
"""Fewer cases are not tested."""
LONG = 100
"""Mentions from which on a narrative is counted by itself."""

_CLAUSE_END = re.compile(r"[,;:.!?…()—–«»\n]")

Chain = list[tuple[Said, str]]


def chains(story: Story, level: str, emotions: Emotions) -> Iterator[Chain]:
    """Runs of affirmed mentions, each within the window of the one before, with the emotion that each counts for.

    A run is of one experiencer; mentions of which the annotation does not tell who feels them are left out, and so are interjections: in
    a dialogue they are whoever's turn it is. Of mentions in one clause, which tell one moment (« haussa les épaules avec dédain »), the
    first is kept; of mentions of the same emotion in a row the last, which the next emotion follows.
    """
    runs: dict[str, Chain] = {}
    for said in story.said:
        if said.who is None or not said.affirmed or said.mode == "displayed":
            continue
        key = at_level(said.emotion, level, emotions)
        run = runs.setdefault(said.who, [])
        if run and said.start - run[-1][0].end > WINDOW:
            yield run
            run = runs[said.who] = []
        if run and not _CLAUSE_END.search(story.text, run[-1][0].end, said.start):
            continue
        if run and run[-1][1] == key:
            run.pop()
        run.append((said, key))
    yield from runs.values()


def successions(stories: Sequence[Story], emotions: Emotions, corpus: str) -> Iterator[Evidence]:
    """Transitions: how often an emotion follows another, on each level, tested or not.

    The p value is that of the number against chance (Poisson, the expected number under quasi-independence); the score says which way
    it goes: the share of the one order less the share of the other. The detail has the sign test of that.
    """
    evidence = []
    for level in LEVELS:
        seen: Counter[Keys] = Counter()
        expected: dict[Keys, float] = {}
        for stratum in strata(stories):
            steps: Counter[Keys] = Counter()
            for run in _runs(stratum, level, emotions):
                steps.update(pairwise(key for _, key in run))
            seen += steps
            for keys, value in _expected(steps).items():
                expected[keys] = expected.get(keys, 0.0) + value
        for (a, b), one_way in seen.items():
            if b in emotions.lineage(a):  # the feeling named again, more loosely
                continue
            back = seen[b, a]
            sign = sign_test(one_way, back)
            detail = f"by {level}; {back} the other way (sign test p {sign:.3g})"
            item = Evidence(
                "transition", (a, b), "sequence", one_way, corpus, detail,
                expected=expected[a, b], score=(one_way - back) / (one_way + back), p_value=poisson_tail(one_way, expected[a, b]),
            )  # fmt: skip
            evidence.append(item)
    return corrected(evidence, LEAST)


def combined(stories: Sequence[Story], emotions: Emotions, corpus: str) -> Iterator[Evidence]:
    """Combinations: two emotions, in either order, and the third that follows them more often than it follows the later one alone.

    The expected number is what a chain without memory would give: how often the two precede another emotion, times the share of the third
    among those that follow the later one. A return to the first emotion is left out on both sides.
    """
    evidence = []
    for level in LEVELS:
        seen: Counter[Keys] = Counter()
        expected: dict[Keys, float] = {}
        for stratum in strata(stories):
            steps: Counter[Keys] = Counter()
            triples: Counter[Keys] = Counter()
            for run in _runs(stratum, level, emotions):
                keys = [key for _, key in run]
                steps.update(pairwise(keys))
                triples.update((a, b, c) for a, b, c in zip(keys, keys[1:], keys[2:], strict=False) if a != c)
            leaving: Counter[str] = Counter()
            for (b, _), count in steps.items():
                leaving[b] += count
            pairs: Counter[Keys] = Counter()
            for (a, b, _), count in triples.items():
                pairs[a, b] += count
            for (a, b), count in pairs.items():
                for (before, c), some in steps.items():
                    if before == b and c != a:
                        keys3 = canonical("combination", (a, b, c), emotions)
                        expected[keys3] = expected.get(keys3, 0.0) + count * some / (leaving[b] - steps[b, a])
            for triple, count in triples.items():
                seen[canonical("combination", triple, emotions)] += count
        for keys3, count in seen.items():
            mean = expected[keys3]
            p_value = poisson_tail(count, mean)
            evidence.append(Evidence("combination", keys3, "sequence-pair", count, corpus, f"by {level}", expected=mean, p_value=p_value))
    return corrected(evidence, LEAST)


def strata(stories: Sequence[Story]) -> list[list[Story]]:
    """Long narratives each by itself, short ones together: an expected number needs enough to be estimated from."""
    long = [[story] for story in stories if len(story.said) >= LONG]
    short = [story for story in stories if len(story.said) < LONG]
    return [*long, short] if short else long


def _runs(stories: Iterable[Story], level: str, emotions: Emotions) -> Iterator[Chain]:
    for story in stories:
        yield from chains(story, level, emotions)


def _expected(steps: Counter[Keys]) -> dict[Keys, float]:
    """For every pair of a stratum's emotions, also for those that never follow each other in it: not to is evidence too."""
    names = sorted({key for pair in steps for key in pair})
    if not names:
        return {}
    fitted = quasi_independence([[steps[a, b] for b in names] for a in names])
    return {(a, b): fitted[i][j] for i, a in enumerate(names) for j, b in enumerate(names) if i != j}


def causes(stories: Sequence[Story], emotions: Emotions, corpus: str) -> Iterator[Evidence]:
    """Transitions that the annotation says: an emotion named in what causes another of the same person, or in its consequence."""
    found: Counter[Keys] = Counter()
    for story in stories:
        by_id = {said.id: said for said in story.said}
        seen: set[tuple[object, ...]] = set()
        for number, role, start, end in story.links:
            other = by_id[number]
            for said in story.said:
                if said.id == number or not (start <= said.start and said.end <= end and said.affirmed and other.affirmed):
                    continue
                # Another's joy may cause ours: a transition is one person's.
                if said.who != other.who and None not in (said.who, other.who):
                    continue
                one, two = (said, other) if role == "cause" else (other, said)
                # Said as a cause and again as a consequence, or in two words of one cause, it is one case.
                if one.emotion != two.emotion and not seen & {(one.id, two.id), (two.id, one.id), (number, one.emotion, two.emotion)}:
                    seen |= {(one.id, two.id), (number, one.emotion, two.emotion)}
                    found[one.emotion, two.emotion] += 1
    for keys, count in found.items():
        yield Evidence("transition", keys, "cause-link", count, corpus, "one in the cause or the consequence of the other")

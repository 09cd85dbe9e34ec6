"""What the wording between two mentions says of their emotions: set against each other, or the one turning into the other.

Sources: J. Justeson and S. Katz, *Co-occurrences of Antonymous Adjectives and Their Contexts*, Computational Linguistics 17 (1991), and
S. Jones, *Antonymy: A Corpus-Based Perspective* (2002), for antonyms joined by contrasting frames. Whether two emotions stand in contrast
more often than chance is told by Fisher's exact test against the pairs that stand in one sentence without any such wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.dependencies.records import Evidence, Keys, canonical
from ressenti.ontology.dependencies.statistics import corrected, fisher
from ressenti.ontology.dependencies.stories import LEVELS, Story, at_level
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.tables import read_table

FRAMES = Path(__file__).with_name("frames_fr.tsv")
LEAST = 3
"""Fewer contrasts of a pair are not tested: nothing could come of them, and each test makes the others stricter."""
_DETERMINER = r"(?:\s(?:un|une|l[ae]s?|du|de la|des?|son|sa|ses|mon|ma|mes|cette|ce|cet)|\s?(?:de l|d|l)['’])*\s*"


def read_frames(path: Path = FRAMES) -> dict[str, re.Pattern[str]]:
    """One expression for each of ``opposite`` and ``transition``.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    parts: dict[str, list[str]] = {"opposite": [], "transition": []}
    for line, row in read_table(path, ("relation", "between")):
        if row["relation"] not in parts:
            raise DataError(path, line, f"unknown relation {row['relation']!r}; write one of {', '.join(parts)}")
        try:
            re.compile(row["between"])
        except re.error as error:
            raise DataError(path, line, f"is no regular expression ({error})") from None
        parts[row["relation"]].append(row["between"])
    return {
        "opposite": re.compile(rf"(?<!\w)(?:{'|'.join(parts['opposite'])})(?!\w)", re.IGNORECASE),
        "transition": re.compile(rf"\s*(?:{'|'.join(parts['transition'])}){_DETERMINER}", re.IGNORECASE),
    }


def contrasted(stories: Sequence[Story], emotions: Emotions, corpus: str) -> Iterator[Evidence]:
    """Pairs of emotions that contrasting words stand between, on each level that finds them, tested or not."""
    frame = read_frames()["opposite"]
    pairs = [(one.emotion, two.emotion, bool(frame.search(between))) for story in stories for one, two, between in story.neighbours()]
    evidence = []
    for level in LEVELS:
        inside: Counter[Keys] = Counter()
        outside: Counter[Keys] = Counter()
        for one, two, contrast in pairs:
            one, two = at_level(one, level, emotions), at_level(two, level, emotions)
            if one not in emotions.lineage(two) and two not in emotions.lineage(one):
                (inside if contrast else outside)[canonical("opposite", (one, two), emotions)] += 1
        sums = inside.total(), outside.total()
        for keys, count in inside.items():
            expected = (count + outside[keys]) * sums[0] / sum(sums)
            p_value = fisher(count, sums[0], outside[keys], sums[1])
            detail = f"by {level}; {outside[keys]} times in one sentence without contrast"
            evidence.append(Evidence("opposite", keys, "contrast-frame", count, corpus, detail, expected=expected, p_value=p_value))
    return corrected(evidence, LEAST)


def turning(stories: Sequence[Story], emotions: Emotions, corpus: str) -> Iterator[Evidence]:
    """Transitions that a sentence says in so many words (« cette surprise se changea en épouvante »)."""
    frame = read_frames()["transition"]
    found: dict[Keys, Counter[str]] = {}
    for story in stories:
        for one, two, between in story.neighbours():
            if one.affirmed and two.affirmed and one.emotion != two.emotion and frame.fullmatch(between):
                found.setdefault((one.emotion, two.emotion), Counter())[" ".join(between.split()).lower()] += 1
    for keys, wordings in found.items():
        detail = "; ".join(f"« {wording} »" for wording in sorted(wordings))
        yield Evidence("transition", keys, "transition-frame", wordings.total(), corpus, detail)

"""What the model sees of a passage: a bag of what it says, of what rules and labelling functions find in it, and of what stands around it.

Everything is a short string that is hashed to a row of a table; no list of words is kept, so a model holds no sentence of the texts that it
was trained on. Where cues are masked, the words of the cues and what the rules found in the passage are left out, so that a model learns
what stands around emotions (LEIA, arXiv 2304.10973); the neighbours keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from zlib import crc32

from ressenti.fallback.passages import Context, Passage
from ressenti.fallback.votes import LabelVote

_TOKEN = re.compile(r"\w+'?|[!?…«»—:;]|\.\.\.")
_FOLDED = str.maketrans("’ʼ", "''")
_NUMBER = re.compile(r"\d+")
_STEM, _SHORT = 6, 4
"""So many letters of a word say what it is about; the rest is grammar. Fewer bring together forms that differ earlier (« serrer »,
« serrait »). The neighbours' words taught nothing more, nor did clusters of word vectors or longer runs of words."""
_SURE = 0.7


def bag(context: Context, masked: bool = False) -> list[int]:
    """The hashed features of a passage.

    Args:
        context: The passage between its neighbours.
        masked: Whether cues are masked.

    Returns:
        Numbers of 32 bits, one a feature, in no order that matters.
    """
    return [crc32(feature.encode()) for feature in features(context, masked)]


def features(context: Context, masked: bool = False) -> Iterator[str]:
    """The features of a passage as readable strings."""
    before, passage, after = context
    if masked:
        passage = _without_cues(passage)
    tokens = _TOKEN.findall(_NUMBER.sub("0", passage.text.translate(_FOLDED).lower()))
    stems = [token[:_STEM] for token in tokens]
    yield from stems
    yield from map(" ".join, pairwise(stems))
    yield from map("~".join, zip(stems, stems[2:], strict=False))  # whatever stands between, so that « le » and « mon » do not matter
    yield from (f"{_SHORT}{token[:_SHORT]}" for token in tokens if len(token) > _SHORT)
    yield from ("^" + " ".join(stems[:many]) for many in (1, 2, 3))
    yield from (" ".join(stems[-many:]) + "$" for many in (1, 2))
    yield f"#{min(len(tokens) // 8, 6)}"
    yield "#end" + passage.text.rstrip()[-1:]
    if not masked:
        yield from _found(passage)
    yield from _said((before, passage, after))
    for name in passage.components:
        yield f"component:{name}"
    for side, neighbour in (("<", before), (">", after)):
        if neighbour is None:
            yield side + "none"
            continue
        yield from _evidence(neighbour, side + "@")
        yield from (side + mark for mark in "!?…«" if mark in neighbour.text)


def _without_cues(passage: Passage) -> Passage:
    """A passage in which the words of the cues are blanks, and nothing was found; its components stay."""
    text, start = passage.text, passage.span[0]
    for low, high in (piece for mention in passage.mentions for piece in mention.cue):
        low, high = max(low - start, 0), min(max(high - start, 0), len(text))
        text = text[:low] + " " * (high - low) + text[high:]
    return replace(passage, text=text, mentions=(), roles=())


def _said(context: Context) -> Iterator[str]:
    """Which labelling functions speak, and what they say together: what they look for in many places is learnt from few sentences."""
    votes: set[LabelVote] = set()
    for name, own in _asked()(context):
        votes.update(own)
        if own:
            yield f"§{name}"
    for label, vote in sorted(votes):
        yield f"§{label}{vote:+d}"


@cache
def _asked() -> Callable[[Context], Iterator[tuple[str, list[LabelVote]]]]:
    """What asks the labelling functions, loaded when a passage is judged: they bring the parser along, which a model's card needs not."""
    from ressenti.fallback.functions import shipped_functions
    from ressenti.fallback.functions.seen import Seen

    functions = shipped_functions()

    def ask(context: Context) -> Iterator[tuple[str, list[LabelVote]]]:
        seen = Seen(context)  # without terms: the vocabulary is not looked through anew
        return ((function.name, list(function.votes(seen))) for function in functions)

    return ask


def _found(passage: Passage) -> Iterator[str]:
    """What the rules found in the passage itself: beside the evidence the rule, the entry and the group."""
    yield from _evidence(passage, "@")
    for mention in passage.mentions:
        yield f"@{mention.secondary}/"
        yield f"@{mention.source}"
        if "entry" in mention.extra:
            yield f"@{mention.extra['entry']}"


def _evidence(passage: Passage, side: str) -> Iterator[str]:
    """What the rules found, coarse and fine."""
    if not passage.mentions:
        yield side + "silent"
    for mention in passage.mentions:
        yield side + "any"
        yield f"{side}{mention.primary}"
        yield f"{side}{mention.primary}/{mention.mode}"
        yield f"{side}{mention.emotion}"
        yield f"{side}{mention.mode}/{mention.confidence is None or mention.confidence >= _SURE:d}"
        if mention.status != "affirmed":
            yield f"{side}{mention.status}"
    for role in passage.roles:
        yield f"{side}{role.role}"

"""Passages: the sentences of narratives, each with its neighbours and with what was found in it.

The sentence is the unit of the weak labels and of the model: a situation that suggests an emotion has no word that could be pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ressenti.rules.text import read, sentences
from ressenti.schema import Mention, Narrative, Role, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a narrative.

    Attributes:
        narrative: Id of the narrative.
        span: Where it stands: code points, end exclusive.
        text: Its words.
        mentions: What was found whose cue begins in it.
        roles: The roles of these.
        components: The components that it is part of, in the order of the text.
        given: Whether who told the narrative said which component this is.
    """

    narrative: str
    span: Span
    text: str
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    components: tuple[str, ...] = ()
    given: bool = False


Context = tuple[Passage | None, Passage, Passage | None]
"""A passage between the one before and the one after it, None at the ends of a narrative."""


def passages(narrative: Narrative) -> list[Passage]:
    """The sentences of a narrative, in order, never empty.

    Args:
        narrative: As an annotator or a person gave it; what it says of the text is sorted to its sentences.
    """
    reading = read(narrative.text)
    spans = [reading.original(start, end) for start, end in sentences(reading.text)]
    roles = narrative.roles_by_mention()
    found = []
    for start, end in spans:
        mentions = tuple(m for m in narrative.mentions if start <= m.cue[0][0] < end)
        components = [c for c in narrative.components if c.span[0] < end and start < c.span[1]]
        found.append(
            Passage(
                narrative.id, (start, end), narrative.text[start:end], mentions,
                tuple(role for m in mentions for role in roles.get(m.id, ())),
                tuple(dict.fromkeys(c.component for c in components)), any(c.source == "given" for c in components),
            )
        )  # fmt: skip
    return found


def contexts(narratives: Iterable[Narrative]) -> Iterator[Context]:
    """The passages of narratives, in order, each between its neighbours."""
    for narrative in narratives:
        found = passages(narrative)
        yield from zip((None, *found), found, (*found[1:], None), strict=False)  # the first one is longer by one


def whole(narrative: Narrative) -> Passage:
    """A narrative as one passage: a row of a corpus of sentences."""
    return Passage(
        narrative.id, (0, len(narrative.text)), narrative.text, tuple(narrative.mentions), tuple(narrative.roles),
        tuple(dict.fromkeys(c.component for c in narrative.components)), any(c.source == "given" for c in narrative.components),
    )  # fmt: skip


def row_contexts(narratives: Iterable[Narrative]) -> Iterator[Context]:
    """Narratives of a sentence each, such as the rows of a corpus in reading order: each a passage between the rows beside it."""
    before: Passage | None = None
    here: Passage | None = None
    for narrative in narratives:
        after = whole(narrative)
        if here is not None:
            yield before, here, after
        before, here = here, after
    if here is not None:
        yield before, here, None

"""Annotated narratives as the counts need them: who is said to feel what, in which order, and what is said to cause it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ressenti.errors import InputError
from ressenti.ontology.emotions import Emotions

FIRST_PERSON = frozenset("je j' m' me moi mon ma mes".split())
NARRATOR = "NARRATOR"
_SENTENCE_END = re.compile(r"[.!?…][\s»”\"]|\n")


@dataclass(frozen=True, slots=True)
class Said:
    """One mention.

    Attributes:
        id: Its number in the narrative.
        start: Offset of its first character.
        end: Offset after its last.
        emotion: Key of the emotion.
        affirmed: False where it is negated or only supposed.
        mode: How it is said: ``labelled``, ``displayed`` …
        who: Entity that feels it; None where the narrative does not tell whom two experiencers have in common.
    """

    id: int
    start: int
    end: int
    emotion: str
    affirmed: bool
    mode: str
    who: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """One narrative: its mentions in reading order, and the spans given as cause or consequence of one (mention, role, start, end)."""

    id: str
    text: str
    said: tuple[Said, ...]
    links: tuple[tuple[int, str, int, int], ...]

    def neighbours(self) -> Iterator[tuple[Said, Said, str]]:
        """Mentions that follow each other in one sentence, and the text between them."""
        for one, two in zip(self.said, self.said[1:], strict=False):
            between = self.text[one.end : two.start]
            if one.end <= two.start and not _SENTENCE_END.search(between):
                yield one, two, between


def read_stories(path: Path, emotions: Emotions) -> tuple[Story, ...]:
    """Read the JSON Lines of ``ressenti annotate``, or gold narratives with ``mentions`` and ``roles``.

    Gold narratives name no entities: who is spoken of in the first person is the narrator, others stay unknown.

    Raises:
        InputError: The file cannot be read, or a line of it is no annotated narrative; never with the narrative's words.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(path, None, "is not UTF-8; give the output of ressenti annotate") from None
    stories = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            stories.append(_story(json.loads(line), emotions))
        except json.JSONDecodeError:
            raise InputError(path, number, "is no JSON; give JSON Lines, as ressenti annotate writes them") from None
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            missing = f" (no {error})" if isinstance(error, KeyError) else ""
            raise InputError(path, number, f"is no annotated narrative{missing}; give the output of ressenti annotate") from None
        except ValueError as error:
            raise InputError(path, number, str(error)) from None
    if not stories:
        raise InputError(path, None, "holds no narrative; give the output of ressenti annotate")
    return tuple(stories)


def _story(data: Mapping[str, Any], emotions: Emotions) -> Story:
    text, roles = data["text"], data["roles"]
    who: dict[int, str | None] = {}
    for role in roles:
        if role["role"] == "experiencer" and role["mention"] not in who:
            who[role["mention"]] = role["entity"] if "entity" in role else _narrator(text[slice(*role["span"])])
    said = []
    for mention in data["mentions"]:
        if mention["emotion"] not in emotions:
            key = mention["emotion"] if str(mention["emotion"]).isidentifier() else "…"  # else it may be words of the narrative
            raise ValueError(f"has the emotion {key!r}, which is not in the table of emotions")
        cue = mention["cue"]
        affirmed = mention["status"] == "affirmed"
        who_feels = who.get(mention["id"])
        said.append(Said(mention["id"], cue[0][0], cue[-1][1], mention["emotion"], affirmed, mention["mode"], who_feels))
    links = [(role["mention"], role["role"], *role["span"]) for role in roles if role["role"] in ("cause", "consequence")]
    if unknown := {link[0] for link in links} - {mention.id for mention in said}:
        raise ValueError(f"has a role of the mention {min(unknown)}, which it does not have")
    return Story(str(data["id"]), text, tuple(sorted(said, key=lambda item: (item.start, item.end))), tuple(links))


def _narrator(words: str) -> str | None:
    return NARRATOR if words.lower().replace("’", "'") in FIRST_PERSON else None


def corpus_name(files: Sequence[tuple[str, Sequence[Story]]], *, named: int = 8) -> str:
    """Which narratives were read: a few by their ids, many by their number."""
    parts = []
    for name, stories in files:
        ids = ", ".join(story.id for story in stories) if len(stories) <= named else f"{len(stories)} texts"
        parts.append(f"{name}: {ids}")
    return "; ".join(parts)


LEVELS = ("primary", "secondary", "word")
"""Levels on which mentions are counted: their primaries, their groups, the emotions as they were told apart."""


def at_level(key: str, level: str, emotions: Emotions) -> str:
    """The emotion that a mention counts for on a level."""
    if level == "primary":
        return emotions.primary(key)
    return (emotions.secondary(key) or key) if level == "secondary" else key

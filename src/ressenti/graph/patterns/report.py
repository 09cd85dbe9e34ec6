"""Patterns as a report to be read: what the text says, in its words; no diagnosis, no judgement, no advice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain, repeat
from typing import Any

from ressenti.corpora.harmless import one_line
from ressenti.graph.labels import Language
from ressenti.graph.patterns.ambivalences import Ambivalence
from ressenti.graph.patterns.causes import Causation, Link
from ressenti.graph.patterns.chains import Chain, Loop
from ressenti.graph.patterns.felt import Felt, Person, Words
from ressenti.graph.patterns.find import Patterns
from ressenti.graph.patterns.french import load_french
from ressenti.graph.patterns.single import Denied, OfOther, Unattributed, Uncaused
from ressenti.graph.patterns.territory import Territory
from ressenti.graph.patterns.wording import Wording, headed
from ressenti.ontology.morphology import fold

_ARROWS = {"cause": " ⇒ ", "then": " → ", "order": " → "}
_BULLET = "  • "
COURSE = 20
"""Emotions of a course that a report shows, at most."""


def report(patterns: Patterns, language: Language = "fr") -> str:
    """The patterns of one narrative: a heading for each kind of which there are any, a line a pattern.

    A long course is cut, and an emotion of somebody else that has no cause is told once, with the emotions of others.
    """
    say = Wording(language)
    mentions = say("mention") if patterns.mentions == 1 else say("mentions", n=patterns.mentions)
    parts = [headed(f"{say('narrative', id=one_line(patterns.narrative))} — {mentions}")]
    without_cause = {felt for found in patterns.found.get("uncaused", ()) if isinstance(found, Uncaused) for felt in found.felt}
    for kind, several in patterns.found.items():
        lines = list(dict.fromkeys(filter(None, (_shown(pattern, patterns, without_cause, say) for pattern in several))))
        if lines:
            parts.append(f"{say(kind)}\n" + "".join(f"{_BULLET}{text}\n" for text in lines))
    if len(parts) == 1:
        parts.append(say("no_patterns") + "\n")
    return "\n".join(parts)


def line(pattern: Any, say: Wording) -> str:
    """One pattern on one line."""
    return _LINES[type(pattern)](pattern, say)


def _shown(pattern: Any, patterns: Patterns, without_cause: Collection[Felt], say: Wording) -> str:
    """One pattern on a line of the report; nothing where another line says it."""
    match pattern:
        case Chain(kind="order"):
            return _course(pattern, say, COURSE)
        case Uncaused() if "others" in patterns.found and not _of_narrator(pattern):
            return ""
        case OfOther() if pattern.felt in without_cause:
            return f"{line(pattern, say)}, {say('no_cause')}"
    return line(pattern, say)


def _of_narrator(found: Uncaused) -> bool:
    return any(felt.who is not None and felt.who.narrator for felt in found.felt)


def whom(by: Person | None, words: Words, say: Wording) -> str:
    """Whom the words of a cause are about where they do not say it themselves: « un monsieur » for « il »; else nothing."""
    if by is not None and fold(by.label) not in fold(words.text) and not (by.narrator and " " in words.text):
        return say.who(by)
    return say("before") if by is None and fold(words.text) in load_french()["anaphors"] else ""


def _causation(found: Causation, say: Wording) -> str:
    cause = say.quote(found.cause)
    if about := whom(found.by, found.cause, say):
        cause += f" ({about})"
    inner = [felt for felt in found.through if felt.cue != found.cause]
    through = f", {say('through', felt=', '.join(say.felt(felt) for felt in inner))}" if inner else ""
    if found.through and not inner:  # by a consequence: the emotion is the cause
        cause = say.felt(found.through[0])
    return f"{cause} → {say.felt(found.felt)}{through}"


def _steps(steps: Iterable[Felt], links: Iterable[Link], say: Wording, *, whose: bool, times: Iterable[int] = ()) -> str:
    often = (f" ×{n}" if n > 1 else "" for n in chain(times, repeat(1)))
    first, *rest = (say.felt(felt, whose=whose) + n for felt, n in zip(steps, often, strict=False))
    words = [first]
    for link, step in zip(links, rest, strict=True):
        then = f"({say.quote(link.words)}) " if link.kind == "then" else ""
        words.append(f"{_ARROWS[link.kind]}{then}{step}")
    return "".join(words)


def _chain(found: Chain, say: Wording) -> str:
    if found.kind == "order":
        return _course(found, say, len(found.steps))
    return f"{_steps(found.steps, found.links, say, whose=True)}, {_evidence(found.links, say)}"


def _course(found: Chain, say: Wording, most: int) -> str:
    steps = _steps(found.steps[:most], found.links[: most - 1], say, whose=False, times=found.times)
    if (rest := len(found.steps) - most) > 0:
        steps += _ARROWS["order"] + (say("cut_one") if rest == 1 else say("cut", n=rest))
    return say("person", who=say.who(found.steps[0].who), steps=steps)


def _evidence(links: Iterable[Link], say: Wording) -> str:
    return say("as_said", words=say.quotes(link.words for link in links if link.kind == "cause"))


def _loop(found: Loop, say: Wording) -> str:
    back = say.emotion(found.back) if found.back else ""
    text = say(f"loop_{found.kind}", back=back, steps=_steps(found.steps, found.links, say, whose=True))
    return f"{text}, {_evidence(found.links, say)}" if any(link.kind == "cause" for link in found.links) else text


def _uncaused(found: Uncaused, say: Wording) -> str:
    first, *others = found.felt
    cues = "".join(f", {say.quote(felt.cue)}" for felt in others if felt.cue.text != first.cue.text)
    return f"{say.felt(first)}{cues}{_towards(found.towards, say)}"


def _towards(several: Iterable[Any], say: Wording) -> str:
    words = say.quotes(several)
    return f", {say('towards', words=words)}" if words else ""


def _ambivalence(found: Ambivalence, say: Wording) -> str:
    same = found.one.who is not None and found.one.who == found.other.who
    return say(f"ambivalence_{found.source}", one=say.felt(found.one, whose=not same), other=say.felt(found.other))


def _territory(found: Territory, say: Wording) -> str:
    parts = [say("given" if found.given else "by_rule")]
    if found.whose is not None:
        parts.append(say.territory_of(found.whose))
    for key, felts in (("inside", found.inside), ("about_it", found.about)):
        if felts:
            parts.append(say(key, felts=", ".join(say.felt(felt) for felt in felts)))
    return f"{say.quote(found.words)} — {', '.join(parts)}"


def _denied(found: Denied, say: Wording) -> str:
    parts = [say.felt(found.felt, status=False)]
    if found.about:
        parts.append(say("about", words=say.quotes(found.about)))
    if found.elsewhere:
        parts.append(say("elsewhere", words=say.quotes(felt.cue for felt in found.elsewhere)))
    return ", ".join(parts)


def _unattributed(found: Unattributed, say: Wording) -> str:
    suggested = f", {say('suggested')}" if found.felt.mode == "suggested" else ""
    return f"{say.felt(found.felt)}{suggested}{_towards(found.towards, say)}"


def _of_other(found: OfOther, say: Wording) -> str:
    reported = f", {say('reported', words=say.quote(one_line(found.reported)))}" if found.reported else ""
    return f"{say.felt(found.felt)}{_towards(found.towards, say)}{reported}"


_LINES: Mapping[type, Callable[[Any, Wording], str]] = {
    Causation: _causation, Chain: _chain, Loop: _loop, Uncaused: _uncaused, Ambivalence: _ambivalence, Territory: _territory,
    Denied: _denied, OfOther: _of_other, Unattributed: _unattributed,
}  # fmt: skip

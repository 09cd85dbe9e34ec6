"""What stands below the emotions: signs of the body, thoughts, territory, contrary emotions, open questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ressenti.graph.patterns.ambivalences import ambivalences
from ressenti.graph.patterns.felt import Felt, Telling
from ressenti.graph.patterns.territory import territories
from ressenti.graph.patterns.wording import Wording
from ressenti.ontology.morphology import fold
from ressenti.review.origin import words_said
from ressenti.review.page.questions import Question, questions
from ressenti.review.summary.emotions import is_own
from ressenti.review.summary.level import NAME, Level
from ressenti.review.summary.quoting import Quote, Quoting, plain, shortened
from ressenti.review.summary.reviews import Reviewed
from ressenti.review.summary.wording import SummaryTexts
from ressenti.rules.acts import load_acts
from ressenti.rules.components import load_components
from ressenti.rules.words import load_words
from ressenti.schema import Component, Mention

_WORD = re.compile(r"[^\W\d_]+")
_BODY = ("body", "inner_body", "sensations")
"""Classes of words for the body, from ``fr/words.yaml`` and its like."""
_SIGNS = frozenset("tears trembling blushing paling heart throat sighing breath sickness sleeplessness".split())
"""Acts of ``fr/acts.yaml`` that are the body's own, and nothing done with it."""
_BODY_RULES = frozenset({"rule:component-body", "rule:component-sensation"})
"""Evidence for the component feeling that is of the body."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: words of the account (empty where there are none), and what is said of them."""

    quote: Quote
    note: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list, and how many of it are left out."""

    items: tuple[Item, ...]
    more: int = 0


def body(telling: Telling, quoting: Quoting, level: Level) -> List:
    """What the narrator felt, and where in the body: the answer to that question, else bodily signs and sentences of the body."""
    if given := _given(telling, "feeling"):
        return _cut([Item(quoting.stretch(c.span, level.given)) for c in given], level.items)
    bodily = telling.once("summary: signs", lambda: tuple(m for m in telling.narrative.mentions if _is_sign(telling, m)))
    if len(bodily) >= level.items:
        return List(tuple(Item(quoting.around(m.cue, level.item)) for m in bodily[: level.items]), len(bodily) - level.items)
    signs = [(m.cue[0][0], Item(quoting.around(m.cue, level.item))) for m in bodily]
    told = {quoting.number(at) for at, _ in signs}
    for component in telling.narrative.components:
        by_hand = component.component == "feeling" and component.source.startswith("review:")
        if (by_hand or component.source in _BODY_RULES) and quoting.number(component.span[0]) not in told:
            signs.append((component.span[0], Item(quoting.stretch(component.span, level.item))))
    return _cut([item for _, item in sorted(signs, key=lambda sign: sign[0])], level.items)


def thoughts(telling: Telling, quoting: Quoting, level: Level) -> List:
    """What was thought: the answer to that question, else the sentences with the best evidence."""
    if given := _given(telling, "thinking"):
        return _cut([Item(quoting.stretch(c.span, level.given)) for c in given], level.items)
    found = [c for c in telling.narrative.components if c.component == "thinking"]
    best = sorted(found, key=lambda c: -_evidence(c))[: level.items]
    kept = sorted(best, key=lambda c: c.span)
    return List(tuple(Item(quoting.stretch(c.span, level.item)) for c in kept), len(found) - len(kept))


def territory(telling: Telling, quoting: Quoting, texts: SummaryTexts, level: Level) -> List:
    """What of one's own is touched, whose it is, and whether only a rule says so."""
    say = Wording(texts.language)
    items = []
    sources = {c.span: c.source for c in telling.narrative.components if c.component == "territory"}
    for found in telling.once("summary: territories", lambda: tuple(territories(telling))):
        (span,) = found.words.spans
        notes = []
        if found.whose is not None and not found.given:
            who = shortened(plain(say.who(found.whose)), NAME)
            notes.append(texts("whose_narrator") if found.whose.narrator else texts("whose_other", who=who))
        if not found.given and not sources[span].startswith("review:"):
            notes.append(texts("by_rule"))
        items.append(Item(quoting.stretch(span, level.given if found.given else level.item), ", ".join(notes)))
    return _cut(items, level.items)


def contraries(telling: Telling, texts: SummaryTexts, level: Level) -> List:
    """Contrary emotions, with what holds them together."""
    items, say = [], Wording(texts.language)
    several = telling.once("summary: ambivalences", lambda: tuple(ambivalences(telling)))
    for found in several[: level.items]:
        one, other = (_felt(telling, felt, texts, say) for felt in (found.one, found.other))
        notes = [texts(f"together_{found.source}")]
        who = found.one.who
        if who is not None and not who.narrator and found.other.who == who:
            notes.insert(0, texts("of_other", who=shortened(plain(say.who(who)), NAME)))
        both = texts("ambivalence", one=one, other=other)
        items.append(Item((), f"{both[:1].upper()}{both[1:]} — {', '.join(notes)}"))
    return List(tuple(items), len(several) - len(items))


def all_questions(telling: Telling, texts: SummaryTexts) -> Sequence[Question]:
    """All questions that could be asked, each once."""
    return list({question.text: question for question in questions(telling, texts)}.values())


def asked(found: Sequence[Question], telling: Telling, reviewed: Reviewed, level: Level) -> list[str]:
    """The questions to ask: on what is missing altogether, and on the narrator's own feelings before those of others."""

    def rank(question: Question) -> tuple[bool, float]:
        mentions = [telling.mentions[id_] for id_ in question.mentions]
        sure = max((1.0 if reviewed(mention.id) else mention.confidence for mention in mentions), default=0.0)
        own = any(is_own(telling.felt[id_]) for id_ in question.mentions)
        return not own, -sure - any(mention.intensity == "high" for mention in mentions)

    order = telling.once("summary: questions", lambda: sorted(range(len(found)), key=lambda n: (rank(found[n]), n)))
    missing = [n for n in order if not found[n].mentions][: max(1, level.questions // 3)]
    first = [n for n in order if found[n].mentions][: level.questions - len(missing)]
    return [shortened(plain(found[n].text), 2 * level.item) for n in sorted((*first, *missing))]


def _given(telling: Telling, component: str) -> Sequence[Component]:
    return [c for c in telling.narrative.components if c.component == component and c.source == "given"]


def _cut(items: Sequence[Item], most: int) -> List:
    return List(tuple(items[:most]), max(0, len(items) - most))


def _felt(telling: Telling, felt: Felt, texts: SummaryTexts, say: Wording) -> str:
    cue = say.inner(shortened(plain(words_said(telling.narrative.text, telling.mentions[felt.mention])), NAME))
    label = say.emotion(felt.emotion)
    return texts("ambivalence_felt", emotion=label, cue=cue)


def _is_sign(telling: Telling, mention: Mention) -> bool:
    """Whether a mention is a sign of the narrator's body."""
    return (
        is_own(telling.felt[mention.id])
        and mention.mode in ("behavioural", "displayed")
        and mention.status != "negated"
        and _is_bodily(telling, mention.cue)
    )


def _is_bodily(telling: Telling, cue: Iterable[tuple[int, int]]) -> bool:
    words = {fold(word) for span in cue for word in _WORD.findall(telling.narrative.text[slice(*span)])}
    return not words.isdisjoint(_bodily())


@cache
def _bodily() -> frozenset[str]:
    """Words of the body and of what it does by itself, folded."""
    classes = load_words()
    words = {fold(word) for name in _BODY for word in classes[name]}
    return frozenset(words.union(*(act.forms for act in load_acts() if act.name in _SIGNS)))


def _evidence(component: Component) -> float:
    """How much speaks for what a rule found; what a reviewer added counts most."""
    return 100.0 if component.source.startswith("review:") else _weights().get(component.source, 0.0)


@cache
def _weights() -> dict[str, float]:
    return {f"rule:component-{one.id}": float(one.weight) for one in load_components().evidence}

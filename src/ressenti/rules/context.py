"""What an act shows that may show several emotions: what its doer is said to feel beside it.

« pleurer » shows sorrow unless joy, relief or rage is said of the one who weeps. The acts and what each may show are in
``fr/acts.yaml``. Evidence is a mention of the same one who feels in the same clause or beside it, an emotion that is named before one
that is only shown or suggested, and the nearest of these; where there is none, the last that the sentence before names. Measured on the
development narratives, sentences further off or after the act, and acts beside acts, tell more often wrong than right.

Where nothing is said to be felt, the scene tells (:mod:`ressenti.rules.scene_words`): a shout in a fire is panic, at a goal joy. Only
an act that shows by itself what it shows when nothing is known (``alone``) listens to it; a kindness of another person is a scene as
well. What a shout says tells before its scene (``words``): « Au secours ! » is panic, an insult anger.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ressenti.ontology.emotions import load_emotions
from ressenti.rules.account import Account
from ressenti.rules.acts import Act, act_of
from ressenti.rules.entities import Entities
from ressenti.rules.found import Found
from ressenti.rules.qualifiers import Reason
from ressenti.rules.scene_words import quoted_beside, scenes_beside
from ressenti.rules.sentence import Sentence

_STRENGTH = {"labelled": 0, "displayed": 1, "suggested": 2, "behavioural": 3}


def settle(account: Account, entities: Entities) -> None:
    """Give each act that may show several emotions the one that its doer is said to feel beside it, or that its scene tells."""
    decided = [(f, reason) for n in range(len(account.found)) for f, reason in _decide(account, entities, n)]
    for f, reason in decided:  # only now: one act is no evidence for another
        f.reasons.append(reason)
        f.emotion = reason.value


def _decide(account: Account, entities: Entities, n: int) -> Iterator[tuple[Found, Reason]]:
    primary = load_emotions().primary
    for f in account.found[n]:
        act = _ambiguous(account.sentences[n], f)
        if act is None or _named(f, account.found[n]):
            continue
        if evidence := _evidence(account, entities, n, f, act):
            beside = evidence in account.found[n]
            where = "beside it" if beside else "in the sentence before"
            why = f"« {evidence.hit.entry.term} » {where} tells; alone it shows {f.emotion}"
            reason = Reason("emotion", evidence.emotion, evidence.hit.cue if beside else (), why)
        elif (said := _said(account, n, f, act)) is not None:
            reason = Reason("emotion", said, (), f"the words that are shouted tell; alone it shows {f.emotion}")
        elif scene := _scene(account, entities, n, f, act):
            reason = Reason("emotion", scene[1], (), f"the scene tells ({scene[0]}); alone it shows {f.emotion}")
        else:
            continue
        if primary(reason.value) != primary(f.emotion):
            yield f, reason


def _scene(account: Account, entities: Entities, n: int, f: Found, act: Act) -> tuple[str, str] | None:
    """The scene that tells what the act shows, and what it shows there."""
    if not act.scenes or f.emotion not in act.alone or f.status != "affirmed":
        return None
    if load_emotions().primary(f.emotion) == "anger" and any(role.role == "target" for role in f.roles):
        return None  # who is shouted at is shouted at in anger, wherever it is
    kind = _was_kind(account, entities, n, f)
    for names in scenes_beside(account, n, f):
        for scene, emotion in act.scenes:
            if scene in names or (scene == "kindness" and kind):
                return scene, emotion
    return None


def _said(account: Account, n: int, f: Found, act: Act) -> str | None:
    """What the words tell that are said aloud with the act (« elle a crié : « Au secours ! » »), or None."""
    if not act.words or f.emotion not in act.alone or f.status != "affirmed" or any(role.role == "target" for role in f.roles):
        return None
    forms = quoted_beside(account, n, f)
    return next((emotion for emotion, words in act.words if not words.isdisjoint(forms)), None)


def _was_kind(account: Account, entities: Entities, n: int, f: Found) -> bool:
    """Whether somebody else shows affection before the act, in its sentence or the one before.

    To be comforted or cared for is no such kindness: it changes no tears.
    """
    who, kind = _who(entities, f), _under("love") - {"compassion", "caring"}
    return any(
        other.mode == "behavioural" and other.status == "affirmed" and other.emotion in kind and _who(entities, other) not in (None, who)
        for k in range(max(n - 1, 0), n + 1)
        for other in account.found[k]
        if k < n or other.hit.head < f.hit.head
    )


def _ambiguous(s: Sentence, f: Found) -> Act | None:
    """The act that a mention is, where it is one that may show several emotions."""
    act = act_of(s, f.hit)
    return act if act is not None and act.shows else None


def _named(f: Found, others: list[Found]) -> bool:
    """« trembler de rage »: the cue itself names the emotion."""
    cue = set(f.hit.cue)
    return any(other.mode == "labelled" and not cue.isdisjoint(other.hit.cue) for other in others)


def _evidence(account: Account, entities: Entities, n: int, f: Found, act: Act) -> Found | None:
    """The mention that tells what the act shows; one of the act's own primary tells that it shows what it shows by itself."""
    who, at, s = _who(entities, f), f.hit.head, account.sentences[n]
    may_show = act.shows | _under(load_emotions().primary(f.emotion))

    def tells(sentence: Sentence, other: Found) -> bool:
        pities = other.mode == "displayed" and other.emotion == "pity"  # « le pauvre, il bégayait »: who tells it
        told = other is not f and other.status == "affirmed" and not pities
        return told and other.emotion in may_show and _ambiguous(sentence, other) is None

    beside = [
        other for other in account.found[n] if tells(s, other) and _same(who, _who(entities, other)) and _one_moment(s, at, other.hit.head)
    ]
    if beside:
        return min(beside, key=lambda other: (_STRENGTH[other.mode], abs(other.hit.head - at)))
    if n == 0 or who is None:
        return None
    before = [
        other
        for other in account.found[n - 1]
        if other.mode == "labelled" and _who(entities, other) == who and tells(account.sentences[n - 1], other)
    ]
    return before[-1] if before else None


def _one_moment(s: Sentence, a: int, b: int) -> bool:
    """Whether two words tell of one moment: « j'ai pleuré, puis je me suis senti soulagé » are two."""
    low, high = sorted((a, b))
    return not s.stop_between(a, b) and not any(s.is_a(i, "then") for i in range(low + 1, high))


@cache
def _under(primary: str) -> frozenset[str]:
    return frozenset(key for key in load_emotions() if load_emotions().primary(key) == primary)


def _who(entities: Entities, f: Found) -> str | None:
    """Who feels: the entity, or the word itself where it is not known whom it stands for; None where nobody is named."""
    for role in f.roles:
        if role.role == "experiencer":
            return entities.of_role(role) or f"« {role.sentence.forms[role.head]} »"
    return None


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other

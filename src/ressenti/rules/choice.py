"""Which of the triggers of a sentence hold, and what of the sentence their cues are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ressenti.rules.acts import physical_reason
from ressenti.rules.conditions import fits, holds
from ressenti.rules.qualifiers.classes import is_one
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.verbs import verb_group
from ressenti.rules.triggers import Hit
from ressenti.rules.word_triggers import WordHit
from ressenti.rules.words import load_words

_WHICH = load_words()["which"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A trigger found in a sentence that does not hold.

    Attributes:
        hit: What was found.
        why: ``part of speech``, ``condition``, ``overlap`` or ``physical``.
        to: The trigger that was taken instead, when they overlap.
    """

    hit: Hit
    why: str
    to: Hit | None = None


def choose(s: Sentence, hits: list[Hit], lost: list[Lost] | None = None) -> list[Hit]:
    """Of the triggers found, those that hold: conditions, part of speech, then the longest of those that overlap.

    What an act names by a word of its own is kept beside it: « sauter de joie » gives two mentions, « avoir le cœur brisé » one.

    Args:
        s: The parsed sentence.
        hits: The entries found, and what rules make of words.
        lost: Those that do not hold are added to it, for who asks why.
    """
    valid: list[Hit] = []
    for hit in hits:
        if isinstance(hit, WordHit):
            valid.append(hit)
        elif not fits(s, hit):
            if lost is not None:
                lost.append(Lost(hit, "part of speech"))
        elif holds(s, hit) or exclaimed(s, hit) is not hit:
            valid.append(hit)
        elif lost is not None:
            lost.append(Lost(hit, "condition"))
    valid.sort(key=lambda hit: _rank(s, hit))
    kept: list[Hit] = []
    for hit in valid:
        clashes = [k for k in kept if set(k.all) & set(hit.all)]
        stronger = [k for k in clashes if not _beside(s, k, hit)]
        if not stronger:
            kept.append(hit)
        elif lost is not None:
            lost.append(Lost(hit, "overlap", stronger[0]))
    dropped = [Lost(hit, "overlap", instead) for hit in kept if (instead := _degree_of(s, hit, kept) or _said_before(s, hit, kept))]
    if not any(hit.entry.mode == "labelled" for hit in kept):  # « j'épluche des oignons, je pleure », not « triste, je … »
        twice = [one.hit for one in dropped]
        dropped += [Lost(hit, "physical") for hit in kept if hit not in twice and physical_reason(s, hit) is not None]
    kept = [hit for hit in kept if all(hit is not one.hit for one in dropped)]
    if lost is not None:
        lost += dropped
    kept.sort(key=lambda h: h.all)
    return [_with_copula(s, exclaimed(s, hit)) for hit in _widen(s, kept)]


def _degree_of(s: Sentence, hit: Hit, kept: Sequence[Hit]) -> Hit | None:
    """« un chagrin épouvantable », « une affreuse jalousie »: the feeling that the adjective tells the degree of."""
    if hit.entry.construction != "adj-stimulus" or len(hit.all) > 1 or not is_one(s, hit.head, "adjectives_high"):
        return None
    beside = (noun for noun in kept if noun.entry.pos == "NOUN" and noun.entry.mode == "labelled")
    return next((noun for noun in beside if hit.head in (noun.all[0] - 1, noun.all[-1] + 1)), None)


def _said_before(s: Sentence, hit: Hit, kept: Sequence[Hit]) -> Hit | None:
    """« J'étais contente, mais contente ! », « j'ai ri, j'ai ri »: the first of the two, which are one feeling told with force."""
    comma = hit.all[0] - 1
    while comma > 0 and (s.forms[comma] == "mais" or s.is_a(comma, "subject_clitics", "auxiliaries")):
        comma -= 1
    if (
        hit.entry.mode not in ("labelled", "behavioural")
        or comma < 1
        or s.forms[comma] != ","
        or s.forms[comma - 1] != s.forms[hit.all[-1]]
    ):
        return None
    return next((first for first in kept if first.entry is hit.entry and first.all[-1] == comma - 1), None)


def _beside(s: Sentence, wide: Hit, narrow: Hit) -> bool:
    if wide.entry.mode != "behavioural" or narrow.entry.mode != "labelled" or len(wide.all) <= len(narrow.all):
        return False
    before = narrow.all[0] - 1  # « sauter | de joie », « noyer | mon chagrin », « un regard | haineux »
    if narrow.entry.pos == "NOUN":
        return s.forms[before] in ("de", "d'") or s.is_a(before, "possessives")
    return narrow.entry.pos != "VERB"


def _rank(s: Sentence, hit: Hit) -> tuple[int, ...]:
    """Of two triggers that overlap the one of the smaller rank is taken, of equal ones that which is read or listed first."""
    if isinstance(hit, WordHit):
        return (-hit.rule.priority, -len(hit.all), 1, hit.order)
    return (0, -len(hit.all), 0, hit.entry.is_shipped, -_agreement(s, hit), -len(hit.entry.conditions))


def decided(s: Sentence, taken: Hit, lost: Hit) -> str:
    """Why one of two triggers on the same words was taken: ``priority``, ``longer`` or what else :func:`_rank` looks at, else ``order``."""
    kinds = ("priority", "longer", "entry", *(("order",) if isinstance(lost, WordHit) else ("own", "part of speech", "conditions")))
    ranks = zip(kinds, _rank(s, taken), _rank(s, lost), strict=False)
    return next((kind for kind, one, other in ranks if one != other), "order")


def _agreement(s: Sentence, hit: Hit) -> int:
    tag = s.pos(hit.head)
    if hit.entry.pos == tag:
        return 2
    return 1 if {hit.entry.pos, tag} == {"VERB", "ADJ"} else 0


def _widen(s: Sentence, hits: list[Hit]) -> list[Hit]:
    """« trembler de peur », « rouge de honte »: the emotion noun after *de* joins the behavioural cue and names its emotion."""
    labelled = {hit.all[0]: hit for hit in hits if hit.entry.mode == "labelled" and hit.entry.pos == "NOUN"}
    wide = []
    for hit in hits:
        after = hit.all[-1] + 1
        noun = labelled.get(after + 1)
        if hit.entry.mode == "behavioural" and noun and s.forms[after] in ("de", "d'"):
            cue = (*hit.cue, *range(after, noun.all[-1] + 1))
            hit = replace(hit, entry=replace(hit.entry, emotion=noun.entry.emotion), cue=cue, before=hit.listed)
        wide.append(_with_simile(s, hit))
    return wide


def _with_simile(s: Sentence, hit: Hit) -> Hit:
    """« souriant comme un imbécile »: what an act is likened to joins its cue."""
    after = hit.all[-1] + 1
    if hit.entry.mode != "behavioural" or len(hit.all) > 1 or hit.entry.pos != "VERB" or s.forms[after : after + 1] != ["comme"]:
        return hit
    if s.forms[after + 1 : after + 2] and s.forms[after + 1] in ("un", "une", "des", "deux"):
        noun = next((k for k in range(after + 2, min(after + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")), None)
        return hit if noun is None else replace(hit, cue=(*hit.cue, *range(after, noun + 1)))
    return hit


def exclaimed(s: Sentence, hit: Hit) -> Hit:
    """« Quelle horreur ! »: an emotion noun after *quel* at the start of an utterance is displayed, as a whole."""
    if hit.entry.pos != "NOUN" or hit.entry.mode != "labelled" or s.present.isdisjoint(_WHICH):
        return hit
    first = hit.all[0] - 1
    while first > 0 and s.forms[first] not in _WHICH and s.pos(first) in ("ADJ", "ADV"):
        first -= 1
    if first < 0 or s.forms[first] not in _WHICH or (first > 0 and s.forms[first - 1] not in (*STOPS, ",", "mais", "oh", "ah")):
        return hit
    entry = replace(hit.entry, mode="displayed", construction="interjection", pos="INTJ", intensity="high")
    return replace(hit, entry=entry, cue=(*range(first, hit.all[0]), *hit.cue), before=hit.listed)


def _with_copula(s: Sentence, hit: Hit) -> Hit:
    """A suggested cue keeps a finite *être* (« est mort »)."""
    if hit.entry.mode != "suggested" or hit.entry.pos != "VERB":
        return hit
    auxiliaries = [a for a in verb_group(s, hit.head).auxiliaries if s.is_a(a, "be")]
    return replace(hit, cue=(*auxiliaries, *hit.cue)) if auxiliaries else hit


def pieces(s: Sentence, tokens: Sequence[int]) -> list[tuple[int, int]]:
    """First and last token of each unbroken stretch of a cue."""
    stretches: list[tuple[int, int]] = []
    for i in sorted(set(tokens)):
        if stretches and i == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], i)
        else:
            stretches.append((i, i))
    return stretches


def with_mark(s: Sentence, hit: Hit) -> tuple[int, ...]:
    """A displayed cue with the exclamation mark or the points that follow it."""
    after = hit.cue[-1] + 1
    if hit.entry.mode == "displayed" and after < len(s) and s.forms[after] in STOPS - {":", ";", "«", "»", "."}:
        return (*hit.cue, after)
    return hit.cue

"""Status (affirmed, negated, hypothetical) and intensity of a mention, by scope in the syntax.

What counts as what is in the annotation guidelines (sections 1 and 5b); the words are in ``fr/words.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.verbs import is_infinitive, verb_group
from ressenti.rules.triggers import Hit

_NE = frozenset({"ne", "n'"})
_SPOKEN = frozenset({"pas", "jamais", "rien", "aucun", "aucune", "nullement", "guère"})
_CONDITIONAL = re.compile(r"(?:er|dr|aur|ser|pourr|verr|mourr|courr|devr|cevr|saur|^ir|fer)(?:ais|ait|ions|iez|aient)$")
"""Stems of the future before endings of the imperfect; verbs in -rer keep their e (« serrait » is none)."""


def status(s: Sentence, hit: Hit, governor: int | None) -> str:
    """``negated``, ``hypothetical`` or ``affirmed``.

    Args:
        s: The parsed sentence.
        hit: The entry found in it.
        governor: The verb that governs the cue (support verb, copula), the cue itself when it is a verb, or None.
    """
    if hit.entry.mode == "displayed":
        return "affirmed"
    idiom = any(c.kind == "negated" for c in hit.entry.conditions)
    verb = hit.head if governor is None else governor
    if _asked(s, hit):
        return "hypothetical"
    if not idiom and _negated(s, hit, verb):
        return "negated"
    if _hypothetical(s, hit, verb):
        return "hypothetical"
    return "affirmed"


def negating_words(s: Sentence, verb: int) -> list[int]:
    """The negative words of a verb group, *ne … que* and expletive *ne* left aside."""
    group = verb_group(s, verb)
    words = [i for i in group.negation if s.forms[i] not in _NE]
    has_ne = len(words) < len(group.negation)
    if not words and has_ne and verb + 1 < len(s):
        words = [
            i
            for i in range(verb + 1, min(verb + 4, len(s)))
            if s.forms[i] in ("pas", "jamais", "rien", "plus", "aucun", "aucune", "ni", "guère", "personne")
        ]
        personne = [
            c for c in range(max(group.start - 2, 0), group.start) if s.forms[c] in ("personne", "rien", "aucun", "aucune", "jamais")
        ]
        words = words or personne
    if has_ne:
        return words
    # spoken French drops « ne »: « pas » alone negates, « plus » only before what it negates, not as a comparative
    kept = []
    for i in words:
        form = s.forms[i]
        if (form in _SPOKEN and not (form == "jamais" and _question_or_si(s))) or (
            form == "plus" and i > group.finite and s.pos(min(i + 1, len(s) - 1)) != "ADJ" and not _comparative(s, i)
        ):
            kept.append(i)
    return kept


def _question_or_si(s: Sentence) -> bool:
    return s.forms[-1] == "?" or "si" in s.forms[:3]


def _comparative(s: Sentence, i: int) -> bool:
    """« le plus », « de plus en plus », « plus gênée que moi »"""
    if s.forms[i - 1 : i] in (["le"], ["la"], ["les"], ["de"], ["encore"], ["beaucoup"], ["bien"], ["en"], ["un"]):
        return True
    return any(form in ("que", "qu'", "en", "tard") for form in s.forms[i + 1 : i + 4])


def _negated(s: Sentence, hit: Hit, verb: int) -> bool:
    first = hit.all[0]
    # sans joie, aucun regret, ni triste ni en colère, pas triste
    j = first - 1
    while (
        j >= 0
        and (s.is_a(j, "adverbs") or s.pos(j) in ("DET", "ADJ"))
        and s.forms[j] not in ("sans", "ni", "aucun", "aucune", "pas", "jamais", *STOPS)
    ):
        j -= 1
    if j >= 0 and s.forms[j] in ("sans", "ni", "aucun", "aucune"):
        return s.forms[j : j + 2] != ["sans", "doute"] and s.forms[j - 1 : j] != ["non"]
    if j >= 0 and s.forms[j] == "de" and s.forms[j - 1] in ("pas", "plus", "jamais", "point", "guère"):
        return not _only(s, j - 1)
    if (
        j >= 0
        and s.forms[j] in ("pas", "jamais")
        and not (j > 0 and is_verb(s, j - 1))
        and not _only(s, j)
        and s.forms[j + 1 : j + 2] not in (["mal"], ["seulement"], ["que"])
    ):
        return s.forms[j : j + 2] != ["pas", "mal"]
    if "personne" in s.forms[max(first - 4, 0) : first] and ("ne" in s.forms[:first] or "n'" in s.forms[:first]) and is_verb(s, hit.head):
        return True
    start = verb_group(s, hit.head if is_verb(s, hit.head) else verb).start
    if s.forms[start - 1 : start] == ["sans"] or s.forms[start - 2 : start] in (["de", "quoi"], ["sans", "que"]):
        return s.forms[start - 1] != "quoi" or "pas" in s.forms[:start]
    if s.forms[start - 2 : start] in (["pas", "que"], ["pas", "qu'"]) and s.forms[start - 3 : start - 2] in (["est"], ["était"]):
        return True
    if s.forms[first - 1 : first] in (["aussi"], ["autant"]):
        return False  # « je ne l'ai jamais vu aussi furieux »
    for v in _chain(s, hit, verb):
        if any(s.forms[k] in ("que", "qu'") and s.forms[k - 1] not in ("est", "-ce") for k in range(v + 1, first)):
            continue  # « je n'ai ressenti que de la joie »
        if v == verb and hit.entry.pos == "NOUN" and not s.is_a(v, "auxiliaries", "felt", "give"):
            continue
        words = [w for w in negating_words(s, v) if w not in hit.all]
        negated = bool(words) and not all(_only(s, w) for w in words)
        if negated or s.is_a(v, "cease"):
            return not (negated and s.is_a(v, "cease"))  # « n'a jamais cessé de grommeler »
        subject_words = s.forms[max(verb_group(s, v).start - 1, 0) : verb_group(s, v).start + 1]
        if v != verb and "personne" in subject_words:
            return True
    return False


def _only(s: Sentence, i: int) -> bool:
    """« pas que », « pas seulement »: the negation does not bear on the emotion."""
    return s.forms[i + 1 : i + 2] in (["que"], ["qu'"], ["seulement"])


def _chain(s: Sentence, hit: Hit, verb: int) -> Iterable[int]:
    """The verbs whose negation bears on the cue: its governor, and modals or causatives over it."""
    yield verb
    at = verb
    for _ in range(3):
        if is_finite(s, at):
            return
        group = verb_group(s, at)
        j = group.start - 1
        while j >= 0 and (s.forms[j] in ("de", "d'", "à", "pas", "plus", "me", "m'") or s.is_a(j, "adverbs", "negators", "object_clitics")):
            j -= 1
        if j < 0 or not is_verb(s, j) or s.is_a(j, "say", "perceive") or s.forms[j].startswith(("pleur", "ri")):
            return
        at = j
        yield at


def _asked(s: Sentence, hit: Hit) -> bool:
    """Whether the mention stands in a direct question."""
    after = range(hit.all[0], len(s))
    mark = next((k for k in after if s.forms[k] in (".", "!", "»", "?", "??", "?!", ";", ":")), None)
    return mark is not None and s.forms[mark].startswith("?")


def _hypothetical(s: Sentence, hit: Hit, verb: int) -> bool:
    for v in _chain(s, hit, verb):
        group = verb_group(s, v)
        start = group.start
        if (s.forms[start - 1 : start] == ["pour"] and is_infinitive(s, v)) or s.forms[start - 2 : start] in (
            ["pour", "que"],
            ["pour", "qu'"],
        ):
            return True  # a purpose
        if s.forms[start - 3 : start] in (["de", "peur", "de"], ["de", "crainte", "de"]) or s.forms[start - 2 : start] in (
            ["peur", "qu'"],
            ["peur", "que"],
        ):
            return True
        if is_conditional(s, group.finite) and not _future_in_past(s, group.start):
            return True
        if v != verb and s.is_a(v, "wish"):
            return True
        if _is_future(s, group.finite) and _si_clause(s, group.start):
            return True
        start = group.start
        if (
            start > 0
            and s.forms[start - 1] in ("si", "s'")
            and (group.subject is not None or is_finite(s, v))
            and s.forms[start - 2 : start - 1] != ["comme"]
        ):
            return True
        if start > 1 and s.forms[start - 1] in ("que", "qu'") and s.is_a(start - 2, "wish"):
            return True
    return False


def is_conditional(s: Sentence, i: int) -> bool:
    """Whether the verb form at ``i`` is a conditional."""
    return _CONDITIONAL.search(s.forms[i]) is not None or (
        s.morph(i, "Mood") == "Cnd" and s.forms[i].endswith(("rais", "rait", "rions", "riez", "raient"))
    )


def _is_future(s: Sentence, i: int) -> bool:
    return s.forms[i].endswith(("rai", "ras", "ra", "rons", "rez", "ront")) and s.morph(i, "Tense") == "Fut"


def _si_clause(s: Sentence, start: int) -> bool:
    return any(s.forms[k] in ("si", "s'") and s.is_a(k + 1, "subject_clitics") for k in range(len(s) - 1) if k != start - 1)


def _future_in_past(s: Sentence, start: int) -> bool:
    """« je savais que je serais triste »: a conditional after *que* and a past verb tells the future."""
    return start > 1 and s.forms[start - 1] in ("que", "qu'") and is_verb(s, start - 2)


def intensity(s: Sentence, hit: Hit, governor: int | None) -> str:
    """``low``, ``medium`` or ``high``: the word's own, moved by its modifiers."""
    high, low = s.words["intensity_high"], s.words["intensity_low"]
    first, last = hit.all[0], hit.all[-1]
    around: list[int] = []
    j = first - 1
    while j >= max(first - 4, 0) and s.forms[j] not in STOPS and s.forms[j] != ",":
        if (is_verb(s, j) and not s.is_a(j, "auxiliaries", "adverbs")) or (s.pos(j) in ("NOUN", "PROPN") and s.forms[j] not in low | high):
            break
        around.append(j)
        j -= 1
    k = last + 1
    while k < min(last + 3, len(s)) and (s.pos(k) in ("ADJ", "ADV") or s.forms[k] in high | low):
        around.append(k)
        k += 1
    group = verb_group(s, hit.head)
    around += [i for i in range(group.start, group.verb) if i not in around]
    if governor is not None:
        around += [i for i in range(governor + 1, first) if s.pos(i) in ("ADV", "ADJ") and i not in around]
    forms = {s.forms[i] for i in around}
    phrase = " ".join(s.forms[max(first - 4, 0) : last + 4])
    if forms & low or "un peu" in phrase or "à peine" in phrase or "à moitié" in phrase:
        return "low" if hit.entry.intensity != "high" or "un peu" in phrase or "presque" in phrase else "medium"
    degree = forms & (high - {"tout", "plus"})
    if (
        degree
        or ("tout" in forms and s.pos(last) in ("ADJ", "VERB"))
        or "le plus" in phrase
        or "plus que tout" in phrase
        or "au point" in phrase
    ):
        return "high"
    if (s.tokens[hit.head].text.isupper() and len(s.tokens[hit.head].text) > 3) or s.forms[-1] == "!!" or "!!" in s.tokens[-1].text:
        return "high"
    return hit.entry.intensity

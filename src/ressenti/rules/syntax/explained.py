"""The reason that stands after a colon: « Mon chef s'est emporté : il manquait deux factures ».

A colon opens reasons, results, lists, comments and speech alike. What follows is taken for the reason only where it is a clause that
begins with its subject, and is about somebody or something else than who feels, or about what was before.
"""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.functions import function
from ressenti.rules.syntax.verbs import looks_like_participle
from ressenti.rules.words import load_words

_SPEAKER = load_words()["speaking_subjects"]
_OTHERS = frozenset({"il", "elle", "ils", "elles", "on"})
_COMMENTS = ("sav", "sai", "voi", "voy", "vi", "sen", "di", "dev", "compren")
"""How verbs begin that comment on a feeling: « elle avait peur : tout le monde le voyait »."""


@function("explained", among=":")
def explained(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Le boulanger rayonnait : sa fille reprenait le fournil »: the colon after the token; see the module for what counts."""
    colon = next((j for j in range(i + 1, len(s) - 2) if s.forms[j] in STOPS), None)
    if colon is None or s.forms[colon] != ":" or any(form.startswith("?") for form in s.forms[colon:]):
        return []
    start = max((j + 1 for j in range(i) if s.forms[j] in STOPS), default=0)
    verb = _verb(s, colon + 1)
    if verb is None or not _felt(s, start, i, colon) or _comments(s, verb):
        return []
    return [colon] if _of_another(s, start, colon, verb) or _was_before(s, verb) else []


def _verb(s: Sentence, first: int) -> int | None:
    """The finite verb of a clause that begins with its subject, or None; nothing may be set off or subordinate before it."""
    if s.is_a(first, "subject_clitics"):
        if s.forms[first] not in _SPEAKER | _OTHERS:
            return None  # « tu », « ça », « c' »
    elif not s.is_a(first, "determiners") and s.pos(first) != "PROPN":
        return None
    for k in range(first + 1, len(s)):
        if s.forms[k] in STOPS or s.forms[k] == "," or s.is_a(k, "relative_pronouns"):
            return None
        if is_verb(s, k) and is_finite(s, k):
            return k
    return None


def _felt(s: Sentence, start: int, i: int, colon: int) -> bool:
    """Whether the clause before the colon says what is felt: with a verb, denied by nothing, no speech, no list."""
    clause = range(start, colon)
    told = any(is_verb(s, k) and is_finite(s, k) for k in clause)
    over = any(is_verb(s, k) and is_finite(s, k) for k in range(i + 1, colon))
    apart = any(s.is_a(k, "negators", "negative_words_beside_negators", "say") for k in clause)
    whoever = any(s.is_a(k, "relative_pronouns") and s.is_a(k - 1, "demonstrative_pronouns") for k in clause)
    counted = s.pos(colon - 2) == "NUM" or s.forms[colon - 1] == "choses"
    return told and not (over or apart or whoever or counted)


def _comments(s: Sentence, verb: int) -> bool:
    return s.forms[verb - 1] in ("le", "l'") and s.forms[verb].startswith(_COMMENTS)


def _of_another(s: Sentence, start: int, colon: int, verb: int) -> bool:
    """Whether the clause after a colon has another subject than the one before it (« il a pleuré : | sa femme est partie »)."""
    first, speaker = s.forms[colon + 1], any(s.forms[k] in _SPEAKER for k in range(start, colon))
    if first == "il" and (s.is_a(verb, "impersonal_verbs") or s.forms[colon + 2 : colon + 4] in (["y", "a"], ["y", "avait"], ["y", "eut"])):
        return True
    if not s.is_a(colon + 1, "subject_clitics"):
        return not any(s.is_a(k, "bearers", "body") for k in range(colon + 1, verb))  # « j'avais peur : mes mains tremblaient »
    return first not in _SPEAKER if speaker else first not in _OTHERS


def _was_before(s: Sentence, verb: int) -> bool:
    """Whether a verb is in the pluperfect, or says what one thought (« j'avais honte : | j'avais crié », « … : | je croyais que … »)."""
    past = s.forms[verb].endswith(("ais", "ait", "aient"))
    if past and s.forms[verb].startswith(("croy", "pens")):
        return s.forms[verb + 1 : verb + 2] in (["que"], ["qu'"])
    after = verb + 1
    while s.is_a(after, "adverbs", "negators"):
        after += 1
    return past and s.is_a(verb, "auxiliaries") and after < len(s) and looks_like_participle(s.forms[after])

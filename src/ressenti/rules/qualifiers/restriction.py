"""Negative words that deny nothing: « plus triste que », « ne … que », « pas peu », « jamais aussi heureuse », « rien que »"""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.rules.qualifiers.classes import is_one
from ressenti.rules.qualifiers.scope import Step, clause_opener
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.verbs import looks_like_participle, verb_group
from ressenti.rules.triggers import Hit


def more_than(s: Sentence, hit: Hit) -> bool:
    """Whether « que » follows the cue (« personne n'était plus content | que moi »)."""
    return any(form in ("que", "qu'") for form in s.forms[hit.all[-1] + 1 : hit.all[-1] + 3])


def nothing_but(s: Sentence, i: int) -> bool:
    """« j'ai honte rien que d'y penser »: only."""
    return s.forms[i] == "rien" and s.forms[i + 1 : i + 2] in (["que"], ["qu'"])


def comparative(s: Sentence, i: int) -> bool:
    """« le plus », « de plus en plus », « plus gênée que moi », « plus triste »"""
    if s.is_a(i - 1, "before_comparing_plus"):
        return True
    after = s.forms[i + 1 : i + 6]
    if after[:2] == ["ou", "moins"]:
        return True
    if "du tout" in " ".join(after) or s.forms[i + 1 : i + 2] == ["jamais"]:
        return False
    if s.is_a(i + 1, "adverbs_compared_by_plus"):
        return True  # « pédaler plus vite »
    if s.pos(min(i + 1, len(s) - 1)) == "ADJ" or (i + 1 < len(s) and looks_like_participle(s.forms[i + 1])):
        return not any(is_one(s, k, "now") for k in range(len(s)))
    if s.forms[i + 1 : i + 2] in (["de"], ["d'"]):
        stop = next((k for k in range(i, len(s)) if s.forms[k] in STOPS), len(s))
        return any(s.forms[k] in ("que", "qu'") for k in range(i + 2, stop))
    return any(form in ("que", "qu'", "en", "tard") for form in after[:4])


def unrestricted(s: Sentence, i: int, first: int) -> bool:
    """« pas que », « pas seulement », « pas mal »: the negation does not bear on the emotion; nor past « mais », « plutôt »."""
    after = s.forms[i + 1 : i + 2]
    if i < first and after and after[0] in ("seulement", "uniquement", "simplement", "exclusivement", "juste"):
        return True
    if i < first and after and after[0] in ("que", "qu'") and not any(is_verb(s, v) and is_finite(s, v) for v in range(i + 2, first + 1)):
        return True
    if after == ["loin"] and s.forms[i + 2 : i + 3] in (["de"], ["d'"]):  # « pas loin de paniquer »
        return True
    if after == ["peu"] and i + 2 == first:  # « pas peu fière »
        return True
    if after == ["mal"] and (i + 2 == first or not has_ne(s, i)):  # « pas mal énervée », « ça rigolait pas mal »
        return True
    return any(
        s.forms[k] in ("mais", "plutôt", "contraire") or (s.forms[k] in ("seulement", "juste", "simplement") and s.forms[k - 1] == ",")
        for k in range(i + 1, first)
    )


def degree_of_more(s: Sentence, i: int, first: int) -> bool:
    """« jamais aussi furieux », « rien ne m'a fait autant plaisir », « aucune peur aussi grande »: more than ever, so affirmed."""
    if not (s.is_a(i, "negative_pronouns") or s.forms[i] in ("jamais", "pas")):
        return False
    near = range(max(first - 4, i + 1), first)
    if s.forms[i] == "pas":
        there_is = s.forms[i - 2 : i] == ["y", "a"]  # « il n'y a pas plus heureux que lui »
        if any(s.forms[k] in ("aussi", "si", "autant", "plus") for k in near) and _in_a_long_time(s, i, first):
            return True
        return any(s.forms[k] in ("plus", "mieux") and (s.forms[k - 1] == "être" or there_is) for k in near)
    return any(is_one(s, k, "such") for k in near) or any(is_one(s, k, "alike") for k in range(first + 1, min(first + 3, len(s))))


def came_true(s: Sentence, over: Sequence[Step], first: int) -> bool:
    """« je n'aurais jamais cru être aussi fière », « je ne pensais pas qu'on puisse souffrir autant »: it came, and was more.

    Args:
        s: The parsed sentence.
        over: The steps over the cue.
        first: The first token of the cue.
    """
    near = (k for k in (first - 2, first - 1, first + 1) if 0 <= k < len(s))
    if not any(is_one(s, k, "such") and s.forms[k] != "plus" for k in near):
        return False
    return any(not step.noun and is_one(s, step.at, "expect") and has_ne(s, step.at) and _back_then(s, step.at) for step in over)


def _back_then(s: Sentence, verb: int) -> bool:
    """Whether the thought is over: an imperfect or a conditional; not « je ne pense pas être si jaloux »."""
    return s.forms[verb_group(s, verb).finite].endswith(("ais", "ait", "ions", "iez", "aient"))


def _in_a_long_time(s: Sentence, pas: int, cue: int) -> bool:
    """« ça faisait des années que je n'avais pas été aussi heureuse », « je n'avais pas autant ri depuis longtemps »"""
    since = "depuis" in s.forms[cue + 1 : cue + 4] and (s.is_a(cue + 3, "temporal_nouns") or "longtemps" in s.forms[cue + 2 : cue + 5])
    opener = clause_opener(s, pas + 1) if is_verb(s, min(pas + 1, len(s) - 1)) else None
    before = range(max(pas - 10, 0), pas) if opener is None else range(max(opener - 5, 0), opener)
    lasts = any(s.forms[k] in ("fait", "faisait", "faisaient") and s.is_a(k - 1, "this") for k in before)
    return since or (lasts and any(s.forms[k] in ("que", "qu'") for k in range(max(pas - 5, 0), pas)))


def only(s: Sentence, verb: int, below: int) -> bool:
    """« je n'ai ressenti que de la joie », « ne fait que pleurer », « je n'ai jamais regretté que mes cheveux »."""
    if verb == below and s.forms[verb + 1 : verb + 2] in (["que"], ["qu'"]) and s.is_a(verb + 2, "determiners"):
        said = next(
            (k for k in range(verb + 2, len(s)) if s.forms[k] in STOPS or s.forms[k] == "," or (is_verb(s, k) and is_finite(s, k))), len(s)
        )
        return said == len(s) or not is_verb(s, said)
    for k in range(verb + 1, below):
        if s.forms[k] in ("que", "qu'") and s.forms[k - 1] not in ("est", "-ce", "parce", "pour"):
            return not any(is_verb(s, v) and is_finite(s, v) for v in range(k + 1, below)) or clause_opener(s, below) != k
    return False


def has_ne(s: Sentence, i: int) -> bool:
    """Whether *ne* stands within six tokens before a negative word."""
    return any(is_one(s, k, "ne") for k in range(max(i - 6, 0), i))

"""Negation by scope: does the text deny that the emotion is felt?

Each step from the cue upwards (``scope``) may carry a negation: negative words of a verb group, a negative subject, *sans*, a verb such
as *cesser*. Two of them cancel out (« je ne peux pas m'empêcher de rire »); what only stands near the cue does not count.
"""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.rules.qualifiers.classes import ending_at, is_one, phrases, starting_at
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.qualifiers.restriction import (
    comparative,
    degree_of_more,
    has_ne,
    more_than,
    nothing_but,
    only,
    unrestricted,
)
from ressenti.rules.qualifiers.scope import Step, carries_tense, marker, verb_of_noun
from ressenti.rules.qualifiers.tense import is_conditional
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.verbs import VerbGroup, is_infinitive, verb_group
from ressenti.rules.triggers import Hit
from ressenti.rules.words import load_words

_NE = frozenset({"ne", "n'"})
_SELF = load_words()["reflexive_clitics"]
_UTTERLY = ["on", "ne", "peut", "plus"]
_SUPPORT = ("auxiliaries", "felt", "give", "experience")
Found = tuple[int, ...]
"""Tokens that negate; empty when nothing does."""


def negation(s: Sentence, hit: Hit, over: Sequence[Step]) -> Reason | None:
    """Why the emotion is denied, or None.

    Args:
        s: The parsed sentence.
        hit: The entry found in it.
        over: The steps over the cue.
    """
    built_in = any(c.kind == "negated" for c in hit.entry.conditions)
    if not built_in and (near := _beside_cue(s, hit)):
        if s.forms[near[0]] == "sans" and over and _never_without(s, hit, over[0], near[0]):
            return None
        if s.forms[near[0]] == "t'":
            return Reason("status", "negated", (*near, *hit.cue), "said alone, it asks not to worry")
        return Reason("status", "negated", near, "a negative word stands before the cue")
    if s.forms[hit.all[0] - 1 : hit.all[0]] == ["sans"] and s.forms[max(hit.all[0] - 2, 0)] in ("non", "pas"):
        return None  # « non sans fierté », « ce n'est pas sans tristesse que »
    if _is_motive(s, hit) or _how_great(s, hit) or s.forms[max(hit.all[0] - 4, 0) : hit.all[0]] == _UTTERLY:
        return None
    if over and presupposed(s, hit, over[0]) and not _lexical(s, hit, over[0], 0):
        return None
    found: list[int] = []
    count = 0
    for n, step in enumerate(over):
        if n and s.pos(step.at) == "NOUN" and ending_at(s, step.at + 1, "fear_of"):
            break  # « il ne disait rien par peur de nous décevoir »
        if step.noun and is_one(s, step.at, "sure"):
            break  # « je ne suis pas sûre d'être contente »: not denied, but not sure either
        words = _over(s, hit, step) if n else _in_group(s, hit, step)
        if built_in and words:  # the first is the entry's own: « je n'ai pas pu | ouvrir la lettre »
            built_in, words = False, ()
        if step.link in ("that", "relative") and not _raises(s, step):
            break
        lexical = _lexical(s, hit, step, n)
        if lexical and n == 0:
            words = _negators(s, hit, step)
        for tokens in (words, lexical):
            if tokens and not set(tokens) <= set(found):  # « il n'y a aucune raison de »: one negation, seen from the noun and the verb
                count += 1
                found += tokens
        if any(_sets_aside(s, w) for w in words):
            break  # « il ne m'a pas félicité, au lieu d'être content »: what is set aside is denied whatever the verb over it
    if count % 2 == 0:
        return None
    return Reason("status", "negated", tuple(sorted(set(found))), "the verb over it, or one that this hangs on, is negated")


def _sets_aside(s: Sentence, word: int) -> bool:
    """Whether the word ends « au lieu » or « plutôt que » before *de*."""
    return s.forms[word - 1 : word + 1] in (["au", "lieu"], ["plutôt", "que"])


def _is_motive(s: Sentence, hit: Hit) -> bool:
    """« il ne disait rien, de peur de nous décevoir »: what is not done is so because of it; not « ce n'est pas par peur de … que »."""
    phrase = ending_at(s, hit.all[-1] + 1, "fear_of")
    if phrase is None or hit.all[0] not in phrase or s.forms[max(phrase.start - 1, 0)] == "non":
        return False
    return s.forms[max(phrase.start - 1, 0)] != "pas" or not s.is_a(phrase.start - 2, "auxiliaries")


def _never_without(s: Sentence, hit: Hit, step: Step, sans: int) -> bool:
    """« il n'est jamais sans crainte », « je ne suis pas partie sans tristesse »: it is there."""
    return step.at < sans and "," not in s.forms[step.at : sans] and bool(_negators(s, hit, step))


def _how_great(s: Sentence, hit: Hit) -> bool:
    """« Quelle ne fut pas ma surprise ! »: it was great."""
    before = range(hit.all[0])
    return any(s.is_a(k, "which") and s.forms[k + 1] in ("ne", "n'") for k in before)


def _beside_cue(s: Sentence, hit: Hit) -> Found:
    """« sans joie », « ni triste », « aucun regret », « pas de honte », « jamais découragé », « absence de joie »."""
    first, after = hit.all[0], hit.all[-1] + 1
    nothing = s.forms[after : after + 2] in (["de", "rien"], ["de", "personne"])
    if nothing and "," not in s.forms[max(first - 3, 0) : first] and not any(is_one(s, k, "negative_words") for k in range(first)):
        return (after + 1,)  # « j'avais peur de rien », where the spoken language drops *ne*
    if s.forms[after : after + 2] == [",", "non"] and hit.entry.pos == "NOUN" and not any(is_verb(s, k) for k in range(first)):
        return (after + 1,)  # « De l'affection, non, pas encore »
    if (
        s.forms[first - 1] == "par"
        and s.forms[first - 2 : first - 1] in (["pas"], ["non"])
        and s.forms[max(first - 3, 0)] in (*STOPS, ",", "et")
    ):
        return (first - 2,)  # « par attachement, pas par pitié »
    j = first - 1
    if s.is_a(first, "unworried") and s.forms[j:first] == ["t'"] and (group := verb_group(s, first)).subject is None:
        if group.negation:
            return ()  # « t'inquiète pas »: as of any verb
        return (j,) if j == 0 or s.forms[j - 1] in (*STOPS, ",", "mais", "et", "non", "oui") else ()
    j -= 3 * (s.forms[max(j - 2, 0) : first] == ["tout", "à", "fait"])
    crossed = []
    while (
        j >= 0
        and s.forms[j] not in STOPS
        and not is_one(s, j, "negative_words", "negative_determiners")
        and s.forms[j] != "sans"
        and (
            s.is_a(j, "adverbs")
            or s.pos(j) in ("DET", "ADJ", "ADV")
            or s.forms[j] in ("de", "d'", "la", "le", "l'")
            or s.forms[j : j + 2] == ["du", "tout"]
        )
        and not is_verb(s, j)
    ):
        crossed.append(s.forms[j])
        j -= 1
    if (absent := _absence(s, first, j + 1)) is not None:
        return absent
    if j < 0 or any(form in ("plutôt", "seulement", "juste", "mais") for form in crossed):
        return ()
    form = s.forms[j]
    if form == "sans":
        return () if s.forms[j - 1 : j] in (["non"], ["pas"]) or is_one(s, j + 1, "after_sans") else (j,)
    if form == "ni" or (is_one(s, j, "negative_determiners") and not degree_of_more(s, j, first)):
        return (j,)
    if hit.entry.pos == "NOUN" and form in ("pas", "plus", "jamais", "point", "guère") and crossed[-1:] in (["de"], ["d'"]):
        more = form == "plus" and not has_ne(s, j) and not _said_without_verb(s, j)  # « plus de peine » without « ne »: more of it
        theirs = any(s.is_a(k, "possessives") for k in range(j, first))  # « je ne veux pas de ta pitié »: it is there
        return () if more or theirs or unrestricted(s, j, first) else (j,)
    if form == "plus" and "moindre" in crossed:
        return (j,)
    if (
        form in ("pas", "jamais")
        and not is_verb(s, j - 1)
        and (hit.entry.pos == "ADJ" or not is_verb(s, first))  # « …, pas inquiet »
        and not unrestricted(s, j, first)
        and not degree_of_more(s, j, first)
    ):
        return () if form == "jamais" and s.forms[j - 1 : j] in (["que"], ["à"]) else (j,)
    return ()


def _said_without_verb(s: Sentence, j: int) -> bool:
    """« Plus de rage, plus de larmes. »: nothing but a comma or the start before, and no verb up to there."""
    opens = j == 0 or s.forms[j - 1] in (*STOPS, ",", "et", "puis")
    return opens and not any(is_verb(s, k) and is_finite(s, k) for k in range(j))


def _absence(s: Sentence, first: int, last: int) -> Found | None:
    """« absence de joie », « loin d'être content », « dénué de remords », « rien de triste »."""
    if not phrases(s, "absence"):
        return None
    of = (k for k in range(last, first - 1) if s.forms[k] in ("de", "d'"))  # « guéri de | sa peur »
    for j in (first - 1, last - 1, *of, *(v - 1 for v in range(last, first) if is_verb(s, v))):
        phrase = ending_at(s, j, "absence") if j >= 0 else None
        if phrase is not None and s.forms[phrase.start] == "loin" and s.forms[phrase.start - 1] in ("pas", "plus", "point"):
            return ()  # « je n'étais pas loin de paniquer »: nearly
        if phrase is not None and not (s.forms[phrase.start] == "moins" and is_one(s, phrase.start - 1, "comparing")):
            return tuple(phrase)  # but « contente, mais bien moins que vexée »: it is both
    return None


def _in_group(s: Sentence, hit: Hit, step: Step) -> Found:
    """The negative words of the verb group of the cue or of its support verb."""
    if only(s, step.at, step.below):
        return ()
    return _negators(s, hit, step)


def _over(s: Sentence, hit: Hit, step: Step) -> Found:
    """The negative words of a step further up."""
    if step.noun:
        return _before_noun(s, step.at)
    says = s.is_a(step.at, "say") and not is_one(s, step.at, "raising")  # but « je ne pensais plus tomber amoureux »
    expects = s.forms[step.at].startswith("attend") and step.link in ("infinitive", "that") and s.forms[step.below - 1] in ("à", "ce")
    if (says and step.link == "infinitive") or expects or is_one(s, step.at, "conceal", "react"):
        return ()  # « elle n'a pas supporté d'être humiliée »
    if is_one(s, step.at, "perceive") and any(ending_at(s, m, "purpose") for m in marker(s, step.at)):
        return ()  # « pour que je ne la voie pas pleurer »: she does cry
    if only(s, step.at, step.below):
        return ()
    return _negators(s, hit, step)


def _negators(s: Sentence, hit: Hit, step: Step) -> Found:
    words = [w for w in negating_words(s, step.at) if w not in hit.all and not unrestricted(s, w, hit.all[0])]
    if words and degree_of_more(s, words[0], hit.all[0]):
        return ()
    if [s.forms[w] for w in words] in (["plus"], []) and more_than(s, hit) and _negative_subject(s, step.at, hit.all[0], True):
        return ()  # « personne n'était plus content que moi »
    if [s.forms[w] for w in words] == ["plus"] and more_than(s, hit) and "jamais" in s.forms[: words[0]]:
        return ()  # « Jamais je n'ai été plus heureux que ce jour-là »
    if words:
        return tuple(words)
    start = verb_group(s, step.at).start
    for j in marker(s, step.at):
        if s.forms[j] == "sans" or s.forms[j - 1 : j + 1] in (["sans", "que"], ["sans", "qu'"]):
            return () if s.forms[j - 1 : j] == ["non"] or is_one(s, step.at, "after_sans", "conceal") else (j,)
        if s.forms[j] in ("de", "d'") and _sets_aside(s, j - 1):
            return (j - 1,)  # « au lieu d'être content », « plutôt que de se lamenter »
        if s.forms[j - 1 : j + 1] == ["pas", "pour"] and (j == 1 or s.forms[j - 2] == ","):
            return (j - 1,)  # « elle a appelé, pas pour prendre de mes nouvelles »
        if s.forms[j - 1 : j + 1] == ["de", "quoi"] and verb_of_noun(s, j - 1) is None:  # « Pas de quoi s'énerver »
            return (j - 1,) if any(f in ("pas", "plus") for f in s.forms[max(j - 4, 0) : j]) else ()
        if (
            s.forms[j] in ("que", "qu'")
            and s.forms[j - 1 : j] in (["pas"], ["non"])
            and (j == 1 or s.forms[j - 2] in (*STOPS, ",", "mais"))
        ):
            return (j - 1,)  # « pas que je sois jaloux, mais … »
        if s.forms[j] in ("pour", "afin") and hit.all[0] > j and any(s.forms[k] == "trop" for k in range(max(start - 6, 0), j)):
            return (j,)  # « trop fatigué pour être triste »
    return _negative_subject(s, step.at, hit.all[0])


def _negative_subject(s: Sentence, verb: int, first: int, any_degree: bool = False) -> Found:
    """« personne n'avait peur », « rien ne me fait peur », « aucun de nous n'était triste », « personne osait »."""
    if not is_finite(s, verb):
        return ()
    group = verb_group(s, verb)
    start = group.start
    if group.subject is not None and group.subject < verb:  # « ni mon frère ni moi n'étions rassurés »
        return (group.subject - 1,) if s.forms[group.subject - 1 : group.subject] == ["ni"] else ()
    ne = any(s.forms[i] in ("ne", "n'") for i in range(start, verb))
    much = next((j for j in range(max(start - 2, 1), verb) if s.forms[j] == "grand-chose"), 0)
    if ne and much and s.forms[much - 1] in ("pas", "plus"):
        return (much - 1, much)
    for j in range(start, max(start - 10, -1), -1):
        if ne and s.forms[j] == "," and (set_off := _before_insertion(s, j)) is not None:
            return (set_off,)
        if s.forms[j] in STOPS or s.forms[j] == ",":
            return ()
        if j < start and is_verb(s, j) and s.pos(j) in ("VERB", "AUX") and not s.is_a(j, "persons"):
            return ()
        if s.forms[j] in ("personne", "rien") and (ne or j in (start, start - 1)) and not s.is_a(j - 1, "determiners"):
            return () if (degree_of_more(s, j, first) and not any_degree) or is_one(s, j + 1, "unrestricted") else (j,)
        if (is_one(s, j, "negative_subjects") and s.forms[j] not in ("personne", "rien") and (ne or s.forms[j] != "jamais")) or (
            s.forms[j] == "pas" and s.forms[j + 1 : j + 2] in (["un"], ["une"])
        ):
            return () if degree_of_more(s, j, first) and not any_degree else (j,)
        if ne and s.forms[j] == "ni":
            return (j,)
    return ()


def _before_insertion(s: Sentence, comma: int) -> int | None:
    """« Personne, dans l'équipe, n'était triste »: the negative subject that an insertion parts from its verb."""
    first = next((k for k in range(comma - 1, max(comma - 9, 0), -1) if s.forms[k] == ","), None)
    if first is None or s.forms[first - 1] not in ("personne", "rien", "aucun", "aucune", "nul") or s.is_a(first - 2, "determiners"):
        return None
    return first - 1


def _before_noun(s: Sentence, noun: int) -> Found:
    """« aucune raison de », « pas le temps de », « rien qui », « sans raison de »."""
    if s.is_a(noun, "negative_pronouns") and not s.is_a(noun - 1, "determiners"):
        return (noun,)
    j = noun - 1
    while (
        j >= 0
        and (s.is_a(j, "determiners", "adverbs") or s.pos(j) in ("ADJ", "DET"))
        and not is_one(s, j, "negative_words", "negative_determiners")
    ):
        j -= 1
    if j >= 0 and (s.forms[j] in ("sans", "ni") or is_one(s, j, "negative_determiners")):
        return (j,)
    # the negation of a verb before it is the next step's
    if (
        j >= 0
        and (s.forms[j] in ("pas", "jamais") or (s.forms[j] == "plus" and has_ne(s, j)))
        and (j == 0 or (not is_verb(s, j - 1) and not s.forms[j - 1].startswith("-")))
    ):
        return (j,)
    return ()


def _lexical(s: Sentence, hit: Hit, step: Step, n: int) -> Found:
    """« cesser d'avoir peur », « éviter de pleurer », « manquer d'enthousiasme »."""
    if step.link == "infinitive" and _kept_from(s, step.at):
        return (step.at,)
    if step.link == "infinitive" and s.forms[step.at].startswith("manqu") and negating_words(s, step.at):
        return (step.at,)  # « elle ne manque jamais de s'indigner »: twice denied
    if step.noun:
        return tuple(starting_at(s, step.at, "absence") or ())
    if step.link == "infinitive" and is_one(s, step.at, "cease"):
        return (step.at,)
    if n == 0 and hit.entry.pos == "NOUN" and step.at < hit.all[0] and step.at not in hit.all and is_one(s, step.at, "lack", "lose"):
        between = s.forms[step.at + 1 : hit.all[0]]
        if not is_one(s, step.at, "lack") or between[-1:] in (["de"], ["d'"]):
            return (step.at,)
    return ()


def _kept_from(s: Sentence, verb: int) -> bool:
    """« il se garde de protester »: to the parser it may be a noun."""
    return s.forms[verb].startswith("gard") and s.forms[verb - 1] in _SELF and s.forms[verb + 1 : verb + 2] in (["de"], ["d'"])


def presupposed(s: Sentence, hit: Hit, step: Step) -> bool:
    """« je n'ai pas montré ma peur », « il ne perdait pas espoir »: the verb is denied, the emotion is not.

    A bare « de » after a negated verb denies the noun all the same (« je n'ai pas montré de peur »).
    """
    if hit.entry.pos != "NOUN" or step.at in hit.all:
        return False
    if s.is_a(step.at, "auxiliaries", "felt", "give") and not is_one(s, step.at, "conceal"):
        return False
    j = hit.all[0] - 1
    while j > step.at and (s.is_a(j, "adverbs") or s.pos(j) in ("ADJ", "ADV")) and not s.is_a(j, "determiners"):
        j -= 1
    denied = s.forms[j - 1] in ("par", "dans")  # « pas envahi par la panique », « je ne vis pas dans la peur »
    return s.is_a(j, "determiners") and s.forms[j] not in ("de", "d'") and not denied


def _raises(s: Sentence, step: Step) -> bool:
    """« je ne crois pas qu'il soit triste », « ce n'est pas que je sois triste », « rien qui me fasse peur »: it denies the clause."""
    if step.noun:
        return step.link == "relative" or s.is_a(step.at, "experience") or is_one(s, step.at, "openings")
    if is_one(s, step.at, "raising"):
        return True
    form = s.forms[step.at]
    if form in ("est", "était", "soit"):
        return s.forms[verb_group(s, step.at).start] in ("c'", "ce", "n'", "ne", "est") and not _ranked(s, step.at)
    if not is_one(s, step.at, "declare"):
        return False
    able = is_infinitive(s, step.at) and any(is_one(s, k, "can") for k in range(max(step.at - 3, 0), step.at))
    return able or is_conditional(s, step.at)  # « on ne peut pas dire que », not « ça ne veut pas dire que »


def _ranked(s: Sentence, copula: int) -> bool:
    """« ce qui m'a blessée, ce n'est pas qu'il crie, c'est qu'il se taise »: both are so, and one is worse."""
    start = verb_group(s, copula).start
    opens = s.forms[:2] == ["ce", "qui"] and s.is_a(2, "object_clitics") and s.forms[2] not in ("se", "s'")
    if not opens or s.forms[start - 1] != "," or "," in s.forms[: start - 1]:
        return False
    return any(s.forms[k : k + 2] == [",", "c'"] and s.is_a(k + 2, "be") for k in range(copula + 1, len(s) - 2))


def negating_words(s: Sentence, verb: int) -> list[int]:
    """The negative words of a verb group, *ne … que* and expletive *ne* left aside."""
    if not s.holds("negators") and s.present.isdisjoint(_NE):
        return []
    group = verb_group(s, verb)
    words = [
        i for i in group.negation
        if not is_one(s, i, "ne") and s.forms[i] != "pu" and s.forms[i - 1] != "pour" and not nothing_but(s, i)  # « angoisser pour rien »
    ]  # fmt: skip
    nes = [i for i in group.negation if is_one(s, i, "ne")]
    has_ne = bool(nes)
    if not nes and is_infinitive(s, verb):  # « il m'a dit de pas m'inquiéter »
        words += [k for k in (group.start, group.start - 1) if s.forms[k] == "pas" and s.forms[k - 1] in ("de", "d'", "à", "pour")]
    if nes and is_infinitive(s, verb):
        words = [i for i in words if i > max(nes)]  # « je ne peux pas ne pas être triste »: the second negation
    elif carries_tense(s, verb):
        words = [i for i in words if i > group.finite]  # « qu'il ne réponde pas m'inquiète »: the first verb's
    if not words and has_ne and verb + 1 < len(s):
        words = [
            i
            for i in range(verb + 1, min(verb + 4, len(s)))
            if is_one(s, i, "negative_words") and not any(s.forms[k] in STOPS or s.forms[k] in (",", "que", "qu'") for k in range(verb, i))
        ]
        before = range(max(group.start - 2, 0), group.start)
        words = words or [c for c in before if is_one(s, c, "negative_subjects") and not s.is_a(c - 1, "determiners")]
        if not words and (is_one(s, group.finite, "bare_ne") or _bare_order(s, group)):
            words = [i for i in group.negation if is_one(s, i, "ne")]
    if has_ne:
        return words
    # spoken French drops « ne »: « pas » alone negates, « plus » only before what it negates, not as a comparative
    kept = []
    for i in words:
        if is_one(s, i, "spoken_negation"):
            if s.forms[i] != "jamais" or not (_question_or_si(s) or s.forms[i - 1] == "comme"):  # « humilié comme jamais »
                kept.append(i)
        elif s.forms[i] == "plus" and i > group.finite and not comparative(s, i):
            kept.append(i)
    return kept


def _bare_order(s: Sentence, group: VerbGroup) -> bool:
    """« N'ayez crainte »: *ne* alone negates an order."""
    opens = group.start == 0 or s.forms[group.start - 1] in (*STOPS, ",")
    return opens and group.subject is None and is_one(s, group.finite, "imperatives")


def _question_or_si(s: Sentence) -> bool:
    return s.forms[-1] == "?" or "si" in s.forms[:3]

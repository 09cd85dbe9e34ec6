"""Which words bear on a cue: the verbs over it, step by step, up to where negation and mood stop reaching it.

« Je ne veux pas avoir peur »: the cue *peur* is governed by *avoir*, an infinitive under *veux*; a negation or a wish at any of these
steps is about the fear. A relative clause, a « quand » or what is said or known of it ends the way (« je ne savais pas qu'il avait peur »).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressenti.rules.qualifiers.classes import ending_at, is_one
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.verbs import is_infinitive, looks_like_participle, verb_group
from ressenti.rules.triggers import Hit
from ressenti.rules.words import load_words

OPENERS = load_words()["openings_of_finite_clauses"]
_FELT = ("ressen", "éprouv", "conn")
"""How verbs begin by which a feeling is had or not: « la colère, je ne l'ai pas gardée » is anger."""
_REACH = 12
"""Tokens that a subject noun phrase may take between a conjunction and its verb."""
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A word in whose scope the cue stands.

    Attributes:
        at: Token index of a verb, or of a noun or adjective that takes an infinitive or a clause (« pas le temps d'avoir peur »).
        link: How it holds what is below: ``cue`` (governs the cue, or is it), ``infinitive``, ``that``, ``relative`` (the antecedent).
        below: First token of what is below it.
        noun: Whether it is a noun or adjective, negated like one.
    """

    at: int
    link: str
    below: int
    noun: bool = False


def steps(s: Sentence, hit: Hit, governing: int | None) -> list[Step]:
    """The words over a cue, nearest first; none for a cue that no verb governs (« Ma fille, inquiète, … »).

    Args:
        s: The parsed sentence.
        hit: The entry found in it.
        governing: The verb that governs the cue (support verb, copula), or None.
    """
    verb = governing
    if hit.entry.pos == "NOUN" and (topic := FUNCTIONS["topic-of"](s, hit.head, frozenset())):
        if not (said := _said_of_topic(s, hit, topic[0])):
            return []
        verb = said[0]
    if verb is not None and verb < hit.all[0] and "," in s.forms[verb : hit.all[0]]:  # « à l'idée de partir, mes jambes flageolent »
        verb = next((k for k in hit.all if is_verb(s, k) and is_finite(s, k)), verb)
    if verb is None and hit.entry.pos == "ADJ":
        verb = _unseen_verb(s, hit)
    if verb is None and (hit.entry.pos == "VERB" or is_verb(s, hit.head)):
        verb = hit.head
    if verb is None:
        verb = _unseen_verb(s, hit)
    while verb is not None and verb > 0 and is_one(s, verb, "negative_words"):
        verb -= 1  # « n'avais point honte »: *point* taken for a verb
    if verb is None or _outside(s, hit, verb):
        return []
    found = [Step(verb, "cue", hit.all[0])]
    while len(found) < _STEPS and (higher := _above(s, found[-1])) is not None:
        found.append(higher)
    return found


def _said_of_topic(s: Sentence, hit: Hit, verb: int) -> list[int]:
    """« la colère, je ne la ressens plus », « un remords, je n'en ai jamais eu »; not « un soulagement, j'aurais pu l'embrasser »."""
    if any(s.is_a(k, "like_this") for k in range(max(hit.all[0] - 1, 0), verb_group(s, verb).start)):
        return []  # « une peur pareille, je ne l'avais pas connue »: now it is known
    ahead = (k for k in range(verb + 1, min(verb + 4, len(s))) if is_verb(s, k) and looks_like_participle(s.forms[k]))
    lexical = next(ahead, verb) if s.is_a(verb, "auxiliaries") else verb
    had = s.is_a(lexical, "auxiliaries") or s.forms[lexical].startswith(_FELT)
    theirs = s.is_a(hit.all[0] - 1, "possessives") and s.forms[lexical].startswith("conn")  # « sa colère, je ne la connais pas »
    return [lexical] if had and not theirs else []


def _unseen_verb(s: Sentence, hit: Hit) -> int | None:
    """« Soyons heureux », « Réjouis-toi »: at the start of a sentence the parser takes an imperative for a name."""
    if s.forms[hit.head + 1 : hit.head + 2] == ["-"] and s.forms[hit.head + 2 : hit.head + 3] in (["toi"], ["vous"], ["nous"], ["moi"]):
        return hit.head
    j = hit.all[0] - 1
    while j > 0 and (s.is_a(j, "adverbs") or is_one(s, j, "negative_words", "high", "low")):
        j -= 1
    return j if is_one(s, j, "imperatives") or (s.is_a(j, "copulas", "causative_copulas") and is_verb(s, j)) else None


def _outside(s: Sentence, hit: Hit, verb: int) -> bool:
    """« elle ne te le dira pas, par fierté », « pas même à l'enterrement »: beside the verb, not under it."""
    first = hit.all[0]
    if verb > first and (_set_off_before(s, hit) or _absolute(s, hit) or "pour" in s.forms[hit.all[-1] + 1 : verb]):
        return True  # « trop en colère pour pleurer »
    beside = not s.is_a(verb, "copulas", "auxiliaries", "be") and not any(
        s.is_a(c, "accusative_clitics") for c in verb_group(s, verb).clitics
    )
    if hit.entry.pos == "ADJ" and verb < first and "," in s.forms[verb:first] and beside:
        return True  # « un jour comme je n'en avais jamais connu, léger, presque euphorique »
    if hit.entry.pos not in ("NOUN", "PHRASE") or verb >= first or is_one(s, verb, "doubt", "seek"):
        return False
    comma = any(s.forms[k] == "," for k in range(verb + 1, first))
    set_off = [k for k in range(verb + 1, first) if s.is_a(k, "prepositions_of_circumstances")]
    if comma and (set_off or s.is_a(first - 1, "prepositions")):
        return True
    if s.is_a(verb, "auxiliaries", "felt", "experience", "put", "give"):
        return False
    if not comma:
        return bool(set_off) and hit.entry.pos == "NOUN"
    return s.is_a(first, "prepositions", "determiners") or s.is_a(first - 1, "definite_determiners", "possessives")


def _absolute(s: Sentence, hit: Hit) -> bool:
    """« Le visage fermé, il n'a rien dit »: a part of the body at the start, up to a comma."""
    opens = all(s.is_a(k, "determiners") for k in range(hit.all[0]))
    return hit.entry.construction == "body" and opens and s.forms[hit.all[-1] + 1 : hit.all[-1] + 2] == [","]


def _set_off_before(s: Sentence, hit: Hit) -> bool:
    """« à ma grande surprise, il n'a rien dit », « De rage, il n'est pas venu »: a phrase and a comma before the clause."""
    if hit.entry.pos != "NOUN" or s.forms[hit.all[-1] + 1 : hit.all[-1] + 2] != [","]:
        return False
    j = hit.all[0] - 1
    while j > 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "ADV")):
        j -= 1
    bare = s.forms[j] in ("de", "d'") and j == hit.all[0] - 1  # not « De la peur, je n'en avais pas »
    return j >= 0 and (bare or s.is_a(j, "prepositions_before_clauses")) and (j == 0 or s.forms[j - 1] in (*STOPS, ",", "et", "mais"))


def carries_tense(s: Sentence, verb: int) -> bool:
    """Whether a verb is finite; an infinitive after an inverted subject is not (« Puisse-t-il être heureux »)."""
    return is_finite(s, verb) and (bool(verb_group(s, verb).auxiliaries) or not is_infinitive(s, verb))


def _above(s: Sentence, step: Step) -> Step | None:
    if step.link == "relative":
        return None
    if step.noun:
        verb = verb_of_noun(s, step.at)
        return None if verb is None else Step(verb, "cue", step.at)
    group = verb_group(s, step.at)
    if not carries_tense(s, step.at):
        return _over_infinitive(s, step.at, group.start)
    opener = clause_opener(s, step.at)
    if opener is not None and s.forms[opener] in ("que", "qu'"):
        return _over_that(s, opener)
    if opener is not None and s.forms[opener] == "qui":
        before = opener - 1
        while before >= 0 and s.pos(before) == "ADJ":
            before -= 1
        if s.pos(before) in ("NOUN", "PRON", "DET") or s.is_a(before, "negative_pronouns"):
            return Step(before, "relative", opener, noun=True)
    return None


def _over_infinitive(s: Sentence, verb: int, start: int) -> Step | None:
    """The verb, noun or adjective over an infinitive or a bare participle."""
    j, linked = start - 1, False
    while j >= 0 and _may_stand_between(s, j) and not (linked and is_one(s, j, "openings")):
        linked = linked or s.is_a(j, "links_of_infinitives")
        if s.forms[j] == "sans":
            return None
        j -= 1
    if j > 0 and s.forms[j] == "par" and s.forms[j - 1].startswith(("fini", "comme")):  # « finir par pleurer »
        return Step(j - 1, "infinitive", start)
    if j < 0 or s.forms[j] in STOPS:
        return None
    if s.is_a(j, "coordinators"):
        if not is_infinitive(s, verb):
            return _shared_copula(s, j, start)
        first = _conjunct(s, verb, j)
        return None if first is None else _over_infinitive(s, first, verb_group(s, first).start)
    if s.forms[j - 1 : j + 1] == ["de", "quoi"]:  # « il y aurait de quoi être furieux »
        over = verb_of_noun(s, j - 1)
        return None if over is None else Step(over, "infinitive", start)
    if linked and j == 0 and s.forms[1].startswith("-"):
        return Step(0, "infinitive", start)  # « Promets-moi d'être heureuse », taken for a name
    if is_verb(s, j) and not (s.pos(j) == "NOUN" and linked and not s.is_a(j, "auxiliaries")):
        return Step(j, "infinitive", start)
    if (linked and s.pos(j) in ("NOUN", "ADJ", "ADV", "VERB")) or s.forms[j - 1 : j + 1] == ["l'", "air"]:
        return Step(j, "infinitive", start, noun=True)
    return _perceived(s, verb, j, start)


def _perceived(s: Sentence, verb: int, last: int, start: int) -> Step | None:
    """« voir mon père pleurer », « faire rire toute la classe »: the verb before the subject of an infinitive."""
    if not is_infinitive(s, verb) or s.pos(last) not in ("NOUN", "PROPN", "PRON"):
        return None
    for j in range(last, max(last - 6, -1), -1):
        if s.is_a(j, "perceive", "cause_verbs") and is_verb(s, j):
            return Step(j, "infinitive", start)
        if s.forms[j] in STOPS or s.forms[j] == "," or is_verb(s, j):
            return None
    return None


def _shared_copula(s: Sentence, conjunction: int, start: int) -> Step | None:
    """« s'il était content ou déçu », « je n'ai pas crié ni pleuré »: the verb of the predicate before."""
    for j in range(conjunction - 1, max(conjunction - 8, -1), -1):
        if s.forms[j] in STOPS or s.is_a(j, "subject_clitics"):
            return None
        if s.is_a(j, "auxiliaries", "copulas") and is_verb(s, j):
            return Step(j, "cue", start)
    return None


def _may_stand_between(s: Sentence, j: int) -> bool:
    form = s.forms[j]
    return (
        form in ("pu", "même", "qu'", "que")
        or form.startswith("-")
        or s.is_a(j, "adverbs", "object_clitics", "links_of_infinitives")
        or is_one(s, j, "negative_words")
    )


def _conjunct(s: Sentence, verb: int, conjunction: int) -> int | None:
    """The infinitive before « et », « ou », « ni » that stands beside this one."""
    head = s.head(verb)
    if s.dep(verb) == "conj" and head < conjunction and is_infinitive(s, head):
        return head
    near = range(conjunction - 1, max(conjunction - 6, -1), -1)
    return next((k for k in near if is_verb(s, k) and is_infinitive(s, k)), None)


def _over_that(s: Sentence, opener: int) -> Step | None:
    """The verb, noun or adjective that takes the « que » clause."""
    j = opener - 1
    if s.forms[j - 1 : j + 1] in (["à", "ce"], ["de", "ce"]):  # « je m'attendais à ce qu'elle soit fâchée »
        j -= 2
    while j >= 0 and (s.is_a(j, "adverbs", "negators", "object_clitics") or s.forms[j] in ("pas", "même") or s.forms[j].startswith("-")):
        j -= 1
    if j < 0 or s.forms[j] in STOPS or s.forms[j] == ",":
        return None
    if ending_at(s, opener, "purpose", "fear_of", "unreal") or s.is_a(opener - 1, "conjunctions_with_que"):
        return None
    if is_verb(s, j) and s.pos(j) != "NOUN":
        return Step(j, "that", opener)
    if is_one(s, j, "openings", "unreal_nouns", "takes_that") or s.pos(j) == "ADJ":
        return Step(j, "that", opener, noun=True)
    return None


def verb_of_noun(s: Sentence, noun: int) -> int | None:
    """The verb before a noun or adjective: « avoir » of « avoir envie »."""
    for j in range(noun - 1, max(noun - 7, -1), -1):
        if s.forms[j] in STOPS or s.forms[j] == ",":
            return None
        if is_verb(s, j) and not s.is_a(j, "determiners"):
            return j
        if not (
            s.is_a(j, "adverbs", "negators", "determiners", "object_clitics")
            or s.pos(j) in ("ADJ", "DET", "ADV", "ADP")
            or s.forms[j].startswith("-")
        ):
            return None
    return None


def clause_opener(s: Sentence, verb: int) -> int | None:
    """The conjunction or relative pronoun that opens the clause of a finite verb, or None when the clause is a main one."""
    key = ("clause opener", verb)
    if key not in s.memo:
        s.memo[key] = _clause_opener(s, verb)
    found: int | None = s.memo[key]
    return found


def _clause_opener(s: Sentence, verb: int) -> int | None:
    group = verb_group(s, verb)
    if group.relative is not None:
        return group.relative
    j = group.start - 1
    if group.subject is not None and group.subject < group.verb:
        while j >= 0 and (s.is_a(j, "adverbs") or s.forms[j].endswith("ment")) and s.forms[j] not in OPENERS:
            j -= 1
        if j > 0 and s.forms[j] == ",":
            j = _before_inserted(s, j)
        elif j > 0 and s.forms[j] in ("et", "ou") and (first := _coordinated(s, verb, j)) is not None:
            return clause_opener(s, first)
        return j if j >= 0 and s.forms[j] in OPENERS and not _opens_nothing(s, j) else None
    for k in range(j, max(j - _REACH, -1), -1):
        if s.forms[k] in OPENERS and not _opens_nothing(s, k):
            return k
        if s.forms[k] in STOPS or s.forms[k] == ",":
            return None
        if is_verb(s, k) and s.pos(k) in ("VERB", "AUX") and not (looks_like_participle(s.forms[k]) and not s.is_a(k, "auxiliaries")):
            return clause_opener(s, k) if s.forms[j] in ("et", "ou", "puis") and is_finite(s, k) else None
    return None


def _opens_nothing(s: Sentence, i: int) -> bool:
    """« si » of degree (« si triste ») and the reflexive « s' » (« Léa s'assied et se met à pleurer ») open no clause."""
    if s.forms[i] == "s'":
        return s.forms[i + 1 : i + 2] not in (["il"], ["ils"])
    if s.forms[i] == "si":
        while s.forms[i + 1 : i + 2] in (["seulement"], ["jamais"], ["vraiment"]):
            i += 1
        return not (
            s.is_a(i + 1, "subject_clitics", "determiners", "object_clitics", "negators") or s.pos(i + 1) in ("PROPN", "PRON", "DET")
        )
    return False


def _before_inserted(s: Sentence, comma: int) -> int:
    """« que, si je pars, il sera triste »: the word before the insertion that ends at this comma."""
    for j in range(comma - 1, -1, -1):
        if s.forms[j] in STOPS:
            return -1
        if s.forms[j] == ",":
            return j - 1
    return -1


def _coordinated(s: Sentence, verb: int, conjunction: int) -> int | None:
    """The finite verb before « et » or « ou » whose conjunction holds for this one too (« si je pars et je pleure »)."""
    head = s.head(verb)
    if s.dep(verb) == "conj" and head < conjunction and is_verb(s, head):
        opener = clause_opener(s, head)
        if opener is not None and s.forms[opener] in ("si", "s'"):
            return head
    return None


def marker(s: Sentence, verb: int) -> Iterator[int]:
    """The last token of what introduces the clause or infinitive of a verb: « pour », « afin de », « si », « de peur que »."""
    if carries_tense(s, verb):
        opener = clause_opener(s, verb)
        if opener is not None:
            yield opener
            if s.forms[opener] in ("que", "qu'") and s.forms[opener - 1 : opener] in (["et"], ["ou"]):  # « si tu pars et que je pleure »
                yield from (k for k in range(opener - 2, -1, -1) if s.forms[k] in ("si", "s'") and not _opens_nothing(s, k))
        return
    j = verb_group(s, verb).start - 1
    while j >= 0 and (s.is_a(j, "object_clitics", "adverbs_before_infinitives") or is_one(s, j, "ne")):
        j -= 1
    if j >= 0 and not _opens_nothing(s, j):
        yield j
    if s.is_a(j, "joining_coordinators") and (first := _conjunct(s, verb, j)) is not None:
        yield from marker(s, first)

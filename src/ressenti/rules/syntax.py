"""Grammatical functions: from a token to its subject, object, complements …, over what the parser and the word order say together.

Each function takes a sentence and the index of a token and gives the indices of the *heads* of what it finds, best first. Rules name
them in their paths (``rules/language.py``). Clitics and support verbs are found by form and position, the rest by the parse, with word
order where the parse is known to fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.verbs import VerbGroup, looks_like_participle, verb_group

Function = Callable[[Sentence, int, frozenset[str]], list[int]]
FUNCTIONS: dict[str, Function] = {}
_BEFORE_VERBS = [[form] for form in ("je", "j'", "tu", "il", "ils", "on", "ne", "n'", "me", "m'", "te", "t'", "se", "s'")]
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def function(name: str) -> Callable[[Function], Function]:
    """Register a grammatical function under the name that rules call it by."""

    def register(f: Function) -> Function:
        FUNCTIONS[name] = f
        return f

    return register


# --- verbs


def is_verb(s: Sentence, i: int) -> bool:
    """Whether token ``i`` is a verb form, auxiliaries included."""
    if s.forms[i - 1 : i] in _BEFORE_VERBS and not s.is_a(i, "object_clitics", "negators"):
        return True
    if s.forms[i + 1 : i + 2] == ["-"] and s.is_a(i + 2, "subject_clitics") or s.is_a(i + 1, "inverted_subjects"):
        return True
    return s.pos(i) in ("VERB", "AUX") or s.is_a(i, "auxiliaries", "copulas", "experience", "give") and s.pos(i) not in ("NOUN", "ADJ", "ADP", "DET")


def is_finite(s: Sentence, i: int) -> bool:
    """Whether the verb at ``i`` carries tense itself or through an auxiliary."""
    group = verb_group(s, i)
    if group.auxiliaries:
        return s.forms[group.finite] not in ("avoir", "être", "ayant", "étant")
    if group.subject is not None or group.relative is not None:
        return True
    form = s.forms[i]
    if s.tokens[i].morph.get("VerbForm") in (["Inf"], ["Part"]):
        return False
    return not (form.endswith(("er", "ir", "oir", "re", "ant")) or s.forms[i - 1 : i] in (["de"], ["d'"], ["à"], ["pour"], ["sans"]))


@function("self")
def self_(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself."""
    return [i]


@function("governor")
def governor(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The verb that governs the token: support verb, copula, or head; with forms, only such a verb."""
    return [v for v in _governors(s, i) if not wanted or s.forms[v] in wanted][:1]


def _governors(s: Sentence, i: int) -> Iterator[int]:
    copula = [c for c in s.children(i) if s.dep(c) in ("cop", "aux") and s.is_a(c, "copulas", "auxiliaries", "experience")]
    yield from copula[-1:]
    near = _verb_to_the_left(s, i)
    if near is not None and near not in copula:
        yield near
    at = i
    for _ in range(4):
        head = s.head(at)
        if head == at:
            break
        if s.dep(at) == "nsubj" and head > at:
            break  # the subject of a verb is not governed by it
        at = head
        if is_verb(s, at):
            if at != near:
                yield at
            break


def _verb_to_the_left(s: Sentence, i: int) -> int | None:
    """The nearest verb before a predicate with only determiners, adverbs, adjectives and coordinated predicates between."""
    for j in range(i - 1, max(i - 14, -1), -1):
        form = s.forms[j]
        if form in STOPS or s.is_a(j, "subject_clitics", "subordinators") and not s.is_a(j, "object_clitics", "adverbs", "determiners"):
            return None
        if form.startswith("-"):
            continue
        if is_verb(s, j) and not (s.is_a(j, "determiners", "adverbs") and not s.is_a(j, "auxiliaries")):
            if looks_like_participle(form) and not s.is_a(j, "auxiliaries") and not verb_group(s, j).auxiliaries:
                continue  # « triste et fatigué »: a predicate beside this one, not its verb
            return j
        if s.pos(j) not in ("DET", "ADV", "ADJ", "CCONJ", "ADP", "NOUN", "PRON", "NUM", "VERB", "SCONJ") and form != ",":
            return None
        if s.pos(j) == "NOUN" and s.pos(i) != "NOUN" and not (s.forms[j + 1 : j + 2] and s.pos(j + 1) in ("CCONJ", "ADP") or s.forms[j + 1] == ","):
            return None
    return None


@function("subject")
def subject(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """Who or what the verb, or the predicate, at ``i`` is said of."""
    found = _subject(s, i, set())
    return [] if found is None else [found]


def _subject(s: Sentence, i: int, seen: set[int]) -> int | None:
    if i in seen or len(seen) > 6:
        return None
    seen.add(i)
    group = verb_group(s, i)
    if group.subject is not None:
        if _is_impersonal(s, group):
            return None
        if group.subject > group.finite and s.forms[group.subject].lstrip("-t") in ("il", "elle", "ils", "elles"):
            lexical = _noun_before(s, group.start - 1)  # « Paul a-t-il été surpris ? »
            return group.subject if lexical is None else lexical
        return _dislocated(s, group) or group.subject
    if group.relative is not None:
        return antecedent(s, group.relative)
    children = [c for c in s.children(i) if s.dep(c) == "nsubj" and c < i and not s.is_a(c, "object_clitics", "relative_pronouns")]
    children = [c for c in children if not s.is_a(c, "subject_clitics") or s.forms[c] in ("ça", "cela", "elle", "elles", "ils", "il", "on")]
    if children and is_finite(s, i):
        return children[-1]
    if is_finite(s, i) and (not _after_conjunction(s, group) or s.forms[group.start - 1] == ","):
        before = _noun_before(s, group.start - 1)
        if before is not None:
            return before
        inverted = [c for c in s.children(i) if s.dep(c) == "nsubj" and c > i]
        if inverted:
            return inverted[0]
    return _controller(s, i, group, seen)


def _is_impersonal(s: Sentence, group: VerbGroup) -> bool:
    """« il y a », « il faut », « il s'agit »"""
    form = s.forms[group.subject or 0].lstrip("-")
    y = any(s.forms[c] == "y" for c in group.clitics) and s.is_a(group.finite, "auxiliaries")
    return form in ("il", "y'") and (y or form == "y'" or s.forms[group.verb].startswith(("fau", "fall", "s'agi", "agi")))


def _dislocated(s: Sentence, group: VerbGroup) -> int | None:
    """« le mec il est en larmes »: the noun that the clitic subject takes up, at the start of the clause."""
    if group.subject is None or group.subject > group.verb or s.forms[group.subject] not in ("il", "elle", "ils", "elles", "ça", "c'", "ce"):
        return None
    before = group.start - 1
    comma = before >= 0 and s.forms[before] == ","
    before -= comma
    if before < 0 or s.pos(before) not in ("NOUN", "PROPN") or s.is_a(before, "subordinators"):
        return None
    head = phrase_head(s, before)
    if head is None or s.is_a(head, "temporal_nouns") or comma and s.forms[group.subject] not in ("ça", "c'", "ce") and not is_person(s, head) or preposition_of(s, head) is not None or not _opens_clause(s, head):
        return None
    gender = s.tokens[head].morph.get("Gender")
    wanted = {"il": ["Masc"], "ils": ["Masc"], "elle": ["Fem"], "elles": ["Fem"]}.get(s.forms[group.subject], gender)
    return head if gender == wanted or not gender else None


def _opens_clause(s: Sentence, head: int) -> bool:
    """Whether the noun phrase of a head stands at the start of its sentence or after a conjunction, so that it can be a subject."""
    j = head - 1
    while j >= 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "NUM", "ADV")):
        j -= 1
    return j < 0 or s.forms[j] in ("et", "mais", "que", "qu'", "quand", "ou", "puis", "car", "comme", ":", "«", "si", "parce", ";") or (
        s.forms[j] == "," and not any(is_verb(s, k) for k in range(j))
    )  # fmt: skip


def _after_conjunction(s: Sentence, group: VerbGroup) -> bool:
    before = group.start - 1
    return before < 0 or s.forms[before] in ("et", "ou", "mais", "puis", ",", "ni")


def _noun_before(s: Sentence, i: int) -> int | None:
    """Head of the noun phrase that ends at token ``i``, or just before a comma there."""
    while i > 0 and s.forms[i] in ("aussi", "même", "aussitôt", "alors", "non", "plus", "d'abord", "seul", "seule"):
        i -= 1
    if i >= 0 and s.forms[i] in (",", ")"):
        return None if i == 0 else _before_insertion(s, i)
    if i < 0 or s.forms[i] in STOPS or s.pos(i) not in (*_NOMINAL, "ADJ", "VERB", "ADV") or s.is_a(i, "subordinators", "object_clitics"):
        return None
    return phrase_head(s, i)


def _before_insertion(s: Sentence, comma: int) -> int | None:
    found = _insertion(s, comma)
    return found if found is not None and _opens_clause(s, found) else None


def _insertion(s: Sentence, comma: int) -> int | None:
    """« Ma fille, inquiète de …, m’appelait »: the noun before the inserted phrase that ends at this comma."""
    for j in range(comma - 1, 0, -1):
        if s.forms[j] in STOPS:
            return None
        if s.forms[j] == "," and s.pos(j - 1) in _NOMINAL:
            head = phrase_head(s, j - 1)
            return head if head is not None and not preposition_of(s, head) else None
    return phrase_head(s, comma - 1) if s.pos(comma - 1) in ("PROPN", "PRON") or s.is_a(comma - 1, "persons") else None


def phrase_head(s: Sentence, i: int) -> int | None:
    """Head of the noun phrase whose last word is token ``i``."""
    at = i
    for _ in range(6):
        head = s.head(at)
        if s.dep(at) == "conj" and any(s.forms[k] == "," or is_verb(s, k) for k in range(head + 1, at)):
            break
        if head < at and s.pos(head) in _NOMINAL and s.dep(at) in ("nmod", "amod", "flat", "appos", "det", "acl", "case", "obl", "conj", "advmod", "nummod", "xcomp"):
            at = head
        else:
            break
    return at if s.pos(at) in _NOMINAL or s.tokens[at].ent_type_ == "PER" else None


def antecedent(s: Sentence, pronoun: int) -> int | None:
    """The noun or pronoun that a relative pronoun stands for."""
    clause = s.head(pronoun)
    noun = s.head(clause)
    if noun < pronoun and s.dep(clause) == "acl" and s.pos(noun) in _NOMINAL:
        return noun
    before = pronoun - 1
    while before >= 0 and (s.forms[before] in (",", "-ci", "-là", "seul", "seule") or s.pos(before) == "PUNCT"):
        before -= 1
    return phrase_head(s, before) if before >= 0 else None


def _controller(s: Sentence, i: int, group: VerbGroup, seen: set[int]) -> int | None:
    """Who a verb without a subject of its own is said of: a coordinated, governing or following verb's subject or object."""
    governing = _verb_before(s, group.start)
    if governing is not None:
        infinitive = not is_finite(s, i)
        if infinitive and s.is_a(governing, "cause_verbs", "perceive"):
            causee = accusative(s, governing, frozenset()) or [c for c in s.children(i) if s.dep(c) in ("nsubj", "obj") and c > i]
            if causee:
                return causee[0]
        told = group.start > 0 and s.forms[group.start - 1] in ("de", "d'")
        if infinitive and s.is_a(governing, "befall") and (person := dative(s, governing, frozenset())):
            return person[0]
        if infinitive and told and (person := dative(s, governing, frozenset())) and s.is_a(governing, "say", "give"):
            return person[0]
        return _subject(s, governing, seen)
    following = _verb_after(s, i)
    return None if following is None else _subject(s, following, seen)


def _verb_before(s: Sentence, i: int) -> int | None:
    for j in range(i - 1, -1, -1):
        if s.forms[j] in STOPS and s.forms[j] not in ("«", "»", ";", ":"):
            return None
        if is_verb(s, j):
            return j
    return None


def _verb_after(s: Sentence, i: int) -> int | None:
    for j in range(i + 1, len(s)):
        if s.forms[j] in STOPS:
            return None
        if is_verb(s, j) and is_finite(s, j):
            group = verb_group(s, j)
            if group.relative is None and not (group.start > 0 and s.is_a(group.start - 1, "subordinators")):
                return j
    return None


# --- complements of verbs


@function("accusative")
def accusative(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The accusative clitic of the verb (« il l’a humiliée »), not a reflexive one."""
    group = verb_group(s, i)
    found = [c for c in group.clitics if s.is_a(c, "accusative_clitics") and not is_reflexive(s, group, c)]
    after = i + 1
    if not found and s.forms[after : after + 1] and s.forms[after] in ("-moi", "-le", "-la", "-les", "-nous", "-toi"):
        found = [after]
    return found


@function("dative")
def dative(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The dative: a clitic (« il lui plaît »), else a phrase with *à*."""
    group = verb_group(s, i)
    clitics = [c for c in group.clitics if s.is_a(c, "dative_clitics") and not is_reflexive(s, group, c)]
    return clitics or [c for c in complements(s, i, frozenset({"à", "a", "au", "aux"})) if is_person(s, c)]


@function("object")
def object_(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The direct object: a clitic, the antecedent of *que*, else a noun phrase after the verb."""
    if clitics := accusative(s, i, frozenset()):
        return clitics
    group = verb_group(s, i)
    before = group.start - 1
    if before > 0 and s.forms[before] in ("que", "qu'") and (s.pos(before - 1) in ("NOUN", "PROPN") or s.forms[before - 1] in ("celui", "celle", "ceux")):
        noun = antecedent(s, before)
        if noun is not None:
            return [noun]
    nouns = [c for c in s.children(i) if c > i and s.dep(c) in ("obj", "obl", "nsubj", "iobj", "xcomp", "ccomp") and s.pos(c) in _NOMINAL and not preposition_of(s, c)]
    if nouns:
        return nouns[:1]
    j = i + 1
    while j < len(s) and (s.is_a(j, "adverbs", "negators") and s.pos(j) != "DET") and not s.is_a(j, "prepositions"):
        j += 1
    if j < len(s) and (s.pos(j) in ("DET", "PROPN", "NUM") or s.is_a(j, "determiners")) and s.forms[j] not in ("de", "d'", "du", "des", "à", "au", "aux"):
        for k in range(j, min(j + 5, len(s))):
            if s.pos(k) in ("NOUN", "PROPN") and s.is_a(k, "persons") or s.pos(k) in ("NOUN", "PROPN"):
                return [k]
    return []


def is_reflexive(s: Sentence, group: VerbGroup, clitic: int) -> bool:
    """Whether a clitic is reflexive: *se*, or the person of the subject again (« je m’ », « nous nous »)."""
    form = s.forms[clitic]
    if form in ("se", "s'"):
        return True
    subject_form = "" if group.subject is None else s.forms[group.subject].lstrip("-")
    pairs = {"je": ("me", "m'"), "j'": ("me", "m'"), "tu": ("te", "t'"), "nous": ("nous",), "vous": ("vous",)}
    if form in pairs.get(subject_form, ()):
        return True
    infinitive = group.subject is None and group.relative is None and s.forms[group.finite].endswith(("er", "ir", "re", "ant"))
    if not infinitive or form not in ("me", "m'", "te", "t'", "nous", "vous"):
        return False
    outer = _verb_before(s, group.start)
    return outer is not None and (o := verb_group(s, outer).subject) is not None and form in pairs.get(s.forms[o], ())


@function("reflexive")
def reflexive(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The reflexive clitic of the verb."""
    group = verb_group(s, i)
    return [c for c in group.clitics if s.is_a(c, "reflexive_clitics") and is_reflexive(s, group, c)]


@function("clitic")
def clitic(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """A clitic of the verb with one of these forms (*en*, *y*)."""
    return [c for c in verb_group(s, i).clitics if s.forms[c] in wanted]


@function("complement")
def complement(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Noun or infinitive introduced by one of these prepositions and depending on the token, or right after it."""
    return complements(s, i, wanted)


def complements(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Heads of the phrases that one of these prepositions attaches to token ``i``, in order."""
    found = []
    for j in range(i + 1, min(i + 9, len(s))):
        if s.forms[j] in STOPS or s.forms[j] in (",", "et", "que", "qu'", "qui", "parce", "quand") and j > i + 1:
            break
        if s.forms[j] in wanted and s.is_a(j + 1, "locative_nouns") or s.is_a(j + 2, "locative_nouns") and s.is_a(j + 1, "determiners"):
            break  # « à cause de », « au milieu de », « à ma place »
        if s.forms[j] in ("de", "d'") and s.pos(i) == "NOUN" and j + 1 < len(s) and s.pos(j + 1) == "NOUN" and not s.is_a(j + 1, "persons"):
            break  # « une joie de gosse », « un enthousiasme de débutante »
        if s.forms[j] in wanted and (j == i + 1 or s.head(s.head(j)) == i or _only_light_between(s, i, j)):
            head = phrase_after(s, j)
            if head is not None:
                found.append(head)
                break
    found += [
        c for c in s.children(i)
        if c > i and c not in found and not s.is_a(c, "locative_nouns") and any(s.forms[p] in wanted for p in prepositions_of(s, c))
    ]  # fmt: skip
    return found


def _only_light_between(s: Sentence, i: int, j: int) -> bool:
    return all(s.is_a(k, "adverbs", "negators", "auxiliaries") or s.pos(k) in ("ADV", "ADJ") or s.tokens[k].lemma_ in ("fois",) for k in range(i + 1, j))


def phrase_after(s: Sentence, i: int) -> int | None:
    """Head of the noun phrase or infinitive that follows the preposition or conjunction at ``i``."""
    if s.forms[i + 1 : i + 2] == ["ce"] or s.forms[i + 1 : i + 3] == ["tout", "ce"]:
        return i + 1
    head = s.head(i)
    if head > i and head < len(s) and not (s.pos(head) in ("ADP", "SCONJ")) and not any(s.forms[k] in STOPS for k in range(i, head)):
        return head
    for j in range(i + 1, min(i + 6, len(s))):
        if s.forms[j] in STOPS:
            return None
        if s.pos(j) in (*_NOMINAL, "VERB") and not s.is_a(j, "object_clitics", "determiners"):
            return j
    return i + 1 if i + 1 < len(s) and s.forms[i + 1] not in STOPS else None


def prepositions_of(s: Sentence, i: int) -> list[int]:
    """The prepositions that introduce the phrase of token ``i``."""
    return [c for c in s.children(i) if c < i and s.dep(c) in ("case", "mark")]


def preposition_of(s: Sentence, i: int) -> int | None:
    """The first preposition that introduces the phrase of token ``i``, or None."""
    found = prepositions_of(s, i)
    return found[0] if found else None


@function("agent")
def agent(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« surpris par X », « déçue de X »: what a participle's *par* or *de* introduces."""
    return complements(s, i, frozenset({"par"})) or complements(s, i, frozenset({"de", "d'", "du", "des"}))


@function("that")
def that(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The finite verb of a « que » clause that the token governs."""
    degree = ("si", "tellement", "tant", "plus", "moins", "aussi", "autant")  # a consecutive or a comparison
    if set(degree) & set(s.forms[max(i - 3, 0) : i] + s.forms[i + 1 : i + 3]) or s.forms[i - 1 : i] in (["un"], ["une"]):
        return []
    for j in range(i + 1, min(i + 5, len(s))):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("que", "qu'"):
            head = s.head(j)
            return [head if head > j else min(j + 1, len(s) - 1)]
        if not (s.is_a(j, "adverbs", "negators") or s.pos(j) in ("ADV", "ADJ")):
            return []
    return []


@function("infinitive")
def infinitive(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """A bare infinitive governed by the token (« il craint tomber », « j’aime danser »)."""
    for j in range(i + 1, min(i + 5, len(s))):
        if s.pos(j) in ("VERB", "AUX") and s.forms[j].endswith(("er", "ir", "re", "oir")):
            return [j]
        if not s.is_a(j, "adverbs", "negators", "object_clitics"):
            return []
    return []


# --- nouns


@function("possessor")
def possessor(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ma peur », « les mains de Paul »: a possessive, a person after *de*, or the dative of the verb (« les larmes me montent »)."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.is_a(j, "possessives"):
            return [j]
        if s.pos(j) not in ("ADJ", "ADV", "NUM", "DET"):
            break
    return [c for c in complements(s, i, frozenset({"de", "d'", "du", "des"})) if is_person(s, c)][:1]


@function("noun")
def noun(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The noun that the adjective or participle at ``i`` qualifies directly (« un enfant triste », « Paul, furieux, »)."""
    head = s.head(i)
    adjacent = abs(i - head) < 4 and not s.stop_between(i, head) and not any(is_verb(s, k) for k in range(min(i, head) + 1, max(i, head)))
    if s.dep(i) in ("amod", "acl", "appos") and s.pos(head) in ("NOUN", "PROPN") and adjacent and _agree(s, head, i):
        return [head]
    if i + 1 < len(s) and s.pos(i + 1) == "NOUN" and i > 0 and s.is_a(i - 1, "determiners"):
        return [i + 1]
    before = i - 1
    comma = False
    while before > 0 and (s.is_a(before, "adverbs", "negators") or s.forms[before] in (",", "et", "mais") or comma and s.pos(before) == "ADJ"):
        comma = comma or s.forms[before] == ","
        before -= 1
    if before < 0 or s.pos(before) not in ("NOUN", "PROPN", "ADJ"):
        return []
    found = phrase_head(s, before)
    if found is None or s.pos(found) not in ("NOUN", "PROPN") or not _agree(s, found, i):
        return []
    if s.forms[found] == "air":  # « l'air penaud »
        return []
    return [found] if not comma or s.pos(found) == "PROPN" or s.is_a(found, "persons") or _opens_clause(s, found) else []


def _agree(s: Sentence, noun_: int, adjective: int) -> bool:
    """False only where noun and adjective are known to differ in gender or number."""
    a, b = s.tokens[noun_].morph, s.tokens[adjective].morph
    return all(not a.get(k) or not b.get(k) or a.get(k) == b.get(k) for k in ("Gender", "Number"))


@function("verb-of")
def verb_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The verb whose subject the noun at ``i`` is; with forms, only such a verb."""
    head = s.head(i)
    candidates = [head] if s.dep(i) == "nsubj" and is_verb(s, head) and head > i and is_finite(s, head) else []
    for j in range(i + 1, min(i + 8, len(s))):
        if s.forms[j] in (*STOPS, ",") or s.is_a(j, "subordinators") or s.is_a(j, "subject_clitics") and not s.is_a(j, "object_clitics"):
            break
        if is_verb(s, j) and is_finite(s, j):
            lexical = next((k for k in range(j + 1, min(j + 4, len(s))) if is_verb(s, k) and s.is_a(j, "auxiliaries")), j)
            candidates.append(lexical)
            break
    return [v for v in candidates if not wanted or s.forms[v] in wanted][:1]


# --- clauses that give a cause or a consequence


@function("taken-up")
def taken_up(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« je l'aime, cet enfant-là »: the noun after the comma that the object clitic stands for."""
    clitics = [c for c in accusative(s, i, frozenset()) if s.forms[c] in ("le", "la", "l'", "les")]
    after = i + 1
    while after < len(s) and s.is_a(after, "adverbs", "negators"):
        after += 1
    if clitics and s.forms[after : after + 1] == [","] and s.is_a(after + 1, "determiners"):
        return [k for k in range(after + 2, min(after + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")][:1]
    return []


@function("focused-verb")
def focused_verb(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« c'est la peur qui m'a retenu », « c'est de la joie que j'ai ressentie »: the verb of the cleft whose focus the noun is."""
    if not any(s.forms[k] in ("c'", "ce") and s.is_a(k + 1, "be") for k in range(max(i - 7, 0), i)) or s.forms[i + 1 : i + 2] not in (["qui"], ["que"], ["qu'"]):
        return []
    if wanted and s.forms[i + 1] not in wanted:
        return []
    verbs = [k for k in range(i + 2, min(i + 9, len(s))) if is_verb(s, k) and not s.is_a(k, "auxiliaries")]
    return verbs[:1]


@function("clause")
def clause(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """First word of the clause that one of these conjunctions introduces in the clause complex of the token (heads of spans)."""
    found = []
    for text in wanted:
        words = text.replace("'", "' ").split()
        for j in range(len(s) - len(words)):
            if s.forms[j : j + len(words)] == words and s.forms[j + 1 : j + 2] != ["même"] and not _stop_apart(s, i, j):
                found.append(j + len(words) - 1)
    found.sort(key=lambda j: abs(j - i))
    return found


def _stop_apart(s: Sentence, i: int, j: int) -> bool:
    low, high = sorted((i, j))
    return any(s.forms[k] in STOPS for k in range(low + 1, high))


def is_person(s: Sentence, i: int) -> bool:
    """Whether token ``i`` names a human being (or an animal that feels): a pronoun, a name, a noun of the class ``persons``."""
    if s.pos(i) == "PROPN" or s.tokens[i].ent_type_ == "PER":
        return True
    if s.pos(i) == "PRON" or s.is_a(i, "first_person"):
        return s.forms[i] not in ("ça", "cela", "ce", "c'", "qui", "que", "ceci", "rien", "tout")
    return s.is_a(i, "persons")

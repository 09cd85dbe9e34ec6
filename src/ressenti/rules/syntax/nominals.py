"""Around nouns and adjectives: possessors, qualified nouns, the verb whose subject a noun is, clefts."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import accusative, complements
from ressenti.rules.syntax.basics import (
    agree,
    antecedent,
    is_finite,
    is_person,
    is_quite,
    is_verb,
    opens_clause,
    phrase_head,
    preposition_of,
)
from ressenti.rules.syntax.clauses import starts_clause
from ressenti.rules.syntax.functions import function, itself
from ressenti.rules.syntax.insertions import past_insertion
from ressenti.rules.syntax.subjects import governor
from ressenti.rules.syntax.verbs import looks_like_infinitive, looks_like_participle, verb_group
from ressenti.rules.words import load_words

_OF = load_words()["of"]


@function("possessor")
def possessor(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ma peur », « les mains de Paul »: a possessive, a person after *de*, or the dative of the verb (« les larmes me montent »)."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.is_a(j, "possessives"):
            return [j]
        if s.pos(j) not in ("ADJ", "ADV", "NUM", "DET"):
            break
    if antecedents := _whose(s, i):
        return antecedents
    return _persons_after_of(s, i)


@function("possessive")
def possessive(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ma peur »: the possessive before the noun."""
    i = measured(s, i)
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.is_a(j, "possessives"):
            return [j]
        if s.pos(j) not in ("ADJ", "ADV", "NUM", "DET"):
            break
    return []


@function("owner")
def owner(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« j'ai senti la colère de mon père »: a person after *de* where the noun has a definite article, unless *de* says what it is about.

    « la peur de mon père » and « l'amour de mes parents » (class ``objective_nouns``) may be either; beside a verb of feeling they are not.
    """
    if antecedents := _whose(s, i):
        return antecedents
    if s.forms[i - 1 : i] not in (["la"], ["le"], ["l'"], ["cette"], ["ce"]) or s.is_a(i, "objective_nouns"):
        return []
    return _persons_after_of(s, i)


def _persons_after_of(s: Sentence, i: int) -> list[int]:
    """A person after *de*, with a determiner, a name or a pronoun: « la joie de ma fille », not « une joie de gosse »."""
    found = []
    for c in [c for c in complements(s, i, _OF) if is_person(s, c)][:1]:
        between = range(i + 1, c)
        determined = any(s.is_a(k, "determiners") for k in between if s.forms[k] not in ("de", "d'"))
        acted = any(looks_like_infinitive(s.forms[k]) and s.pos(k) in ("VERB", "AUX") for k in between)  # « la joie d'être avec lui »
        if not acted and (determined or s.pos(c) in ("PROPN", "PRON")):
            found.append(c)
    return found


def measured(s: Sentence, i: int) -> int:
    """« une bouffée de honte »: the noun of measure that stands for the feeling at ``i``, else ``i`` itself."""
    if i < 2 or s.forms[i - 1] not in ("de", "d'"):
        return i
    if s.is_a(i - 2, "measures"):
        return i - 2
    if s.forms[i - 2] in ("et", "ou", ",") and i > 4 and s.pos(i - 3) == "NOUN" and s.forms[i - 4] in ("de", "d'"):
        first = measured(s, i - 3)  # « un mélange de peur et d'excitation »
        return i if first == i - 3 else first
    return i


def _whose(s: Sentence, i: int) -> list[int]:
    """« le voisin dont la colère faisait peur »: the antecedent of *dont* before a noun and its article."""
    for j in range(i - 1, max(i - 4, 0), -1):
        if s.forms[j] == "dont":
            found = antecedent(s, j)
            return [] if found is None else [found]
        if not s.is_a(j, "determiners") and s.pos(j) != "ADJ":
            break
    return []


@function("filled", among="de")
def filled(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« pris de panique », « folle de joie », « rempli d'espoir »: the participle or adjective before *de* and the noun."""
    if s.forms[i - 1 : i] not in (["de"], ["d'"]) or i < 2:
        return []
    return [i - 2] if s.pos(i - 2) == "ADJ" or (looks_like_participle(s.forms[i - 2]) and not s.is_a(i - 2, "measures")) else []


@function("presented", among="voilà voici")
def presented(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« nous voilà rassurés », « me voici toute triste »: the clitic before *voilà*."""
    j = i - 1
    while j > 0 and (s.is_a(j, "adverbs", "determiners") or s.pos(j) == "ADV") and s.forms[j] not in ("voilà", "voici"):
        j -= 1
    return [j - 1] if j > 0 and s.forms[j] in ("voilà", "voici") and s.is_a(j - 1, "object_clitics") else []


def _relative_object(s: Sentence, verb: int) -> list[int]:
    """« sa femme, que je croyais triste »: what the « que » before the verb's clause stands for."""
    that = verb_group(s, verb).start - 1
    opens = that > 0 and s.forms[that] in ("que", "qu'") and s.forms[that - 1] != "ce"
    relative = opens and (s.dep(verb) in ("acl", "cop") or s.forms[that - 1] == ",")
    head = antecedent(s, that) if relative else None
    return [] if head is None else [head]


@function("attributed")
def attributed(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« on le sentait inquiet », « je l'ai trouvée triste »: the object clitic whose attribute the adjective is."""
    for verb in governor(s, i, s.words["object_attribute"]):
        if verb > i:
            continue  # « elle était fière, elle l'a mis au mur »
        between = s.forms[verb + 1 : i]
        if "," in between and any(s.is_a(k, "be") and is_finite(s, k) for k in range(verb + 1, i)):
            return []  # « quand je l'ai vu, j'étais nerveux »
        found = accusative(s, verb, frozenset()) or _relative_object(s, verb)
        if "," in between:  # « nous l'avons imaginée, là-haut, furieuse »; not « il m'a vu, furieux »
            found = [c for c in found if s.is_a(c, "third_person_accusatives")]
        if not found and "," not in between:  # « je n'ai jamais vu mon père aussi inquiet »
            found = [k for k in range(verb + 1, i) if s.pos(k) in ("NOUN", "PROPN") and is_person(s, k) and agree(s, k, i)][:1]
            found = [k for k in found if not preposition_of(s, k)]
        return [] if {"que", "qu'", "si"} & set(between) else found
    return []


@function("noun")
def noun(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The noun that the adjective or participle at ``i`` qualifies directly (« un enfant triste », « Paul, furieux, »)."""
    left = i - 1
    while left > 0 and is_quite(s, left):
        left -= 1
    if s.is_a(i, "definite_determiners"):
        return []  # « j'ai tout avoué à sa mère, la boule au ventre »
    if s.forms[left : left + 1] in (["que"], ["qu'"]):
        return []  # « moins en colère que triste »
    while left > 0 and s.is_a(left, "adverbs", "negators") and not s.is_a(left, "auxiliaries"):
        left -= 1
    if s.forms[max(left - 1, 0) : left + 1] == ["à", "peine"] and left < 2:
        return []  # « À peine rassurée, je … »
    if left > 1 and s.forms[left - 1 : left + 1] == ["la", "fois"]:  # « à la fois triste et soulagé, il … »
        left -= 3
    if left >= 0 and s.is_a(left, "be") and s.forms[left] not in ("été", "étant") and s.pos(left) != "NOUN":
        return []  # « Raymonde est verte de jalousie, ses petits-enfants … »
    if (first := past_insertion(s, i)) is not None:
        return [first]
    if is_quite(s, i - 1):  # « un homme tout à fait ravi »; « il est tout à fait content » is said by the verb
        return [left] if s.pos(left) in ("NOUN", "PROPN") else []
    head = s.head(i)
    adjacent = abs(i - head) < 4 and not s.stop_between(i, head) and not any(is_verb(s, k) for k in range(min(i, head) + 1, max(i, head)))
    apart = any(s.forms[k] == "," for k in range(min(i, head), max(i, head)))
    if s.dep(i) in ("amod", "acl", "appos") and s.pos(head) in ("NOUN", "PROPN") and adjacent and agree(s, head, i):
        if s.is_a(head, "bearers"):
            return possessor(s, head, frozenset())
        if s.forms[head] == "fois":
            return []
        opens = i == 0 or s.forms[i - 1] in (*STOPS, ",") or s.is_a(i - 1, "before_set_off_adjectives")
        if not apart or (is_person(s, head) and (head < i or opens)):
            return [head]
    if i + 1 < len(s) and s.pos(i + 1) == "NOUN" and i > 0 and s.is_a(i - 1, "determiners"):
        return [i + 1]
    joined = left > 0 and s.is_a(left, "coordinators")
    if joined and s.pos(left - 1) not in ("ADJ", "NOUN", "PROPN") and s.morph(left - 1, "VerbForm") != "Part":
        return []  # « j'étais fier de mes joueurs, bien sûr, mais aussi soulagé »: beside a predicate
    if joined and _of_predicate(s, left - 1):
        return []
    before = i - 1
    comma = False
    while before > 0 and (
        s.is_a(before, "adverbs", "negators") or s.forms[before] in (",", "et", "mais") or (comma and s.pos(before) == "ADJ")
    ):
        comma = comma or s.forms[before] == ","
        before -= 1
    if s.is_a(before, "strong_unlike_subjects") and not comma and s.forms[before - 1 : before] != ["-"]:
        return [before]  # « et moi furieuse »
    if before < 0 or s.pos(before) not in ("NOUN", "PROPN", "ADJ"):
        return []
    found = phrase_head(s, before)
    if found is None or s.pos(found) not in ("NOUN", "PROPN") or s.forms[found] == "fois" or not agree(s, found, i):
        return []  # « à la fois fière et triste »
    if s.is_a(found, "bearers"):  # « l'air penaud », « un regard inquiet »
        return [] if comma else possessor(s, found, frozenset())
    if comma and (first := _before_apposition(s, found)) is not None:
        return [first]
    person = s.pos(found) == "PROPN" or s.is_a(found, "persons")
    comes = any(s.is_a(k, "moves") for k in range(max(found - 4, 0), found))
    if not person and comes and preposition_of(s, found) is not None:
        return []  # « je suis ressortie de la réunion écœurée »
    return [found] if not comma or person or (opens_clause(s, found) and not s.is_a(found, "temporal_nouns")) else []


def _of_predicate(s: Sentence, last: int) -> bool:
    """« trahie par sa sœur | et humiliée »: the noun phrase that ends here is the complement of an adjective or a participle."""
    head = phrase_head(s, last)
    preposition = None if head is None else preposition_of(s, head)
    if preposition is None or preposition < 1:
        return False
    return s.forms[preposition] == "par" and (s.pos(preposition - 1) == "ADJ" or looks_like_participle(s.forms[preposition - 1]))


def _before_apposition(s: Sentence, i: int) -> int | None:
    """« Les acheteurs, un jeune couple, ravis de tout »: the noun that opens the clause, where the one at ``i`` is said of it."""
    start = i - 1
    while start > 0 and (s.is_a(start, "determiners") or s.pos(start) in ("ADJ", "NUM")):
        start -= 1
    if start < 1 or s.forms[start] != ",":
        return None
    head = phrase_head(s, start - 1)
    return head if head is not None and is_person(s, head) and opens_clause(s, head) else None


@function("verb-of", seeks=itself)
def verb_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The verb whose subject the noun at ``i`` is; with forms, only such a verb."""
    i = measured(s, i)
    head = s.head(i)
    set_off = any(  # « cette honte, je ne … », « un trac terrible, mais personne ne l'a vu »
        s.forms[k] == "," and (s.is_a(k + 1, "subject_clitics") or (s.forms[k + 1] == "mais" and starts_clause(s, k + 1)))
        for k in range(i + 1, head)
    )
    candidates = [head] if s.dep(i) == "nsubj" and is_verb(s, head) and head > i and is_finite(s, head) and not set_off else []
    for j in range(i + 1, min(i + (12 if s.is_a(i, "measures") else 8), len(s))):
        if s.forms[j] == "," and s.is_a(i, "measures") and s.forms[j + 1 : j + 2] in (["de"], ["d'"]):
            continue  # « une bouffée de honte, de rage et de dégoût »
        if s.forms[j] in (*STOPS, ",") or s.is_a(j, "subordinators") or (s.is_a(j, "subject_clitics") and not s.is_a(j, "object_clitics")):
            break
        if is_verb(s, j) and is_finite(s, j):
            lexical = next((k for k in range(j + 1, min(j + 4, len(s))) if is_verb(s, k) and s.is_a(j, "auxiliaries")), j)
            candidates.append(lexical)
            break
    return [v for v in candidates if not wanted or s.forms[v] in wanted][:1]


def relative_after(s: Sentence, i: int, wanted: tuple[str, ...], over: tuple[str, ...] = ("ADJ",)) -> int | None:
    """« une peur bleue | qui … »: where one of these words follows the noun, past what has one of these parts of speech."""
    j = i + 1
    while j < len(s) and s.pos(j) in over:
        j += 1
    return j if j < len(s) and s.forms[j] in wanted else None


@function("focused-verb", among="c' ce", seeks=itself)
def focused_verb(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« c'est la peur qui m'a retenu », « c'est de la joie que j'ai ressentie »: the verb of the cleft whose focus the noun is."""
    i = measured(s, i)
    if not any(
        s.forms[k] in ("c'", "ce") and (s.is_a(k + 1, "be") or (s.forms[k + 1] in ("n'", "ne") and s.is_a(k + 2, "be")))
        for k in range(max(i - 8, 0), i)
    ) or not s.is_a(i + 1, "cleft_pronouns"):
        return []
    if wanted and s.forms[i + 1] not in wanted:
        return []
    verbs = [k for k in range(i + 2, min(i + 9, len(s))) if is_verb(s, k) and not s.is_a(k, "auxiliaries")]
    return verbs[:1]


@function("absolute", among=",")
def absolute(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when its noun phrase is set off by a comma (« il me regardait, les yeux humides »)."""
    j = i - 1
    while j >= 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "NUM")):
        j -= 1
    if j < 0:  # « Les mains tremblantes, j'ai composé le numéro »
        told = any(is_verb(s, k) and is_finite(s, k) for k in range(i + 3))
        return [i] if "," in s.forms[i + 1 : i + 5] and not told else []
    verb = next((k for k in range(i + 1, len(s)) if not s.is_a(k, "object_clitics", "negators")), i)
    told = verb > i and is_verb(s, verb) and is_finite(s, verb)  # « Après, les jambes m'ont lâché »
    return [i] if j > 0 and s.forms[j] == "," and not told else []


@function("introduced-by", seeks=itself)
def introduced_by(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The preposition right before the noun phrase of the token, when it is one of these forms."""
    i = measured(s, i)
    for j in range(i - 1, max(i - 5, -1), -1):
        if s.forms[j] in wanted:
            return [j]
        adjective = j == i - 1 and s.is_a(j - 1, "determiners")  # « dans une profonde mélancolie », a noun to the parser
        if s.pos(j) not in ("DET", "ADJ", "ADV", "NUM") and not s.is_a(j, "determiners") and not adjective:
            return []
    return []

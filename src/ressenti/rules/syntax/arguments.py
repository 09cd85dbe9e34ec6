"""Objects and complements: clitics by form and position, the rest by the parse and by word order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import (
    NOMINAL,
    antecedent,
    is_person,
    is_verb,
    is_wanted,
    opens_reason,
    phrase_after,
    preposition_of,
    prepositions_of,
    verb_before,
)
from ressenti.rules.syntax.functions import function, itself
from ressenti.rules.syntax.verbs import VerbGroup, looks_like_infinitive, verb_group
from ressenti.rules.words import load_words

_OF, _TO = load_words()["of"], load_words()["to"] | {"a"}
"""*a* is *à* typed without its accent."""
_BEFORE_ORDERS = load_words()["before_imperatives"] | {*STOPS, ","}
_BEFORE_ATTACHED = load_words()["before_attached_prepositions"]
_BREAKS = load_words()["ends_of_complements"] | {","}
DEGREES = load_words()["degrees_before_que"]
"""What a « que » may complete with a consecutive or a comparison."""


@function("accusative")
def accusative(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The accusative clitic of the verb (« il l’a humiliée »), not a reflexive one."""
    group = verb_group(s, i)
    if s.forms[i].startswith("emport") and s.forms[i + 1 : i + 2] == ["sur"] and any(s.forms[c] == "l'" for c in group.clitics):
        return []  # « la fierté l'emportait sur la peur »
    found = [c for c in group.clitics if s.is_a(c, "accusative_clitics") and not is_reflexive(s, group, c)]
    if not found and s.forms[i + 1 : i + 2] in (["-moi"], ["-le"], ["-la"], ["-les"]):
        found = [i + 1]
    if not found and s.forms[i + 1 : i + 2] == ["-"] and s.is_a(i + 2, "third_person_accusatives"):
        found = [i + 2]  # « rassure-le »
    return found


@function("dative")
def dative(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The dative: a clitic (« il lui plaît »), else a phrase with *à*."""
    group = verb_group(s, i)
    clitics = [c for c in group.clitics if s.is_a(c, "dative_clitics") and not is_reflexive(s, group, c)]
    return clitics or _to_whom(s, group) or [c for c in complements(s, i, _TO) if is_person(s, c)]


def _to_whom(s: Sentence, group: VerbGroup) -> list[int]:
    """« mon voisin, à qui le bruit faisait peur »: the antecedent of a relative « à qui », « auquel » that opens the clause of the verb."""
    for j in range(group.start, max(group.start - 7, 0), -1):
        to = s.forms[j] in ("auquel", "à laquelle", "auxquels", "auxquelles") or s.forms[j - 1 : j + 1] in (["à", "qui"], ["à", "laquelle"])
        if to:
            found = antecedent(s, j - (s.forms[j - 1] == "à"))
            return [] if found is None else [found]
        if j < group.start and (s.forms[j] in STOPS or s.forms[j] == "," or is_verb(s, j)):
            break
    return []


@function("object")
def object_(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The direct object: a clitic, the antecedent of *que*, else a noun phrase after the verb."""
    if clitics := accusative(s, i, frozenset()):
        return clitics
    group = verb_group(s, i)
    before = group.start - 1
    last = before - 1 - (s.forms[before - 1 : before] == [","])  # « ma mère, que le bruit effrayait »
    if last >= 0 and s.forms[before] in ("que", "qu'") and (s.pos(last) in ("NOUN", "PROPN") or s.is_a(last, "pronouns_before_que")):
        noun = antecedent(s, before)
        if noun is not None and not _clefted_circumstance(s, before):
            return [noun]
    nouns = [
        c
        for c in s.children(i)
        if c > i
        and s.dep(c) in ("obj", "obl", "nsubj", "iobj", "xcomp", "ccomp")
        and s.pos(c) in NOMINAL
        and not preposition_of(s, c)
        and not s.stop_between(i, c)
    ]
    if nouns:
        return nouns[:1]
    j = i + 1
    while j < len(s) and (s.is_a(j, "adverbs", "negators") and s.pos(j) != "DET") and not s.is_a(j, "prepositions"):
        if s.forms[j] == "quand" and s.forms[j + 1 : j + 2] != ["même"]:
            return []  # « paniquer | quand le train s'arrête »
        j += 1
    if s.is_a(j, "demonstrative_objects"):
        return [j]
    if j < len(s) and (s.pos(j) in ("DET", "PROPN", "NUM") or s.is_a(j, "determiners")) and not s.is_a(j, "of", "to"):
        for k in range(j, min(j + 5, len(s))):
            if s.pos(k) in ("NOUN", "PROPN") or (s.is_a(k, "persons") and k > j):
                return [k]
            if s.pos(k) == "ADJ" and k > j and (k + 1 == len(s) or s.pos(k + 1) not in ("NOUN", "PROPN", "ADJ")):
                return [k]  # « cette nouvelle »
    return _of_relative(s, group)


def _clefted_circumstance(s: Sentence, que: int) -> bool:
    """« c'est à cause de ses cours | que j'ai aimé les chiffres », « c'est le soir | que la peur revient »: no object of the verb."""
    be = next((k for k in range(que - 1, max(que - 9, 0), -1) if s.is_a(k, "be") and s.forms[k - 1] in ("c'", "ce")), None)
    if be is None or any(s.forms[k] in STOPS or s.forms[k] == "," for k in range(be, que)):
        return False
    first = be + 1
    while first < que and (s.is_a(first, "adverbs", "negators") or s.pos(first) == "ADV"):
        first += 1
    return s.is_a(first, "prepositions") or s.forms[first] == "grâce" or any(s.is_a(k, "temporal_nouns") for k in range(first, que))


def _of_relative(s: Sentence, group: VerbGroup) -> list[int]:
    """« ma mère, que la solitude effrayait »: the antecedent of *que* before a subject that is a noun, when nothing else is the object."""
    if group.subject is not None or group.relative is not None:
        return []
    k = group.start - 1
    while k > 0 and group.start - k < 7 and s.pos(k) in ("DET", "NOUN", "PROPN", "ADJ", "ADP", "NUM"):
        k -= 1
    last = k - 1 - (s.forms[k - 1 : k] == [","])
    if k == group.start - 1 or last < 0 or s.forms[k] not in ("que", "qu'") or s.pos(last) not in ("NOUN", "PROPN"):
        return []
    found = antecedent(s, k)
    return [] if found is None else [found]


def is_reflexive(s: Sentence, group: VerbGroup, clitic: int) -> bool:
    """Whether a clitic is reflexive: *se*, or the person of the subject again (« je m’ », « nous nous »)."""
    form = s.forms[clitic]
    if form in ("se", "s'"):
        return True
    if group.subject is None and group.relative is None and form in ("te", "t'", "vous", "nous") and group.negation and _is_bare(s, group):
        return True  # « ne t'inquiète pas »
    if form == "t'" and group.subject is None and s.is_a(group.verb, "unworried") and _is_bare(s, group):
        return True  # « t'inquiète »
    subject_form = "" if group.subject is None else s.forms[group.subject].lstrip("-")
    pairs = {"je": ("me", "m'"), "j'": ("me", "m'"), "tu": ("te", "t'"), "nous": ("nous",), "vous": ("vous",)}
    if form in pairs.get(subject_form, ()):
        return True
    infinitive = group.subject is None and group.relative is None and s.forms[group.finite].endswith(("er", "ir", "re", "ant"))
    if not infinitive or not s.is_a(clitic, "first_and_second_clitics"):
        return False
    outer = verb_before(s, group.start)
    if outer is None:  # « au lieu de me réjouir, j'ai … »
        comma = next((k for k in range(group.verb + 1, len(s) - 1) if s.forms[k] == ","), None)
        return comma is not None and form in pairs.get(s.forms[comma + 1], ())
    governing = verb_group(s, outer)
    told = [s.forms[c] for c in governing.clitics if s.is_a(c, "first_and_second_clitics")]
    if any(whom[:1] == form[:1] for whom in told) and not s.forms[outer].startswith(("prom", "jur", "menac")):
        return True  # « elle me disait de ne pas m'en faire », not « elle m'a promis de m'aimer »
    return governing.subject is not None and form in pairs.get(s.forms[governing.subject], ())


def _is_bare(s: Sentence, group: VerbGroup) -> bool:
    """Whether nothing that could be a subject stands before the verb: an imperative."""
    return group.start == 0 or s.forms[group.start - 1] in _BEFORE_ORDERS


@function("reflexive", among=load_words()["reflexive_clitics"] | {"toi", "-toi", "-vous", "-nous"})
def reflexive(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The reflexive clitic of the verb, after it in an imperative (« calme-toi »)."""
    group = verb_group(s, i)
    after = i + 1 + (s.forms[i + 1 : i + 2] == ["-"])
    if (
        s.forms[after : after + 1] in (["-toi"], ["-vous"], ["-nous"], ["toi"])
        and (after > i + 1 or s.forms[after] != "toi")
        and group.subject in (None, after)
        and _is_bare(s, group)
    ):
        return [after]
    return [c for c in group.clitics if s.is_a(c, "reflexive_clitics") and is_reflexive(s, group, c)]


@function("clitic", seeks=itself)
def clitic(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """A clitic of the verb with one of these forms (*en*, *y*)."""
    return [c for c in verb_group(s, i).clitics if s.forms[c] in wanted]


@function("complement", seeks=itself)
def complement(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Noun or infinitive introduced by one of these prepositions and depending on the token, or right after it."""
    return complements(s, i, wanted)


def complements(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Heads of the phrases that one of these prepositions attaches to token ``i``, in order."""
    found = []
    best = s.forms[i - 1 : i] in (["plus"], ["moins"]) and s.is_a(i - 2, "definite_determiners")
    addressed = s.forms[i + 1 : i + 2] == [","] and s.is_a(i + 2, "strong_pronouns") and s.forms[i + 3 : i + 4] == [","]
    first = i + 4 if addressed else i + 1  # « t'as pas la trouille, toi, de … »
    for j in range(first, min(i + 9, len(s))):
        if best and s.is_a(j, "of") and infinitive_after(s, j) is None:
            break  # « la plus heureuse du monde »
        if s.pos(i) in ("NOUN", "ADJ") and _against_whom(s, j, wanted):
            continue
        if s.forms[j] in STOPS or (s.forms[j] in _BREAKS and j > i + 1):
            break
        if s.forms[i + 1] == "," and s.pos(j - 1) == "ADJ" and s.forms[j] in wanted:
            break  # « j'ai ruminé, impossible de dormir »
        if s.forms[j] == "à" and "ans" in s.forms[j + 2 : j + 4]:
            break  # « jaloux, à soixante-dix ans »
        if s.is_a(j, "joining_coordinators") and s.pos(i) == "NOUN" and s.is_a(j + 1, "of"):
            break  # « de la gêne ou de la fureur »
        if s.forms[j] == "," and s.pos(i) == "NOUN":
            break  # « de la haine, de la gratitude »
        if (s.forms[j] in wanted and s.is_a(j + 1, "locative_nouns")) or (
            s.is_a(j + 2, "locative_nouns")
            and s.forms[j] not in ("contre", "envers")
            and not _is_the_way(s, j)
            and s.is_a(j + 1, "determiners")
            and not s.is_a(j + 1, "demonstratives")
            and not (s.forms[j] == "par" and s.forms[j + 2] in ("façon", "manière", "force", "place"))
        ):
            break  # « à cause de », « au milieu de », « à ma place »
        if s.forms[j] == "à" and s.is_a(j + 2, "nouns_after_a"):
            break  # « à l'idée que … », « à mon égard »: a preposition of its own
        if s.forms[j] in wanted and (s.is_a(j - 1, "before_second_prepositions") or adverbial_phrase(s, j)):
            if s.forms[j - 1] in ("point", "que", "qu'"):
                break  # « ému au point de … », « plus fière que de X »
            continue
        if s.forms[j] in ("de", "d'") and s.pos(i) == "NOUN" and j + 1 < len(s) and s.pos(j + 1) == "NOUN" and not s.is_a(j + 1, "persons"):
            break  # « une joie de gosse », « un enthousiasme de débutante »
        if (
            s.forms[j] in wanted
            and s.forms[j - 1] not in ("jusqu'", "jusque", "comme")
            and not _is_article(s, j)
            and (j in (i + 1, first) or s.head(s.head(j)) == i or _only_light_between(s, i, j) or _against_whom(s, j - 1, wanted))
        ):
            head = phrase_after(s, j)
            if head == j + 1 and s.pos(i) == "ADJ" and s.is_a(j + 2, "links_of_infinitives") and s.is_a(i, "beside_oneself"):
                continue  # « folle d'inquiétude de … »
            if head is not None:
                found.append(head)
                break
    found += [
        c for c in s.children(i)
        if c > i and c not in found and s.dep(c) != "conj" and not (best and s.pos(c) not in ("VERB", "AUX"))
        and not (s.pos(i) in ("ADJ", "VERB") and s.forms[i + 1 : c].count(",") == 1)
        and not s.is_a(c, "locative_nouns", "nouns_after_a")
        and not (s.pos(i) == "NOUN" and "," in s.forms[i:c])
        and not _said_of(s, i, c)
        and any(
            s.forms[p] in wanted
            and s.forms[p - 1] not in _BEFORE_ATTACHED
            and not _is_article(s, p)
            and not s.is_a(p + 1, "locative_nouns")
            and not adverbial_phrase(s, p)
            for p in prepositions_of(s, c)
        )
    ]  # fmt: skip
    return found


def _said_of(s: Sentence, noun: int, j: int) -> bool:
    """« ma joie | était de courte durée »: past a copula it is said of the noun and no complement of it."""
    return s.pos(noun) == "NOUN" and any(s.is_a(k, "be") for k in range(noun + 1, j))


def _is_article(s: Sentence, j: int) -> bool:
    """« pendant | des semaines »: *des* after another preposition is no preposition."""
    return s.forms[j] == "des" and s.is_a(j - 1, "prepositions")


def _against_whom(s: Sentence, comma: int, wanted: frozenset[str]) -> bool:
    """« une rage noire, contre lui, contre moi »: a target that a comma sets off."""
    return s.forms[comma] == "," and s.forms[comma + 1 : comma + 2] in (["contre"], ["envers"]) and s.forms[comma + 1] in wanted


def _is_the_way(s: Sentence, j: int) -> bool:
    """« déçue de la façon dont … », « par la fin du film »: a noun like *côté* and *milieu* that is the complement itself."""
    of = s.is_a(j, "of_and_by") and s.forms[j + 2] in ("façon", "manière", "place", "fin")
    return of and (s.is_a(j + 3, "of") or s.forms[j + 3 : j + 4] in (["dont"], ["que"]))


def infinitive_after(s: Sentence, preposition: int) -> int | None:
    """The infinitive that a preposition introduces, clitics and negation before it apart."""
    k = preposition + 1
    while k < len(s) and (s.is_a(k, "object_clitics", "negators") or s.forms[k] in ("ne", "n'")):
        k += 1
    return k if k < len(s) and looks_like_infinitive(s.forms[k]) and s.pos(k) in ("VERB", "AUX") else None


def adverbial_phrase(s: Sentence, j: int) -> bool:
    """Whether the preposition at ``j`` opens a fixed adverbial phrase: « de temps en temps », « par-dessus tout », « à table »."""
    return _length_of_phrase(s, j) > 0


def _length_of_phrase(s: Sentence, j: int) -> int:
    phrases = _fixed(s.words["no_argument"]).get(s.forms[j], ())
    return max((len(words) for words in phrases if s.forms[j : j + len(words)] == words), default=0)


@lru_cache(maxsize=4)
def _fixed(phrases: frozenset[str]) -> Mapping[str, list[list[str]]]:
    """First word to the phrases that begin with it, cut into words."""
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.replace("'", "' ").replace("par-", "par - ").split()
        found.setdefault(words[0], []).append(words)
    return found


def _only_light_between(s: Sentence, i: int, j: int) -> bool:
    if s.is_a(j, "of_and_by") and (s.is_a(j - 1, "temporal_nouns") or s.forms[j - 1] == "vie"):  # « honte toute sa vie de … »
        j = next((k for k in (j - 3, j - 2) if k > i and (s.is_a(k, "all") or s.forms[k] == "chaque")), j)
    if _said_of(s, i, j):
        return False
    if j > i + 1 and _length_of_phrase(s, i + 1) == j - i - 1 and not s.is_a(j - 1, "locative_nouns"):
        return True  # « il se réjouissait à l'avance de … »
    return all(
        s.is_a(k, "adverbs", "negators", "auxiliaries")
        or s.pos(k) in ("ADV", "ADJ")
        or (k == i + 1 and s.morph(k, "VerbForm") == "Part")  # « le regard angoissé de sa mère »
        or s.forms[k] == "fois"
        for k in range(i + 1, j)
    )


@function("blamed-for", among="de d'")
def blamed_for(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« j'en veux à mon frère d'avoir vendu », « fâchée contre moi-même de n'avoir rien vu »: the infinitive past the target."""
    for j in range(i + 3, min(i + 10, len(s) - 1)):
        if s.forms[j - 1] in STOPS or s.forms[j - 1] == "," or is_verb(s, j - 1):
            return []
        whom = s.pos(j - 1) in ("NOUN", "PROPN") or s.is_a(j - 1, "strong_pronouns") or s.forms[j - 1] in ("même", "mêmes")
        if s.forms[j] in ("de", "d'") and whom and (infinitive := infinitive_after(s, j)) is not None:
            return [infinitive]
    return []


@function("agent", among="par de")
def agent(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« surpris par X », « déçue de X »: what a participle's *par* or *de* introduces."""
    return complements(s, i, frozenset({"par"})) or complements(s, i, _OF)


@function("that", among="que")
def that(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The finite verb of a « que » clause that the token governs."""
    also = s.forms[i - 1 : i] == ["aussi"] and s.forms[i - 2 : i - 1] in (["mais"], ["et"])  # « mais aussi soulagé que … »
    near = s.forms[max(i - 3, 0) : i]
    if causal := next((k for k in range(max(i - 3, 1), i) if opens_reason(s, k)), None):
        near = s.forms[causal + 1 : i]  # « j'ai appelé, tellement j'ai peur qu'elle s'étouffe »
    if "," in near:  # « je n'ai rien dit non plus, je redoute qu'ils … »
        near = near[near.index(",") :]
    wanted = s.forms[i + 1 : i + 2] in (["que"], ["qu'"]) and is_wanted(s, i + 1)
    if (DEGREES & set(near + s.forms[i + 1 : i + 3]) and not also and not wanted) or s.forms[i - 1 : i] in (["un"], ["une"]):
        return []
    after = i + 1
    if s.is_a(i, "beside_oneself") and s.forms[after : after + 1] in (["de"], ["d'"]):
        after += 2  # « morte de peur qu'il tombe »
    if s.forms[after : after + 1] == [","] and after + 2 < len(s) and not is_verb(s, after + 2):  # « il a peur, le pauvre, que … »
        second = next((k for k in range(after + 2, min(after + 6, len(s))) if s.forms[k] == ","), None)
        after = second + 1 if second is not None and s.forms[second + 1 : second + 2] in (["que"], ["qu'"]) else after
    for j in range(after, min(after + 5, len(s))):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("que", "qu'"):
            if s.is_a(j - 1, "conjunctions_with_que"):
                return []
            some = s.forms[i - 1 : i] in (["un"], ["une"], ["de"], ["d'"]) and not s.is_a(i - 2, "be")  # but « c'est une honte que »
            if s.pos(i) == "NOUN" and not s.is_a(i, "nouns_with_que") and (s.pos(j) == "PRON" or some):
                return []  # « une anxiété que je ne souhaite à personne »
            head = s.head(j)
            return [head if head > j else min(j + 1, len(s) - 1)]
        if not (s.is_a(j, "adverbs", "negators") or s.pos(j) in ("ADV", "ADJ") or s.forms[j] in ("par", "-", "dessus", "avant")):
            return []
    return []


@function("impersonal-that", among="que")
def impersonal_that(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il plaît à Marie qu'on l'écoute »: the verb of the « que » clause that an impersonal *il* announces."""
    group = verb_group(s, i)
    if group.subject is None or s.forms[group.subject].lstrip("-") != "il":
        return []
    for j in range(i + 1, min(i + 8, len(s) - 1)):
        if s.forms[j] in STOPS or s.forms[j] == ",":
            break
        if s.forms[j] in ("que", "qu'"):
            return [k for k in range(j + 1, len(s)) if is_verb(s, k) and verb_group(s, k).subject != k][:1]
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


@function("taken-up", among=",")
def taken_up(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« je l'aime, cet enfant-là », « je l'aime bien, Clémence »: the noun after the comma that the object clitic stands for."""
    clitics = [c for c in accusative(s, i, frozenset()) if s.is_a(c, "third_person_accusatives")]
    after = i + 1
    while after < len(s) and (s.is_a(after, "adverbs", "negators") or s.pos(after) == "ADV"):
        after += 1
    if clitics and s.forms[after : after + 1] == [","] and s.is_a(after + 1, "determiners"):
        return [k for k in range(after + 2, min(after + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")][:1]
    if clitics and s.forms[after : after + 1] == [","] and after + 2 < len(s) and s.pos(after + 1) == "PROPN":
        alone = s.forms[after + 2] in (*STOPS, ",") or (s.pos(after + 2) == "PROPN" and s.forms[after + 3 : after + 4] in ([","], ["."]))
        return [after + 1] if alone else []
    return []

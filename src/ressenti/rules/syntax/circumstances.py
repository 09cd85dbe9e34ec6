"""Circumstances that give a cause: clauses, phrases, gerunds, participles, conditions."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import adverbial_phrase
from ressenti.rules.syntax.basics import NOMINAL, antecedent, is_finite, is_person, is_verb, phrase_after, phrase_head
from ressenti.rules.syntax.clauses import before_main_clause, cleft_before, infinitive_at, starts_clause
from ressenti.rules.syntax.functions import function, itself, longest_word
from ressenti.rules.syntax.subjects import governor
from ressenti.rules.syntax.verbs import is_infinitive, verb_group
from ressenti.rules.words import load_words

_SOMEBODY = ("quelqu'un", "personne", "rien")
_BOUNDARY = load_words()["before_circumstances"] | {",", "«", "("}


@function("clause", seeks=longest_word)
def clause(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """First word of the clause that one of these conjunctions introduces in the clause complex of the token (heads of spans)."""
    found = [
        j for words in wanted for j in s.find(words)
        if j + 1 < len(s) and s.forms[j + 1] != "même" and s.forms[j - len(words.split())] != "même" and not s.stop_between(i, j)
        and not (s.forms[j] == "car" and s.is_a(j - 1, "determiners"))  # « le car scolaire »
        and not (s.forms[j - 1] in ("non", "pas") and ["mais", s.forms[j]] in (s.forms[k : k + 2] for k in range(j, len(s))))
    ]  # fmt: skip
    found.sort(key=lambda j: abs(j - i))
    return found


@function("occasion", seeks=longest_word)
def occasion(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Like *clause*, for conjunctions of time: without what only says when (« quand j'étais petite », « quand je suis rentrée »)."""
    return [
        j for j in clause(s, i, wanted)
        if s.forms[j - 1] != "comme" and not _only_says_when(s, j + 1) and not _lasts(s, j, i) and not _finds(s, j + 1, i)
    ]  # fmt: skip


def _lasts(s: Sentence, j: int, i: int) -> bool:
    """« heureuse depuis que je vis ici », « tant qu'il y a du café »; not « depuis qu'elle l'a quitté », « tant que tu n'appelles pas »."""
    if s.forms[j - 1] == "tant":
        return not any(s.is_a(k, "negators") for k in range(j + 1, min(j + 9, len(s))))
    if s.forms[j - 1] == "depuis" and j > i:
        verb = next((k for k in range(j + 1, min(j + 9, len(s))) if is_verb(s, k) and is_finite(s, k)), None)
        return verb is None or not s.is_a(verb, "auxiliaries") or s.morph(min(verb + 1, len(s) - 1), "VerbForm") != "Part"
    return False


def _finds(s: Sentence, first: int, i: int) -> bool:
    """« quand je suis arrivé, elle pleurait », « le jour où je l'ai vu, il riait »: a coming or a meeting finds what lasts."""
    feels = next((v for v in governor(s, i, frozenset()) if not is_verb(s, i) or s.morph(i, "VerbForm") == "Part"), i)
    if not _is_imperfect(s, verb_group(s, feels).finite):
        return False
    verb = next((k for k in range(first, min(first + 8, len(s))) if is_verb(s, k) and is_finite(s, k) and k != i), None)
    if verb is None or _is_imperfect(s, verb):
        return False
    lexical = next((k for k in range(verb, min(verb + 4, len(s))) if is_verb(s, k) and not s.is_a(k, "auxiliaries")), verb)
    if lexical == verb and s.morph(verb, "Tense") != "Past":
        return False
    if s.is_a(lexical, "moves"):
        return True
    group = verb_group(s, lexical)
    return s.is_a(lexical, "meets") and any(s.is_a(c, "accusative_clitics") for c in group.clitics)


def _is_imperfect(s: Sentence, verb: int) -> bool:
    return s.morph(verb, "Tense") == "Imp" or s.forms[verb].endswith(
        ("ais", "ait", "aient")
    )  # the parser takes « pleurait » for a conditional


def _only_says_when(s: Sentence, first: int) -> bool:
    if first > 1 and s.forms[first - 1] in ("quand", "lorsque", "lorsqu'") and s.forms[first - 2] in ("encore", "déjà", "toujours"):
        return True  # « je tremblais encore quand j'ai attaché mes lacets »
    while first < len(s) and s.forms[first] in ("que", "qu'"):
        first += 1
    verb = next((k for k in range(first, min(first + 7, len(s))) if is_verb(s, k) and is_finite(s, k)), None)
    if verb is None:
        return False
    lexical = next((k for k in range(verb, min(verb + 4, len(s))) if is_verb(s, k) and not s.is_a(k, "auxiliaries")), verb)
    after = s.forms[verb + 1 : verb + 5]
    group = verb_group(s, verb)
    who = "" if group.subject is None else s.forms[group.subject]
    if s.is_a(verb, "be") and lexical == verb:
        if any(s.is_a(k, "times_of_life") for k in range(verb + 1, min(verb + 5, len(s)))):
            return True
        return who in ("il", "c'") and "heures" in after
    if s.is_a(verb, "auxiliaries") and {"ans", "an"} & set(s.forms[verb + 1 : verb + 6]):
        return True
    if s.is_a(lexical, "weather") or (
        who == "il" and s.forms[verb] in ("fait", "faisait") and {"nuit", "jour", "beau", "froid", "chaud"} & set(after)
    ):
        return True
    return group.subject is not None and s.is_a(group.subject, "speaking_subjects") and s.is_a(lexical, "routines")


@function("pronoun-en", among="en")
def pronoun_en(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« en » of the verb or of its support verb or copula: « j'en suis fier », « elle en a honte »; not across a comma."""
    if "en" not in s.forms:
        return []
    for v in (*governor(s, i, s.words["copulas"]), *governor(s, i, s.words["experience"]), i):
        if s.pos(v) == "NOUN":
            continue  # « changée en tristesse »
        found = [c for c in verb_group(s, v).clitics if s.forms[c] == "en" and s.forms[c - 1] != "à"]  # « peur à en trembler »
        if found and not any(s.forms[k] == "," for k in range(min(v, i), max(v, i))):
            return found
    return []


@function("of-which", among="dont")
def of_which(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« une ville dont je suis amoureux », « un calme dont ma mère s'étonne »: the antecedent of the *dont* that opens the clause."""
    if "dont" not in s.forms[:i]:
        return []
    j = next(k for k in range(i - 1, -1, -1) if s.forms[k] == "dont")
    between = range(j + 1, i)
    verbs = [k for k in between if is_verb(s, k) and is_finite(s, k) and not s.is_a(k, "auxiliaries", "copulas", "experience")]
    if i - j > 9 or any(s.forms[k] in (*STOPS, ",", "et", "mais", "qui", "que", "qu'") for k in between) or verbs:
        return []
    who = next((k for k in between if s.is_a(k, "subject_clitics") or s.pos(k) in ("NOUN", "PROPN")), None)
    if who is None or not (s.is_a(who, "subject_clitics") or is_person(s, who)):
        return []  # « le voisin dont la colère fait peur »
    found = antecedent(s, j)
    return [] if found is None or s.forms[found] == "ce" else [found]


_WHOM = frozenset({"qui", "lequel", "laquelle", "lesquels", "lesquelles"})


@function("to-whom", among="pour contre envers")
def to_whom(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« un homme pour qui j'éprouve du mépris », « mon frère, contre qui j'étais en colère »: the antecedent before the preposition."""
    for j in range(i - 1, max(i - 9, 0), -1):
        if s.forms[j] in STOPS or (s.forms[j] == "," and not s.is_a(j + 1, "prepositions")):
            return []
        if s.forms[j] in _WHOM and s.forms[j - 1] in ("pour", "contre", "envers"):
            before = j - 2
            while before >= 0 and s.forms[before] == ",":
                before -= 1
            found = phrase_head(s, before) if before >= 0 else None
            return [found] if found is not None and is_person(s, found) else []
        does = is_verb(s, j) and not s.is_a(j, "auxiliaries", "copulas", "experience")  # « pour qui j'ai peint un mur triste »
        if does or s.forms[j] in ("et", "mais", "que", "qu'", "dont"):
            return []
    return []


@function("regarded", among="égard endroit encontre sujet")
def regarded(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« sa jalousie à mon égard », « ils sont injustes à notre endroit »: the possessive that says towards whom."""
    found = [
        j - 1 for j in range(2, len(s))
        if s.forms[j] in ("égard", "endroit", "encontre", "sujet") and s.is_a(j - 1, "possessives") and s.forms[j - 2] == "à"
        and not s.stop_between(i, j)
    ]  # fmt: skip
    return sorted(found, key=lambda j: abs(j - i))[:1]


@function("since", among="comme")
def since(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Comme il ne répondait plus, j'ai eu peur »: *comme* with a finite clause before the main one."""
    found = []
    for j in range(min(i, len(s) - 2)):
        if s.forms[j] != "comme" or (j > 0 and s.forms[j - 1] not in _BOUNDARY) or s.stop_between(i, j):
            continue
        if not s.is_a(j + 1, "after_comparing_comme") and starts_clause(s, j + 1) and "," in s.forms[j:i]:
            found.append(j)
    return found


@function("gerund", among="en")
def gerund(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« en » of a gerund of what one notices, says or meets with (« en voyant le chrono »), not « tout en »; with a form, of any verb."""
    found = []
    for j in range(len(s) - 1):
        follows = j + 1
        while (
            (s.is_a(follows, "object_clitics", "adverbs") or s.forms[follows] in ("ne", "n'"))
            and follows + 1 < len(s)
            and not s.forms[follows].endswith("ant")
        ):
            follows += 1
        if (
            s.forms[j] == "en" and follows < len(s) and s.forms[follows].endswith("ant")
            and (wanted or s.is_a(follows, "notice", "befalls") or (j < i and (cleft_before(s, j) or _tells_why(s, j, follows, i))))
            and s.pos(follows) in ("VERB", "AUX", "NOUN", "ADJ") and not s.stop_between(i, j) and follows != i
            and (wanted or j < i or not s.is_a(follows, "handles") or not _is_imperfect(s, verb_group(s, i).finite))
            and s.forms[j - 1 : j] != ["tout"]
            and (j <= 1 or s.forms[j - 1] in _BOUNDARY or s.forms[j - 2 : j] == ["rien", "qu'"] if j < i else j <= i + 4 or _still(s, i, j))
        ):  # fmt: skip
            found.append(j)
    return sorted(found, key=lambda j: abs(j - i))


def _still(s: Sentence, i: int, en: int) -> bool:
    """« les larmes lui sont montées aux yeux | en entendant sa voix »: a gerund further off, with no comma or clause before it."""
    between = range(i + 1, en)
    verbs = [k for k in between if is_verb(s, k) and is_finite(s, k)]
    return en <= i + 9 and len(verbs) < 3 and not any(s.forms[k] in (",", "et", "que", "qu'", "qui") for k in between)


def _tells_why(s: Sentence, en: int, gerund: int, i: int) -> bool:
    """« En rangeant sa chambre, j'ai ressenti une tristesse »: with an object, before a feeling that comes up; not « en rentrant, … »."""
    comma = next((k for k in range(gerund + 1, i) if s.forms[k] == ","), None)
    if en or comma is None or s.is_a(gerund, "moves"):
        return False
    feels = next((v for v in governor(s, i, frozenset())), i)
    return s.is_a(gerund + 1, "determiners") and not _is_imperfect(s, verb_group(s, feels).finite)


@function("because-of", seeks=longest_word)
def because_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Head of the phrase after a complex preposition, given by its last words (« à cause de », « grâce à », « à force de »)."""
    found = []
    for j in (j for words in wanted for j in s.find(words)):
        head = phrase_after(s, j) if j + 1 < len(s) and not s.stop_between(i, j) else None
        if head is not None and s.forms[head] in ("mal", "tout", "bien", "trop") and is_infinitive(s, head + 1):
            head += 1  # « à l'idée de mal faire »
        if head is not None and head != i:
            found.append(head)
    return sorted(found, key=lambda j: abs(j - i))


@function("facing", seeks=itself)
def facing(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """What one stands before in the figurative sense: « devant ce désastre », « devant tant de beauté »; not a person, not a place."""
    found = []
    for j in range(len(s) - 1):
        if s.forms[j - 1 : j] == ["juste"]:
            continue  # « giflé juste devant la boulangerie »: a place
        if s.forms[j] not in wanted or s.stop_between(i, j) or not (j == 0 or s.forms[j - 1] in _BOUNDARY or 0 < j - i <= 3):
            continue
        noun = next((k for k in range(j + 1, min(j + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")), None)
        much = s.forms[j + 1] in ("tant", "autant")
        if noun is not None and (
            much
            or (
                s.is_a(j + 1, "determiners")
                and s.forms[j + 1] not in ("un", "une")
                and not is_person(s, noun)
                and (not s.is_a(noun, "places", "body") or s.is_a(noun, "shown_feelings"))
            )
        ):
            found.append(j + 1 if much else noun)
    return sorted(found, key=lambda j: abs(j - i))


@function("upon", seeks=itself)
def upon(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« à l'annonce du résultat », « à la vue du sang »: the noun, one of these forms, after *à* at the start or the end of the clause."""
    return [
        k for k in range(1, len(s))
        if s.forms[k] in wanted and not s.stop_between(i, k) and not adverbial_phrase(s, k - 1)  # « stressé à mort »
        and "jusqu'" not in s.forms[max(k - 3, 0) : k]
        and (s.is_a(k - 1, "to") or (s.is_a(k - 1, "determiners") and s.forms[k - 2 : k - 1] == ["à"]))
    ]  # fmt: skip


@function("at-each", among="moindre chaque")
def at_each(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« au moindre bruit », « à la moindre remarque », « à chaque coup de tonnerre »: the noun, no time and no place."""
    found = []
    for j in range(1, len(s) - 1):
        to = s.forms[j - 1] in ("au", "à") or (s.forms[j - 1] == "la" and s.forms[j - 2 : j - 1] == ["à"])
        if s.forms[j] in ("moindre", "chaque") and to and not s.stop_between(i, j):
            noun = next((k for k in range(j + 1, min(j + 4, len(s))) if s.pos(k) == "NOUN"), None)
            if s.pos(j + 1) in ("VERB", "ADV"):  # what the parser takes « sonnerie » and « craquement » for
                noun = j + 1
            if noun is not None and not s.is_a(noun, "temporal_nouns", "places") and s.forms[noun] not in ("repas", "étage", "page"):
                found.append(noun)
    return found


@function("infinitive-clause", seeks=itself)
def infinitive_clause(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« De le voir pleurer, j'étais bouleversé », « rien qu'à l'entendre »: the preposition before an infinitive that is set off."""
    found = []
    for j in range(len(s) - 1):
        if s.forms[j] not in wanted or s.stop_between(i, j):
            continue
        alone = s.forms[j - 2 : j] in (["rien", "que"], ["rien", "qu'"])
        infinitive = infinitive_at(s, j + 1)
        cleft = infinitive is not None and j < i and cleft_before(s, j) and bool({"que", "qu'"} & set(s.forms[j:i]))
        if cleft and s.forms[j] in ("de", "d'"):
            found.append(j)  # « c'est de te voir partir que je suis triste »
            continue
        if infinitive is None or infinitive > j + 4 or not (alone or j == 0 or (s.forms[j - 1] in (",", "et", "mais") and j < i)):
            continue
        if s.forms[j] in ("à", "a") and not s.is_a(infinitive, "notice"):
            continue
        if alone or (j < i and "," in s.forms[infinitive:i]):
            found.append(j)
    return found


@function("participle-clause")
def participle_clause(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Voyant que personne ne venait, il a paniqué », « n'ayant plus de nouvelles »: a present participle of noticing, knowing, having."""
    found = []
    for k in range(len(s)):
        if not s.forms[k].endswith("ant") or not s.is_a(k, "notice", "auxiliaries") or s.stop_between(i, k) or k == i:
            continue
        first = k
        while first > 0 and (s.is_a(first - 1, "negators", "object_clitics") or s.forms[first - 1] in ("ne", "n'")):
            first -= 1
        if s.forms[first] == "en" and first != k:
            continue
        if first == 0 or s.forms[first - 1] in (",", "et", "«") or (s.pos(first - 1) == "PROPN" and first == 1):
            found.append(first)
        elif s.forms[k] in ("ayant", "étant") and s.is_a(0, "determiners") and not any(is_verb(s, j) for j in range(first)):
            found += [0] * (k < i and "," not in s.forms[:k] and "," in s.forms[k:i])  # « La digue ayant cédé, … »
        elif s.forms[k] in ("ayant", "étant") and k > i and s.is_a(max(first - 2, 0), "possessives") and s.forms[first - 3] == ",":
            found.append(first - 2)  # « …, sa cousine ayant reçu un vélo »
    return sorted(found, key=lambda j: abs(j - i))


@function("for-thing", among="pour")
def for_thing(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il m'a grondé pour une assiette », « puni pour avoir menti »: what *pour* introduces, when it is no person, time or purpose."""
    for j in range(len(s) - 1):
        if s.forms[j] != "pour" or s.stop_between(i, j) or not (i < j <= i + 8 or j == 0) or adverbial_phrase(s, j):
            continue
        if any(s.forms[k] == "," or (is_verb(s, k) and is_finite(s, k)) for k in range(i + 1, j)):
            continue
        past = s.forms[j + 1] in ("avoir", "être") and s.morph(min(j + 2, len(s) - 1), "VerbForm") == "Part"
        head = j + 1 if past else phrase_after(s, j)
        if head is None or (not past and (is_infinitive(s, head) or is_verb(s, head))):
            continue
        if past or not (
            is_person(s, head) or s.is_a(head, "temporal_nouns") or (s.pos(head) == "NOUN" and head == j + 1) or s.pos(head) not in NOMINAL
        ):
            return [head]
    return []


def _is_habit(s: Sentence, j: int, i: int) -> bool:
    """« si je la félicitais, elle rougissait »: before the main clause, no concession, no question."""
    if j > i or s.forms[j - 1 : j] in (["même"], ["comme"]) or any(s.is_a(k, "ask") for k in range(j)):
        return False
    end = before_main_clause(s, j + 1, i)
    return end > j + 2 and any(is_verb(s, k) and is_finite(s, k) for k in range(j + 1, end))


@function("with-thing", among="avec par")
def with_thing(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il me saoule avec ses histoires », « … par ses remarques »: the thing with which the subject provokes the feeling."""
    for j in range(i + 1, min(i + 7, len(s) - 2)):
        if s.forms[j] in STOPS or (s.forms[j] == "," and s.forms[j + 1] != "avec" and not s.is_a(j + 1, "determiners")):
            return []
        if s.forms[j] in ("avec", "par") and s.is_a(j + 1, "possessives", "demonstratives"):
            head = phrase_after(s, j)
            return [head] if head is not None and s.pos(head) == "NOUN" and not is_person(s, head) else []
    return []


@function("by-doing", among="à a")
def by_doing(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il m'énerve à siffler », « tu nous fatigues à toujours râler »: the infinitive that *à* introduces right after the token."""
    if s.forms[i + 1 : i + 2] in (["à"], ["a"]):
        infinitive = infinitive_at(s, i + 2)
        return [] if infinitive is None else [infinitive]
    return []


@function("with-all", among="avec")
def with_all(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« avec tout ce bruit, je n'en peux plus »: what *avec* and *tout* introduce at the start of the sentence or the clause, no person."""
    for j in range(len(s) - 2):
        if s.forms[j] == "avec" and i < j < i + 7 and not s.stop_between(i, j) and "," not in s.forms[i:j]:
            this = j + 1 + (s.forms[j + 1] == "tout")
            if s.is_a(this, "this") and (this + 1 >= len(s) or s.forms[this + 1] in (*STOPS, ",", "et")):
                return [this]  # « heureux toute la semaine avec ça »
        if s.forms[j] != "avec" or not (s.is_a(j + 1, "all") or s.forms[j + 1] == "tant") or s.stop_between(i, j):
            continue
        if j < i and (j == 0 or s.forms[j - 1] == "," or s.is_a(j - 1, "and_but_so")) and "," not in s.forms[j:i]:
            continue
        head = phrase_after(s, j)
        if head is not None and (s.forms[head] == "ce" or not is_person(s, head)) and (j < i or j <= i + 3):
            return [head]
    return []


@function("if-clause", among="si s'")
def if_clause(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« si » of a condition, beside a verb in the conditional or the future; with the form « si », not after *même*."""
    return [
        j + (s.forms[j + 1] == "jamais") for j in range(len(s) - 1)
        if s.forms[j] in ("si", "s'") and not s.stop_between(i, j)
        and (s.is_a(j + 1, "subject_clitics", "determiners") or s.pos(j + 1) == "PROPN" or s.forms[j + 1] in (*_SOMEBODY, "jamais"))
        and (j == 0 or s.forms[j - 1] == "," or s.is_a(j - 1, "clause_boundaries") or (j > i and s.forms[j - 1] not in ("même", "comme")))
        and (not wanted or _is_habit(s, j, i))
    ]  # fmt: skip

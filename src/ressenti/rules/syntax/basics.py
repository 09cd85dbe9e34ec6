"""What the grammatical functions rest on: verbs, persons, heads of phrases, prepositions."""

from __future__ import annotations

import re

from ressenti.rules.sentence import STOPS, Sentence, once_a_sentence
from ressenti.rules.syntax.forms import kinds, only_finite
from ressenti.rules.syntax.functions import function
from ressenti.rules.syntax.verbs import follows_subject, looks_like_infinitive, verb_group
from ressenti.rules.words import NAMES, load_words

_FEMININE = re.compile(r"(?:[éiu]e|[eo]use|ive|ante|ente|aite|ise|ienne|elle|ète|ère|olle|ouce|aine|aude|orte|erte|seule)s?$")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_SOMEBODY = load_words()["pronouns_of_persons"]
_BEFORE_VERBS = load_words()["before_verbs"]


def _after_clitics(s: Sentence, i: int) -> bool:
    """Whether clitics before the token make it a verb, whatever the parser says (« Elle garde une rancune », « je ne la voie pas »)."""
    form, before = s.forms[i], s.forms[i - 1] if i else ""
    if not s.is_a(i - 1, "subject_clitics", "object_clitics") or s.is_a(i, "object_clitics", "negators", "subject_clitics"):
        return False
    if only_finite(form) and form.endswith(("ais", "ait", "aient", "ons", "ez")):
        return True
    if before in ("elle", "elles", "ça") and "finite" in kinds(form):
        return not s.is_a(i - 2, "prepositions")
    first = i - 2
    while first > 0 and s.forms[first] in ("me", "te", "se", "nous", "vous"):  # « elle me le fait sentir »
        first -= 1
    return s.is_a(i - 1, "third_person_clitics") and s.is_a(first, "surely_before_object_clitics") and not s.is_a(i, "adverbs")


_QUITE = ["tout", "à", "fait"]


def is_quite(s: Sentence, i: int) -> bool:
    """Whether token ``i`` is one of « tout à fait », whose last the parser takes for a noun or a verb."""
    return s.forms[i] in _QUITE and any(s.forms[max(k, 0) : k + 3] == _QUITE for k in (i - 2, i - 1, i))


@once_a_sentence
def is_verb(s: Sentence, i: int) -> bool:
    """Whether token ``i`` is a verb form, auxiliaries included."""
    if s.pos(i) == "PROPN" and s.tokens[i].text[:1].isupper() and i > 0:
        return False
    if is_quite(s, i):
        return False
    if _after_clitics(s, i):
        return True
    if i > 0 and s.forms[i - 1] in _BEFORE_VERBS and s.forms[i] not in ("ne", "n'") and not s.is_a(i, "object_clitics", "negators"):
        return True
    if (s.forms[i + 1 : i + 2] == ["-"] and s.is_a(i + 2, "subject_clitics")) or s.is_a(i + 1, "inverted_subjects"):
        return True
    if s.pos(i) == "NOUN" and s.is_a(i, "experience") and "finite" in kinds(s.forms[i]) and takes_object(s, i):
        return True  # « Mon frère garde une rancune »
    return s.pos(i) in ("VERB", "AUX") or (
        s.is_a(i, "auxiliaries", "copulas", "experience", "give") and s.pos(i) not in ("NOUN", "ADJ", "ADP", "DET")
    )


@once_a_sentence
def is_finite(s: Sentence, i: int) -> bool:
    """Whether the verb at ``i`` carries tense itself or through an auxiliary."""
    group = verb_group(s, i)
    if group.auxiliaries:
        return s.forms[group.finite] not in ("avoir", "être", "ayant", "étant")
    if group.subject is not None or group.relative is not None:
        return True
    form = s.forms[i]
    if (
        (group.clitics or {"ne", "n'"} & {s.forms[n] for n in group.negation})
        and not looks_like_infinitive(form)
        and not form.endswith("ant")
    ):
        return True  # no participle takes a clitic
    if known := kinds(form):
        return "finite" in known and ("participle" not in known or s.morph(i, "VerbForm") == "Fin" or takes_object(s, i))
    if s.morph(i, "VerbForm") == "Part" or (s.morph(i, "VerbForm") == "Inf" and looks_like_infinitive(form)):
        return False  # of a verb that it does not know the parser says « Inf »: « le patron enfile le gant »
    return not (looks_like_infinitive(form) or form.endswith("ant") or s.forms[i - 1 : i] in (["de"], ["d'"], ["à"], ["pour"], ["sans"]))


def takes_object(s: Sentence, i: int) -> bool:
    """Whether the form stands between a noun phrase and another, as only a finite verb does (« Sa réponse séduit les enfants »)."""
    article = s.is_a(i + 1, "determiners") and not s.is_a(i + 1, "of", "to")
    return (article or s.pos(min(i + 1, len(s) - 1)) == "PROPN") and follows_subject(s, i)


def is_person(s: Sentence, i: int) -> bool:
    """Whether token ``i`` names a human being (or an animal that feels): a pronoun, a name, a noun of the class ``persons``."""
    if s.pos(i) == "PROPN" or s.tokens[i].ent_type_ == "PER" or s.forms[i].lstrip("-") in _SOMEBODY:
        return True
    if s.forms[i] in ("un", "une") and s.forms[i + 1 : i + 2] == ["des"]:  # « il a froissé un des cahiers »
        return any(s.is_a(k, "persons") for k in range(i + 2, min(i + 5, len(s))))
    if s.pos(i) == "PRON" or s.is_a(i, "first_person"):
        return not s.is_a(i, "pronouns_of_things")
    if s.is_a(i, "gathering_places") and s.forms[max(i - 2, 0)] in ("tout", "toute"):
        return True
    if s.is_a(i, "quantities") and s.is_a(i + 1, "of"):  # « le reste de l'équipe »
        return any(s.is_a(k, "persons") or s.pos(k) == "PROPN" for k in range(i + 2, min(i + 5, len(s))))
    return s.is_a(i, "persons")


def phrase_head(s: Sentence, i: int) -> int | None:
    """Head of the noun phrase whose last word is token ``i``."""
    at = i
    for _ in range(6):
        head = s.head(at)
        if s.dep(at) == "conj" and any(s.forms[k] == "," or is_verb(s, k) for k in range(head + 1, at)):
            break
        if any(s.is_a(k, "subordinators") for k in range(head + 1, at)):
            break
        if (
            head < at
            and s.pos(head) in NOMINAL
            and s.dep(at) in ("nmod", "amod", "flat", "appos", "det", "acl", "case", "obl", "conj", "advmod", "nummod", "xcomp")
        ):
            at = head
        else:
            break
    named = s.pos(at) in NOMINAL or s.tokens[at].ent_type_ == "PER"
    determined = s.is_a(at - 1, "determiners") and (s.pos(at) == "ADJ" or not s.is_a(at - 1, "object_clitics"))
    return at if named or (determined and at > 0 and not s.is_a(at, "determiners")) else None  # « la nouvelle », « ses reproches »


def is_wanted(s: Sentence, that: int) -> bool:
    """« si heureuse qu'il vienne »: a subjunctive, which tells what the feeling is about; what follows from it stands in the indicative."""
    return any(s.morph(k, "Mood") == "Sub" for k in range(that + 1, min(that + 4, len(s))))


def opens_reason(s: Sentence, k: int) -> bool:
    """« j'ai appelé deux fois, tellement j'ai peur »: *tellement* or *tant* after a comma with a clitic subject, which says why."""
    return s.forms[k] in ("tellement", "tant") and s.forms[k - 1 : k] == [","] and s.is_a(k + 1, "subject_clitics")


def antecedent(s: Sentence, pronoun: int) -> int | None:
    """The noun or pronoun that a relative pronoun stands for."""
    if s.forms[pronoun - 1 : pronoun] in (["ce"], ["-ce"]) and s.forms[max(pronoun - 3, 0) : pronoun - 1] == ["qu'", "est"]:
        return None  # « qu'est-ce qui … ? »
    if _since_when(s, pronoun):
        return None
    clause = s.head(pronoun)
    noun = s.head(clause)
    if noun < pronoun and s.dep(clause) == "acl" and s.pos(noun) in NOMINAL and not _says_age(s, noun):
        return noun
    before = pronoun - 1
    while before >= 0 and (s.forms[before] in (",", "-ci", "-là", "seul", "seule") or s.pos(before) == "PUNCT"):
        before -= 1
    if _says_age(s, before):
        before -= 3
    if before >= 0 and is_verb(s, before):
        return _clefted(s, before)
    return phrase_head(s, before) if before >= 0 else None


def _says_age(s: Sentence, last: int) -> bool:
    """« Mme Fauvel, 94 ans, que j'adorais »: an age between commas."""
    return last > 2 and s.forms[last] == "ans" and s.forms[last - 2] == ","


def _clefted(s: Sentence, last: int) -> int | None:
    """« c'est la façon dont il l'a dit | qui m'a blessée »: the noun after *c'est*, past a relative clause of its own."""
    for k in range(last - 1, 0, -1):
        if s.forms[k] in STOPS or s.forms[k] == ",":
            return None
        if s.is_a(k, "be") and s.forms[k - 1] in ("c'", "ce") and s.is_a(k + 1, "determiners"):
            return next((j for j in range(k + 2, min(k + 5, last)) if s.pos(j) == "NOUN"), None)
    return None


def is_one_of_two(s: Sentence, i: int) -> bool:
    """« l'une pleurait, l'autre riait »: *un* after « l' » is a pronoun and no article."""
    return i > 0 and s.forms[i] in ("un", "une") and s.forms[i - 1] == "l'"


def _since_when(s: Sentence, que: int) -> bool:
    """« dix ans que j'espère », « ça fait deux mois que », « voilà une semaine que »: *que* after how long it has lasted is no relative."""
    if s.forms[que] not in ("que", "qu'") or not (s.is_a(que - 1, "temporal_nouns") or s.forms[que - 1 : que] == ["longtemps"]):
        return False
    first = que - 1
    while first > 0 and (s.pos(first - 1) in ("NUM", "ADJ", "ADV") or s.forms[first - 1] in ("un", "une", "des", "quelques")):
        first -= 1
    return first == 0 or s.forms[first - 1] in (*STOPS, ",") or s.is_a(first - 1, "before_durations")


def clefted_by(s: Sentence, i: int) -> int | None:
    """« c'est par pitié pour lui | que je reste », « est-ce par dépit qu'il … ? »: the *que* of a cleft on the circumstance of a noun."""
    j = i - 1
    while j > 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "DET") or s.forms[j] == "moindre"):
        j -= 1
    if j < 2 or s.forms[j] not in ("par", "avec", "sans", "de", "d'"):
        return None
    j -= 1
    while j > 0 and (s.is_a(j, "adverbs", "negators") and not s.is_a(j, "be")):
        j -= 1
    if s.forms[j] not in ("-ce",) and not (s.is_a(j, "be") and s.is_a(j - 1, "before_clefting")):
        return None
    end = next((k for k in range(i + 1, len(s)) if s.forms[k] in ("que", "qu'") or s.forms[k] in STOPS or s.forms[k] == ","), None)
    return end if end is not None and s.forms[end] in ("que", "qu'") else None


def phrase_after(s: Sentence, i: int) -> int | None:
    """Head of the noun phrase or infinitive that follows the preposition or conjunction at ``i``."""
    this = i + 1 + (s.forms[i + 1 : i + 2] == ["tout"])
    if s.forms[this : this + 1] == ["ce"] and s.is_a(this + 1, "relative_pronouns"):
        return i + 1  # « de ce que », « de tout ce qui »; not « de ce bruit »
    infinitive = i + 1
    while s.is_a(infinitive, "object_clitics", "negators") or s.forms[infinitive : infinitive + 1] in (["ne"], ["n'"]):
        infinitive += 1
    meant = infinitive < len(s) and (s.pos(infinitive) in ("VERB", "AUX") or (s.forms[infinitive] == "être" and infinitive == i + 2))
    if meant and looks_like_infinitive(s.forms[infinitive]):  # « honteuse de l'être »
        return infinitive  # « la joie d'être là », whose head the parser takes *là* for
    head = s.head(i)
    if s.is_a(i + 1, "strong_pronouns") and (i + 2 == len(s) or s.forms[i + 2] in (*STOPS, ",")):
        return i + 1  # « coupable envers lui, et … »
    if head > i and head < len(s) and s.pos(head) not in ("ADP", "SCONJ") and not any(s.forms[k] in STOPS for k in range(i, head)):
        return head
    if s.is_a(i + 1, "third_person_strong") and not is_verb(s, min(i + 2, len(s) - 1)):
        return i + 1  # « envers lui une haine tenace »
    for j in range(i + 1, min(i + 6, len(s))):
        if s.forms[j] in STOPS:
            return None
        alone = s.is_a(j, "strong_pronouns") and (j + 1 == len(s) or s.forms[j + 1] in (*STOPS, ","))  # « envers nous »
        if s.pos(j) in (*NOMINAL, "VERB") and (alone or not s.is_a(j, "object_clitics", "determiners")):
            return j
    return i + 1 if i + 1 < len(s) and s.forms[i + 1] not in STOPS else None


def prepositions_of(s: Sentence, i: int) -> list[int]:
    """The prepositions that introduce the phrase of token ``i``."""
    return [c for c in s.children(i) if c < i and s.dep(c) in ("case", "mark")]


def preposition_of(s: Sentence, i: int) -> int | None:
    """The first preposition that introduces the phrase of token ``i``, or None."""
    found = prepositions_of(s, i)
    return found[0] if found else None


def opens_clause(s: Sentence, head: int) -> bool:
    """Whether the noun phrase of a head stands at the start of its sentence or after a conjunction, so that it can be a subject."""
    j = head - 1
    while j >= 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "NUM", "ADV")):
        j -= 1
    if j < 0 or s.forms[j] in ("«", ";", ":") or s.is_a(j, "conjunctions_before_subjects"):
        return True
    return s.forms[j] == "," and not any(is_verb(s, k) for k in range(j))


def bare_name(s: Sentence, i: int) -> bool:
    """« jte jure sarah elle est … »: a first name outside of noun phrases such as « le marin » and « ma tante sylvie »."""
    return s.is_a(i, *NAMES) and not (i and (s.is_a(i - 1, "determiners") or s.pos(i - 1) in ("NOUN", "ADJ")))


def agree(s: Sentence, noun_: int, adjective: int) -> bool:
    """False only where noun and adjective are known to differ in gender or number."""
    noun_gender, gender = _gender_of_noun(s, noun_), _gender_of_adjective(s, adjective)
    if noun_gender and gender and noun_gender != gender:
        return False
    numbers = s.morph(noun_, "Number"), s.morph(adjective, "Number")
    return not all(numbers) or numbers[0] == numbers[1] or s.is_a(noun_, "persons")


def _gender_of_noun(s: Sentence, i: int) -> str:
    """By its determiner, which the parser seldom takes for another, else as the parser says."""
    for j in range(i - 1, max(i - 3, -1), -1):
        if s.is_a(j, "feminine_determiners"):
            return "Fem"
        if s.is_a(j, "masculine_determiners"):
            return "Masc"
    return s.morph(i, "Gender")


def _gender_of_adjective(s: Sentence, i: int) -> str:
    """By its ending: without an -e masculine, with one feminine where the masculine has none; unknown for « triste » and for nouns."""
    if s.pos(i) not in ("ADJ", "VERB", "AUX", "PROPN"):
        return ""
    if not s.forms[i].rstrip("s").endswith("e"):
        return "Masc"
    return "Fem" if _FEMININE.search(s.forms[i]) else ""


def verb_before(s: Sentence, i: int) -> int | None:
    """The nearest verb form before token ``i`` in its sentence, across quotation marks and semicolons."""
    for j in range(i - 1, -1, -1):
        if s.forms[j] in STOPS and s.forms[j] not in ("«", "»", ";", ":"):
            return None
        if is_verb(s, j):
            return j
    return None


@function("self")
def self_(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself."""
    return [i]

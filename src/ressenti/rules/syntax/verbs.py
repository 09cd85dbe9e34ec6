"""The verb group: a verb with its auxiliaries, clitics, negation and clitic subject, read by form and position.

The French order *subject – ne – clitics – auxiliary – pas – adverbs – verb* is nearly rigid, while the parser's labels inside it are not
reliable (« Il m’a énervé »: *Il* is an expletive to it; « l’effraie »: *l’* a determiner), so the group is read from the tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ressenti.rules.sentence import STOPS, Sentence, once_a_sentence
from ressenti.rules.words import load_words

_PARTICIPLE = re.compile(r"(?:[éiïu]|mort|fait|dit|crit|mis|pris|quis|sis|[fv]ert|[eao]int|uit|clos|trait|ssous)e?s?$")
_SHORT = load_words()["short_participles"]
_INFINITIVE = re.compile(
    r"(?:er|[iï]r|oir|(?:[aeo]n|[aeo]in|ou|er|or)dre|[bm][ae]ttre|[aoi][îi]tre|^être|dire|(?:^|ré|re|é)lire|(?:^|sou)rire|crire|[fu]ire|cl[uo]re|(?:f|^t|pl|br|tr)aire"
    r"|(?:^re|^em|^im|^)boire|croire|ompre|aincre|(?:^|re|sur)vivre|suivre)$"
)
"""Endings of infinitives: « craindre », « mettre », not « j’espère », « il montre », « elle respire »."""
_FINITE = re.compile(r"(?<!l)(?:ais|ait|aient|ions|iez|[ei]ra|[ei]rai[st]?|[ei]ront|èrent)$")
"""Endings of finite forms that no noun or adjective has."""
_NO_INFINITIVE = load_words()["no_infinitives"]
_BEFORE_PERSONS = load_words()["prepositions_before_persons"]
_AMBIGUOUS = load_words()["articles_or_pronouns"]
_BEFORE_STEPS = load_words()["determiners_of_pas"]
_COORDINATED = load_words()["coordinators"] | {","}


@dataclass(slots=True)
class VerbGroup:
    """Token indices of a verb group.

    Attributes:
        verb: The lexical verb, adjective or noun that ends it.
        start: Its first token.
        auxiliaries: Forms of *être* and *avoir* (and *venir de*, *aller*), in order.
        clitics: Object and reflexive clitics, in order.
        subject: The clitic subject, before or after the verb, or None.
        relative: The relative pronoun *qui* when it is the subject, or None.
        negation: Negative words in the group.
    """

    verb: int
    start: int
    auxiliaries: list[int] = field(default_factory=list)
    clitics: list[int] = field(default_factory=list)
    subject: int | None = None
    relative: int | None = None
    negation: list[int] = field(default_factory=list)

    @property
    def finite(self) -> int:
        """Index of the word that carries tense: the first auxiliary, else the verb."""
        return self.auxiliaries[0] if self.auxiliaries else self.verb


@once_a_sentence
def verb_group(s: Sentence, verb: int) -> VerbGroup:
    """The group of the verb at an index, read leftwards from it; not to be changed by who asks."""
    group = VerbGroup(verb, verb)
    i = verb - 1
    seen_finite = saw_ne = False
    while i >= 0:
        form = s.forms[i]
        if form == "pu" and looks_like_infinitive(s.forms[verb]):
            break  # « j'ai pu pleurer », not the « pu » that is spoken for « plus »
        step = form == "pas" and s.forms[i - 1] in _BEFORE_STEPS
        if form in ("ne", "n'") or (s.is_a(i, "negators") and form != "personne" and not step):  # « le bruit de ses pas | suffisait »
            saw_ne = saw_ne or form in ("ne", "n'")
            group.negation.append(i)
        elif s.is_a(i, "auxiliaries") and not seen_finite and (s.pos(i) != "NOUN"):
            group.auxiliaries.insert(0, i)
            seen_finite = form not in ("été", "eu", "être", "avoir")
        elif form.startswith("-") and s.is_a(i, "inverted_subjects"):
            if looks_like_infinitive(s.forms[verb]) and not group.auxiliaries:
                break  # « Fallait-il | s'en réjouir »
            group.subject = i
        elif form == "-t" and group.subject == i + 1:
            pass  # « a-t-il été soulagé »
        elif not saw_ne and _is_object_clitic(s, i, group):
            group.clitics.insert(0, i)
        elif s.is_a(i, "subject_clitics") and i and (s.forms[i - 1] == "-" or belongs_before(s, i)):
            break  # « as-tu peur »: the subject of the verb before; « penser à elle | me rassure »
        elif s.is_a(i, "subject_clitics") or (s.is_a(i, "strong_unlike_subjects") and (saw_ne or _opens_its_clause(s, i, group))):
            group.subject = i
            group.start = i
            break
        elif form == "qui":
            group.relative = i
            group.start = i
            break
        elif (width := _adverbial(s, i)) > 0:
            i -= width - 1
        elif (
            s.is_a(i, "adverbs")
            or (s.pos(i) == "ADV" and form not in ("où", "comment", "pourquoi"))
            or (form.endswith("ment") and s.pos(i) == "ADV")
        ):
            pass
        else:
            break
        group.start = i
        i -= 1
    _begin_with_its_own(s, group)
    if group.start == verb and looks_like_participle(s.forms[verb]) and (first := _participle_before(s, verb)) is not None:
        _share(group, verb_group(s, first))
    if group.subject is None and group.relative is None:
        after = group.finite + 1
        if s.is_a(after, "inverted_subjects"):
            group.subject = after
        elif (s.forms[after : after + 1] == ["-t"] and s.is_a(after + 1, "inverted_subjects")) or (
            s.forms[after : after + 1] in (["-t"], ["-"]) and s.is_a(after + 1, "subject_clitics")
        ):
            group.subject = after + 1
    if is_infinitive(s, verb) and not saw_ne:
        group.negation.clear()  # « je ne la vois pas pleurer »: the negation is the finite verb's
    for i in range(group.finite + 1, min(group.finite + 3, len(s))):
        stopped = any(s.forms[k] in STOPS or s.forms[k] in (",", "de", "d'") for k in range(group.finite, i))  # « s'en veut | de pas »
        if i != verb and i not in group.negation and s.is_a(i, "negators") and not stopped and s.forms[i - 1] != "sans":
            group.negation.append(i)  # not « il rit sans rien dire »
    return group


def belongs_before(s: Sentence, i: int) -> bool:
    """« penser à elle », « envers nous »: a strong pronoun after its preposition, but not « l'une de nous », which is a subject."""
    strong = s.forms[i] in ("nous", "vous", "elle", "elles") and s.forms[i - 1] in _BEFORE_PERSONS
    return strong and not s.is_a(i - 2, "some_of")


def _participle_before(s: Sentence, verb: int) -> int | None:
    """« sa remarque m'a amusée et | vexée », « …, puis agacée »: the participle whose auxiliary and clitics hold for this one too."""
    j = verb - 1
    while j > 0 and s.is_a(j, "adverbs") and s.forms[j] not in ("puis", "ensuite"):
        j -= 1
    joined = s.is_a(j, "coordinators")
    if j < 3 or not (joined or (s.forms[j] == "," and s.forms[verb + 1 : verb + 2] in ([","], ["puis"]))):
        return None
    j -= 1 + (joined and s.forms[j - 1] == ",")
    first = verb_group(s, j) if looks_like_participle(s.forms[j]) else None
    if first is None or not first.auxiliaries or not any(s.is_a(c, "accusative_clitics") for c in first.clitics):
        return None
    agree = s.forms[j].endswith(("e", "es")) == s.forms[verb].endswith(("e", "es"))  # not « il m'a regardée, surpris, … »
    return j if agree and not s.is_a(first.finite, "be") else None


def _share(group: VerbGroup, first: VerbGroup) -> None:
    """Give a group what it has in common with the one before."""
    group.auxiliaries, group.clitics, group.negation = list(first.auxiliaries), list(first.clitics), list(first.negation)
    group.subject, group.relative, group.start = first.subject, first.relative, first.start


def _is_object_clitic(s: Sentence, i: int, group: VerbGroup) -> bool:
    if not s.is_a(i, "object_clitics"):
        return False
    form, following = s.forms[i], i + 1
    if form == "lui" and _opens_its_clause(s, i, group):
        return False
    if form == "en" and s.forms[group.verb].endswith("ant"):
        return False  # a gerund
    if s.forms[i - 1] in ("de", "d'", "parmi") and s.is_a(i - 2, "some_of"):
        return False  # « chacun de nous avait peur »
    if s.forms[i - 1] in _BEFORE_PERSONS and form in ("lui", "nous", "vous", "leur") and not looks_like_infinitive(s.forms[group.verb]):
        return s.forms[group.verb].endswith("ant")  # « Penser à lui | me fait sourire »
    if form == "moi":
        return False  # « et moi furieuse », « regarde-moi »: never before its verb
    if form == "t'" and s.is_a(following, "second_person_auxiliaries"):
        return False  # « t'es », spoken for « tu es »
    if form in ("nous", "vous"):  # the subject when the verb agrees with it, unless it stands twice (« nous nous parlons »)
        agrees = s.forms[group.finite].endswith(("ons", "mes") if form == "nous" else ("ez", "tes"))
        return not agrees or s.forms[i - 1] in (form, "ne", "n'")  # « Ne vous inquiétez pas »: a subject stands before *ne*
    if form in _AMBIGUOUS and following == group.verb and s.pos(group.verb) in ("NOUN", "ADJ") and not group.auxiliaries:
        return (
            s.is_a(i - 1, "before_object_clitics")
            or follows_subject(s, i)
            or (_FINITE.search(s.forms[group.verb]) is not None and s.forms[i - 1] in _COORDINATED)
        )
    return not (form in _AMBIGUOUS and s.is_a(following, "adverbs") and not s.is_a(following, "object_clitics", "auxiliaries"))


def _opens_its_clause(s: Sentence, i: int, group: VerbGroup) -> bool:
    """« Lui riait », « pendant que lui perdait tout », « lui se taisait »: a strong pronoun that is the subject of a finite verb."""
    if s.forms[i + 1] in ("se", "s'"):  # « …, et lui s'est mis à sangloter », not « elle et lui s'adorent »
        return i == 0 or s.forms[i - 1] in (*STOPS, ",", "mais") or s.forms[max(i - 2, 0) : i] == [",", "et"]
    finite = s.forms[group.finite]
    asks = s.is_a(group.finite + 1, "inverted_subjects") or s.forms[group.finite + 1 : group.finite + 2] in (["-"], ["-t"])
    if group.subject is not None or group.clitics or looks_like_infinitive(finite) or finite.endswith("ant") or asks:
        return False
    before = s.forms[max(i - 2, 0) : i]
    return not before or before[-1] in STOPS or before in (["pendant", "que"], ["alors", "que"], ["tandis", "que"], ["parce", "que"])


def follows_subject(s: Sentence, i: int) -> bool:
    """Whether a whole noun phrase that opens its clause ends right before token ``i`` (« Cette nouvelle | les époustoufle »)."""
    j = i - 1
    if j < 0 or s.is_a(j, "neuter_pronouns"):
        return j >= 0
    if s.pos(j) not in ("NOUN", "PROPN", "ADJ") or s.is_a(j, "temporal_nouns", "subject_clitics", "determiners"):
        return False
    while j >= 0 and not s.is_a(j, "determiners") and (s.pos(j) in ("NOUN", "PROPN", "ADJ", "NUM")):
        j -= 1
        if s.is_a(j, "of") and j > 0 and s.pos(j - 1) in ("NOUN", "PROPN"):
            j -= 1
        elif s.is_a(j, "determiners") and s.forms[j - 1 : j] in (["de"], ["d'"]) and j > 1 and s.pos(j - 2) == "NOUN":
            j -= 2
    if j >= 0 and s.is_a(j, "determiners"):
        j -= 1
        if j == 0 and s.is_a(j, "all"):  # « Toute la brigade | l'admirait »
            j -= 1
    elif s.pos(j + 1) != "PROPN":
        return False
    return j < 0 or s.forms[j] in STOPS or s.forms[j] == "," or s.is_a(j, "conjunctions_before_subjects")


def _adverbial(s: Sentence, i: int) -> int:
    """Number of words of the adverbial phrase that ends at token ``i`` (« à peine », « de nouveau »), 0 when there is none."""
    phrases = s.words["adverbials"]
    if s.forms[i] not in _last_words(phrases):  # most words end none
        return 0
    return next((n for n in (4, 3, 2) if i - n + 1 > 0 and " ".join(s.forms[i - n + 1 : i + 1]) in phrases), 0)


@cache
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)


def _begin_with_its_own(s: Sentence, group: VerbGroup) -> None:
    """Leave to others what stands first: adverbs, and the « pas » of the verb before (« qu'il ne réponde pas | m'angoisse »)."""
    first = min(group.negation, default=group.verb)
    while 0 < first < group.verb and s.forms[first] not in ("ne", "n'") and s.pos(first - 1) in ("VERB", "AUX"):
        group.negation.remove(first)
        first = min(group.negation, default=group.verb)
    parts = [group.verb, *group.auxiliaries, *group.clitics, *group.negation]
    parts += [i for i in (group.subject, group.relative) if i is not None and i <= group.verb]
    group.start = min(parts)


def is_infinitive(s: Sentence, i: int) -> bool:
    """Whether the token is an infinitive, by its ending and what stands before it."""
    return i < len(s) and looks_like_infinitive(s.forms[i]) and s.morph(i, "VerbForm") in ("", "Inf")


@lru_cache(1 << 14)
def looks_like_infinitive(form: str) -> bool:
    """Whether a folded form ends like an infinitive."""
    return form not in _NO_INFINITIVE and _INFINITIVE.search(form) is not None


@lru_cache(1 << 14)
def looks_like_participle(form: str) -> bool:
    """Whether a folded form ends like a past participle."""
    return form in _SHORT or (len(form) > 2 and _PARTICIPLE.search(form) is not None)

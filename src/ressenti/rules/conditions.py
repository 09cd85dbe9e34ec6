"""Under which conditions an entry found in a sentence is emotional: the ``condition`` column and what its construction asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ressenti.errors import DataError
from ressenti.ontology.vocabulary import Condition
from ressenti.rules.parts_of_speech import word_kinds
from ressenti.rules.qualifiers import is_conditional, negating_words
from ressenti.rules.scene import in_scene
from ressenti.rules.sentence import STOPS, NotParsed, Sentence
from ressenti.rules.syntax.arguments import accusative, dative, infinitive, object_, reflexive, that
from ressenti.rules.syntax.basics import is_finite, is_person, is_verb
from ressenti.rules.syntax.fronting import clausal_subject
from ressenti.rules.syntax.nominals import noun
from ressenti.rules.syntax.subjects import governor, subject
from ressenti.rules.syntax.verbs import looks_like_participle, verb_group
from ressenti.rules.syntax.voice import causative, let_oneself, participle
from ressenti.rules.triggers import Hit
from ressenti.rules.words import forms_of, load_words

NONE: frozenset[str] = frozenset()
_OWN = {"je": ("me", "m'", "nous"), "tu": ("te", "t'", "vous"), "vous": ("vous",)}
_OWN |= {"j'": _OWN["je"], "nous": _OWN["je"], "on": _OWN["je"]}
"""Clitics that name again, in a clause, who feels."""
_OWN_OF_OTHERS = load_words()["third_person_objects"]
_HE_OR_SHE = load_words()["he_she_they"]
_NEGATIVE = load_words()["common_negation"]
_SECOND = frozenset("tu t' te toi -tu".split())


def holds(s: Sentence, hit: Hit) -> bool:
    """Whether all conditions of the entry hold."""
    return failing(s, hit) is None


def failing(s: Sentence, hit: Hit) -> Condition | None:
    """The first condition of the entry that does not hold, or None."""
    return next((c for c in hit.entry.conditions if _TESTS[c.kind](s, hit, c) != c.wanted), None)


def may_be_held(s: Sentence, hit: Hit) -> bool:
    """Whether no condition of the entry is known to fail, in a sentence that may not be parsed yet."""
    for c in hit.entry.conditions:
        try:
            if _TESTS[c.kind](s, hit, c) != c.wanted:
                return False
        except NotParsed:
            continue
    return True


@cache
def _sequence(text: str) -> list[str]:
    """The words of a value; not to be changed."""
    return text.replace("'", "' ").split()


def _followed(s: Sentence, hit: Hit, c: Condition) -> bool:
    after = s.forms[hit.all[-1] + 1 :]
    return any(after[: len(seq)] == seq for seq in map(_sequence, c.values))


def _preceded(s: Sentence, hit: Hit, c: Condition) -> bool:
    before = s.forms[: hit.all[0]]
    for value in c.values:
        words = _sequence(value)
        if before[-len(words) :] == words:
            return True
        # « valoir la peine » is written in the infinitive and found in every form
        if words[0].endswith(("er", "ir", "re")) and before[-len(words) + 1 :] == words[1:] if len(words) > 1 else False:
            at = len(before) - len(words)
            if at >= 0 and before[at] in _verb_forms(words[0]):
                return True
    return False


@cache
def _verb_forms(lemma: str) -> frozenset[str]:
    try:
        return forms_of(lemma, "VERB", "")
    except DataError:  # a noun that ends like an infinitive
        return frozenset()


@cache
def _forms_of_verbs(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(_verb_forms(v.split()[-1]) for v in values))


def _with_verb(s: Sentence, hit: Hit, c: Condition) -> bool:
    wanted = _forms_of_verbs(c.values)
    if wanted.isdisjoint(s.forms):
        return False
    if (over := governor(s, hit.head, wanted)) and not _of_another(s, over[0], hit):
        return True
    for j in range(hit.all[0] - 1, max(hit.all[0] - 6, -1), -1):
        if s.forms[j] in STOPS or s.forms[j] == ",":
            return False
        if s.forms[j] in wanted and not _of_another(s, j, hit):
            return True
    return False


def _of_another(s: Sentence, verb: int, hit: Hit) -> bool:
    """« je sens qu'il est fragile »: what is felt is a clause, and the word is said of another than who feels."""
    if hit.entry.pos == "NOUN" or s.forms[verb] not in _forms_of_verbs(("sentir", "ressentir")):
        return False  # « je sens que la honte me gagne »
    opens = next((k for k in range(verb + 1, hit.all[0]) if s.is_a(k, "openers_of_what_is_felt")), None)
    if opens is None:
        return False
    said = next((k for k in range(hit.all[-1], opens, -1) if is_verb(s, k) and is_finite(s, k)), None)
    if said is None or verb_group(s, said).relative is not None:
        return False  # « je ne me sens que plus fragile »
    feels, other = subject(s, verb, NONE), subject(s, said, NONE)
    if not feels:
        return False
    own = _OWN.get(s.forms[feels[0]].lstrip("-"), _OWN_OF_OTHERS)
    if any(s.forms[k] in own for k in verb_group(s, said).clitics):
        return False  # « je sens que ça me rend vulnérable »
    return not other or not _may_be_same(s, feels[0], other[0])


def _may_be_same(s: Sentence, one: int, other: int) -> bool:
    """Whether a subject may take up another: « Paul sentait qu'il », « je sens que nous », not « elle sentait qu'il », « que Paul »."""
    form, again = s.forms[one].lstrip("-"), s.forms[other].lstrip("-")
    if one == other:
        return True
    if form in _OWN or again in _OWN:
        return _OWN.get(form) == _OWN.get(again)
    if again not in _HE_OR_SHE:
        return False
    gender = "Masc" if s.is_a(one, "names_m") else "Fem" if s.is_a(one, "names_f") else s.morph(one, "Gender")
    number = "Plur" if again.endswith("s") else "Sing"
    return gender in ("", "Fem" if again.startswith("elle") else "Masc") and s.morph(one, "Number") in ("", number)


def _beside(s: Sentence, hit: Hit, c: Condition) -> bool:
    """Whether one of the words stands anywhere in the sentence: « la peine » where « juge » is said is a sentence of a court."""
    around = [*s.forms[: hit.all[0]], "", *s.forms[hit.all[-1] + 1 :]]
    standing = (seq for seq in map(_sequence, c.values) if seq[0] in around)
    return any(around[k : k + len(seq)] == seq for seq in standing for k in range(len(around)))


def _close(s: Sentence, hit: Hit) -> bool:
    """Whether the object is a pronoun or somebody: « ça m'a détruit », « a détruit ma mère », not « la ville », « les Pays-Bas »."""
    if participle(s, hit.head, NONE) or let_oneself(s, hit.head, NONE):
        found = noun(s, hit.head, NONE) or [k for k in subject(s, hit.head, NONE) if _may_agree(s, hit.head, k)]
    else:
        found = accusative(s, hit.head, NONE) or dative(s, hit.head, NONE) or object_(s, hit.head, NONE)
    clitics = ("accusative_clitics", "dative_clitics", "subject_clitics")
    return any(s.is_a(k, *clitics) or _somebody(s, k) for k in found[:1])


def _may_agree(s: Sentence, participle: int, pronoun: int) -> bool:
    """Whether a participle may be said of whom a pronoun stands for: « il a laissé la tranche, bien emballée » is not."""
    form, who = s.forms[participle], s.forms[pronoun].lstrip("-")
    if who not in _HE_OR_SHE or not looks_like_participle(form):
        return True
    return form.rstrip("s").endswith("e") == who.startswith("elle") and (not who.endswith("s") or form.endswith("s"))


def _somebody(s: Sentence, i: int) -> bool:
    """Whether the word names a human being; a name with an article is a country or a firm (« l'Égypte espère »)."""
    return is_person(s, i) and not (s.pos(i) == "PROPN" and s.is_a(i - 1, "definite_determiners"))


def _object(s: Sentence, hit: Hit, c: Condition) -> bool:
    if c.values[0] == "close":
        return _close(s, hit)
    wanted = c.values[0] == "person"
    if passive := let_oneself(s, hit.head, NONE):
        found = subject(s, passive[0], NONE)
        return not found or is_person(s, found[0]) == wanted
    if participle(s, hit.head, NONE):
        found = noun(s, hit.head, NONE) or subject(s, hit.head, NONE)
        return not found or is_person(s, found[0]) == wanted
    found = accusative(s, hit.head, NONE) or dative(s, hit.head, NONE) or object_(s, hit.head, NONE)
    if not found and not wanted:
        return bool(that(s, hit.head, NONE) or infinitive(s, hit.head, NONE))
    return bool(found) and (is_person(s, found[0]) or s.is_a(found[0], "accusative_clitics", "dative_clitics")) == wanted


def _subject(s: Sentence, hit: Hit, c: Condition) -> bool:
    found = (noun(s, hit.head, NONE) if hit.entry.pos in ("ADJ", "PHRASE") else []) or subject(s, hit.head, NONE)
    if hit.entry.construction == "obj" and (clause := clausal_subject(s, hit.head)) is not None and (not found or clause < found[0]):
        return c.values[0] == "thing"  # « qu'il n'ait rien dit m'a blessée »
    if hit.entry.construction in ("obj", "subj-target", "subj-cause") and (participle(s, hit.head, NONE) or let_oneself(s, hit.head, NONE)):
        return True  # the subject of the active verb is not said
    if not found:  # « calme-toi »: an imperative is said to a person
        return c.values[0] == "person" and (hit.entry.pos != "VERB" or bool(reflexive(s, hit.head, NONE)))
    return _somebody(s, found[0]) == (c.values[0] == "person")


def _negated(s: Sentence, hit: Hit, _: Condition) -> bool:
    before = s.forms[max(hit.all[0] - 3, 0) : hit.all[0]]
    if stops := [k for k, form in enumerate(before) if form in (",", "s'", "si", "qu'", "que") or form in STOPS]:
        before = before[stops[-1] :]  # « je sais pas, il dormait », « je n'entendais pas s'il répondait »
    if not _NEGATIVE.isdisjoint(before):
        return True
    # « mes jambes ne me portaient plus »: of a part of the body the verb is negated
    verbs = [k for k in hit.all if s.pos(k) in ("VERB", "AUX")] if hit.entry.pos == "PHRASE" else []
    return any(negating_words(s, k) for k in (hit.head, *verbs))


def _alone(s: Sentence, hit: Hit, _: Condition) -> bool:
    first, last = hit.all[0], hit.all[-1]
    edges = STOPS | {"-", "–", "—", "(", ")", '"'}
    before = first == 0 or s.forms[first - 1] in edges | {","}
    return before and (
        last + 1 == len(s) or s.forms[last + 1] in edges or (s.forms[last + 1] == "," and s.forms[first - 1 : first] == [","])
    )


def _no_object(s: Sentence, hit: Hit, _: Condition) -> bool:
    found = object_(s, hit.head, NONE)  # « sa voix me manque »: a clitic that may be a dative is no object
    return not found or (hit.entry.construction in ("dative", "event-dative", "subj-dative") and s.is_a(found[0], "dative_clitics"))


def _first_person(s: Sentence, hit: Hit, _: Condition) -> bool:
    found = subject(s, hit.head, NONE)
    return bool(found) and s.forms[found[0]].lstrip("-") in ("je", "j'", "on", "nous", "moi")


def _made_to(s: Sentence, verb: int) -> bool:
    """« ça me fait marrer »: after *faire* the reflexive pronoun is not said."""
    return bool(causative(s, verb, NONE)) and not object_(s, verb, NONE) and not let_oneself(s, verb, NONE)


def _pos(s: Sentence, hit: Hit, c: Condition) -> bool:
    wanted = {v.upper() for v in c.values}
    if s.pos(hit.head) in wanted or ("VERB" in wanted and word_kinds(s, hit.head) == {"VERB"}):
        return True
    # the parser takes « je suis fier » for a verb
    return (
        "ADJ" in wanted
        and "ADJ" in word_kinds(s, hit.head)
        and bool(governor(s, hit.head, s.words["copulas"] | s.words["causative_copulas"]))
    )


_TESTS: dict[str, Callable[[Sentence, Hit, Condition], bool]] = {
    "followed by": _followed,
    "preceded by": _preceded,
    "with verb": _with_verb,
    "beside": _beside,
    "pos": _pos,
    "active": lambda s, hit, c: not participle(s, hit.head, NONE),
    "conditional": lambda s, hit, c: is_conditional(s, verb_group(s, hit.head).finite),
    "object": _object,
    "subject": _subject,
    "negated": _negated,
    "reflexive": lambda s, hit, c: bool(reflexive(s, hit.head, NONE)) or _made_to(s, hit.head),
    "no object": _no_object,
    "first person": _first_person,
    "exclaimed": lambda s, hit, c: (
        s.forms[-1][:1] in ("!", "…") or s.forms[-1].startswith("...") or "!" in s.forms[hit.all[-1] : hit.all[-1] + 4]
    ),
    "alone": _alone,
}


def fits(s: Sentence, hit: Hit) -> bool:
    """Whether the word stands as the entry's part of speech and construction ask."""
    entry, head = hit.entry, hit.head
    if len(hit.all) == 1 and head > 0 and s.texts[head].istitle() and s.forms[head - 1] not in STOPS and s.pos(head) == "PROPN":
        return False  # « la ville de Gênes »
    if entry.pos == "INTJ":
        return "…" in entry.term or hit.all[-1] - hit.all[0] == len(hit.all) - 1  # « on le savait pauvre » is no « le pauvre »
    return _stands_as(s, hit) and in_scene(s, hit)


def _stands_as(s: Sentence, hit: Hit) -> bool:
    """Whether the word that inflects is of the entry's part of speech here, with the clitics and objects of its construction."""
    entry, head = hit.entry, hit.head
    if len(hit.all) > 1 and (entry.pos != "VERB" or " + " in entry.term):
        return True
    if len(hit.all) > 1 and entry.term.startswith("avoir ") and (s.forms[head - 1 : head] == ["y"] or _only_helps(s, hit)):
        return False
    if entry.pos == "VERB" and entry.term.endswith("er") and s.forms[head].endswith("es") and not _spoken_to(s, head):
        return False
    if entry.pos == "PHRASE":
        return True
    pronominal = entry.pos == "VERB" and entry.construction.startswith("pron-")
    if pronominal and not reflexive(s, head, NONE):
        return False
    kinds = word_kinds(s, head)
    if entry.pos != "ADV" and entry.pos not in kinds and not (len(hit.all) > 1 and "VERB" in kinds):
        return False
    if entry.pos == "VERB" and not pronominal:
        if entry.construction in ("obj", "event-obj") and reflexive(s, head, NONE):
            return False
        if entry.construction == "obj" and let_oneself(s, head, NONE):
            return True
        if entry.construction == "obj" and not participle(s, head, NONE) and not object_(s, head, NONE) and not dative(s, head, NONE):
            who = subject(s, head, NONE)  # « je stresse » is not « ça stresse »
            return not (who and is_person(s, who[0])) and is_finite(s, head)
        if entry.construction == "subj-dative":
            return bool(dative(s, head, NONE)) or not s.is_a(head, "auxiliaries")
    return True


def _only_helps(s: Sentence, hit: Hit) -> bool:
    """« il a posé sa main sur le cœur »: *avoir* of the phrase is the auxiliary of another verb, not « il a toujours eu … dans le nez »."""
    inner = (k for k in range(hit.head + 1, hit.all[-1]) if k not in hit.all and s.pos(k) in ("VERB", "AUX"))
    first = next(inner, None)
    between = range(hit.head + 1, first or 0)
    return (
        first is not None
        and s.forms[first] != "eu"
        and looks_like_participle(s.forms[first])
        and all(s.is_a(k, "adverbs", "negators") for k in between)
    )


def _spoken_to(s: Sentence, verb: int) -> bool:
    """« tu chambres », not « deux chambres »: verbs in *-er* end so in the second person, or by a slip (« ça m'énerves »)."""
    if not _SECOND.isdisjoint(s.forms[max(verb - 8, 0) : verb + 3]) or looks_like_participle(s.forms[verb]):
        return True
    return s.is_a(verb - 1, "subject_clitics", "object_clitics") and not s.is_a(verb - 1, "determiners") and s.forms[verb - 1] != "en"

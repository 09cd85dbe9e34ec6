"""From a form to its citation form, checked by inflecting back: masculine singular, singular, infinitive."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator
from functools import lru_cache

from ressenti.ontology.morphology import fold, inflect

# Ending of a form, what may stand in its place; tried in order, and each is inflected to see whether it gives the form.
_NOUN = (("aux", "al"), ("aux", "ail"), ("x", ""), ("s", ""))
_ADJ = (
    ("euses", "eux"), ("euse", "eux"), ("euses", "eur"), ("euse", "eur"), ("ives", "if"), ("ive", "if"), ("trices", "teur"),
    ("trice", "teur"), ("ères", "er"), ("ère", "er"), ("elles", "el"), ("elle", "el"), ("eilles", "eil"), ("eille", "eil"),
    ("ennes", "en"), ("enne", "en"), ("onnes", "on"), ("onne", "on"), ("ettes", "et"), ("ette", "et"), ("ètes", "et"), ("ète", "et"),
    ("ques", "c"), ("que", "c"), ("ouces", "oux"), ("ouce", "oux"), ("ousses", "oux"), ("ousse", "oux"), ("ouses", "oux"),
    ("ouse", "oux"), ("ches", "c"), ("che", "c"), ("olles", "ou"), ("olle", "ou"), ("elles", "eau"), ("elle", "eau"),
    ("asses", "as"), ("asse", "as"), ("osses", "os"), ("osse", "os"), ("isses", "is"), ("isse", "is"), ("aux", "al"),
    ("es", ""), ("e", ""), ("x", ""), ("s", ""),
)  # fmt: skip
_VERB = (
    ("ent", "er"), ("es", "er"), ("e", "er"), ("ait", "er"), ("aient", "er"), ("ant", "er"), ("eant", "er"), ("é", "er"), ("ée", "er"),
    ("és", "er"), ("ées", "er"), ("it", "ir"), ("issent", "ir"), ("issant", "ir"), ("i", "ir"), ("ie", "ir"), ("is", "ir"),
    ("ève", "ever"), ("èvent", "ever"), ("oie", "oyer"), ("uie", "uyer"), ("aie", "ayer"), ("ège", "éger"), ("ète", "éter"),
    ("ère", "érer"), ("ènent", "ener"), ("ène", "ener"), ("èse", "eser"), ("elle", "eler"), ("ette", "eter"), ("çait", "cer"),
    ("çant", "cer"), ("int", "indre"), ("ignent", "indre"), ("ait", "aire"), ("aisent", "aire"), ("aît", "aître"), ("aît", "aire"),
    ("aint", "aindre"), ("aignent", "aindre"), ("eint", "eindre"), ("end", "endre"), ("endent", "endre"), ("ond", "ondre"),
    ("et", "ettre"), ("ettent", "ettre"), ("oit", "oir"), ("eut", "ouvoir"), ("ort", "ordre"), ("ort", "ortir"), ("ent", "entir"),
    ("ient", "enir"), ("orfond", "orfondre"), ("uit", "uire"), ("uisent", "uire"),
)  # fmt: skip
_ENDINGS = {"NOUN": _NOUN, "ADJ": _ADJ, "VERB": _VERB}
_PLURAL = re.compile(r"(?<=[eéèdflnrt])s$")
_FEMININE = re.compile(r".{2,}(?:ée|ie|ue|euse|ouse|[iï]ve|trice|enne|onne|elle|ette|ante|ente|aite|erte|inte|arde|aude)")
_INFINITIVE = re.compile(r"[^\W\d_]+(?:er|ir|ïr|[cdiîptuv]re)")
_REFLEXIVE = re.compile(r"(?:se |s['’])(?=\w)")
_PARTICIPLE = re.compile(r".{2,}(?:é|ée|és|ées|i|(?<![aou])ie|is|(?<![aou])ies|u|ue|us|ues|it|ite|int|inte|ert|erte|ant|ante)")
_OPENING = re.compile(
    r"(?:à|au|aux|en|sans|hors|sur|sous|dans|par|de|comme)\s|d['’](?!accord)"  # à cran, hors de soi, sans voix
)
_ADVERB = re.compile(r".{3,}(?:[éaiuei]ment|amment|emment)")


@lru_cache(1 << 15)
def _forms(lemma: str, pos: str) -> frozenset[str]:
    try:
        return frozenset(fold(form.text) for form in inflect(lemma, pos))
    except ValueError:
        return frozenset()


def _candidates(form: str, pos: str) -> Iterator[str]:
    for ending, replacement in _ENDINGS.get(pos, ()):
        if form.endswith(ending) and len(form) > len(ending):
            yield form[: len(form) - len(ending)] + replacement


def citation(form: str, pos: str, known: Container[str] = ()) -> str:
    """The citation form of one word.

    Args:
        form: As it stands in a text or in a thesaurus.
        pos: ``NOUN``, ``ADJ`` or ``VERB``; others come back as they are.
        known: Words that are citation forms. One of them is preferred; a noun is changed only into one of them (« affres » stays).

    Returns:
        The citation form, or the form itself where none is found.
    """
    form = fold(form)
    if pos == "VERB" and is_infinitive(form):
        return form
    found = [lemma for lemma in dict.fromkeys(_candidates(form, pos)) if lemma != form]
    for lemma in found:
        if lemma in known and form in _forms(lemma, pos):
            return lemma
    if pos == "NOUN" or form in known:
        return form
    if pos == "ADJ":
        form = _PLURAL.sub("", form)
        if not _FEMININE.fullmatch(form):  # « libre » is no feminine of « libr »
            return form
    return next((lemma for lemma in found if form in _forms(lemma, pos)), form)


def is_infinitive(word: str) -> bool:
    """Whether a word has the form of an infinitive, with a clitic before it or not."""
    return _INFINITIVE.fullmatch(re.split("['’]", word)[-1]) is not None


def without_pronoun(term: str) -> str:
    """A verb without its reflexive pronoun: « s'affliger » is « affliger »."""
    return _REFLEXIVE.sub("", term, count=1) if _REFLEXIVE.match(term) else term


def is_phrase(term: str) -> bool:
    """Whether a term of several words is used like an adjective: « à cran », « hors de soi »."""
    return " " in term and _OPENING.match(term) is not None


def possible_pos(term: str, named: Collection[str] = ()) -> frozenset[str]:
    """What parts of speech a term can be.

    Args:
        term: The term.
        named: What a source says. What it calls a verb and is no infinitive is a participle, used as an adjective, or left out.
    """
    if is_phrase(term):
        return frozenset({"PHRASE", *({"ADV"} & set(named))})
    first = term.split()[0] if term.split() else ""
    infinitive = is_infinitive(first)
    if " " in term:
        verbal = term.startswith("se ") or (infinitive and (not named or "VERB" in named))
        return frozenset({"VERB"} if verbal else {"NOUN", "ADJ"} & set(named) or {"NOUN"})
    if without_pronoun(term) != term:
        return frozenset({"VERB"})
    if not named:
        guess = {"ADV", "NOUN"} if _ADVERB.fullmatch(term) else {"NOUN", "ADJ"}  # « tristement », but « apitoiement » too
        return frozenset(guess | ({"VERB"} if infinitive else set()))
    found = set(named)
    if "VERB" in found and not infinitive:
        found.remove("VERB")
        if _PARTICIPLE.fullmatch(term):
            found.add("ADJ")
    return frozenset(found)

"""Which parts of speech a word may have where it stands: by its neighbours first, by the parser next."""

from __future__ import annotations

from ressenti.rules.sentence import Sentence, once_a_sentence
from ressenti.rules.syntax.basics import is_one_of_two, takes_object
from ressenti.rules.syntax.forms import kinds, only_finite
from ressenti.rules.syntax.verbs import looks_like_participle, verb_group
from ressenti.rules.syntax.voice import has_avoir
from ressenti.rules.words import load_words

_ARTICLES_OR_CLITICS = load_words()["definite_determiners"] | {"leur"}
_BEFORE_ADJECTIVES = load_words()["degree_adverbs"] | {"ça", "cela"}


@once_a_sentence
def word_kinds(s: Sentence, i: int) -> frozenset[str]:
    """Parts of speech that the word at ``i`` may have here, by its neighbours first, by the parser next."""
    if s.forms[i] == "fier" and not s.is_a(i - 1, "reflexive_clitics"):
        return frozenset({"ADJ"})  # « senti fier »: the verb is reflexive
    if i > 1 and s.forms[i - 1].startswith("rend") and s.is_a(i - 2, "object_clitics", "auxiliaries"):
        return frozenset({"ADJ", "NOUN"})  # « me rendait jalouse »
    if _infinitive_or_gerund(s, i):
        return frozenset({"VERB", "NOUN"})
    if _determines(s, i - 1) or _article_after_preposition(s, i):  # « une chambre », « de la chambre »: told without the parse
        return frozenset({"NOUN", "ADJ"})
    if _names_what_one_has(s, i):
        return frozenset({"NOUN", "ADJ"})
    if _compared(s, i):
        return frozenset({"ADJ", "VERB"})
    group = verb_group(s, i)
    before = i - 1
    while before >= 0 and not s.is_a(before, "determiners", "auxiliaries") and s.pos(before) == "ADJ":
        before -= 1
    if only_finite(s.forms[i]) and (i - 1 in group.clitics or takes_object(s, i)):
        return frozenset({"VERB"})
    if _determines(s, before):
        return frozenset({"NOUN", "ADJ"})
    if (
        before == i - 1
        and before >= 0
        and s.forms[before] in _ARTICLES_OR_CLITICS
        and not is_one_of_two(s, before)
        and s.pos(i) in ("NOUN", "ADJ")
        and group.subject is None
    ):
        return frozenset({"NOUN", "ADJ"})
    if before == i - 1 and before >= 0 and s.forms[before] in ("de", "d'", "par", "avec") and looks_like_participle(s.forms[i]):
        return frozenset({"NOUN"}) if s.pos(i) == "NOUN" else frozenset({"NOUN", "ADJ", "VERB"})  # « il n'y a pas eu de surprise »
    if i > 0 and s.forms[i - 1] in _BEFORE_ADJECTIVES and s.pos(i) in ("ADJ", "VERB", "AUX") and not kinds(s.forms[i]):
        return frozenset({"ADJ", "NOUN"})  # « est-ce vraiment dangereux ? », « je trouve ça extraordinaire »: no verb has such a form
    if group.auxiliaries:
        active_past = has_avoir(s, group)  # « ça m'a touchée »: never the adjective
        if not looks_like_participle(s.forms[i]):
            return frozenset({"NOUN", "ADJ", "ADV"})
        if active_past and group.clitics and "participle" in kinds(s.forms[i]):
            return frozenset({"VERB"})  # « ça l'a surprise »
        return frozenset({"VERB", "NOUN"} if active_past else {"VERB", "ADJ", "NOUN"} if s.pos(i) == "NOUN" else {"VERB", "ADJ"})
    if i > 0 and s.forms[i - 1] == "très":
        named = {"ADJ", "NOUN", "ADV"}  # « elle est elle aussi très inquiète »: a finite verb has no degree
        return frozenset(named | {"VERB"} if looks_like_participle(s.forms[i]) else named)
    if (group.subject is not None and group.subject < i) or [
        c for c in group.clitics if s.forms[c] not in _ARTICLES_OR_CLITICS and s.forms[c] != "en"
    ]:
        return frozenset({"VERB"})
    tag = s.pos(i)
    if tag in ("VERB", "AUX"):
        if s.morph(i, "VerbForm") == "Part" and (looks_like_participle(s.forms[i]) or "ant" in s.forms[i]):
            return frozenset({"VERB", "ADJ"})
        return frozenset({"VERB"}) if s.morph(i, "VerbForm") == "Inf" else frozenset({"VERB", "ADJ", "NOUN"})
    if tag == "ADJ":
        return frozenset({"ADJ", "VERB", "NOUN"})
    if tag in ("NOUN", "PROPN"):
        return (
            frozenset({"NOUN", "ADJ", "VERB"})
            if before == i - 1 and (not s.is_a(before, "prepositions", "determiners") or is_one_of_two(s, before))
            else frozenset({"NOUN", "ADJ"})
        )
    return frozenset({"NOUN", "ADJ", "VERB", "ADV"})


def _determines(s: Sentence, i: int) -> bool:
    """Whether a word is a determiner and can be nothing else."""
    return (
        s.is_a(i, "determiners") and not is_one_of_two(s, i) and not s.is_a(i, "object_clitics", "all") and s.forms[i] not in ("de", "d'")
    )


def _article_after_preposition(s: Sentence, i: int) -> bool:
    """« de la chambre », not « de la voir »: after a preposition « la » is an article where what follows could be a finite verb only."""
    return i > 1 and s.is_a(i - 2, "only_prepositions") and s.forms[i - 1] in _ARTICLES_OR_CLITICS and only_finite(s.forms[i])


def _infinitive_or_gerund(s: Sentence, i: int) -> bool:
    """« s'est mis à rire », « fini par rire », « en rigolant »: verbs by their ending after a bare preposition, nouns to the parser."""
    form, before = s.forms[i], s.forms[i - 1] if i else ""
    if before == "en":
        return form.endswith("ant")
    return s.is_a(i - 1, "before_infinitives") and form.endswith(("er", "ir", "re"))


def _names_what_one_has(s: Sentence, i: int) -> bool:
    """« il n'en a pas envie », « ça donne envie »: after *avoir*, *donner* and *faire* no verb is finite."""
    if not only_finite(s.forms[i]) or s.pos(i) == "VERB":
        return False
    j = i - 1
    while j >= 0 and (s.pos(j) == "ADV" or s.forms[j] in _BEFORE_ADJECTIVES):
        j -= 1
    return s.is_a(j, "giving")


def _compared(s: Sentence, i: int) -> bool:
    """« plus effrayée que | surprise », « moins fâché que | surpris »: beside another adjective no noun."""
    if s.forms[i - 1 : i] not in (["que"], ["qu'"]) or not looks_like_participle(s.forms[i]):
        return False
    degree = next((k for k in range(i - 2, max(i - 5, -1), -1) if s.forms[k] in ("plus", "moins", "aussi", "plutôt", "davantage")), None)
    return degree is not None and degree + 1 < i - 1 and s.pos(i - 2) in ("ADJ", "VERB")

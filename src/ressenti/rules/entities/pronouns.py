"""Pronouns that speak of nobody: impersonal « il », « le » for what is said, « on » for anybody; and the narrator's gender."""

from __future__ import annotations

from collections.abc import Collection

from ressenti.rules.entities.people import People
from ressenti.rules.entities.stream import Stream
from ressenti.rules.syntax.verbs import looks_like_infinitive
from ressenti.rules.words import load_words

_WORDS = load_words()
_LEFT_OUT = _WORDS["skipped_after_pronouns"]
_CLAUSES = _WORDS["starts_of_clauses"]
_OBJECTS = frozenset("me m' moi nous".split())
_FIRST = _WORDS["first_person_of_be"]
_HAD_BEEN = _WORDS["first_person_of_have"]
"""What « été » stands after where the narrator tells of herself or himself."""
_OF_JE = _WORDS["between_je_and_verb"]
_TELLING = _FIRST | {"m'", "me", "été"}
_HAVE, _COMMON_AUXILIARIES = _WORDS["have"], _WORDS["common_auxiliaries"]
_FEMININE_PARTICIPLE = ("ée", "ie", "ue", "ise", "uite", "aite", "inte")
_FEMININE = (*_FEMININE_PARTICIPLE, "nte", "euse", "ive")
"""Endings that no masculine participle or adjective has; those in -ite, -ère, -elle may be either (« hypocrite, sincère, rebelle »)."""
_ASIDE = [phrase.replace("'", "' ").split() for phrase in _WORDS["adverbials_before_agreement"]]
_ADVERBS = _WORDS["adverbs_before_agreement"]


def following(row: Stream, k: int, n: int) -> list[str]:
    """The forms of the next words of the sentence, clitics and negation left out."""
    found: list[str] = []
    j = k + 1
    while len(found) < n and row.same_sentence(k, j):
        if row.forms[j] not in _LEFT_OUT or row.inverted[j]:
            found.append(row.forms[j])
        j += 1
    return found


def is_impersonal(row: Stream, people: People, k: int) -> bool:
    """« il y a », « il faut », « il fait froid », « s'il vous plaît »."""
    if row.forms[k] != "il":
        return False
    if row.inverted[k]:  # « y a-t-il », « faut-il », « s'agit-il »
        verb = k - 2 if row.form(k - 1) == "t" else k - 1
        return row.form(verb) in ("faut", "fallait", "suffit", "agit", "pleut") or row.form(verb - 1) in ("y", "n'y")
    after = following(row, k, 3)
    return any(tuple(after[:n]) in people.impersonal for n in (1, 2, 3)) or [row.form(j) for j in (k + 1, k + 2)] in (
        ["vous", "plaît"],
        ["te", "plaît"],
    )


def is_neuter(row: Stream, people: People, k: int) -> bool:
    """« je le sais », « je l'ai dit », « tu le redemandes »: what is known or said."""
    if row.forms[k] not in ("le", "l'"):
        return False
    after = following(row, k, 3)
    auxiliary = after[:1] and after[0] in _COMMON_AUXILIARIES
    verb = next((form for form in after[1 if auxiliary else 0 :] if form not in _ADVERBS), "")
    return verb in people.neuter


def is_nobody(row: Stream, people: People, k: int) -> bool:
    """Whether « on » is nobody in particular, or others than the narrator: « on m'a dit », « on a frappé », « comme on dit »."""
    j = k + 1
    while row.same_sentence(k, j) and row.forms[j] in _LEFT_OUT:
        if row.forms[j] in _OBJECTS:
            return True
        j += 1
    if row.form(k - 1) in ("l'", "comme") or _acts_on_me(row, j):
        return True
    after = following(row, k, 3)
    return any(tuple(after[:n]) in people.indefinite_on for n in (1, 2, 3))


def _acts_on_me(row: Stream, verb: int) -> bool:
    """« on veut me mettre dehors », « on a décidé de m'écarter »: its object is the narrator, not « on doit nous aider »."""
    for j in range(verb + 1, verb + 5):
        if not row.same_sentence(verb, j) or row.is_mark(j) or row.form(j) in _CLAUSES:
            return False
        if row.form(j) in ("me", "m'"):
            return looks_like_infinitive(row.form(j + 1))
    return False


def narrator_gender(row: Stream, speech: Collection[int]) -> str:
    """``m`` or ``f`` by the agreement of what the narrator says of herself or himself (« je suis contente »), empty where nothing tells."""
    votes = {"m": 0, "f": 0}
    for k, form in enumerate(row.forms):
        if form not in _TELLING or k in speech:
            continue
        if _of_narrator(row, k):
            j = _past_adverbs(row, k + 1)
            gender = _gender(row, j) if row.same_sentence(k, j) else ""
            if gender:
                votes[gender] += 1
        elif form in ("m'", "me") and row.form(k + 1) in _HAVE:
            j = _past_adverbs(row, k + 2)
            # That it does not agree tells nothing: many leave the agreement out
            if row.same_sentence(k, j) and row.form(j).endswith(_FEMININE_PARTICIPLE):
                votes["f"] += 1
    if votes["f"] == votes["m"]:
        return ""
    return "f" if votes["f"] > votes["m"] else "m"


def _of_narrator(row: Stream, k: int) -> bool:
    """Whether what comes after agrees with « je »: « je suis », « j'ai été », « m'être »."""
    form = row.form(k)
    if form == "été":
        j = k - 1
        while row.form(j) in _ADVERBS:
            j -= 1
        return row.form(j) in _HAD_BEEN and row.form(j - 1) in _OF_JE
    if form in _FIRST:
        return row.form(k - 1) in _OF_JE
    return form in ("m'", "me") and row.form(k + 1) == "être"


def _past_adverbs(row: Stream, k: int) -> int:
    """The first word from there on that is no adverb."""
    while True:
        aside = next((len(words) for words in _ASIDE if all(row.form(k + n) == word for n, word in enumerate(words))), 0)
        if aside:
            k += aside
        elif row.form(k) in _ADVERBS or row.form(k) in ("être", "presque", "beaucoup") or row.form(k).endswith("ement"):
            k += 1
        else:
            return k


def _gender(row: Stream, k: int) -> str:
    form = row.form(k)
    if form.endswith(_FEMININE) or (form == "la" and row.form(k + 1) in ("plus", "moins", "seule", "première", "dernière")):
        return "f"
    if form.endswith("é"):
        return "m"
    if row.pos(k) in ("ADJ", "VERB"):
        s, i = row.at(k)
        if s.morph(i, "Number") != "Plur":
            morph = {"Masc": "m", "Fem": "f"}.get(s.morph(i, "Gender"), "")
            if morph == "f" and not form.endswith("e"):
                return ""
            return morph
    return ""

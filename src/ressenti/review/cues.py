"""What a cue is as a term of the vocabulary, and in which construction it stands: by the parser, in its sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ressenti.evaluation.matching import overlap
from ressenti.ontology.morphology import fold, inflect
from ressenti.ontology.vocabulary import POS
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read, sentences
from ressenti.schema import Span
from ressenti.vocab_builder.sources.citation import citation

if TYPE_CHECKING:
    from spacy.language import Language

LIGHT = "avoir être faire rendre mettre prendre donner sentir ressentir éprouver devenir rester sembler paraître tomber".split()
"""Verbs that a construction names; any other one is « a verb »."""
IRREGULAR = """
    dire redire interdire voir revoir savoir vouloir pouvoir devoir valoir falloir aller venir revenir devenir tenir retenir
    obtenir soutenir convenir prendre apprendre comprendre surprendre reprendre rendre attendre entendre perdre répondre descendre
    défendre dormir partir sortir servir sentir mentir courir mourir ouvrir offrir souffrir couvrir découvrir cueillir accueillir
    fuir rire sourire lire écrire décrire vivre survivre suivre poursuivre boire croire recevoir décevoir apercevoir asseoir
    connaître reconnaître paraître disparaître naître plaire taire faire défaire satisfaire mettre remettre promettre permettre
    battre craindre plaindre éteindre peindre rejoindre conduire construire détruire envoyer jeter appeler rappeler acheter lever
    finir choisir réussir grandir vomir
""".split()
"""Frequent verbs of which an ending does not tell the infinitive."""
_PAST = re.compile(r"(.{2,})(?:ais|ait|aient|ions|ai|as|a|âmes|èrent)")
"""Endings of the imperfect and the simple past; most verbs are of the first group."""
_BEFORE = ("determiners", "subject_clitics", "object_clitics", "negators")
_CONTENT = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV", "INTJ"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in its sentence.

    Attributes:
        term: In citation form, as in the vocabulary; empty where it holds a name, or no word.
        pos: One of the vocabulary's parts of speech.
        construction: What its head is and what it hangs on: « NOUN, obj of avoir », « ADJ with être, negated ».
        sentence: Where its sentence stands in the text.
    """

    term: str
    pos: str
    construction: str
    sentence: Span


class Cues:
    """Looks cues up in their sentences.

    Args:
        nlp: The parser.
        known: Terms in citation form, such as those of the vocabulary.
    """

    def __init__(self, nlp: Language, known: Collection[str]) -> None:
        self._nlp, self._known = nlp, known

    def of(self, text: str, cues: Sequence[Sequence[Span]]) -> Iterator[Cue | None]:
        """What the cues of a text are, in order; None where the pieces of one stand in no sentence.

        Args:
            text: The account.
            cues: The pieces of each.
        """
        reading = read(text)
        spans = list(sentences(reading.text))
        original = [reading.original(*span) for span in spans]
        parsed: dict[int, Sentence] = {}
        for pieces in cues:
            number = next((n for n, span in enumerate(original) if overlap(pieces, [span])), None)
            if number is None:
                yield None
                continue
            if number not in parsed:
                start, end = spans[number]
                parsed[number] = Sentence([*self._nlp(reading.text[start:end])], start)
            s = parsed[number]
            inside = [i for i in range(len(s)) if overlap(pieces, [reading.original(*s.span(i, i))])]
            yield self._cue(s, inside, original[number])

    def _cue(self, s: Sentence, inside: list[int], span: Span) -> Cue | None:
        words = [i for i in inside if any(char.isalpha() for char in s.forms[i])]
        if not words:
            return None
        named = any(s.pos(i) == "PROPN" and s.texts[i][:1].isupper() for i in words)
        while len(words) > 1 and s.is_a(words[0], *_BEFORE) and s.pos(words[0]) not in ("NOUN", "VERB", "AUX"):
            words.pop(0)
        head = next((i for i in words if s.head(i) == i or s.head(i) not in words), words[0])
        if _pos(s, head) not in _CONTENT:
            head = next((i for i in words if s.pos(i) in _CONTENT), head)
        pos = _pos(s, head)
        term = "" if named else self._term(s, words, head, pos)
        if len(words) > 1 and s.pos(words[0]) == "ADP":
            pos = "PHRASE"
        return Cue(term, pos if pos in POS else "PHRASE", _construction(s, head, pos), span)

    def _term(self, s: Sentence, words: Sequence[int], head: int, pos: str) -> str:
        own = self._infinitive(s.forms[head]) if pos == "VERB" else citation(s.forms[head], pos, self._known)
        forms = [own if i == head else s.forms[i] for i in words]
        if len(words) > 1 and pos != "VERB":  # « boule au ventre »: only a word by itself is cited without its ending
            forms = [s.forms[i] for i in words]
        return " ".join(forms).replace("' ", "'")

    def _infinitive(self, form: str) -> str:
        """Of a verb: as a frequent one has it, as the vocabulary has it, as the first group would, or as its ending lets guess."""
        if verb := _forms().get(form) or _verbs().get(form):
            return verb
        found = citation(form, "VERB", self._known)
        past = _PAST.fullmatch(form)
        return f"{past[1]}er" if past and found not in self._known else found


def _pos(s: Sentence, i: int) -> str:
    pos = s.pos(i)
    if pos == "AUX":
        return "VERB"
    if pos == "PROPN" and s.texts[i][:1].islower():
        return "NOUN"  # no name begins with a small letter
    helpers = {_light(s, c) for c in s.children(i) if s.dep(c) in ("aux", "cop")}
    if pos == "VERB" and "avoir" not in helpers and (s.morph(i, "VerbForm") == "Part" or "être" in helpers):
        return "ADJ"  # « je suis déçue »; « je suis vénère », which the parser takes for a verb
    return pos


def _construction(s: Sentence, i: int, pos: str) -> str:
    """How the head of a cue stands, in a few words and none of the account."""
    said, children = pos, s.children(i)
    copula = next((c for c in children if s.dep(c) in ("cop", "aux")), None)
    head = s.head(i)
    if copula is not None:
        said += f" with {_light(s, copula)}"
    elif head != i and s.pos(head) in ("VERB", "AUX"):
        said += f", {s.dep(i)} of {_light(s, head)}"
    elif head != i:
        said += f", {s.dep(i)} of a {s.pos(head).lower()}"
    if pos == "VERB":
        if any(c < i and s.is_a(c, "object_clitics") for c in children):
            said += ", with a clitic"
        if any(s.dep(c) == "obj" and not s.is_a(c, "object_clitics") for c in children):
            said += ", with an object"
    around = {*children, *(s.children(head) if head != i else ())}
    if any(s.forms[c] in ("ne", "n'") or (s.is_a(c, "negators") and s.dep(c) == "advmod") for c in around):
        said += ", negated"
    return said


def _light(s: Sentence, i: int) -> str:
    return _forms().get(s.forms[i].replace("'", ""), "a verb")


@cache
def _forms() -> Mapping[str, str]:
    """The forms of light verbs; the parser gives no lemmas here. What two of them share is the first one's."""
    return {fold(form.text): lemma for lemma in reversed(LIGHT) for form in inflect(lemma, "VERB")}


@cache
def _verbs() -> Mapping[str, str]:
    """The same of other frequent verbs."""
    return {fold(form.text): lemma for lemma in reversed(IRREGULAR) for form in inflect(lemma, "VERB")}

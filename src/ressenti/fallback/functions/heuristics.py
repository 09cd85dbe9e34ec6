"""Labelling functions that look at the form of a sentence and at its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ressenti.fallback.functions.function import Function
from ressenti.fallback.functions.lists import has_person
from ressenti.fallback.functions.seen import Seen
from ressenti.fallback.labels import EMOTION, MODE
from ressenti.fallback.passages import Passage
from ressenti.fallback.votes import NO, YES, LabelVote
from ressenti.rules.text import read

DISPLAYED = MODE + "displayed"
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}", re.I)
_ROMAN = re.compile(r"\b[IVXLCM]+\b")
_REPEATED = re.compile(r" ([^\W\d_]{2,}) (?:, )?(?:(?:et|!) )?\1 ")
_PLAIN_REPEATS = frozenset("nous vous et de la le les un une".split())
_EXCLAMATIVE = re.compile(
    r"""(?: ^ | [.!?…«“:,;–—-] \s? | \b(?:mais|et|oh|ah) \s )
    (?: quel(?:le)?s? \s (?!que) | combien \s | ce \s qu(?:e|')
      | (?<! ,\s) qu(?:e\s|') | (?<! ,\s) comme \s (?:c'|il|elle|je|j'|tu|on|vous|nous|ce|cette|le|la|les)\b )
    [^?]* !""",
    re.I | re.X,
)
_MIXED = re.compile(r"\?\s?!|!\s?\?|!\s?!|\?\s?\?")
_NUMBER = re.compile(r"\d")
_SPEECH = re.compile(r"^\s*[–—-]\s|^\s*[«“\"]")
_FEW = 6


def exclaimed(seen: Seen) -> Iterator[LabelVote]:
    """A sentence with an exclamation mark shows that something is felt."""
    if "!" in seen.passage.text:
        yield EMOTION, YES
        yield DISPLAYED, YES


def exclaimed_fact(seen: Seen) -> Iterator[LabelVote]:
    """A fact told with an exclamation mark (« dix-sept fois plus grand ! ») surprises who tells it; a line of a dialogue may not."""
    if (
        "!" in seen.passage.text
        and not _SPEECH.match(seen.passage.text)
        and len(seen.words) > _FEW
        and "je" not in seen.bag
        and "j'" not in seen.bag
    ):
        yield "surprise", YES
        yield DISPLAYED, YES


def not_exclaimed(seen: Seen) -> Iterator[LabelVote]:
    """Without « ! », « … » or « ? » an utterance seldom shows a feeling by its form."""
    if not re.search(r"[!?…]|\.{2,}", seen.passage.text):
        yield DISPLAYED, NO


def exclamative(seen: Seen) -> Iterator[LabelVote]:
    """« Quelle chance ! », « Comme il est beau ! », « Que d'efforts ! »."""
    if _EXCLAMATIVE.search(read(seen.passage.text).text):
        yield EMOTION, YES
        yield DISPLAYED, YES


def mixed_marks(seen: Seen) -> Iterator[LabelVote]:
    """« ?! », « !!! », « ?? »: marks that pile up."""
    if _MIXED.search(seen.passage.text):
        yield EMOTION, YES
        yield DISPLAYED, YES


def drawn_out(seen: Seen) -> Iterator[LabelVote]:
    """« nooon », « Frrr », « jamais, jamais »: letters drawn out, or a word said again."""
    text = _ROMAN.sub("", seen.passage.text)
    repeated = _REPEATED.search(seen.line)
    if (_LENGTHENED.search(text) and "www" not in text.lower()) or (repeated and repeated[1] not in _PLAIN_REPEATS):
        yield EMOTION, YES
        yield DISPLAYED, YES


def trailing(seen: Seen) -> Iterator[LabelVote]:
    """A sentence that breaks off (« Si j'avais su… ») may show a feeling; a list that ends in « … » does not."""
    if re.search(r"(?:…|\.{3})\s*[»”\"]?\s*$", seen.passage.text) and seen.words.count(",") < 2 and has_person(seen):
        yield EMOTION, YES
        yield DISPLAYED, YES


def question_to_oneself(seen: Seen) -> Iterator[LabelVote]:
    """« Mais pourquoi moi ? », « Comment ça ? », « Qu'est-ce qui me prend ? »: a question that shows a feeling."""
    if "?" in seen.passage.text and seen.has((), _ASKED):
        yield EMOTION, YES
        yield DISPLAYED, YES


_ASKED = (
    "mais pourquoi", "mais qu'", "mais qui", "mais que", "mais comment", "mais où", "comment ça", "et alors", "pourquoi moi", "à quoi bon",
    "qu' est-ce qui me", "comment oses-tu", "comment osez", "n' est-ce pas", "hein", "et puis quoi encore", "de quel droit",
)  # fmt: skip


def facts(seen: Seen) -> Iterator[LabelVote]:
    """Numbers or dates, nobody, no exclamation: a fact."""
    if _NUMBER.search(seen.passage.text) and not re.search("[!…]", seen.passage.text) and not has_person(seen):
        yield EMOTION, NO


def plain_question(seen: Seen) -> Iterator[LabelVote]:
    """A question about things, without « ! » and without a first or second person, asks for knowledge."""
    text = seen.passage.text
    if text.rstrip().endswith("?") and "!" not in text and not seen.has(_FIRST_OR_SECOND):
        yield EMOTION, NO


_FIRST_OR_SECOND = frozenset("je j' me m' moi mon ma mes tu te t' toi ton ta tes".split())


def heading(seen: Seen) -> Iterator[LabelVote]:
    """A few words without a stop and without anybody: a title."""
    if len(seen.words) <= _FEW and not re.search(r"[.!?…]\s*[»”\"]?\s*$", seen.passage.text) and not has_person(seen):
        yield EMOTION, NO


def nobody(seen: Seen) -> Iterator[LabelVote]:
    """No person and nobody named, no exclamation: things among themselves."""
    text = seen.passage.text
    named = any(word[:1].isupper() for word in text.split()[1:])
    if not named and "!" not in text and not has_person(seen):
        yield EMOTION, NO


def told_by_i(seen: Seen) -> Iterator[LabelVote]:
    """Somebody speaks of himself and exclaims, breaks off or judges."""
    if seen.has(_FIRST) and re.search("[!…]", seen.passage.text):
        yield EMOTION, YES


_FIRST = frozenset("je j' me m' moi mon ma mes".split())


def named_beside(seen: Seen) -> Iterator[LabelVote]:
    """The rules name an emotion in the sentence before or after, and both speak of somebody: it may go on."""
    if has_person(seen):
        for passage in seen.neighbours:
            for mention in _sure(passage):
                yield mention, YES


def calm_beside(seen: Seen) -> Iterator[LabelVote]:
    """Nothing was found before or after."""
    if len(seen.neighbours) == 2 and not any(passage.mentions or "!" in passage.text for passage in seen.neighbours):
        yield EMOTION, NO


def _sure(passage: Passage) -> set[str]:
    return {
        m.primary for m in passage.mentions if m.status == "affirmed" and m.mode in ("labelled", "behavioural") and m.confidence >= _SURE
    }


_SURE = 0.8


_TRUST = {
    exclaimed: "fair", exclaimed_fact: "hint", not_exclaimed: "strong", exclamative: "good", mixed_marks: "good", drawn_out: "fair",
    trailing: "weak", question_to_oneself: "weak", facts: "weak", plain_question: "weak", heading: "fair", nobody: "weak",
    told_by_i: "fair", named_beside: "hint", calm_beside: "hint",
}  # fmt: skip


def heuristic_functions() -> Iterator[Function]:
    """The functions of this file; their names are those of the code, with hyphens, and their docstrings say what they look at."""
    for function, trust in _TRUST.items():
        yield Function(function.__name__.replace("_", "-"), (function.__doc__ or "").strip(), function, trust)

"""Which French words are known to the corrector, what they are, and which of them a writing without accents or apostrophe may stand for.

Known are all forms of the vocabulary's words, of ``rules/fr/words.yaml`` and of ``rules/fr/spelling/words.yaml``. ``friends.txt`` lists the
French words beyond these that look like one of them with its accents, its apostrophe or a letter lost: they are right as they stand.
Several word lists of French were asked for it (``benchmarks/spelling_friends.py``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from ressenti.ontology.morphology import fold, inflect, without_accents
from ressenti.ontology.tables import read_text
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.words import read_classes
from ressenti.rules.yaml_lines import Map, read_yaml

FOLDER = Path(__file__).parent.parent / "fr" / "spelling"
LONG = 7
"""Letters from which on a word may be recognised with one of them wrong."""

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAGGED = re.compile(r"([^\s|\[\]/]+)/([NVA])")
_MARKS = {"N": "NOUN", "V": "VERB", "A": "ADJ"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_NO_CEDILLA = re.compile("ç[eéèêiy]")  # a slip that a vocabulary lists as such
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1+")
_REFORMED = str.maketrans("îû", "iu")
_SECTIONS = {"nouns": "NOUN", "verbs": "VERB", "adjectives": "ADJ"}


@cache
def plain(word: str) -> str:
    """A word without its accents and ligatures: « dégoût » gives « degout »."""
    if word.isascii():
        return word
    return without_accents(word.translate(_LIGATURES))


def sound(word: str) -> str:
    """What a word sounds like, roughly: double letters once, and one letter for each sound that French spells in several ways.

    Args:
        word: Without accents, see :func:`plain`.
    """
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


_SOUNDS = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"(.)\1+", r"\1"), (r"ph", "f"), (r"eau|au", "o"), (r"ei|ai(?!n|m)", "e"),
        (r"qu|c(?=[aoulrt])|k", "k"), (r"sc(?=[eiy])|c(?=[eiy])", "s"), (r"(?<=.)h", ""), (r"y", "i"),
        (r"(?:ein|ain|aim|im|in|i[nm])(?![aeiouy])", "i~"), (r"(?:en|em|an|am)(?![aeiouy])", "a~"), (r"g(?=[ei])", "j"),
        (r"je(?=[ao])", "j"),
    )
]  # fmt: skip


class Lexicon:
    """The words that the corrector knows.

    Args:
        entries: The vocabulary; its words alone are recognised with a letter wrong.
        slips: Writings that are never right, though a word class of the rules has them.

    Attributes:
        kinds: Form to what it is: ``noun``, ``adjective``, ``infinitive``, ``finite``, ``past`` (the past historic), ``gerund``,
            ``participle`` (masculine singular), ``participle-agreeing``, ``word``.
        friends: French words that are right as they stand, beyond those of ``kinds``.
        accented: Writing without accents to the forms that have some.
        telling: Forms of the vocabulary's words that name an emotion or an act that shows it, but for those of the past historic.
    """

    def __init__(self, entries: Iterable[Entry], slips: Iterable[str] = ()) -> None:
        kinds: dict[str, frozenset[str]] = {}
        telling: set[str] = set()
        entries = list(entries)
        named = set(_citations(entry for entry in entries if entry.mode in ("labelled", "behavioural")))
        for lemma, pos in dict.fromkeys(_citations(entries)):
            forms = _add(kinds, lemma, pos)
            if (lemma, pos) in named:
                telling.update(forms)
        for file in (FOLDER / "words.yaml", FOLDER.parent / "words.yaml"):
            data = read_yaml(file)
            assert isinstance(data, Map)
            for section, content in data.items():
                inflected = _SECTIONS.get(section)
                if inflected is None:
                    for _, members in read_classes(file, Map([(section, content)], 1)):
                        for form in members:
                            if _LETTERS.fullmatch(form) or form.endswith("'"):
                                kinds[form] = _and(kinds.get(form), "word")
                    continue
                for cited in content.values():
                    for citation in cited:
                        if not citation.startswith("="):
                            _add(kinds, fold(citation), inflected)
        for entry in entries:
            if entry.pos not in ("NOUN", "ADJ", "VERB") and _LETTERS.fullmatch(entry.term):
                form = fold(entry.term)
                kinds[form] = _and(kinds.get(form), "word")
        for writing in slips:
            kinds.pop(writing, None)
        self.kinds = kinds
        self.friends = load_friends() - set(self.kinds)
        accented: dict[str, list[str]] = defaultdict(list)
        for form in self.kinds:
            if not form.isascii() and not _NO_CEDILLA.search(form):
                accented[plain(form)].append(form)
        self.accented = {key: tuple(_without_reformed(forms)) for key, forms in accented.items()}
        self.telling = frozenset([form for form in telling if kinds.get(form, _PAST) - _PAST])
        self._by_doubles: dict[str, list[str]] | None = None
        self._by_sound: dict[str, list[str]] | None = None
        self._by_loss: dict[str, list[str]] | None = None

    def __contains__(self, form: object) -> bool:
        return form in self.kinds or form in self.friends

    def is_a(self, form: str, *kinds: str) -> bool:
        """Whether a form is one of these kinds of word."""
        return not self.kinds.get(form, frozenset()).isdisjoint(kinds)

    def doubled(self, word: str) -> Sequence[str]:
        """Forms that differ from a word only in letters that are double in one of the two."""
        if self._by_doubles is None:
            self._by_doubles = defaultdict(list)
            for form, kinds in self.kinds.items():
                if len(form) > 3 and kinds - {"past"}:
                    self._by_doubles[_single(plain(form))].append(form)
        return self._by_doubles.get(_single(plain(word)), ())

    def sounding(self, word: str) -> Sequence[str]:
        """Forms of the vocabulary that sound like a word."""
        if self._by_sound is None:
            self._by_sound = defaultdict(list)
            for form in self.telling:
                if len(form) >= LONG - 1:
                    self._by_sound[sound(plain(form))].append(form)
        return self._by_sound.get(sound(plain(word)), ())

    def one_off(self, word: str) -> Sequence[str]:
        """Long forms of the vocabulary from which a word differs by one letter lost, added or changed, or two that changed places."""
        if self._by_loss is None:
            self._by_loss = defaultdict(list)
            for form in self.telling:
                if len(form) >= LONG and not self.kinds[form] <= {"finite", "past", "infinitive"}:
                    for key in losses(plain(form)):
                        self._by_loss[key].append(form)
        bare = plain(word)
        found = {form for key in losses(bare) for form in self._by_loss.get(key, ()) if bare[:1] == form[:1] or bare[:1] == plain(form)[:1]}
        return [form for form in found if one_edit(bare, plain(form))]


def _single(word: str) -> str:
    return _DOUBLE.sub(r"\1", word)


def _without_reformed(forms: Sequence[str]) -> Iterator[str]:
    """Forms without those that only lack the circumflex that the reform of 1990 drops."""
    for form in forms:
        if not any(other != form and other.translate(_REFORMED) == form for other in forms):
            yield form


def losses(word: str) -> Iterator[str]:
    """A word, and what is left of it when one letter is lost."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def one_edit(a: str, b: str) -> bool:
    """Whether one letter lost, added or changed, or two neighbours swapped, makes one word of the other."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    i = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return len(b) - len(a) == 1 and a[i:] == b[i + 1 :]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])


def _citations(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Words of a vocabulary that inflect, with their part of speech."""
    for entry in entries:
        for match in _TAGGED.finditer(entry.term):
            yield fold(match[1]), _MARKS[match[2]]
        first = entry.term.split()[0]
        if entry.pos == "VERB" and "/" not in first:
            for verb in first.split("|"):
                verb = re.sub(r"^(?:s')|[\[\]]", "", fold(verb))
                if verb.endswith(("er", "ir", "re")):
                    yield verb, "VERB"
        elif entry.pos in ("NOUN", "ADJ") and _LETTERS.fullmatch(entry.term):
            yield fold(entry.term), entry.pos


_PAST = frozenset({"past"})


@cache
def _and(known: frozenset[str] | None, kind: str) -> frozenset[str]:
    """What a form is, with one kind more; the many forms that are the same share one set."""
    return frozenset({kind}) if known is None else known | {kind}


def _add(kinds: dict[str, frozenset[str]], lemma: str, pos: str) -> list[str]:
    """Note all forms of a word and give them back."""
    try:
        forms = inflect(lemma, pos)
    except ValueError:  # a word that has no forms of its own
        kinds[lemma] = _and(kinds.get(lemma), "word")
        return []
    found = []
    for form in forms:
        text = fold(form.text)
        kinds[text] = _and(kinds.get(text), _kind(form.features, pos))
        found.append(text)
    return found


@cache
def _kind(features: str, pos: str) -> str:
    if pos != "VERB":
        return "noun" if pos == "NOUN" else "adjective"
    if "VerbForm=Inf" in features:
        return "infinitive"
    if "VerbForm=Part" in features:
        if "Tense=Pres" in features:
            return "gerund"
        return "participle" if "Gender=Masc|Number=Sing" in features else "participle-agreeing"
    return "past" if "Tense=Past" in features or "Mood=Sub|Tense=Imp" in features else "finite"


def load_friends(path: Path = FOLDER / "friends.txt") -> frozenset[str]:
    """Read the list of false friends: one word a line, lines that begin with # are notes.

    Raises:
        DataError: It cannot be read.
    """
    return frozenset(line for line in read_text(path).split("\n") if line and not line.startswith("#"))

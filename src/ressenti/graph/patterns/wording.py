"""The words of reports, from ``wording.tsv``, and how people and emotions are called in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ressenti.graph.labels import Language, quotes_in_quotes
from ressenti.graph.patterns.felt import Felt, Person, Words
from ressenti.graph.patterns.french import load_french
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.pages.language import load_texts
from ressenti.rules.words import load_words

WORDING = Path(__file__).parent / "wording.tsv"
LONGEST = 160
"""Characters of the narrative that a line quotes at once."""
_FEMININE = "narratrice"


def named(label: str) -> str:
    """How the narrative first names somebody, without the capital of a sentence: « ma mère »."""
    first, *_ = fold(label).replace("'", "' ").split() or [""]
    plain = first in load_words()["determiners"] or first in load_words()["possessives"]
    return label[:1].lower() + label[1:] if plain else label


def headed(title: str) -> str:
    """The title of a report, underlined, on two lines."""
    return f"{title}\n{'═' * len(title)}\n"


_INNER: Mapping[Language, Callable[[str], str]] = {"fr": quotes_in_quotes, "en": lambda text: text.replace("“", "‘").replace("”", "’")}


class Wording:
    """Says parts of patterns in a language.

    Args:
        language: ``fr`` or ``en``.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._texts = load_texts(language, WORDING)

    def __call__(self, key: str, **values: object) -> str:
        """A text of the table with its values put in."""
        return self._texts[key].format(**values)

    def quote(self, words: Words | str) -> str:
        """Words of the narrative, a long stretch cut, in the language’s quotation marks."""
        text = self.inner(words if isinstance(words, str) else words.text)
        return self("quote", words=text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…")

    def inner(self, text: str) -> str:
        """Words that stand in quotation marks, with those that they have themselves made inner ones."""
        return _INNER[self.language](text)

    def quotes(self, several: Iterable[Words]) -> str:
        """Several stretches, each once."""
        return ", ".join(dict.fromkeys(self.quote(words) for words in several))

    def emotion(self, key: str) -> str:
        """The label of an emotion."""
        return load_emotions()[key].labels[self.language]

    def who(self, person: Person | None) -> str:
        """Somebody: the narrator, or as the narrative calls them."""
        if person is None or fold(person.label) in load_french()["nobody"]:
            return self("somebody")
        return self(_narrator(person)) if person.narrator else self.quote(named(person.label))

    def territory_of(self, person: Person) -> str:
        """Whose territory it is."""
        return self(f"whose_{_narrator(person)}") if person.narrator else self("whose_other", who=self.who(person))

    def felt(self, felt: Felt, *, whose: bool = True, status: bool = True) -> str:
        """An emotion with its words: « peur chez le narrateur (« peur », intensité forte) ».

        Args:
            felt: The emotion.
            whose: Whether to say who feels it, where the text does.
            status: Whether to say that it is denied or only imagined.
        """
        details = [self.quote(felt.cue)]
        if felt.intensity != "medium":
            details.append(self(f"intensity_{felt.intensity}"))
        if status and felt.status != "affirmed":
            details.append(self(f"status_{felt.status}"))
        emotion = self.emotion(felt.emotion)
        if whose and felt.who is not None:
            emotion = self("in", emotion=emotion, who=self.who(felt.who))
        return f"{emotion} ({', '.join(details)})"


def _narrator(person: Person) -> str:
    return "narrator_f" if person.label == _FEMININE else "narrator_m"

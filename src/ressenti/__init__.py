"""Ressenti reads French accounts of emotional events: who feels what, towards whom, why, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ressenti._garbage import garbage_put_off
from ressenti._version import __version__

if TYPE_CHECKING:
    from ressenti.rules.annotator import Annotator
    from ressenti.schema import Narrative

__all__ = ["__version__", "annotate", "load"]


def load(
    vocabulary: str | Path | Sequence[str | Path] = (),
    rules: str | Path | Sequence[str | Path] = (),
    *,
    entities: bool = True,
    components: bool = True,
) -> Annotator:
    """Load the parser, the vocabulary and the rules.

    Args:
        vocabulary: Tables of further words, in the form of docs/vocabulary.md; they come on top of the shipped one; one may stand
            without a list.
        rules: Files or folders of further rules, tried before the shipped ones; likewise one without a list.
        entities: Whether the characters are told apart; without, the narrator alone is known, and fewer sentences are parsed.
        components: Whether free text is divided into the components of an emotion.

    Returns:
        An annotator: call it with a text, or give its ``pipe`` many narratives.

    Raises:
        DataError: A table or a rule that cannot be used: file, line and reason.
    """
    with garbage_put_off():
        # spaCy takes seconds to import, and `ressenti --help` needs none of it
        from ressenti.ontology.vocabulary import load_vocabulary
        from ressenti.rules.annotator import Annotator
        from ressenti.rules.parser import load_parser

        entries = [*load_vocabulary(), *(entry for path in _paths(vocabulary) for entry in load_vocabulary(path))] if vocabulary else None
        return Annotator(load_parser(), entries, _paths(rules), entities=entities, components=components)


def _paths(given: str | Path | Sequence[str | Path]) -> list[Path]:
    """The letters of a single path are no paths."""
    return [Path(path) for path in ([given] if isinstance(given, (str, Path)) else given)]


@cache
def _default() -> Annotator:
    return load()


def annotate(text: str, id: str = "text") -> Narrative:
    """Annotate one account with what is shipped.

    Args:
        text: The account, as it is; the offsets of the result index it.
        id: Its name in the result.

    Raises:
        TypeError: The text is no string.
        InputError: It holds half a character (a lone surrogate); of :mod:`ressenti.errors`.
    """
    return _default()(text, id)

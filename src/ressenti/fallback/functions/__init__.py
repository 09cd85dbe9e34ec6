"""Labelling functions: small opinions on a passage, each with a name, each free to say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ressenti.fallback.functions.found import mention_functions, other_functions
from ressenti.fallback.functions.function import Function
from ressenti.fallback.functions.heuristics import heuristic_functions
from ressenti.fallback.functions.lists import list_functions
from ressenti.fallback.functions.seen import Seen, Terms, shipped_terms
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.passages import Context
from ressenti.fallback.votes import Votes


def shipped_functions() -> list[Function]:
    """The functions that need nothing but a passage, as the rules annotated it."""
    return [*mention_functions(), *other_functions(), *list_functions(), *heuristic_functions()]


def cast(contexts: Iterable[Context], functions: Sequence[Function], terms: Terms | None = None) -> Votes:
    """Ask each function about each passage.

    Args:
        contexts: The passages with their neighbours.
        functions: Whom to ask.
        terms: Finds the vocabulary's terms; None for the shipped ones.
    """
    terms = terms or shipped_terms()
    rows: list[tuple[int, int, str, int]] = []
    passages = 0
    for context in contexts:
        seen = Seen(context, terms)
        for number, function in enumerate(functions):
            rows.extend((passages, number, label, vote) for label, vote in function.votes(seen))
        passages += 1
    return Votes(shipped_labels(), [function.name for function in functions], passages, rows)

"""What the commands that read files of decisions have in common."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, say

if TYPE_CHECKING:
    from ressenti.review.decisions.several import Paired


def check_outputs(outputs: Mapping[str, str | None], decisions: Sequence[str], narratives: str) -> None:
    """Refuse to write over what is read.

    Args:
        outputs: Options as messages name them, in quotation marks, to the files to write; None for none.
        decisions: Files to read.
        narratives: The same; ``-`` for standard input.

    Raises:
        click.BadParameter: One of the outputs is among them.
    """
    from ressenti.corpora.writing import is_input

    inputs = [*decisions, *([] if narratives == "-" else [narratives])]
    for name, path in outputs.items():
        if path is not None and is_input(path, inputs):
            raise click.BadParameter("it is also an input; write to another place", param_hint=name)


def read_paired(decisions: Sequence[str], narratives: str, none: str = "") -> tuple[Paired, int]:
    """The narratives with the reviews of each, and how many narratives could not be read; ends where none could.

    Args:
        decisions: Files of decisions, read before the narratives.
        narratives: What ``ressenti annotate`` wrote.
        none: What else to say where none could be read.

    Raises:
        InputError: A file of decisions is damaged.
    """
    from ressenti.corpora.annotated import readable
    from ressenti.review.decisions.read import read
    from ressenti.review.decisions.several import pair

    reviews = [review for path in decisions for review in read(path)]
    found, failed = readable(narratives, say)
    if not found:
        say(f"{narratives}: holds no narrative that can be read{none}")
        sys.exit(Exit.NOTHING)
    return pair(found, reviews), failed

"""Further annotators beside the one that all tests have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from ressenti.rules import annotator as module
from ressenti.rules.annotator import Annotator


def beside(annotator: Annotator, rules: Sequence[Path] = (), **options: bool) -> Annotator:
    """An annotator with the shipped vocabulary, made ready in the one that there is: inflecting it anew takes seconds."""
    with (
        mock.patch.object(module, "Matcher", return_value=annotator.engine.matcher),
        mock.patch.object(module, "Corrector", return_value=annotator.corrector),
    ):
        return Annotator(annotator.nlp, None, rules, **options)

"""vaderSentiment-fr: four scores an account."""

from __future__ import annotations

import warnings
from collections.abc import Callable


def load() -> Callable[[list[str]], int]:
    """The analyser by lexicon; what it finds is accounts with a polarity."""
    warnings.simplefilter("ignore")  # it would have python-Levenshtein, which it does not ask for
    from vaderSentiment_fr.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return lambda texts: sum(analyser.polarity_scores(text)["compound"] != 0 for text in texts)

"""textblob-fr: a polarity and a subjectivity an account."""

from __future__ import annotations

from collections.abc import Callable


def load() -> Callable[[list[str]], int]:
    """The analyser by lexicon; what it finds is accounts with a polarity."""
    from textblob import TextBlob
    from textblob_fr import PatternAnalyzer

    analyser = PatternAnalyzer()
    return lambda texts: sum(TextBlob(text, analyzer=analyser).sentiment[0] != 0 for text in texts)

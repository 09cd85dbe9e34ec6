"""Whether a sentence may hold a mention, as far as its words tell: the cheap cascade before the parser.

First the words: does an entry of the vocabulary stand there, or a word that a rule is about? Then what is asked of these words, in the
entry's conditions, its part of speech and the rules, so far as it can be told without a parse. Each question is the very one that is
asked after the parse; one that needs the parse (:exc:`~ressenti.rules.sentence.NotParsed`) is left open, and what is open lets the sentence
through. So the gate never changes an answer.
"""

from __future__ import annotations

from collections.abc import Callable

from ressenti.rules.choice import exclaimed
from ressenti.rules.conditions import fits, may_be_held
from ressenti.rules.engine import Engine
from ressenti.rules.paths import Path
from ressenti.rules.rule import Rule
from ressenti.rules.sentence import NotParsed, Sentence
from ressenti.rules.triggers import Hit
from ressenti.rules.view import View, view_of_word
from ressenti.rules.word_triggers import may_be_wanted


def may_hold(engine: Engine, s: Sentence) -> bool:
    """Whether a mention may stand in a sentence that is not parsed yet."""
    if any(_may_be(engine, s, hit) for hit in engine.matcher.hits(s)):
        return True
    return any(_may_fire(s, i, rule) for i, rule in engine.words.candidates(s))


def _may_be(engine: Engine, s: Sentence, hit: Hit) -> bool:
    if not engine.may_make(s, hit.entry):
        return False
    held = may_be_held(s, hit) or _unless_asked(lambda: exclaimed(s, hit) is not hit)
    return held and _unless_asked(lambda: fits(s, hit))


def _may_fire(s: Sentence, i: int, rule: Rule) -> bool:
    if not _unless_asked(lambda: may_be_wanted(s, i, rule)):
        return False
    at = view_of_word(s, i)
    return not any(_leads_nowhere(path, at) for path in rule.when if not path.looks_at_mentions)


def _leads_nowhere(path: Path, at: View) -> bool:
    return not _unless_asked(lambda: path.follow(at) is not None)


def _unless_asked(question: Callable[[], bool]) -> bool:
    """The answer, or True where it needs the parse."""
    try:
        return question()
    except NotParsed:
        return True

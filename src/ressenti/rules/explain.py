"""Why an account is annotated as it is: for each mention and role the rule, the words that it used, and the vocabulary entry.

Nothing is recorded while accounts are annotated: what is asked for is walked again, on the account as the passes left it.
:func:`why_not` answers the opposite question. The answers are the records of :mod:`ressenti.rules.reasons`.
"""

from __future__ import annotations

from ressenti.rules.annotator import Annotator
from ressenti.rules.case import Case
from ressenti.rules.reasons import Explanation, WhyNot
from ressenti.rules.why_not import Question

__all__ = ["explain", "why_not"]


def explain(annotator: Annotator, text: str) -> Explanation:
    """Say why an account is annotated as it is.

    Args:
        annotator: Whose rules and vocabulary are asked.
        text: The account.

    Returns:
        The same mentions and roles that the annotator gives, in the same order, each with its reasons.
    """
    account, narrative = annotator.examine(text)
    return Explanation(text, Case(annotator, account, narrative).mentions())


def why_not(annotator: Annotator, text: str, what: str) -> WhyNot:
    """Say why a rule did not fire on an account, or why a word of it gave no mention.

    Args:
        annotator: Whose rules and vocabulary are asked.
        text: The account.
        what: The id of a rule, with or without ``rule:`` before it, or else a word or phrase.
    """
    account, narrative = annotator.examine(text)
    return Question(Case(annotator, account, narrative)).ask(what)

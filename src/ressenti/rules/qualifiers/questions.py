"""Direct questions: is the emotion asked about?"""

from __future__ import annotations

from ressenti.rules.qualifiers.classes import between, is_one
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.triggers import Hit
from ressenti.rules.words import load_words

_ENDS = frozenset({".", "!", "»", "?", "??", "?!", "!?", ";", ":", "…", "!!"})
_LEAD = load_words()["before_question_words"] | {","}
"""What may stand before the first word of a question."""


def question(s: Sentence, hit: Hit) -> Reason | None:
    """Why the mention stands in a direct question, or None."""
    first = hit.all[0]
    mark = next((k for k in range(first, len(s)) if s.forms[k] in _ENDS or s.forms[k].startswith("?")), None)
    start = next((k + 1 for k in range(first - 1, -1, -1) if s.forms[k] in STOPS), 0)
    if mark is None or not s.forms[mark].startswith("?"):
        if s.forms[start : start + 2] == ["est", "-ce"] and "," not in s.forms[start:first]:
            return Reason("status", "hypothetical", (start, start + 1), "a question")  # « Est-ce qu'il avait peur, je l'ignore. »
        return None
    for k in range(hit.all[-1] + 1, mark):  # « J'avais honte, comment lui dire ? »
        if (s.forms[k] == "," or s.is_a(k, "and_but_so")) and _asks(s, k + 1, mark) and not _asks(s, start, first):
            return None
    if _tagged(s, mark) and any(s.is_a(k, "first_person") for k in range(start, first)):
        return None  # « J'étais furieuse, tu vois ? »
    return Reason("status", "hypothetical", (mark,), "a question")


def _asks(s: Sentence, first: int, last: int) -> bool:
    """Whether a clause opens like a question."""
    if s.forms[first] in ("que", "qu'") and s.is_a(first + 1, "subject_clitics", "determiners"):
        return False  # « ça t'a choqué, qu'on ne t'invite pas ? »
    at = first
    while at < last and (s.forms[at] in _LEAD or s.is_a(at, "adverbs")) and not is_one(s, at, "question_words"):
        at += 1
    if (is_one(s, at, "question_words") and s.forms[at : at + 2] != ["quand", "même"]) or s.forms[at] in ("tu", "vous"):
        return True
    return any(s.is_a(k, "inverted_subjects") or s.forms[k] == "est-ce" for k in range(at, min(at + 5, last)))


def _tagged(s: Sentence, mark: int) -> bool:
    """Whether a phrase such as « tu vois », set off by a comma, makes the question."""
    tag = between(s, mark - 4, mark - 1, "tags")
    return tag is not None and tag[-1] == mark - 1 and s.forms[tag[0] - 1] == ","

"""Causes and consequences across a sentence boundary, where a connector links the two (guidelines, section 5).

« J’avais honte. Alors je lui ai écrit. »: the second sentence is the consequence. « On m’a applaudi. Du coup, je me suis détendu. »: the
first is the cause.
"""

from __future__ import annotations

from ressenti.rules.account import Account
from ressenti.rules.engine import Found, FoundRole
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.verbs import verb_group

_MODES = ("labelled", "behavioural")


def link(account: Account) -> None:
    """Add the roles that connectors at the start of a sentence give; the mentions are extended in place."""
    for k in range(1, len(account.sentences)):
        if account.parsed[k - 1] and account.parsed[k]:
            _link(account.sentences[k - 1], account.found[k - 1], account.sentences[k], account.found[k])


def _link(before: Sentence, found_before: list[Found], s: Sentence, found: list[Found]) -> None:
    start = _after_connector(s)
    if start is None:
        return
    feeling = [m for m in found_before if m.mode in _MODES and m.status == "affirmed"]
    if feeling:
        span = _clause(s, start)
        if span:
            feeling[-1].roles.append(FoundRole("consequence", *span, span[0], "rule:linked-consequence", s))
        return
    span = _clause(before, 0)
    if span is None:
        return
    for mention in found:
        has_cause = any(role.role == "cause" for role in mention.roles)
        if mention.mode in _MODES and not has_cause and span:
            mention.roles.append(FoundRole("cause", *span, span[0], "rule:linked-cause", before))


def _after_connector(s: Sentence) -> int | None:
    for phrase in s.words["linking"]:
        words = phrase.replace("'", "' ").split()
        if s.forms[: len(words)] == words:
            rest = len(words)
            return rest + (s.forms[rest : rest + 1] == [","])
    return None


def _clause(s: Sentence, start: int) -> tuple[int, int] | None:
    """From the subject of the first finite verb to the end, without the final mark."""
    last = len(s) - 1
    while last > start and (s.forms[last] in STOPS or s.pos(last) == "PUNCT"):
        last -= 1
    verb = next((i for i in range(start, last + 1) if is_verb(s, i) and is_finite(s, i)), None)
    if verb is None:
        return None
    first = verb_group(s, verb).start
    subjects = [c for c in s.children(verb) if s.dep(c) == "nsubj" and start <= c < first]
    if subjects:
        first = s.subtree(subjects[0])[0]
    elif first > start:
        commas = [i for i in range(start, first) if s.forms[i] == ","]
        first = commas[-1] + 1 if commas else start
    return (first, last) if first <= last else None

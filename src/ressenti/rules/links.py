"""Causes and consequences across a sentence boundary, where a connector links the two (guidelines, section 5).

« On m’a applaudi. Du coup, je me suis détendu. »: the feeling is told in the second sentence, the first is its cause.
« J’avais honte. Alors je lui ai écrit. »: the feeling is told in the first, by the one who acts in the second, which is its consequence.
Without a connector nothing is linked: what merely stands next to a feeling is seldom its cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ressenti.rules.account import Account
from ressenti.rules.found import Found, FoundRole
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.clauses import clause_ending_before, end_of_clause
from ressenti.rules.syntax.functions import FUNCTIONS

_MODES = ("labelled", "behavioural")
_THIS = ("ça", "cela", "ceci")


def link(account: Account) -> None:
    """Add the roles that connectors at the start of a sentence give; the mentions are extended in place."""
    for k in range(1, len(account.sentences)):
        if account.found[k - 1] or account.found[k]:
            _link(account.sentences[k - 1], account.found[k - 1], account.sentences[k], account.found[k])


def _link(before: Sentence, found_before: list[Found], s: Sentence, found: list[Found]) -> None:
    start = after_connector(s)
    if start is None:
        return
    span = linked_clause(s, start)
    if span is None:
        return
    own = [m for m in found if m.mode in _MODES and span[0] <= m.hit.head <= span[1] and not _has_cause(m, start)]
    earlier = last_clause(before)
    if own and earlier is not None:
        for mention in own:
            mention.roles = [role for role in mention.roles if role.role != "cause"]
            mention.roles.append(FoundRole("cause", *earlier, earlier[0], "rule:linked-cause", before))
    feeling = [m for m in found_before if m.mode in _MODES and m.status == "affirmed"]
    if feeling and not any(m.mode in _MODES for m in found) and _same_person(feeling[-1], s, span):
        feeling[-1].roles.append(FoundRole("consequence", *span, span[0], "rule:linked-consequence", s))


def after_connector(s: Sentence) -> int | None:
    """Index of the token after the connector that opens a sentence (« Du coup, », « C'est pour ça que »), or None."""
    first = 0
    while first < min(2, len(s)) and s.forms[first] in ("et", "bon", "ben", "bref", ",", "mais"):
        first += 1
    for words in _starting_with(s.words["linking"]).get(s.forms[first] if first < len(s) else "", ()):
        rest = first + len(words)
        if s.forms[first:rest] == words and s.forms[rest : rest + 1] not in (["que"], ["qu'"], ["même"]):
            return rest + (s.forms[rest : rest + 1] in ([","], [":"]))
    return None


@lru_cache(4)
def _starting_with(phrases: frozenset[str]) -> Mapping[str, list[list[str]]]:
    """First word to the phrases that start with it, cut into words, the longest first."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = phrase.replace("'", "' ").split()
        found.setdefault(words[0], []).append(words)
    return found


def linked_clause(s: Sentence, start: int) -> tuple[int, int] | None:
    """The clause after a connector, with those coordinated to it that have the same subject; None for a command or a fragment."""
    verb = next((i for i in range(start, len(s)) if is_verb(s, i) and is_finite(s, i)), None)
    if verb is None or not FUNCTIONS["subject"](s, verb, frozenset()):
        return None
    end = end_of_clause(s, start)
    while s.forms[end : end + 1] == ["et"] and s.forms[end + 1][:1] == s.forms[start][:1] and s.is_a(start, "subject_clitics"):
        end = end_of_clause(s, end + 1)
    return (start, end - 1) if end - 1 > start else None


def last_clause(s: Sentence) -> tuple[int, int] | None:
    """The clause with which a sentence ends, without its final mark; None when it is too short to tell anything."""
    end = len(s)
    while end > 0 and (s.forms[end - 1] in STOPS or s.pos(end - 1) == "PUNCT"):
        end -= 1
    if end < 3:
        return None
    first = clause_ending_before(s, end)
    return first, end - 1


def _has_cause(mention: Found, start: int) -> bool:
    """Whether something else than the « ça » of the connector is the mention's cause already."""
    causes = [role for role in mention.roles if role.role == "cause" and role.rule != "rule:when"]
    return any(not (role.first == role.last and role.first <= start and role.sentence.forms[role.first] in _THIS) for role in causes)


def _same_person(mention: Found, s: Sentence, span: tuple[int, int]) -> bool:
    """Whether the one who feels acts in the linked clause, as far as grammatical person tells."""
    who = next((role for role in mention.roles if role.role == "experiencer"), None)
    if who is None:
        return False
    first = who.sentence.is_a(who.head, "first_person") or who.sentence.forms[who.head] in ("nous", "on", "notre", "nos")
    acts = s.is_a(span[0], "first_person") or s.forms[span[0]] in ("nous", "on")
    return first == acts

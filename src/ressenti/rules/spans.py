"""From the head of a role to its span: what the guidelines include and leave out (sections 1 and 5)."""

from __future__ import annotations

from ressenti.rules.phrases import ARTICLES, before_main_verb, end_of_cleft, phrase, stands_before, subject_phrase, trim
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import bare_name, is_finite, is_verb
from ressenti.rules.syntax.clauses import (
    before_main_clause,
    clause_ending_before,
    cleft_before,
    end_of_clause,
)
from ressenti.rules.syntax.frames import second_degree
from ressenti.rules.syntax.functions import FUNCTIONS
from ressenti.rules.syntax.verbs import is_infinitive, looks_like_participle, verb_group

_CLAUSES = frozenset(
    {
        "clause",
        "occasion",
        "since",
        "gerund",
        "infinitive-clause",
        "if-clause",
        "so-that",
        "all-the-more",
        "that-is-why",
        "explained",
        "so-much-because",
        "therefore",
        "as-first",
        "hence-this",
        "cleft",
        "equated",
    }
)
"""Functions that lead to the word that opens a clause."""


def role_span(s: Sentence, head: int, cue: frozenset[int], function: str) -> tuple[int, int] | None:
    """First and last token of a role.

    Args:
        s: The sentence.
        head: Where the path ended.
        cue: Tokens of the cue, which no role includes.
        function: Name of the last function of the path.

    Returns:
        Token indices, both included, or None when nothing is left.
    """
    if function == "its-cleft":
        end = next((k for k in range(head + 2, len(s)) if s.is_a(k, "cleft_pronouns")), head)
        if s.forms[head + 1] == "moins" and s.forms[end] in ("que", "qu'"):  # « c'est moins le vol | que l'indifférence | qui … »
            head, end = end, next((k for k in range(end + 1, len(s)) if s.forms[k] == "qui"), end)
            return trim(s, head + 1, end - 1, cue)
        opens = s.is_a(head + 1, "to") or s.forms[head + 1] in ("en", "de", "pas")
        return trim(s, head + 1 + opens, end - 1, cue)
    if function in ("so-much", "resumed", "as-result", "hence"):
        return clause_before(s, head, cue)
    if function == "participle-clause":
        main = min((c for c in cue if c > head), default=None)
        return trim(s, head, (end_of_clause(s, head) if main is None else before_main_clause(s, head, main)) - 1, cue)
    if function == "made-to":
        start = verb_group(s, head).start
        return trim(s, start + (s.forms[start] == "qui"), end_of_clause(s, start) - 1, cue)
    if function == "fronted":
        first = head
        while (
            first > 0
            and s.forms[first - 1] not in STOPS
            and s.forms[first - 1] not in ("mais", "et", "car", ",", "que", "qu'")
            and s.pos(first - 1) != "ADV"
        ):
            first -= 1
        relative = next((k for k in range(head, min(cue)) if s.is_a(k, "relative_pronouns")), None)
        last = next(k for k in range(head, len(s)) if s.forms[k] == "," and (relative is None or k > relative + 1))
        return trim(s, first, last - 1, cue)
    if function == "dislocated":
        return trim(s, head + (s.forms[head] in ("que", "qu'")), next(k for k in range(head, len(s)) if s.forms[k] == ",") - 1, cue)
    if function == "stimulus" and s.forms[head] in ("que", "qu'"):  # « que tu viennes | me réjouit »
        return trim(s, head + 1, _before_verb(s, head, cue), cue)
    if function == "reason-for":
        return clause_before(s, head, cue)
    if function == "the-more":
        return trim(s, head + 1, (second_degree(s, head) or len(s)) - 1, cue)
    if function == "it-took" and s.forms[head] in ("que", "qu'"):
        end = next(k for k in range(head + 1, len(s)) if s.forms[k] == "pour")
        return trim(s, head + 1, end - 1, cue)
    if function in _CLAUSES:
        return clause_after(s, head, cue, function)
    if function in ("that", "driven-to", "degree-for"):
        return verb_clause(s, head, cue, function)
    if s.forms[head] == "ce" and s.is_a(head + 1, "relative_pronouns"):
        return phrase(s, head, cue)
    if s.is_a(head, "strong_pronouns") and s.forms[head + 1 : head + 2] in (["plus"], ["moins"], ["surtout"], ["aussi"], ["non"]):
        return head, head  # « contre moi surtout », « déçu de toi plus que fâché »
    if s.is_a(head, "some_of") and s.forms[head + 1 : head + 2] in (["de"], ["d'"], ["parmi"]) and s.is_a(head + 2, "strong_pronouns"):
        return head, head + 2  # « aucun de nous »
    noun = s.forms[head] == "son" and s.is_a(head + 1, "prepositions")  # « le simple son de sa voix »
    if s.is_a(head, "subject_clitics", "object_clitics", "inverted_subjects", "possessives", "first_person") and not (
        noun or (s.pos(head) in ("NOUN", "PROPN") and not s.is_a(head, "only_subjects"))  # « Tu devrais … »: a noun to the parser at times
    ):
        if s.forms[head + 1 : head + 2] == ["qui"] and s.is_a(head, "strong_pronouns"):
            return phrase(s, head, cue)
        if s.is_a(head, "plural_strong") and s.forms[head + 1 : head + 2] in (
            ["deux"],
            ["trois"],
            ["tous"],
            ["toutes"],
        ):
            return head, head + 1  # « contre nous deux »
        return head, head + 2 * (s.forms[head + 1 : head + 3] in (["-", "même"], ["-", "mêmes"]))
    if bare_name(s, head) and s.texts[head].islower():  # « sarah elle est … »
        return head, head
    copula = next((c for c in s.children(head) if c < head and s.dep(c) in ("cop", "aux") and s.forms[c] in ("être", "avoir")), None)
    if copula is not None and s.pos(head) not in ("VERB", "AUX"):  # « craindre d'être seul »
        return verb_clause(s, copula, cue, function)
    if s.pos(head) == "VERB" and looks_like_participle(s.forms[head]) and (stands_before(s, head - 1) or s.forms[head - 1] in ARTICLES):
        return phrase(s, head, cue)  # « mon ancien associé », a verb to the parser
    if (
        function == "that"
        or s.pos(head) in ("VERB", "AUX")
        or (is_verb(s, head) and s.pos(head) != "PRON" and not s.is_a(head, "object_clitics", "subject_clitics"))
    ):
        span = verb_clause(s, head, cue, function)
        if span is not None and function == "stimulus" and head < min(cue):  # « pleurer | me soulage »
            return span[0], min(span[1], max(_before_verb(s, head, cue), head))
        return span
    if function == "because-of" and (span := phrase(s, head, cue)):
        return span[0], _to_comma(s, span[1])
    if function in ("subject", "stimulus") and (whole := subject_phrase(s, head, cue)):
        return whole
    if s.is_a(head, "demonstrative_pronouns") and s.is_a(head + 1, "relative_pronouns"):
        comma = next((k for k in range(head + 2, min(cue)) if s.forms[k] == ","), None)
        if comma is not None and any(is_verb(s, k) and is_finite(s, k) for k in range(head + 2, comma)):
            return head, comma - 1  # « celui qui l'avait fait, Jordan, regardait … »
    return phrase(s, head, cue)


def _to_comma(s: Sentence, last: int) -> int:
    """« à cause de ma bourde | en demi-finale, … »: a place or a manner between the phrase and the comma that sets it off belongs to it."""
    comma = next((k for k in range(last + 1, min(last + 6, len(s))) if s.forms[k] in (",", *STOPS)), None)
    if comma is None or s.forms[comma] != "," or not s.is_a(last + 1, "prepositions_of_place"):
        return last
    return last if any(is_verb(s, k) for k in range(last + 1, comma)) else comma - 1


def _before_verb(s: Sentence, first: int, cue: frozenset[int]) -> int:
    """The token before the verb whose subject the clause from ``first`` on is: the last finite one up to the cue, with its clitics."""
    verb = next((k for k in range(min(cue), first, -1) if is_verb(s, k) and is_finite(s, k)), min(cue))
    return verb_group(s, verb).start - 1


def verb_clause(s: Sentence, verb: int, cue: frozenset[int], function: str = "") -> tuple[int, int] | None:
    """The clause of a verb: from its subject, or the infinitive itself, to its end."""
    group = verb_group(s, verb)
    first = group.start
    before = max((c for c in cue if c < verb), default=-1)
    after = min((c for c in cue if c > verb), default=len(s))
    if function == "that" and before >= 0 and (that := next((k for k in range(before + 1, verb) if s.forms[k] in ("que", "qu'")), None)):
        first = that + 1
    elif group.subject is None and is_finite(s, verb):
        subjects = [c for c in s.children(verb) if s.dep(c) == "nsubj" and before < c < group.start]
        if function == "main-clause" and not subjects:
            subjects = [c for c in FUNCTIONS["subject"](s, verb, frozenset()) if before < c < group.start]
        if subjects and not any(s.forms[k] in STOPS for k in range(subjects[0], verb)):
            span = phrase(s, subjects[0], cue)
            first = span[0] if span else first
    after = min(after, end_of_cleft(s, verb) or after)
    if is_infinitive(s, verb):
        while s.forms[first - 1 : first] in (["tout"], ["mal"], ["bien"], ["trop"], ["rien"]) and first - 1 not in cue:
            first -= 1  # « à l'idée de | tout recommencer »
        first = max((k + 1 for k in range(first, verb) if s.is_a(k, "links_of_infinitives") or s.forms[k] == "pour"), default=first)
    while first < verb and (s.is_a(first, "openers_of_verb_clauses") or first in cue):
        first += 1
    last = end_of_clause(s, first, after) - 1
    if function != "that" and (is_infinitive(s, verb) or not is_finite(s, verb)):
        last = min(last, before_main_verb(s, verb, last) - 1)
    elif function == "main-clause" and after < len(s):  # « il a jeté sa baguette, à la stupéfaction de … »
        last = next(
            (k - 1 for k in range(after - 1, verb, -1) if s.forms[k] == "," and not any(is_verb(s, j) for j in range(k, after))), last
        )
    return trim(s, first, last, cue)


def clause_after(s: Sentence, conjunction: int, cue: frozenset[int], function: str = "") -> tuple[int, int] | None:
    """What a conjunction introduces, up to the end of its clause."""
    first = conjunction + 1
    while first < len(s) and (s.is_a(first, "of") or s.forms[first] in ("que", "qu'", "à", ",")):
        first += 1
    following = min((c for c in cue if c > conjunction), default=None)
    if following is not None and (opening := cleft_before(s, conjunction)):  # « c'est parce que tu ris de lui | qu'il est triste »
        end = next((k for k in range(following - 1, first + 1, -1) if s.forms[k] in ("que", "qu'")), None)
        if opening and end is not None:
            return trim(s, first, end - 1, cue)
    if following is None or any(s.forms[j] in STOPS for j in range(first, following)):
        end = end_of_clause(s, first)
        if function == "therefore":
            while (
                s.forms[end : end + 1] == ["et"] and s.forms[end + 1][:1] == s.forms[first][:1] and s.is_a(first, "subject_clitics")
            ):  # « … et je suis allée »
                end = end_of_clause(s, end + 1)
        return trim(s, first, end - 1, cue)
    return trim(s, first, before_main_clause(s, first, following) - 1, cue)


def clause_before(s: Sentence, end: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The clause that ends right before a token, with the words that its verb of saying reports (« … », répétait-elle)."""
    first = clause_ending_before(s, end)
    if s.forms[first - 2 : first] == ["»", ","] and "«" in s.forms[:first]:
        return max(k for k in range(first) if s.forms[k] == "«"), end - 1
    return trim(s, first, end - 1, cue)

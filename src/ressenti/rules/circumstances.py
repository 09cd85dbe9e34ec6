"""Grammatical functions for circumstances: gerunds, causal phrases, consecutives, the form of the trigger itself."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax import function, is_verb, phrase_after
from ressenti.rules.verbs import looks_like_participle, verb_group


@function("participle")
def participle(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when it is a past participle without *avoir*: an adjective or a passive (« énervé », « il a été surpris »)."""
    group = verb_group(s, i)
    if not looks_like_participle(s.forms[i]) or s.tokens[i].morph.get("VerbForm") == ["Fin"] and group.subject is not None and not group.auxiliaries:
        return []
    if not group.auxiliaries:
        return [] if group.subject is not None or group.clitics and s.pos(i) == "VERB" and s.tokens[i].morph.get("VerbForm") != ["Part"] else [i]
    avoir = s.forms[group.finite].lstrip("-") in _AVOIR
    return [] if avoir and "été" not in {s.forms[a] for a in group.auxiliaries} else [i]


@function("active")
def active(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when it is a verb in the active voice."""
    return [] if participle(s, i, frozenset()) else [i]


_AVOIR = frozenset(
    "ai as a avons avez ont avais avait avions aviez avaient eus eut eûmes eurent aurai auras aura aurons aurez auront aurais aurait aurions auriez "
    "auraient aie aies ait ayons ayez aient eût avoir ayant".split()
)


@function("introduced-by")
def introduced_by(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The preposition right before the noun phrase of the token, when it is one of these forms."""
    for j in range(i - 1, max(i - 5, -1), -1):
        if s.forms[j] in wanted:
            return [j]
        if s.pos(j) not in ("DET", "ADJ", "ADV", "NUM") and not s.is_a(j, "determiners"):
            return []
    return []


@function("gerund")
def gerund(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« en » of a gerund of the clause complex (« en voyant le chrono »)."""
    found = []
    for j in range(len(s) - 1):
        follows = j + 1
        while s.is_a(follows, "object_clitics", "adverbs") and follows + 1 < len(s) and not s.forms[follows].endswith("ant"):
            follows += 1
        if s.forms[j] == "en" and follows < len(s) and s.forms[follows].endswith("ant") and s.pos(follows) in ("VERB", "AUX", "NOUN", "ADJ") and not _apart(s, i, j) and follows != i:
            found.append(j)
    return sorted(found, key=lambda j: abs(j - i))


@function("because-of")
def because_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Head of the phrase after a complex preposition, given by its last words (« à cause de », « grâce à », « à force de »)."""
    found = []
    for phrase in wanted:
        words = phrase.replace("'", "' ").split()
        for j in range(len(s) - len(words)):
            if [_full(f) for f in s.forms[j : j + len(words)]] == [_full(w) for w in words] and not _apart(s, i, j):
                head = phrase_after(s, j + len(words) - 1)
                if head is not None and head != i:
                    found.append(head)
    return sorted(found, key=lambda j: abs(j - i))


def _full(form: str) -> str:
    return {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "a": "à"}.get(form, form)


@function("so-that")
def so_that(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« que » of a consecutive (« tellement peur que … », « si fort que … », « au point de … »)."""
    for j in range(i + 1, len(s)):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] == "point" and s.forms[j - 1] == "au":
            return [j]
        if s.forms[j] in ("que", "qu'") and any(
            s.forms[k] in ("tellement", "si", "tant", "telle", "tel") and (k < j - 1 or s.forms[k] in ("tellement", "tant")) for k in range(max(i - 6, 0), j)
        ):
            return [j]
    return []


@function("cleft")
def cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ce qui m’a blessé, c’est X »: the last copula « c’est »; what follows it is the cause."""
    starts = [j for j in range(max(i - 8, 0), i) if s.forms[j] == "ce" and s.forms[j + 1] in ("qui", "que", "qu'", "dont")]
    if not starts:
        return []
    return [j + 1 for j in range(len(s) - 2, i, -1) if s.forms[j] in ("c'", "ce") and s.forms[j + 1] in ("est", "était", "fut", "sont")][:1]


@function("its-cleft")
def its_cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« c’est X qui m’énerve », « c’est en rangeant que … »: the copula of the cleft before the token."""
    return [j for j in range(max(i - 20, 0), i) if s.forms[j] in ("est", "était", "sont") and s.forms[j - 1] in ("c'", "ce")][-1:]


@function("main-clause")
def main_clause(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The verb of the clause that a circumstance belongs to (« par jalousie, j’ai coupé … »: *coupé*)."""
    at = i
    for _step in range(5):
        head = s.head(at)
        if is_verb(s, head) and head != i:
            return [head]
        if head == at:
            break
        at = head
    return []


def _apart(s: Sentence, i: int, j: int) -> bool:
    return s.stop_between(i, j)

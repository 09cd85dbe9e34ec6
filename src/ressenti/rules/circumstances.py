"""Grammatical functions for circumstances: gerunds, causal phrases, consecutives, the form of the trigger itself."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax import function, governor, is_finite, is_verb, phrase_after, subject, that
from ressenti.rules.verbs import VerbGroup, is_infinitive, looks_like_participle, verb_group


@function("participle")
def participle(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when it is a past participle without *avoir*: an adjective or a passive (« énervé », « il a été surpris »)."""
    group = verb_group(s, i)
    if not looks_like_participle(s.forms[i]) or s.tokens[i].morph.get("VerbForm") == ["Fin"] and group.subject is not None and not group.auxiliaries:
        return []
    if not group.auxiliaries:
        return [] if group.subject is not None or group.clitics and s.pos(i) == "VERB" and s.tokens[i].morph.get("VerbForm") != ["Part"] else [i]
    return [] if has_avoir(s, group) else [i]


def has_avoir(s: Sentence, group: VerbGroup) -> bool:
    """Whether the group is a past tense of the active voice, with *avoir*."""
    return bool(group.auxiliaries) and s.forms[group.finite] in _AVOIR and "été" not in {s.forms[a] for a in group.auxiliaries}


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
        if (
            s.forms[j] == "en" and follows < len(s) and s.forms[follows].endswith("ant") and not s.is_a(follows, "temporal_gerunds")
            and s.pos(follows) in ("VERB", "AUX", "NOUN", "ADJ") and not s.stop_between(i, j) and follows != i
            and (j <= 1 or s.forms[j - 1] in (",", "et", "est", "mais", "que") if j < i else j <= i + 3)
        ):  # fmt: skip
            found.append(j)
    return sorted(found, key=lambda j: abs(j - i))


@function("because-of")
def because_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Head of the phrase after a complex preposition, given by its last words (« à cause de », « grâce à », « à force de »)."""
    found = []
    for phrase in wanted:
        words = phrase.replace("'", "' ").split()
        for j in range(len(s) - len(words)):
            if [_full(f) for f in s.forms[j : j + len(words)]] == [_full(w) for w in words] and not s.stop_between(i, j):
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
            (s.forms[k] in ("tellement", "tant", "telle", "tel") or s.forms[k] == "si" and k < j - 1 and not s.is_a(k + 1, "subject_clitics", "determiners"))
            for k in range(max(i - 6, 0), j)
        ):
            return [j]
    return []


@function("absolute")
def absolute(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when its noun phrase is set off by a comma (« il me regardait, les yeux humides »)."""
    j = i - 1
    while j >= 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "NUM")):
        j -= 1
    return [i] if j > 0 and s.forms[j] == "," else []


@function("so-much")
def so_much(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« je n'osais plus respirer, tant j'étais heureuse »: *tant* or *tellement*; what stands before it is the consequence."""
    for v in (i, *governor(s, i, frozenset())):
        start = verb_group(s, v).start
        if start > 1 and s.forms[start - 1] in ("tant", "tellement"):
            return [start - 1]
    return []


@function("cleft")
def cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ce qui m’a blessé, c’est X »: the last copula « c’est »; what follows it is the cause."""
    if opposed := its_cleft(s, i, frozenset()):  # « ce n'est pas A qui me révolte, c'est B »
        later = [j + 1 for j in range(i + 1, len(s) - 1) if s.forms[j] in ("c'", "ce") and s.forms[j + 1] in ("est", "était")]
        return later[-1:] if "pas" in s.forms[opposed[0] : opposed[0] + 2] else []
    starts = [j for j in range(max(i - 8, 0), i) if s.forms[j] == "ce" and s.forms[j + 1] in ("qui", "que", "qu'", "dont")]
    if not starts:
        return []
    return [j + 1 for j in range(len(s) - 2, i, -1) if s.forms[j] in ("c'", "ce") and s.forms[j + 1] in ("est", "était", "fut", "sont")][:1]


@function("its-cleft")
def its_cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« c’est X qui m’énerve », « c’est en rangeant que … »: the copula of the cleft before the token."""
    for j in range(i - 1, max(i - 25, 0), -1):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("est", "était", "sont") and s.forms[j - 1] in ("c'", "ce", "n'"):
            return [j] if any(s.forms[k] in ("qui", "que", "qu'") for k in range(j + 2, i)) else []
    return []


@function("extraposed")
def extraposed(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ça me plaît de le voir courir », « ça m'amuse que … »: the infinitive or verb that *ça* stands for."""
    if not _subject_is_this(s, i):
        return []
    for j in range(i + 1, min(i + 5, len(s) - 1)):
        if s.forms[j] in ("de", "d'"):
            return [k for k in range(j + 1, min(j + 5, len(s))) if is_infinitive(s, k)][:1]
        if not s.is_a(j, "adverbs") and s.pos(j) not in ("ADV", "NOUN"):
            break
    return that(s, i, frozenset())


@function("dislocated")
def dislocated(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« que mademoiselle boude, ça m'amuse »: the first word of what stands before *ça* and its comma."""
    found = _subject_is_this(s, i)
    if not found or found[0] < 2 or s.forms[found[0] - 1] != ",":
        return []
    first = found[0] - 1
    while first > 0 and s.forms[first - 1] not in (*STOPS, ",", "mais", "et"):
        first -= 1
    return [first] if first < found[0] - 1 else []


def _subject_is_this(s: Sentence, i: int) -> list[int]:
    return [j for j in subject(s, i, frozenset()) if s.forms[j] in ("ça", "ca", "cela", "c'", "ce")]


@function("causative")
def causative(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« faire » or « laisser » over the infinitive (« ce bruit m'a fait sursauter »)."""
    j = i - 1
    while j > 0 and (s.is_a(j, "adverbs", "negators") or s.is_a(j, "reflexive_clitics")):
        j -= 1
    return [j] if j >= 0 and s.is_a(j, "cause_verbs") and is_infinitive(s, i) else []


@function("hypothetical")
def hypothetical(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The conditional or future verb of the clause of the token."""
    for v in (i, *governor(s, i, frozenset())):
        finite = verb_group(s, v).finite
        if s.forms[finite].endswith(("rais", "rait", "raient", "rions", "riez", "rai", "ra", "ront", "rons")) and s.pos(finite) in ("VERB", "AUX"):
            return [v]
    return []


@function("if-clause")
def if_clause(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« si » of a condition, beside a verb in the conditional or the future."""
    return [
        j for j in range(len(s) - 1)
        if s.forms[j] in ("si", "s'") and not s.stop_between(i, j)
        and (s.is_a(j + 1, "subject_clitics", "determiners") or s.pos(j + 1) == "PROPN")
        and (j == 0 or s.forms[j - 1] in (",", "que", "qu'", "et", "même", "mais") or j > i)
    ]  # fmt: skip


@function("reaction")
def reaction(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« à » of « à ma grande surprise », « à la stupéfaction de X »: the rest of the sentence is the cause."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.forms[j] in ("à", "a"):
            return [j] if (j == 0 or s.forms[j - 1] == ",") and j < i - 1 else []
    return []


@function("motive")
def motive(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« par » right before a bare noun anywhere (« par jalousie »), another preposition only when it is set off."""
    return [i - 1] if s.forms[i - 1 : i] == ["par"] and "par" in wanted else set_off(s, i, wanted)


@function("set-off")
def set_off(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The preposition of a bare noun that a comma or the sentence's start sets off (« par jalousie, … », « …, de peur de … »)."""
    j = i - 1
    if j < 0 or s.forms[j] not in wanted:
        return []
    opens = j == 0 or s.forms[j - 1] == ","
    return [j] if opens or s.forms[i + 1 : i + 2] == [","] else []


@function("main-clause")
def main_clause(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The verb of the clause that a circumstance belongs to (« par jalousie, j’ai coupé … »: *coupé*)."""
    after = next((j for j in range(i + 1, len(s)) if s.forms[j] == ","), None)
    opens = i < 2 or reaction(s, i, frozenset()) or s.forms[i - 2] == "," and after == i + 1
    if (set_off(s, i, frozenset({"par", "de", "d'"})) or reaction(s, i, frozenset())) and after is not None and opens:
        following = [j for j in range(after, len(s)) if is_verb(s, j) and is_finite(s, j)]
        if following:
            return [_lexical(s, following[0])]
    at = i
    for _step in range(5):
        head = s.head(at)
        if is_verb(s, head) and head != i:
            return [head]
        if head == at:
            break
        at = head
    return []


def _lexical(s: Sentence, verb: int) -> int:
    """The participle after an auxiliary, else the verb itself."""
    for j in range(verb + 1, min(verb + 4, len(s))):
        if s.is_a(verb, "auxiliaries") and s.pos(j) in ("VERB", "AUX"):
            return j
        if not s.is_a(j, "adverbs", "negators"):
            break
    return verb

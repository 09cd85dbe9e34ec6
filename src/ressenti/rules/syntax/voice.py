"""The form of the trigger and its clause: voice, causatives, mood, motives set off from the main clause."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import is_reflexive
from ressenti.rules.syntax.basics import clefted_by, is_finite, is_verb, takes_object, verb_before
from ressenti.rules.syntax.forms import kinds
from ressenti.rules.syntax.functions import function, itself
from ressenti.rules.syntax.subjects import governor
from ressenti.rules.syntax.verbs import VerbGroup, looks_like_infinitive, looks_like_participle, verb_group
from ressenti.rules.words import load_words

_BY = load_words()["of_and_by"]


@function("participle")
def participle(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when it is a past participle without *avoir*: an adjective or a passive (« énervé », « il a été surpris »)."""
    group = verb_group(s, i)
    known = kinds(s.forms[i])
    if known and ("participle" not in known or ("finite" in known and not group.auxiliaries and takes_object(s, i))):
        return []
    if not looks_like_participle(s.forms[i]) or (s.morph(i, "VerbForm") == "Fin" and group.subject is not None and not group.auxiliaries):
        return []
    if not group.auxiliaries:
        if s.dep(i) in ("conj", "advcl") and s.is_a(i + 1, "determiners") and has_avoir(s, verb_group(s, s.head(i))):
            return []  # « j'ai ouvert le bac, secoué la cartouche »
        return [] if group.subject is not None or (group.clitics and s.pos(i) in ("VERB", "AUX")) else [i]
    return [] if has_avoir(s, group) else [i]


def has_avoir(s: Sentence, group: VerbGroup) -> bool:
    """Whether the group is a past tense of the active voice, with *avoir*."""
    return bool(group.auxiliaries) and s.is_a(group.finite, "have") and "été" not in {s.forms[a] for a in group.auxiliaries}


@function("active")
def active(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when it is a verb in the active voice."""
    return [] if participle(s, i, frozenset()) else [i]


@function("causative")
def causative(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« faire » or « laisser » over the infinitive (« ce bruit m'a fait sursauter »)."""
    j = i - 1
    while j > 0 and (s.is_a(j, "adverbs", "negators") or s.is_a(j, "reflexive_clitics")):
        j -= 1
    return [j] if j >= 0 and s.is_a(j, "cause_verbs") and looks_like_infinitive(s.forms[i]) else []


@function("let-oneself")
def let_oneself(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« se faire », « se laisser », « se voir » over the infinitive: their subject undergoes it (« il s'est fait humilier par X »)."""
    if not looks_like_infinitive(s.forms[i]):
        return []
    j = i - 1
    while j > 0 and s.is_a(j, "adverbs", "negators"):
        j -= 1
    group = verb_group(s, j) if j >= 0 and s.is_a(j, "let") else None
    return [j] if group is not None and any(is_reflexive(s, group, c) for c in group.clitics) else []


@function("hypothetical")
def hypothetical(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The conditional or future verb of the clause of the token."""
    for v in (i, *governor(s, i, frozenset())):
        finite = verb_group(s, v).finite
        if s.morph(finite, "Tense") == "Imp":
            continue  # « je pleurais »
        if s.forms[finite].endswith(("rais", "rait", "raient", "rions", "riez", "rai", "ra", "ront", "rons")) and s.pos(finite) in (
            "VERB",
            "AUX",
        ):
            return [v]
    return []


@function("motive", seeks=itself)
def motive(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« par » right before a bare noun anywhere (« par jalousie »), another preposition only when it is set off."""
    bare = s.forms[i - 1 : i] == ["par"] or (
        s.forms[i - 1 : i] == ["de"]
        and s.forms[i] in ("peur", "crainte")
        and s.forms[i + 1 : i + 2] in (["de"], ["d'"], ["que"], ["qu'"])
        and i > 1
        and s.pos(i - 2) != "ADJ"
        and (s.pos(i - 2) != "NOUN" or s.forms[i + 1] in ("que", "qu'") or any(map(looks_like_infinitive, s.forms[i + 2 : i + 4])))
    )  # « il se taisait de peur de nous décevoir », « sans bouger un cil de peur de … »; not « morte de peur que … », « un cri de peur »
    if "par" in wanted and s.forms[max(i - 5, 0) : i - 1] in (
        ["sous", "le", "coup", "de"],
        ["sous", "l'", "effet", "de"],
        ["sous", "l'", "emprise", "de"],
    ):
        return [i - 1]  # « Sous le coup de la colère, … »
    return [i - 1] if bare and s.forms[i - 1] in wanted else set_off(s, i, wanted)


@function("set-off", seeks=itself)
def set_off(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The preposition of a bare noun that a comma or the sentence's start sets off (« par jalousie, … », « …, de peur de … »)."""
    j = i - 1
    if j < 0 or s.forms[j] not in wanted:
        return []
    opens = j == 0 or s.forms[j - 1] == ","
    return [j] if opens or (s.forms[i + 1 : i + 2] == [","] and s.forms[j] not in ("de", "d'")) else []  # « pleuré de joie, »


@function("reaction", among="à a au")
def reaction(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« à » of « à ma grande surprise », « à la stupéfaction de X »: the rest of the sentence is the cause."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.forms[j] in ("à", "a", "au"):
            plain = not any(is_verb(s, k) and is_finite(s, k) for k in range(j + 1, i))  # « a l'avait peur »: « elle » as it is said
            completed = s.is_a(i + 1, "of") or s.forms[i + 1 : i + 2] == [","] or s.pos(min(i + 1, len(s) - 1)) == "ADJ"
            bare = j == i - 2 and s.is_a(i - 1, "definite_determiners") and not completed  # « À la colère | a succédé la tristesse »
            return [j] if (j == 0 or s.forms[j - 1] == ",") and (j < i - 1 or s.forms[j] == "au") and plain and not bare else []
    return []


@function("main-clause")
def main_clause(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The verb of the clause that a circumstance belongs to (« par jalousie, j’ai coupé … »: *coupé*)."""
    if (that := clefted_by(s, i)) is not None:  # « c'est par pitié que je reste »
        return [_lexical(s, j) for j in range(that + 1, len(s)) if is_verb(s, j) and is_finite(s, j)][:1]
    after = next((j for j in range(i + 1, len(s)) if s.forms[j] == ","), None)
    between = s.forms[i - 2] == "," and after == i + 1
    inserted = between and not s.is_a(i + 2, "subordinators") and s.forms[i + 2 : i + 3] not in (["bien"], ["même"])
    opens = i < 2 or reaction(s, i, frozenset()) or inserted  # not « …, par orgueil, bien que je souffre »
    if (set_off(s, i, _BY) or reaction(s, i, frozenset())) and after is not None and opens:
        following = [j for j in range(after, len(s)) if is_verb(s, j) and is_finite(s, j)]
        if following:
            return [_lexical(s, following[0])]
    at = i
    apart = bool(set_off(s, i, _BY))
    for _step in range(5):
        head = s.head(at)
        skipped = _is_comment(s, head) or (apart and head < i and looks_like_infinitive(s.forms[head]))  # « mis un an à l'inviter, par … »
        if is_verb(s, head) and head != i and not skipped:
            return [head]
        if head == at:
            break
        at = head
    before = verb_before(s, i)  # « je me suis tue, de peur de … », where the parser sees no verb in « tue »
    return [] if before is None or not set_off(s, i, _BY) else [before]


def _is_comment(s: Sentence, verb: int) -> bool:
    """« … , de soulagement je suppose »: a clause that only says how sure the speaker is."""
    said = s.is_a(verb, "comments") and s.forms[verb - 1 : verb] in (["je"], ["j'"])
    return said and (verb + 1 >= len(s) or s.forms[verb + 1] in STOPS or s.forms[verb + 1] in (",", "et"))


def _lexical(s: Sentence, verb: int) -> int:
    """The participle after an auxiliary, else the verb itself."""
    for j in range(verb + 1, min(verb + 4, len(s))):
        if s.is_a(verb, "auxiliaries") and s.pos(j) in ("VERB", "AUX"):
            return j
        if not s.is_a(j, "adverbs", "negators"):
            break
    return verb

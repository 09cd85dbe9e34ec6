"""Intensity: the word's own, moved by what modifies it.

Only what stands in a modifying position counts: adverbs that run up to the cue, adjectives beside an emotion noun, measures (« une pointe
de »), what follows it (« comme jamais », « à en pleurer »), consecutives, repetition, capitals and exclamation marks.
"""

from __future__ import annotations

import re

from ressenti.rules.qualifiers.classes import classes, ending_at, is_one, starting_at
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_verb
from ressenti.rules.syntax.verbs import is_infinitive, verb_group
from ressenti.rules.triggers import Hit

_LONG = re.compile(r"(\w)\1{2,}", re.IGNORECASE)
_AFTER = 4
"""Tokens after the cue within which what modifies it may start."""
_LIVED = ("véc", "vit", "viv", "pris", "prend", "percev", "perç", "consid")
"""How the forms of *vivre*, *prendre*, *percevoir* and *considérer* begin, which take something as what it was."""


def intensity(s: Sentence, hit: Hit, governing: int | None, status: str) -> Reason:
    """``low``, ``medium`` or ``high``, and what decided.

    Args:
        s: The parsed sentence.
        hit: The entry found in it.
        governing: The verb that governs the cue, or None.
        status: Under a negation the word's own intensity counts, not a degree that is denied (« pas très triste »).
    """
    own = hit.entry.intensity
    before, after = _before(s, hit, governing), _after(s, hit)
    down = _down(s, hit, before, after)
    if status == "negated":
        if down and (s.forms[down[-1]] == "moindre" or any(is_one(s, i, "negative_words") for i in down)):
            down = None
        up = None if any(is_one(s, i, "negative_words") for i in before) else _up(s, hit, before, after, governing)
        if up and up[0] > 0 and is_one(s, up[0] - 1, "negative_words"):
            up = None  # « je n'aime pas beaucoup »
    else:
        up = _up(s, hit, before, after, governing)
    if down and not up:
        value = "low" if own != "high" or s.forms[down[0]] in ("un", "presque", "à", "quasi") else "medium"
        return Reason("intensity", value, down, "a word that diminishes it")
    if up:
        return Reason("intensity", "high", up, "a word or form that raises it")
    return Reason("intensity", own, hit.cue, "the word's own intensity")


Tokens = tuple[int, ...]


def _before(s: Sentence, hit: Hit, governing: int | None) -> list[int]:
    """Adverbs, adjectives, measures before the cue, nearest first."""
    first = hit.all[0]
    found: list[int] = []
    j = first - 1
    noun = hit.entry.pos == "NOUN"
    while j >= 0 and s.forms[j] not in STOPS and s.forms[j] != "," and (_qualifies(s, j, noun) or _joins(s, j, found)):
        found.append(j)
        j -= 1
    if hit.entry.pos == "VERB" or is_verb(s, hit.head):
        group = verb_group(s, hit.head)
        inside = [i for i in range(group.verb - 1, group.start - 1, -1) if i not in hit.all and i not in found]
        found += [i for i in inside if s.pos(i) in ("ADV", "ADJ") or s.is_a(i, "adverbs") or is_one(s, i, "high", "low")]
    if governing is not None and governing < first:
        group = verb_group(s, governing)
        found += [
            i
            for i in range(first - 1, group.start - 1, -1)
            if i not in found and (s.pos(i) == "ADV" or is_one(s, i, "high", "low")) and i != governing
        ]
    return found


def _qualifies(s: Sentence, j: int, noun: bool) -> bool:
    """Whether a token may stand between a modifier and the cue, or be one."""
    if is_one(s, j, "high", "low", "high_before_adjective", "phrases_low", "phrases_medium") or s.is_a(j, "adverbs", "negators"):
        return True
    if noun and (s.pos(j) in ("ADJ", "DET", "NUM") or s.is_a(j, "determiners") or is_one(s, j, "adjectives_high", "adjectives_low")):
        return True
    if s.forms[j].endswith("ment") or s.pos(j) == "ADV":
        return True
    return ending_at(s, j, "phrases_low", "phrases_high", "phrases_medium", "superlative") is not None


def _joins(s: Sentence, j: int, found: list[int]) -> bool:
    """« une grande et belle joie »"""
    return s.forms[j] in ("et", "ni") and bool(found) and s.pos(found[-1]) in ("ADJ", "ADV")


def _after(s: Sentence, hit: Hit) -> list[int]:
    """Adverbs and adjectives that follow the cue without a break."""
    last, found = hit.all[-1], []
    for k in range(last + 1, min(last + 1 + _AFTER, len(s))):
        if s.forms[k] in STOPS or s.forms[k] == ",":
            break
        if s.forms[k] == "et" and (hit.entry.pos != "NOUN" or k + 1 == len(s) or s.pos(k + 1) != "ADJ"):
            break  # « déçue et un peu envieuse »: what stands after *et* is about that; but « une peur immense et sourde »
        if s.pos(k) in ("ADV", "ADJ") or is_one(s, k, "high", "low", "adjectives_high", "adjectives_low") or s.is_a(k, "adverbs"):
            found.append(k)
        elif s.forms[k] not in ("et", "pas") and not s.forms[k].startswith("-"):
            break
    return found


def _modifies(s: Sentence, i: int, hit: Hit) -> bool:
    """Whether a degree word bears on the cue and not on another word beside it (« très longtemps », « si tu »)."""
    first = hit.all[0]
    form = s.forms[i]
    if form in ("si", "s'"):
        if i + 1 == first and hit.entry.pos == "PHRASE":
            return True  # « si en colère »
        return i < first and not s.is_a(i + 1, "adverbs_taking_degrees", "subject_clitics", "determiners", "object_clitics", "negators")
    if s.is_a(i, "all"):
        return i == first - 1 and (hit.entry.pos == "ADJ" or s.pos(first) in ("ADJ", "VERB")) and not is_verb_form(s, hit)
    if form == "aussi":
        return False
    if s.is_a(i, "degrees_beside_the_word"):
        beside = all(s.is_a(k, "determiners") for k in range(i + 1, first)) and i < first  # « grave le trac »
        return beside or (form not in ("bien", "au") and i > first)
    if not s.is_a(i, "degrees_of_adverbs") or i + 1 == len(s) or i + 1 in hit.all:
        return True
    return s.forms[i + 1] != "moins" and not (s.is_a(i + 1, "adverbs_taking_degrees") and i + 1 != first)


def is_verb_form(s: Sentence, hit: Hit) -> bool:
    """Whether the cue is a finite verb, which « tout » does not modify."""
    return hit.entry.pos == "VERB" and verb_group(s, hit.head).subject is not None and not verb_group(s, hit.head).auxiliaries


def _down(s: Sentence, hit: Hit, before: list[int], after: list[int]) -> Tokens | None:
    first, last = hit.all[0], hit.all[-1]
    noun = hit.entry.pos == "NOUN"
    for j in [first - 1, *before]:
        if j < 0:
            continue
        if ending_at(s, j, "phrases_medium") or (s.forms[j] == "plus" and s.forms[j - 1 : j] == ["peu"]):
            return None
        if (phrase := ending_at(s, j, "phrases_low")) and not (noun and s.is_a(j + 1, "possessives")):  # « imagine un peu sa joie »
            return tuple(phrase)
        if noun and (phrase := ending_at(s, j, "measures_low")) and _measures(s, phrase, first) and not _lived_as(s, phrase.start):
            return tuple(phrase)
        if (
            j in before
            and is_one(s, j, "low")
            and not {"que", "qu'"} & set(s.forms[j:first])  # « moins fâché que déçu »
            and (s.forms[j] != "peu" or s.forms[j - 1 : j] not in (["un"], ["à"]))
            and (s.forms[j] != "peine" or s.forms[j - 1] == "à")
        ):
            return (j,)
        if noun and j in before and is_one(s, j, "adjectives_low"):
            return (j,)
    for k in (last + 1, last + 1 + (s.forms[last + 1 : last + 2] == [","]), *after):  # « ça m'a déçue, un peu »
        if phrase := starting_at(s, k, "phrases_low"):
            return tuple(phrase)
        if k in after and ((is_one(s, k, "low") and s.forms[k] != "moins") or (noun and is_one(s, k, "adjectives_low"))):
            return (k,)
    # « plus surpris qu'effrayé », « plutôt fâché que triste », « plus de pitié que de colère »
    than = first - 1 - (noun and s.forms[first - 1] in ("de", "d'"))
    if s.forms[than : than + 1] in (["que"], ["qu'"]) and any(
        s.forms[k] in ("plus", "plutôt", "davantage") for k in range(max(first - 6, 0), than)
    ):
        return (than,)
    return None


def _lived_as(s: Sentence, comme: int) -> bool:
    """« vécu comme une humiliation », « j'ai pris ça comme une insulte »: what it was, not what it was like."""
    return s.forms[comme] == "comme" and any(s.forms[k].startswith(_LIVED) for k in range(max(comme - 5, 0), comme))


def _measures(s: Sentence, phrase: range, first: int) -> bool:
    """Whether a measure stands before the cue with determiners and adjectives between."""
    return all(s.pos(k) in ("ADJ", "DET", "ADV") or s.is_a(k, "determiners", "adverbs") for k in range(phrase[-1] + 1, first))


def _up(s: Sentence, hit: Hit, before: list[int], after: list[int], governing: int | None) -> Tokens | None:
    first, last = hit.all[0], hit.all[-1]
    noun = hit.entry.pos == "NOUN"
    for j in [first - 1, *before]:
        if j < 0:
            continue
        if phrase := ending_at(s, j, "phrases_high", "superlative"):
            return tuple(phrase)
        if noun and (phrase := ending_at(s, j, "measures_high")) and _measures(s, phrase, first):
            compared = s.forms[phrase.start] == "plus" and s.forms[last + 1 : last + 2] in (["que"], ["qu'"])
            return None if compared else tuple(phrase)  # « plus de pitié que de colère »
        if j not in before:
            continue
        if ending_at(s, j, "phrases_medium"):
            break
        if (is_one(s, j, "high") or (is_one(s, j, "high_before_adjective") and not noun) or (s.forms[j] == "si" and noun)) and _modifies(
            s, j, hit
        ):
            return (j,)
        if noun and is_one(s, j, "adjectives_high") and s.forms[j + 1 : j + 2] != ["de"]:
            return (j,)
        if noun and s.forms[j] in ("autant", "tel", "telle") and s.forms[j + 1 : j + 2] in (["de"], ["d'"]):
            return (j,)
        if s.forms[j] in ("aussi", "autant") and any(
            is_one(s, k, "negative_subjects") or s.forms[k] == "rarement" for k in range(max(first - 10, 0), j)
        ):
            return (j,)
        if s.forms[j] == "plus" and any(
            s.forms[k] == "jamais" for k in (*range(max(first - 5, 0), j), *range(last + 1, min(last + 4, len(s))))
        ):
            return (j,)  # « jamais été plus heureuse », « plus triste que jamais »
    for k in (last + 1, *after):
        if k in after and (is_one(s, k, "high") or (noun and is_one(s, k, "adjectives_high"))) and _modifies(s, k, hit):
            return (k,)
    if noun and (attribute := _attribute(s, hit)) is not None and is_one(s, attribute, "adjectives_high"):
        return (attribute,)
    if (tail := _tail(s, hit)) or (tail := _exclaimed(s, hit, governing)):
        return tail
    if governing is not None and noun and is_one(s, governing, "overwhelm") and not s.is_a(governing, "auxiliaries"):
        return (governing,)
    if noun and (verb := _verb_of_subject(s, hit)) is not None:
        return (verb,)
    return _form(s, hit)


def _attribute(s: Sentence, hit: Hit) -> int | None:
    """« ma colère était immense »: the adjective said of an emotion noun."""
    k = hit.all[-1] + 1
    if not s.is_a(k, "be"):
        return None
    k += 1
    while s.is_a(k, "adverbs"):
        k += 1
    return k if k < len(s) else None


def _tail(s: Sentence, hit: Hit) -> Tokens | None:
    """What follows: « comme jamais », « à en pleurer », « au point de », « comme je ne l'avais jamais vue »."""
    last = hit.all[-1]
    for k in range(last + 1, min(last + 9, len(s))):
        if s.forms[k] in STOPS or (k > last + 1 and s.forms[k] == "," and s.forms[k + 1 : k + 2] not in (["à"], ["au"], ["comme"])):
            break
        near = k <= last + 3
        if near and s.forms[k : k + 2] == ["le", "plus"] and (s.forms[k + 2 : k + 3] in ([], [","]) or s.forms[k + 2] in STOPS):
            return (k, k + 1)  # « ce qui m'énerve le plus »
        phrase = starting_at(s, k, "phrases_high")
        if (
            phrase
            and s.forms[phrase.start - 1] != "cause"
            and s.texts[phrase.start].lower() not in ("du", "des")  # « pitié du gamin », not « une joie de gamin »
            and (near or s.forms[k] in ("au", "à", "aux", "comme"))
            and s.forms[k : k + 2] != ["à", "ce"]
        ):
            return tuple(phrase)
        if near and (s.forms[k : k + 2] in (["à", "en"], ["jusqu'", "à"]) and any(is_infinitive(s, j) for j in (k + 2, k + 3))):
            return (k, k + 1)  # « triste à en avoir mal », « l'admirer jusqu'à copier ses gestes »
        if k == last + 1 and s.forms[k] in ("si", "tellement") and hit.entry.pos == "NOUN" and k + 1 < len(s) and s.pos(k + 1) == "ADJ":
            return (k,)  # « une honte si lourde que … »
        if near and s.forms[k] == "comme" and any(is_one(s, j, "ne") for j in range(k + 1, min(k + 4, len(s)))):
            return (k,)
        if near and s.forms[k] in ("tellement", "tant") and not is_verb(s, k) and s.forms[k + 1 : k + 2] not in (["de"], ["d'"]):
            return (k,)  # but « honteuse d'attacher tant d'importance »
        if near and s.forms[k] == "que" and s.forms[k + 1 : k + 2] == ["jamais"]:
            return (k, k + 1)
        if s.forms[k] in ("et", "mais", "parce", "car", "quand"):
            break
    return None


def _exclaimed(s: Sentence, hit: Hit, governing: int | None) -> Tokens | None:
    """« tant j'étais heureuse », « combien j'étais émue », « Comme il avait peur ! », « Quel voyage ! »."""
    if hit.entry.mode == "displayed":
        return (hit.cue[0],) if any(s.forms[i].startswith("quel") for i in hit.cue[:3]) and "?" not in s.forms[hit.cue[-1] :] else None
    verb = hit.head if governing is None else governing
    if not is_verb(s, verb):
        return None
    start = verb_group(s, verb).start
    before = s.forms[start - 1] if start else ""
    if before in ("tant", "tellement", "combien") or (start and ending_at(s, start - 1, "phrases_high")):
        return (start - 1,)
    if before == "comme" and start > 1 and is_one(s, start - 2, "know") and s.is_a(start, "subject_clitics"):
        return (start - 1,)  # « si tu savais comme je suis heureuse »
    opens = before in ("comme", "que", "qu'") and (
        start == 1 or s.forms[start - 2] in (*STOPS, ",") or s.is_a(start - 2, "before_exclamations")
    )
    if (
        opens
        and not is_one(s, verb_group(s, verb).finite, "subjunctives")
        and any(s.forms[k] in ("!", "!!") for k in range(hit.all[-1], len(s)))
    ):
        return (start - 1,)
    return None


def _verb_of_subject(s: Sentence, hit: Hit) -> int | None:
    """« le chagrin m'a submergée », « submergée par une tendresse »: an overwhelming verb that the emotion is subject or agent of."""
    head = s.head(hit.head)
    if s.dep(hit.head) in ("nsubj", "obl") and is_one(s, head, "overwhelm") and head not in hit.all:
        return head
    for k in range(hit.all[-1] + 1, min(hit.all[-1] + 6, len(s))):
        if s.forms[k] in STOPS or s.forms[k] == ",":
            break
        if is_one(s, k, "overwhelm") and s.pos(k) in ("VERB", "ADJ"):
            return k if any(s.is_a(c, "object_clitics") for c in range(hit.all[-1] + 1, k)) else None
    j = hit.all[0] - 1
    while j >= 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "DET")):
        j -= 1
    if j > 0 and s.is_a(j, "of_and_by") and is_one(s, j - 1, "overwhelm"):
        return j - 1
    return None


def _form(s: Sentence, hit: Hit) -> Tokens | None:
    """Repetition, capitals, lengthened letters and exclamation marks."""
    head = hit.head
    form = s.forms[head]
    near = (*range(head - 4, head), *range(head + 1, head + 5))
    again = next((k for k in near if 0 <= k < len(s) and s.forms[k] == form), None)
    if again is not None and any(s.forms[k] in (",", "mais") for k in range(min(head, again), max(head, again))):
        return (min(head, again), max(head, again))
    text = s.texts[head]
    if (
        text.isupper()
        and len(text) > 3
        and not all(t.text.isupper() for t in s.tokens if t.is_alpha and len(t.text) > 3 and t is not s.tokens[head])
    ):
        return (head,)
    if hit.entry.mode == "displayed" and text.isupper() and len(text) > 3:
        return (head,)
    for i in range(max(hit.all[0] - 3, 0), hit.all[0]):
        if _LONG.search(s.texts[i]) and re.sub(r"(\w)\1+", r"\1", s.forms[i]) in classes()["high"]:
            return (i,)
    for i in hit.cue:
        if _LONG.search(s.texts[i]) and s.texts[i].isalpha() and hit.entry.mode != "displayed":
            return (i,)
    marks = next((k for k in range(hit.all[-1] + 1, len(s)) if s.forms[k] in STOPS or not s.forms[k].strip("!?")), None)
    if marks is not None and (s.forms[marks].startswith("!!") or s.forms[marks : marks + 2] == ["!", "!"]):
        return (marks,)
    return None

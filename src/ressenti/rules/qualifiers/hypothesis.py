"""Hypothesis: questions, conditions, wishes, purposes, orders and what was only believed or feared.

What counts is in the annotation guidelines (sections 1 and 5b) and, where they are silent, in ``docs/qualifiers.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.rules.qualifiers.classes import ending_at, is_one
from ressenti.rules.qualifiers.negation import negating_words, presupposed
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.qualifiers.scope import Step, carries_tense, clause_opener, marker, verb_of_noun
from ressenti.rules.qualifiers.tense import is_conditional, is_future
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.verbs import is_infinitive, looks_like_participle, verb_group
from ressenti.rules.triggers import Hit
from ressenti.rules.words import load_words

WONDERED = "an indirect question"
"""Why a mention under « je me demande si » is hypothetical."""
CONDITION = "a condition"
"""Why one in a clause with « si » is."""

_OF, _TO = load_words()["of"], load_words()["to"]
_IMPERATIVE_PRONOUNS = load_words()["imperative_pronouns"]


def hypothesis(s: Sentence, hit: Hit, over: Sequence[Step]) -> Reason | None:
    """Why the emotion is only thought of, or None; ``Reason.what`` is ``wish`` where it is wished for."""
    if s.forms[0] in ("puisse", "puissent") and not s.stop_between(0, hit.all[0]) and not s.is_a(hit.all[0] - 1, "possessives"):
        return _because(0, "a wish", True)  # « Puisse cette dame connaître un peu de bonheur »
    if hit.entry.mode == "labelled" and (opens := _indirect_question(s, hit.all[0])) is not None:
        return _because(opens, WONDERED)
    for n, step in enumerate(over):
        if step.noun:
            if step.link == "relative":
                break
            if step.link == "that" and {"tellement", "si", "tant", "telle"} & set(s.forms[max(step.at - 3, 0) : step.at]):
                break  # « tellement peur qu'il s'est caché »: what follows from it
            if is_one(s, step.at, "sure") and _unsure(s, step.at):
                return _because(step.at, "one is not sure of it")
            if is_one(s, step.at, "unreal_nouns") and not (s.forms[step.at] == "envie" and hit.entry.mode == "behavioural"):
                return _because(step.at, "what one feels like, hopes or fears", s.is_a(step.at, "wishes"))
            continue
        if n and is_one(s, step.at, "perceive") and _if_you_had_been_there(s, step.at):
            return None
        found = _of_verb(s, hit, step, over[n - 1] if n else None)
        unreal = carries_tense(s, step.at) and is_conditional(s, verb_group(s, step.at).finite)
        if found is None and n == 0 and presupposed(s, hit, step) and not unreal:
            return None  # « se réjouir de notre bonheur »
        if found is None and step.link == "infinitive" and is_one(s, step.at, "perceive") and negating_words(s, step.at):
            return None  # « pour que je ne la voie pas pleurer »
        if found is None and step.link == "that" and not (is_one(s, step.at, "raising", "believe", "wish") or _attenuated(s, step.at)):
            break
        if found is not None or (found := _of_clause(s, hit, step.at)) is not None:
            return found
    if not over:
        return _unlinked(s, hit)
    return None


def _if_you_had_been_there(s: Sentence, verb: int) -> bool:
    """« tu aurais vu Kevin, vert de rage »: the listener would have, for it was so."""
    group = verb_group(s, verb)
    you = group.subject is not None and s.forms[group.subject] in ("tu", "t'", "vous")
    return you and bool(group.auxiliaries) and is_conditional(s, group.finite) and _condition(s, group.start) is None


def _unsure(s: Sentence, adjective: int) -> bool:
    """« je ne suis pas sûre d'être contente », « pas certain que ça lui plaise »"""
    verb = verb_of_noun(s, adjective)
    return s.forms[adjective - 1] in ("pas", "plus", "jamais", "guère") or (verb is not None and bool(negating_words(s, verb)))


def _is_unwanted(s: Sentence, noun: int) -> bool:
    """« je ne veux pas de ta pitié »: it is there."""
    return s.is_a(noun - 1, "possessives") and s.forms[noun - 2] in ("de", "d'") and s.forms[noun - 3 : noun - 2] in (["pas"], ["plus"])


def _said_to_be_wished(s: Sentence, verb: int) -> int | None:
    """« tout ce que je veux, c'est qu'elle soit heureuse »: the verb of wishing before the copula that takes the clause."""
    if not s.is_a(verb, "be") or s.forms[verb - 1] not in ("c'", "ce"):
        return None
    wishes = (k for k in range(verb - 1) if is_one(s, k, "wish") and not s.forms[k].startswith(("aim", "ador")))
    return next((k for k in wishes if {"que", "qu'"} & set(s.forms[max(k - 4, 0) : k])), None)


def _because(at: int | Sequence[int], why: str, wish: bool = False) -> Reason:
    tokens = (at,) if isinstance(at, int) else tuple(at)
    return Reason("wish" if wish else "status", "hypothetical", tokens, why)


def _of_verb(s: Sentence, hit: Hit, step: Step, below: Step | None) -> Reason | None:
    """What the verb of a step says of what is below it."""
    v = step.at
    if step.link != "cue" or (below is not None and below.noun):
        return _of_higher(s, hit, step, below)
    if v in hit.all:
        return None
    noun_object = _is_object(s, hit, v) and not _is_unwanted(s, hit.all[0]) and not _easily_imagined(s, hit, v)
    if noun_object and is_one(s, v, "doubt"):
        return _because(v, "what is feared, imagined or feigned")
    if noun_object and is_one(s, v, "seek") and not s.forms[v].startswith(("deman", "promi")):
        return _because(v, "what is sought or wished for", True)
    liked = s.forms[v].startswith(("aim", "ador", "préf")) and not is_conditional(s, verb_group(s, v).finite)
    if is_one(s, v, "wish") and noun_object and not liked:
        return _because(v, "a wish", True)
    if hit.entry.pos == "NOUN" and _is(s, v, "attend") and FUNCTIONS["reflexive"](s, v, frozenset()) and not negating_words(s, v):
        return _because(v, "what was expected")
    if hit.entry.pos in ("ADJ", "VERB", "PHRASE") and _is(s, v, "imagin"):
        return _because(v, "imagined")
    return None


def _is_object(s: Sentence, hit: Hit, verb: int) -> bool:
    """Whether an emotion noun is the object of a verb that is no support verb: no comma and no preposition but « de » between."""
    if hit.entry.pos != "NOUN" or verb >= hit.all[0] or s.is_a(verb, "auxiliaries", "experience", "give"):
        return False
    between = range(verb + 1, hit.all[0])
    crossed = _OF | _TO if s.forms[verb].startswith("souhait") else _OF  # « je souhaite à mes filles plus d'amour »
    return not any(s.forms[k] == "," or (s.is_a(k, "prepositions") and s.forms[k] not in crossed) for k in between)


def _easily_imagined(s: Sentence, hit: Hit, verb: int) -> bool:
    """« vous imaginez son humiliation », « tu imagines ma joie »: the listener is to see what was felt."""
    subject = verb_group(s, verb).subject
    told = subject is not None and s.forms[subject] in ("tu", "vous")
    return told and _is(s, verb, "imagin") and s.is_a(hit.all[0] - 1, "possessives")


def _is(s: Sentence, i: int, stem: str) -> bool:
    return s.forms[i].startswith(stem)


def _of_higher(s: Sentence, hit: Hit, step: Step, below: Step | None) -> Reason | None:
    v = step.at
    if step.link == "that" and (wish := _said_to_be_wished(s, v)) is not None:
        return _because(wish, "a wish", True)
    group = verb_group(s, v)
    compound = bool(group.auxiliaries)
    bearing_grudge = any(s.forms[c] == "en" for c in group.clitics)  # « il m'en voulait d'avoir ri »
    if is_one(s, v, "wish") and not bearing_grudge and (step.link == "that" or is_infinitive(s, below.at if below else v) or not compound):
        if s.forms[v].startswith(("aim", "ador")) and not is_conditional(s, group.finite):
            return None  # « j'aime pleurer »
        return _because(v, "a wish", True)
    if is_one(s, v, "must"):
        if (below is not None and is_one(s, below.at, "admit")) or _said_aside(s, v, hit.all[0]):
            return None  # « je dois avouer une certaine gêne »
        supposed = {"être", "avoir"} & set(s.forms[v + 1 : hit.all[0]]) or (group.subject is not None and s.is_a(group.subject, "this"))
        happened = compound and not supposed  # « j'ai dû crier », not « il a dû être déçu », « ça a dû lui faire de la peine »
        return None if happened or s.forms[v] in ("dut", "fallut") or _past_of_falloir(s, v) else _because(v, "what must or ought to be")
    if is_one(s, v, "can") and hit.entry.mode == "labelled" and not negating_words(s, v) and s.is_a(v, "what_may_be"):
        return _because(v, "what may be")
    if _is(s, v, "attend") and FUNCTIONS["reflexive"](s, v, frozenset()) and negating_words(s, v):
        return None  # « je ne m'attendais pas à être aussi émue »: it came
    if step.link == "infinitive" and is_one(s, v, "doubt", "seek") and not bearing_grudge:
        return _because(v, "what is sought, feared or feigned", is_one(s, v, "seek"))
    if step.link == "infinitive" and is_one(s, v, "order") and s.is_a(step.below - 1, "links_of_infinitives"):
        return _because(v, "what is asked for or promised")
    if step.link == "that":
        if is_one(s, v, "doubt") and not (_is(s, v, "dout") and FUNCTIONS["reflexive"](s, v, frozenset())):
            return _because(v, "what is feared, imagined or doubted")  # but « se douter que »: to have guessed
        if is_one(s, v, "let_us_say") and group.subject is None:
            return _because(v, "what is supposed or asked for", s.forms[v].startswith("f"))
        if is_one(s, v, "believe") and compound and not _nearly(s, hit, step.below):
            return _because(v, "what was believed")
    if s.forms[v + 1 : v + 2] in (["semblant"], ["mine"]) and s.is_a(v, "cause_verbs") and v < step.below:
        return _because(v + 1, "feigned")
    if s.forms[v] in ("peur", "crainte") and step.link == "infinitive":
        return _because(v, "what is feared")
    if (
        s.is_a(v, "experience", "auxiliaries")
        and s.forms[v + 1 : v + 2] in (["peur"], ["crainte"], ["envie"], ["besoin"])
        and step.at < step.below
    ):
        if s.forms[v + 1] == "envie" and hit.entry.mode == "behavioural":
            return None
        return _because(v + 1, "what one feels like, needs or fears", s.forms[v + 1] in ("envie", "besoin"))
    return None


def _nearly(s: Sentence, hit: Hit, first: int) -> bool:
    """« j'ai cru que j'allais m'évanouir de honte », « … que j'allais le gifler »: so strong was it, and it was there."""
    going = any(s.forms[k] in ("allais", "allait", "allions", "allaient") for k in range(first, hit.all[0]))
    return going and (hit.entry.pos == "NOUN" or hit.entry.mode == "behavioural")


def _said_aside(s: Sentence, must: int, cue: int) -> bool:
    """« et aussi, il faut être honnête, du soulagement »: the necessity stands between commas of its own."""
    start = verb_group(s, must).start
    opens = s.forms[start - 1 : start] == [","] and s.forms[start] in ("il", "faut")
    close = next((k for k in range(must, min(must + 6, cue)) if s.forms[k] == ","), None)
    return opens and close is not None and any(is_one(s, k, "admit") or s.forms[k] == "honnête" for k in range(must, close))


def _past_of_falloir(s: Sentence, v: int) -> bool:
    return s.forms[v] in ("fallait", "falloir")


def _of_clause(s: Sentence, hit: Hit, verb: int) -> Reason | None:
    """What the mood of the verb and the word that opens its clause say."""
    group = verb_group(s, verb)
    if is_conditional(s, group.finite) and carries_tense(s, verb) and not _attenuated(s, verb) and not _future_in_past(s, verb):
        return _because(group.finite, "a conditional")
    first = hit.all[0]
    for j in marker(s, verb):
        form = s.forms[j]
        if j in hit.all:
            continue
        if form in ("si", "s'"):
            if (why := _of_si(s, verb, j)) is not None:
                return why
            continue
        opens = form in ("que", "qu'") and (j == 0 or s.forms[j - 1] in STOPS)
        subjunctive = is_one(s, group.finite, "subjunctives") or s.morph(group.finite, "Mood") == "Sub"
        if opens and subjunctive and not _is_a_subject(s, hit.all[-1]):
            return _because((j, group.finite), "a wish", True)  # « Qu'ils soient heureux ! »
        if phrase := ending_at(s, j, "fear_of"):
            return _because(phrase, "what is feared")
        if phrase := ending_at(s, j, "unreal"):
            return _because(phrase, "a clause of what is not (yet) so")
        done = form == "pour" and (_over_and_done(s, verb) or (hit.entry.mode == "behavioural" and _sets_out(s, j)))
        if (phrase := ending_at(s, j, "purpose")) and not done and not _took(s, phrase[0]):
            return _because(phrase, "a purpose")
    if carries_tense(s, verb) and clause_opener(s, verb) is None:
        if _future(s, group.finite) and (condition := _condition(s, group.start)) is not None:
            return _because(condition, "it holds on a condition")
        for j in range(group.start - 1, max(group.start - 4, -1), -1):
            if phrase := ending_at(s, j, "otherwise"):
                return _because(phrase, "the other case")
    if (order := _imperative(s, verb)) is not None:
        return order
    if is_one(s, group.finite, "let_it") or is_one(s, group.start - 1, "let_it"):
        return _because(group.finite, "a wish", True)
    for k in range(verb + 1, first):
        if words := _perhaps(s, k):
            return _because(words, "perhaps")
    before = range(max(group.start - 2, 0), verb)
    return next((_because(words, "perhaps") for k in before if (words := _perhaps(s, k))), None)


def _is_a_subject(s: Sentence, last: int) -> bool:
    """« qu'il m'ait menti | me révolte », « qu'il soit déçu, | je m'y attendais »: what follows is said of the clause."""
    if s.forms[last + 1 : last + 2] == ["ou"]:
        return False  # « que tu sois énervée ou non, il faut … »
    comma = next((k for k in range(last + 1, len(s) - 3) if s.forms[k] == "," or s.forms[k] in STOPS), None)
    if comma is not None and s.forms[comma] == "," and s.is_a(comma + 1, "subject_clitics"):
        return not any(is_one(s, k, "wish") or s.forms[k].startswith("demand") for k in range(comma, len(s)))
    return last + 2 < len(s) and s.is_a(last + 1, "object_clitics") and is_verb(s, last + 2) and is_finite(s, last + 2)


def _over_and_done(s: Sentence, verb: int) -> bool:
    """« pour avoir pleuré », « pour être parti »: a reason; « pour être humiliée »: a purpose."""
    group = verb_group(s, verb)
    return any(s.forms[a] == "avoir" for a in group.auxiliaries) and looks_like_participle(s.forms[verb])


_SETS_OUT = ("lev", "retourn", "tourn", "pench", "attend", "allé", "mit", "mis")


def _sets_out(s: Sentence, purpose: int) -> bool:
    """« il s'est levé pour applaudir », « j'ai attendu d'être seule pour pleurer »: and so it was; not « je me lèverai pour … »."""
    before = [k for k in range(purpose) if is_verb(s, k) and not s.is_a(k, "auxiliaries")]
    done = [k for k in before if s.forms[k].startswith(_SETS_OUT) and not _future(s, k) and not is_conditional(s, k)]
    return bool(done) and not is_infinitive(s, done[-1])


def _took(s: Sentence, purpose: int) -> bool:
    """« il a suffi d'un mot pour que je pleure », « je n'ai pas attendu la fin pour pleurer »: it did come to that."""
    return any(
        (s.forms[k].startswith("suffi") or s.forms[k] in ("fallu", "fallut", "attendu")) and not is_conditional(s, verb_group(s, k).finite)
        and bool(negating_words(s, k)) == (s.forms[k] == "attendu") and not is_one(s, verb_group(s, k).start - 1, "wish")
        for k in range(purpose)
    )  # fmt: skip


def _of_si(s: Sentence, verb: int, si: int) -> Reason | None:
    """« si », « même si », « comme si »; « si je suis triste, c'est que … » states a fact."""
    if phrase := ending_at(s, si, "unreal"):
        return _because(phrase, "a clause of what is not so")
    if ending_at(s, si, "fact_si") and not any(is_conditional(s, k) for k in range(len(s))):
        return None
    end = next((k for k in range(verb, len(s)) if s.forms[k] == ","), None)
    if end is not None and s.forms[end + 1 : end + 3] in (["c'", "est"], ["c'", "était"]):
        return None
    if s.forms[si + 1 : si + 2] == ["seulement"]:
        return _because((si, si + 1), "a wish", True)
    return _because(si, WONDERED if _wondered(s, si) else CONDITION)


def _indirect_question(s: Sentence, first: int) -> int | None:
    """« je me demande si papi se sent seul », « elle a demandé pourquoi j'étais triste »: the word that opens the question, in its clause.

    Not « je ne sais pas pourquoi j'avais peur », « il ne comprend pas pourquoi »: the feeling is a fact there.
    """
    for k in range(first - 1, 0, -1):
        if s.forms[k] in STOPS or s.forms[k] == "," or s.is_a(k, "clause_boundaries"):
            return None
        asked = s.forms[k] in ("si", "s'") and _wondered(s, k) and not ending_at(s, k, "fact_si")
        if asked and any(is_verb(s, j) and is_finite(s, j) for j in range(k + 1, first + 1)):
            return k  # not « elle s'inquiétait de me voir si abattu »
        if s.forms[k] in ("pourquoi", "comment") or s.forms[k : k + 2] in (["ce", "qui"], ["ce", "que"], ["ce", "qu'"]):
            return k if any(_inquires(s, j) for j in range(max(k - 4, 0), k)) else None
    return None


def _inquires(s: Sentence, verb: int) -> bool:
    wants = s.forms[verb] == "savoir" and any(is_one(s, j, "seek") for j in range(max(verb - 2, 0), verb))
    return wants or is_one(s, verb, "inquire")


def _wondered(s: Sentence, si: int) -> bool:
    """« je me demande si », « je ne sais pas si »: whether this *si* opens an indirect question."""
    asks = next((k for k in range(si - 1, -1, -1) if not s.is_a(k, "negators")), None)
    return asks is not None and is_one(s, asks, "ask")


def _imperative(s: Sentence, verb: int) -> Reason | None:
    group = verb_group(s, verb)
    if group.subject is not None or group.auxiliaries or group.relative is not None or is_infinitive(s, verb):
        return None
    if not (group.start == 0 or s.forms[group.start - 1] in (*STOPS, ",", "-") or s.is_a(group.start - 1, "before_imperatives")):
        return None
    pronoun = ["-" + s.forms[verb + 2]] if s.forms[verb + 1 : verb + 2] == ["-"] and verb + 2 < len(s) else s.forms[verb + 1 : verb + 2]
    if (
        is_one(s, verb, "imperatives")
        or (s.morph(verb, "Mood") == "Imp" and s.pos(verb) in ("VERB", "AUX"))
        or (pronoun and pronoun[0] in _IMPERATIVE_PRONOUNS)
    ):
        return _because(verb, "an order or wish")
    return None


def _unlinked(s: Sentence, hit: Hit) -> Reason | None:
    """A cue that no verb governs: only what stands right before it counts."""
    for k in range(max(hit.all[0] - 2, 0), hit.all[0]):
        if words := _perhaps(s, k):
            return _because(words, "perhaps")
    return None


def _perhaps(s: Sentence, k: int) -> Sequence[int]:
    """« peut-être », which the tokeniser cuts in three at the start of a sentence, and what is like it; none where the word is no such."""
    if k >= 2 and s.forms[k - 2 : k + 1] == ["peut", "-", "être"]:
        return range(k - 2, k + 1)
    return (k,) if is_one(s, k, "hypothetical_adverbs") else ()


def _future(s: Sentence, i: int) -> bool:
    return is_future(s, i) or is_one(s, i, "go_now")


def _condition(s: Sentence, start: int) -> int | None:
    """« si » of another clause of the sentence, next to its subject."""
    for k in range(len(s) - 1):
        if (
            s.forms[k] in ("si", "s'")
            and k != start - 1
            and (s.is_a(k + 1, "subject_clitics", "determiners") or s.forms[k + 1] == "jamais")
        ):
            return k if s.forms[k - 1 : k] != ["même"] else None
    return None


def _attenuated(s: Sentence, verb: int) -> bool:
    """« on dirait qu'il est triste », « il semblerait que »: said with care, not imagined."""
    return is_one(s, verb, "seem") and is_conditional(s, verb) and s.forms[verb + 1 : verb + 2] in (["que"], ["qu'"])


def _future_in_past(s: Sentence, verb: int) -> bool:
    """« je savais que je serais triste »: a conditional after a past verb of knowing or saying tells the future."""
    group = verb_group(s, verb)
    opener = clause_opener(s, verb)
    if opener is None or s.forms[opener] not in ("que", "qu'") or group.auxiliaries:
        return False
    if any(s.forms[k] in ("si", "s'") and s.is_a(k + 1, "subject_clitics") for k in range(len(s) - 1)):
        return False
    j = opener - 1
    while j >= 0 and s.is_a(j, "adverbs", "negators"):
        j -= 1
    return j >= 0 and is_verb(s, j) and is_one(s, j, "know")

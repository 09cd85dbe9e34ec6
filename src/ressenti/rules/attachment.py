"""Which mention a circumstance belongs to, and which phrases share a preposition."""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.rules.found import Found
from ressenti.rules.phrases import phrase
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import adverbial_phrase
from ressenti.rules.syntax.basics import is_finite, is_verb, phrase_after
from ressenti.rules.syntax.clauses import infinitive_at, starts_clause
from ressenti.rules.triggers import Hit
from ressenti.rules.words import load_words

_WORDS = load_words()
_OF, _TO = _WORDS["of"], _WORDS["to"]
_OPENS = _WORDS["before_opening_circumstances"] | {",", "«", "("}
_JOINS = _WORDS["between_joined_cues"] | {","}
_COORDINATING = _WORDS["coordinators"] | {","}
_TOO_OR_ENOUGH = _WORDS["too_or_enough"]
_LIGHT = ("adverbs", "negators", "auxiliaries", "copulas", "determiners", "object_clitics", "first_person")
_CAUSING = ("object_clitics", "auxiliaries", "cause_verbs", "put", "causative_copulas", "negators", "adverbs")
_NEAR = 14
"""Tokens after the start of the main clause within which an opening circumstance reaches the clauses coordinated with it."""
_OWN = frozenset(
    {
        "resumed",
        "as-result",
        "reason-for",
        "pronoun-en",
        "more-than",
        "so-much",
        "equated",
        "apposed",
        "clitic",
        "driven-to",
        "degree-for",
        "hence-this",
        "as-first",
        "of-which",
        "all-the-more",
        "that-is-why",
        "explained",
        "made-to",
        "therefore",
        "it-took",
        "the-more",
        "hence",
        "blamed-for",
        "against-before",
    }
)


def is_filler(s: Sentence, role: str, span: tuple[int, int], cue: frozenset[int] = frozenset()) -> bool:
    """Whether a span is no cause or target in the sense of the guidelines (« il y a », « Aucun élève ne m'avait rendue fière »)."""
    first, last = span
    if role == "cause" and s.forms[first - 1 : first] == ["pour"] and infinitive_at(s, first) is not None and _enough(s, first):
        return True  # « trop triste pour sortir »
    if role == "target":  # « trop honte pour lui répondre », but « trop fier pour lui en vouloir »
        return s.forms[first - 1 : first] == ["pour"] and (infinitive := infinitive_at(s, first)) is not None and infinitive not in cue
    if role == "experiencer":  # « Pis un peu triste »: no noun phrase
        return (first == last and s.is_a(first, "no_experiencers")) or s.forms[last : last + 2] == ["un", "peu"]
    if role != "cause":
        return False
    if s.forms[first - 2 : first] == ["à", "en"] or s.forms[first - 1 : last + 1] == ["pour", "rien"]:
        return True  # « triste à en pleurer », « angoisser pour rien »
    if s.forms[first : first + 2] == ["ce", "qui"] and (
        s.forms[first - 1 : first] == [","] or all(s.is_a(k, *_CAUSING) for k in range(first + 2, last + 1))
    ):
        return True  # « il ricanait, ce qui rendait Paul furieux »: the clause is the cause; « elle a demandé ce qui le rendait triste »
    denied = first - (s.forms[first] != "pas")
    if denied > 0 and s.forms[denied] == "pas" and s.is_a(denied - 1, "be") and s.forms[last + 1 : last + 2] == ["qui"]:
        return True  # « ce n'était pas lui qui m'avait humilié »
    if first == last:
        form, following = s.forms[first], s.forms[first + 1 : first + 2]
        if form in ("rien", "personne"):
            if s.forms[first - 1 : first] in (["plus"], ["jamais"]):
                return True  # « je n'espérais plus rien »
            return following in (["ne"], ["n'"], ["qui"]) or s.is_a(first + 1, "object_clitics")
        if form in ("ce", "c'") and s.is_a(first + 1, "be"):  # « c'est agaçant »
            return not any(s.pos(k) == "ADJ" for k in range(first + 2, min(first + 5, len(s))))
        return s.is_a(first, "no_causes")
    if s.forms[first] in ("peur", "crainte") and s.forms[first - 1 : first] == ["de"] and s.forms[first + 1] in ("que", "qu'", "de", "d'"):
        return True  # « gênée, de peur que je la déteste »
    if s.forms[first] in ("chaque", "tous", "toutes") and s.is_a(last, "temporal_nouns"):
        return True  # « mon angoisse de chaque matin »
    if s.forms[first] == "rien" and s.forms[first - 1 : first] in (["plus"], ["jamais"]):
        return True  # « … plus rien de ce côté »
    return s.forms[first] in ("aucun", "aucune") or s.forms[first : first + 2] == ["tel", "point"]


def _enough(s: Sentence, first: int) -> bool:
    return not _TOO_OR_ENOUGH.isdisjoint(s.forms[max(first - 6, 0) : first])


def belongs(s: Sentence, mention: Found, found: Sequence[Found], at: int, function: str = "") -> bool:
    """Whether the circumstance at a token is this mention's.

    One that follows belongs to the nearest mention before it and to those coordinated with that; one that opens the sentence or
    a coordinated clause to all that come after it there.

    Args:
        s: The sentence.
        mention: The mention.
        found: All mentions of the sentence, with their roles so far.
        at: A token of the circumstance, its conjunction or its head.
        function: The function that led to it: some start from the clause of the cue and cannot be another mention's.
    """
    if function in _OWN:
        return True
    own = mention.hit
    last = own.all[-1]
    others = [m.hit for m in found if m is not mention]
    if at > last:
        if s.forms[at - 1] == "et" or _another_clause(s, last, at) or _inside_a_role(mention, found, at):
            return False
        inner = [(r.first, r.last) for r in mention.roles if r.sentence is s]
        between = [hit for hit in others if last < hit.head < at and not any(a <= hit.head <= b for a, b in inner)]
        return all(_coordinated_cues(s, own, hit) for hit in between)
    start = at
    while start > 0 and s.forms[start - 1] not in _OPENS and s.forms[start - 1] not in STOPS and at - start < 7:
        if is_verb(s, start - 1) and is_finite(s, start - 1):
            return False
        start -= 1
    opens = start == 0 or s.forms[start - 1] in _OPENS or s.forms[start - 1] in STOPS or s.forms[at] in ("que", "qu'")
    if not opens:
        return False
    if any(start <= hit.head < at for hit in others):
        return False  # « angoissé à l'idée de perdre mes mots, je n'ai pas fermé l'œil »
    if _far_from_main(s, at, own.all[0]):
        return False
    before = [hit for hit in others if hit.head < start]
    return not before or s.forms[start - 1] in ("et", "mais", "puis", "pis", "coup")


def _far_from_main(s: Sentence, at: int, cue: int) -> bool:
    """Whether further clauses with subjects of their own part the cue from the main clause that follows an opening circumstance."""
    main = next((k for k in range(at + 1, cue) if s.forms[k] == "," and starts_clause(s, k + 1)), None)
    if main is None:
        return False
    later = [k for k in range(main + 2, cue - 1) if s.forms[k] in (",", "et", "mais") and starts_clause(s, k + 1)]
    return bool(later) and (cue - main > _NEAR or any(s.is_a(k + 1, "strong_pronouns") or s.forms[k] == "mais" for k in later))


def _another_clause(s: Sentence, last: int, at: int) -> bool:
    """« je m'en veux, j'y pense chaque fois que … »: a clause of its own between the cue and what follows."""
    return any(
        s.forms[k] in (",", ";", "et", "mais") and not s.is_a(k + 1, "fillers", "subordinators") and starts_clause(s, k + 1)
        and not (k + 1 <= at <= k + 3)
        and s.forms[k + 1 : k + 3] not in (["c'", "est"], ["c'", "était"], ["ce", "fut"])  # « ma colère, c'est à cause de … »
        and "," not in s.forms[k + 2 : k + 5]  # « …, j'avoue, … »
        for k in range(last + 1, at - 1)
    )  # fmt: skip


def _inside_a_role(mention: Found, found: Sequence[Found], at: int) -> bool:
    """« je craignais sa déception, car … »: the cue stands in what another mention is about, the circumstance does not."""
    return any(
        r.first <= mention.hit.head <= r.last < at and r.role in ("cause", "target")
        for other in found
        if other is not mention and other.hit.all[-1] < mention.hit.all[0]
        for r in other.roles
    )


def _coordinated_cues(s: Sentence, own: Hit, other: Hit) -> bool:
    """« triste et en colère », « j'ai pleuré et crié »: nothing but conjunctions, adverbs and support verbs between two cues."""
    between = range(own.all[-1] + 1, min(other.all))
    return len(between) <= 8 and all(
        s.forms[k] in _JOINS or k in other.all or s.is_a(k, *_LIGHT)
        or s.pos(k) in ("ADV", "ADJ")
        for k in between
    ) and any(s.forms[k] in _COORDINATING for k in between)  # fmt: skip


_THAT = frozenset({"que", "qu'"})
_WHY = frozenset({"parce", "surtout", "puisque", "puisqu'"})


def joined_clauses(s: Sentence, span: tuple[int, int]) -> list[tuple[int, int]]:
    """« parce que A et que B », « peur que A et que B »: the clauses apart; « quand A et que B » is one occasion."""
    first, parts = span[0], []
    for k in range(span[0] + 2, span[1] - 1):
        if s.forms[k] != "et":
            continue
        that = next((j for j in range(k + 1, min(k + 4, span[1])) if s.forms[j] not in _WHY), k)
        opens = s.forms[that] in _THAT or s.forms[that - 1] in ("puisque", "puisqu'")
        told = not any(s.forms[j] in _THAT for j in range(first, k))  # « parce qu'il dit que A et que B »
        if opens and told and any(is_verb(s, j) for j in range(that + 1, span[1] + 1)):
            parts.append((first, k - 1))
            first = that + (s.forms[that] in _THAT)
    return [*parts, (first, span[1])]


def all_of(s: Sentence, span: tuple[int, int], function: str) -> list[tuple[int, int]]:
    """The spans that are roles where a function led to one: those coordinated with it, each by itself."""
    if function in ("complement", "because-of", "agent"):
        return [span, *coordinated(s, span)]
    if function == "object":
        return [span, *enumerated(s, span)]
    return joined_clauses(s, span) if function in ("clause", "since", "that") else [span]


def enumerated(s: Sentence, span: tuple[int, int]) -> list[tuple[int, int]]:
    """« je redoutais la rentrée, la cantine, la voix du surveillant »: the further noun phrases of a list; one alone is an apposition."""
    found: list[tuple[int, int]] = []
    at = span[1] + 1
    while at + 2 < len(s) and (s.forms[at] == "," or (found and s.forms[at] == "et")) and s.is_a(at + 1, "determiners"):
        head = next((k for k in range(at + 2, min(at + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")), None)
        more = None if head is None or starts_clause(s, at + 1) else phrase(s, head, frozenset())
        if more is None or s.forms[at + 1] in _OF:
            break
        found.append(more)
        at = more[1] + 1
    return found if len(found) > 1 else []


def coordinated(s: Sentence, span: tuple[int, int]) -> list[tuple[int, int]]:
    """« jaloux de A, de B et de C », « irrité par A et par B »: the further phrases with the same preposition."""
    found, before, at = [], s.forms[span[0] - 1 : span[0]], span[1] + 1
    while at + 2 < len(s) and (s.forms[at] == "," or s.is_a(at, "joining_coordinators")) and before:
        second = at + 1
        while second + 2 < len(s) and s.is_a(second, "adding"):
            second += 1
        if before[0] == "par" and s.is_a(span[0], "determiners", "possessives") and not s.is_a(second + 1, "determiners", "possessives"):
            break  # « giflée par son mari, par jalousie »
        same = s.forms[second] == before[0] and s.is_a(second, "prepositions")
        if (
            not (same or {s.forms[second], before[0]} <= _OF or {s.forms[second], before[0]} <= _TO)
            or starts_clause(s, second)
            or adverbial_phrase(s, second)
        ):
            break
        head = phrase_after(s, second) or second + 1
        more = phrase(s, head, frozenset())
        if more is None or more[0] <= at or (s.is_a(head, "temporal_nouns") and not s.is_a(head - 1, "determiners")):
            break
        found.append(more)
        at = more[1] + 1
    return found

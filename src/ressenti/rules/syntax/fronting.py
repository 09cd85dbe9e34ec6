"""Clefts, dislocation, clauses as subjects, clauses that a pronoun takes up."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import DEGREES, accusative, adverbial_phrase, clitic, dative
from ressenti.rules.syntax.basics import is_finite, is_person, is_verb, opens_clause, phrase_after
from ressenti.rules.syntax.clauses import infinitive_at, starts_clause
from ressenti.rules.syntax.functions import function
from ressenti.rules.syntax.subjects import governor, subject
from ressenti.rules.syntax.verbs import is_infinitive, verb_group
from ressenti.rules.words import load_words

_OPENS = load_words()["clause_boundaries"] | {*STOPS, ",", "quand"}


@function("cleft", among="c' ce truc chose")
def cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ce qui m’a blessé, c’est X »: the last copula « c’est »; what follows it is the cause."""
    if opposed := its_cleft(s, i, frozenset()):  # « ce n'est pas A qui me révolte, c'est B »
        than = [j for j in range(i + 1, min(i + 4, len(s))) if s.forms[j] in ("que", "qu'")]
        if than and "tant" in s.forms[opposed[0] : opposed[0] + 3]:  # « ce n'était pas tant A qui me révoltait que B »
            return than[:1]
        later = [j + 1 for j in range(i + 1, len(s) - 1) if s.forms[j] in ("c'", "ce") and s.forms[j + 1] in ("est", "était")]
        return later[-1:] if "pas" in s.forms[opposed[0] : opposed[0] + 2] else []
    starts = [j for j in range(max(i - 8, 0), i) if s.forms[j] == "ce" and s.is_a(j + 1, "relatives_of_ce")]
    starts += [j for j in range(max(i - 8, 0), i) if s.forms[j] in ("truc", "chose") and s.is_a(j + 1, "relatives_of_ce")]
    if not starts:
        return []
    return [j + 1 for j in range(len(s) - 2, i, -1) if s.forms[j] in ("c'", "ce") and s.is_a(j + 1, "third_person_copulas")][:1]


@function("its-cleft", among="est était sont")
def its_cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« c’est X qui m’énerve », « c’est en rangeant que … »: the copula of the cleft before the token."""
    for j in range(i - 1, max(i - 25, 0), -1):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("est", "était", "sont", "étaient") and (s.is_a(j - 1, "before_clefting") or s.forms[j - 2 : j] == ["ce", "ne"]):
            first = j + 1
            while first < i and s.pos(first) == "ADV":
                first += 1
            names_nothing = s.forms[first : first + 1] == ["ce"] and first > j + 1  # « c'est justement ce qui m'énerve »
            if names_nothing or _says_when(s, first, i, adverb=first > j + 1):
                return []
            return [j] if any(s.is_a(k, "cleft_pronouns") for k in range(j + 2, i)) else []
    return []


def _says_when(s: Sentence, first: int, end: int, adverb: bool) -> bool:
    """« c’est au retour | hier | le lendemain | la première fois que … »: what is set off here says when or where, not what."""
    if "fois" in s.forms[first : first + 4]:
        return True
    if s.is_a(first, "prepositions_of_when_and_where") or s.forms[first : first + 2] == ["à", "la"]:
        return not (s.is_a(first, "to") and any(is_person(s, k) for k in (first + 1, first + 2)))
    pronoun = next((k for k in range(first, end) if s.is_a(k, "cleft_pronouns")), end)
    if s.forms[pronoun] not in ("que", "qu'"):
        return False  # « c'est le soir qui m'angoisse »
    noun = first + s.is_a(first, "determiners")
    return s.is_a(noun, "temporal_nouns") or (adverb and pronoun == first)


@function("against-before", among="contre envers")
def against_before(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« c'est contre moi que je suis en colère », « elle avait envers sa cadette une jalousie », « contre lui, j'ai de la rancune »."""
    for j in range(i - 2, 1, -1):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] == ",":
            return _opening_against(s, j, i)
        if s.forms[j] in ("contre", "envers"):
            be = j - 1 - (s.pos(j - 1) == "ADV")
            head = phrase_after(s, j)
            cleft = head is not None and s.is_a(be, "be") and bool({"que", "qu'"} & set(s.forms[head + 1 : i]))
            noun = s.forms[j] == "envers" and s.pos(i) == "NOUN" and not any(is_verb(s, k) for k in range(j + 1, i))
            return [head] if head is not None and (cleft or noun) else []
    return []


def _opening_against(s: Sentence, comma: int, i: int) -> list[int]:
    """Whom a clause begins with (« contre cette femme, j'ai de la rancune »), where its verb is the only one up to the token."""
    first = clause_start(s, comma)
    head = next((k for k in range(first + 1, comma) if s.pos(k) in ("NOUN", "PROPN", "PRON")), None)
    if s.forms[first] not in ("contre", "envers") or head is None or any(is_verb(s, k) for k in range(first, comma)):
        return []
    verbs = [k for k in range(comma, i) if is_verb(s, k) and is_finite(s, k)]
    return [head] if len(verbs) == 1 and (is_person(s, head) or s.is_a(head, "strong_pronouns")) else []


@function("extraposed", among=load_words()["neuter_subjects"])
def extraposed(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """What *ça* stands for: « ça me plaît de le voir courir », « ça amuse mon fils que … », « ça m'a déçue, cette lettre »."""
    if not any(_subject_is_this(s, v) for v in (i, *governor(s, i, frozenset()))):
        return []
    j = _after_object(s, i + 1)
    comma = s.forms[j : j + 1] == [","]
    if comma:
        j += 1
        while s.is_a(j, "strong_pronouns", "fillers") and s.forms[j + 1 : j + 2] == [","]:  # « ça m'agace, moi, ces gens »
            j += 2
    if s.forms[j : j + 1] in (["de"], ["d'"]):
        infinitive = infinitive_at(s, j + 1)
        return [] if infinitive is None else [infinitive]
    if s.forms[j : j + 1] in (["que"], ["qu'"]) and not _is_degree(s, i):
        head = s.head(j)
        verb = next((k for k in range(j + 1, min(j + 9, len(s))) if is_verb(s, k) and is_finite(s, k)), None)
        return [head] if head > j and is_verb(s, head) else [] if verb is None else [verb]
    if s.forms[j : j + 1] == ["ce"] and s.is_a(j + 1, "relative_pronouns"):
        return [j]  # « c'est révoltant, ce qu'il a fait »
    if comma and s.is_a(j, "demonstratives", "possessives", "determiners") and not starts_clause(s, j) and not s.is_a(j + 1, "be"):
        noun = next((k for k in range(j + 1, min(j + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")), None)
        return [] if noun is None or (s.is_a(noun, "temporal_nouns", "persons") and not s.is_a(j, "demonstratives")) else [noun]
    return []


def _after_object(s: Sentence, j: int) -> int:
    """Where to read on after adverbs and a noun that is the object, with *à* or without (« ça plaît beaucoup à ma mère ‖ de … »)."""
    while j < len(s) and (s.is_a(j, "negators") or (s.is_a(j, "adverbs") and s.forms[j] != "de") or s.pos(j) == "ADV"):
        j += 1
    k = j + s.is_a(j, "to")
    if k < len(s) and not s.is_a(k, "of"):
        while s.is_a(k, "determiners") or (s.pos(k) == "ADJ" if k < len(s) else False):
            k += 1
        if k < len(s) and k > j - 1 and (s.pos(k) == "PROPN" or (s.pos(k) == "NOUN" and s.is_a(k - 1, "determiners"))):
            return k + 1
    return j


def _is_degree(s: Sentence, i: int) -> bool:
    """Whether « que » after the token would complete a degree: « ça m'énerve tellement que … », « plus que … »."""
    return bool(DEGREES & set(s.forms[max(i - 3, 0) : i] + s.forms[i + 1 : i + 3]))


@function("dislocated", among=load_words()["neuter_subjects"])
def dislocated(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« que mademoiselle boude, ça m'amuse »: the first word of what stands before *ça* and its comma."""
    found = next((j for v in (i, *governor(s, i, frozenset())) for j in _subject_is_this(s, v)), None)
    if found is None or found < 2 or s.forms[found - 1] != ",":
        return []
    comma = first = found - 1
    while first > 0 and s.forms[first - 1] not in STOPS:
        if s.forms[first - 1] in (",", "mais", "et"):
            if s.forms[first - 1] != "," or not (s.is_a(first, "subject_clitics", "fillers", "strong_pronouns") and first < comma):
                break
            if s.is_a(first, "subject_clitics") and s.forms[first] not in ("ça", "cela"):
                break  # « …, moi, ça m'énerve », « …, ça me dépasse, ça me révolte »: what stands before is what both take up
            comma = first = first - 1
            continue
        first -= 1
    if s.forms[first] in ("que", "qu'") and s.forms[first - 1 : first] == ["et"]:
        return []  # « quand il vient et qu'il regarde l'horizon, ça … »
    if s.forms[first] in ("de", "d'") and infinitive_at(s, first + 1) is not None:
        return [first + 1]
    if first >= comma or s.pos(first) == "ADP":
        return []
    if s.forms[first] in ("que", "qu'") or infinitive_at(s, first) is not None:
        return [first]
    named = s.is_a(first, "determiners") or s.pos(first) == "PROPN" or s.forms[first].startswith(("celui", "celle", "ceux", "ce"))
    noun = next((k for k in range(first, comma) if s.pos(k) in ("NOUN", "PROPN")), None)
    if noun is not None and s.is_a(noun, "persons") and any(s.is_a(c, "third_person_accusatives") for c in accusative(s, i, frozenset())):
        return []  # « mes parents, ça les a consternés »
    if not named or starts_clause(s, first) or (noun is not None and s.is_a(noun, "temporal_nouns") and noun + 1 == comma):
        return []  # « moi, ça me rend dingue », « quand il crie, ça m'énerve », « le soir, ça m'angoisse »
    return [first]


def _subject_is_this(s: Sentence, i: int) -> list[int]:
    return [j for j in subject(s, i, frozenset()) if s.is_a(j, "neuter_subjects")]


@function("stimulus")
def stimulus(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The subject as what provokes: also an infinitive (« voir cela m'attriste »), or who may (« il se tait de peur de nous décevoir »)."""
    group = verb_group(s, i)
    if is_infinitive(s, i) and s.forms[group.start - 1 : group.start] == ["sans"]:
        return []
    clausal = clausal_subject(s, i)
    if clausal is not None:
        return [clausal]
    far = s.forms[max(group.start - 2, 0) : group.start] in (["loin", "de"], ["loin", "d'"])  # « Loin de m'irriter, sa franchise … »
    found = subject(s, i, frozenset())
    if is_infinitive(s, i) and not far:  # not « inutile de t'angoisser, le résultat … », and who means or fears to do so is somebody
        meant = s.forms[group.start - 1 : group.start] in (["pour"], ["de"], ["d'"])
        found = [j for j in found if j < i and (is_person(s, j) or not meant)]
    return [_antecedent_of_all(s, j, group.start) for j in found]


def _antecedent_of_all(s: Sentence, j: int, end: int) -> int:
    """« la façon dont il parle à sa mère ‖ me choque », « l'idée que tout finisse ‖ me … »: the noun whose clause holds the noun found."""
    for k in range(j - 1, max(j - 12, 0), -1):
        if s.forms[k] in STOPS or s.forms[k] == ",":
            return j
        noun = k - 1 - (s.is_a(k, "relative_pronouns") and s.pos(k - 1) == "ADP")  # « le ton avec lequel il me parle ‖ me … »
        named = s.pos(noun) == "NOUN" or (s.forms[noun] == "ce" and noun == k - 1)  # « ce que tu as dit hier soir ‖ m'a … »
        if (s.is_a(k, "relative_pronouns") or s.forms[k] in ("que", "qu'")) and named and j < end:
            held = range(k + 1, end if s.forms[k] in ("que", "qu'") else j)  # not « ma mère que le bruit ‖ effraie »
            return noun if any(is_verb(s, m) and is_finite(s, m) for m in held) else j
    return j


def clausal_subject(s: Sentence, i: int) -> int | None:
    """First word of the infinitive or the « que » clause that is the subject of the verb at ``i``, or None."""
    group = verb_group(s, i)
    if group.subject is not None or group.relative is not None or is_infinitive(s, i):
        return None
    first = group.start
    while first > 0 and (s.forms[first - 1] not in _OPENS or _pair(s, first - 1)):
        first -= 1
    while first < group.start and s.pos(first) in ("ADV", "INTJ", "CCONJ") and s.forms[first] not in ("ne", "n'"):
        first += 1
    found = infinitive_at(s, first)
    if found is None:  # « savoir qu'il dort me rassure », « que tu viennes me réjouit »
        opening = clause_start(s, group.start)
        whole = s.forms[opening] in ("que", "qu'") and "," not in s.forms[opening : group.start]
        held = any(is_verb(s, k) and is_finite(s, k) for k in range(opening + 1, group.start))
        if held and whole:
            return opening
        found = infinitive_at(s, opening) if held and "," not in s.forms[opening : group.start] else None
    return found if found is not None and found < group.start else None


def _pair(s: Sentence, k: int) -> bool:
    """« sain et sauf », « seul et triste »: *et* between two adjectives."""
    return s.forms[k] == "et" and 0 < k < len(s) - 1 and s.pos(k - 1) == "ADJ" and s.pos(k + 1) == "ADJ"


def clause_start(s: Sentence, end: int) -> int:
    """First token of the sentence, or of what follows a comma or a coordination, before a token; connectors apart."""
    first = end
    while first > 0 and (s.forms[first - 1] not in (*STOPS, ",", "mais", "et", "car", "parce") or _pair(s, first - 1)):
        first -= 1
    while first < end and s.pos(first) in ("ADV", "INTJ", "CCONJ") and s.forms[first] not in ("ne", "n'", "que", "qu'"):
        first += 1
    return first


@function("fronted", among=",")
def fronted(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ma tante, je l'adore », « parler en public, j'ai toujours détesté ça »: what an object clitic or *ça* takes up, at the start."""
    if "," not in s.forms[:i]:
        return []
    group = verb_group(s, i)
    third = [*accusative(s, i, frozenset()), *dative(s, i, frozenset()), *clitic(s, i, frozenset({"y", "en"}))]
    third += [c for v in governor(s, i, frozenset()) for c in verb_group(s, v).clitics if s.forms[c] in ("y", "en")]
    third = [c for c in third if s.is_a(c, "third_person_clitics")]
    that_thing = next((j for j in range(i + 1, min(i + 3, len(s))) if s.forms[j] in ("ça", "cela")), None)
    if not third and that_thing is None:
        return []
    if group.subject is None or group.subject < 2:
        return []
    doubled_subject = s.is_a(group.subject, "he_she_they")
    comma = group.subject - 1
    while comma > 0 and s.is_a(
        comma, "strong_pronouns", "fillers", "determiners"
    ):  # « ma tante, moi, je l'adore », « mes parents l'adorent »
        comma -= 1
    if s.forms[comma] != ",":
        return []
    first = comma
    while first > 0 and s.forms[first - 1] not in STOPS and s.forms[first - 1] != "«" and not s.is_a(first - 1, "clause_boundaries"):
        first -= 1
    if first > 1 and s.forms[first - 1] in ("que", "qu'") and s.pos(first - 2) == "ADP":
        return []  # « dès qu'une capuche entre, et je n'en suis pas fier »
    while first < comma and s.pos(first) in ("ADV", "INTJ", "CCONJ"):
        first += 1
    if first < comma and infinitive_at(s, first) == first and that_thing is not None:
        return [first]
    if not (s.is_a(first, "determiners") or s.pos(first) == "PROPN" or s.forms[first].startswith(("celui", "celle", "ceux"))):
        return []
    if s.forms[first].startswith("jusqu") or s.forms[first + 1] == "part":
        return []  # « jusque-là, je lui en voulais », « quelque part, je l'aimais »
    opening = next(j for j in range(first, comma + 1) if s.forms[j] == ",")
    if s.forms[first] in ("au", "aux") or (any(is_verb(s, j) for j in range(first, opening)) and _has_clause(s, first, opening)):
        return []
    noun = next(
        (j for j in range(first, opening) if s.pos(j) in ("NOUN", "PROPN") or s.forms[j].startswith(("celui", "celle", "ceux"))), None
    )
    if noun is None or (s.is_a(noun, "temporal_nouns") and that_thing is None):
        return []
    if doubled_subject and all(s.forms[c] in ("y", "en") for c in third):
        feminine = s.forms[group.subject] in ("elle", "elles")
        if s.morph(noun, "Gender") not in ("Fem", "Masc") or (s.morph(noun, "Gender") == "Fem") == feminine:
            return []  # « ma mère, elle en avait peur », not « son premier poème, elle en est fière »
    wanted = {"le": ("Masc", "Sing"), "la": ("Fem", "Sing")}.get(s.forms[third[0]]) if third else None
    gender = s.morph(noun, "Gender")
    if wanted and ((gender and gender != wanted[0]) or s.morph(noun, "Number") == "Plur"):
        return []
    return [noun]


def _has_clause(s: Sentence, first: int, end: int) -> bool:
    """Whether a clause with its own clitic subject stands there, outside of relatives (« ce matin il pleuvait, … »)."""
    return starts_clause(s, first) or any(
        s.is_a(j, "subject_clitics")
        and not s.is_a(j, "object_clitics")
        and not any(s.is_a(k, "relative_pronouns") for k in range(first, j))
        for j in range(first + 1, end)
    )


@function("resumed", among="ce chose")
def resumed(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il a menti, ce qui m'a choquée », « …, voilà ce qui me pèse »: the comma; the clause before it is the cause."""
    for j in range(i - 1, max(i - 9, 1), -1):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j : j + 2] == ["voilà", "ce"] and s.forms[j - 1] == "," and ":" not in s.forms[j:]:
            return [j - 1] if any(is_verb(s, k) for k in range(j - 1)) else []
        if s.forms[j] in ("ce", "chose") and s.is_a(j + 1, "relatives_of_ce") and s.forms[j - 1] == ",":
            return [j - 1] if any(is_verb(s, k) for k in range(j - 1)) else []  # « moi, ce dont je suis fier, c'est … »
    return []


@function("more-than", among=load_words()["negative_pronouns"])
def more_than(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« rien ne me fait plus peur que le vide »: what *que* compares with nothing is the cause."""
    if not any(s.is_a(j, "negative_pronouns") for j in range(i)):
        return []
    starts = [verb_group(s, v).start for v in (i, *governor(s, i, frozenset()))]
    near = [j for start in starts for j in range(max(start - 2, 0), start + 1) if "," not in s.forms[j:start]]
    if not any(s.is_a(j, "negative_pronouns") for j in near):
        return []
    for j in range(i + 1, min(i + 7, len(s) - 1)):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("que", "qu'") and any(s.is_a(k, "comparing_degrees") for k in range(max(i - 4, 0), j)):
            infinitive = infinitive_at(s, j + 1 + (s.forms[j + 1] in ("de", "d'")))
            head = infinitive if infinitive is not None else phrase_after(s, j)
            return [] if head is None else [head]
    return []


@function("doubled", among="lui leur")
def doubled(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« je lui en veux pas au camion », « la petite, je lui en veux »: the noun, after *à* or set off in front, of the dative clitic."""
    clitic = next((c for c in dative(s, i, frozenset()) if s.forms[c] in ("lui", "leur")), None)
    if clitic is None:
        return []
    for j in range(i + 1, min(i + 5, len(s) - 1)):
        if s.forms[j] in STOPS:
            return []
        if s.is_a(j, "to") and not adverbial_phrase(s, j):  # « je lui en veux à mort »
            head = phrase_after(s, j)
            return [head] if head is not None and s.pos(head) in ("NOUN", "PROPN") else []
    return _set_off_before(s, clitic)


def _set_off_before(s: Sentence, clitic: int) -> list[int]:
    """« la petite, | je lui en veux »: the person whom a clitic goes back to, in front of its clause."""
    comma = next((j for j in range(clitic - 1, 1, -1) if s.forms[j] == "," or s.forms[j] in STOPS), 0)
    if comma < 2 or s.forms[comma] != "," or not s.is_a(comma + 1, "subject_clitics") or not s.is_a(comma - 2, "determiners"):
        return []
    return [comma - 1] if opens_clause(s, comma - 1) and is_person(s, comma - 1) else []


@function("equated", among=load_words()["third_person_copulas"])
def equated(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ma plus grande peur est de finir seule », « mon plaisir, c'est le jardin »: the copula; what follows is the cause."""
    if any(s.is_a(k, "be") and "," not in s.forms[k:i] for k in range(max(i - 6, 0), i)):
        return []  # « ce n'est pas de la honte, c'est une sorte de rage »
    for j in range(i + 1, min(i + 6, len(s) - 1)):
        if s.forms[j] in STOPS or (is_verb(s, j) and not s.is_a(j, "third_person_copulas")):
            return []
        if s.is_a(j, "third_person_copulas"):
            cleft_like = s.forms[j - 1] in ("c'", "ce")
            if s.forms[j + 1] in ("de", "d'"):  # not « ma joie était de courte durée »
                return [j] if infinitive_at(s, j + 2) is not None else []
            if s.forms[j + 1] in ("que", "qu'") or (cleft_like and s.is_a(j + 1, "determiners", "demonstratives")):
                return [j]
            return []
    return []


@function("apposed", among=",")
def apposed(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Quel bonheur, un parking sous la pluie ! »: the noun after the comma that follows an exclamation."""
    if s.forms[i + 1 : i + 2] != [","] or not s.is_a(i + 2, "determiners"):
        return []
    noun = next((k for k in range(i + 3, min(i + 7, len(s))) if s.pos(k) == "NOUN"), None)
    return [] if noun is None or starts_clause(s, i + 2) or is_verb(s, noun) else [noun]

"""Words that speak of somebody: pronouns, possessives, nouns for persons, names.

They are found by form and position, so in sentences without a parse too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressenti.rules.entities.people import Noun, People, load_people
from ressenti.rules.entities.stream import Stream
from ressenti.rules.syntax.basics import is_verb
from ressenti.rules.syntax.verbs import looks_like_infinitive
from ressenti.rules.words import load_words

_WORDS = load_words()
_FIRST_PLURAL = _WORDS["first_person_plural"]
FIRST = _WORDS["first_person"] | _FIRST_PLURAL | _WORDS["colloquial_first_person"]
SECOND = _WORDS["second_person"]
POSSESSIVES = _WORDS["possessives"]
PREPOSITIONS = (_WORDS["prepositions"] - {"a"}) | _WORDS["comparing"] | {"auprès"}
"""Without « a », which people type for « à »: most often it is the verb."""
DETERMINERS = _WORDS["determiners"] | _WORDS["small_numbers"]
_DEFINITE = _WORDS["definite_determiners"] | _WORDS["demonstratives"] | {"du", "au", "aux"}
_INDEFINITE = _WORDS["determiners_of_the_new"]
_NO_SUBJECT = PREPOSITIONS | DETERMINERS
MASCULINE, FEMININE = _WORDS["masculine_determiners"] | {"du", "au"}, _WORDS["feminine_determiners"]
_PLURAL = _WORDS["plural_determiners"]
_ARTICLES = _WORDS["definite_determiners"]
_BEFORE_CLITIC = _WORDS["before_object_pronouns"]
_AUXILIARIES = (_WORDS["have"] - {"avoir", "ayant", "eu", "eue", "eues"}) | {"est", "était"}
"""Before them « l' » is a pronoun: « je l'ai vue », but « l'avoir », « l'été »."""
_PERSONAL = _WORDS["dative_clitics"]
"""Clitics after which a verb mostly has a person as its subject."""
_COMPOUNDS = frozenset({"grands", "beaux", "petits"})
"""First parts of « grands-parents », which the tokeniser cuts."""
_STRONG = _WORDS["strong_pronouns"]
_THIRD = {
    "il": ("m", False), "elle": ("f", False), "ils": ("m", True), "elles": ("f", True), "eux": ("m", True), "lui": ("", False),
    "le": ("m", False), "la": ("f", False), "l'": ("", False), "les": ("", True), "leur": ("", True), "leurs": ("", True),
    "son": ("", False), "sa": ("", False), "ses": ("", False),
}  # fmt: skip
_SELVES = _WORDS["emphatic_pronouns"]
PRONOUNS = FIRST | SECOND | _THIRD.keys() | _SELVES | _COMPOUNDS | {"on", "se", "s'"}
"""Forms that may be, or be part of, what :func:`find` finds, beside nouns and names."""
_OBJECTS = _WORDS["accusative_clitics"] - {"nous", "vous"}
"""Clitics that are no subjects."""
_CLITICS = (_WORDS["object_clitics"] - {"moi"}) | {"ne", "n'"}
_BEFORE_DATIVE = _BEFORE_CLITIC | _ARTICLES
_AFTER_DATIVE = _AUXILIARIES | _CLITICS
_AFTER_STRONG = _WORDS["after_strong_pronouns"]
_ADDRESS, _BEFORE_PLACES = _WORDS["forms_of_address"], _WORDS["before_names_of_places"]
_PREPOSITIONAL, _COMPARING = _WORDS["prepositional_determiners"], _WORDS["comparing"]


@dataclass(slots=True)
class Spoken:
    """A word, or a few, that speak of somebody.

    Attributes:
        kind: ``first``, ``second``, ``on``, ``third`` (pronouns and possessives), ``called`` (« mon chéri ») or ``noun`` (nouns and names).
        first: Index of its first word.
        last: Index of its last.
        place: Its function: ``subject``, ``object``, ``dative``, ``oblique`` or ``possessive``.
        gender: ``m``, ``f`` or empty.
        plural: Whether it is a plural.
        noun: What is known of the noun, None for names and pronouns.
        names: Folded names in it.
        before: Form of its determiner, possessive included, or empty.
        start: Index of the first word of its noun phrase, determiner included.
    """

    kind: str
    first: int
    last: int
    place: str
    gender: str = ""
    plural: bool = False
    noun: Noun | None = None
    names: tuple[str, ...] = ()
    before: str = ""
    start: int = 0

    @property
    def definite(self) -> bool:
        """« le », « ce », « l' »: somebody known already, if anybody fits."""
        return self.before in _DEFINITE

    @property
    def indefinite(self) -> bool:
        """« un », « des », « quelques »: somebody new."""
        return self.before in _INDEFINITE


def find(row: Stream, people: People, names: frozenset[str], k: int) -> Spoken | None:
    """What word ``k`` says of whom, or None.

    Args:
        row: The account.
        people: The words for persons.
        names: Names that the account itself shows to be names, folded.
        k: Index of the word, the first of what is to be found.
    """
    form = row.forms[k]
    named = row.texts[k][0].isupper() or form in people.nouns or form in people.titles or form in people.words["endearments"]
    if (named or form in _COMPOUNDS) and (found := _nominal(row, people, names, k)) is not None:
        return found
    if form in FIRST:
        return Spoken("first", k, k, _place(row, k), plural=form in _FIRST_PLURAL, start=k)
    if form in SECOND and not (form in ("ton", "ta") and row.pos(k) == "NOUN"):
        return Spoken("second", k, k, _place(row, k), plural=False, start=k)
    if form == "on":
        return Spoken("on", k, k, "subject", start=k)
    if form in _THIRD and _is_pronoun(row, k):
        place = _place(row, k)
        gender, plural = _THIRD[form]
        if form == "lui" and place != "dative":
            gender = "m"
        elif form == "l'" and _agrees_in_e(row, k):
            gender = "f"  # « je l'ai rayée »
        return Spoken("third", k, k, place, gender, plural, start=k)
    if form in _SELVES:
        kind = "first" if form[0] in "mn" else "second" if form[0] in "tv" else "third"
        return Spoken(kind, k, k, "oblique", "f" if form.startswith("elle") else "m", form.endswith("s"), start=k)
    return None


def _is_pronoun(row: Stream, k: int) -> bool:
    """Whether « le, la, l', les, leur … » is a pronoun or possessive, and « il » no part of something else."""
    form = row.forms[k]
    return form not in _ARTICLES or is_clitic(row, k)


def _agrees_in_e(row: Stream, k: int) -> bool:
    """Whether the participle after a clitic is feminine; that it is not tells nothing, for many leave the agreement out."""
    for j in range(k + 2, k + 5):
        if row.form(k + 1) in _AUXILIARIES and row.form(j).endswith(("ée", "ie", "ue", "ise", "ite", "uite")):
            return row.same_sentence(k, j)
    return False


def is_clitic(row: Stream, k: int) -> bool:
    """Whether « le », « la », « l' » or « les » is a pronoun, by what stands around it."""
    if row.inverted[k]:
        return True
    before, after = row.form(k - 1), row.form(k + 1)
    if not row.same_sentence(k, k + 1) or row.is_mark(k + 1):
        return False
    if before in _BEFORE_CLITIC and row.same_sentence(k - 1, k) and not (before in ("nous", "vous", "elle", "lui") and row.pos(k) == "DET"):
        return not (before == "qui" and row.pos(k) == "DET")
    if row.forms[k] == "l'" and after in _AUXILIARIES and row.form(k - 1) not in PREPOSITIONS:
        return True
    if (
        looks_like_infinitive(after)
        and after not in load_people().words["no_infinitives"]
        and (before in PREPOSITIONS or _looks_modal(before))
    ):
        return row.pos(k + 1) not in ("NOUN", "ADJ")
    if row.pos(k):
        s, i = row.at(k + 1)
        finite = row.pos(k) == "PRON" or s.morph(i, "VerbForm") == "Fin"
        return finite and before not in DETERMINERS and row.pos(k + 1) in ("VERB", "AUX") and is_verb(s, i)
    return False


def _looks_modal(form: str) -> bool:
    return form.startswith(
        (
            "veu",
            "voul",
            "voud",
            "peu",
            "pouv",
            "pour",
            "pu",
            "doi",
            "dev",
            "dû",
            "va",
            "alla",
            "ir",
            "sai",
            "sav",
            "laiss",
            "fai",
            "osai",
            "ose",
            "pas",
            "faut",
            "fall",
        )
    )


def _place(row: Stream, k: int) -> str:
    """The function of a pronoun or possessive."""
    form, before = row.forms[k], row.form(k - 1)
    if form in POSSESSIVES and form not in ("leur",):
        return "possessive"
    if form == "leur" and not _before_verb(row, k):
        return "possessive"
    if form in _OBJECTS:
        return "object"
    if form == "leur":
        return "dative"
    if form == "lui":
        return "dative" if _before_verb(row, k) or row.inverted[k] else "oblique" if before in PREPOSITIONS else "subject"
    if form in _STRONG and before in PREPOSITIONS and row.same_sentence(k - 1, k):
        return "oblique"
    return "subject"


def _before_verb(row: Stream, k: int) -> bool:
    """« lui », « leur » right before a verb, another clitic or its negation."""
    after = row.form(k + 1)
    if row.is_mark(k + 1) or not row.same_sentence(k, k + 1):
        return False
    if row.form(k - 1) in PREPOSITIONS and not looks_like_infinitive(after):
        return False
    if row.form(k - 1) in _BEFORE_DATIVE:
        return True
    if row.pos(k):
        return row.pos(k) != "DET" and row.pos(k + 1) in ("VERB", "AUX", "PRON") and after not in _AFTER_STRONG
    return after in _AFTER_DATIVE or looks_like_infinitive(after) or after.endswith(("ait", "ais", "aient"))


# --- nouns and names


def determiner(row: Stream, k: int) -> int | None:
    """Index of the determiner of the noun at ``k``, adjectives in between."""
    between = load_people().words["between"]
    j = k - 1
    while j >= 0 and k - j <= 3 and row.forms[j] in between and row.same_sentence(j, k):
        if row.forms[j] in DETERMINERS and (before := row.form(j - 1)) not in DETERMINERS and before not in between:
            return j
        j -= 1
    return j if j >= 0 and row.forms[j] in DETERMINERS and row.same_sentence(j, k) else None


def _nominal(row: Stream, people: People, names: frozenset[str], k: int) -> Spoken | None:
    form = row.forms[k]
    if row.forms[k - 1 : k] == ["-"] and row.form(k - 2) in _COMPOUNDS:
        return None  # told at « grands »
    last = k
    if form in _COMPOUNDS and row.form(k + 1) == "-" and f"{form}-{row.form(k + 2)}" in people.nouns:
        last, form = k + 2, f"{form}-{row.form(k + 2)}"
    if form in _ADDRESS and row.is_mark(k - 1) and row.is_mark(k + 1):
        return Spoken("called", k, k, "oblique", start=k)
    if form in people.titles and row.capital(last + 1) and row.same_sentence(k, last + 1):
        end = _names_end(row, people, last + 1)
        found = tuple(row.forms[last + 1 : end + 1])
        noun = people.nouns.get(form)
        at = determiner(row, k)
        spoken = Spoken(
            "noun", k, end, "", people.titles[form], False, noun, found, row.forms[at] if at is not None else "", k if at is None else at
        )
        return _placed(row, people, spoken)
    if is_name(row, people, names, k):
        end = _names_end(row, people, k)
        gender = next((people.names[f] for f in row.forms[k : end + 1] if f in people.names), "")
        at = determiner(row, k)
        start = k if at is None or row.forms[at] in ("d'", "de", "des") else at
        return _placed(row, people, Spoken("noun", k, end, "", gender, False, None, tuple(row.forms[k : end + 1]), "", start))
    if form in people.words["endearments"] and row.is_mark(k + 1):
        at = determiner(row, k)
        if at is not None and row.forms[at] in ("mon", "ma") and row.is_mark(at - 1):
            return Spoken("called", k, k, "oblique", start=at)
    noun = people.nouns.get(form)
    if noun is None or (form in people.adjectives and not _heads(row, people, k)):
        return None
    at = determiner(row, k)
    if at is None:
        if form not in people.words["bare"] or row.forms[k - 1 : k] == ["-"]:
            return None
    elif row.forms[at] == "l'" and is_clitic(row, at):
        return None
    if form == "personne" and at is None:
        return None
    if row.pos(k) in ("VERB", "AUX", "ADP") and at is None:
        return None
    before = row.forms[at] if at is not None else ""
    end = last
    found = ()
    if is_name(row, people, names, last + 1, apposed=True) and row.same_sentence(k, last + 1):
        end = _names_end(row, people, last + 1)
        found = tuple(row.forms[last + 1 : end + 1])
    gender = noun.gender or ("m" if before in MASCULINE else "f" if before in FEMININE else "")
    if form in ("personne", "victime"):
        gender = ""
    plural = noun.plural or (before in _PLURAL and form[-1:] in "sxz")
    return _placed(row, people, Spoken("noun", k, end, "", gender, plural, noun, found, before, k if at is None else at))


def _heads(row: Stream, people: People, k: int) -> bool:
    """Whether a word that may be an adjective is the head of a noun phrase: no noun follows it, a determiner stands before."""
    at = determiner(row, k)
    if at is None or row.forms[at] in ("tout", "toute", "de", "d'"):
        return False
    after = row.form(k + 1)
    if row.pos(k + 1) in ("NOUN", "PROPN", "ADJ") and row.same_sentence(k, k + 1):
        return False
    if row.pos(k):
        return row.pos(k) in ("NOUN", "PROPN", "ADJ")
    return row.is_mark(k + 1) or after in _AUXILIARIES | _CLITICS | PREPOSITIONS | {"qui", "et", "ne", "n'"}


def is_name(row: Stream, people: People, names: frozenset[str], k: int, *, apposed: bool = False) -> bool:
    """Whether word ``k`` is, or begins, somebody's name.

    Args:
        row: The account.
        people: The words for persons.
        names: Names that the account itself shows to be names.
        k: Index of the word.
        apposed: Whether it follows a noun for a person: then any capital will do.
    """
    if not row.capital(k):
        return False
    form = row.forms[k]
    if form in names or (form in people.names and not (row.opens(k) and row.pos(k) in ("VERB", "ADJ", "ADV"))):
        return row.form(k - 1) not in _BEFORE_PLACES
    if apposed:
        return not row.opens(k)
    return row.pos(k) == "PROPN" and not row.opens(k) and row.at(k)[0].dep(row.at(k)[1]) == "nsubj" and row.form(k - 1) not in DETERMINERS


def _names_end(row: Stream, people: People, k: int) -> int:
    """Last word of the name that begins at ``k``: « Le Goff », « Jean Martin »."""
    while (
        row.capital(k + 1)
        and row.same_sentence(k, k + 1)
        and row.starts[k + 1] - row.ends[k] <= 1
        and row.forms[k + 1] not in people.titles
    ):
        k += 1
    return k


def _placed(row: Stream, people: People, spoken: Spoken) -> Spoken:
    before = row.form(spoken.start - 1) if row.same_sentence(spoken.start - 1, spoken.start) else ""
    if spoken.before in _PREPOSITIONAL and spoken.start:
        spoken.place = "dative" if spoken.before in ("au", "aux") else "oblique"
    elif before in ("à", "a") and row.pos(spoken.start - 1) != "AUX":
        spoken.place = "dative"
    elif before in PREPOSITIONS and before not in _COMPARING:
        spoken.place = "oblique"
    else:
        spoken.place = ""  # subject or object: the clause tells
    return spoken


def shown_names(row: Stream, people: People) -> frozenset[str]:
    """Names that the account shows to be names: after a title or a noun for a person, after « s'appelle », before what a person does."""
    naming = people.words["naming"]

    def shown() -> Iterator[str]:
        for k, text in enumerate(row.texts):
            if not text[0].isupper() or not row.capital(k) or row.opens(k):
                continue
            before = row.form(k - 1)
            named = before in people.titles or before in people.nouns or before in naming
            acts = row.form(k + 1) in people.human or row.form(k + 1) in _PERSONAL
            if named or (acts and before not in _NO_SUBJECT and row.same_sentence(k, k + 1)):
                yield row.forms[k]

    return frozenset(shown()) - people.words["no_names"]

"""The walk over an account's words that gives each the one it speaks of.

It keeps what a reader keeps in mind: the clause's subject, who said the last thing, who speaks to whom in a quotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ressenti.rules.account import Account
from ressenti.rules.entities.chains import Chains, Known, Thing
from ressenti.rules.entities.mentions import (
    DETERMINERS,
    FEMININE,
    MASCULINE,
    PREPOSITIONS,
    PRONOUNS,
    SECOND,
    Spoken,
    determiner,
    find,
    is_clitic,
    shown_names,
)
from ressenti.rules.entities.nominals import name_of
from ressenti.rules.entities.people import Noun, load_people
from ressenti.rules.entities.pronouns import is_impersonal, is_neuter, is_nobody, narrator_gender
from ressenti.rules.entities.speech import Turn, turns
from ressenti.rules.entities.stream import Place, place, stream
from ressenti.rules.entities.voices import Said, Voice, voice_of
from ressenti.rules.found import FoundRole
from ressenti.rules.syntax.verbs import looks_like_infinitive
from ressenti.rules.words import load_words

_WORDS = load_words()
_BOUNDARIES = _WORDS["starts_of_clauses"] | frozenset(', ; : ( ) « » “ ” " — –'.split())
_BEFORE_CATAPHORA = _WORDS["before_cataphora"]
_FAMILIAR = SECOND - {"vous", "votre", "vos"}
PARALLEL = 80.0
"""Salience that the subject of the clause before, or of this one, has for a subject pronoun and a possessive (35 in Lappin and Leass)."""
_SECOND_PERSONS = 4
"""Second-person words outside of quotations from which on they mean somebody, without a salutation."""
_GENDERS = dict.fromkeys(MASCULINE, "m") | dict.fromkeys(FEMININE, "f")
_PLURALS = _WORDS["plural_determiners"] - {"trois", "quatre", "cinq"}  # « de trois ans »: no « ils » takes up a measure
_ARTICLES, _CONTRACTIONS = _WORDS["definite_determiners"], _WORDS["contractions"]
_LONE = _WORDS["pronouns_for_somebody"]


@dataclass(slots=True)
class Clause:
    """What is known of the clause at hand.

    Attributes:
        subject: Its subject, or the one before's while it has none of its own.
        open: Whether a subject may still come.
        thing: Whether its subject names nobody.
        clitic: Whom its last dative or accusative clitic means.
    """

    subject: Known | None = None
    open: bool = True
    thing: bool = False
    clitic: Known | None = None


@cache
def _alert() -> frozenset[str]:
    """The forms at which the walk stops; past all others it goes on at once."""
    people = load_people()
    return PRONOUNS | DETERMINERS | _BOUNDARIES | people.saying | {*people.nouns, *people.titles} | people.words["endearments"]


class Walk:
    """One walk over an account.

    Args:
        account: With its mentions found.
        roles: The roles whose entity is wanted, by the place of their head.

    Attributes:
        of: What was found: the one whom a word speaks of, by its place.
    """

    def __init__(self, account: Account, roles: Mapping[Place, FoundRole]) -> None:
        self.people = load_people()
        self.row = stream(account)
        self.roles = roles
        self.text = account.reading.text
        self._bearing: set[int] = set()
        """The words that are the head of a role."""
        self._told = self._stops()
        self.chains = Chains()
        self.of: dict[Place, Known] = {}
        self.names = shown_names(self.row, self.people)
        self.turns = turns(self.row, self.people)
        self.clause = Clause()
        self.addressee: Known | None = None
        self.addressed = -1
        """The last sentence that spoke to the addressee."""
        self.last_subject: Known | None = None
        self.said: Said | None = None
        self._sentence = -1
        self.unnamed: list[Known] = []
        """Those whom a pronoun of this sentence means and whom nothing names yet: « quand elle est rentrée, Sophie … »."""
        self.last: tuple[Spoken, Known] | None = None
        self.pronoun: tuple[Spoken, Known] | None = None
        self.by_word: dict[int, Known] = {}
        self._done: set[int] = set()
        self._next = 0

    def _stops(self) -> list[bool]:
        """For each word whether the walk has to stop at it."""
        row, alert = self.row, _alert()
        told = [form in alert or text[0].isupper() for form, text in zip(row.forms, row.texts, strict=True)]
        heads = {role.sentence.start for role in self.roles.values()}
        of = [s.start in heads for s in row.sentences]
        for k, number in enumerate(row.number):
            if of[number] and place(row.sentences[number], row.index[k]) in self.roles:
                self._bearing.add(k)
                told[k] = True
        return told

    def run(self) -> None:
        """Walk over all words."""
        row = self.row
        speech = {k for t in self.turns for k in range(t.first, t.last + 1)} - {
            k for t in self.turns for i in t.insertions for k in range(i.first, i.last + 1)
        }
        self._addresses = sum(form in _FAMILIAR and k not in speech for k, form in enumerate(row.forms))
        begins = {turn.first: turn for turn in self.turns}
        before: tuple[Turn, Voice] | None = None
        k, told = 0, self._told
        words = len(row)
        while k < words:
            turn = begins.get(k)
            if turn is None:
                if told[k] or row.number[k] != self._sentence:
                    self._word(k, None)
                k += 1
                continue
            for insertion in turn.insertions:
                self._stretch(range(insertion.first, insertion.last + 1), None)
            voice = voice_of(self, turn, before)
            if voice is not None:
                before = turn, voice
            saved, said = self.clause, self.said
            self.clause = Clause()
            self._stretch(range(turn.first, turn.last + 1), voice)
            self.clause, self.said = saved, said if voice is not None else self.said
            k = turn.last + 1
        for where, role in self.roles.items():
            if where not in self.of:
                self._late(where, role)
        gender = narrator_gender(row, speech)
        self.chains.narrator.gender = gender
        self.chains.narrator.label = "narratrice" if gender == "f" else "narrateur"

    def _stretch(self, ks: Iterable[int], voice: Voice | None) -> None:
        told, number = self._told, self.row.number
        for k in ks:
            if told[k] or number[k] != self._sentence:
                self._word(k, voice)

    # --- one word

    def _word(self, k: int, voice: Voice | None) -> None:
        row = self.row
        number = row.number[k]
        if number != self._sentence:
            self._sentence = number
            self.unnamed.clear()
            if voice is None:
                self.clause = Clause()
        if not self._told[k] or k in self._done:
            return
        self._done.add(k)
        form = row.forms[k]
        if form in _BOUNDARIES:
            self._boundary(k)
        spoken = find(row, self.people, self.names, k) or (self._felt(k) if k in self._bearing else None)
        if spoken is None:
            if form in ("se", "s'") and self._role(k) and self.clause.subject is not None:
                self.of[place(*row.at(k))] = self.clause.subject
            self._thing(k)
            if voice is None and form in self.people.saying:
                self._say(k)
            return
        self._done.update(range(spoken.first, spoken.last + 1))
        if not spoken.place:
            spoken.place = "subject" if self.clause.open else "object"
        known = self._known(spoken, voice)
        if known is not None:
            self.note(spoken, known)
        elif spoken.place == "subject" and spoken.kind != "on":
            self.clause.open = False

    def note(self, spoken: Spoken, known: Known) -> None:
        """Note that words speak of somebody."""
        row = self.row
        for k in range(spoken.first, spoken.last + 1):
            s, i = row.at(k)
            self.of[place(s, i)] = known
            self.by_word[k] = known
        self.chains.note(known, row.span(spoken.first, spoken.last), row.number[spoken.first], spoken.place)
        if spoken.place == "subject":
            self.clause.subject, self.clause.open, self.clause.thing = known, False, False
            self.last_subject = known
            if spoken.kind == "third":
                self.pronoun = spoken, known
        elif spoken.place in ("object", "dative") and spoken.kind != "noun":
            self.clause.clitic = known
        if spoken.kind == "noun" or spoken.kind == "third":
            self.last = spoken, known

    def _boundary(self, k: int) -> None:
        form = self.row.forms[k]
        self.clause = Clause(self.clause.subject)
        if form == "qui" and self.last is not None and self.last[0].last >= k - 3 and self.row.form(k - 1) not in PREPOSITIONS:
            self.clause = Clause(self.last[1], False)

    def _say(self, k: int) -> None:
        """A verb of saying in the narration: its subject may be about to speak."""
        speaker = self.clause.subject or self.last_subject
        if (
            looks_like_infinitive(self.row.forms[k])
            and self.last is not None
            and self.last[0].first >= k - 3
            and self.last[0].kind == "noun"
        ):
            speaker = self.last[1]  # « j'ai entendu ma mère crier : … »
        self.said = Said(k, speaker, self.clause.clitic)

    def _felt(self, k: int) -> Spoken | None:
        """A noun that the rules found to feel: whoever feels is a person, whatever the word."""
        row = self.row
        s, i = row.at(k)
        role = self.roles.get(place(s, i))
        if role is None or role.role != "experiencer" or row.pos(k) not in ("NOUN", "PROPN") or s.is_a(i, "temporal_nouns"):
            return None
        at = determiner(row, k)
        if at is None and row.forms[k] == "personne":
            return None  # « personne n'avait peur »
        gender = {"Masc": "m", "Fem": "f"}.get(s.morph(i, "Gender"), "")
        before = row.forms[at] if at is not None else ""
        noun = Noun(row.forms[k], "", gender, s.morph(i, "Number") == "Plur", True)
        names = (row.forms[k],) if row.pos(k) == "PROPN" else ()
        function = "oblique" if row.form((k if at is None else at) - 1) in PREPOSITIONS else ""
        return Spoken("noun", k, k, function, gender, noun.plural, None if names else noun, names, before, k if at is None else at)

    def _thing(self, k: int) -> None:
        """« le téléphone », « une lettre »: a noun phrase that a pronoun may take up, though it names nobody."""
        row = self.row
        form = row.forms[k]
        if form not in DETERMINERS or form in ("de", "d'") or (form in _ARTICLES and is_clitic(row, k)):
            return
        noun = k + 1
        between = self.people.words["between"]
        while row.form(noun) in between and noun - k < 3:
            noun += 1
        if row.is_mark(noun) or not row.same_sentence(k, noun) or row.form(noun) in self.people.nouns or row.form(noun) in DETERMINERS:
            return
        if row.pos(noun) and row.pos(noun) not in ("NOUN", "PROPN"):
            return
        oblique = row.form(k - 1) in PREPOSITIONS or form in _CONTRACTIONS
        value = 140.0 if oblique else 180.0 if self.clause.open else 150.0
        if not oblique and self.clause.open:
            self.clause.open, self.clause.thing, self.clause.subject = False, True, None
        s, i = row.at(noun)
        gender = _GENDERS.get(form, "")
        if not gender and row.pos(noun):
            gender = {"Masc": "m", "Fem": "f"}.get(s.morph(i, "Gender"), "")
        plural = form in _PLURALS
        self.chains.note_thing(Thing(gender, plural, row.number[k], value))

    # --- whom a word speaks of

    def _known(self, spoken: Spoken, voice: Voice | None) -> Known | None:
        row, k = self.row, spoken.first
        if spoken.kind == "noun":
            return name_of(self, spoken, voice)
        if spoken.kind == "first":
            return self.chains.narrator if voice is None else self._someone(voice, "speaker", k)
        if spoken.kind in ("second", "called"):
            return self._addressed(k) if voice is None else self._someone(voice, "addressee", k)
        if spoken.kind == "on":
            if is_nobody(row, self.people, k):
                return None
            return self.chains.narrator if voice is None else self._someone(voice, "speaker", k)
        if is_impersonal(row, self.people, k) or is_neuter(row, self.people, k):
            return None
        return self._third(spoken, voice)

    def _third(self, spoken: Spoken, voice: Voice | None) -> Known | None:
        row, k = self.row, spoken.first
        number, gender, plural = row.number[k], spoken.gender, spoken.plural
        not_: list[Known | None] = [voice.speaker, voice.addressee] if voice else []
        if self.addressed == number:
            not_.append(self.addressee)  # « vous aviez peur de lui »
        favoured, favour = None, 0.0
        if spoken.place in ("object", "dative"):
            not_.append(self.clause.subject)
        elif spoken.place == "possessive":
            if self.clause.thing and not self._role(k):
                return None
            if self.clause.subject is not self.chains.narrator:
                favoured, favour = self.clause.subject, PARALLEL
        elif spoken.place == "subject" and not plural:
            favoured, favour = self.clause.subject, PARALLEL
        known, value = self.chains.best(gender, plural, number, not_, favoured, favour)
        if plural and (known is None or number - known.sentence > 1):
            known = self.chains.pair(number, gender, not_) or known
        if known is not None and not self._role(k, "experiencer") and self._means_thing(spoken, value, number):
            return None
        if known is None:
            return self._unknown(spoken, number)
        if not known.gender and gender and not plural:
            known.gender = gender
        return known

    def _means_thing(self, spoken: Spoken, value: float, number: int) -> bool:
        """Whether a pronoun rather takes up a thing than somebody of that salience."""
        if spoken.place == "possessive" or spoken.place == "dative":
            return False
        row = self.row
        after = [row.form(j) for j in range(spoken.last + 1, spoken.last + 6) if row.same_sentence(spoken.last, j)]
        verbs = self.people.human_objects if spoken.place == "object" else self.people.human
        weight = 0.0 if any(form in verbs for form in after[:4]) else 0.9 if spoken.place == "object" else 0.6
        return self.chains.thing(spoken.gender, spoken.plural, number) * weight > value

    def _unknown(self, spoken: Spoken, number: int) -> Known | None:
        """A pronoun for one who was not spoken of: somebody whom the sentence names later, or nobody ever does."""
        row, k = self.row, spoken.first
        if not self._role(k):
            if spoken.place not in ("subject", "dative") or self.chains.thing(spoken.gender, spoken.plural, number):
                return None
            after = [row.form(j) for j in range(k + 1, k + 6) if row.same_sentence(k, j)]
            if not spoken.plural and spoken.place == "subject" and not any(form in self.people.human for form in after):
                if row.form(k - 1) in _BEFORE_CATAPHORA:
                    self.unnamed.append(self.chains.new("", gender=spoken.gender))
                    return self.unnamed[-1]
                return None
        self.unnamed.append(self.chains.new("", gender=spoken.gender, plural=spoken.plural))
        return self.unnamed[-1]

    def _role(self, k: int, role: str = "") -> bool:
        return k in self._bearing and role in ("", self.roles[place(*self.row.at(k))].role)

    def _someone(self, voice: Voice, who: str, k: int) -> Known | None:
        """The speaker or the addressee; where unknown, somebody new, if the word has a role."""
        known: Known | None = getattr(voice, who)
        if known is None and self._role(k):
            known = self.chains.new("")
            setattr(voice, who, known)
        return known

    def _addressed(self, k: int) -> Known | None:
        """Whom the narration speaks to, as a letter does."""
        row = self.row
        if row.forms[k] in ("vous", "votre", "vos") and self.addressee is None and not self._role(k):
            return None
        j = k
        while row.same_sentence(k, j + 2) and j - k < 40:
            j += 1
            if (
                row.form(j) == ","
                and row.form(j - 1) not in self.people.nouns
                and row.is_mark(j + 2)
                and (row.form(j + 1) in self.people.words["bare"] or row.form(j + 1) in self.people.names)
            ):
                spoken = find(row, self.people, self.names, j + 1)
                if spoken is not None:
                    self.addressee = name_of(self, spoken, None)
                break
        if self.addressee is None and (self._role(k) or self._addresses >= _SECOND_PERSONS):
            self.addressee = self.chains.new("")
        self.addressed = row.number[k]
        return self.addressee

    # --- roles whose word speaks of nobody known

    def _late(self, where: Place, role: FoundRole) -> None:
        s, i = role.sentence, role.head
        form = s.forms[i].lstrip("-")
        if form == "personne" and not s.is_a(i - 1, "determiners"):
            return
        if s.pos(i) in ("NOUN", "PROPN"):
            known = self.chains.by_lemma.get(f"thing {form}") or self.chains.new(self.text[slice(*s.span(i, i))], animate=False)
            self.chains.by_lemma[f"thing {form}"] = known
        elif form in _LONE:
            known = self.chains.new("", animate=False)
        else:
            return
        known.spans[s.span(i, i)] = None
        self.of[where] = known

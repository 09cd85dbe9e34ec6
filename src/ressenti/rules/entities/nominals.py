"""Nouns and names: whether they name somebody new or somebody known, and whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ressenti.rules.entities.chains import Known
from ressenti.rules.entities.mentions import POSSESSIVES, Spoken
from ressenti.rules.entities.stream import ENDS, place
from ressenti.rules.words import load_words

if TYPE_CHECKING:
    from ressenti.rules.entities.voices import Voice
    from ressenti.rules.entities.walk import Walk

_WORDS = load_words()
_BE, _SAID_TO_BE = _WORDS["be_or_become"], _WORDS["said_to_be"]
_NO_IDENTITY = _WORDS["no_identity"]
_AFTER_BE = _WORDS["between_be_and_noun"]
_OF_NOBODY = _WORDS["determiners_of_nobody"]
_DEMONSTRATIVES = _WORDS["demonstratives"]
_OF = _WORDS["of"]
_GOES_ON = _OF | _WORDS["to"] | {"en"}
"""After « Sami, le grand » what goes on with the phrase."""
_RELATIVE = _WORDS["relative_pronouns"]
_ALL = _WORDS["all"]


def name_of(walk: Walk, spoken: Spoken, voice: Voice | None) -> Known | None:
    """Whom a noun phrase or a name speaks of: somebody known, somebody new, or None where it names nobody (« comme un gamin »)."""
    row = walk.row
    before = row.form(spoken.start - 1) if row.same_sentence(spoken.start - 1, spoken.start) else ""
    if spoken.indefinite and not spoken.names:
        if before == "comme" or (before in _BE and row.form(spoken.start - 2) not in ("qui",)):
            return None
        if spoken.before in _OF_NOBODY:
            return None
    known = _known(walk, spoken, voice, before)
    if known is None:
        known = _taken_up(walk, spoken, before) or _new(walk, spoken)
    _register(walk, spoken, voice, known)
    if (
        voice is None
        and (before in walk.people.words["dear"] or row.form(spoken.first - 1) in walk.people.words["dear"])
        and row.form(spoken.last + 1) in (",", "!")
    ):
        walk.addressee = known
    return known


def _known(walk: Walk, spoken: Spoken, voice: Voice | None, before: str) -> Known | None:
    chains, row = walk.chains, walk.row
    for name in spoken.names:
        if name in chains.by_name:
            return chains.by_name[name]
    if spoken.names and before in walk.people.words["naming"] and walk.clause.subject is not None:
        return walk.clause.subject  # « elle s'appelait Julie »
    noun = spoken.noun
    if noun is None:
        return None
    possessor = _possessor(walk, spoken, voice)
    if possessor is not None:
        known = _tied(walk, possessor, noun.lemma, noun.tie)
        if known is None and noun.tie and voice is None and spoken.before in ("ton", "ta", "votre") and _closes(walk, spoken):
            return chains.narrator  # « Ton frère, Gilles. »
        return known
    if spoken.indefinite or (noun.tie and _somebodys(walk, spoken)):
        return None
    known = chains.by_lemma.get(noun.lemma)
    if known is not None and known.plural == spoken.plural and _agree(known, spoken):
        return known
    if row.form(spoken.first) in walk.people.words["epithets"] and spoken.definite and not spoken.names:
        number = row.number[spoken.first]
        known, _ = chains.best(spoken.gender, spoken.plural, number, ())
        shown = spoken.before in _DEMONSTRATIVES
        if known is not None and (shown or (known.stranger and spoken.gender and number - known.sentence <= 2)):
            return known
    return None


def _somebodys(walk: Walk, spoken: Spoken) -> bool:
    """« le frère cadet de ma mère »: whose it is comes after it."""
    row = walk.row
    return any(row.form(k) in _OF and row.same_sentence(spoken.last, k) for k in (spoken.last + 1, spoken.last + 2))


def _agree(known: Known, spoken: Spoken) -> bool:
    return not known.gender or not spoken.gender or known.gender == spoken.gender


def _possessor(walk: Walk, spoken: Spoken, voice: Voice | None) -> Known | None:
    """Whose a noun is: by its possessive, or the narrator's for « maman »."""
    row = walk.row
    if spoken.before in POSSESSIVES:
        s, i = row.at(spoken.start)
        return walk.of.get(place(s, i))
    if not spoken.before and row.form(spoken.first) in walk.people.words["bare"]:
        return walk.chains.narrator if voice is None or voice.speaker is None else voice.speaker
    return None


def _tied(walk: Walk, possessor: Known, lemma: str, tie: str) -> Known | None:
    """The one who has a tie to somebody: known as such, or as one with a tie to the narrator."""
    chains = walk.chains
    known = chains.by_tie.get((id(possessor), lemma))
    if known is None and tie:
        wanted = walk.people.ties.get(possessor.tie, {}).get(tie, "")
        if wanted == "NARRATOR":
            return chains.narrator
        for gender in ("m", "f", ""):
            known = known or chains.by_tie.get((id(chains.narrator), f"{wanted}-{gender}" if gender else wanted))
    return known


def _taken_up(walk: Walk, spoken: Spoken, before: str) -> Known | None:
    """Somebody whom a further noun phrase names too.

    « C'est la notaire de la famille » says it of the one last spoken of; « Sophie, sa femme, » and « elle est gentille, ma sœur » set
    it off by commas.
    """
    row = walk.row
    after = row.form(spoken.last + 1) if row.same_sentence(spoken.last, spoken.last + 1) else ""
    number = row.number[spoken.first]
    if before in _BE and row.form(spoken.start - 2) in ("c'", "ce") and not _cleft(walk, spoken):
        return walk.chains.best(spoken.gender, spoken.plural, number, ())[0]
    if (named := _predicated(walk, spoken)) is not None:
        return named
    if before != ",":
        return None
    for told in (walk.last, walk.pronoun):
        if told is not None and (known := _apposed(walk, spoken, *told, after)) is not None:
            return known
    return None


def _predicated(walk: Walk, spoken: Spoken) -> Known | None:
    """The subject of « Karim est mon ami », « Karim, qui est pourtant mon ami, … »: whose noun it is, and nothing denies it."""
    row, k = walk.row, spoken.start - 1
    while row.form(k) in _AFTER_BE and row.same_sentence(k, spoken.start):
        k -= 1
    subject = walk.clause.subject
    if row.form(k) not in _SAID_TO_BE or spoken.before not in POSSESSIVES or subject is None or subject is walk.chains.narrator:
        return None
    unsure = any(row.form(j) in _NO_IDENTITY for j in range(k - 4, spoken.start) if row.same_sentence(j, k))
    return subject if not unsure and subject.fits(spoken.gender, spoken.plural) else None


def _apposed(walk: Walk, spoken: Spoken, last: Spoken, known: Known, after: str) -> Known | None:
    """The one named just before, if a phrase set off by commas names that one too."""
    row, number = walk.row, walk.row.number[spoken.first]
    if row.number[last.first] != number or not known.fits(spoken.gender, spoken.plural):
        return None
    closed = after in ENDS or after in (",", "»", ")", "qui", "")
    if last.kind == "noun" and last.last == spoken.start - 2:
        told = bool(spoken.names and not spoken.noun)
        if bool(last.names and not last.noun) != told and (closed or (not told and after in _GOES_ON)):
            return known
    if not closed:
        return None
    if (
        last.kind == "third"
        and walk.clause.subject is known
        and last.place == "subject"
        and spoken.before in POSSESSIVES | {"le", "la", "les", "cette", "ce"}
    ):
        return known
    return None


def _cleft(walk: Walk, spoken: Spoken) -> bool:
    return any(walk.row.form(j) in _RELATIVE for j in range(spoken.last + 1, spoken.last + 4))


def _closes(walk: Walk, spoken: Spoken) -> bool:
    """Whether the words stand in a last short sentence, as a signature does."""
    row = walk.row
    return len(row) - spoken.first <= 8 and row.opens(spoken.start)


def _new(walk: Walk, spoken: Spoken) -> Known:
    whole = walk.row.form(spoken.start - 1) in _ALL  # « toute la classe »
    text = walk.text[slice(*walk.row.span(spoken.start - whole, spoken.last))]
    noun = spoken.noun
    for unnamed in walk.unnamed:
        if not spoken.indefinite and unnamed.fits(spoken.gender, spoken.plural):
            walk.unnamed.remove(unnamed)
            unnamed.label = text
            return unnamed
    return walk.chains.new(
        text, gender=spoken.gender, plural=spoken.plural, group=noun is not None and noun.group, stranger=spoken.indefinite
    )


def _register(walk: Walk, spoken: Spoken, voice: Voice | None, known: Known) -> None:
    """Note by which words somebody may be named again."""
    chains, noun = walk.chains, spoken.noun
    for name in spoken.names:
        if name not in ("le", "la", "de", "du"):
            chains.by_name.setdefault(name, known)
    if known is chains.narrator:
        return
    if not known.gender and not known.plural:
        known.gender = spoken.gender
    if noun is None:
        return
    chains.by_lemma[noun.lemma] = known
    possessor = _possessor(walk, spoken, voice)
    if possessor is not None:
        chains.by_tie.setdefault((id(possessor), noun.lemma), known)
        if (wanted := walk.people.ties.get(possessor.tie, {}).get(noun.tie, "")) and known.gender:  # my brother's wife is my sister-in-law
            chains.by_tie.setdefault((id(chains.narrator), f"{wanted}-{known.gender}"), known)
        if possessor is chains.narrator and noun.tie and not known.tie:
            known.tie = noun.tie

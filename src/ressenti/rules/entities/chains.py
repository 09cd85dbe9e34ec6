"""Who the narrative speaks of: the narrator, named and described persons, and the pronouns that stand for them.

Pronouns take the most recent entity of their gender and number. First and second person, *on* and quotations are kept simple: *je*
outside a quotation is the narrator; inside one it is not resolved.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.basics import is_person
from ressenti.schema import Span

NARRATOR = "NARRATOR"
_SINGULAR_M = frozenset({"il", "lui", "le", "-il", "-t-il", "l'"})
_SINGULAR_F = frozenset({"elle", "la", "-elle", "-t-elle", "l'", "lui"})
_PLURAL = frozenset({"ils", "elles", "eux", "les", "leur", "leurs", "-ils", "-elles"})
_THIRD_POSSESSIVE = frozenset({"son", "sa", "ses"})


@dataclass(slots=True)
class Known:
    """An entity so far: its id, label, gender (``m``, ``f`` or empty), number and places."""

    id: str
    label: str
    key: str
    gender: str
    plural: bool
    spans: dict[Span, None] = field(default_factory=dict)
    """Its places in reading order; a dictionary, for one entity may have as many as the text has words."""


class Chains:
    """Builds the entities of one narrative, sentence by sentence, in reading order."""

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self._recent: list[Known] = []

    def resolve(self, s: Sentence, head: int, span: Span, quoted: bool) -> str | None:
        """Entity of the word at ``head``, new or known, or None where it cannot be told.

        Args:
            s: The sentence.
            head: Token index of the word.
            span: Offsets of the role or noun phrase, in the reading.
            quoted: Whether it stands inside a quotation.
        """
        form = s.forms[head].lstrip("-")
        if s.is_a(head, "first_person") or form in ("je", "me", "moi", "nous", "on", "notre", "nos"):
            return None if quoted else self._add(NARRATOR, "narrateur", "", False, span).id
        if form in ("tu", "te", "t'", "toi", "vous", "ton", "ta", "tes", "votre", "vos"):
            return None
        if s.pos(head) == "PRON" or s.is_a(head, "subject_clitics", "object_clitics", "inverted_subjects") or form in _THIRD_POSSESSIVE:
            entity = self._pronoun(form)
            if entity is not None:
                self._note(entity, span)
            return entity.id if entity else None
        if is_person(s, head):
            return self._noun(s, head, span).id
        return None

    def see(self, s: Sentence, head: int, span: Span) -> None:
        """Note a person who is named without having a role, so that later pronouns can mean them."""
        self._noun(s, head, span)

    def _noun(self, s: Sentence, head: int, span: Span) -> Known:
        token = s.tokens[head]
        key = s.forms[head]
        possessive = next((s.forms[j] for j in range(max(head - 2, 0), head) if s.is_a(j, "possessives")), "")
        if token.pos_ != "PROPN" and possessive in ("mon", "ma", "mes"):
            key = f"ma {key}"
        before = s.forms[head - 1] if head else ""
        name = token.pos_ == "PROPN"  # the parser guesses the gender and number of names
        gender = "" if name else {"Masc": "m", "Fem": "f"}.get(s.morph(head, "Gender"), "")
        gender = {"un": "m", "le": "m", "ce": "m", "cet": "m", "une": "f", "la": "f", "cette": "f", "ma": "f", "sa": "f"}.get(
            before, gender
        )
        plural = (not name and s.morph(head, "Number") == "Plur") or before in ("les", "des", "mes", "ses", "ces", "nos", "leurs")
        return self._add(key, "", gender, plural, span)

    def _add(self, key: str, label: str, gender: str, plural: bool, span: Span) -> Known:
        entity = self.known.get(key)
        if entity is None:
            entity_id = NARRATOR if key == NARRATOR else f"E{len([k for k in self.known if k != NARRATOR]) + 1}"
            entity = self.known[key] = Known(entity_id, label, key, gender, plural)
        self._note(entity, span)
        return entity

    def _note(self, entity: Known, span: Span) -> None:
        entity.spans[span] = None
        if entity.key != NARRATOR:
            if entity in self._recent:
                self._recent.remove(entity)
            self._recent.append(entity)

    def _pronoun(self, form: str) -> Known | None:
        for entity in reversed(self._recent):
            if form in _PLURAL:
                if entity.plural:
                    return entity
            elif entity.plural:
                continue
            elif (
                form in _THIRD_POSSESSIVE
                or form in ("lui", "l'", "se", "s'", "en", "y")
                or (form in _SINGULAR_F and entity.gender in ("f", ""))
                or (form in _SINGULAR_M and entity.gender in ("m", ""))
            ):
                return entity
        return None

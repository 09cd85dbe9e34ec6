"""What a reviewer may say of a term besides its emotion: which fields there are, what they take, and setting them by hand."""

from __future__ import annotations

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import REGIONS, REGISTERS, load_constructions
from ressenti.schema import INTENSITIES, MODES
from ressenti.vocab_builder.review.decisions import Decision, check
from ressenti.vocab_builder.review.session import DETAILS


def fields_of(pos: str) -> list[tuple[str, str]]:
    """Each field with what it takes, for a part of speech."""
    constructions = [c.key for c in load_constructions().values() if c.pos == pos or pos == "PHRASE"]
    takes = {
        "construction": "|".join(constructions),
        "mode": "|".join(MODES),
        "intensity": "|".join(INTENSITIES),
        "register": "|".join(REGISTERS),
        "region": "|".join(filter(None, REGIONS)),
        "condition": "such as: followed by: de|que; not negated",
        "note": "your reason",
    }
    return [(name, takes[name]) for name in DETAILS]


def set_detail(details: dict[str, str], answer: str, pos: str) -> None:
    """Set a field as somebody typed it: its name or the beginning of it, then the value; « - » empties it.

    Raises:
        ValueError: There is no such field, or it does not take the value; nothing was set.
    """
    name, _, value = answer.replace("=", " ", 1).partition(" ")
    found = [field for field in DETAILS if field.startswith(name.lower())]
    if name.lower() in DETAILS:
        found = [name.lower()]
    if len(found) != 1:
        raise ValueError(f"{name!r} may be {' or '.join(found)}" if found else f"there is no field {name!r}; known: {', '.join(DETAILS)}")
    value = value.strip()
    if not value:
        raise ValueError(f"write a value after {found[0]}, or - to empty it")
    changed = {**details, found[0]: "" if value == "-" else value}
    check(Decision("terme", pos, "unsure", **changed), load_emotions())
    details[found[0]] = changed[found[0]]

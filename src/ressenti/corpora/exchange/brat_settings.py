"""The settings that brat reads in a folder of narratives: what may be annotated, what it is called and which colours it has."""

from __future__ import annotations

from collections.abc import Iterator

from ressenti.corpora.exchange.marks import VALUES
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.ontology.pages.colours import colour_of
from ressenti.ontology.rdf.names import PREFIXES, TONE
from ressenti.schema import COMPONENTS, FLAGS, ROLES

_LABELS = {
    "Argument": "rôle | r.", "Entity": "entité | ent.", "Behavior": "comportement | comp.", "Feeling": "ressenti | ress.",
    "Thinking": "pensées | pens.", "Territory": "territoire | terr.", "experiencer": "qui ressent | qui", "cause": "cause | c.",
    "target": "envers | env.", "consequence": "conséquence | cons.",
}  # fmt: skip
# A sign beside the label for each value that is not the usual one, in the order of the values; the usual one has an empty sign, for brat
# shows the whole word where there is none.
_USUAL = "\u200b"
_GLYPHS = {
    "mode": (_USUAL, "c", "m", "s"), "status": (_USUAL, "✗", "?"), "intensity": ("▾", _USUAL, "▴"), "time": (_USUAL,) * 4,
}  # fmt: skip


def settings() -> dict[str, str]:
    """The files by name."""
    emotions = load_emotions()
    return {
        "annotation.conf": "\n".join(_annotation(emotions)) + "\n",
        "visual.conf": "\n".join(_visual(emotions)) + "\n",
        "tools.conf": "\n".join(_tools()) + "\n",
    }


def _annotation(emotions: Emotions) -> Iterator[str]:
    yield "[entities]"
    yield from _tree(emotions, None, 0)
    yield from ("Argument", "Entity", *(component.capitalize() for component in COMPONENTS))
    # brat expands its macros in the order in which they are defined
    yield from ("", "[relations]", "<PLACE>=Argument|Entity|<EMOTION>", f"<EMOTION>={'|'.join(emotions)}")
    yield from (f"{role} Arg1:<EMOTION>, Arg2:<PLACE>" for role in ROLES)
    yield from ("", "[events]", "", "[attributes]", f"<EMOTION>={'|'.join(emotions)}")
    yield from (f"{name} Arg:<EMOTION>, Value:{'|'.join(values)}" for name, values in VALUES.items())
    yield from (f"{name} Arg:<EMOTION>" for name in FLAGS)


def _tree(emotions: Emotions, parent: str | None, depth: int) -> Iterator[str]:
    for emotion in emotions.values():
        if emotion.parent == parent:
            yield "\t" * depth + emotion.key
            yield from _tree(emotions, emotion.key, depth + 1)


def _visual(emotions: Emotions) -> Iterator[str]:
    yield "[labels]"
    yield from (f"{emotion.key} | {emotion.labels['fr']}" for emotion in emotions.values())
    yield from (f"{name} | {labels}" for name, labels in _LABELS.items())
    yield from ("", "[drawing]", "SPAN_DEFAULT fgColor:black, bgColor:#e8e2d8, borderColor:darken")
    for key in emotions:
        colour = colour_of(key)
        yield f"{key} bgColor:{colour.fill}, fgColor:{colour.on}"
    yield "ARC_DEFAULT color:black, dashArray:-, arrowHead:triangle-5"
    yield from (f"{name} glyph:{'|'.join(signs)}" for name, signs in _GLYPHS.items())
    yield from ("question glyph:¿", "wish glyph:★")


def _tools() -> Iterator[str]:
    yield from ("[options]", "Validation validate:none", "Tokens tokenizer:whitespace", "Sentences splitter:regex", "")
    yield from ("[search]", "", "[annotators]", "", "[disambiguators]", "", "[normalization]")
    yield f"TONE DB:tone, <URL>:{TONE}, <URLBASE>:{PREFIXES['tone']}%s"

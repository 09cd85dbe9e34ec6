"""The few shapes of SVG that the drawings of this room are made of, as text."""

from __future__ import annotations

from ressenti.corpora.harmless import one_line
from ressenti.graph.drawing.page import attributes as given
from ressenti.graph.drawing.page import number
from ressenti.graph.drawing.page import words as escaped
from ressenti.ontology.pages.colours import INK, PAPER

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
QUIET = "#6b6259"
"""Of axes and notes: 5.6 to 1 on `PAPER`."""
HAIR = "#d8cfc2"
"""Of lines that only guide the eye."""


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. Attributes are named as in SVG, « - » as « _ »; what is None is left out; `inside` is SVG already."""
    start = f"<{name}{given(**attributes)}"
    return f"{start}>{''.join(inside)}</{name}>" if inside else f"{start}/>"


def words(text: str) -> str:
    """Text from outside as the content of an element."""
    return escaped(one_line(text))


def label(x: float, y: float, text: str, size: float = 12, fill: str = INK, **attributes: object) -> str:
    """A line of text, its base line at ``y``."""
    return tag("text", words(text), x=x, y=y, font_size=size, fill=fill, **attributes)


def picture(width: float, height: float, name: str, title: str, description: str, *inside: str) -> str:
    """A whole drawing that needs nothing beside it.

    Args:
        width: In pixels.
        height: In pixels.
        name: What ids begin with.
        title: What it is, in a line.
        description: What is to be seen, for whoever does not see it.
        inside: The shapes.
    """
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + tag(
            "svg",
            tag("title", words(title), id=f"{name}-title"),
            tag("desc", words(description), id=f"{name}-desc"),
            tag("rect", width=width, height=height, fill=PAPER),
            *inside,
            xmlns="http://www.w3.org/2000/svg", width=width, height=height, viewBox=f"0 0 {number(width)} {number(height)}", id=name,
            role="img", aria_labelledby=f"{name}-title {name}-desc", font_family=FONT,
        )
        + "\n"
    )  # fmt: skip

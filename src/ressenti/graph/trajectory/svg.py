"""The few shapes of SVG that the drawings of this room are made of, as text."""

from __future__ import annotations

from html import escape

from ressenti.corpora.harmless import one_line
from ressenti.ontology.pages.colours import INK, PAPER

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
QUIET = "#6b6259"
"""Of axes and notes: 5.6 to 1 on `PAPER`."""
HAIR = "#d8cfc2"
"""Of lines that only guide the eye."""


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. Attributes are named as in SVG, « - » as « _ »; what is None is left out; `inside` is SVG already."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def words(text: str) -> str:
    """Text from outside as the content of an element."""
    return escape(one_line(text), quote=False)


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
            xmlns="http://www.w3.org/2000/svg", width=width, height=height, viewBox=f"0 0 {_value(width)} {_value(height)}", id=name,
            role="img", aria_labelledby=f"{name}-title {name}-desc", font_family=FONT,
        )
        + "\n"
    )  # fmt: skip


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{round(value, 1) + 0.0:g}"
    return escape(one_line(str(value)))

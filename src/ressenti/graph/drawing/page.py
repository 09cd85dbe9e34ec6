"""The SVG around a drawing: its title, description, marks for lines, shapes and words. Nothing is fetched, and no style leaks out of it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ressenti.graph.drawing.geometry import Curve, Rect
from ressenti.graph.formats.flatten import clean
from ressenti.ontology.pages.colours import PAPER

FAINT = "#8b8178"
"""Of lines and words that stand back."""
FONT = "sans-serif"
NOTHING = {"fr": "Aucune émotion n’a été trouvée.", "en": "No emotion was found."}
TITLES = {"fr": "Qui ressent quoi\u00a0: «\u00a0{}\u00a0»", "en": "Who feels what: “{}”"}
"""Of the two pictures of a narrative; the narrative's id goes in."""


def attributes(**values: object) -> str:
    """Attributes of an element, in order, escaped; underscores are hyphens; None is left out."""
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(clean(number(value)))}" for name, value in values.items() if value is not None
    )


def number(value: object) -> str:
    """The value of an attribute; of a broken number its tenths."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def words(text: str) -> str:
    """Text of an element."""
    return escape(clean(text))


def text(x: float, y: float, lines: Sequence[str], size: float, fill: str, leading: float = 0.0, **more: object) -> str:
    """Lines of text, the middle of the first at ``y``; centred, unless ``text_anchor`` says otherwise."""
    more = {"text_anchor": "middle"} | more
    spans = "".join(
        f"<tspan{attributes(x=x, y=y + n * (leading or size * 1.25) + size * 0.35)}>{words(line)}</tspan>" for n, line in enumerate(lines)
    )
    return f"<text{attributes(font_size=size, fill=fill, **more)}>{spans}</text>"


def hexagon(rect: Rect, **more: object) -> str:
    """A hexagon with points to the left and to the right, in the rectangle."""
    x, y, w, h = rect.x, rect.y, rect.w / 2, rect.h / 2
    tip = min(h * 0.6, 20)
    corners = ((x - w, y), (x - w + tip, y - h), (x + w - tip, y - h), (x + w, y), (x + w - tip, y + h), (x - w + tip, y + h))
    return f"<polygon{attributes(points=' '.join(f'{a:.1f},{b:.1f}' for a, b in corners), **more)}/>"


def field(rect: Rect, round_: float, **more: object) -> str:
    """A rectangle with round corners."""
    return f"<rect{attributes(x=rect.x - rect.w / 2, y=rect.y - rect.h / 2, width=rect.w, height=rect.h, rx=round_, **more)}/>"


def line(curve: Curve, **more: object) -> str:
    """The curve."""
    (a, b), (c, d), (e, f) = curve.start, curve.bend, curve.end
    return f"<path{attributes(d=f'M{a:.1f} {b:.1f}Q{c:.1f} {d:.1f} {e:.1f} {f:.1f}', fill='none', **more)}/>"


def arrow(curve: Curve, fill: str, size: float = 8.0) -> str:
    """The head of an arrow at the end of the curve. Drawn: a marker would need an id, which other pictures of a page have too."""
    tip, inner = curve.end, curve.at(0.94)
    x, y = tip[0] - inner[0], tip[1] - inner[1]
    length = (x * x + y * y) ** 0.5 or 1.0
    x, y = x / length * size, y / length * size
    corners = (tip, (tip[0] - x - y * 0.45, tip[1] - y + x * 0.45), (tip[0] - x + y * 0.45, tip[1] - y - x * 0.45))
    return f"<polygon{attributes(points=' '.join(f'{a:.1f},{b:.1f}' for a, b in corners), fill=fill)}/>"


def page(body: Sequence[str], bounds: tuple[float, float, float, float], title: str, description: str, language: str) -> str:
    """The whole SVG.

    Args:
        body: Its elements.
        bounds: Left, top, width and height of what is seen.
        title: Names it for who does not see it.
        description: Says it in words.
        language: Of the words.
    """
    left, top, wide, high = bounds
    head = attributes(
        xmlns="http://www.w3.org/2000/svg", viewBox=f"{left:.0f} {top:.0f} {wide:.0f} {high:.0f}",
        width=f"{wide:.0f}", height=f"{high:.0f}",
        font_family=FONT, role="graphics-document", aria_label=title, lang=language,
    )  # fmt: skip
    back = f"<rect{attributes(x=left, y=top, width=wide, height=high, fill=PAPER)}/>"
    return "\n".join([f"<svg{head}>", f"<title>{words(title)}</title>", f"<desc>{words(description)}</desc>", back, *body, "</svg>", ""])

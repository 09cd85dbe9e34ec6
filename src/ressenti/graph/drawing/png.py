"""A picture as PNG."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import ceil

from ressenti.errors import RessentiError

_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
_MOST = 8_000
"""Pixels of the longer side; more take their square in time, and viewers give up."""


def renderer() -> Callable[..., bytes]:
    """What renders an SVG.

    Raises:
        RessentiError: It is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise RessentiError('PNG needs a renderer: pip install "ressenti[graph]", or take --format svg') from None
    return svg_to_bytes


def png(svg: str, scale: float = 2.0) -> bytes:
    """Render an SVG of ours, with the fonts of the machine.

    Args:
        svg: The picture.
        scale: Pixels by unit of the SVG; 2 is sharp in print. A very large picture gets fewer.

    Raises:
        RessentiError: The renderer is not installed.
    """
    wide, high = (ceil(float(found)) for found in _SIZE.search(svg).groups())  # type: ignore[union-attr]
    scale = min(scale, _MOST / max(wide, high))  # the renderer takes broken sizes for the next whole ones
    return bytes(renderer()(svg_string=svg, zoom=scale))

"""What the script must know to draw decisions into the pictures: words, colours, values and sizes, as the pictures have them."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from ressenti.graph.drawing import legend, page
from ressenti.graph.labels import EDGES, NARRATORS, NODES, VALUES, Language, value_label
from ressenti.graph.trajectory import chart
from ressenti.graph.trajectory.series import Method
from ressenti.graph.trajectory.svg import QUIET
from ressenti.graph.trajectory.texts import say
from ressenti.ontology.pages.colours import INK, PALETTE, PAPER, by_primary
from ressenti.ontology.pages.language import words

METHOD = Method(window=1)
"""How the line of a narrative is drawn on the page."""
_SAID = ("valence", "arousal", "sentence", "nothing", "other")


@cache
def picture_data(language: Language) -> dict[str, Any]:
    """What is the same for all narratives of a page.

    Returns:
        ``edges``, ``nodes`` and ``values``, in words; ``beside``, by the key of a primary, the values that agree with its label;
        ``narrators``; ``colours`` by the number of the primary, and others; ``dashes`` and ``widths`` of lines; ``course``, how
        a trajectory is worked out and drawn.
    """
    values = {value: value_label(value, language) for value in VALUES}
    agreed = {
        key: {value: said for value in VALUES if (said := value_label(value, language, key)) != values[value]} for key in by_primary()
    }
    return {
        "edges": {kind: labels[language] for kind, labels in EDGES.items()},
        "nodes": {kind: labels[language] for kind, labels in NODES.items()},
        "values": values,
        "beside": {key: said for key, said in agreed.items() if said},
        "narrators": [*NARRATORS, *VALUES["narrator"].values()],
        "kept": list(NARRATORS) if language == "fr" else [],
        "of_intensity": legend.INTENSITY[language],
        "empty": page.NOTHING[language],
        "colours": [{"fill": colour.fill, "on": colour.on, "ink": colour.ink} for colour in PALETTE],
        "ink": INK,
        "paper": PAPER,
        "faint": page.FAINT,
        "quiet": QUIET,
        "dashes": legend.DASHES,
        "widths": legend.WIDTHS,
        "course": _course(language),
    }


def _course(language: Language) -> dict[str, Any]:
    method = asdict(METHOD)
    values = method.pop("values")
    return {
        **method,
        "neutral": list(METHOD.neutral),
        "values": {key: list(value) for key, value in values.items()},
        "texts": {key: say(key, language) for key in _SAID},
        "stops": {name: words(language)[name] for name in ("colon", "semicolon")},
        "sizes": {
            name.lower(): getattr(chart, name) for name in ("LEFT", "RIGHT", "TOP", "VALENCE", "AROUSAL", "BETWEEN", "SIZE", "RADIUS")
        },
    }

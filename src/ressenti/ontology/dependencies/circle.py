"""Opposites by valence and arousal: two emotions that face each other across the circle that the two span.

Sources: J. A. Russell, *A Circumplex Model of Affect*, Journal of Personality and Social Psychology 39 (1980), for the circle; the
anchors are those of ``emotions.tsv`` (Wen et al. 2021, arXiv 2106.15846). An anchor that is only inherited says nothing of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from ressenti.ontology.dependencies.records import Evidence
from ressenti.ontology.emotions import Emotions

OPPOSITE = -math.cos(math.pi / 8)
"""Russell divides his circle into eight; nearer than half an eighth (22.5 degrees) to the far side is opposite."""


def mirrored(emotions: Emotions) -> Iterator[Evidence]:
    """Opposites among the emotions with an anchor of their own; the score is the cosine of the two in the plane."""
    anchored = [(key, emotion.vad) for key, emotion in emotions.items() if emotion.vad is not None and not emotion.vad_inherited]
    for (one, (v1, a1, _)), (two, (v2, a2, _)) in combinations(anchored, 2):
        if not (math.hypot(v1, a1) and math.hypot(v2, a2)):
            continue
        cosine = (v1 * v2 + a1 * a2) / math.hypot(v1, a1) / math.hypot(v2, a2)
        if v1 * v2 < 0 and a1 * a2 < 0 and cosine <= OPPOSITE:
            detail = f"valence and arousal ({v1:g}, {a1:g}) against ({v2:g}, {a2:g})"
            yield Evidence("opposite", (one, two), "vad-mirror", 1, "arXiv:2106.15846", detail, score=cosine)

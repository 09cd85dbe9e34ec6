"""Trajectories and transitions as data: rows of CSV, objects of JSON Lines. None of it holds words of a narrative."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ressenti.corpora.harmless import cell
from ressenti.graph.labels import Language
from ressenti.graph.trajectory.series import Method, Series
from ressenti.graph.trajectory.transitions import Transitions
from ressenti.graph.trajectory.values import Affect
from ressenti.ontology.emotions import load_emotions

COLUMNS = ("id", "of", "sentence", "start", "end", "valence", "arousal", "valence_line", "arousal_line", "weight", "emotions")
STEP_COLUMNS = ("id", "from", "from_label", "to", "to_label", "count", "share")
_MARK = {"affirmed": "", "negated": " (negated)", "hypothetical": " (hypothetical)"}


def series_rows(series: Series) -> Iterator[tuple[object, ...]]:
    """A row a sentence, under `COLUMNS`; of its emotions the person's own."""
    for point in series.points:
        emotions = [felt.mention.emotion + _MARK[felt.mention.status] for felt in point.felt if felt.own]
        yield (
            series.id, series.of, point.sentence, *point.span, *_cells(point.affect), *_cells(point.line), round(point.weight, 4),
            " | ".join(emotions),
        )  # fmt: skip


def series_json(series: Series, method: Method) -> str:
    """One line of JSON: the series, and how it was made."""
    how = {
        "window": method.window, "intensity": dict(method.intensity), "status": dict(method.status), "others": method.others,
        "pull": method.pull, "neutral": _object(method.neutral),
    }  # fmt: skip
    points = [
        {
            "sentence": point.sentence, "start": point.span[0], "end": point.span[1], "told": _object(point.affect),
            "line": _object(point.line), "weight": round(point.weight, 4),
            "emotions": [
                {
                    "mention": felt.mention.id, "emotion": felt.mention.emotion, "status": felt.mention.status,
                    "intensity": felt.mention.intensity, "own": felt.own, **(_object(felt.affect) or {}), "weight": round(felt.weight, 4),
                }
                for felt in point.felt
            ],
        }
        for point in series.points
    ]  # fmt: skip
    return _line({"id": series.id, "of": series.of, "method": how, "sentences": points})


def step_rows(transitions: Transitions, id_: str, language: Language) -> Iterator[tuple[object, ...]]:
    """A row a pair of emotions that occurs, under `STEP_COLUMNS`."""
    emotions = load_emotions()
    for before, after, number, share in transitions.rows():
        labels = (emotions[before].labels[language], emotions[after].labels[language])
        yield id_, before, labels[0], after, labels[1], number, round(share, 4)


def steps_json(transitions: Transitions, id_: str | None, of: str) -> str:
    """One line of JSON: the matrix, a row an emotion before, in the order of ``emotions``; ``id`` is null for all narratives together."""
    keys = transitions.emotions
    counts = [[transitions.counts[one, other] for other in keys] for one in keys]
    shares = [[round(number / sum(row), 4) if sum(row) else None for number in row] for row in counts]
    return _line(
        {
            "id": id_,
            "of": of,
            "tier": transitions.tier,
            "narratives": transitions.narratives,
            "emotions": keys,
            "counts": counts,
            "shares": shares,
        }
    )


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV; no cell is taken for a formula by a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([cell(value) if isinstance(value, str) else value for value in row] for row in rows)
    return buffer.getvalue()


def _cells(affect: Affect | None) -> tuple[object, object]:
    return ("", "") if affect is None else (_number(affect.valence), _number(affect.arousal))


def _object(affect: Affect | None) -> dict[str, float] | None:
    return None if affect is None else {"valence": _number(affect.valence), "arousal": _number(affect.arousal)}


def _number(value: float) -> float:
    return round(value, 4) + 0.0


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=True) + "\n"

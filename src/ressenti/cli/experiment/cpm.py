"""``ressenti experiment cpm``: the emotion of guided narratives from each subset of their answers."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded
from ressenti.cli.experiment.output import EPILOG, PLACE, figure, options, rounded, show


@click.command(epilog=EPILOG, short_help="Emotion of guided narratives from each subset of their answers.")
@click.argument("guided", metavar="GUIDED.jsonl", type=PLACE)
@click.option("--way", "ways", multiple=True, type=click.Choice(["mentions", "untrained", "words", "trained"]),
              help="Only this way; may be repeated.")  # fmt: skip
@options
def cpm(guided: Path, ways: tuple[str, ...], bootstrap: int, as_json: bool) -> None:
    """Tell the emotion of guided narratives from each answer alone, from all but one, and from all.

    Weighted F1 with its interval, and macro F1. Ways: `mentions` adds up what the rules found; `untrained` adds what is at stake
    and what the fallback model that comes with Ressenti says; `words` is TF-IDF in cross-validation; `trained` is that with sentence
    vectors and all that `untrained` adds up.
    """
    with guarded():
        import ressenti
        from ressenti.evaluation.experiments.cpm import WAYS, table
        from ressenti.evaluation.experiments.guided import read_guided
        from ressenti.fallback.model.opening import shipped_model
        from ressenti.fallback.model.speaking import Fallback

        model = shipped_model()
        narratives = read_guided(guided, ressenti.load(), Fallback(model) if model else None)
        chosen = {name: way for name, way in WAYS.items() if not ways or name in ways}
        rows, data = [["answers", "way", "weighted F1", "macro F1"]], []
        for line in table(narratives, chosen, bootstrap):
            s = line.scored
            rows.append(
                [", ".join(line.components), line.way, *(figure(getattr(s, name), s.intervals.get(name)) for name in ("weighted", "macro"))]
            )
            data.append(
                {"answers": line.components, "way": line.way, "weighted": s.weighted, "macro": s.macro, "f1": rounded(s.f1),
                 "intervals": s.intervals, "narratives": s.items}
            )  # fmt: skip
        show(rows, data, as_json=as_json)

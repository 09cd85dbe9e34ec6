"""``ressenti experiment components``: which component an answer of a guided narrative is."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded
from ressenti.cli.experiment.output import EPILOG, PLACE, figure, options, rounded, show
from ressenti.schema import COMPONENTS


@click.command(epilog=EPILOG, short_help="Which component an answer is.")
@click.argument("guided", metavar="GUIDED.jsonl", type=PLACE)
@click.option("--test", "unseen", metavar="FILE", type=PLACE, help="Measure on these narratives instead of by cross-validation.")
@options
def components(guided: Path, unseen: Path | None, bootstrap: int, as_json: bool) -> None:
    """Tell which component each answer is: by the rules, by words, by both, and with sentence vectors.

    Cross-validation over narratives: a model never learnt from another answer of the same one. `alone` takes each answer by itself;
    `together` gives the four of a narrative the four components, each once.
    """
    with guarded():
        import ressenti
        from ressenti.evaluation.experiments.component_task import table
        from ressenti.evaluation.experiments.guided import read_guided

        annotator = ressenti.load()
        narratives = read_guided(guided, annotator)
        others = read_guided(unseen, annotator) if unseen else []
        rows, data = [["way", "alone", "together", *COMPONENTS]], []
        for line in table(narratives, annotator.nlp, bootstrap, others):
            both = {"alone": line.alone} | ({"together": line.together} if line.together else {})
            shown = [figure(s.macro, s.intervals.get("macro")) for s in both.values()]
            rows.append([line.way, *shown, *[""] * (2 - len(shown)), *(figure(line.alone.f1[name], None) for name in COMPONENTS)])
            data.append(
                {"way": line.way} | {name: {"macro": s.macro, "f1": rounded(s.f1), "intervals": s.intervals} for name, s in both.items()}
            )
        show(rows, data, as_json=as_json)

"""``ressenti experiment emotexttokids``: presence, mode and category of emotion in the sentences of EmoTextToKids."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded, say
from ressenti.cli.experiment.output import EPILOG, PLACE, figure, options, rounded, show

MEANS = ("presence", "primaries", "categories", "modes")


@click.command(epilog=EPILOG, short_help="Presence, mode and category on EmoTextToKids.")
@click.argument("folder", metavar="FOLDER", type=PLACE)
@click.option("--way", "ways", multiple=True, metavar="NAME",
              help="Only this way, by its name in the table; may be repeated.")  # fmt: skip
@click.option("--cache", metavar="FOLDER", type=PLACE, help="Keep the rules' annotations there, and take them from there the next time.")
@options
def emotexttokids(folder: Path, ways: tuple[str, ...], cache: Path | None, bootstrap: int, as_json: bool) -> None:
    """Tell presence, primary, category and mode of the sentences of FOLDER/validation.jsonl, after learning from FOLDER/train.jsonl.

    Macro F1 with intervals from resampled runs of 50 sentences. Thresholds are found by cross-validation on the training sentences. The
    corpus is not shipped (docs/experiments.md); its labels that are only `autre` with no mode are left out as noise.
    """
    with guarded():
        from ressenti.evaluation.experiments.annotations import annotated
        from ressenti.evaluation.experiments.emotexttokids import WAYS, measure, read_split

        if unknown := [way for way in ways if way not in WAYS]:
            raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(map(repr, WAYS))}", param_hint="'--way'")
        train, test = (read_split(folder / f"{name}.jsonl") for name in ("train", "validation"))
        for split, name in ((train, "train"), (test, "validation")):
            split.read = annotated(name, split.texts, cache, say)
        rows, data = [["way", *MEANS]], []
        for one in measure(train, test, ways or WAYS, bootstrap):
            rows.append([one.way, *(figure(one.means[name], one.intervals.get(name)) for name in MEANS)])
            data.append({"way": one.way, "means": rounded(one.means), "f1": rounded(one.f1), "intervals": one.intervals})
        show(rows, data, as_json=as_json)

"""``ressenti patterns``: what a coach looks for, in one narrative, in many, and over time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ressenti._console import Exit, guarded, progress, say
from ressenti.cli.endings import form_of
from ressenti.cli.inputs import account_options, check_run, open_run, status

if TYPE_CHECKING:
    from ressenti.schema import Narrative

Command = TypeVar("Command", bound=Callable[..., Any])
KINDS = ("causes", "chains", "courses", "loops", "uncaused", "ambivalences", "territory", "denied", "others", "unattributed")
TIERS = ("emotion", "secondary", "primary")
EPILOG = """\b
Exit status:
  0    done
  1    some inputs failed, the others were read
  2    the command was called wrongly
  3    nothing could be read, or there is too little to compare
  4    the output cannot be written
  70   an internal error, a fault of Ressenti

\b
Accounts are annotated on the way; what ressenti annotate wrote is taken as
it is. The report quotes the accounts: a file of it is readable by you only."""
_KIND = click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only patterns of this kind; may be repeated.")
_LENGTH = click.option("--length", type=click.IntRange(min=2), metavar="N", help="Only chains and courses of N emotions.")
_LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of the report.")
_OUTPUT = click.option("-o", "--output", metavar="FILE", is_eager=True, help="Write here instead of standard output; readable by you only.")


def _tier(default: str) -> Callable[[Command], Command]:
    said = f"Where two emotions count as the same: each by itself, by group, or by primary.  [default: {default}]"
    return click.option("--tier", type=click.Choice(TIERS), help=said)


def _format(*more: str) -> Callable[[Command], Command]:
    forms = ("text", "json", "tsv", *more)
    known = {".txt": "text", ".json": "json", ".jsonl": "json", ".tsv": "tsv"} | {f".{form}": form for form in more}

    def as_output_ends(context: click.Context, _: click.Parameter, form: str | None) -> str:
        output = context.params.get("output")
        return form or form_of(output, known, "text")

    option = click.option("--format", "form", type=click.Choice(forms), callback=as_output_ends, help="By default as -o ends, else text.")
    return lambda command: option(_OUTPUT(command))


def _each_pattern(command: Command) -> Command:
    """What is asked of the patterns of each narrative, whether they are shown or counted."""
    return _KIND(_tier("emotion, in loops secondary")(_LENGTH(_format()(_LANG(account_options(command))))))


class _WithDefault(click.Group):
    """A group that takes what is no command of its own for the inputs of its first one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-") and not Path(args[0]).exists():
            near = get_close_matches(args[0], self.commands, n=1)
            if near:
                raise click.UsageError(f"{args[0]!r} is neither a command nor a file; did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args if args and args[0] in self.commands else ["show", *args])


@click.group(cls=_WithDefault, context_settings={"ignore_unknown_options": True}, epilog=EPILOG)
def patterns() -> None:
    """Show what causes what in whom, chains, loops, contraries, denials.

    ressenti patterns FILE is short for ressenti patterns show FILE.
    """


@patterns.command(epilog=EPILOG)
@_each_pattern
def show(files: tuple[str, ...], **options: Any) -> None:
    """Show the patterns of each narrative, with the words that prove them.

    JSON is a line a narrative; TSV a row a pattern.
    """
    with guarded():
        _show(files, **options)


@patterns.command(epilog=EPILOG)
@_each_pattern
def count(files: tuple[str, ...], **options: Any) -> None:
    """Count each pattern over many narratives."""
    with guarded():
        _count(files, **options)


@patterns.command(name="over-time", epilog=EPILOG)
@click.option("--by", metavar="KEY", help="Key of the data that holds the date; by default date, else the order of the input.")
@_tier("secondary")
@_format("svg")
@_LANG
@account_options
def over_time_(files: tuple[str, ...], **options: Any) -> None:
    """Hold one person's narratives beside each other.

    Which emotions, causes and characters come, stay and go. Dates are ISO or French (25 novembre 2026, 25/11/2026, 25/11/26); a
    narrative whose date cannot be read is left out, which is said.
    """
    with guarded():
        _over_time(files, **options)


@patterns.command(epilog=EPILOG)
@_tier("emotion")
@_format()
@_LANG
@account_options
def central(files: tuple[str, ...], **options: Any) -> None:
    """Show which emotions are caused, and cause others, in most narratives.

    Needs 10 narratives, and more for betweenness.
    """
    with guarded():
        _central(files, **options)


def _show(files: tuple[str, ...], *, kinds: tuple[str, ...], tier: Any, length: int | None, form: str, lang: Any, **rest: Any) -> None:
    from ressenti.graph.patterns import find_patterns
    from ressenti.graph.patterns.report import report
    from ressenti.graph.patterns.rows import COLUMNS, rows, tsv

    def written(narratives: Iterator[Narrative]) -> Iterator[str]:
        if form == "tsv":
            yield tsv(iter(()), COLUMNS)
        for number, narrative in enumerate(narratives):
            found = find_patterns(narrative, kinds or KINDS, tier=tier, length=length)
            if form == "text":
                yield ("\n" if number else "") + report(found, lang)
            else:
                yield _line(found.to_dict()) if form == "json" else tsv(rows(found, lang))

    _write(files, written, **rest)


def _count(files: tuple[str, ...], *, kinds: tuple[str, ...], tier: Any, length: int | None, form: str, lang: Any, **rest: Any) -> None:
    from ressenti.graph.patterns import find_patterns
    from ressenti.graph.patterns.counts import COLUMNS, Counts
    from ressenti.graph.patterns.rows import tsv

    def written(narratives: Iterator[Narrative]) -> Iterator[str]:
        counts = Counts(tier)
        for narrative in narratives:
            counts.add(find_patterns(narrative, kinds or KINDS, tier=tier, length=length))
        yield counts.report(lang) if form == "text" else _line(counts.to_dict()) if form == "json" else tsv(counts.rows(), COLUMNS)

    _write(files, written, **rest)


def _over_time(files: tuple[str, ...], *, by: str | None, tier: Any, form: str, lang: Any, **rest: Any) -> None:
    from ressenti.graph import over_time_views as views
    from ressenti.graph.over_time import over_time
    from ressenti.graph.patterns.rows import tsv

    left: list[None] = []

    def written(narratives: Iterator[Narrative]) -> Iterator[str]:
        found = over_time(narratives, by, tier or "secondary", say)
        left.extend([None] * found.left_out)
        forms: dict[str, Callable[[], str]] = {
            "text": lambda: views.text(found, lang),
            "json": lambda: _line(found.to_dict()),
            "tsv": lambda: tsv(views.rows(found), views.COLUMNS),
            "svg": lambda: views.svg(found, lang),
        }
        yield forms[form]()

    _write(files, written, lambda: bool(left), **rest)


def _central(files: tuple[str, ...], *, tier: Any, form: str, lang: Any, **rest: Any) -> None:
    from ressenti.graph.centrality import COLUMNS, centralities
    from ressenti.graph.patterns.rows import tsv

    def written(narratives: Iterator[Narrative]) -> Iterator[str]:
        found = centralities(narratives, tier or "emotion")
        yield found.report(lang) if form == "text" else _line(found.to_dict()) if form == "json" else tsv(found.rows(), COLUMNS)

    _write(files, written, **rest)


def _write(
    files: tuple[str, ...],
    written: Callable[[Iterator[Narrative]], Iterator[str]],
    left: Callable[[], bool] = bool,
    *,
    output: str | None,
    **reading: Any,
) -> None:
    from ressenti.corpora.writing import Output

    output = None if output == "-" else output
    run = open_run(files, output, keep=True, **reading)
    with Output(output) as out:
        with progress(output is not None or not sys.stdout.isatty()) as advance:

            def told() -> Iterator[Narrative]:
                for narrative in run:
                    yield narrative
                    advance()
                # Before anything is counted or compared: where all failed there is nothing to say of them
                check_run(run)

            for part in written(told()):
                out.write(part)
        out.keep()
    sys.exit(Exit.SOME_FAILED if left() else status(run))


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"

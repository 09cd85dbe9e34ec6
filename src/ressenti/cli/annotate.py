"""``ressenti annotate``: who feels what, why and towards whom."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ressenti._console import Exit, guarded, progress, say
from ressenti.cli.endings import agreed_form
from ressenti.cli.inputs import account_options, check_encoding, check_output, check_run, named_files, open_run, status

if TYPE_CHECKING:
    from ressenti.corpora.run import Run
    from ressenti.fallback.model.speaking import Fallback
    from ressenti.scale.outcome import Outcome

FORMATS = ("jsonl", "text", "table", "parquet")
OF_SUFFIX = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".txt": "text", ".tsv": "table"}
_PACKED = "it is not packed; pack it yourself (ressenti annotate … | gzip > FILE.gz), or write packed shards (--gzip -o FOLDER/)"
EPILOG = """\b
Exit status:
  0    every account was annotated
  1    some inputs failed, the others were annotated
  2    the command was called wrongly
  3    nothing could be annotated: all inputs failed, or a vocabulary,
       a rule or the parser cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: ressenti annotate … | head)

\b
Standard output carries the annotations, standard error the messages.
Environment: NO_COLOR (no colours), RESSENTI_DEBUG=1 (traceback of an
internal error; it may quote the account)."""


@click.command(epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(FORMATS),
              help="JSON Lines, the account with its marks for reading (.txt), a table with a row a mention (.tsv); Parquet on Ray. "
                   "By default as -o ends, else jsonl.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE|FOLDER/",
              help="Write here instead of standard output; readable by you only, replaced as a whole; a folder gets shards.")  # fmt: skip
@click.option("--lang", type=click.Choice(["fr"]), help="Say that the accounts are French: no warning where they do not look so.")
@click.option("--color", "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Colours of the text format; auto: on a terminal, unless NO_COLOR is set.")  # fmt: skip
@click.option("--fallback", metavar="never|auto|MODEL", default="never", show_default=True,
              help="Let a model speak where the rules are silent: the one that comes along (auto), or your own.")  # fmt: skip
@click.option("--without", multiple=True, type=click.Choice(["entities", "components"]),
              help="Do not tell the characters apart; do not look for components. Without both it is half as fast again.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=1, show_default=True, help="Processes at work; 0 for one a processor.")
@click.option("--resume", is_flag=True, help="Go on with what an earlier run began in the folder; begin where there is none.")
@click.option("--shard-size", type=click.IntRange(min=1), metavar="N", help="Accounts of a shard; 1000 by default.")
@click.option("--gzip", "compress", is_flag=True, help="Write shards as gzip files.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
              help="Processes of this machine, or Ray Data, here or on a cluster: Parquet and object stores too.")  # fmt: skip
@click.option("--address", envvar="RAY_ADDRESS", metavar="HOST:PORT", help="Of a Ray cluster; by default Ray is started on this machine.")
@click.option("--allow-network", is_flag=True, help="With --engine ray: accounts may leave this machine, for a cluster or an object store.")
@account_options
def annotate(files: tuple[str, ...], lang: str | None, without: tuple[str, ...], **options: Any) -> None:
    """Say who feels what, why and towards whom in French accounts.

    Reads .txt, .md, .docx, .odt, .pdf, .srt, .vtt, .jsonl, .json, .csv, .tsv and TEI .xml, whole folders of them, and standard
    input (-).
    """
    with guarded():
        _annotate(files, french=lang == "fr", asked=dict.fromkeys(without, False), **options)


def _annotate(
    files: tuple[str, ...], *, output: str | None, form: str | None, engine: str, address: str | None, allow_network: bool, **options: Any
) -> None:  # fmt: skip
    output = None if output == "-" else output
    _check_model(options["fallback"], output)
    if engine == "ray":
        _on_ray(files, output, form or "jsonl", address=address or "", allow_network=allow_network, **options)
        return
    if form == "parquet":
        raise click.UsageError("Parquet is written with --engine ray")
    typed = click.get_current_context().get_parameter_source("address") is ParameterSource.COMMANDLINE
    if allow_network or typed:  # the variable may be set for other programs
        raise click.UsageError("--address and --allow-network are for --engine ray: nothing else leaves this machine")
    sharding = {name: options.pop(name) for name in ("resume", "shard_size", "compress")}
    folder = output and (output.endswith(("/", os.sep)) or Path(output).is_dir())
    ending = "" if folder else Path(output or "").suffix.lower()
    if ending == ".gz":
        raise click.UsageError(f"-o {output}: {_PACKED}")
    if folder or any(sharding.values()):
        if not output or ending in OF_SUFFIX:
            raise click.UsageError("shards need a folder: name one with -o FOLDER/")
        if form not in (None, "jsonl"):
            raise click.UsageError("shards are JSON Lines; leave --format out, or name a file with -o")
        _into_folder(files, output, sharding, **options)
        return
    form = agreed_form(form, output, OF_SUFFIX, "jsonl")
    if options["jobs"] == 1:
        _alone(files, output, form, **options)
    else:
        _by_several(files, output, form, **options)


def _alone(files: tuple[str, ...], output: str | None, form: str, *, color: str, fallback: str, jobs: int, **reading: Any) -> None:
    add = _fallback(fallback)
    run = open_run(files, output, keep=False, **reading)
    _write_out(run, add.pipe(run) if add else run, _formatter(form, color, output), output)


def _by_several(files: tuple[str, ...], output: str | None, form: str, *, color: str, fallback: str, jobs: int, **reading: Any) -> None:
    from ressenti.scale.pool import Pool
    from ressenti.scale.stream import Spread
    from ressenti.scale.work import Task, cores

    lines = form == "jsonl"
    task = Task(reading["vocabulary"], reading["rules"], fallback, lines=lines, options=reading["asked"])
    with Pool(task, jobs or cores()) as pool:
        run = open_run(files, output, make=partial(Spread, pool=pool), keep=False, **reading)
        _write_out(run, run, str if lines else _formatter(form, color, output), output)


def _into_folder(
    files: tuple[str, ...], output: str, sharding: dict[str, Any], *, french: bool, color: str, fallback: str, jobs: int,
    asked: dict[str, bool], vocabulary: tuple[str, ...], rules: tuple[str, ...], **reading: Any,
) -> None:  # fmt: skip
    from ressenti.scale.folder import Job, annotate_to
    from ressenti.scale.outcome import SHARD
    from ressenti.scale.work import Task, cores

    check_encoding(reading["encoding"])
    sharding["shard_size"] = sharding["shard_size"] or SHARD
    task = Task(vocabulary, rules, fallback, options=asked)
    job = Job(named_files(files), task, jobs or cores(), french=french, reading=reading, **sharding)
    with progress(True) as advance:
        outcome = annotate_to(Path(output), job, say, advance)
    _end(outcome)


def _on_ray(
    files: tuple[str, ...], output: str | None, form: str, *, asked: dict[str, bool], vocabulary: tuple[str, ...],
    rules: tuple[str, ...], fallback: str, compress: bool, jobs: int, shard_size: int | None, resume: bool, address: str,
    allow_network: bool, french: bool, color: str, stdin_format: str | None, **reading: Any,
) -> None:  # fmt: skip
    from ressenti.scale.outcome import SHARD
    from ressenti.scale.ray.engine import Job, annotate_to
    from ressenti.scale.ray.pieces import Options
    from ressenti.scale.work import Task

    if not output or not files or "-" in files:
        raise click.UsageError("--engine ray reads files and folders, and writes to a folder: name them, and -o FOLDER")
    if form not in ("jsonl", "parquet") or (compress and form == "parquet"):
        raise click.UsageError("--engine ray writes --format jsonl, with --gzip or without, or --format parquet")
    check_encoding(reading["encoding"])
    task = Task(vocabulary, rules, fallback, options=asked)
    job = Job(files, output, task, Options(**reading), form, compress, shard_size or SHARD, jobs, resume, address, allow_network)
    with progress(True) as advance:
        outcome = annotate_to(job, say, advance)
    _end(outcome)


def _end(outcome: Outcome) -> None:
    if outcome.quarantined:
        sys.exit(Exit.SOME_FAILED if outcome.accounts else Exit.NOTHING)


def _write_out(run: Run, found: Iterable[Any], write: Callable[[Any], str], output: str | None) -> None:
    from ressenti.corpora.writing import Output

    with Output(output) as out:
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            for item in found:
                out.write(write(item))
                advance()
        check_run(run)
        out.keep()
    sys.exit(status(run))


def _fallback(wanted: str) -> Fallback | None:
    """What adds to the narratives what a model finds; None for nothing."""
    if wanted == "never":
        return None
    from ressenti.fallback.model.opening import named_model
    from ressenti.fallback.model.speaking import Fallback

    return Fallback(named_model(wanted))


def _check_model(wanted: str, output: str | None) -> None:
    from ressenti.errors import RessentiError

    if wanted in ("never", "auto"):
        return
    if not Path(wanted).exists():
        raise RessentiError(f"{wanted}: there is no such model; --fallback takes never, auto, or the file or folder of a model")
    check_output(output, (wanted,))
    if not Path(wanted, "model.json").is_file():  # a neural one is opened by who works with it; it takes seconds
        from ressenti.fallback.model.opening import open_model

        open_model(wanted)  # before a folder of shards is begun that could not go on with another model


def _formatter(form: str, color: str, output: str | None) -> Any:
    if form == "text":
        from ressenti.corpora.terminal import colours_wanted, render, width

        colour, columns = colours_wanted(color, None if output else sys.stdout), width()
        return lambda narrative: render(narrative, colour=colour, width=columns)
    from ressenti.corpora.writing import json_line, table

    return table() if form == "table" else json_line

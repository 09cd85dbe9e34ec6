"""``ressenti rules``: list, show and check rules, and see what they do over a corpus."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, progress, say

if TYPE_CHECKING:
    from rich.text import Text

    from ressenti.rules.rule import Rule

_STATUS = """\b
Exit status:
  0    {done}
  1    {failed}
  2    the command was called wrongly
  3    {unusable}
  4    the output cannot be written
  70   an internal error, a fault of Ressenti"""
_RULES = click.option("--rules", multiple=True, metavar="PATH", help="A file or folder of further rules; may be repeated.")
_VOCABULARY = click.option("--vocabulary", multiple=True, metavar="FILE", help="A table of further words; may be repeated.")
_JSON = click.option("--json", "as_json", is_flag=True, help="JSON, for tools.")


@click.group()
def rules() -> None:
    """List, show and check rules, and see what they do over a corpus.

    How rules are written is in docs/rules.md and docs/rules-tutorial.md.
    """


@rules.command(name="list", short_help="List the rules.")
@click.option("--group", type=click.Choice(["core", "circumstance", "consequence"]), help="Only rules of this group.")
@click.option("--construction", metavar="NAME", help="Only rules whose trigger fits entries of this construction.")
@_RULES
@_JSON
def list_(group: str | None, construction: str | None, rules: tuple[str, ...], as_json: bool) -> None:
    """List the rules in the order in which they are tried: id, group, priority, what each is about, and where it stands."""
    with guarded():
        from ressenti.corpora.rule_pages import rule_list, rule_record
        from ressenti.corpora.terminal import width
        from ressenti.errors import unknown
        from ressenti.ontology.vocabulary import load_constructions

        if construction is not None and construction not in load_constructions():
            raise click.BadParameter(unknown("construction", construction, load_constructions()), param_hint="'--construction'")
        found = [rule for rule in _load(rules) if group in (None, rule.group) and (construction is None or _fits(rule, construction))]
        if as_json:
            click.echo(json.dumps([rule_record(rule) for rule in found], ensure_ascii=False, indent=1))
        else:
            _show(rule_list(found, width()))


@rules.command(short_help="Show one rule: as written, in words, with its examples.")
@click.argument("rule")
@_RULES
@_VOCABULARY
@_JSON
def show(rule: str, rules: tuple[str, ...], vocabulary: tuple[str, ...], as_json: bool) -> None:
    """Show RULE, by its id: as written, how many entries its trigger finds, its paths in words, and its examples."""
    with guarded():
        from ressenti.corpora.rule_pages import rule_page, rule_record
        from ressenti.corpora.terminal import width
        from ressenti.errors import unknown
        from ressenti.ontology.vocabulary import load_vocabulary

        by_id = {one.id: one for one in _load(rules)}
        name = rule.removeprefix("rule:")
        if name not in by_id:
            raise click.BadParameter(unknown("rule", name, by_id), param_hint="'RULE'")
        found = by_id[name]
        entries = [*load_vocabulary(), *(entry for path in vocabulary for entry in load_vocabulary(Path(path)))]
        fitting = [] if found.trigger.is_word else [entry for entry in entries if found.trigger.failing(entry) is None]
        if as_json:
            click.echo(json.dumps(rule_record(found) | {"entries": len(fitting)}, ensure_ascii=False, indent=1))
        else:
            _show(rule_page(found, fitting, width()))


@rules.command(short_help="Check rules: that they can be read, and do as their examples say.",
               epilog=_STATUS.format(done="all is as it should be", failed="something is wrong; each line says where",
                                     unusable="a file cannot be read, or a vocabulary cannot be used"))  # fmt: skip
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_VOCABULARY
def check(paths: tuple[str, ...], vocabulary: tuple[str, ...]) -> None:
    """Check PATHs, files or folders of rules, or without any the shipped rules.

    Reads them, checks every key, name and path, and runs all examples and counterexamples beside the shipped rules. What is wrong is
    written as file:line: reason.
    """
    with guarded():
        import ressenti
        from ressenti.errors import DataError
        from ressenti.rules.examples import failures

        try:
            annotator = ressenti.load(vocabulary, paths)
        except DataError as error:
            if error.line is None or error.path in {str(Path(path)) for path in vocabulary}:
                raise  # no rule of theirs is wrong: there is none to look at
            click.echo(str(error))
            sys.exit(Exit.SOME_FAILED)
        own = {str(Path(path)) for path in paths}
        mine = [rule for rule in annotator.engine.rules if not own or _stands_in(rule, own)]
        wrong = 0
        with progress(not sys.stdout.isatty()) as advance:
            for rule in mine:
                for line in failures(rule, annotator):
                    wrong += 1
                    click.echo(line)
                advance()
        examples = sum(len(rule.examples) + len(rule.counterexamples) for rule in mine)
        bare = [rule for rule in mine if not rule.examples]
        for rule in bare:
            say(f"note: {rule.where}: the rule {rule.id!r} has no example")
        say(f"{len(mine)} rules with {examples} examples checked, {wrong} wrong")
    sys.exit(Exit.SOME_FAILED if wrong else Exit.DONE)


@rules.command(short_help="See how often each rule fires, wins, agrees or contradicts another.",
               epilog=_STATUS.format(done="all inputs were counted", failed="some inputs failed, the others were counted",
                                     unusable="all inputs failed, or a rule or a vocabulary cannot be used"))  # fmt: skip
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
@_RULES
@_VOCABULARY
@_JSON
@click.option("--csv", "as_csv", is_flag=True, help="A row a rule, for spreadsheets.")
@click.option("--examples", type=click.IntRange(min=0), default=0, show_default=True, metavar="N",
              help="Quote so many sentences for each pair of rules that met; else no text of an account is shown.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only.")
def coverage(
    files: tuple[str, ...], rules: tuple[str, ...], vocabulary: tuple[str, ...], as_json: bool, as_csv: bool, examples: int,
    output: str | None,
) -> None:  # fmt: skip
    """Count over accounts, in any format that annotate reads: how often each rule fires and how many roles it gives.

    Where an account is marked (a gold file), its marks also tell how many of them are right. Counted too: rules that agree, the rule that
    wins where two fit one trigger, mentions on the same words with other primaries, one role with different spans, and rules that never
    fire.
    """
    if as_json and as_csv:
        raise click.UsageError("give --json or --csv, not both")
    with guarded():
        import ressenti
        from ressenti.corpora import rule_pages
        from ressenti.corpora.explanation import written
        from ressenti.corpora.terminal import colours_wanted, width
        from ressenti.corpora.writing import Output, is_input
        from ressenti.rules.coverage import Coverage

        output = None if output == "-" else output
        if output is not None and is_input(output, files):
            raise click.BadParameter("it is also an input; write to another place", param_hint="'-o' / '--output'")
        with Output(output) as out:
            found = Coverage(ressenti.load(vocabulary, rules), keep=examples)
            judged, failed = _count(found, files)
            if failed and not found.accounts:
                sys.exit(Exit.NOTHING)
            rows = found.rows(judged)
            if as_json:
                out.write(json.dumps(rule_pages.coverage_record(found, rows), ensure_ascii=False, indent=1) + "\n")
            elif as_csv:
                out.write(rule_pages.coverage_csv(rows))
            else:
                colour, columns = colours_wanted("auto", None if output else sys.stdout), width()
                page = [*rule_pages.coverage_table(rows, bool(judged)), *rule_pages.coverage_pairs(found, columns)]
                out.write(written(page, colour=colour, width=columns))
            out.keep()
    sys.exit(Exit.SOME_FAILED if failed else Exit.DONE)


def _count(found: Any, files: Sequence[str]) -> tuple[dict[str, tuple[int, int]], int]:
    """Count the accounts of files; rules to how many of what they gave could be judged and is right, and how many inputs failed."""
    from ressenti.corpora.annotated import read_account
    from ressenti.corpora.reading import read
    from ressenti.errors import InputError
    from ressenti.evaluation.errors import precisions
    from ressenti.evaluation.matching import compare

    compared, failed = [], 0
    with progress(True) as advance:
        for item in read(files, say=say):
            if isinstance(item, InputError):
                failed += 1
                say(str(item))
                continue
            account, narrative = found.annotator.examine(item.text, item.id)
            found.add(item.id, account)
            if item.marks.get("mentions") is not None and not _is_ours(item.marks):
                gold = read_account(item)
                if isinstance(gold, InputError):
                    say(str(gold))
                else:
                    compared.append(compare(gold, narrative))
            advance()
    judged: dict[str, tuple[int, int]] = {}
    for precision in precisions(compared):
        name = precision.rule.removeprefix("rule:")
        of, right = judged.get(name, (0, 0))
        judged[name] = of + precision.judged, right + precision.right
    return judged, failed


def _is_ours(marks: Any) -> bool:
    """Whether the marks of an account are what the rules themselves found, which judges nothing."""
    mentions = marks["mentions"]
    return isinstance(mentions, list) and any(isinstance(m, dict) and str(m.get("source", "")).startswith("rule:") for m in mentions)


def _fits(rule: Rule, construction: str) -> bool:
    """Whether the trigger of a rule fits entries of a construction."""
    return not rule.trigger.is_word and construction in rule.trigger.keys.get("construction", (construction,))


def _load(paths: Iterable[str]) -> tuple[Rule, ...]:
    from ressenti.rules.language import load_rules

    return load_rules(*(Path(path) for path in paths))


def _stands_in(rule: Rule, paths: set[str]) -> bool:
    file = Path(rule.path)
    return str(file) in paths or str(file.parent) in paths


def _show(page: Iterable[Text]) -> None:
    from ressenti.corpora.explanation import written
    from ressenti.corpora.terminal import colours_wanted, width

    click.echo(written([*page], colour=colours_wanted("auto", sys.stdout), width=width()), nl=False)

"""``ressenti explain``: why an account is annotated as it is, and why not otherwise."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, guarded, say

if TYPE_CHECKING:
    from ressenti.errors import InputError

EPILOG = """\b
Exit status:
  0    explained
  1    some inputs could not be read, the others are explained
  2    the command was called wrongly
  3    nothing could be read, or a vocabulary or a rule cannot be used
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: ressenti explain … | head)

\b
What is explained, and the JSON, is described in docs/explain.md."""


@click.command(epilog=EPILOG, short_help="Say why an account is annotated as it is, and why not otherwise.")
@click.argument("what", nargs=-1, metavar="TEXT|FILE|-...")
@click.option("--why-not", "asked", multiple=True, metavar="RULE|WORD",
              help="Say instead why a rule did not fire, or why a word gave no mention; may be repeated.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, an object an account, for tools.")
@click.option("--vocabulary", multiple=True, metavar="FILE", help="A table of further words (docs/vocabulary.md); may be repeated.")
@click.option("--rules", multiple=True, metavar="PATH", help="A file or folder of further rules, tried first; may be repeated.")
@click.option("--color", "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Colours; auto: on a terminal, unless NO_COLOR is set.")  # fmt: skip
def explain(
    what: tuple[str, ...], asked: tuple[str, ...], as_json: bool, vocabulary: tuple[str, ...], rules: tuple[str, ...], color: str
) -> None:
    """Say for each mention and role which rule gave it, on which words, and which entry of the vocabulary it rests on.

    An argument that is no file is itself the account: ressenti explain "Ça me met en colère."
    """
    if not what:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError("nothing to explain: give a sentence in quotation marks, a file, or pipe an account in (-)")
        what = ("-",)
    with guarded():
        failed, done = 0, 0
        from ressenti.corpora.explanation import answer, explanation, written
        from ressenti.corpora.harmless import one_line
        from ressenti.corpora.language import guess, name
        from ressenti.corpora.terminal import colours_wanted, width
        from ressenti.corpora.writing import Output
        from ressenti.errors import InputError

        annotator = None
        with Output() as out:
            for item in _accounts(what):
                if isinstance(item, InputError):
                    failed += 1
                    say(str(item))
                    continue
                id_, text = item
                if (language := guess(text)) not in (None, "fr"):
                    say(f"note: {f'{one_line(id_)}: ' if id_ else ''}does not look like French ({name(str(language))}?)")
                import ressenti
                from ressenti.rules.explain import explain as why
                from ressenti.rules.explain import why_not

                annotator = annotator or ressenti.load(vocabulary, rules)
                answers = [why_not(annotator, text, word) for word in asked]
                if as_json:
                    found = {"id": id_} | ({"why_not": [a.to_dict() for a in answers]} if asked else why(annotator, text).to_dict())
                    out.write(json.dumps(found, ensure_ascii=False) + "\n")
                else:
                    from rich.text import Text

                    colour, columns = colours_wanted(color, sys.stdout), width()
                    page = [Text(f"── {one_line(id_)}", "bold"), Text()] if id_ else []
                    if asked:
                        page += [line for one in answers for line in (*answer(one, columns), Text())]
                    else:
                        page += [*explanation(why(annotator, text), columns), Text()]
                    out.write(written(page[:-1], colour=colour, width=columns))
                done += 1
    sys.exit(Exit.DONE if not failed else Exit.SOME_FAILED if done else Exit.NOTHING)


def _accounts(what: tuple[str, ...]) -> Iterator[tuple[str, str] | InputError]:
    """Id and text of each account; a sentence given as such has no id."""
    from ressenti.corpora.reading import read
    from ressenti.errors import InputError

    for one in what:
        if one == "-" or _is_file(one):
            for item in read([one], say=say):
                yield item if isinstance(item, InputError) else (item.id, item.text)
        elif _meant_as_file(one):
            yield InputError(one, None, "there is no such file; a sentence to be explained has a blank in it")
        else:
            yield "", one


def _is_file(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or a zero byte in it
        return False


def _meant_as_file(name: str) -> bool:
    from ressenti.corpora.reading import SUFFIXES

    return " " not in name.strip() and (Path(name).suffix.lower() in SUFFIXES or "/" in name)

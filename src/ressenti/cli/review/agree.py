"""``ressenti review agree``: how far two reviewers agree on the same narratives."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.review.reading import check_outputs

if TYPE_CHECKING:
    from ressenti.review.agreement.pairs import Reviewed
    from ressenti.review.decisions.model import Review

TOLD = 10
"""Decisions that do not fit which are told one by one."""
EPILOG = """\b
Exit status:
  0    what both reviewed was compared
  1    some narratives could not be read or compared, or some decisions do
       not fit; the figures are of the others
  2    the command was called wrongly
  3    a file of decisions is damaged, or nothing could be compared
  4    a page cannot be written
  70   an internal error, a fault of Ressenti

\b
The figures are defined in docs/review-agreement.md. Only --page holds the
accounts: keep it as you keep them."""


@click.command(epilog=EPILOG, short_help="Say how far two reviewers agree.")
@click.argument("one", metavar="ONE.json")
@click.argument("other", metavar="OTHER.json")
@click.argument("narratives", metavar="NARRATIVES")
@click.option("--tier", type=click.Choice(["primary", "secondary", "emotion"]), default="primary", show_default=True,
              help="Of which tier of the tree each emotion is measured by itself.")  # fmt: skip
@click.option("--bootstrap", type=click.IntRange(min=0), default=300, show_default=True, metavar="N",
              help="Resamples of the narratives for the 95 % intervals; 0 for none.")  # fmt: skip
@click.option("--undone", is_flag=True, help="Also narratives that not both marked as done; what was not decided on counts as left.")
@click.option("--json", "as_json", is_flag=True, help="All figures as JSON.")
@click.option("--html", metavar="FILE", help="Write the figures as a page to read or print, in plain words.")
@click.option("--page", metavar="FILE", help="Write a page on which a third settles what the two decided otherwise.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of the pages.")
@click.option("--reviewer", default="", metavar="NAME", help="Who will settle; can be said in the page, too.")
def agree(one: str, other: str, narratives: str, **options: Any) -> None:
    """Say how far two reviewers agree: ONE.json and OTHER.json are what they saved, NARRATIVES what ressenti annotate wrote."""
    with guarded():
        _agree(one, other, narratives, **options)


def _agree(
    one: str, other: str, narratives: str, *, tier: str, bootstrap: int, undone: bool, as_json: bool, html: str | None, page: str | None,
    language: Any, reviewer: str,
) -> None:  # fmt: skip
    from ressenti.corpora.annotated import readable
    from ressenti.corpora.writing import Output
    from ressenti.review.agreement import tables
    from ressenti.review.agreement.differences import differences
    from ressenti.review.agreement.measures import measures
    from ressenti.review.agreement.pairs import reviewed
    from ressenti.review.decisions.read import read

    check_outputs({"'--html'": html, "'--page'": page}, (one, other), narratives)
    reviews = read(one), read(other)
    names = _names(one, reviews[0]), _names(other, reviews[1])
    found, failed = readable(narratives, say)
    compared = reviewed(found, *reviews, undone)
    _tell(compared, narratives)
    if not compared.both:
        say("nothing to compare: there is no narrative that both have gone through")
        sys.exit(Exit.NOTHING)
    with contextlib.ExitStack() as stack:
        report_to, page_to = (None if path is None else stack.enter_context(Output(path)) for path in (html, page))
        figures = measures(compared.both, tier, bootstrap)
        shown = tables.as_json(figures, compared, names, tier, bootstrap) if as_json else tables.render(figures, compared, names)
        click.echo(shown, nl=False)
        differing = sum(len(differences(item).all) for item in compared.both) if report_to or page_to else 0
        if report_to is not None:
            from ressenti.review.agreement.report import report

            report_to.write(report(figures, compared, names, differing, language))
            report_to.keep()
        if page_to is not None:
            from ressenti.review.agreement.page import page as pieces

            if differing:
                after = max((d.time for side in reviews for review in side for d in review.decisions), default=None)
                for piece in pieces(compared.both, names, language, reviewer=reviewer, after=after):
                    page_to.write(piece)
                page_to.keep()
                say(f"note: {page}: holds the accounts; readable by you only")
            else:
                say(f"note: the two differ in nothing that can be settled; {page} was not written")
    sys.exit(Exit.SOME_FAILED if failed or compared.misfits or compared.applied else Exit.DONE)


def _names(path: str, reviews: list[Review]) -> str:
    """Who reviewed, for a heading."""
    return reviews[0].reviewer if reviews else path


def _tell(found: Reviewed, path: str) -> None:
    for misfit in found.misfits[:TOLD]:
        say(str(misfit))
    if len(found.misfits) > TOLD:
        say(f"and {len(found.misfits) - TOLD} more decisions that do not fit")
    for ids, why in (
        (found.applied, f"decisions are in {path} already; give what ressenti annotate wrote"),
        (found.single, "only one of the two has reviewed them"),
        (found.undone, "not both marked them as done; --undone compares them, too"),
    ):
        if ids:
            some = ", ".join(map(repr, ids[:5])) + (", …" if len(ids) > 5 else "")
            say(f"note: {len(ids)} narrative{'s' if len(ids) > 1 else ''} left out ({some}): {why}")

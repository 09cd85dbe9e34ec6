"""Where the shipped vocabulary comes from, and what was decided about what was proposed.

Run: ``python benchmarks/vocab_growth.py [--write]``; with ``--write`` the table of docs/vocab-builder.md is made anew.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.vocab_builder.review.agreement import agreement, table
from ressenti.vocab_builder.review.decisions import ACCEPTING, SHIPPED, latest, read_decisions

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "vocab-builder.md"
TWO_READERS = HERE / "vocabulary" / "two_readers.tsv"
START, END = "<!-- growth -->\n", "<!-- end of growth -->"


def report() -> str:
    """The tables, in Markdown."""
    entries = load_vocabulary()
    origins = Counter(entry.origin for entry in entries)
    lines = ["| origin | entries | share |", "| --- | ---: | ---: |"]
    lines += [f"| {origin} | {n:,} | {n / len(entries):.1%} |" for origin, n in origins.most_common()]
    lines.append(f"| all | {len(entries):,} | {len({entry.term for entry in entries}):,} terms |")
    decided = Counter(decision.decision for decision in latest(read_decisions(SHIPPED)).values())
    accepted = sum(decided[name] for name in ACCEPTING)
    proposed = sum(n for origin, n in origins.items() if origin != "manual")
    most = max(n for origin, n in origins.items() if origin != "manual" and "+" not in origin) / proposed
    agreed, _, _ = table(agreement(read_decisions(TWO_READERS), load_emotions())).partition("\n\nThey differ")
    lines += [
        "",
        f"{proposed:,} entries are proposed by a source other than a person’s head; of the sources that stand alone none gives more than "
        f"{most:.0%} of these.",
        "",
        f"The record holds decisions on {sum(decided.values()):,} terms, candidates and what the second look changed: {accepted:,} are "
        f"accepted, {decided['not-emotional']:,} are not emotional, {decided['unsure']:,} were left open. Of the accepted, assignment had "
        f"proposed the very emotion for {decided['correct']:,}, one above or below it for {decided['narrower'] + decided['broader']:,}; "
        f"{decided['other']:,} got another one, or had been left open.",
        "",
        "```text",
        *agreed.splitlines(),
        "```",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    text = report()
    if parser.parse_args().write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(START)
        PAGE.write_text(before + START + text + END + rest.split(END)[1], encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()

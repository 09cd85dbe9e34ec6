"""What the gate before the parser leaves out, and that it changes no answer.

python benchmarks/gate.py FILE ... [--words 60000]

A FILE is anything that ``ressenti annotate`` reads; it is cut into accounts of twenty paragraphs. Each account is annotated with the gate
and without, once for everything and once for mentions and roles alone; the answers are compared to the byte. Then what is left out without
characters is told: mentions that an act beside which its doer's feeling is named would get otherwise.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from ressenti.rules.annotator import Annotator
from ressenti.rules.parser import load_parser
from ressenti.schema import Narrative
from rule_times import accounts

ROLES = {"entities": False, "components": False}


def differing(one: list[Narrative], other: list[Narrative]) -> int:
    """How many accounts are not annotated alike."""
    return sum(a.to_json() != b.to_json() for a, b in zip(one, other, strict=True))


def told_otherwise(full: list[Narrative], roles: list[Narrative]) -> tuple[int, int]:
    """Mentions that are not the same without characters, of how many; ambivalence and confidence, which rest on characters, apart."""
    apart, of = 0, 0
    for a, b in zip(full, roles, strict=True):
        one, other = ({(m.cue, m.emotion, m.mode, m.status, m.intensity, m.source) for m in narrative.mentions} for narrative in (a, b))
        apart += len(one - other)
        of += len(one)
    return apart, of


def main() -> None:
    """Measure and print; exit status 1 where an answer changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--words", type=int, default=60_000, help="read so many words (default: 60000)")
    options = parser.parse_args()
    nlp = load_parser()
    narratives = [replace(narrative, components=[]) for narrative in accounts(options.files, options.words)]
    cut = [Annotator(nlp, **ROLES)._cut(narrative) for narrative in narratives]
    sentences = [(len(s), parsed) for account in cut for s, parsed in zip(account.sentences, account.parsed, strict=True)]
    tokens = sum(length for length, _ in sentences)
    print(f"{sum(len(n.text.split()) for n in narratives)} words in {len(sentences)} sentences")
    print(f"parsed for mentions and roles: {sum(p for _, p in sentences) / len(sentences):.0%} of the sentences, ", end="")
    print(f"{sum(length for length, p in sentences if p) / tokens:.0%} of the tokens")
    found, changed = {}, 0
    for name, asked in (("everything", {}), ("mentions and roles", ROLES)):
        found[name] = [*Annotator(nlp, **asked).pipe(narratives)]
        changed += (apart := differing(found[name], [*Annotator(nlp, gate=False, **asked).pipe(narratives)]))
        print(f"{name}: {apart} of {len(narratives)} accounts differ with the gate and without")
    apart, of = told_otherwise(found["everything"], found["mentions and roles"])
    print(f"without characters {apart} of {of} mentions are told otherwise")
    sys.exit(1 if changed else 0)


if __name__ == "__main__":
    main()

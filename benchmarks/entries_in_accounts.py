"""Which entries and rules do the accounts of benchmarks/gold/situations-*.tsv speak against?

    python benchmarks/entries_in_accounts.py --cache FOLDER

Each sentence of these accounts is tagged with the primaries that it shows, two at most. A mention is *right* where its sentence has its
primary, *other* where it has other ones, *none* where it has none. Tags are coarser than mentions (a kiss at a feast is tagged joy) and
many sentences were written to mislead, so that the shares are no precision; an entry that is hardly ever right names something else as
a rule. What the rules find is kept in the cache of benchmarks/default_model.py.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from default_model import marked
from ressenti.schema import Mention, Narrative


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--fewest", type=int, default=10, help="leave out what is found less often")
    parser.add_argument("--least", type=float, default=0.3, help="and what is right more often than in this share")
    options = parser.parse_args()
    narratives, annotated = marked(options.cache)
    tagged = {narrative.id: narrative for narrative in narratives if narrative.id.startswith("situations-")}
    by_source: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for narrative in (narrative for narrative in annotated if narrative.id in tagged):
        for mention, verdict in verdicts(narrative, tagged[narrative.id]):
            by_source[str(mention.extra.get("entry") or mention.source), mention.emotion][verdict] += 1
    every = sum(by_source.values(), Counter[str]())
    print(f"{len(tagged):,} accounts: right {every['right']:,}, other {every['other']:,}, none {every['none']:,}\n")
    print("| entry or rule | emotion | right | other | none |\n| --- | --- | ---: | ---: | ---: |")
    for (source, emotion), counts in sorted(by_source.items(), key=lambda row: row[1]["right"] - row[1].total()):
        if counts.total() >= options.fewest and counts["right"] <= options.least * counts.total():
            print(f"| {source} | {emotion} | {counts['right']} | {counts['other']} | {counts['none']} |")


def verdicts(narrative: Narrative, tagged: Narrative) -> Iterator[tuple[Mention, str]]:
    """The affirmed mentions of an account, each with what its sentence's tags say of it."""
    for mention in narrative.mentions:
        if mention.status == "affirmed":
            start, end = mention.cue[0][0], mention.cue[-1][1]
            shown = {tag.primary for tag in tagged.mentions if tag.cue[0][0] < end and start < tag.cue[0][1]}
            yield mention, "right" if mention.primary in shown else "other" if shown else "none"


if __name__ == "__main__":
    main()

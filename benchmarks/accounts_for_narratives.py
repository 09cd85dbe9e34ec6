"""What do accounts that are tagged sentence by sentence teach about narratives of other hands?

    python benchmarks/accounts_for_narratives.py --cache FOLDER

A linear model learns from benchmarks/gold/situations-*.tsv alone (--until NAME: of the tables up to that one) and ranks the sentences of
the marked narratives in which the rules are silent: mean precision over sentences and primaries, and precision where a twentieth, a
tenth, a fifth and three tenths of what is felt there are found. What the rules find is kept in the cache of benchmarks/default_model.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from default_model import marked
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.features import bag
from ressenti.fallback.model.linear import DECAY, train
from ressenti.fallback.model.teaching import hidden
from ressenti.fallback.passages import Context, contexts
from ressenti.schema import Narrative

PRIMARIES = ("love", "joy", "surprise", "anger", "sadness", "fear")
RECALLS = (0.05, 0.1, 0.2, 0.3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--until", default="zzz", help="learn from the tables up to this one, such as x")
    parser.add_argument("--decay", type=float, nargs="+", default=[DECAY])
    options = parser.parse_args()
    narratives, annotated = marked(options.cache)
    marks = {narrative.id: narrative for narrative in narratives}
    found = list(contexts(annotated))
    table = [passage.narrative.partition("situations-")[2].rpartition("-")[0] for _, passage, _ in found]
    learnt = np.array([bool(name) and name <= options.until for name in table])
    asked = np.array([not name and not passage.mentions for name, (_, passage, _) in zip(table, found, strict=True)])
    targets = np.array([felt(context, marks) for context in found])
    bags = [bag(context, masked) for context, masked in zip(found, hidden(found, 0.5), strict=True)]
    lesson = [one for one, take in zip(bags, learnt, strict=True) if take]
    known = np.ones((len(lesson), len(PRIMARIES) + 1), np.float32)
    print(f"{len(lesson):,} sentences teach, {asked.sum()} are asked")
    print("| decay | mean precision |", " | ".join(f"at {recall}" for recall in RECALLS), "|\n|" + " ---: |" * 6)
    for decay in options.decay:
        model = train(lesson, ("emotion", *PRIMARIES), targets[learnt], known, decay=decay)
        said = model.logits([one for one, take in zip(bags, asked, strict=True) if take])
        print(f"| {decay:g} |", " | ".join(f"{value:.3f}" for value in ranked(said[:, 1:], targets[asked][:, 1:])), "|", flush=True)


def felt(context: Context, marks: dict[str, Narrative]) -> Floats:
    """float32 [7]: whether anything is felt in a passage, and which primaries."""
    passage, out = context[1], np.zeros(len(PRIMARIES) + 1, np.float32)
    for mention in marks[passage.narrative].mentions:
        if mention.status == "affirmed" and any(start < passage.span[1] and passage.span[0] < end for start, end in mention.cue):
            out[0] = out[1 + PRIMARIES.index(mention.primary)] = 1
    return out


def ranked(said: Floats, targets: Floats) -> list[float]:
    """Mean precision, and precision at each of `RECALLS`, over all pairs of a passage and a primary."""
    right = targets.ravel()[np.argsort(-said.ravel(), kind="stable")] > 0
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    recall = np.cumsum(right) / right.sum()
    return [float(precision[right].mean()), *(float(precision[np.searchsorted(recall, least)]) for least in RECALLS)]


if __name__ == "__main__":
    main()

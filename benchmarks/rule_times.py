"""What the passes and the rules cost, against spaCy's parse of the same text.

python benchmarks/rule_times.py [--words 60000] [--repeat 3] [--rules 20] [FILE ...]

Without a FILE the development narratives beside this file are read; a FILE is anything that ``ressenti annotate`` reads, cut into accounts
of twenty paragraphs. Seconds are processor time of this process, the least of the repeats; each goes over all accounts in batches as
``Annotator.pipe`` does. spaCy's parse is what the model does as it comes, without named entities; ours is of the sentences that are
parsed. The times of single rules are of a run of their own, with a clock around each: their sum is told beside the time of
the same work without the clocks.
"""

from __future__ import annotations

import argparse
import gc
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

from spacy.language import Language

import ressenti
from ressenti._garbage import garbage_put_off
from ressenti.batches import batches
from ressenti.corpora.account import Account as Read
from ressenti.corpora.reading import read
from ressenti.rules import annotator as passes
from ressenti.rules import engine as engine_module
from ressenti.rules.annotator import BATCH, CHARACTERS, Annotator
from ressenti.rules.engine import Engine
from ressenti.rules.parser import load_pipeline
from ressenti.rules.rule import Rule
from ressenti.schema import Narrative

GOLD = Path(__file__).parent / "gold"
PARAGRAPHS = 20
PARSE = "spaCy's parse"
PASSES = ("link", "resolve", "settle", "qualify_further", "doubt", "mark_ambivalence", "divide")
NAMES = {
    "link": "roles across sentences",
    "resolve": "who is who",
    "settle": "acts in context",
    "qualify_further": "qualifiers across sentences",
    "doubt": "doubts",
    "mark_ambivalence": "ambivalence",
    "divide": "components",
}


def accounts(files: list[str], words: int) -> Iterator[Narrative]:
    """The accounts, up to so many words."""
    paths = files or sorted(str(path) for path in GOLD.glob("*.jsonl") if path.stem in ("free-dev", "extra-a", "extra-b", "extra-c"))
    seen = 0
    for item in read(paths):
        if not isinstance(item, Read):
            continue
        paragraphs = re.split(r"\n\s*\n|\n", item.text)
        for k in range(0, len(paragraphs), PARAGRAPHS):
            text = "\n".join(paragraphs[k : k + PARAGRAPHS])
            if seen < words and text.strip():
                seen += len(text.split())
                yield Narrative(f"{item.id} {k}", text)


class Clock:
    """Seconds by name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, name: str, f: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted."""

        def measured(*args: Any, **options: Any) -> Any:
            start = process_time()
            try:
                return f(*args, **options)
            finally:
                self.seconds[name] += process_time() - start

        return measured


def once(annotator: Annotator, narratives: list[Narrative]) -> tuple[Counter[str], int, int]:
    """Seconds of each pass over all accounts, words read, and words of the sentences that were parsed."""
    clock, parsed_words = Clock(), 0
    engine = annotator.engine
    with (
        garbage_put_off(),  # as ``Annotator.pipe`` does
        patch.object(passes, "may_hold", clock.timed("gate", passes.may_hold)),
        patch.object(Annotator, "_parse_alone", clock.timed("parse, asked for by a pass", Annotator._parse_alone)),
        patch.object(Engine, "find", clock.timed("find", Engine.find)),
        patch.object(Engine, "hits", clock.timed("find: triggers", Engine.hits)),
        patch.object(engine_module, "qualify", clock.timed("find: qualifiers", engine_module.qualify)),
        patch.object(Annotator, "_mentions", clock.timed("output", Annotator._mentions)),
    ):
        for name in PASSES:
            setattr(passes, f"_{name}", getattr(passes, name))
            setattr(passes, name, clock.timed(NAMES[name], getattr(passes, name)))
        try:
            for batch in batches(narratives, lambda narrative: len(narrative.text), BATCH, CHARACTERS):
                start = process_time()
                cut = [annotator._cut(narrative) for narrative in batch]
                clock.seconds["cutting, spelling, gate"] += process_time() - start
                docs = [s.tokens[0].doc for account in cut for s, wanted in zip(account.sentences, account.parsed, strict=True) if wanted]
                parsed_words += sum(len(doc.text.split()) for doc in docs)
                start = process_time()
                annotator._parse(cut)
                clock.seconds["our parse"] += process_time() - start
                start = process_time()
                for narrative, account in zip(batch, cut, strict=True):
                    annotator._annotate(narrative, account)
                clock.seconds["all passes"] += process_time() - start
        finally:
            for name in PASSES:
                setattr(passes, name, getattr(passes, f"_{name}"))
    assert engine is annotator.engine
    clock.seconds["find: rules"] = clock.seconds["find"] - clock.seconds["find: triggers"] - clock.seconds["find: qualifiers"]
    return clock.seconds, sum(len(narrative.text.split()) for narrative in narratives), parsed_words


def bare(nlp: Language, narratives: list[Narrative]) -> float:
    """Seconds of spaCy's own parse."""
    start = process_time()
    for _ in nlp.pipe((narrative.text for narrative in narratives), batch_size=16):
        pass
    return process_time() - start


def by_rule(annotator: Annotator, narratives: list[Narrative]) -> tuple[Counter[str], Counter[str]]:
    """Seconds and tries of each rule: what it asks for, and what it gives."""
    seconds: Counter[str] = Counter()
    tries: Counter[str] = Counter()
    failing, apply = Rule.failing, Engine._apply

    def timed_failing(rule: Rule, at: Any) -> Any:
        start = process_time()
        answer = failing(rule, at)
        seconds[rule.id] += process_time() - start
        tries[rule.id] += 1
        return answer

    def timed_apply(engine: Engine, at: Any, rule: Rule, mention: Any) -> None:
        start = process_time()
        apply(engine, at, rule, mention)
        seconds[rule.id] += process_time() - start

    with patch.object(Rule, "failing", timed_failing), patch.object(Engine, "_apply", timed_apply):
        for _ in annotator.pipe(narratives):
            pass
    return seconds, tries


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--words", type=int, default=60_000, help="read so many words (default: 60000)")
    parser.add_argument("--repeat", type=int, default=3, help="take the least of so many runs (default: 3)")
    parser.add_argument("--rules", type=int, default=15, help="show so many rules (default: 15)")
    options = parser.parse_args()
    annotator, nlp = ressenti.load(), load_pipeline("ner")
    narratives = list(accounts(options.files, options.words))
    gc.collect()
    gc.freeze()  # as `ressenti annotate` does
    runs = [once(annotator, narratives) for _ in range(options.repeat)]
    best = {name: min(run[0][name] for run in runs) for name in runs[0][0]}
    best[PARSE] = min(bare(nlp, narratives) for _ in range(options.repeat))
    _, words, parsed = runs[0]
    parser_used, rules = annotator.provenance["parser"], len(annotator.engine.rules)
    print(f"{words} words, {parsed} of them in sentences that are parsed; {parser_used}, {rules} rules")
    rows = (
        PARSE,
        "cutting, spelling, gate",
        "gate",
        "our parse",
        "all passes",
        "parse, asked for by a pass",
        "find",
        "find: triggers",
        "find: qualifiers",
        "find: rules",
    )
    for name in (*rows, *NAMES.values(), "output"):
        print(f"{name:<30}{best.get(name, 0.0):8.3f} s {best.get(name, 0.0) / best[PARSE]:7.1%} of it")
    seconds, tries = by_rule(annotator, narratives)
    print(f"\nsingle rules: {sum(seconds.values()):.3f} s with the clocks, {sum(tries.values())} tries")
    for rule, spent in seconds.most_common(options.rules):
        print(f"{rule:<30}{spent * 1000:8.1f} ms {spent / best[PARSE]:7.2%} of spaCy's parse {tries[rule]:7} tries")


if __name__ == "__main__":
    main()

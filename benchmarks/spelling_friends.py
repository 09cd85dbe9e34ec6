"""Find the false friends of the corrector: French words that it would take for another one with its accents, apostrophe or a letter lost.

    python benchmarks/spelling_friends.py LIST [LIST …]           # how many there are
    python benchmarks/spelling_friends.py --write LIST [LIST …]   # write rules/fr/spelling/friends.txt

A LIST is a word list, one a line, UTF-8, or a Hunspell dictionary (.dic, with its .aff beside it). To be run when the vocabulary or the
corrector's words have changed. The shipped list comes from Debian's hunspell-fr-comprehensive: /usr/share/hunspell/fr.dic.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.parser import load_parser
from ressenti.rules.spelling.lexicon import FOLDER, Lexicon
from ressenti.rules.spelling.repair import Repair
from ressenti.rules.spelling.seen import seen_by
from ressenti.rules.spelling.writings import load_writings

BY_HAND = ("peche", "peches", "male", "males")
"""Writings that stand for several words, none likelier than the others: « pêche », « péché »."""
HEAD = """# French words, right as they stand, like another with its accents, its apostrophe or a letter gone (« livre », « l’ivre »).
# Found by benchmarks/spelling_friends.py among the forms of the French Hunspell dictionary of Dicollecte 7.0 (Debian's
# hunspell-fr-comprehensive 1:7.0-1; Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/, which holds for this file).
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="+", type=Path, metavar="LIST")
    parser.add_argument("--write", action="store_true", help="write the list of friends")
    options = parser.parse_args()
    writings = load_writings()
    lexicon = Lexicon(load_vocabulary(), writings)
    lexicon.friends = frozenset()
    repair = Repair(lexicon, writings, seen_by(load_parser()))
    words = {word for path in options.lists for word in read(path)}
    friends = sorted(set(BY_HAND) | {word for word in words if word not in writings and repair(word) is not None})
    print(f"{len(words)} words, {len(friends)} false friends")
    print("writings that are French words:", " ".join(sorted(words & set(writings))))
    if options.write:
        (FOLDER / "friends.txt").write_text(HEAD + "".join(f"{word}\n" for word in friends), encoding="utf-8")


def read(path: Path) -> Iterable[str]:
    """The words of a list, in lower case; those of several words in their parts."""
    for line in expanded(path) if path.suffix == ".dic" else path.read_text(encoding="utf-8").splitlines():
        for word in line.lower().replace("’", "'").replace("-", " ").replace("'", "' ").split():
            if word.isalpha():
                yield word


def expanded(path: Path) -> Iterable[str]:
    """The forms of a Hunspell dictionary: each word, and what its suffix rules make of it (flags of two letters, no prefixes)."""
    suffixes: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for line in path.with_suffix(".aff").read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["SFX", flag, stripped, added, condition, *_]:
                suffixes[flag].append((stripped.replace("0", ""), added.partition("/")[0].replace("0", ""), re.compile(f"{condition}$")))
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        word, _, flags = (line.split() or [""])[0].partition("/")
        yield word
        for i in range(0, len(flags), 2):
            for stripped, added, condition in suffixes.get(flags[i : i + 2], ()):
                if condition.search(word) and not added.endswith(("è", "è-je")):  # « aimè-je » makes no word of « aimè »
                    yield word.removesuffix(stripped) + added


if __name__ == "__main__":
    main()

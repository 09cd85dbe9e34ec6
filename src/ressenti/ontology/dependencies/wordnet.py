"""Opposites from antonyms of WordNet: which labels of emotions are antonyms, directly or by a word of the same sense.

Source: G. A. Miller, *WordNet: A Lexical Database for English*, Communications of the ACM 38 (1995), in the files of version 3.0
(free licence; Debian's package wordnet-base puts them under /usr/share/wordnet). Only senses that WordNet files under feelings
(nouns) or emotion (verbs) are taken, and adjectives by the feeling that they are derived with: a depression is also a hollow in the ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from ressenti.errors import InputError
from ressenti.ontology.dependencies.records import Evidence, Keys, canonical
from ressenti.ontology.emotions import Emotions

CORPUS = "WordNet 3.0"
FILES = {"n": "data.noun", "v": "data.verb", "a": "data.adj"}
FEELINGS = {"n": "12", "v": "37"}
"""Number of the lexicographer's file: noun.feeling, verb.emotion."""
WAYS = ("direct", "same sense", "derived")
"""How near the antonyms are to the labels; the first is the surest."""

Place = tuple[str, str]  # part of speech and offset of a sense


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense (synset): its words and, for each, the words it is opposed to or derived with."""

    file: str
    words: tuple[str, ...]
    antonyms: tuple[tuple[int, Place, int], ...]
    derived: tuple[tuple[int, Place, int], ...]


def read_wordnet(folder: Path) -> dict[Place, Sense]:
    """Read the senses that have an antonym or may lead to one.

    Raises:
        InputError: A file of it cannot be read or is not WordNet's.
    """
    senses = {}
    for pos, name in FILES.items():
        path = folder / name
        try:
            text = path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not ASCII"
            wanted = f"name the folder that holds {', '.join(FILES.values())}"
            raise InputError(path, None, f"is no data file of WordNet ({reason}); {wanted}") from None
        for number, line in enumerate(text.splitlines(), start=1):
            if line.startswith("  "):  # the licence
                continue
            try:
                senses[pos, line[:8]] = _sense(line)
            except (IndexError, ValueError):
                raise InputError(path, number, "is no line of a data file of WordNet 3.0") from None
    return senses


def _sense(line: str) -> Sense:
    """Fields as wndb(5WN) says: offset, file, type, words with their ids, pointers of four fields each."""
    fields = line.split(" | ")[0].split()
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * i].split("(")[0].replace("_", " ").lower() for i in range(count))
    start = 5 + 2 * count
    pointers: dict[str, list[tuple[int, Place, int]]] = {"!": [], "+": []}
    for i in range(int(fields[start - 1])):
        symbol, offset, pos, ends = fields[start + 4 * i : start + 4 * i + 4]
        if symbol in pointers and pos in "nva":
            pointers[symbol].append((int(ends[:2], 16) - 1, (pos, offset), int(ends[2:], 16) - 1))
    return Sense(fields[1], words, tuple(pointers["!"]), tuple(pointers["+"]))


def antonyms(emotions: Emotions, folder: Path) -> Iterator[Evidence]:
    """Opposites whose English labels are antonyms.

    Raises:
        InputError: The folder does not hold WordNet.
    """
    senses = read_wordnet(folder)
    labels = {label: key for key, emotion in emotions.items() for label in (key.replace("-", " "), emotion.labels["en"])}
    found: dict[Keys, dict[str, int]] = {}
    for place, sense in senses.items():
        for word, other, end in sense.antonyms:
            if other not in senses or place > other:  # each pair is there both ways
                continue
            sides = _named(place, word, senses, labels), _named(other, end, senses, labels)
            for (one, way), (two, way_two) in product(*(side.items() for side in sides)):
                if one in emotions.lineage(two) or two in emotions.lineage(one):
                    continue
                keys = canonical("opposite", (one, two), emotions)
                words = (sense.words[word], senses[other].words[end])[:: 1 if keys[0] == one else -1]
                ways = found.setdefault(keys, {})
                ways["/".join(words)] = min(max(way, way_two), ways.get("/".join(words), len(WAYS)))
    for keys, pairs in found.items():
        ordered = sorted(pairs.items(), key=lambda item: (item[1], item[0]))
        yield Evidence("opposite", keys, "antonym-wordnet", len(pairs), CORPUS, "; ".join(f"{text} ({WAYS[way]})" for text, way in ordered))


def _named(place: Place, word: int, senses: Mapping[Place, Sense], labels: Mapping[str, str]) -> dict[str, int]:
    """Emotions that a word of a sense names, each with the index in `WAYS` of how."""
    sense, pos = senses[place], place[0]
    if pos == "n":
        if sense.file != FEELINGS["n"]:
            return {}
        return {labels[name]: int(name != sense.words[word]) for name in sense.words if name in labels}
    if pos == "v" and sense.file != FEELINGS["v"]:
        return {}
    nouns = ((senses[other], end) for source, other, end in sense.derived if source == word and other[0] == "n")
    names = (noun.words[end] for noun, end in nouns if noun.file == FEELINGS["n"])
    return {labels[name]: 2 for name in names if name in labels}

"""Which rules and words an annotation was made with: their version, and hashes that tell apart what has the same version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from ressenti._version import __version__
from ressenti.ontology.emotions import DATA
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.rules.language import rule_files
from ressenti.rules.words import FRENCH

_SHOWN = 8
"""Hexadecimal digits of a hash: among a thousand sets of rules two have the same with a chance of 1 in 8,000."""


def rules_version(vocabulary: Sequence[Entry] | None = None, rules: Iterable[Path] = ()) -> str:
    """The version of rules and words: ``0.1.0+1a2b3c4d``, with somebody's own ``0.1.0+1a2b3c4d.user.5e6f7a8b``.

    The same on each machine: neither line ends nor where files are count, nor, of words, whence they come.

    Args:
        vocabulary: All entries that are looked for, where they are not the shipped ones.
        rules: Files or folders of further rules.
    """
    version = f"{__version__}+{_shipped()}"
    files = [file for path in rules for file in rule_files(path)]
    if vocabulary is None and not files:
        return version
    own = sha256()
    for entry in _further(vocabulary or ()):
        told = (entry.term, entry.pos, entry.emotion, entry.construction, entry.mode, entry.intensity, entry.register, entry.region)
        own.update(("\t".join((*told, *map(str, entry.conditions))) + "\n").encode())
    for file in files:
        own.update(_hash(file) + b"\n")
    return f"{version}.user.{own.hexdigest()[:_SHOWN]}"


@cache
def _shipped() -> str:
    whole = sha256()
    for folder in (DATA, FRENCH):
        for file in sorted(folder.rglob("*"), key=lambda file: file.relative_to(folder).parts):
            if file.suffix in (".tsv", ".txt", ".yaml"):
                whole.update(file.relative_to(folder).as_posix().encode() + b"\0" + _hash(file) + b"\n")
    return whole.hexdigest()[:_SHOWN]


def _hash(file: Path) -> bytes:
    return sha256(file.read_bytes().replace(b"\r\n", b"\n")).digest()


def _further(vocabulary: Sequence[Entry]) -> Sequence[Entry]:
    """The entries beyond the shipped ones; all of them where it does not begin with those."""
    shipped = load_vocabulary()
    begins = len(vocabulary) >= len(shipped) and all(map(lambda one, other: one is other, vocabulary, shipped))
    return vocabulary[len(shipped) :] if begins else vocabulary

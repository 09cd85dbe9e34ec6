"""A thesaurus in MyThes form, as LibreOffice and Debian install it.

The first line names the encoding. Then each head: a line ``head|n`` and n lines ``(part of speech)|synonym|synonym…``, one a sense.
"""

from __future__ import annotations

import codecs
import glob
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ressenti.errors import DataError, RessentiError

LABELS: Mapping[str, str] = {
    "nom": "NOUN", "noun": "NOUN", "verbe": "VERB", "verb": "VERB", "adjectif": "ADJ", "adj": "ADJ", "adverbe": "ADV", "adv": "ADV",
    "interjection": "INTJ", "locution": "PHRASE", "preposition": "", "préposition": "", "pronom": "", "determinant": "", "déterminant": "",
    "conjonction": "", "nombre": "", "abreviation": "", "abréviation": "", "article": "", "?": "", "-": "",
    "libreoffice": "",  # what the French file has on its own name
}  # fmt: skip
"""What a part of speech may be called, lower case, and the vocabulary's own; empty for those that say no emotion or nothing at all."""

PLACES = {
    "linux": (
        "/usr/share/mythes/th*_fr*.dat",
        "/usr/lib*/libreoffice/share/extensions/dict-fr/th*_fr*.dat",
        "/usr/share/libreoffice/share/extensions/dict-fr/th*_fr*.dat",
        "/opt/libreoffice*/share/extensions/dict-fr/th*_fr*.dat",
        "/snap/libreoffice/current/lib/libreoffice/share/extensions/dict-fr/th*_fr*.dat",
        "/var/lib/flatpak/app/org.libreoffice.LibreOffice/current/active/files/libreoffice/share/extensions/dict-fr/th*_fr*.dat",
        "~/.config/libreoffice/*/user/uno_packages/cache/uno_packages/*/*/dictionaries/th*_fr*.dat",
        "~/.config/libreoffice/*/user/uno_packages/cache/uno_packages/*/*/th*_fr*.dat",
    ),
    "darwin": (
        "/Applications/LibreOffice*.app/Contents/Resources/extensions/dict-fr/th*_fr*.dat",
        "~/Applications/LibreOffice*.app/Contents/Resources/extensions/dict-fr/th*_fr*.dat",
        "~/Library/Application Support/LibreOffice/*/user/uno_packages/cache/uno_packages/*/*/**/th*_fr*.dat",
    ),
    "win32": (
        r"%ProgramFiles%\LibreOffice*\share\extensions\dict-fr\th*_fr*.dat",
        r"%ProgramFiles(x86)%\LibreOffice*\share\extensions\dict-fr\th*_fr*.dat",
        r"%APPDATA%\LibreOffice\*\user\uno_packages\cache\uno_packages\*\*\**\th*_fr*.dat",
    ),
}
"""Where the French thesaurus is put, by ``sys.platform``; the best place first."""

_NOTE = re.compile(r"\s*\(([^()]*)\)\s*")
_OPPOSITE = re.compile(r"antonym|contraire|opposé", re.I)
_HEAD = re.compile(r"[^|]+\|\d+")


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a head, and its synonyms.

    Attributes:
        head: As the thesaurus writes it.
        number: The sense's, from 1.
        label: Its parts of speech, as the thesaurus writes them: « Adjectif Nom ».
        pos: The same as the vocabulary's parts of speech; empty where the thesaurus names none of them.
        synonyms: Without notes such as « (familier) »; antonyms are left out.
        line: Of the sense in its file.
    """

    head: str
    number: int
    label: str
    pos: frozenset[str]
    synonyms: tuple[str, ...]
    line: int


def read_mythes(path: Path) -> list[Sense]:
    """Read a thesaurus, in the order of the file.

    Raises:
        DataError: The file cannot be read, is not in the encoding that it names, is cut off, or a line is not in MyThes form; with the
            line.
    """
    lines = _lines(path)
    senses: list[Sense] = []
    labels: dict[str, frozenset[str]] = {}
    number, last = 1, len(lines)
    while number < last:
        number += 1
        head, bar, count = lines[number - 1].rpartition("|")
        if not bar:
            if not count.strip():
                continue  # a blank line between heads does no harm
            raise DataError(path, number, f"has no number of senses; a head is written {count.strip()[:40]}|1")
        if not count.strip().isdecimal():
            more = head.startswith("(") or count.startswith("(")
            raise DataError(path, number, "is a sense more than its head announces" if more else "does not end in a number of senses")
        for sense in range(1, int(count) + 1):
            number += 1
            line = lines[number - 1] if number <= last else ""
            if not line.startswith("(") and (not line or _HEAD.fullmatch(line)):
                raise DataError(path, number, f"should be sense {sense} of {count} of {head!r}; the file is cut off or the number is wrong")
            label, *synonyms = line.split("|")
            if label not in labels:
                labels[label] = _pos(path, number, label)
            kept = tuple(filter(None, map(_synonym, synonyms))) if "(" in line[1:] or "\u00a0" in line else tuple(filter(None, synonyms))
            senses.append(Sense(_plain(head), sense, label.strip("()"), labels[label], kept, number))
    if not senses:
        raise DataError(path, None, "holds no head; is it the .dat file of a thesaurus?")
    return senses


def _lines(path: Path) -> Sequence[str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror})") from None
    content = content.removeprefix(codecs.BOM_UTF8)
    first = content.split(b"\n", 1)[0].strip().decode("ascii", "replace")
    try:
        codec = codecs.lookup(first.lower().removeprefix("microsoft-")).name
        text = content.decode(codec)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            line = content[: error.start].count(b"\n") + 1
            raise DataError(path, line, f"is not {first}, which the first line names; convert the file or correct that line") from None
        raise DataError(path, 1, "names no encoding; the first line of a thesaurus is one such as UTF-8") from None
    if codec != "utf-8" and (place := _utf8_line(content)):
        raise DataError(path, place, f"is UTF-8, but the first line names {first}; correct that line")
    if not text.endswith(("\n", "\r")):
        end = text.count("\n") + 1
        raise DataError(path, end, "breaks off without a line end; the file is cut off (or add one, if nothing is missing)")
    return text.replace("\r\n", "\n").split("\n")[:-1]


def _utf8_line(content: bytes) -> int | None:
    """The first line with an accent in UTF-8, of a file that is UTF-8 throughout."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = re.search(rb"[\x80-\xff]", content)
    return content[: found.start()].count(b"\n") + 1 if found else None


def _pos(path: Path, line: int, label: str) -> frozenset[str]:
    names = label.strip().removeprefix("(").removesuffix(")").replace(",", " ").replace(".", " ").split()
    if unknown := [name for name in names if name.lower() not in LABELS]:
        raise DataError(path, line, f"has the part of speech {unknown[0]!r}; known are {', '.join(LABELS)}")
    return frozenset(filter(None, (LABELS[name.lower()] for name in names)))


def _synonym(written: str) -> str:
    """A synonym without its notes, empty for an antonym: « visage (familier) », « plier(se) »."""
    if any(_OPPOSITE.search(note) for note in _NOTE.findall(written)):
        return ""
    return _plain(_NOTE.sub(" ", written))


def _plain(written: str) -> str:
    return " ".join(written.split())  # hard spaces too


def find_thesaurus(places: Sequence[str] | None = None) -> Path:
    """Where LibreOffice or Debian put the French thesaurus.

    Args:
        places: Patterns of paths to try in order, ``~`` and variables of the environment allowed; None for those of the platform.

    Raises:
        RessentiError: There is none; says how to get one.
    """
    tried = PLACES.get(sys.platform, PLACES["linux"]) if places is None else places
    for found in chain.from_iterable(map(_expanded, tried)):
        if found.is_file():
            return found
    raise RessentiError(
        "no French thesaurus is installed; name one with --thesaurus FILE, or install one (Debian and Ubuntu: apt install mythes-fr; "
        "elsewhere: LibreOffice with its French dictionaries)"
    )


def _expanded(pattern: str) -> Iterator[Path]:
    # Not Path.glob: the patterns are absolute and begin anywhere
    yield from map(Path, sorted(glob.glob(os.path.expanduser(os.path.expandvars(pattern)), recursive=True)))  # noqa: PTH207, PTH111

"""From the paths that somebody typed to the files to read, each with an id of its own."""

from __future__ import annotations

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ressenti.errors import InputError

MANIFEST, INPUTS, NARRATIVES = "manifest.json", "inputs.jsonl", "narratives"
"""By what a folder of shards is known (``ressenti.scale.shards``); the last is a folder in it that holds them, all else are records."""
_KINDS = 6
"""Endings that a note names."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and the id of its account; ``path`` is None for standard input."""

    path: Path | None
    id: str


def shown(path: str | Path) -> str:
    """A path fit to be printed: bytes of a name that are not UTF-8 become question marks."""
    return os.fspath(path).encode("utf-8", "replace").decode()


def _quiet(_: str) -> None:
    pass


def find(paths: Sequence[str | Path], suffixes: Collection[str], say: Callable[[str], None] = _quiet) -> Iterator[Found | InputError]:
    """The files to read, in order: as typed, those of a folder sorted by path; a file met twice is read once.

    A file's id is its stem; of files with the same stem, the path from the folder that holds them all, and with the
    suffix where two still have the same.

    Args:
        paths: Files, folders (searched with the folders in them, hidden ones left out), or ``-`` for standard input.
        suffixes: What a folder's files may end in, lower case, with the dot.
        say: Called with a note on each folder that holds other files, or that a run wrote, of which the shards alone are read.
    """
    found: list[Path | InputError | None] = []
    met: set[str | None] = set()
    for path in paths:
        for item in _expand(path, suffixes, say):
            if not isinstance(item, InputError):
                real = None if item is None else os.path.realpath(item)
                if real in met:
                    continue
                met.add(real)
            found.append(item)
    ids = _ids([item for item in found if isinstance(item, Path)])
    for item in found:
        if isinstance(item, InputError):
            yield item
        else:
            yield Found(item, "stdin" if item is None else shown(ids[item]))


def _expand(path: str | Path, suffixes: Collection[str], say: Callable[[str], None]) -> Iterator[Path | InputError | None]:
    if path == "-":
        yield None
        return
    if not os.fspath(path):
        yield InputError("''", None, "an empty path; is a variable unset?")
        return
    try:
        is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError) as error:
        yield InputError(shown(path), None, reason(error))
        return
    if not is_folder:
        yield Path(path)
        return
    if all((Path(path) / name).exists() for name in (MANIFEST, INPUTS, NARRATIVES)):
        path = Path(path) / NARRATIVES
        say(f"note: {shown(path.parent)} was written by ressenti annotate; {shown(path)} is read")
    others: Counter[str] = Counter()
    found = sorted(_walk(os.fspath(path), suffixes, others), key=lambda item: item[0].parts)
    if others:
        say(left_out(shown(path), others))
    if not found:
        hint = f"; packed ones go through a pipe: zcat {shown(path)}/*.gz | ressenti … -" if ".gz" in others else ""
        yield InputError(shown(path), None, f"no file to read in it ({', '.join(sorted(suffixes))}){hint}")
    for _, item in found:
        yield item


def left_out(folder: str, others: Counter[str]) -> str:
    """The note on a folder's files that are not read, ``others`` being how many there are of each ending; of many endings the commonest."""
    named = Counter({kind or "no ending": number for kind, number in others.items()})
    kinds = [f"{kind} {number}" for kind, number in sorted(named.items(), key=lambda item: (-item[1], item[0]))]
    more = ", …" if len(kinds) > _KINDS else ""
    total = others.total()
    files = "1 file left out that is" if total == 1 else f"{total} files left out that are"
    return f"note: {folder}: {files} not read ({', '.join(kinds[:_KINDS])}{more})"


def _walk(top: str, suffixes: Collection[str], others: Counter[str]) -> Iterator[tuple[Path, Path | InputError]]:
    """Each file below a folder, by its path; links to folders are followed, each folder is entered once.

    The endings of the files that are not read are counted in ``others``, but for hidden ones.
    """
    errors: list[OSError] = []
    entered = {os.path.realpath(top)}
    for folder, below, names in os.walk(top, onerror=errors.append, followlinks=True):
        kept = []
        for name in sorted(below):
            real = os.path.realpath(Path(folder, name))
            if not name.startswith(".") and real not in entered:
                entered.add(real)
                kept.append(name)
        below[:] = kept
        for name in names:
            path = Path(folder, name)
            if is_hidden(name):
                continue
            if path.suffix.lower() not in suffixes:
                others[shown(path.suffix.lower())] += 1
            elif path.is_file():
                yield path, path
            elif path.is_symlink() and not path.exists():
                yield path, InputError(shown(path), None, "a link to a file that does not exist")
            else:
                others["no regular file"] += 1  # a named pipe, say
    for error in errors:
        yield Path(error.filename), InputError(shown(error.filename), None, reason(error))


def is_hidden(name: str) -> bool:
    """Whether a file is nobody's to read: Word keeps a lock file ~$name.docx beside an open document."""
    return name.startswith((".", "~$"))


def _ids(paths: Sequence[Path]) -> dict[Path, str]:
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for path in paths:
        groups[path.stem].append(path)
    ids: dict[Path, str] = {}
    for stem, group in groups.items():
        bases = dict.fromkeys(group, stem)
        # Not resolve(): a link's own place names the file, not the place that it leads to.
        folders = [os.path.abspath(path.parent) for path in group]  # noqa: PTH100
        if len(set(folders)) > 1:
            top = _common(folders)
            for path, folder in zip(group, folders, strict=True):
                bases[path] = Path(os.path.relpath(folder, top), stem).as_posix() if top else path.with_suffix("").as_posix()
        twice = Counter(bases.values())
        ids |= {path: base + path.suffix if twice[base] > 1 else base for path, base in bases.items()}
    return ids


def _common(folders: Sequence[str]) -> str | None:
    try:
        return os.path.commonpath(folders)
    except ValueError:  # on different drives of Windows
        return None


def reason(error: OSError | ValueError) -> str:
    """Why the system refuses a path."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror if isinstance(error, OSError) else None) or "not a usable path"

"""From the files of other tools to narratives, with everything that could not be used told on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ressenti.corpora.exchange.assemble import assemble
from ressenti.corpora.exchange.brat_read import read_brat
from ressenti.corpora.exchange.cas_read import read_cas
from ressenti.corpora.exchange.marks import MarkedNarrative
from ressenti.corpora.exchange.webanno_read import read_webanno
from ressenti.corpora.folder import find, reason, shown
from ressenti.corpora.seen import Unique
from ressenti.errors import InputError
from ressenti.regular import open_regular
from ressenti.schema import Narrative

Reader = Callable[[Path, str], tuple[MarkedNarrative, list[InputError]]]
Others = Mapping[str, Callable[[Path], Iterator[Narrative]]]
"""Readers of further formats, by suffix and by name; of a suffix also what is packed, as ``.gz``."""

READERS: Mapping[str, Reader] = {"brat": read_brat, "xmi": read_cas, "cas-json": read_cas, "webanno": read_webanno}
"""Reader by format."""
REVIEWERS = {"brat": "brat", "xmi": "cas", "cas-json": "cas", "webanno": "webanno"}
"""Who is taken for the reviewer where nobody is named."""
_SUFFIXES = {"brat": ".ann", "xmi": ".xmi", "cas-json": ".json", "webanno": ".tsv"}


class Imports:
    """The narratives of files that people annotated in another tool; iterate over it once.

    Args:
        paths: Files and folders.
        say: Called with each annotation that could not be used, and each file.
        form: A key of `READERS` or of ``others``; None to go by suffix and content.
        reviewer: Who made what is new or changed there.
        others: Readers of further formats.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        say: Callable[[str], None],
        form: str | None = None,
        reviewer: str | None = None,
        others: Others = MappingProxyType({}),
    ) -> None:
        self.done = self.failed = self.left_out = 0
        self._paths, self._say, self._form, self._reviewer, self._others = paths, say, form, reviewer, others
        self._unique = Unique()

    def __iter__(self) -> Iterator[Narrative]:
        for path, name in self._files():
            try:
                for narrative in self._read(path, name):
                    self.done += 1
                    yield self._renamed(narrative, path)
            except InputError as error:
                self._fail(error)

    def _fail(self, error: InputError) -> None:
        self.failed += 1
        self._say(str(error))

    def _read(self, path: Path, name: str) -> Iterator[Narrative]:
        other = self._others.get(self._form or _ending(path))
        if other is not None:
            yield from other(path)
            return
        form = self._form if self._form in READERS else _form(path)
        if form is None:
            known = ", ".join((*_SUFFIXES.values(), *(name for name in self._others if name.startswith("."))))
            raise InputError(shown(path), None, f"not known by its ending and its beginning ({known}); name its format with --format")
        marked, problems = READERS[form](path, name)
        narrative, further = assemble(marked, self._reviewer or REVIEWERS[form])
        for problem in (*problems, *further):
            self.left_out += 1
            self._say(str(problem))
        if isinstance(narrative, InputError):
            raise narrative
        yield narrative

    def _renamed(self, narrative: Narrative, path: Path) -> Narrative:
        id_ = self._unique(narrative.id)
        if id_ == narrative.id:
            return narrative
        self._say(f"note: {shown(path)}: the id {narrative.id!r} was there before: this narrative is now {id_!r}")
        return replace(narrative, id=id_)

    def _files(self) -> Iterator[tuple[Path, str]]:
        """The files to read, each with an id; of a folder those whose format is known, in order."""
        listed: list[Path] = []
        for typed in self._paths:
            path = Path(typed)
            try:
                if path.is_dir():
                    listed += self._folder(path)
                elif path.suffix.lower() == ".txt" and path.with_suffix(".ann").is_file():
                    listed.append(path.with_suffix(".ann"))
                else:
                    listed.append(path)
            except InputError as error:
                self._fail(error)
        for found in find(listed, ()):
            if isinstance(found, InputError):
                self._fail(found)
            elif found.path is not None:
                yield found.path, found.id

    def _folder(self, folder: Path) -> list[Path]:
        wanted = {suffix for form, suffix in _SUFFIXES.items() if self._form in (None, form)}
        wanted |= {name for name in self._others if name.startswith(".") and self._form not in READERS}
        try:
            files = sorted(path for path in folder.rglob("*") if _ending(path) in wanted and not _hidden(path, folder))
        except OSError as error:
            raise InputError(shown(folder), None, reason(error)) from None
        found = [path for path in files if path.is_file() and self._ours(path)]
        if not found:
            raise InputError(shown(folder), None, f"no annotations that are known in it ({', '.join(sorted(wanted))})")
        return found

    def _ours(self, path: Path) -> bool:
        """Whether a file of a folder is one to read: settings, layers and records stand beside them."""
        return _ending(path) in self._others or _form(path) is not None


def _ending(path: Path) -> str:
    """How a name ends, ``.gz`` aside: which of ``others`` reads a file, and those see to the packing themselves."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _form(path: Path) -> str | None:
    """The format of a file, by its suffix and, where others have the same, by its beginning."""
    suffix = path.suffix.lower()
    form = next((form for form, known in _SUFFIXES.items() if known == suffix), None)
    if form not in ("cas-json", "webanno"):
        return form
    try:
        with open_regular(path) as file:
            head = file.read(4096)
    except OSError:
        return form  # the reader will say why
    if form == "webanno":
        return form if head.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV") else None
    return form if b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head else None

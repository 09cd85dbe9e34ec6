"""brat's standoff format: a text and, beside it, a line an annotation (https://brat.nlplab.org/standoff.html).

Emotions, the places that have a role, the places that name an entity and components are text-bound annotations (``T``), in as many
pieces as they have; roles are relations (``R``) from the emotion to such a place; mode, status, intensity, time, question and wish are
attributes (``A``); the emotion's concept and a place's entity are normalisations (``N``). A note (``#``) of type ``Record`` keeps what
brat has no place for. A file ``.json`` beside it, which brat leaves alone, holds what belongs to the whole narrative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from ressenti.corpora.exchange.brat_settings import settings
from ressenti.corpora.exchange.marks import VALUES, by_place, dumped, narrative_record, records, shown_values
from ressenti.corpora.exchange.places import Folder, Names, Placed
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.rdf.names import local_name
from ressenti.schema import FLAGS, Narrative, Span

ARGUMENT, ENTITY, RECORD, CONCEPT = "Argument", "Entity", "Record", "TONE"
# brat reads its files line by line, and takes all of these for line ends: an annotation goes around them.
_LINE_ENDS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


class BratFolder(Placed[Folder]):
    """A folder of narratives that brat opens as a collection.

    Args:
        path: The folder to make.

    Raises:
        OutputError: It cannot be made, or holds something.
    """

    def __init__(self, path: str) -> None:
        super().__init__(Folder(path))
        self._names = Names()

    def write(self, narrative: Narrative) -> None:
        """Add a narrative."""
        name = self._names.of(narrative.id)
        self._place.write(f"{name}.txt", narrative.text.encode())
        self._place.write(f"{name}.ann", standoff(narrative).encode())
        self._place.write(f"{name}.json", (narrative_record(narrative) + "\n").encode())

    def keep(self) -> None:
        """Add brat's settings and put the folder in its place."""
        for name, content in settings().items():
            self._place.write(name, content.encode())
        super().keep()


def standoff(narrative: Narrative) -> str:
    """The annotations of a narrative, as brat keeps them in its ``.ann`` file."""
    return "".join(f"{line}\n" for line in _Standoff(narrative).lines())


class _Standoff:
    def __init__(self, narrative: Narrative) -> None:
        self.narrative = narrative
        self.numbers = dict.fromkeys("TRAN#", 0)

    def lines(self) -> Iterator[str]:
        narrative = self.narrative
        emotions = load_emotions()
        places: dict[int, str] = {}
        for mention, record in records(narrative.mentions):
            yield self._text_bound(mention.emotion, mention.cue)
            places[mention.id] = key = f"T{self.numbers['T']}"
            shown = shown_values(mention)
            for name in VALUES:
                if shown[name]:
                    yield self._next("A", f"{name} {key} {shown[name]}")
            for name in FLAGS:
                if shown[name]:
                    yield self._next("A", f"{name} {key}")
            label = emotions[mention.emotion].labels["fr"] if mention.emotion in emotions else mention.emotion
            yield self._next("N", f"Reference {key} {CONCEPT}:{local_name(mention.emotion)}\t{label}")
            yield self._next("#", f"{RECORD} {key}\t{record}")
        for role, record in records(narrative.roles):
            yield self._text_bound(ARGUMENT, [role.span])
            key = f"T{self.numbers['T']}"
            yield self._next("R", f"{role.role} Arg1:{places[role.mention]} Arg2:{key}")
            if role.entity is not None:
                yield self._refers(key, role.entity)
            yield self._next("#", f"{RECORD} {key}\t{record}")
        for entity, span in by_place(narrative.entities):
            yield self._text_bound(ENTITY, [span])
            yield self._refers(f"T{self.numbers['T']}", entity.id)
        for component, record in records(narrative.components):
            yield self._text_bound(component.component.capitalize(), [component.span])
            yield self._next("#", f"{RECORD} T{self.numbers['T']}\t{record}")

    def _next(self, kind: str, rest: str) -> str:
        self.numbers[kind] += 1
        return f"{kind}{self.numbers[kind]}\t{rest}"

    def _refers(self, key: str, entity: str) -> str:
        label = next((e.label for e in self.narrative.entities if e.id == entity), entity)
        return self._next("N", f"Reference {key} {ENTITY}:{quote(entity, safe='')}\t{dumped(label)[1:-1]}")

    def _text_bound(self, kind: str, pieces: Sequence[Span]) -> str:
        text = self.narrative.text
        cut = [part for piece in pieces for part in _lines_of(text, piece)] or list(pieces)
        words = " ".join(_LINE_ENDS.sub(" ", text[start:end]) for start, end in cut)
        return self._next("T", f"{kind} {';'.join(f'{start} {end}' for start, end in cut)}\t{words}")


def _lines_of(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span between line ends."""
    at = span[0]
    for match in _LINE_ENDS.finditer(text, *span):
        if at < match.start():
            yield at, match.start()
        at = match.end()
    if at < span[1]:
        yield at, span[1]

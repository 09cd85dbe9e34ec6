"""spaCy's DocBin: documents with their spans, for whoever works in spaCy or trains a model there.

Each document is tokenised and not parsed; ``nlp(doc)`` of any French pipeline parses it. Spans stand in ``doc.spans`` under `GROUPS`; they
begin and end at tokens, and the exact offsets are in ``doc._.ressenti``, the JSON object of the file format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ressenti.corpora.exchange.places import Placed
from ressenti.corpora.writing import Output
from ressenti.ontology.rdf.names import emotion_node
from ressenti.schema import Narrative, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

GROUPS = ("emotions", "roles", "entities", "components")
"""Keys of ``doc.spans``. Labels are emotion, role, entity and component; the id of a span is the mention's number."""


class DocBinFile(Placed[Output]):
    """A ``.spacy`` file; the documents are in memory until it is written.

    Args:
        path: The file; None for standard output.

    Raises:
        OutputError: It cannot be written to.
    """

    def __init__(self, path: str | None) -> None:
        import spacy
        from spacy.tokens import DocBin

        super().__init__(Output(path))
        self._tokenise = spacy.blank("fr").make_doc
        self._bin = DocBin(store_user_data=True)

    def write(self, narrative: Narrative) -> None:
        """Add a narrative."""
        self._bin.add(to_doc(narrative, self._tokenise(narrative.text)))

    def keep(self) -> None:
        """Write the file and put it in its place.

        Raises:
            OutputError: It cannot be written.
        """
        self._place.write_bytes(self._bin.to_bytes())
        super().keep()


def to_doc(narrative: Narrative, doc: Doc) -> Doc:
    """Put what was found on a document of the narrative's text.

    Args:
        narrative: The narrative.
        doc: Its text, tokenised.
    """
    from spacy.tokens import Span as Piece

    from ressenti.rules.pipe import NAMES

    if not doc.has_extension(NAMES.narrative):
        doc.set_extension(NAMES.narrative, default=None)
    doc._.set(NAMES.narrative, narrative.to_dict())
    places: dict[str, list[tuple[Span, str, str, str]]] = {group: [] for group in GROUPS}
    for mention in narrative.mentions:
        concept = emotion_node(mention.emotion).value
        places["emotions"] += [(piece, mention.emotion, str(mention.id), concept) for piece in mention.cue]
    places["roles"] = [(role.span, role.role, str(role.mention), role.entity or "") for role in narrative.roles]
    places["entities"] = [(span, entity.id, entity.label, "") for entity in narrative.entities for span in entity.mentions]
    places["components"] = [(part.span, part.component, "", "") for part in narrative.components]
    for group, found in places.items():
        pieces = [
            Piece(doc, piece.start, piece.end, label=label, span_id=id_, kb_id=concept)
            for span, label, id_, concept in found
            if (piece := doc.char_span(*span, alignment_mode="expand")) is not None
        ]
        doc.spans[group] = pieces
    return doc

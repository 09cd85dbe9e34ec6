"""Ressenti as a component of any French spaCy pipeline: ``nlp.add_pipe("ressenti")``.

What it finds stands in ``doc.spans["emotions"]`` (one span a cue piece, labelled with the emotion) and, as the JSON object of the file
format, in ``doc._.ressenti``; both survive a ``DocBin`` round trip with ``store_user_data=True``. The object's id is that of
``doc.user_data["id"]``, or of the context in ``nlp.pipe(…, as_tuples=True)``: an id itself, or a mapping with one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from ressenti.errors import RessentiError
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.annotator import Annotator


@dataclass(frozen=True)
class Names:
    """The names under which a ``Doc`` carries what was found."""

    narrative: str = "ressenti"
    emotions: str = "emotions"


NAMES = Names()


class RessentiComponent:
    """Annotates a parsed ``Doc`` in place.

    Args:
        nlp: The pipeline it stands in; its tagger and parser must run before.
        vocabulary: Further vocabulary tables.
        rules: Further files or folders of rules.
    """

    def __init__(self, nlp: Language, vocabulary: Sequence[str] = (), rules: Sequence[str] = ()) -> None:
        if not Doc.has_extension(NAMES.narrative):
            Doc.set_extension(NAMES.narrative, default=None)
        entries = None
        if vocabulary:
            entries = [*load_vocabulary(), *(entry for path in vocabulary for entry in load_vocabulary(Path(path)))]
        self._annotator = Annotator(nlp, entries, [Path(path) for path in rules])

    def __call__(self, doc: Doc) -> Doc:
        """Find the emotions of a parsed document.

        Raises:
            RessentiError: The document has no dependency parse.
        """
        if len(doc) and not doc.has_annotation("DEP"):
            raise RessentiError("the document is not parsed; put 'ressenti' after the parser (nlp.add_pipe('ressenti', last=True))")
        narrative = self._annotator.annotate_doc(doc, _id(doc))
        pieces = [(m, doc.char_span(*piece, alignment_mode="expand")) for m in narrative.mentions for piece in m.cue]
        doc.spans[NAMES.emotions] = [Span(doc, p.start, p.end, label=m.emotion) for m, p in pieces if p is not None]
        doc._.set(NAMES.narrative, narrative.to_dict())
        return doc


def _id(doc: Doc) -> str:
    """The id that was given; else one of the text: numbers would be the same in each of the processes of ``nlp.pipe(n_process=…)``."""
    context = getattr(doc, "_context", None)  # where spaCy puts it for components
    for value in (doc.user_data.get("id"), context.get("id") if isinstance(context, Mapping) else context):
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return str(value)
    return f"doc-{sha256(doc.text.encode()).hexdigest()[:12]}"


@Language.factory(
    "ressenti",
    requires=["token.dep", "token.pos", "doc.sents"],
    assigns=["doc.spans"],
    default_config={"vocabulary": [], "rules": []},
)
def make_ressenti(nlp: Language, name: str, vocabulary: list[str], rules: list[str]) -> RessentiComponent:
    """Make the component; spaCy calls it for ``nlp.add_pipe("ressenti")``."""
    return RessentiComponent(nlp, vocabulary, rules)

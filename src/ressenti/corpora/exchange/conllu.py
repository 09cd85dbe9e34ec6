"""CoNLL-U: the parser's tokens and tree, with what was found in the MISC column.

``TokenRange=0:4`` is where the token stands in the text, in code points; ``Emotion=1:fear`` says that it belongs to the cue of mention 1,
``EmotionRole=1:cause:E2`` that it belongs to a role of it, and ``Component=feeling`` to that component, several joined by commas. A comment
before the sentence in which a cue begins says the rest: ``# emotion 1 = fear primary=fear mode=labelled …``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from ressenti.corpora.exchange.marks import shown_values
from ressenti.corpora.exchange.places import Placed
from ressenti.corpora.harmless import one_line
from ressenti.corpora.writing import Output
from ressenti.rules.text import Reading, read, sentences
from ressenti.schema import Mention, Narrative, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token


class ConlluFile(Placed[Output]):
    """A CoNLL-U file of many documents.

    Args:
        path: The file; None for standard output.

    Raises:
        OutputError: It cannot be written to.
        RessentiError: The parser is not installed.
    """

    def __init__(self, path: str | None) -> None:
        from ressenti.rules.parser import load_parser

        self._nlp = load_parser()  # first: no output is opened without it
        super().__init__(Output(path))

    def write(self, narrative: Narrative) -> None:
        """Add a narrative."""
        self._place.write("".join(f"{line}\n" for line in lines(narrative, self._nlp)))


def lines(narrative: Narrative, nlp: Language) -> Iterator[str]:
    """A narrative as CoNLL-U.

    Args:
        narrative: The narrative.
        nlp: The parser.
    """
    reading = read(narrative.text)
    spans = [*sentences(reading.text)]
    docs = nlp.pipe(reading.text[start:end] for start, end in spans)
    begun, told = False, set[int]()
    for number, ((start, end), doc) in enumerate(zip(spans, docs, strict=True), 1):
        tokens = [token for token in doc if not token.is_space]
        if not tokens:
            continue
        if not begun:
            yield f"# newdoc id = {one_line(narrative.id) or '_'}"
            begun = True
        yield f"# sent_id = {quote(narrative.id, safe='') or '_'}-{number}"
        yield f"# text = {one_line(narrative.text[slice(*reading.original(start, end))])}"
        last = spans[number][0] if number < len(spans) else len(reading.text)
        for mention in narrative.mentions:
            if mention.id not in told and mention.cue[0][0] < reading.original(last, last)[0]:
                told.add(mention.id)
                yield _comment(mention)
        yield from _rows(narrative, reading, start, doc, tokens)
        yield ""


def _comment(mention: Mention) -> str:
    values = {"primary": mention.primary, **shown_values(mention), "confidence": mention.confidence, "source": mention.source}
    shown = (f"{name}={quote(str(value), safe=':')}" for name, value in values.items() if value is not None)
    return f"# emotion {mention.id} = {mention.emotion} {' '.join(shown)}"


def _rows(narrative: Narrative, reading: Reading, start: int, doc: Doc, tokens: Sequence[Token]) -> Iterator[str]:
    numbers = {token.i: number for number, token in enumerate(tokens, 1)}
    roots = [token for token in tokens if token.head.i == token.i]
    root = roots[0] if roots else tokens[0]
    for number, token in enumerate(tokens, 1):
        span = reading.original(start + token.idx, start + token.idx + len(token.text))
        head, relation = numbers.get(token.head.i, numbers[root.i]), token.dep_ or "dep"
        if token.i == root.i:
            head, relation = 0, "root"
        elif token.head.i == token.i or head == number:  # the parser saw two sentences in it; CoNLL-U allows one root
            head, relation = numbers[root.i], "parataxis"
        form = one_line(narrative.text[slice(*span)]) or "_"
        misc = [*_misc(narrative, span), *(() if _spaced(narrative.text, span) else ("SpaceAfter=No",))]
        feats = str(token.morph) or "_"
        yield "\t".join((str(number), form, "_", token.pos_ or "X", "_", feats, str(head), relation.lower(), "_", "|".join(misc)))


def _spaced(text: str, span: Span) -> bool:
    return text[span[1] : span[1] + 1].isspace()


def _misc(narrative: Narrative, span: Span) -> Iterator[str]:
    def within(other: Span) -> bool:
        return other[0] < span[1] and span[0] < other[1]

    found = [
        ("Component", [part.component for part in narrative.components if within(part.span)]),
        ("Emotion", [f"{m.id}:{m.emotion}" for m in narrative.mentions if any(map(within, m.cue))]),
        ("EmotionRole", [f"{r.mention}:{r.role}:{quote(r.entity or '', safe='')}" for r in narrative.roles if within(r.span)]),
    ]
    yield from (f"{name}={','.join(dict.fromkeys(values))}" for name, values in found if values)
    yield f"TokenRange={span[0]}:{span[1]}"

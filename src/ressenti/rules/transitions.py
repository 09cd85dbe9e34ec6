"""The parser's transitions for many sentences at a time: the same parses in a third of the time.

spaCy's parser reads a sentence from left to right; a small network decides at each step whether the next word is put onto a stack, the
last one taken off it, an arc drawn between the two, or a sentence begun (arc-eager: Nivre 2008, "Algorithms for deterministic incremental
dependency parsing"; a word without a head goes back to the buffer: Honnibal and Johnson 2015, "An improved non-monotonic transition
system"). It does so word by word and sentence by sentence. Here all sentences of a batch take each step together, as a few operations on
arrays, with the model's own weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from ressenti.batches import batches

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
TOKENS = 1 << 12
"""Tokens after which no further text is parsed together with others; the network's table takes 4 KiB for each."""

_MOVES = "SDLRB"
_FEATURES = 8
"""Two words of the buffer, three of the stack, and the nearest dependents of the first of each: the feature set of such a model."""
_NAME = "ressenti_transitions"
_CLOSED = np.float32(-np.inf)
_PROBE = ("Je n'ai pas peur, mais quand elle est partie sans un mot, j'ai pleuré toute la nuit.", "Oui", "Et toi ? Moi non plus.")


class Transitions:
    """A component of a pipeline that draws the arcs in the place of its parser.

    Args:
        parser: The pipeline's parser; its token vectors stand in ``doc.tensor``.
        strings: The strings of the pipeline's vocabulary.

    Raises:
        LookupError: The parser is not built as this class expects.
    """

    def __init__(self, parser: Any, strings: Any) -> None:
        names = [parser.moves.get_class_name(i) for i in range(parser.moves.n_moves)]
        labels = [name.partition("-")[2] for name in names]
        single = all(sum(name[0] == move for name in names) == 1 for move in "SDB")
        if parser.cfg["beam_width"] != 1 or not single or "subtok" in labels or any("||" in label for label in labels):
            raise LookupError("another parser")
        moves = np.array([_MOVES.index(name[0]) for name in names])
        self._network = _Network(parser.model, moves)
        self._labels = np.array([strings[label] for label in labels], dtype=np.uint64)
        self._root = np.uint64(strings["ROOT"])

    def __call__(self, doc: Doc) -> Doc:
        """Parse a document in place."""
        self.parse([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Parse documents in place, so many at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self.parse(batch)
            yield from batch

    def parse(self, docs: Sequence[Doc]) -> None:
        """Parse documents in place; best those of like length together, for none waits then for others."""
        for batch in batches([doc for doc in docs if len(doc)], len, len(docs), TOKENS):
            self._parse(batch)

    def _parse(self, docs: Sequence[Doc]) -> None:
        lengths = [len(doc) for doc in docs]
        starts = np.concatenate([doc.to_array(SENT_START) for doc in docs])
        heads, moves = decode(self._network, np.concatenate([doc.tensor for doc in docs]), lengths, starts.astype(np.int8))
        ways = np.where(heads < 0, 0, heads - np.arange(len(heads)))
        columns: Any = np.stack([ways.astype(np.uint64), np.where(heads < 0, self._root, self._labels[moves])], axis=1)
        at = 0
        for doc, length in zip(docs, lengths, strict=True):
            doc.from_array([HEAD, DEP], columns[at : at + length])
            at += length


class _Network:
    """The network that scores moves.

    Args:
        model: The parser's model: two linear layers over token vectors, the greatest of two pieces, a linear layer.
        moves: For each class of the network's output its move.
    """

    def __init__(self, model: Any, moves: Ints) -> None:
        vectors, lower, upper = model.layers
        linear = vectors.layers[-1]
        w, b, pad = (lower.get_param(name) for name in ("W", "b", "pad"))
        features, self.width, pieces, inside = w.shape
        if (features, pieces) != (_FEATURES, 2) or linear.get_dim("nO") != inside or model.attrs["unseen_classes"]:
            raise LookupError("another network")
        self.left, self.arcs = moves == LEFT, (moves == LEFT) | (moves == RIGHT)
        self.reduces, self.breaks = (int(np.flatnonzero(moves == move)[0]) for move in (REDUCE, BREAK))
        self.up = np.array([1, -1, -1, 1, 0])[moves]
        self.on = np.array([-1, 0, 0, -1, 0])[moves]
        self._linear = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        # Piece by piece, not output by output: the greater of the two is then taken of whole blocks
        self._w = np.ascontiguousarray(w.transpose(0, 3, 2, 1).reshape(features, inside, -1))
        self._b = np.ascontiguousarray(b.T).reshape(-1)
        self._pad = pad[0].transpose(0, 2, 1).reshape(features, -1)
        self._upper = np.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b") + np.where(_allowed()[:, moves], np.float32(0), _CLOSED)

    def table(self, vectors: Floats) -> Floats:
        """What each token adds to the hidden layer as each feature; before the first token of a feature stands what none adds.

        Args:
            vectors: (tokens, width of the token vectors)

        Returns:
            (features × (tokens + 1), pieces × width)
        """
        tokens = len(vectors)
        x = vectors @ self._linear[0]
        x += self._linear[1]
        table = np.empty((_FEATURES, tokens + 1, self._w.shape[2]), dtype=np.float32)
        table[:, 0] = self._pad
        for feature in range(_FEATURES):
            np.matmul(x, self._w[feature], out=table[feature, 1:])
        return table.reshape(-1, self._w.shape[2])

    def best(self, table: Floats, rows: Ints, allowed: Ints, room: Floats) -> Ints:
        """The best class of output for each state.

        Args:
            table: As :meth:`table` gives it.
            rows: (states, features), the rows of the table that hold.
            allowed: (states,), which moves are; a number of a row of :func:`_allowed`.
            room: (at least states × features, pieces × width), overwritten.
        """
        taken = table.take(rows.reshape(-1), axis=0, out=room[: rows.size], mode="clip").reshape(len(rows), _FEATURES, -1)
        hidden = np.einsum("sfw->sw", taken)
        hidden += self._b
        scores: Floats = np.maximum(hidden[:, : self.width], hidden[:, self.width :]) @ self._upper
        scores += self._bias[allowed]
        best: Ints = scores.argmax(axis=1)
        return best


_NO_STACK, _NO_FIRST, _NO_SECOND, _MAY_BREAK, _MUST_NOT_BREAK, _PUT_BACK, _BEGINS = (1 << n for n in range(7))
"""What decides which moves are allowed: an empty stack; no word or one word left in the buffer; its first word begins a sentence, or went
back to it; a sentence may begin at its second word; none may at its first."""


def _allowed() -> NDArray[np.bool_]:
    """Which moves are allowed, (states of things, moves)."""
    rows = np.zeros((1 << 7, 5), dtype=bool)
    for case, row in enumerate(rows):
        is_ = [bool(case & flag) for flag in (_NO_STACK, _NO_FIRST, _NO_SECOND, _MAY_BREAK, _MUST_NOT_BREAK, _PUT_BACK, _BEGINS)]
        no_stack, no_first, no_second, may_break, must_not_break, put_back, begins = is_
        row[SHIFT] = no_stack or not (no_second or begins or put_back)
        row[REDUCE] = not no_stack and (no_first or not must_not_break)
        row[LEFT] = row[RIGHT] = not (no_stack or no_first or begins)
        row[BREAK] = may_break
    return rows


def decode(network: _Network, vectors: Floats, lengths: Sequence[int], starts: NDArray[np.int8]) -> tuple[Ints, Ints]:
    """Parse texts of at least one token each.

    Tokens are numbered through all texts. Stack and buffer of a text are stretches of one array each, both growing upwards; below each
    stand three cells that say that there is no word, -1, and the arrays that are asked by word have a last one that answers it.

    Args:
        network: Scores moves.
        vectors: (tokens, width)
        lengths: Of each text the number of its tokens.
        starts: (tokens,), 1 where a sentence is known to begin, -1 where none may.

    Returns:
        The head of each token, or -1, and the class of output that drew the arc to it.
    """
    tokens, texts = len(vectors), len(lengths)
    table = network.table(vectors)
    room = np.empty((texts * _FEATURES, table.shape[1]), dtype=np.float32)
    all_rows, of_features = np.empty((texts, _FEATURES), dtype=np.intp), np.arange(_FEATURES) * (tokens + 1) + 1
    # Of each word: its head, the class of output that gave it, and the dependent that its head had on that side before it
    heads, by, before = (np.full(tokens + 1, -1) for _ in range(3))
    # Of each word its last dependent on the left; then of each its last on the right
    last = np.full(2 * (tokens + 1), -1)
    on_right = last[tokens + 1 :]
    flags = np.zeros(tokens + 1, dtype=np.intp)
    flags[:-1], flags[-1] = np.where(starts == 1, _BEGINS, 0), _NO_FIRST
    never = np.append(starts == -1, False)
    any_never, any_back = bool(never.any()), False

    bottom = np.cumsum([0, *lengths])[:texts] + 3 * np.arange(1, texts + 1) - 1
    stack, buffer = np.full(tokens + 3 * texts + 1, -1), np.full(tokens + 3 * texts + 1, -1)
    front = bottom + np.asarray(lengths)
    words = np.arange(tokens)
    buffer[np.repeat(bottom + np.cumsum(lengths), lengths) - words] = words
    top = bottom.copy()

    while True:
        s0, b0 = stack[top], buffer[front]
        over = (s0 & b0) < 0
        if over.any():
            going = ~over
            bottom, top, front, s0, b0 = bottom[going], top[going], front[going], s0[going], b0[going]
            if not len(top):
                return heads[:-1], by[:-1]
        b1 = buffer[front - 1]
        rows = all_rows[: len(top)]
        for column, word in enumerate((b0, b1, s0, stack[top - 1], stack[top - 2], last[b0], last[s0], on_right[s0])):
            np.add(word, of_features[column], out=rows[:, column])
        case = flags[b0] + _NO_STACK * (s0 < 0) + _NO_SECOND * (b1 < 0)
        may_break = (b1 == b0 + 1) & (flags[b1] < _BEGINS)
        if any_never:
            may_break &= ~never[b1]
            case += _MUST_NOT_BREAK * (never[b0] & (top == bottom + 1))
        case += _MAY_BREAK * may_break
        best = network.best(table, rows, case, room)

        had = heads[s0]
        at = network.arcs[best].nonzero()[0]
        if len(at):
            leftward = network.left[best[at]]
            first, second = s0[at], b0[at]
            again = leftward & (had[at] >= 0)
            if again.any():
                on_right[had[at[again]]] = before[first[again]]
            child, head = np.where(leftward, first, second), np.where(leftward, second, first)
            side = np.where(leftward, head, head + tokens + 1)
            heads[child], by[child], before[child], last[side] = head, best[at], last[side], child
            if any_back:
                flags[head[leftward]] &= ~_PUT_BACK
        begun = b1[best == network.breaks]
        if len(begun):
            flags[begun] |= _BEGINS

        # What is written above the top of a stack or the front of a buffer counts only where that is moved there
        stack[top + 1], buffer[front + 1] = b0, s0
        put_back = (best == network.reduces) & (had < 0) & (top > bottom + 1)
        top += network.up[best]
        front += network.on[best]
        if put_back.any():
            any_back = True
            flags[s0[put_back]] |= _PUT_BACK
            front += put_back


def use_transitions(nlp: Language) -> bool:
    """Let a pipeline draw its arcs so; False, and nothing changed, where its parser is built in another way."""
    parser: Any = nlp.get_pipe("parser")
    try:
        ours = Transitions(parser, nlp.vocab.strings)
    except (LookupError, ValueError, AttributeError, TypeError):
        return False
    if not _same(nlp, ours):
        return False
    nlp.add_pipe(_NAME, after="parser")
    nlp.disable_pipe("parser")
    return True


@Language.factory(_NAME, requires=["doc.tensor"], assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])
def make_transitions(nlp: Language, name: str) -> Transitions:
    """Make the component from the pipeline's parser; spaCy calls it for ``nlp.add_pipe``."""
    return Transitions(nlp.get_pipe("parser"), nlp.vocab.strings)


def _same(nlp: Language, ours: Transitions) -> bool:
    """Whether both parse a few sentences alike."""
    columns = [HEAD, DEP, SENT_START]
    vectors: Any = nlp.get_pipe("tok2vec")
    parser: Any = nlp.get_pipe("parser")
    probes = [[nlp.make_doc(text) for text in _PROBE] for _ in range(2)]
    for docs in probes:
        vectors.set_annotations(docs, vectors.predict(docs))
    for doc in probes[0]:
        parser(doc)
    ours.parse(probes[1])
    return all((a.to_array(columns) == b.to_array(columns)).all() for a, b in zip(*probes, strict=True))

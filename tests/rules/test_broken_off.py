"""Sentences that break off, or set in, anywhere: people stop in the middle of a sentence, and no condition may look past its end."""

import re
from pathlib import Path

from ressenti.rules.examples import read_marks
from ressenti.schema import Narrative

HERE = Path(__file__).parent
FILES = ("roles.txt", "qualifiers.txt", "review.txt")
BETWEEN = re.compile(r"\s|[,.;!?]|['’]")


def test_a_sentence_may_break_off_or_set_in_anywhere(annotator):
    sentences = {
        read_marks(line).text
        for name in FILES
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    pieces = {
        piece
        for sentence in sentences
        for cut in BETWEEN.finditer(sentence)
        for piece in (sentence[: cut.start()], sentence[: cut.end()], sentence[cut.end() :])
        if piece.strip()
    }
    found = list(annotator.pipe(Narrative(piece, piece) for piece in sorted(pieces)))
    assert len(found) == len(pieces) > 10_000

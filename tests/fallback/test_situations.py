"""The accounts written for the model: each line is a tag and one sentence, and becomes a marked narrative."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

from ressenti.fallback.passages import passages
from ressenti.schema import Narrative

GOLD = Path(__file__).parent.parent.parent / "benchmarks" / "gold"
narratives = run_path(str(GOLD / "situations.py"))["narratives"]


@pytest.mark.parametrize("path", sorted(GOLD.glob("situations-*.tsv")), ids=lambda path: path.stem)
def test_each_line_is_a_sentence_with_its_tag(path):
    found = [Narrative.from_dict(row | {"provenance": {}}) for row in narratives(path)]
    assert len(found) > 40 and len({narrative.id for narrative in found}) == len(found)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    cut = sum(len(passages(narrative)) for narrative in found)
    # « en quatrième B. On devait … » is taken for an initial before a name; what is typed without full stops runs on, « ??? » is cut off
    assert len(lines) * 0.91 <= cut <= len(lines) * 1.005, "nearly each line is what the annotator takes for a sentence"
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    ended = [(block, one) for block, one in zip(blocks, found, strict=True) if all(line[-1] in '.!?…»"”)' for line in block.splitlines())]
    told = sum(block.count("\n") + 1 for block, _ in ended)
    assert told * 0.99 <= sum(len(passages(one)) for _, one in ended) <= told * 1.02, "and each that ends like one"
    for narrative in found:
        assert all(0 <= start < end <= len(narrative.text) for mention in narrative.mentions for start, end in mention.cue)


def test_a_bad_tag_is_told(tmp_path):
    (tmp_path / "x.tsv").write_text("-\tIl pleut.\nsadnes/suggested\tLe chat n’est pas rentré.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"account 1: 'sadnes/suggested'"):
        list(narratives(tmp_path / "x.tsv"))

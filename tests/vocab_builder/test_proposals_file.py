from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import POS
from ressenti.vocab_builder.candidate import SOURCES, Candidate, Evidence
from ressenti.vocab_builder.proposal import Near, Proposal
from ressenti.vocab_builder.proposals_file import DIGITS, read_proposals, write_proposals

EMOTIONS = sorted(load_emotions())
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.floats(-1, 1).map(lambda value: round(value, DIGITS) + 0.0)
EVIDENCE = st.builds(Evidence, st.sampled_from(SOURCES), TEXT, TEXT)
CANDIDATE = st.builds(Candidate, TEXT.filter(bool), st.sampled_from(POS), st.lists(EVIDENCE).map(tuple), TEXT)
PROPOSAL = st.builds(
    Proposal, CANDIDATE, st.sampled_from(["", *EMOTIONS]), NUMBER, NUMBER.map(abs),
    st.lists(st.builds(Near, st.sampled_from(EMOTIONS), NUMBER), max_size=5).map(tuple), TEXT, st.lists(TEXT, max_size=3).map(tuple),
)  # fmt: skip
LINE = (
    '{"term": "effroi", "pos": "NOUN", "evidence": [], "emotion": "fear", "similarity": 0.5, "margin": 0.2, "nearest": [["fear", 0.5]]}\n'
)


@given(st.lists(PROPOSAL, unique_by=lambda p: p.candidate.key, max_size=4))
def test_what_is_written_is_read(tmp_path_factory, proposals):
    path = tmp_path_factory.mktemp("round") / "proposals.jsonl"
    path.write_text(write_proposals(proposals), encoding="utf-8")
    assert read_proposals(path) == proposals


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"emotion": "glee!"}, "names the emotion 'glee!'"),
        ({"emotion": None}, "is no proposal"),
        ({"nearest": [["gloomy", 0.1]]}, "names the emotion 'gloomy'"),
        ({"nearest": [[["fear"], 0.1]]}, "is no proposal"),
        ({"nearest": [["fear"]]}, "is no proposal"),
        ({"nearest": 1}, "is no proposal"),
        ({"similarity": 3}, "has 3 where a number from -1 to 1 belongs"),
        ({"similarity": float("nan")}, "has nan where"),
        ({"margin": "much"}, "has 'much' where"),
        ({"pos": "CAT"}, "part of speech 'CAT'"),
        ({"evidence": [["rumour", "", ""]]}, "the source 'rumour'"),
        ({"examples": "one"}, "is no proposal"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path, change, reason):
    path = tmp_path / "proposals.jsonl"
    path.write_text(LINE + json.dumps(json.loads(LINE) | {"term": "peur"} | change) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        read_proposals(path)
    assert (error.value.path, error.value.line) == (str(path), 2)


@pytest.mark.parametrize(("text", "reason"), [(LINE + LINE[:40], "is no JSON"), (LINE + "[]\n", "is no candidate"), (LINE + LINE, "again")])
def test_a_file_cut_off_or_pasted_twice(tmp_path, text, reason):
    path = tmp_path / "proposals.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        read_proposals(path)
    assert error.value.line == 2

"""Who feels, in constructions of French: the marked roles of the marked cues must come out, and no other experiencer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressenti.rules.examples import Marked, read_marks

LINES = (Path(__file__).parent / "roles.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


def wrong_roles(marked: Marked, narrative) -> list[str]:
    """What is missing, and which experiencers are too many; other mentions and other roles are left alone."""
    problems = []
    for number, pieces in marked.cues.items():
        mention = next((m for m in narrative.mentions if any(a < d and c < b for a, b in pieces for c, d in m.cue)), None)
        if mention is None:
            problems.append(f"no mention at {pieces}")
            continue
        got = {(r.role, r.span) for r in narrative.roles if r.mention == mention.id}
        wanted = {(role, span) for n, role, span in marked.roles if n == number}
        problems += [f"no {role} {marked.text[slice(*span)]!r}" for role, span in wanted - got]
        problems += [f"experiencer {marked.text[slice(*s)]!r}" for role, s in got - wanted if role == "experiencer"]
    return problems


@pytest.mark.parametrize("source", SENTENCES, ids=lambda source: read_marks(source).text)
def test_roles(source, annotator):
    marked = read_marks(source)
    assert wrong_roles(marked, annotator(marked.text)) == []


def test_a_wrong_experiencer_is_seen(annotator):
    marked = read_marks("<r e=1 role=experiencer>Paul</r> a dit que Marie avait <e id=1>peur</e>.")
    assert sorted(wrong_roles(marked, annotator(marked.text))) == ["experiencer 'Marie'", "no experiencer 'Paul'"]

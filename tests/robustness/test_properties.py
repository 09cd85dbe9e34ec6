"""What holds of every account, whatever stands in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import regex
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ressenti.corpora.harmless import json_escaped
from ressenti.corpora.terminal import render
from ressenti.corpora.writing import json_line, table
from ressenti.graph.formats.writers import FORMATS as GRAPHS
from ressenti.graph.model import narrative_graph
from ressenti.graph.rdf.write import FORMATS as RDF
from ressenti.graph.rdf.write import write
from ressenti.review.page.build import page
from ressenti.schema import Narrative, json_schema
from robustness.accounts import NEUTRAL, examples, narratives, plain, texts

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
SCHEMA = jsonschema.Draft202012Validator(json_schema())


def spans(narrative: Narrative) -> list[tuple[int, int]]:
    """Where something was found; not where the writer's own answers stand."""
    found = [piece for mention in narrative.mentions for piece in mention.cue]
    found += [role.span for role in narrative.roles]
    found += [span for entity in narrative.entities for span in entity.mentions]
    return found + [component.span for component in narrative.components if component.source != "given"]


def marks(narrative: Narrative) -> list[dict]:
    return [item.to_dict() for item in (*narrative.mentions, *narrative.roles)]


@given(narratives())
@examples(120)
def test_what_is_found_is_in_order(annotator, given):
    [found] = annotator.pipe([given])
    text = given.text
    assert (found.id, found.text, found.extra) == (given.id, text, given.extra)
    assert [c for c in found.components if c.source == "given"] == given.components or not given.components
    breaks = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    for start, end in spans(found):
        assert 0 <= start < end <= len(text)
        assert {start, end} <= breaks, f"[{start}, {end}] cuts a character"
    assert [mention.id for mention in found.mentions] == list(range(1, len(found.mentions) + 1))
    assert {role.mention for role in found.roles} <= {mention.id for mention in found.mentions}
    assert {role.entity for role in found.roles} <= {None, *(entity.id for entity in found.entities)}
    data = found.to_dict()
    SCHEMA.validate(data)
    for line in (found.to_json(), json_escaped(found.to_json()), json_line(found)):
        assert json.loads(line) == data
        assert Narrative.from_dict(json.loads(line.encode())).to_dict() == data


@given(st.lists(narratives(), min_size=2, max_size=6), st.randoms(use_true_random=False))
@examples(15)
def test_neither_order_nor_batch_nor_a_second_time_changes_anything(annotator, given, random):
    alone = [next(annotator.pipe([one])).to_dict() for one in given]
    assert [one.to_dict() for one in annotator.pipe(given)] == alone
    places = list(range(len(given)))
    random.shuffle(places)
    assert [one.to_dict() for one in annotator.pipe(given[place] for place in places)] == [alone[place] for place in places]


def test_another_process_finds_the_same(annotator):
    drawn: list[str] = []

    @given(texts())
    @settings(
        max_examples=40, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None
    )
    def draw(text):
        drawn.append(text)

    draw()
    code = (
        "import json, sys, ressenti\n"
        "from ressenti.schema import Narrative\n"
        "texts = json.load(sys.stdin)\n"
        "found = ressenti.load().pipe(Narrative(str(n), text) for n, text in reversed(list(enumerate(texts))))\n"
        "print(json.dumps([one.to_dict() for one in found][::-1]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(drawn), capture_output=True, text=True, check=True, env=None, timeout=600
    )
    assert json.loads(run.stdout) == [annotator(text, str(n)).to_dict() for n, text in enumerate(drawn)]


@given(plain(), st.sampled_from(NEUTRAL), st.sampled_from(["\n\n", "\n", "\r\n\r\n"]))
@examples(60)
def test_neutral_words_after_an_account_change_nothing_before_them(annotator, text, neutral, gap):
    text = text.rstrip() + ("" if text.rstrip().endswith((".", "!", "?", "…", "»")) else ".")
    before, after = annotator(text), annotator(text + gap + neutral)
    assert marks(after) == marks(before)
    assert [entity.to_dict() for entity in after.entities[: len(before.entities)]] == [entity.to_dict() for entity in before.entities]


@given(st.lists(narratives(), min_size=1, max_size=2))
@examples(25)
def test_whatever_was_found_can_be_written(annotator, given):
    found = list(annotator.pipe(replace(one, id=f"{number}") for number, one in enumerate(given)))
    for form in RDF:
        assert "".join(write(found, form)).encode()
    for narrative in found:
        graph = narrative_graph(narrative)
        for name, form in GRAPHS.items():
            if name != "png":  # the svg once more
                assert form.write(graph, "fr")
        render(narrative, colour=True, width=80).encode()
        table()(narrative).encode()
    made = "".join(page(found, pictures=True))
    made.encode()
    data = re.findall(r'<script type="application/json" id="narrative-\d+">(.*?)</script>', made, re.S)
    assert len([json.loads(one) for one in data]) == len(found)  # no text ends the script that holds it


def test_an_account_may_stop_in_the_middle_of_a_sentence(annotator):
    """After any comma of the marked narratives, as of a line that is not finished: what looks beyond it finds nothing, and says so."""
    texts = [
        json.loads(line)["text"]
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if '"text"' in line
    ]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.!?…])\s+", text)]
    cut = {sentence[: match.end()] for sentence in sentences for match in re.finditer(",", sentence)}
    assert len(cut) > 1000
    for found in annotator.pipe(Narrative(str(number), text) for number, text in enumerate(sorted(cut))):
        assert all(0 <= start < end <= len(found.text) for start, end in spans(found))

"""One person's narratives beside each other, and what is central in many."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from lxml import etree

from graph.accounts import annotated, everything
from ressenti.errors import InputError
from ressenti.graph import over_time_views as views
from ressenti.graph.centrality import COLUMNS, centralities
from ressenti.graph.over_time import COURSES, name_key, over_time
from ressenti.graph.patterns.rows import tsv
from ressenti.schema import Entity, Mention, Narrative, Role


def narrative(id_: str, *emotions: str, date: object = None, who: str = "NARRATOR", label: str = "", cause: str = "") -> Narrative:
    """A narrative that tells emotions of one who feels them, and who causes them."""
    text = " ".join(emotions)
    mentions, roles = [], []
    for number, emotion in enumerate(emotions, start=1):
        span = (text.index(emotion), text.index(emotion) + len(emotion))
        mentions.append(Mention(number, (span,), emotion, None, emotion, "labelled", "affirmed", "medium", 1.0, "rule:x"))
        roles.append(Role(number, "experiencer", span, who, "rule:x"))
        if cause:
            roles.append(Role(number, "cause", span, cause, "rule:x"))
    entities = [Entity("NARRATOR", "narrateur", ()), *([Entity("E1", label, ())] if label else [])]
    return Narrative(id_, text, [], mentions, roles, entities, {}, {} if date is None else {"date": date})


def rows(found, kind):
    return {row.label: (row.counts, row.course) for row in found.rows if row.kind == kind}


def test_emotions_come_stay_and_go():
    series = [narrative("a", "fear", "joy", "anger"), narrative("b", "joy", "surprise"), narrative("c", "joy", "anger", "love")]
    found = over_time(series)
    assert rows(found, "emotion") == {
        "joy": ((1, 1, 1), "stays"), "anger": ((1, 0, 1), "returns"), "fear": ((1, 0, 0), "goes"), "love": ((0, 0, 1), "comes"),
        "surprise": ((0, 1, 0), "passes"),
    }  # fmt: skip
    assert found.rows[0].label == "joy" and set(COURSES) == {row.course for row in found.rows} and found.by is None


def test_dates_put_them_in_order():
    series = [narrative("juin", "joy", date="1er juin 2026"), narrative("mai", "fear", date="2026-05-03")]
    series[1] = replace(series[1], extra={"metadata": {"date": "2026-05-03"}})
    assert [moment.id for moment in over_time(series).moments] == ["mai", "juin"]
    series[1] = replace(series[1], extra={})
    assert [moment.id for moment in over_time(series).moments] == ["juin", "mai"] and over_time(series).by is None
    with pytest.raises(InputError, match="narrative 'mai': its 'date' is empty"):
        over_time(series, "date")
    with pytest.raises(InputError, match="narrative 'juin': its 'date' is no date"):
        over_time([narrative("juin", "joy", date="un soir d’été"), narrative("mai", "joy", date="2026")])


def test_people_are_known_by_what_they_are_called():
    series = [
        narrative("a", "fear", cause="E1", label="Ma sœur Julie"), narrative("b", "fear", cause="E1", label="Julie"),
        narrative("c", "joy", who="E1", label="ma sœur"), narrative("d", "joy", who="E1", label="une dame"),
    ]  # fmt: skip
    found = over_time(series)
    assert rows(found, "character") == {"Ma sœur Julie": ((1, 1, 1, 0), "goes")}
    assert rows(found, "cause")["Ma sœur Julie"] == ((1, 1, 0, 0), "goes")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Ma mère", "mon mère"), ("maman", "mon mère"), ("sa mère", "sa mère"), ("Le chef", "chef"), ("l’infirmière", "infirmière"),
        ("Nos voisins", "mon voisins"), ("un type", None), ("elle", None), ("", None), ("Zoé", "zoé"),
    ],
)  # fmt: skip
def test_name_keys(label, key):
    assert name_key(label) == key


def test_what_others_feel_is_not_the_narrators():
    found = over_time([narrative("a", "fear", who="E1", label="Léa"), narrative("b", "joy")])
    assert set(rows(found, "emotion")) == {"joy"} and rows(found, "character") == {"Léa": ((1, 0), "goes")}


def test_one_narrative_compares_with_nothing():
    with pytest.raises(InputError, match="1 narrative is too few to compare"):
        over_time([narrative("a", "fear")])


def test_views_say_the_same():
    found = over_time(everything())
    text = views.text(found, "en", 1)
    assert len(text.splitlines()) > len(found.rows) and "are too few to speak of a trend" in text
    header, *table = csv.reader(io.StringIO(tsv(views.rows(found), views.COLUMNS)), delimiter="\t")
    assert tuple(header) == views.COLUMNS and len(table) == len(found.rows) * len(found.moments)
    assert json.loads(json.dumps(found.to_dict()))["narratives"][0] == {"id": "orage", "date": None, "mentions": 5}
    drawn = etree.fromstring(views.svg(found, "fr", 1).encode())
    numbers = [e.text for e in drawn.iter("{*}text") if (e.text or "").isdigit()]
    assert len(numbers) == len(found.moments) + sum(1 for row in found.rows for count in row.counts if count)


def test_a_strip_keeps_what_xml_can_hold():
    drawn = views.svg(over_time([narrative("a", "fear", who="E1", label="<Zoé> \ufffe\ud800 👩‍👩‍👧")] * 2, None))
    labels = [e.text for e in etree.fromstring(drawn.encode()).iter("{*}text")]
    assert "<Zoé> \ufffd\ufffd 👩‍👩‍👧" in labels
    assert "(«\u00a0date\u00a0»)" in views.svg(over_time([narrative("a", "fear", date="2026"), narrative("b", "fear", date="2025")]))


def test_central_emotions_are_counted_by_narrative():
    series = [narrative(str(n), "fear", "anger", cause="E1", label="Paul") for n in range(11)]
    series[0].roles = [*series[0].roles, Role(1, "cause", (0, 1), None, "rule:x")]
    found = centralities(series)
    assert {(one.emotion, one.caused_narratives, one.caused, one.causing) for one in found.emotions} == {
        ("fear", 11, 12, 0), ("anger", 11, 11, 0)
    }  # fmt: skip
    assert all(one.betweenness is None for one in found.emotions) and "Betweenness is not given" in found.report("en")
    assert all(len(row) == len(COLUMNS) for row in found.rows())
    with pytest.raises(InputError, match="3 narratives are too few"):
        centralities(annotated())


def test_betweenness_needs_links_that_narratives_share():
    keys = ["anger", "fear", "joy", "love", "sadness", "surprise"]

    def chained(id_: str) -> Narrative:
        one = narrative(id_, *keys)
        spans = [mention.cue[0] for mention in one.mentions]
        one.roles = [*one.roles]
        for n in range(len(spans)):
            for m, end in enumerate(spans):
                if (m - n) % 6 not in (0, 5):
                    one.roles.append(Role(n + 1, "cause", end, None, "rule:x"))
        return one

    found = centralities([chained(str(n)) for n in range(30)])
    assert found.links >= 20 and all(one.betweenness is not None for one in found.emotions)
    assert any(one.betweenness for one in found.emotions) and "intermédiarité" in found.report()
    once = centralities([chained("0"), *(narrative(str(n), "joy") for n in range(1, 40))])
    assert once.links == 0 and once.emotions[0].betweenness is None

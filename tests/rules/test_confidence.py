"""Every mention and role says how sure it is."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError
from ressenti.evaluation.calibration import DRAW
from ressenti.ontology.tables import read_table
from ressenti.rules.confidence import CLASSES, COLUMNS, TABLE, Confidence, Key, load_confidence

WIDEST = [(kind, name, "*", "*", "0", "0", "0.5") for kind, names in CLASSES.items() for name in names]


def written(tmp_path, *lines):
    file = tmp_path / "confidence.tsv"
    file.write_text("".join("\t".join(line) + "\n" for line in (COLUMNS, *lines)), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (("claim", "labelled", "*", "*", "1", "1", "0.5"), r":10: unknown kind 'claim'; known: mention, role"),
        (("mention", "cause", "*", "*", "1", "1", "0.5"), r":10: unknown class 'cause' of a mention"),
        (("mention", "labelled", "near first", "*", "1", "1", "0.5"), r":10: unknown trait 'near first' of a mention"),
        (("mention", "labelled", "*", "act", "1", "1", "0.5"), r":10: names a rule but no trait"),
        (("mention", "labelled", "*", "*", "1", "1", "0.5"), r":10: says again"),
        (("mention", "labelled", "plain", "act", "1", "1", "1.2"), r":10: the confidence is '1.2', not a number between 0 and 1"),
        (("mention", "labelled", "plain", "act", "1", "1", "high"), r":10: the confidence is 'high'"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path, line, message):
    with pytest.raises(DataError, match=message):
        load_confidence(written(tmp_path, *WIDEST, line))


def test_each_class_needs_a_line(tmp_path):
    with pytest.raises(DataError, match=r"lacks the line of role target"):
        load_confidence(written(tmp_path, *(line for line in WIDEST if line[1] != "target")))


def test_the_narrowest_line_counts(tmp_path):
    lines = [
        ("mention", "labelled", "plain", "*", "9", "8", "0.8"),
        ("mention", "labelled", "plain", "a", "9", "9", "0.9"),
        ("mention", "labelled", "ambiguous", "b", "9", "1", "0.1"),
    ]
    confidence = Confidence((), load_confidence(written(tmp_path, *WIDEST, *lines)))
    wanted = {("plain", "a"): 0.9, ("plain", "b"): 0.8, ("ambiguous", "a"): 0.5, ("ambiguous", "b"): 0.1}
    assert {key: confidence.share(Key("mention", "labelled", *key)) for key in wanted} == wanted


TEXT = "J’ai très peur de l’orage. Il a claqué la porte. Ma mère est morte. Ça m’énerve qu’il soit parti sans rien me dire."


def test_every_mention_and_role_has_a_confidence_and_no_role_is_surer_than_its_mention(annotator):
    found = annotator(TEXT)
    sure = {m.id: m.confidence for m in found.mentions}
    assert len(found.mentions) >= 4
    assert all(0 < value < 1 for value in sure.values())
    assert all(0 < role.confidence <= sure[role.mention] for role in found.roles)


def test_what_is_named_is_surest(annotator):
    sure = {m.mode: m.confidence for m in annotator(TEXT).mentions}
    assert sure["labelled"] == max(sure.values())


def test_the_shipped_shares_are_what_their_counts_say():
    table, seen = load_confidence(), set()
    for _, row in read_table(TABLE, COLUMNS):
        key = Key(row["kind"], row["class"], row["trait"], row["rule"])
        n, right = float(row["n"]), float(row["right"])
        wider = next((table[w] for w in key.wider() if w != key), 0.5)
        draw = DRAW if key.trait != "*" else 2
        assert table[key] == pytest.approx(min(0.99, (right + draw * wider) / (n + draw)), abs=0.002), key
        seen.add((key.kind, key.trait))
    assert {("mention", "plain"), ("mention", "ambiguous"), ("role", "near first"), ("role", "far linked")} <= seen


def test_doubts_are_taken_off(annotator):
    account, found = annotator.examine("J’ai peur de l’orage.")
    mention = next(f for of in account.found for f in of)
    mention.doubts = {"slip": 0.5, "irony": 0.5}
    assert annotator.confidence.of_mention(mention) == pytest.approx(found.mentions[0].confidence / 4, abs=0.01)
    role = mention.roles[0]
    assert annotator.confidence.of_role(account.sentences[0], mention, role) == pytest.approx(found.roles[0].confidence / 4, abs=0.01)


def test_a_role_counts_by_where_it_stands_and_which_path_led_to_it(annotator):
    account, _ = annotator.examine("J’ai peur de l’orage.")
    mention = next(f for of in account.found for f in of)
    keys = {role.role: annotator.confidence.role_key(account.sentences[0], mention, role) for role in mention.roles}
    assert keys["experiencer"].trait.startswith("near ")
    linked = mention.roles[0]
    linked.path = None
    assert annotator.confidence.role_key(account.sentences[0], mention, linked).trait == "near linked"
    assert annotator.confidence.role_key(object(), mention, linked).trait == "far linked"

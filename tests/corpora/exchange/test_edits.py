"""What people add, change and take away in another tool, and what cannot be used, with file, line and reason."""

import json
import re

import pytest

from graph.accounts import annotated, odd
from ressenti.corpora.exchange import FORMATS
from ressenti.corpora.exchange.assemble import emotion_key
from ressenti.corpora.exchange.reading import Imports

ENDINGS = {"brat": ".ann", "xmi": ".xmi", "cas-json": ".json", "webanno": ".tsv"}
TEXT = "J’ai eu peur 😀 du chien.\r\nMa mère riait."


def imported(*paths, **options):
    said = []
    run = Imports([*map(str, paths)], say=said.append, others={}, **options)
    return [*run], said, run


def brat(folder, lines, text=TEXT):
    (folder / "recit.txt").write_bytes(text.encode())
    (folder / "recit.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return imported(folder)


def test_a_collection_that_brat_made_alone(tmp_path):
    [found], said, _ = brat(
        tmp_path,
        [
            "T1\tFear 8 12\tpeur",
            "T2\tArgument 0 2\tJ’",
            "T3\tEntity 15 23\tdu chien",
            "R1\tExperiencer Arg1:T1 Arg2:T2",
            "R2\tcause Arg1:T3 Arg2:T1",
            "T4\tcolère 34 39\triait",
            "A1\tstatus T1 negated",
            "A2\twish T1",
            "#1\tAnnotatorNotes T1\tà revoir",
        ],
    )
    fear, anger = found.mentions
    assert (fear.emotion, fear.cue, fear.mode, fear.status, fear.intensity) == ("fear", ((8, 12),), "labelled", "negated", "medium")
    assert fear.extra == {"wish": True, "review": {"note": "à revoir"}} and fear.source == "review:brat" and fear.confidence == 1.0
    assert (anger.id, anger.emotion, anger.secondary, anger.primary) == (2, "anger", None, "anger")
    assert [(r.role, found.text[slice(*r.span)]) for r in found.roles] == [("experiencer", "J’"), ("cause", "du chien")]
    assert [(e.id, e.label) for e in found.entities] == [("E1", "du chien")]
    assert not said and found.id == "recit" and "\r\n" in found.text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("T1\tPerson 0 2\tJ’", "recit.ann:1: T1: 'Person' is not an emotion of TONE"),
        ("T1\tfear 8 99\tpeur", r"recit.ann:1: T1: left out: \[8, 99\] is not a part of the text, which has 40 characters"),
        ("T1\tfear 8\tpeur", "recit.ann:1: not a line of brat's format"),
        ("A1\tmode T7 labelled", "recit.ann:1: .*of an annotation that is not there"),
        ("R1\tcause Arg1:T1 Arg2:T2", "recit.ann:1: R1: one of its two ends is not there"),
        ("T1\tArgument 0 2\tJ’", "recit.ann:1: T1: no emotion has this as a role"),
        ("what is this", "recit.ann:1: not a line of brat's format"),
    ],
)
def test_what_cannot_be_used_is_told(line, why, tmp_path):
    [found], [said], run = brat(tmp_path, [line])
    assert not found.mentions and run.left_out == 1
    assert re.search(why, said), said
    assert "peur" not in said


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_marks_of_a_text_that_was_changed_since_are_refused(bom, tmp_path):
    shift = len(bom)
    lines = [f"T1\tArgument {shift} {2 + shift}\tJ’", f"T2\tfear {8 + shift} {12 + shift}\tpeur"]
    found, said, run = brat(tmp_path, lines, bom + TEXT.replace("eu peur", "bien eu peur"))
    assert (found, run.failed) == ([], 1)
    assert "recit.ann:2: T2: other words stand there in recit.txt" in said[0] and "peur" not in said[0]
    assert not brat(tmp_path, lines[1:], bom + TEXT)[1]


def test_blanks_and_line_ends_in_the_words_beside_a_mark_may_be_others(tmp_path):
    [found], said, _ = brat(tmp_path, ["T1\tjoy 26 33;34 39\tMa  mère riait", "T2\tfear 15 33\tdu chien.  Ma mère"], TEXT)
    assert not said and len(found.mentions) == 2


def test_values_that_are_not_known_are_taken_for_the_usual_ones(tmp_path):
    [found], said, _ = brat(tmp_path, ["T1\tfear 8 12\tpeur", "A1\tstatus T1 perhaps", "A2\ttime T1 then"])
    assert found.mentions[0].status == "affirmed" and "time" not in found.mentions[0].extra
    assert "status 'perhaps' is not known (affirmed, negated, hypothetical); taken for affirmed" in said[0]
    assert "time 'then' is not known" in said[1]


@pytest.mark.parametrize(
    ("lines", "status", "told"),
    [
        (["A1\tnegated T1"], "negated", []),
        (["A1\tNegation T1"], "negated", []),
        (["A1\thypothetical T1"], "hypothetical", []),
        (["A1\tnegated T1", "A2\tstatus T1 negated"], "negated", []),
        (
            ["A1\tnegated T1", "A2\tstatus T1 affirmed"],
            "affirmed",
            ["recit.ann:2: A1: the attribute 'negated' contradicts the status 'affirmed'"],
        ),
        (["A1\tPolarity T1 negative"], "affirmed", ["recit.ann:2: A1: the attribute 'Polarity' with the value 'negative' is none of ours"]),
        (["A1\tnegated T1 no"], "affirmed", ["recit.ann:2: A1: the attribute 'negated' with the value 'no' is none of ours"]),
        (["A1\tcertain T1"], "affirmed", ["recit.ann:2: A1: the attribute 'certain' is none of ours"]),
        (["N1\tReference T1 Wikipedia:534366\tpeur"], "affirmed", ["recit.ann:2: N1: a link to 'Wikipedia', which is none of ours"]),
    ],
)
def test_attributes_of_another_scheme_are_the_status_or_told(lines, status, told, tmp_path):
    [found], said, _ = brat(tmp_path, ["T1\tfear 8 12\tpeur", *lines])
    assert found.mentions[0].status == status
    assert len(said) == len(told) and all(why in text for why, text in zip(told, said, strict=True)), said


def test_attributes_of_what_is_no_emotion_are_told(tmp_path):
    _, [said], _ = brat(tmp_path, ["T1\tfear 8 12\tpeur", "T2\tArgument 0 2\tJ’", "R1\texperiencer Arg1:T1 Arg2:T2", "A1\tnegated T2"])
    assert "recit.ann:4: A1: the attribute 'negated' of T2, which is not an emotion; left out" in said


def test_brats_events_and_pieces(tmp_path):
    lines = ["T1\tfear 5 7;8 12\teu peur", "T2\tArgument 0 2\tJ’", "E1\tfear:T1 Experiencer2:T2", "A1\tintensity E1 high"]
    [found], said, _ = brat(tmp_path, lines)
    assert found.mentions[0].cue == ((5, 7), (8, 12)) and found.mentions[0].intensity == "high"
    assert [(r.mention, r.role) for r in found.roles] == [(1, "experiencer")] and not said


def test_a_byte_order_mark_that_brat_counts(tmp_path):
    [found], _, _ = brat(tmp_path, ["T1\tfear 9 13\tpeur"], "\ufeff" + TEXT)
    assert found.text == TEXT and found.mentions[0].cue == ((8, 12),)


def test_a_span_over_a_line_end_is_one(tmp_path):
    [found], _, _ = brat(tmp_path, ["T1\tfear 18 24;26 32\tchien. Ma mèr"])
    assert found.mentions[0].cue == ((18, 32),)


@pytest.mark.parametrize(
    ("missing", "why"), [("recit.txt", "no such file; brat's annotations"), ("recit.ann", "no annotations that are known")]
)
def test_half_a_document(missing, why, tmp_path):
    brat(tmp_path, [])
    (tmp_path / missing).unlink()
    found, [said], run = imported(tmp_path)
    assert not found and why in said and run.failed == 1


def edited(form, narrative, folder):
    with FORMATS[form].open(str(folder)) as writer:
        writer.write(narrative)
        writer.keep()
    return next(path for path in folder.iterdir() if path.stem.startswith(narrative.id[:3]) and path.suffix == ENDINGS[form])


def test_changes_in_brat(tmp_path):
    narrative = annotated()[0]
    path = edited("brat", narrative, tmp_path / "out")
    text = path.read_text(encoding="utf-8")
    text = text.replace("A2\tstatus T1 affirmed", "A2\tstatus T1 negated").replace("T3\tfury ", "T3\tannoyance ")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("R1\t"))
    path.write_text(text + "T90\tjoy 0 4\tJ’ai\n", encoding="utf-8")
    [found], said, _ = imported(path, reviewer="Zoé")
    before = {m.id: m for m in narrative.mentions}
    now = {m.id: m for m in found.mentions}
    assert [m.id for m in found.mentions] == [6, 1, 2, 3, 4, 5] and not said
    assert (now[1].status, now[1].source, now[1].confidence, now[1].extra) == ("negated", "review:Zoé", 1.0, before[1].extra)
    assert (now[3].emotion, now[3].secondary, now[3].source) == ("annoyance", "irritation", "review:Zoé")
    assert [now[i] for i in (2, 4, 5)] == [before[i] for i in (2, 4, 5)]
    assert (now[6].emotion, now[6].mode) == ("joy", "labelled")
    assert [r.to_dict() for r in found.roles] == [r.to_dict() for r in narrative.roles[1:]]


def test_a_mention_that_is_gone_is_no_longer_ambivalent_with_another(tmp_path):
    path = edited("brat", odd(), tmp_path / "out")
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(line for line in lines if " T4 " not in line and not line.startswith("T4\t") and ":T4 " not in line))
    [found], _, _ = imported(path)
    assert [m.id for m in found.mentions] == [1, 2, 3] and found.mentions[1].extra == {}


def test_changes_in_a_cas(tmp_path):
    import cassis

    narrative = annotated()[0]
    path = edited("xmi", narrative, tmp_path / "out")
    types = cassis.load_typesystem(path.with_name("TypeSystem.xml"))
    theirs = types.create_type("webanno.custom.Theirs")
    types.create_feature(types.get_type("ressenti.Mention"), "polarity", "uima.cas.String")
    cas = cassis.load_cas_from_xmi(path.read_text(encoding="utf-8"), types)
    first = cas.select("ressenti.Mention")[0]
    first.status, first.emotion, first.note = "negated", "Panique", "sûre"
    argument = types.get_type("ressenti.Argument")(begin=24, end=32, entity="E1")
    link = types.get_type("ressenti.MentionRolesLink")(role="target", target=argument)
    first.polarity = "negative"
    new = types.get_type("ressenti.Mention")(begin=41, end=43, emotion="joy", roles=types.get_type("uima.cas.FSArray")(elements=[link]))
    cas.add_all([argument, new, theirs(begin=0, end=2), types.get_type("ressenti.Mention")(begin=0, end=2)])
    cas.to_xmi(path)
    types.to_xml(path.with_name("TypeSystem.xml"))
    [found], said, _ = imported(tmp_path / "out", reviewer="Zoé")
    assert sorted(said) == [
        f"{path}: 1 annotations of the layer webanno.custom.Theirs left out: it is none of ours",
        f"{path}: 1 values of 'polarity' on the layer ressenti.Mention left out: the feature is none of ours",
        f"{path}: Mention at 0: left out: '' is not an emotion of TONE (a key, or a French or English label)",
    ]
    assert (found.mentions[0].emotion, found.mentions[0].status, found.mentions[0].source) == ("panic", "negated", "review:Zoé")
    assert found.mentions[0].extra["review"] == {"note": "sûre"}
    new = next(m for m in found.mentions if m.id == 6)
    assert [(r.role, r.span, r.entity, r.source) for r in found.roles if r.mention == new.id] == [("target", (24, 32), "E1", "review:Zoé")]
    assert [m for m in found.mentions if m.id in (2, 3, 4, 5)] == list(narrative.mentions[1:])


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("@target", "ressenti.Narrative is used as a stretch of text, but stands nowhere in it"),
        ("@roles", "roles is no list of links"),
    ],
)
def test_links_of_a_cas_that_lead_nowhere(tmp_path, key, why):
    path = edited("cas-json", annotated()[0], tmp_path / "out")
    data = json.loads(path.read_text(encoding="utf-8"))
    structures = data["%FEATURE_STRUCTURES"]
    record = next(fs["%ID"] for fs in structures if fs["%TYPE"] == "ressenti.Narrative")
    for fs in structures:
        if key in fs:
            fs[key] = record
    path.write_text(json.dumps(data), encoding="utf-8")
    found, said, run = imported(path)
    assert not found and run.failed == 1 and why in said[0] and str(path) in said[0]


def test_changes_in_webanno(tmp_path):
    path = edited("webanno", annotated()[0], tmp_path / "out")
    lines = path.read_text(encoding="utf-8").split("\n")
    lines = [line.replace("\tfear\tlabelled\taffirmed", "\tsadness\tlabelled\tnegated") for line in lines]
    path.write_text("\r\n".join(lines), encoding="utf-8")
    [found], said, _ = imported(path)
    assert not said and found.text == annotated()[0].text
    assert (found.mentions[0].emotion, found.mentions[0].status, found.mentions[0].source) == ("sadness", "negated", "review:webanno")
    assert [m.to_dict() for m in found.mentions[1:]] == [m.to_dict() for m in annotated()[0].mentions[1:]]
    assert [r.to_dict() for r in found.roles] == [r.to_dict() for r in annotated()[0].roles]


def test_webanno_as_its_guide_shows_it(tmp_path):
    """Layers of others, several on a token, parts of tokens, emoji, escapes, a slot that points to a numbered span."""
    (tmp_path / "a.tsv").write_text(
        "#FORMAT=WebAnno TSV 3.3\n"
        "#T_SP=webanno.custom.Other|one|two\n"
        "#T_SP=ressenti.Mention|emotion|reported|polarity|ROLE_ressenti.Mention:roles_ressenti.MentionRolesLink|ressenti.Argument\n"
        "#T_SP=ressenti.Argument|\n"
        "#T_RL=webanno.custom.Rel|BT_webanno.custom.Other\n"
        "\n\n"
        "#Text=😀 J’ai peur\\tbien\n"
        "1-1\t0-2\t😀\tx\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
        "1-2\t3-5\tJ’\t_\t_\t_\t_\t_\t_\t_\t*[1]\t_\t\n"
        "1-3\t5-7\tai\t_\t_\tanger\ta\\_b\\|c\\\\\tnegative\tcause;experiencer\t1-4;1-2[1]\t*[1]\t_\t\n"
        "1-4\t8-12\tpeur\t_\t_\tfear[2]|joy[3]\t*[2]|*[3]\t*[2]|*[3]\t_[2]|_[3]\t*|*\t*[4]|*[5]\t_\t\n"
        "1-5\t13-17\tbien\t_\t_\tfear[2]\t*[2]\t*[2]\t_[2]\t*\t_\t_\t\n"
        "1-5.1\t13-15\tbi\t_\t_\tlove\t*\t*\t_\t*\t_\t_\t\n"
        "\n"
        "#Text=Suite.\n"
        "2-1\t20-25\tSuite\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n",
        encoding="utf-8",
    )
    [found], said, _ = imported(tmp_path / "a.tsv")
    assert found.text == "😀 J’ai peur\tbien\n  Suite."
    assert [(m.emotion, found.text[slice(*m.cue[0])]) for m in found.mentions] == [
        ("anger", "ai"), ("joy", "peur"), ("fear", "peur\tbien"), ("love", "bi"),
    ]  # fmt: skip
    assert found.mentions[0].extra == {"reported": "a_b|c\\"}
    assert [(r.mention, r.role, found.text[slice(*r.span)]) for r in found.roles] == [(1, "experiencer", "J’ai"), (1, "cause", "peur")]
    assert len(said) == 4  # two layers, a feature, and an argument of nothing
    assert any("1 values of 'polarity' on the layer ressenti.Mention left out" in text for text in said)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xmi", "<xmi:XMI", "a.xmi:1: not a CAS that can be read"),
        ("a.xmi", '<a xmlns="urn:b"/>', "a.xmi: "),
        ("a.json", '{"%TYPES": {}, "%FEATURE_STRUCTURES": 3}', "a.json: not a CAS"),
        ("a.tsv", "#FORMAT=WebAnno TSV 2.0\n", "a.tsv:1: not WebAnno TSV 3"),
        ("a.tsv", "id\ttext\n", "a.tsv: not known by its ending and its beginning"),
        ("a.doc", "", "a.doc: not known by its ending"),
        ("none.ann", None, "none.ann: no such file"),
    ],
)
def test_files_that_cannot_be_read(name, content, why, tmp_path):
    if content is not None:
        (tmp_path / name).write_text(content)
    found, said, run = imported(tmp_path / name)
    assert not found and why in said[0] and run.failed == 1


def test_files_that_are_not_utf8(tmp_path):
    head = b"\xef\xbb\xbf#FORMAT=WebAnno TSV 3.3\n"
    (tmp_path / "a.tsv").write_bytes(head + b"\xe9")
    (tmp_path / "b.txt").write_bytes(b"J\xe9")
    (tmp_path / "b.ann").write_bytes(b"")
    found, said, run = imported(tmp_path / "a.tsv", tmp_path / "b.ann")
    assert not found and run.failed == 2
    assert said[0].endswith(f"a.tsv: byte {len(head) + 1} is not UTF-8, which WebAnno TSV is in")
    assert said[1].endswith("b.txt: byte 2 is not UTF-8, which brat needs")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("joy", "joy"),
        ("Joie", "joy"),
        ("https://w3id.org/ressenti/tone#SelfPity", None),
        ("tone:Fear", "fear"),
        ("COLÈRE", "anger"),
        ("nothing", None),
    ],
)
def test_names_of_emotions(name, key):
    assert emotion_key(name) == key

from dataclasses import replace

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import VOCABULARY, load_vocabulary
from ressenti.vocab_builder.promotion.promote import check_table, grown, promote, settle
from ressenti.vocab_builder.promotion.usual import Habits
from ressenti.vocab_builder.review.decisions import SHIPPED, Decision, append, read_decisions

EMOTIONS = load_emotions()
HEADER = "term\tpos\temotion\tconstruction\tmode\tintensity\tregister\tregion\tcondition"
LINES = (
    "anxieux ADJ nervousness adj-cause labelled medium standard",
    "effrayant ADJ fright adj-stimulus labelled medium standard",
    "frayeur NOUN fright noun-cause labelled medium standard",
    "haine NOUN hate noun-target labelled high standard",
)
TABLE = "".join(f"{line}\n" for line in (HEADER, *("\t".join((*line.split(), "", "")) for line in LINES)))


def decided(term, pos="NOUN", emotion="fear", decision="correct", reviewer="Anna", date="2026-11-26T10:00:00+01:00", **rest):
    emotion = "" if decision in ("not-emotional", "unsure") else emotion
    return Decision(term, pos, decision, emotion, reviewer=reviewer, date=date, **rest)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mots.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def vocabulary(table):
    return load_vocabulary(table)


def test_a_line_says_where_it_comes_from(vocabulary):
    made = decided("frousse imaginaire", register="familiar", similarity="0.713", sources="thesaurus+corpus", how="bulk")
    assert promote([made], vocabulary, EMOTIONS).rows == [
        {
            "term": "frousse imaginaire", "pos": "NOUN", "emotion": "fear", "construction": "noun-cause", "mode": "labelled",
            "intensity": "medium", "register": "familiar", "region": "", "condition": "", "origin": "thesaurus+corpus",
            "similarity": "0.713", "decision": "accepted", "reviewer": "Anna", "date": "2026-11-26",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "pos", "emotion", "construction"),
    [
        ("terrifiant", "ADJ", "terror", "adj-stimulus"),
        ("froussard", "ADJ", "fear", "adj-cause"),
        ("détestation", "NOUN", "hate", "noun-target"),
        ("avoir la trouille", "VERB", "fear", "subj"),
        ("rendre furibard", "VERB", "rage", "obj"),
        ("craintivement", "ADV", "fear", "adverb"),
        ("saperlotte", "INTJ", "surprise", "interjection"),
    ],
)
def test_what_nobody_decided_is_taken_from_entries_alike(term, pos, emotion, construction):
    usual = Habits(load_vocabulary(), EMOTIONS).usual(term, pos, emotion)
    assert (usual.construction, usual.mode) == (construction, "displayed" if pos == "INTJ" else "labelled")


def test_without_entries_the_part_of_speech_decides():
    assert Habits([], EMOTIONS).usual("peur", "NOUN", "fear").construction == "noun-cause"


def test_what_is_there_is_not_added_again(vocabulary):
    made = [decided("frayeur"), decided("haine", emotion="hate", construction="noun-target"), decided("anxieux", "ADJ", "worry")]
    found = promote(made, vocabulary, EMOTIONS)
    assert not found.rows and [d.term for d, _ in found.there] == ["anxieux", "frayeur", "haine"]


def test_another_construction_or_condition_is_another_entry(vocabulary):
    made = [decided("frayeur", construction="noun-act"), decided("haine", emotion="anger", condition="beside: loup")]
    assert [row["term"] for row in promote(made, vocabulary, EMOTIONS).rows] == ["frayeur", "haine"]


def test_a_second_primary_is_refused_unless_forced(vocabulary):
    made = [decided("anxieux", "ADJ", "sadness", construction="adj-target")]
    found = promote(made, vocabulary, EMOTIONS)
    assert not found.rows and [(c.decision.term, c.entry.emotion) for c in found.conflicts] == [("anxieux", "nervousness")]
    forced = promote(made, vocabulary, EMOTIONS, force=True)
    assert [row["emotion"] for row in forced.rows] == ["sadness"] and [c.taken for c in forced.conflicts] == [True]


def test_not_even_force_puts_two_primaries_into_one_construction(vocabulary):
    made = [decided("anxieux", "ADJ", "sadness", construction="adj-cause")]
    for force in (False, True):
        found = promote(made, vocabulary, EMOTIONS, force=force)
        assert not found.rows and not found.there and [(c.alike, c.taken) for c in found.conflicts] == [(True, False)]


@pytest.mark.parametrize(
    ("second", "agreed"),
    [
        (decided("trac", reviewer="Ben", date="2026-11-27T10:00:00+01:00"), "Anna+Ben"),
        (decided("trac", decision="unsure", reviewer="Ben"), "Anna"),
        (decided("trac", emotion="joy", reviewer="Ben", how="bulk"), "Anna"),
        (decided("trac", emotion="terror", decision="narrower", reviewer="Ben"), ""),
        (decided("trac", decision="not-emotional", reviewer="Ben"), ""),
        (decided("trac", emotion="joy", decision="other", reviewer="Anna"), "Anna"),
    ],
)
def test_reviewers_must_agree(second, agreed):
    found, disputed = settle([decided("trac"), second])
    assert "".join(d.reviewer for d in found) == agreed and bool(disputed) == (not agreed)


def test_one_reviewers_word_can_be_made_to_count(vocabulary):
    made = [decided("trac"), decided("trac", emotion="joy", reviewer="Ben")]
    assert not promote(made, vocabulary, EMOTIONS).rows
    assert [(r["emotion"], r["reviewer"]) for r in promote(made, vocabulary, EMOTIONS, reviewer="Ben").rows] == [("joy", "Ben")]


def test_what_was_taken_back_does_not_count(vocabulary):
    made = [decided("trac"), replace(decided("trac"), decision="open", emotion="")]
    assert not promote(made, vocabulary, EMOTIONS).rows


def test_the_lines_that_are_there_stay_as_they_are(table):
    rows = promote([decided("effroi"), decided("zut", "INTJ", "anger")], load_vocabulary(table), EMOTIONS).rows
    lines = grown(rows, table).splitlines()
    assert [line.split("\t")[0] for line in lines] == ["term", "anxieux", "effrayant", "effroi", "frayeur", "haine", "zut"]
    old = [line for line in lines if line.split("\t")[0] in ("anxieux", "effrayant", "frayeur", "haine")]
    assert [line.removesuffix("\t\t\taccepted\t\t") for line in old] == TABLE.splitlines()[1:]
    assert grown([], table) == TABLE


def test_a_table_that_is_not_sorted_gets_its_lines_at_the_end(table):
    table.write_text(TABLE.replace("anxieux", "# un mot\nzélé"), encoding="utf-8")
    lines = grown(promote([decided("effroi")], load_vocabulary(table), EMOTIONS).rows, table).splitlines()
    assert [line.split("\t")[0] for line in lines] == ["term", "# un mot", "zélé", "effrayant", "frayeur", "haine", "effroi"]


def test_the_shipped_record_says_what_the_shipped_table_says():
    promotion = promote(read_decisions(SHIPPED), load_vocabulary(), load_emotions())
    assert (promotion.rows, promotion.conflicts, promotion.disputed) == ([], [], [])
    assert [(d.term, d.emotion, e.emotion) for d, e in promotion.there if d.emotion != e.emotion] == []


def test_the_shipped_table_grows_without_a_change_to_its_lines():
    before = VOCABULARY.read_text(encoding="utf-8").splitlines()
    after = grown(promote([decided("frousse imaginaire")], load_vocabulary(), EMOTIONS).rows, VOCABULARY).splitlines()
    line = "frousse imaginaire\tNOUN\tfear\tnoun-cause\tlabelled\tmedium\tstandard\t\t\tmanual\t\taccepted\tAnna\t2026-11-26"
    assert after.count(line) == 1 and [other for other in after if other != line] == before


@pytest.mark.parametrize(("term", "said"), [("peur/Z bleue", "unknown mark"), ("", "the term is empty")])
def test_a_table_that_would_not_load_is_refused(tmp_path, term, said):
    row = dict.fromkeys(("origin", "similarity", "decision", "reviewer", "date"), "") | {"term": term, "pos": "NOUN"}
    row |= dict(zip(HEADER.split("\t")[2:], ["fear", "noun-cause", "labelled", "low", "standard", "", ""], strict=True))
    with pytest.raises(DataError, match=rf"mots.tsv:2: .*{said}.*nothing was written"):
        check_table(grown([row]), tmp_path / "mots.tsv", EMOTIONS)


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "decisions.tsv"
    append(path, [decided("frousse imaginaire"), decided("chaise", decision="not-emotional")])
    return path


def run(*arguments):
    return CliRunner().invoke(cli, ["vocab", "promote", *map(str, arguments)])


def test_the_command_writes_a_table_of_its_own(record, tmp_path):
    done = run(record, "-o", tmp_path / "neuf.tsv")
    assert done.exit_code == 0, done.output
    assert [e.term for e in load_vocabulary(tmp_path / "neuf.tsv")] == ["frousse imaginaire"]
    assert "1 new" in done.stderr and "1 not emotional" in done.stderr and "annotate --vocabulary" in done.stderr
    first = (tmp_path / "neuf.tsv").read_bytes()
    assert run(record, "-o", tmp_path / "neuf.tsv").exit_code == 0 and (tmp_path / "neuf.tsv").read_bytes() == first
    assert run(record).stdout.encode() == first


def test_the_command_grows_a_table_in_place_and_only_once(record, table):
    assert run(record, "--vocabulary", table).exit_code == 0
    once = table.read_bytes()
    assert "frousse imaginaire" in [e.term for e in load_vocabulary(table)]
    assert "0 new" in run(record, "--vocabulary", table).stderr and table.read_bytes() == once


def test_the_command_leaves_out_what_is_disputed_and_says_so(record, tmp_path):
    append(record, [decided("frousse imaginaire", emotion="joy", reviewer="Ben")])
    done = run(record, "-o", tmp_path / "neuf.tsv")
    assert done.exit_code == 1 and "Anna: fear; Ben: joy" in done.stderr and not load_vocabulary(tmp_path / "neuf.tsv")
    assert run(record, "-o", tmp_path / "neuf.tsv", "--reviewer", "Ben").exit_code == 0
    assert run(record, "--reviewer", "Zoé").exit_code == 2


def test_nonsense_leaves_everything_as_it_was(record, table, tmp_path):
    broken = tmp_path / "faux.tsv"
    broken.write_text(record.read_text(encoding="utf-8").replace("fear", "fère"), encoding="utf-8")
    done = run(broken, "--vocabulary", table)
    assert done.exit_code == 3 and "faux.tsv:2: unknown emotion 'fère'" in done.stderr
    assert table.read_text(encoding="utf-8") == TABLE
    assert run(tmp_path / "none.tsv").exit_code == 3 and run(record, "-o", record).exit_code == 2

from __future__ import annotations

import sys

import pytest

from ressenti.vocab_builder.proposals_file import write_proposals
from ressenti.vocab_builder.review.decisions import latest, read_decisions
from vocab_builder.proposed import ORDER, PROPOSALS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")


@pytest.fixture
def sit(tmp_path):
    from vocab_builder.terminal import Sitting

    (tmp_path / "proposals.jsonl").write_text(write_proposals(PROPOSALS), encoding="utf-8")
    sittings = []

    def start(*more: str, **environment) -> Sitting:
        arguments = ("vocab", "review", "proposals.jsonl", "--decisions", "decisions.tsv", "--reviewer", "Anne", *more)
        sittings.append(Sitting(*arguments, cwd=tmp_path, **environment))
        return sittings[-1]

    yield start
    for sitting in sittings:
        if sitting.process.poll() is None:
            sitting.kill()


def decided(folder) -> dict[str, tuple[str, str]]:
    return {term: (d.decision, d.emotion) for (term, _), d in latest(read_decisions(folder / "decisions.tsv")).items()}


def test_each_key_decides_and_what_is_left_is_asked_the_next_time(sit, tmp_path):
    s = sit()
    shown = s.see("q quit")
    assert "allégresse" in shown and "0 of 5 decided" in shown and "█" in shown
    s.press("c")
    shown = s.see("q quit")
    assert "allégresse → joie (correct)" in shown and "1 of 5 decided · 1 today" in shown
    s.press("1")
    assert "left open" in s.see("q quit")
    s.press("x")
    s.see("q quit")
    s.press("q")
    assert s.end() == 0
    assert decided(tmp_path) == {"allégresse": ("correct", "joy"), "courroux": ("narrower", "rage"), "table": ("not-emotional", "")}
    s = sit()
    shown = s.see("q quit")
    assert "épouvantable" in shown and "3 of 5 decided · 3 today" in shown and "Un cri épouvantable l’éveilla." in shown
    s.press("b")
    s.see("q quit")
    s.press("s")
    s.see("Nothing is left to decide, 1 skipped")
    s.press("z")
    assert s.end() == 0
    assert decided(tmp_path)["épouvantable"] == ("broader", "fear")


def test_undo_goes_back_over_the_end_of_a_sitting_and_the_record_only_grows(sit, tmp_path):
    s = sit()
    for shown in ("allégresse", "courroux"):
        assert shown in s.see("q quit")
        s.press("c")
    s.see("q quit")
    s.press("q")
    s.end()
    before = (tmp_path / "decisions.tsv").read_bytes()
    s = sit()
    s.see("q quit")
    for term in ("courroux", "allégresse"):
        s.press("u")
        assert term in s.see("taken back: correct")
        s.see("q quit")
    s.press("u")
    s.see("you have decided nothing here that could be taken back")
    s.see("q quit")
    s.press("\x03")
    assert s.end() == 130
    assert decided(tmp_path) == {}
    after = (tmp_path / "decisions.tsv").read_bytes()
    assert after.startswith(before) and after.count(b"\topen\t") == 2


def test_choosing_by_name_by_number_and_by_part_of_a_name(sit, tmp_path):
    s = sit()
    for key, answers, seen in (
        ("o", ["zzz", "tri", ""], "allégresse"),  # nothing of that name; several; back
        ("o", ["fiert"], "allégresse → joie › fierté (narrower)"),  # begins the label of one
        ("n", ["peur", "2"], "(narrower)"),  # not below anger; the second of the list
        ("o", ["Tristesse"], "table → tristesse (other)"),
        ("b", [], "épouvantable → peur (broader)"),
        ("b", ["2"], "frissonner → peur (broader)"),
    ):
        s.see("q quit")
        s.press(key)
        for answer in answers:
            s.see("(Enter goes back)")
            s.press(f"{answer}\r")
            if answer in ("zzz", "peur"):
                s.see(f"nothing here is called '{answer}'")
        s.see(seen)
    s.see("Nothing is left to decide")
    s.press("z")
    assert s.end() == 0
    made = decided(tmp_path)
    assert made["allégresse"] == ("narrower", "pride") and made["courroux"][0] == "narrower" and made["frissonner"] == ("broader", "fear")


def test_details_go_with_the_decision(sit, tmp_path):
    s = sit()
    s.see("q quit")
    s.press("e")
    for answer, seen in (
        ("intensity enormous", "unknown intensity 'enormous'; write one of low, medium, high"),
        ("int high", "high   low|"),
        ("cons obj", "goes with no NOUN"),
        ("con x", "may be construction or condition"),
        ("note l’allégresse \"dit\" la joie", "la joie   your"),
        ("mode labelled", "labelled   lab"),
        ("mode -", "as usual   lab"),
        ("", "intensity = high, note = l’allégresse"),
    ):  # fmt: skip
        s.see("(Enter when done)")
        s.press(answer + "\r")
        s.see(seen)
    s.press("c")
    s.see("courroux")
    s.press("q")
    assert s.end() == 0
    made = latest(read_decisions(tmp_path / "decisions.tsv"))["allégresse", "NOUN"]
    assert (made.intensity, made.note, made.mode, made.how, made.reviewer) == ("high", 'l’allégresse "dit" la joie', "", "one", "Anne")


def test_nothing_is_lost_when_it_is_killed_or_its_window_is_closed(sit, tmp_path):
    for n, (way, term, following) in enumerate(zip(("kill", "hang_up"), ORDER, ORDER[1:], strict=False), start=1):
        s = sit()
        assert term in s.see("q quit")
        s.press("x")
        assert following in s.see("q quit")
        getattr(s, way)()
        assert len(decided(tmp_path)) == n


def test_keys_typed_before_a_page_is_there_do_not_count(sit, tmp_path):
    s = sit()
    s.press("cccc")  # while it starts
    assert "0 of 5 decided" in s.see("q quit")
    s.press("cxx")  # of keys that come together the first counts
    assert "1 of 5 decided" in s.see("q quit")
    s.press("\x1b[A")  # an arrow is no decision and does not end
    assert "1 of 5 decided" in s.see("q quit")
    s.press("q")
    s.end()
    assert decided(tmp_path) == {"allégresse": ("correct", "joy")}


@pytest.mark.parametrize(("columns", "lines"), [(81, 24), (60, 18), (132, 50)])
def test_the_page_fits_and_is_drawn_anew_when_the_window_changes(sit, columns, lines):
    s = sit(columns=80, lines=24)
    s.see("q quit\n")
    s.resize(columns, lines)
    rows = s.see("q quit\n").split("\n")[:-1]
    assert len(rows) == lines - 1 and max(map(len, rows)) <= columns
    s.press("q")
    assert s.end() == 0


@pytest.mark.parametrize(("environment", "plain"), [({"NO_COLOR": "1"}, True), ({"TERM": "dumb"}, True), ({}, False)])
def test_colours_only_where_they_are_wanted(sit, environment, plain):
    s = sit("--only", "horreur", **environment)
    assert ("[épouvantable]" in s.see("q quit")) is plain
    assert ("\x1b[1" in s.raw) is not plain
    assert ("\x1b[2J" in s.raw) is (environment.get("TERM") != "dumb")

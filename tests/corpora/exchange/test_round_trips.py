"""What goes to another tool comes back as it was."""

import pytest
from hypothesis import HealthCheck, assume, given, settings

from corpora.exchange.narratives import narratives
from graph.accounts import everything
from ressenti.corpora.exchange import FORMATS
from ressenti.corpora.exchange.brat import standoff
from ressenti.corpora.exchange.reading import Imports
from ressenti.schema import Narrative

LOSSLESS = ("brat", "xmi", "cas-json")
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def there_and_back(form, folder, *several):
    """The narratives read again, and what was said."""
    with FORMATS[form].open(str(folder)) as writer:
        for narrative in several:
            writer.write(narrative)
        writer.keep()
    said = []
    return [*Imports([str(folder)], say=said.append, others={})], said


@pytest.mark.parametrize("form", LOSSLESS)
def test_nothing_is_lost(form, tmp_path):
    back, said = there_and_back(form, tmp_path / "out", *everything())
    assert not said
    assert {n.id: n.to_dict() for n in back} == {n.id: n.to_dict() for n in everything()}


@pytest.mark.parametrize("form", LOSSLESS)
@given(narrative=narratives())
@ANY
def test_nothing_of_any_narrative_is_lost(form, narrative, tmp_path_factory):
    back, said = there_and_back(form, tmp_path_factory.mktemp("any") / "out", narrative)
    assert not said
    assert back[0].to_dict() == narrative.to_dict()


@given(narrative=narratives(blank=False))
@ANY
def test_webanno_keeps_text_marks_and_roles(narrative, tmp_path_factory):
    assume(not any("\r" in value for e in narrative.entities for value in (e.id, e.label)))  # the format has no way to write it
    assume(not any("\r" in str(m.extra.get("reported")) for m in narrative.mentions))
    back, said = there_and_back("webanno", tmp_path_factory.mktemp("any") / "out", narrative)
    assert not said
    for part in ("text", "mentions", "roles", "components"):
        assert back[0].to_dict()[part] == narrative.to_dict()[part]
    assert {e.id: set(e.mentions) for e in back[0].entities} == {e.id: set(e.mentions) for e in narrative.entities if e.mentions}


@pytest.mark.parametrize(
    "text", ["Ligne une\r\nj’ai peur\r\n", "😀😀 j’ai peur 👩‍👩‍👧 peur", "\u202eאני\u202c j’ai peur", "\ufeffj’ai peur"]
)
@pytest.mark.parametrize("form", [*LOSSLESS, "webanno"])
def test_line_ends_emoji_and_directions(form, text, tmp_path, annotator):
    [narrative] = annotator.pipe([Narrative("n", text)])
    back, said = there_and_back(form, tmp_path / "out", narrative)
    assert not said and back[0].text == text
    assert [text[slice(*m.cue[0])] for m in back[0].mentions] == [text[slice(*m.cue[0])] for m in narrative.mentions] != []
    assert [r.to_dict() for r in back[0].roles] == [r.to_dict() for r in narrative.roles]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    from ressenti.errors import OutputError

    (tmp_path / "recit.ann").write_text("T1\tjoy 0 3\tmot\n")
    with pytest.raises(OutputError, match="not empty"):
        FORMATS["brat"].open(str(tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["recit.ann"]


def test_nothing_is_there_before_it_is_whole(tmp_path):
    with FORMATS["brat"].open(str(tmp_path / "out")) as writer:
        writer.write(everything()[0])
    assert not [*tmp_path.iterdir()]


def test_files_are_for_their_owner_alone_and_named_safely(tmp_path):
    names = ["a/b", "a\\b", "A_B", "../x", "con", "é" * 200, "", "."]
    with FORMATS["brat"].open(str(tmp_path / "out")) as writer:
        for name in names:
            writer.write(Narrative(name, "Bien."))
        writer.keep()
    files = [*(tmp_path / "out").iterdir()]
    assert len({p.name.casefold() for p in files if p.suffix == ".ann"}) == len(names)
    assert all(p.stat().st_mode & 0o77 == 0 for p in [*files, tmp_path / "out"])
    assert {n.id for n in Imports([str(tmp_path / "out")], say=print, others={})} == set(names)


def test_a_narrative_named_as_the_file_of_layers(tmp_path):
    back, said = there_and_back("cas-json", tmp_path / "out", Narrative("Inception-layers", "Bien."))
    assert not said and [n.id for n in back] == ["Inception-layers"]


def test_standoff_goes_around_line_ends():
    text = "J’ai\r\npeur"
    assert standoff(Narrative("n", text)) == ""
    from ressenti.schema import Component

    line = standoff(Narrative("n", text, [Component("feeling", (0, 10), "given")])).splitlines()[0]
    assert line == "T1\tFeeling 0 4;6 10\tJ’ai peur"

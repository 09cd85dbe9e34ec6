"""The words that tell of a scene, and what is wrong with their file."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError
from ressenti.rules.acts import load_acts, load_scenes


@pytest.mark.parametrize(("scene", "form"), [("danger", "noyait"), ("loss", "cercueil"), ("victory", "gagné"), ("rescue", "vivante")])
def test_words_of_scenes(scene, form):
    assert [name for name, found in load_scenes().items() if form in found.forms] == [scene]


def test_every_scene_is_listened_to():
    assert {scene for act in load_acts() for scene, _ in act.scenes} == set(load_scenes())


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("danger:\n  noun: [feu]\n", 2, "nouns"),
        ("danger:\n  suggests: [feer]\n", 2, "fear"),
        ("danger:\n  verbs: [table]\n", 2, "table"),
        ("danger: [feu]\n", 1, "mapping"),
        ("[danger]\n", 1, "must map"),
    ],
)
def test_broken_scenes_are_told_by_line(content, line, reason, tmp_path):
    path = tmp_path / "scenes.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        load_scenes(path)
    assert error.value.line == line

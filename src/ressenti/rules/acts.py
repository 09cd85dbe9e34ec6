"""Acts that may show several emotions, or none, and the scenes that tell which: ``fr/acts.yaml`` and ``fr/scenes.yaml``.

Which emotion an act shows is decided beside the other mentions of its account (:mod:`ressenti.rules.context`); that it shows none,
because its sentence gives it a physical reason, where the triggers of a sentence are chosen (:mod:`ressenti.rules.engine`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ressenti.errors import DataError, unknown
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Hit
from ressenti.rules.words import FRENCH, SECTIONS, forms_in
from ressenti.rules.yaml_lines import Map, Text, listed, mappings

_ACT_KEYS = {"about", "verbs", "nouns", "forms", "shows", "alone", "scenes", "words", "physical"}
_SCENE_KEYS = {"about", "suggests", *SECTIONS}


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of scene.

    Attributes:
        forms: Folded forms of the words that tell of it.
        suggests: Emotion keys; a situation that suggests one of them makes such a scene.
    """

    forms: frozenset[str]
    suggests: frozenset[str]


@cache
def load_scenes(path: Path = FRENCH / "scenes.yaml") -> dict[str, Scene]:
    """Read the scenes, by name.

    Raises:
        DataError: The file is not YAML, or has a key, a word or an emotion that does not exist; with its line.
    """
    return {
        name: Scene(forms_in(content, path), emotions_under(content.get("suggests"), path, where))
        for name, where, content in mappings(path, _SCENE_KEYS, "scene")
    }


def emotions_under(value: object, path: Path, where: str) -> frozenset[str]:
    """The emotions listed and all that stand under them.

    Raises:
        DataError: One of them does not exist; with its line.
    """
    emotions = load_emotions()
    for key in listed(value):
        if key not in emotions:
            raise DataError(path, key.line, f"{where}: {unknown('emotion', key, emotions)}")
    wanted = {str(key) for key in listed(value)}
    return frozenset(key for key in emotions if {key, emotions.secondary(key), emotions.primary(key)} & wanted)


@dataclass(frozen=True, slots=True)
class Act:
    """An act that may show several emotions.

    Attributes:
        name: Its key in ``acts.yaml``.
        forms: Folded forms of its words.
        shows: Emotion keys that it may show beside its own; none where it has but one.
        alone: Emotion keys that it shows where nothing is known; with another one, its words say what it shows.
        scenes: Scenes, the most telling first, to the emotion that it shows in them.
        words: Emotions, the most telling first, to folded forms of what is said aloud with the act; one of them tells it.
        physical: Folded forms of words for what else brings it about (onions, a hairdresser): beside one it shows nothing.
    """

    name: str
    forms: frozenset[str]
    shows: frozenset[str]
    alone: frozenset[str] = frozenset()
    scenes: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, frozenset[str]], ...] = ()
    physical: frozenset[str] = frozenset()


@cache
def load_acts(path: Path = FRENCH / "acts.yaml") -> tuple[Act, ...]:
    """Read the acts, in the order in which they are tried.

    Raises:
        DataError: The file is not YAML, or has a key, a word or an emotion that does not exist, or a physical reason of several words;
            with its line.
    """
    acts = []
    for name, where, content in mappings(path, _ACT_KEYS, "act"):
        shows, alone = (emotions_under(content.get(key), path, where) for key in ("shows", "alone"))
        scenes, words = tuple(_scenes(content.get("scenes"), path, where)), tuple(_words(content.get("words"), path, where))
        physical = frozenset(_single(word, path, where) for word in listed(content.get("physical")))
        acts.append(Act(name, forms_in(content, path), shows, alone, scenes, words, physical))
    return tuple(acts)


def _single(word: Text, path: Path, where: str) -> str:
    if not word.isalpha():
        raise DataError(path, word.line, f"{where}: {str(word)!r} under physical is no single word; name one of its words")
    return fold(word)


def _scenes(value: object, path: Path, where: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Map):
        return
    for scene, emotion in value.items():
        if scene not in load_scenes():
            raise DataError(path, scene.line, f"{where}: {unknown('scene', scene, load_scenes())}")
        if emotion not in load_emotions():
            raise DataError(path, emotion.line, f"{where}: {unknown('emotion', emotion, load_emotions())}")
        yield str(scene), str(emotion)


def _words(value: object, path: Path, where: str) -> Iterator[tuple[str, frozenset[str]]]:
    if not isinstance(value, Map):
        return
    for emotion, words in value.items():
        if emotion not in load_emotions():
            raise DataError(path, emotion.line, f"{where}: {unknown('emotion', emotion, load_emotions())}")
        yield str(emotion), frozenset(fold(word) for word in listed(words))


def act_of(s: Sentence, hit: Hit) -> Act | None:
    """The act of ``acts.yaml`` whose word stands in a behavioural trigger, or None."""
    if hit.entry.mode != "behavioural":
        return None
    forms = [s.forms[i] for i in hit.all]
    return next((act for act in load_acts() if not act.forms.isdisjoint(forms)), None)


def physical_reason(s: Sentence, hit: Hit) -> int | None:
    """The word beside an act that gives it another reason than a feeling (« j'épluche des oignons, je pleure »), or None."""
    act = act_of(s, hit)
    if act is None or not act.physical:
        return None
    return next((i for i, form in enumerate(s.forms) if form in act.physical and i not in hit.all), None)

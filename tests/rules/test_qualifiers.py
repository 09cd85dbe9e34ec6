"""Status, intensity, time, question, wish and whose words, on sentences marked with them; what is not marked is not looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressenti.rules import qualifiers
from ressenti.rules.examples import read_marks
from ressenti.rules.qualifiers import Reason
from ressenti.rules.qualifiers.classes import PHRASES, classes
from ressenti.schema import Mention, Narrative, Span

LINES = (Path(__file__).parent / "qualifiers.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


def at(narrative: Narrative, pieces: list[Span]) -> Mention:
    """The mention whose cue is these pieces or meets them, a labelled one first."""
    meeting = [m for m in narrative.mentions if any(a < d and c < b for a, b in pieces for c, d in m.cue)]
    return min(meeting, key=lambda m: (m.cue != tuple(pieces), m.mode != "labelled"))


def value(mention: Mention, key: str) -> str:
    """As the marks write it: ``true`` for a flag that is up, ``-`` for nothing, ``_`` for a blank."""
    found = mention.extra.get(key, "-") if key in ("question", "wish", "time", "reported") else getattr(mention, key)
    return "true" if found is True else str(found).replace(" ", "_")


@pytest.mark.parametrize("source", SENTENCES, ids=lambda source: read_marks(source).text)
def test_sentence(source, annotator):
    marked = read_marks(source)
    narrative = annotator(marked.text)
    for number, pieces in marked.cues.items():
        wanted = marked.attributes[number]
        assert {key: value(at(narrative, pieces), key) for key in wanted} == wanted


def reasons(annotator, monkeypatch, text) -> list[tuple[str, str, str]]:
    """What decided for the mentions of a text: what, value, and the tokens as text."""
    kept = []
    plain = qualifiers.qualify

    def keep(s, hit, governing):
        found = plain(s, hit, governing)
        kept.extend((r.what, r.value, " ".join(s.tokens[i].text for i in r.tokens)) for r in found.reasons if isinstance(r, Reason))
        return found

    monkeypatch.setattr("ressenti.rules.engine.qualify", keep)
    annotator(text)
    return kept


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Je n'ai pas peur.", ("status", "negated", "pas")),
        ("J'ai cessé d'avoir peur.", ("status", "negated", "cessé")),
        ("Il n'y a aucune raison d'avoir peur.", ("status", "negated", "aucune")),
        ("Si tu étais triste, je le saurais.", ("status", "hypothetical", "Si")),
        ("Tu es triste ?", ("question", "true", "?")),
        ("Je veux être heureuse.", ("wish", "true", "veux")),
        ("Je suis un peu triste.", ("intensity", "low", "un peu")),
        ("Je suis triste.", ("intensity", "medium", "triste")),
        ("Je serai triste.", ("time", "future", "serai")),
        ("Ma mère a avoué qu'elle avait honte.", ("reported", "Ma mère", "Ma mère")),
    ],
)
def test_reasons_name_the_words_that_decided(text, reason, annotator, monkeypatch):
    assert reason in reasons(annotator, monkeypatch, text)


def confidence(annotator, text: str) -> float:
    return max(m.confidence for m in annotator(text).mentions if m.primary == "joy")


@pytest.mark.parametrize(
    ("ironic", "earnest"),
    [
        ("Quelle joie de nettoyer ça !", "Quelle joie de te voir !"),
        ("Bravo, encore une assiette cassée !", "Bravo, tu as réussi !"),
        ("Génial ! Le train a du retard. Je suis furieuse.", "Génial ! Le train est là. Je suis ravie."),
        ("Mon chef me déteste et m'énerve. Bravo !", "Mon chef est content. Bravo !"),
    ],
)
def test_irony_lowers_the_confidence(ironic, earnest, annotator):
    assert confidence(annotator, ironic) < 0.75 * confidence(annotator, earnest)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("J'avais peur. Quel bonheur de le retrouver !", "Quel bonheur de le retrouver !"),
        ("Encore triste hier, je suis heureuse.", "Encore hier, je suis heureuse."),
        ("On a gagné. Génial !", "Génial !"),
    ],
)
def test_a_turn_of_feelings_is_no_irony(text, alone, annotator):
    assert confidence(annotator, text) >= confidence(annotator, alone) > 0.55


def test_classes_of_several_words_are_looked_up_as_phrases():
    assert {name for name in classes() if any(" " in word for word in classes()[name])} <= set(PHRASES)

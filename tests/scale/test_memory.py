"""What is kept of the accounts that went by."""

from __future__ import annotations

from ressenti.rules import annotator as module
from ressenti.schema import Narrative

ACCOUNT = "Ma sœur Zx{0} m’a fait peur hier. J’étais déçu de Bq{0}, je n’ai plus confiance en elle. Kw{0} pleurait de joie."


def test_words_met_later_are_forgotten_and_nothing_else_changes(annotator, monkeypatch):
    narratives = [Narrative(str(n), ACCOUNT.format(n)) for n in range(40)]
    kept = [narrative.to_json() for narrative in annotator.pipe(narratives)]
    monkeypatch.setattr(module, "WORDS", 0)
    later = [Narrative(str(n), ACCOUNT.format(f"{n}u")) for n in range(40)]
    found = [narrative.to_json().replace(f"{n}u", f"{n}") for n, narrative in enumerate(annotator.pipe(later))]
    assert any(word.endswith("7") for word in annotator.nlp.vocab.strings)
    assert not any(word.endswith("7u") for word in annotator.nlp.vocab.strings)
    assert [line.count('"cue"') for line in found] == [line.count('"cue"') for line in kept]
    assert [narrative.to_json() for narrative in annotator.pipe(narratives)] == kept

"""What nodes and values are called."""

from __future__ import annotations

import pytest

from ressenti.graph.labels import node_label, value_label


@pytest.mark.parametrize(
    ("label", "french", "english"),
    [("narratrice", "narratrice", "narrator"), ("narrateur", "narrateur", "narrator"), ("Marie", "Marie", "Marie")],
)
def test_the_narrator_is_named_in_the_language(label, french, english):
    data = {"kind": "character", "label": label, "narrator": True}
    assert (node_label(data, "fr"), node_label(data, "en")) == (french, english)
    assert node_label(data | {"narrator": False}, "en") == label


@pytest.mark.parametrize(
    ("value", "primary", "language", "words"),
    [
        ("high", "love", "fr", "fort"), ("high", "joy", "fr", "forte"), ("high", None, "fr", "forte"), ("low", "love", "fr", "faible"),
        ("negated", "love", "fr", "négation"), ("negated", None, "fr", "négation"), ("hypothetical", "joy", "fr", "hypothèse"),
        ("negated", "love", "en", "negated"), ("high", "love", "en", "high"),
    ],
)  # fmt: skip
def test_values_agree_with_the_primary_beside_them(value, primary, language, words):
    assert value_label(value, language, primary) == words

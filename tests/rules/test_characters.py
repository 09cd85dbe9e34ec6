"""No mark of an account is cut within what readers see as one character."""

import random
import unicodedata

import pytest
import regex

from ressenti.rules.characters import within_characters
from robustness.accounts import EMOTICONS, ODD


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Je l’aime ❤️ fort.", "❤️"),
        ("On se retrouve 👩‍❤️‍👩 ce soir.", "👩‍❤️‍👩"),
        ("Et voilà 😡🏽 !", "😡🏽"),
        ("Et voilà 😢\u0301.", "😢\u0301"),
        ("J’étais en cole\u0300re.", "en cole\u0300re"),
    ],
)
def test_a_cue_is_whole(annotator, text, cue):
    narrative = annotator(text)
    assert cue in [text[start:end] for mention in narrative.mentions for start, end in mention.cue]


@pytest.mark.parametrize("text", ["J’ai eu peur « là-bas » … – oui — 3 €", "", "é", "\u0301a", "a\n\u0301", "😀😀"])
def test_most_texts_have_nothing_within(text):
    assert not within_characters(text)


@pytest.mark.parametrize(("text", "within"), [("🇫🇷🇧🇪", {1, 3}), ("1️⃣", {1, 2}), ("a\r\nb", {2}), ("e\u0301e", {1}), ("ก็", {1})])
def test_where_they_go_on(text, within):
    assert within_characters(text) == within


def test_no_break_of_a_full_implementation_is_missed():
    drawn = random.Random(9)
    for _ in range(3000):
        text = "".join(drawn.choice((*ODD, *EMOTICONS, *"aé ")) for _ in range(drawn.randint(1, 6)))
        text = unicodedata.normalize("NFC", text)  # Hangul in pieces is left to the words
        starts = {match.start() for match in regex.finditer(r"\X", text)}
        assert within_characters(text) >= set(range(len(text))) - starts

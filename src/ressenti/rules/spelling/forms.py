"""Which of two forms was meant when the accent that tells them apart is missing: « il m'enerve », « je suis enervé »."""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.rules.spelling.lexicon import Lexicon
from ressenti.rules.words import load_words

UNSURE = 0.93
"""Factor of sureness where the words around decide."""
_OPEN = 0.8
"""The same where they do not, and the likelier form is taken."""


def choose(lexicon: Lexicon, forms: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[str, float]:
    """The form that fits the words around.

    Args:
        lexicon: What each form is.
        forms: Those it may be, « m'énerve » among them.
        before: The words before, the nearest first.
        after: The words after.

    Returns:
        The form, and how much surer or less sure that is than any.
    """
    classes = load_words()
    by_kind: dict[str, str] = {}
    for form in forms:
        last = form.replace("'", "' ").split()[-1]
        for kind in ("noun", "participle", "adjective", "participle-agreeing", "finite", "infinitive"):
            if lexicon.is_a(last, kind):
                by_kind.setdefault(kind, form)
                if kind in _SAID:
                    by_kind.setdefault("said", form)
    clitics = forms[0].replace("'", "' ").split()[:-1]
    left = [*reversed(clitics), *before]
    k = 0
    while k < len(left) and left[k] in classes["adverbs_before_accents"]:
        k += 1
    near, nearer = (left[k] if k < len(left) else ""), (left[k + 1] if k + 1 < len(left) else "")

    def first(*kinds: str) -> tuple[str, float]:
        return next((by_kind[kind] for kind in kinds if kind in by_kind), forms[0]), UNSURE

    if near in classes["auxiliaries"] or near in classes["copulas"]:
        if nearer in classes["reflexive_clitics"] and nearer not in ("nous", "vous"):  # « je me suis inquiété », but « je suis inquiète »
            return first("participle", "participle-agreeing", "said")
        return first("said", "noun", "finite")
    if near in classes["before_finite_verbs"] or (
        near in classes["object_clitics"] and (nearer in classes["subject_clitics"] or nearer in ("qui", "ne", "n'"))
    ):
        return first("finite", "noun", "said")
    if near in classes["determiners"] and near not in ("de", "d'"):
        return first("noun", "said", "finite")
    if after and (after[0] in classes["determiners"] or after[0] in classes["after_finite_verbs"]):
        return first("finite", "said", "noun")[0], _OPEN
    if k or not near:
        return first("said", "noun", "finite")
    return first("said", "noun", "finite")[0], _OPEN


_SAID = ("participle", "adjective", "participle-agreeing")

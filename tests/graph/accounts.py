"""Annotated narratives for the tests of graphs and exports: real ones, and one in which everything is odd."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import ressenti
from ressenti.schema import Component, Entity, Mention, Narrative, Role

TEXTS = {
    "orage": "J’ai eu très peur quand mon père a crié. Il était furieux contre moi parce que j’avais menti. "
    "J’ai eu honte, puis je me suis senti soulagé.",
    "depart": "Ma sœur est partie vivre au Canada. J’étais à la fois triste et heureux pour elle. Je n’étais pas jaloux. "
    "Ma mère, elle, pleurait de chagrin, et sa tristesse me mettait en colère.",
    "chien": "Quand Paul a frappé son chien, la colère m’a envahie. Ensuite je m’en suis voulu de l’avoir insulté, et cette culpabilité "
    "me mettait en rage. Paul avait peur de moi. J’aurais tellement aimé que Julie soit fière de moi.",
}


@cache
def annotated() -> Sequence[Narrative]:
    """The texts, annotated by the rules."""
    return [*ressenti.load().pipe(Narrative(name, text) for name, text in TEXTS.items())]


ODD_TEXT = (
    "L’été 😀, \u202eétrange\u202c « <b>Élodie & Cie</b> » m’a\x07 fait\tpleurer\u2028de joie ; =SUM(A1) ]]> n’en\u00a0rien dire.\n\n"
    "Je ne suis plus en colère 👩‍👩‍👧."
)


def odd() -> Narrative:
    """Emoji beyond the BMP, marks of direction, control characters, cues in pieces, nobody who feels, a review, lists and None."""
    text = ODD_TEXT

    def at(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    review = {"decision": "accepted", "reviewer": 'Zoé « ; » "', "time": "2026-11-26T01:00:00+01:00", "version": "0.1.0"}
    return Narrative(
        'odd/1 "<é>#?',
        text,
        [Component("feeling", (0, text.index("\n\n")), "given"), Component("thinking", at("Je ne suis plus en colère"), "rule:c")],
        [
            Mention(1, (at("fait"), at("pleurer")), "joy", None, "joy", "displayed", "affirmed", "high", 0.91, "rule:act",
                    {"review": review}),
            Mention(2, (at("de joie"),), "joy", None, "joy", "labelled", "affirmed", "medium", 1.0, "model:small",
                    {"ambivalent_with": [4]}),
            Mention(3, (at("étrange"),), "surprise", None, "surprise", "suggested", "hypothetical", "low", 0.5, "rule:x",
                    {"time": "past", "question": True, "wish": True, "reported": None}),
            Mention(4, (at("en colère"),), "anger", None, "anger", "labelled", "negated", "medium", 0.8, "rule:state",
                    {"ambivalent_with": [2], "time": "present", "reported": "Élodie"}),
        ],
        [
            Role(1, "experiencer", at("m’"), "NARRATOR", "rule:act", 0.9),
            Role(1, "cause", at("« <b>Élodie & Cie</b> »"), "E1", "rule:act"),
            Role(2, "experiencer", at("m’"), "NARRATOR", "rule:act", 0.7),
            Role(2, "consequence", at("rien dire"), None, "model:small", 0.4),
            Role(4, "experiencer", at("Je"), "NARRATOR", "rule:state"),
            Role(4, "target", at("👩‍👩‍👧"), "E2", "review:Zoé", 0.2, review | {"decision": "added", "comment": "Élodie ?"}),
        ],
        [
            Entity("NARRATOR", "narratrice", (at("m’"), at("Je"))),
            Entity("E1", "Élodie & Cie", (at("Élodie & Cie"),)),
            Entity("E2", "👩‍👩‍👧", ()),
        ],
        {"ressenti": "0.1.0", "ontology": "0.1.0", "rules": "0.1.0+user", "parser": "fr_core_news_md 3.8.0", "model": None},
        {"date": "2026-05-01", "tags": ["a", None, {"b": 1.5}], "nothing": None, "=formula": "=1+1"},
    )  # fmt: skip


EMPTY = Narrative("empty", "", provenance=dict.fromkeys(("ressenti", "ontology", "rules", "parser", "model")))


def everything() -> list[Narrative]:
    """All of them, the empty one too."""
    return [*annotated(), odd(), EMPTY]

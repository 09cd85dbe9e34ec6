"""Narratives and decisions for tests, written short."""

from dataclasses import replace

from ressenti.ontology.emotions import load_emotions
from ressenti.review.decisions.model import text_sha256
from ressenti.review.decisions.read import problems
from ressenti.schema import Component, Entity, Mention, Narrative, Role

TEXT = "J'ai peur de Paul. Ma sœur est furieuse contre lui. Lui, il pleurait de rage et de joie."
PROVENANCE = {"ressenti": "0.1.0", "ontology": "0.1.0", "rules": "0.1.0", "parser": None, "model": None}
SIGHTED = "2026-11-26T10:{:02}:00+01:00"


def at(words, text=TEXT, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return (start, start + len(words))


def mention(number, words, emotion, mode="labelled", rule="avoir-nom", **more):
    emotions = load_emotions()
    values = {"status": "affirmed", "intensity": "medium", "confidence": 0.9, "source": f"rule:{rule}"} | more
    tiers = emotions.secondary(emotion), emotions.primary(emotion)
    known = {name: values.pop(name) for name in ("status", "intensity", "confidence", "source")}
    return Mention(number, (at(words),), emotion, *tiers, mode, **known, extra=values)


def role(number, name, words, entity=None, nth=0, **more):
    return Role(number, name, at(words, nth=nth), entity, "rule:avoir-nom", **more)


def narrative(**changes):
    values = {
        "id": "recit-01",
        "text": TEXT,
        "components": [Component("feeling", (0, 18), "given")],
        "mentions": [
            mention(1, "peur", "fear"),
            mention(2, "furieuse", "fury", rule="adj"),
            mention(3, "pleurait", "rage", "behavioural", "act", ambivalent_with=[4]),
            mention(4, "joie", "joy", ambivalent_with=[3]),
        ],
        "roles": [
            role(1, "experiencer", "J'", "NARRATOR", confidence=0.8),
            role(1, "cause", "Paul", "E1"),
            role(2, "experiencer", "Ma sœur", "E2"),
            role(2, "target", "lui", "E3"),
            role(3, "experiencer", "il", "E3", nth=0),
        ],
        "entities": [
            Entity("NARRATOR", "narratrice", ((0, 2), at("Ma"))),
            Entity("E1", "Paul", (at("Paul"),)),
            Entity("E2", "Ma sœur", (at("Ma sœur"),)),
            Entity("E3", "lui", (at("lui"), at("Lui"), at("il"))),
        ],
        "provenance": PROVENANCE,
    }
    return Narrative(**values | changes)


def within(found, before, after):
    """A narrative with blanks around its text."""
    by = len(before)

    def move(spans):
        return tuple((start + by, end + by) for start, end in spans)

    return replace(
        found, text=before + found.text + after,
        mentions=[replace(m, cue=move(m.cue)) for m in found.mentions],
        roles=[replace(r, span=move([r.span])[0]) for r in found.roles],
        entities=[replace(e, mentions=move(e.mentions)) for e in found.entities],
        components=[replace(c, span=move([c.span])[0]) for c in found.components],
    )  # fmt: skip


def of(found, number):
    """``was`` of a mention."""
    m = found.mentions[number - 1]
    cue = [list(piece) for piece in m.cue]
    return {"mention": m.id, "cue": cue} | {n: getattr(m, n) for n in ("emotion", "mode", "status", "intensity", "source", "confidence")}


def of_role(found, place):
    """``was`` of a role."""
    r = found.roles[place - 1]
    m = found.mentions[r.mention - 1]
    data = {name: value for name, value in r.to_dict().items() if name not in ("confidence", "review")}
    return data | {"cue": [list(piece) for piece in m.cue], "emotion": m.emotion}


def of_entity(found, id):
    """``was`` of an entity."""
    return {"entity": id, "mentions": [list(span) for e in found.entities if e.id == id for span in e.mentions]}


def decision(about, action, was=None, value=None, minute=0, comment=""):
    return {"time": SIGHTED.format(minute), "about": about, "action": action, "was": was, "value": value, "comment": comment}


def file(*decisions, of=None, reviewer="Anne", **more):
    """A file of decisions on one narrative, in order."""
    found = of or narrative()
    item = {
        "id": found.id,
        "text_sha256": text_sha256(found.text),
        "length": len(found.text),
        "reviewed": dict(found.provenance),
        "entities": {e.id: [list(span) for span in e.mentions] for e in found.entities},
        "decisions": list(decisions),
    }
    data = {"format": "ressenti-decisions", "version": 1, "reviewer": reviewer, "ressenti": "0.1.0", "narratives": [item | more]}
    assert not list(problems(data)), list(map(str, problems(data)))
    return data


def outcomes(result):
    return [o.outcome for o in result.outcomes]


def emotions(found):
    return [(TEXT[m.cue[0][0] : m.cue[-1][1]], m.emotion) for m in found.mentions]

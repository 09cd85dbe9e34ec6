"""Narratives of every shape, for round trips."""

from hypothesis import strategies as st

from ressenti.ontology.emotions import load_emotions
from ressenti.schema import COMPONENTS, INTENSITIES, MODES, ROLES, STATUSES, WRITTEN, Component, Entity, Mention, Narrative, Role

EMOTIONS = load_emotions()
CHARS = st.sampled_from("aéœ’« »;|[]{}_*\\->#T1\t\n\r\x07\x1c\x85\u2028\u200d\u202e\ufeff\ufffe\ufffd\u00a0😀👩") | st.characters(
    exclude_categories=["Cs"], exclude_characters="\0"
)
TEXTS = st.text(CHARS, max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
SOURCES = st.builds("{}:{}".format, st.sampled_from(["rule", "model", "review"]), TEXTS.filter(bool))


@st.composite
def narratives(draw, blank=True):
    """Any narrative; without ``blank``, one in which nothing begins or ends at a blank, and no line ends at its beginning."""
    text = draw(st.text(CHARS, min_size=1, max_size=60))
    if not blank:
        text = text.lstrip()
    spans = [(a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1) if blank or text[a:b] == text[a:b].strip()]
    if not spans:
        return Narrative(draw(TEXTS), text, provenance=dict.fromkeys(("ressenti", "ontology", "rules", "parser", "model")))
    span = st.sampled_from(spans)
    ids = draw(st.lists(st.integers(1, 99), unique=True, max_size=4))
    entities = draw(st.lists(st.builds(Entity, TEXTS.filter(bool), TEXTS, st.lists(span, max_size=3).map(tuple)),
                             max_size=3, unique_by=lambda e: e.id))  # fmt: skip
    names = st.sampled_from([*(e.id for e in entities), None])
    return Narrative(
        draw(TEXTS),
        text,
        draw(st.lists(st.builds(Component, st.sampled_from(COMPONENTS), span, SOURCES), max_size=3)),
        [draw(mention(id_, ids, span)) for id_ in ids],
        draw(st.lists(st.builds(Role, st.sampled_from(ids), st.sampled_from(ROLES), span, names, SOURCES, st.none() | st.floats(0, 1),
                                st.none() | st.dictionaries(TEXTS, VALUES, max_size=2)), max_size=4)) if ids else [],
        entities,
        draw(st.fixed_dictionaries(dict.fromkeys(("ressenti", "ontology", "rules", "parser", "model"), st.none() | TEXTS))),
        draw(st.dictionaries(TEXTS.filter(lambda key: key not in (*WRITTEN, "review")), VALUES, max_size=3)),
    )  # fmt: skip


def mention(id_, ids, span):
    cue = st.lists(span, min_size=1, max_size=3).map(apart)
    extra = st.fixed_dictionaries(
        {},
        optional={
            "reported": st.none() | TEXTS,
            "time": st.sampled_from(["past", "present", "future", "habitual"]),
            "question": st.booleans(),
            "wish": st.booleans(),
            "entry": TEXTS,
            "ambivalent_with": st.lists(st.sampled_from(ids), max_size=2),
            "review": st.dictionaries(TEXTS, VALUES, max_size=2),
        },
    )
    return st.builds(
        lambda cue, key, *rest: Mention(id_, cue, key, EMOTIONS.secondary(key), EMOTIONS.primary(key), *rest),
        cue, st.sampled_from([*EMOTIONS]), st.sampled_from(MODES), st.sampled_from(STATUSES), st.sampled_from(INTENSITIES),
        st.floats(0, 1), SOURCES, extra,
    )  # fmt: skip


def apart(spans):
    """Pieces in reading order that do not touch."""
    kept = []
    for start, end in sorted(spans):
        if not kept or start > kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)

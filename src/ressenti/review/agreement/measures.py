"""How far two reviewers agree: what :mod:`ressenti.evaluation.agreement` measures of two annotators, and what is asked of reviewers.

============ ========================================================================================================================
F1           how many marks both have: cues whose intersection over union is 1/3 and more, roles from 1/2 on
IoU          mean intersection over union of the cues that match, of the roles that agree: how alike their edges are
alpha        Krippendorff's, over mentions that match; of ``kind of role`` over roles of these mentions whose spans match; of a label over
             all mentions, those that only one has too, as the label or not
kappa        Cohen's, over the same
u-alpha      Krippendorff's for unitizing: over the whole text, spans that agree in part counting in part; ``cue by emotion`` adds up the
             disagreement observed and expected of each emotion, so that the same words with another emotion agree in nothing
component    ``F1``: components that both have, of one kind, with an intersection over union of 1/2 and more; ``alpha``: over characters of
             the text, each of the kind, or kinds, in which it stands, or of none; ``u-alpha``: over the text, added up over the kinds
same         share of roles that both have which name the same character
verdict      what each did with the mentions that were found: left, changed, rejected
============ ========================================================================================================================

Sources: those of :mod:`ressenti.evaluation.agreement` and :mod:`ressenti.evaluation.kappa`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from ressenti.evaluation.agreement import (
    NOMINAL,
    Measure,
    Units,
    agreement,
    alpha,
    disjoint,
    expected_disagreement,
    observed_disagreement,
    units,
)
from ressenti.evaluation.intervals import intervals
from ressenti.evaluation.kappa import kappa
from ressenti.evaluation.matching import ROLE, Comparison, compare, evenly, likeness, one_to_one
from ressenti.evaluation.scores import LEVELS
from ressenti.review.agreement.pairs import Both, alike, judged
from ressenti.schema import COMPONENTS, Entity, Narrative, Role, Span

LEAST = 5
"""Narratives from which on intervals are told: of fewer, draws say nothing of other narratives."""

Pairs = Sequence[tuple[Hashable, Hashable]]


@dataclass(frozen=True, slots=True)
class _Text:
    """What one narrative adds.

    Attributes:
        said: Name of what is said to what both say of each unit.
        cues: Intersection over union of the cues that match.
        roles: That of the roles that agree.
        same: Of these, whether both name the same character.
        labels: Emotion on the tier chosen by the one and by the other; None where only one has a mention.
        units: Label to the cues with it.
        parts: Of the components those that both have, and all.
        characters: In which components the one and the other has a character of the text, to how many characters.
        stretches: Kind to the components of it.
    """

    said: Mapping[str, Pairs]
    cues: Sequence[float]
    roles: Sequence[float]
    same: Sequence[bool]
    labels: Pairs
    units: Mapping[str, Units]
    none: Units
    parts: tuple[int, int]
    characters: Mapping[tuple[Hashable, ...], int]
    stretches: Mapping[str, Units]


def measures(both: Sequence[Both], tier: str = "primary", bootstrap: int = 0) -> list[Measure]:
    """Measure how far two reviewers agree.

    Args:
        both: The narratives.
        tier: ``primary``, ``secondary`` or ``emotion``: of which tier each label is measured by itself.
        bootstrap: How many resamples of the narratives the 95 % intervals are from; 0 for none, and none for fewer than `LEAST`.
    """
    bootstrap = bootstrap if len(both) >= LEAST else 0
    pairs = [(judged(item.one, "1"), judged(item.other, "2")) for item in both]
    texts = [_text(compare(*pair, evenly), item.verdicts, tier) for pair, item in zip(pairs, both, strict=True)]
    own = _measure(texts)
    if bootstrap:
        bounds = intervals(texts, bootstrap, lambda drawn: {measure.name: measure.value for measure in _measure(drawn)})
        own = [Measure(m.name, m.value, m.units, bounds.get(m.name)) for m in own]
    return [*agreement(pairs, bootstrap), *own]


def _measure(texts: Sequence[_Text]) -> list[Measure]:
    found = []
    for name, over in (("cue", [text.cues for text in texts]), ("role", [text.roles for text in texts])):
        values = [value for each in over for value in each]
        found.append(Measure(f"IoU {name}", fmean(values) if values else None, len(values)))
    for name in (*NOMINAL, "kind of role", "verdict"):
        said = [pair for text in texts for pair in text.said[name]]
        if name not in NOMINAL:  # the others are among those of two annotators
            found.append(Measure(f"alpha {name}", alpha(said), len(said)))
        found.append(Measure(f"kappa {name}", kappa(said), len(said)))
    found += _of_components(texts)
    same = [value for text in texts for value in text.same]
    found.append(Measure("same character", fmean(same) if same else None, len(same)))
    return [*found, *_of_labels(texts)]


def _of_components(texts: Sequence[_Text]) -> Iterable[Measure]:
    shared, of = (sum(text.parts[k] for text in texts) for k in (0, 1))
    yield Measure("F1 component", 2 * shared / of if of else None, of)
    characters: Counter[tuple[Hashable, ...]] = Counter()
    for text in texts:
        characters.update(text.characters)
    yield Measure("alpha component", alpha(characters), characters.total())
    stretches = [[text.stretches[kind] for text in texts] for kind in COMPONENTS]
    yield Measure("u-alpha component", unitizing(stretches), sum(len(text.sizes) for each in stretches for text in each))


def _of_labels(texts: Sequence[_Text]) -> list[Measure]:
    """Of each label, and of the cues with all of them."""
    pairs = [pair for text in texts for pair in text.labels]
    labels = sorted({str(label) for pair in pairs for label in pair if label is not None})
    units_of = {label: [text.units.get(label, text.none) for text in texts] for label in labels}
    sizes = sum(len(text.sizes) for each in units_of.values() for text in each)
    found = [Measure("u-alpha cue by emotion", unitizing(list(units_of.values())), sizes)]
    for label in labels:
        is_it = [(a == label, b == label) for a, b in pairs]
        of = sum(a + b for a, b in is_it)
        found.append(Measure(f"F1 {label}", 2 * sum(a and b for a, b in is_it) / of, of))
        found.append(Measure(f"alpha {label}", alpha(is_it), len(is_it)))
        found.append(Measure(f"kappa {label}", kappa(is_it), len(is_it)))
        found.append(Measure(f"u-alpha {label}", unitizing([units_of[label]]), sum(len(text.sizes) for text in units_of[label])))
    return found


def unitizing(categories: Sequence[Sequence[Units]]) -> float | None:
    """Krippendorff's alpha for unitizing of several categories, ``1 - Σ_c D_o / Σ_c D_e``.

    Args:
        categories: For each the units in each text.

    Returns:
        None where there are no units.
    """
    there = [texts for texts in categories if any(text.sizes for text in texts)]
    return 1 - sum(map(observed_disagreement, there)) / sum(map(expected_disagreement, there)) if there else None


def _text(c: Comparison, verdicts: Pairs, tier: str) -> _Text:
    level = LEVELS[tier]
    said: dict[str, Pairs] = {name: [(getattr(a, name), getattr(b, name)) for a, b in c.pairs] for name in NOMINAL}
    kinds = [(a.role, b.role) for a, b in _spans_alike(c)]
    labels: list[tuple[Hashable, Hashable]] = [(level(a), level(b)) for a, b in c.pairs]
    labels += [(level(a), None) for a in c.missed] + [(None, level(b)) for b in c.spurious]
    one, other, length = _cues(c.gold, level), _cues(c.system, level), len(c.gold.text)
    return _Text(
        said={**said, "kind of role": kinds, "verdict": verdicts},
        cues=[likeness(a.cue, b.cue) for a, b in c.pairs],
        roles=[likeness([a.span], [b.span]) for a, b in c.roles],
        same=[_same_character(c, a, b) for a, b in c.roles],
        labels=labels,
        units={label: units(disjoint(one.get(label, ())), disjoint(other.get(label, ())), length) for label in {*one, *other}},
        none=units([], [], length),
        parts=(len(_parts_alike(c)), len(c.gold.components) + len(c.system.components)),
        characters=_by_character(c),
        stretches={kind: units(disjoint(_spans(c.gold, kind)), disjoint(_spans(c.system, kind)), length) for kind in COMPONENTS},
    )


def _spans(narrative: Narrative, kind: str) -> list[Span]:
    return [part.span for part in narrative.components if part.component == kind]


def _parts_alike(c: Comparison) -> list[tuple[int, int]]:
    """Components of one kind whose spans match, each once."""
    return one_to_one(
        (-size, evenly(i, j), i, j)
        for i, one in enumerate(c.gold.components)
        for j, other in enumerate(c.system.components)
        if one.component == other.component and (size := likeness([one.span], [other.span])) >= ROLE
    )


def _by_character(c: Comparison) -> Counter[tuple[Hashable, ...]]:
    """How many characters stand in which components for the one and for the other."""
    sides = c.gold.components, c.system.components
    edges = sorted({0, len(c.gold.text), *(edge for side in sides for part in side for edge in part.span)})
    found: Counter[tuple[Hashable, ...]] = Counter()
    for start, end in pairwise(edges):
        kinds = (frozenset(part.component for part in side if part.span[0] <= start < part.span[1]) for side in sides)
        found[tuple(kinds)] += end - start
    return found


def _cues(narrative: Narrative, level: Callable[..., str]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for mention in narrative.mentions:
        found.setdefault(level(mention), []).extend(mention.cue)
    return found


def _spans_alike(c: Comparison) -> Iterable[tuple[Role, Role]]:
    """Roles of mentions that match whose spans match, whatever their kinds."""
    for one, other in c.pairs:
        ours = [role for role in c.gold.roles if role.mention == one.id]
        theirs = [role for role in c.system.roles if role.mention == other.id]
        yield from ((ours[i], theirs[j]) for i, j in alike(ours, theirs))


def _same_character(c: Comparison, one: Role, other: Role) -> bool:
    """Whether two roles name the same: nobody, or characters of whom half the words are the same."""
    a, b = _character(c.gold, one), _character(c.system, other)
    if a is None or b is None:
        return a is b
    return a.mentions == b.mentions or (bool(a.mentions and b.mentions) and likeness(a.mentions, b.mentions) >= ROLE)


def _character(narrative: Narrative, role: Role) -> Entity | None:
    return next((entity for entity in narrative.entities if entity.id == role.entity), None)

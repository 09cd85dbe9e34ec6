"""What the page says of each emotion: its relations, its alignments, and the French words for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ressenti.ontology.dependencies import Dependency, Evidence
from ressenti.ontology.pages.tree import Node
from ressenti.ontology.pages.wording import FrenchWords, french_words
from ressenti.ontology.rdf.names import local_name
from ressenti.ontology.vocabulary import Entry

KINDS = ("opposite", "made_of", "part_of", "leads_to", "follows_from")
"""How an emotion stands to others; keys of ``words.tsv`` too."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One line under an emotion: the others, and with whom together.

    Attributes:
        others: Local names of the emotions that the line names; two are joined by a plus.
        partner: Local name of the emotion that takes part beside this one, for a blend or a combination of two.
        status: ``confirmed`` or ``proposed``.
    """

    others: tuple[str, ...]
    partner: str | None
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """All that the page says of one class of the tree.

    Attributes:
        vad_from: The node whose valence, arousal and dominance these are: itself, or one above; None where there are none.
        relations: A key of `KINDS` to lines, the confirmed ones first; without the kinds that there are none of.
    """

    node: Node
    vad_from: Node | None
    relations: Mapping[str, Sequence[Relation]]
    words: FrenchWords


def sections(roots: Iterable[Node], dependencies: Iterable[Dependency], entries: Iterable[Entry]) -> list[Section]:
    """The sections, in the order of the tree."""
    relations = _relations(dependencies)
    spoken: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        spoken[local_name(entry.emotion)].append(entry)
    return [
        Section(node, _vad_from(node), _ordered(relations[node.name]), french_words(spoken[node.name]))
        for root in roots
        for node in root.walk()
    ]


def _vad_from(node: Node) -> Node | None:
    if node.emotion is None or node.emotion.vad is None:
        return None
    own = (above for above in reversed([*node.lineage(), node]) if above.emotion and not above.emotion.vad_inherited)
    return next(own)


def _relations(dependencies: Iterable[Dependency]) -> dict[str, dict[str, list[Relation]]]:
    """Each dependency seen from each of its emotions."""
    found: dict[str, dict[str, list[Relation]]] = defaultdict(lambda: defaultdict(list))
    for dependency in dependencies:
        names = [local_name(key) for key in dependency.emotions]
        for subject, kind, others, partner in _seen(dependency.relation, names):
            found[subject][kind].append(Relation(others, partner, dependency.status, dependency.evidence))
    return found


def _seen(relation: str, names: list[str]) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    first, second, *rest = names
    if relation == "opposite":
        return [(first, "opposite", (second,), None), (second, "opposite", (first,), None)]
    if relation == "transition":
        return [(first, "leads_to", (second,), None), (second, "follows_from", (first,), None)]
    third = rest[0]
    if relation == "composition":
        return [
            (first, "made_of", (second, third), None), (second, "part_of", (first,), third), (third, "part_of", (first,), second),
        ]  # fmt: skip
    return [
        (first, "leads_to", (third,), second), (second, "leads_to", (third,), first), (third, "follows_from", (first, second), None),
    ]  # fmt: skip


def _ordered(relations: Mapping[str, list[Relation]]) -> dict[str, list[Relation]]:
    return {kind: sorted(relations[kind], key=lambda relation: relation.status) for kind in KINDS if kind in relations}

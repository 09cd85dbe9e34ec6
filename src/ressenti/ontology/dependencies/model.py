"""Dependencies: the evidence and the decisions of the two tables brought together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ressenti.ontology.dependencies.records import RELATIONS, Decision, Evidence, Keys, load_decisions, load_evidence
from ressenti.ontology.emotions import Emotions, load_emotions

__all__ = ["RELATIONS", "Dependency", "load_dependencies"]


@dataclass(frozen=True, slots=True)
class Dependency:
    """One dependency between emotions.

    Attributes:
        relation: A key of `RELATIONS`.
        emotions: Keys of the emotions it holds between: two opposites; a whole and its two parts; one and what it leads to;
            two and what they lead to together.
        status: ``confirmed`` by a person, or ``proposed`` by the evidence alone.
        evidence: What each method found, in the order of the table; empty where a person stated it without any.
        decision: What the person decided; None for a proposal.
    """

    relation: str
    emotions: Keys
    status: str
    evidence: tuple[Evidence, ...]
    decision: Decision | None


def load_dependencies(
    evidence_path: Path | None = None, decisions_path: Path | None = None, emotions: Emotions | None = None
) -> tuple[Dependency, ...]:
    """Read, check and join the tables of evidence and of decisions.

    A dependency that was accepted stays even when later texts give no evidence for it; one that was refused is left out.

    Args:
        evidence_path: Table of evidence; None for the shipped one.
        decisions_path: Table of decisions; None for the shipped one.
        emotions: The emotions that may stand in them; by default the shipped ones.

    Returns:
        By relation in the order of `RELATIONS`, then by emotion in the order of their table.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    emotions = emotions or load_emotions()
    found: dict[tuple[str, Keys], list[Evidence]] = {}
    for item in load_evidence(evidence_path, emotions):
        found.setdefault((item.relation, item.emotions), []).append(item)
    decisions = {(item.relation, item.emotions): item for item in load_decisions(decisions_path, emotions)}
    order = in_order(emotions)
    dependencies = []
    for relation, keys in sorted(found.keys() | decisions.keys(), key=order):
        decision = decisions.get((relation, keys))
        if decision is not None and decision.decision == "refused":
            continue
        status = "proposed" if decision is None else "confirmed"
        dependencies.append(Dependency(relation, keys, status, tuple(found.get((relation, keys), ())), decision))
    return tuple(dependencies)


def in_order(emotions: Emotions) -> Callable[[tuple[str, Keys]], tuple[int, list[int]]]:
    """A sort key: relations as `RELATIONS` has them, emotions as their table has them."""
    rank = {key: number for number, key in enumerate(emotions)}
    relations = list(RELATIONS)
    return lambda item: (relations.index(item[0]), [rank[key] for key in item[1]])

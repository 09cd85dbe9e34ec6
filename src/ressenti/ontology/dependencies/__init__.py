"""The three dependencies of TONE between emotions, each with the evidence that proposed it and what a reviewer decided.

``docs/dependencies.md`` explains the methods and the tables.
"""

from __future__ import annotations

from ressenti.ontology.dependencies.model import RELATIONS, Dependency, load_dependencies
from ressenti.ontology.dependencies.records import DECISIONS, METHODS, Decision, Evidence, load_decisions, load_evidence, supports

__all__ = [
    "DECISIONS",
    "METHODS",
    "RELATIONS",
    "Decision",
    "Dependency",
    "Evidence",
    "load_decisions",
    "load_dependencies",
    "load_evidence",
    "supports",
]

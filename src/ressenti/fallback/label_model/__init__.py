"""From votes to probabilities: a label model over the tiers, with majority vote beside it."""

from __future__ import annotations

from ressenti.fallback.label_model.weak import METHODS, Method, WeakLabels, combine, thresholds, weak_labels, with_tables

__all__ = ["METHODS", "Method", "WeakLabels", "combine", "thresholds", "weak_labels", "with_tables"]

"""What a coach looks for in a narrative: who causes what in whom, chains, loops, what has no cause, ambivalence, territory, denials."""

from ressenti.graph.patterns.find import KINDS, Pattern, Patterns, find_patterns

__all__ = ["KINDS", "Pattern", "Patterns", "find_patterns"]

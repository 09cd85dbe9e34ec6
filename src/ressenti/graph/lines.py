"""Narratives as JSON Lines again, for what is done to them on the way: words left out, names replaced or given back."""

from __future__ import annotations

from ressenti.corpora.writing import json_line
from ressenti.schema import Narrative


class Lines:
    """A line a narrative, as ``ressenti annotate`` writes it; the same interface as :class:`ressenti.graph.rdf.write.Writer`."""

    def head(self) -> str:
        """What comes before the first narrative."""
        return ""

    def narrative(self, narrative: Narrative) -> str:
        """The narrative."""
        return json_line(narrative)

    def foot(self) -> str:
        """What comes after the last."""
        return ""

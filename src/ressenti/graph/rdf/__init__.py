"""Narratives as RDF: what is said of each (``things``), writing it (``write``), reading it back (``read``); see docs/linked-data.md."""

"""Checking the ontology and the vocabulary: each check a documented query, each finding a line of a report."""

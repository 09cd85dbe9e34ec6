"""Experiments that the papers behind Ressenti suggest, each a command: what of a narrative tells its emotion, and what features add."""

"""Narratives as graphs and as linked data: who feels what, towards whom and why, for the tools that people already have."""

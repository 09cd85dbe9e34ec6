"""Graphs as pictures that a person can read, SVG and PNG."""

"""Asking the ontology, the vocabulary and graphs of annotations in SPARQL, on pyoxigraph."""

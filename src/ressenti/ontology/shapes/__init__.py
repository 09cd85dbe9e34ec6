"""SHACL shapes of the ontology and of the French vocabulary, and holding data against them."""

"""Which French words and phrases say an emotion: candidates → embedding → assignment → a person's review → the vocabulary.

The three steps of TONE (arXiv 2401.06810), for French: `sources` propose terms, an encoder and FAISS find what is near (`embedding`), a
rule proposes a place in the tree (`assignment`), a person decides (`review`), and what was accepted goes into the table with its
provenance (`promotion`). What is handed on from room to room is here: a `candidate`, a `proposal` and its file, and the accepted terms
that sources and assignment start from (`seeds`).
"""

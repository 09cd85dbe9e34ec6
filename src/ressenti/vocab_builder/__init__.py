"""Which French words and phrases say an emotion: candidates → embedding → assignment → a person's review → the vocabulary.

The three steps of TONE (arXiv 2401.06810), for French: sources propose terms (`sources`), an encoder and FAISS find what is near
(`embedding`, `index`), a rule proposes a place in the tree (`assignment`), a person decides (`review`), and what was accepted goes into
the table with its provenance (`promotion`).
"""

"""Dependencies between emotions, found by documented methods: opposites, compositions, what leads to what.

This room writes the evidence into ``ontology/data/dependencies.tsv``; building the ontology only reads that table. ``docs/dependencies.md``
says what each method does and where it comes from.
"""

"""What proposes terms: thesauri, glosses, corpora, neighbours in a space of vectors, wordnets.

A module a source; ``gathering`` asks them all.
"""

"""A second look at what the vocabulary has: each entry beside what the sources say of it and where assignment would put it."""

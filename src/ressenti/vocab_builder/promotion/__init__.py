"""What was accepted becomes lines of a vocabulary, and what such a change does to annotations."""

"""The model that speaks where the rules are silent: what it sees, how it is trained, and the file that it is."""

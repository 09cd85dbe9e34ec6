"""How feeling runs through a narrative: valence and arousal sentence by sentence, and which emotion follows which."""

"""Weak labels from rules and reviews, a label model over them, and a model that speaks where the rules are silent."""

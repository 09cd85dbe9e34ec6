"""Leaving out the words of narratives, or the names in them."""

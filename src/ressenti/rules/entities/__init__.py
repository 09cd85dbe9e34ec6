"""Whom the account speaks of: the narrator, the other persons, and the words that stand for each.

:func:`resolve` reads an account whose mentions are found and gives each role that is somebody its entity; :func:`narrator` tells the
narrator alone.
"""

from ressenti.rules.entities.resolve import Entities, narrator, resolve
from ressenti.rules.entities.stream import place

__all__ = ["Entities", "narrator", "place", "resolve"]

"""The ontology as pages to read, in French and in English, each with a drawing of the three tiers; made from the tables alone."""

from __future__ import annotations

from ressenti.ontology.pages.build import drawing, pages, write_pages

__all__ = ["drawing", "pages", "write_pages"]

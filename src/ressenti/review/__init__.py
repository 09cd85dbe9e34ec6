"""The coach's review: a page to read and correct narratives, and what becomes of the decisions (docs/review-decisions.md)."""

"""Decisions of reviewers: the file that holds them (``read``, ``model``), and how they come into narratives (``apply``)."""

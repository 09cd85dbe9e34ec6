"""Two reviewers on the same narratives: how far they agree, and where they do not."""

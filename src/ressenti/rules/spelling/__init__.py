"""French as people type it: what is misspelt for sure is read as it was meant, with the way back to what was written."""

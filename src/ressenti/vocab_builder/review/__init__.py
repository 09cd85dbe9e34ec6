"""A person decides: a screen, a sheet for those who prefer one, and the record of what was decided."""

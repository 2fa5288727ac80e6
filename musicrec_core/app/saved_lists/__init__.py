"""Saved lists: requests kept under a name, made anew each day and written to their files."""

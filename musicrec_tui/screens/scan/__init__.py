"""Scan: folders, what is known of their files, and the files that could not be read."""

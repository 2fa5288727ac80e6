"""Taste in words: what a wish asks of songs, and how well each song of the library meets it."""

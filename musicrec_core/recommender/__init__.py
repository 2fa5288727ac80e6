"""Ears hear a song, taste scores it for a person, ranking makes a list of it."""

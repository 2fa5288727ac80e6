"""Sound: decode excerpts, measure them, tell recordings apart."""

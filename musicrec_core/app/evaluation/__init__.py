"""Honest evaluation of the personal model, on the library or on tables."""

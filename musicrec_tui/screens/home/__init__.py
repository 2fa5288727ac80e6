"""Shelves to begin with."""

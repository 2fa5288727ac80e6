"""Scores of a whole library, and their exact reasons."""

"""Constraints in free words: numbers, words of taste and names, with negations and degrees."""

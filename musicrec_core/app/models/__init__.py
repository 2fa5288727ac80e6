"""Retraining, the versions it makes, and what a like changed."""

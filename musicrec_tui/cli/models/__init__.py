"""Learning, and the versions of models."""

"""The versions of the models."""

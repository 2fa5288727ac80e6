"""Which measures of sound these are, for whoever asks without listening."""

FEATURE_VERSION = 5
"""Counted up with every change of what a vector or an attribute means."""

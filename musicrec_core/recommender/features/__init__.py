"""The inputs of the taste model: relative to one person's history, and of the recording itself."""

from musicrec_core.recommender.features.blocks import INPUT_NAMES

__all__ = ["INPUT_NAMES"]

"""The inputs of the taste model: relative to one person's history, and of the recording itself."""

from musicrec_core.recommender.features.blocks import INPUT_NAMES
from musicrec_core.recommender.features.points import Points

__all__ = ["INPUT_NAMES", "Points"]

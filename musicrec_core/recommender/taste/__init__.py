"""The model of what one person likes: an ensemble on the bundled network, calibrated."""

from musicrec_core.recommender.taste.forward import TasteNet

__all__ = ["TasteNet"]

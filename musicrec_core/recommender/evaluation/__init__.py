"""Whether one scorer is better than another, on opinions that neither has seen."""

from musicrec_core.recommender.evaluation.evaluate import Evaluation, evaluate
from musicrec_core.recommender.evaluation.half_life import HalfLifeChoice

__all__ = ["Evaluation", "HalfLifeChoice", "evaluate"]

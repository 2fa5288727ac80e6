"""Scores of a whole library, and their exact reasons."""

from musicrec_core.recommender.scoring.kept_basis import basis_as_arrays, basis_from_arrays
from musicrec_core.recommender.scoring.library import (
    Contribution,
    LibraryScorer,
    Scoring,
    ScoringBasis,
    score_library,
)
from musicrec_core.recommender.scoring.scale import ScoreScale
from musicrec_core.recommender.scoring.text import About, reasons
from musicrec_core.recommender.scoring.update import updated

__all__ = [
    "About",
    "Contribution",
    "LibraryScorer",
    "ScoreScale",
    "Scoring",
    "ScoringBasis",
    "basis_as_arrays",
    "basis_from_arrays",
    "reasons",
    "score_library",
    "updated",
]

"""What everything here learns from and is measured by."""

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.credits import FEATURED, MAIN, Credits
from musicrec_core.recommender.data.dataset import SPACES, Catalogue, History
from musicrec_core.recommender.data.rating_table import EvaluationTable, liked
from musicrec_core.recommender.data.sample import LibrarySample, subset

__all__ = [
    "FEATURED",
    "MAIN",
    "SPACES",
    "Catalogue",
    "Credits",
    "EvaluationTable",
    "History",
    "LibrarySample",
    "liked",
    "mapped",
    "subset",
]

"""What a library and its lists are like, and whether either has drifted."""

from musicrec_core.recommender.insights.clusters import clusters
from musicrec_core.recommender.insights.drift import DistributionSketch, Shift, compare
from musicrec_core.recommender.insights.exposure import Exposure, Period, Reach, periods, reach
from musicrec_core.recommender.insights.popularity import Audience, ListPopularity
from musicrec_core.recommender.insights.song_map import MOST_LANDMARKS, laid_out, placed

__all__ = [
    "MOST_LANDMARKS",
    "Audience",
    "DistributionSketch",
    "Exposure",
    "ListPopularity",
    "Period",
    "Reach",
    "Shift",
    "clusters",
    "compare",
    "laid_out",
    "periods",
    "placed",
    "reach",
]

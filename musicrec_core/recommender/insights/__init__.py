"""What a library and its lists are like, and whether either has drifted."""

from musicrec_core.recommender.insights.clusters import clusters
from musicrec_core.recommender.insights.drift import DistributionSketch, Shift, compare
from musicrec_core.recommender.insights.exposure import Exposure, Period, Reach, periods, reach
from musicrec_core.recommender.insights.popularity import Audience, ListPopularity

__all__ = [
    "Audience",
    "DistributionSketch",
    "Exposure",
    "ListPopularity",
    "Period",
    "Reach",
    "Shift",
    "clusters",
    "compare",
    "periods",
    "reach",
]

"""What a library and its lists are like, and whether either has drifted."""

from musicrec_core.recommender.insights.clusters import Clusters, assigned, cluster_centres
from musicrec_core.recommender.insights.distinctive import (
    telling_decade,
    telling_numbers,
    telling_tags,
)
from musicrec_core.recommender.insights.drift import DistributionSketch, Shift, compare
from musicrec_core.recommender.insights.exposure import Exposure, Period, Reach, periods, reach
from musicrec_core.recommender.insights.popularity import Audience, ListPopularity
from musicrec_core.recommender.insights.song_map import MOST_LANDMARKS, laid_out, placed

__all__ = [
    "MOST_LANDMARKS",
    "Audience",
    "Clusters",
    "DistributionSketch",
    "Exposure",
    "ListPopularity",
    "Period",
    "Reach",
    "Shift",
    "assigned",
    "cluster_centres",
    "compare",
    "laid_out",
    "periods",
    "placed",
    "reach",
    "telling_decade",
    "telling_numbers",
    "telling_tags",
]

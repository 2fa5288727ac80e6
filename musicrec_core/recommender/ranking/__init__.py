"""From scores to a list worth showing."""

from musicrec_core.recommender.ranking.arc import key_distances, rising, shortest_path, wave
from musicrec_core.recommender.ranking.dials import Pull, closeness, familiarity, leaning
from musicrec_core.recommender.ranking.dissimilar import likeness, rank_dissimilar
from musicrec_core.recommender.ranking.groups import BEST, RankedGroup, rank_groups
from musicrec_core.recommender.ranking.habits import Habit, habit_of
from musicrec_core.recommender.ranking.journey import journey
from musicrec_core.recommender.ranking.list_rules import CALIBRATED, RankedRow, Rules
from musicrec_core.recommender.ranking.near_seeds import NearSeeds, Seed, thinned, unlike
from musicrec_core.recommender.ranking.nearness import COMMON, Nearness, log_odds, z_scores
from musicrec_core.recommender.ranking.radio import HeardRows, radio
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.ranking.seeds import rank_by_seeds
from musicrec_core.recommender.ranking.word_fit import heard_words, word_fit
from musicrec_core.recommender.ranking.words import rank_by_fit

__all__ = [
    "BEST",
    "CALIBRATED",
    "COMMON",
    "Habit",
    "HeardRows",
    "NearSeeds",
    "Nearness",
    "Pull",
    "RankedGroup",
    "RankedRow",
    "Rules",
    "Seed",
    "closeness",
    "familiarity",
    "habit_of",
    "heard_words",
    "journey",
    "key_distances",
    "leaning",
    "likeness",
    "log_odds",
    "radio",
    "rank",
    "rank_by_fit",
    "rank_by_seeds",
    "rank_dissimilar",
    "rank_groups",
    "rising",
    "shortest_path",
    "thinned",
    "unlike",
    "wave",
    "word_fit",
    "z_scores",
]

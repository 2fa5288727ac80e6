"""How much to train on how much feedback: the one recipe of `retrain` and of `evaluate`."""

from __future__ import annotations

from dataclasses import dataclass, field

from musicrec_core.recommender.taste.boosting import Growth
from musicrec_core.recommender.taste.examples import Recipe
from musicrec_core.recommender.taste.forward import Shape

TREES_FROM, NETWORKS_FROM = 30, 120
"""Rows from which boosted trees and networks are tried; fewer tell them nothing."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How many networks to train and how many times to boost trees, and how.

    linear_members: draws of the Bayesian linear model.
    """

    networks: int
    recipe: Recipe
    trees: int = 0
    growth: Growth = field(default_factory=Growth)
    linear_members: int = 8

    @classmethod
    def for_rows(cls, rows: int) -> Effort:
        """What a person may be asked to wait for."""
        small = rows < 3000
        recipe = Recipe(
            Shape(bins=12, embedding=4, hidden=(64,), members=8, dropout=0.2),
            learning_rate=4e-3,
            batch_rows=128 if rows < 600 else 256 if small else 512,
            max_epochs=60 if small else 30,
            patience=8 if small else 4,
        )
        networks, trees = 2 * (rows >= NETWORKS_FROM), 4 * (rows >= TREES_FROM)
        return cls(networks, recipe, trees, linear_members=8 if networks else 16)

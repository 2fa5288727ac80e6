"""How much to train on how much feedback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.recommender.taste.forward import Shape

if TYPE_CHECKING:
    from musicrec_core.recommender.taste.training import Recipe

NETWORK_FROM = 120
TABLE_NETWORK_FROM = 30


@dataclass(frozen=True, slots=True)
class Effort:
    """How many networks to train on how many rows, and how, and how many times to boost trees."""

    networks: int
    recipe: Recipe
    trees: int = 0

    @classmethod
    def for_rows(cls, rows: int) -> Effort:
        """What a person may be asked to wait for."""
        from musicrec_core.recommender.taste.training import Recipe

        if rows < NETWORK_FROM:
            return cls(0, Recipe())
        small = rows < 3000
        return cls(
            2,
            Recipe(
                Shape(bins=12, embedding=4, hidden=(64,), members=8, dropout=0.2),
                learning_rate=4e-3,
                batch_rows=128 if rows < 600 else 256 if small else 512,
                max_epochs=60 if small else 30,
                patience=8 if small else 4,
            ),
        )

    @classmethod
    def for_table(cls, rows: int) -> Effort:
        """What an evaluation may take: one that nobody waits for in the middle of listening."""
        from musicrec_core.recommender.taste.training import Recipe

        if rows >= 20_000:
            return cls.for_rows(rows)
        if rows < TABLE_NETWORK_FROM:
            return cls(0, Recipe())
        if rows < 400:
            shape = Shape(bins=8, embedding=4, hidden=(64,), members=16, dropout=0.25)
            return cls(4, Recipe(shape, learning_rate=3e-3, batch_rows=64, patience=12), 4)
        shape = Shape(bins=24, embedding=8, hidden=(96,), members=16, dropout=0.25)
        return cls(2, Recipe(shape, learning_rate=3e-3, max_epochs=100, patience=12), 4)

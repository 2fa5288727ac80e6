"""What the ears hear in the library's songs, in their own words: moods and genres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True, repr=False)
class SoundWords:
    """Probabilities float32 [n, W] over a catalogue, NaN where not heard, and the W names."""

    names: tuple[str, ...]
    heard: FloatArray

    @classmethod
    def of(cls, context: Context, catalogue: Catalogue) -> SoundWords | None:
        """As the ears in use hear it; None where they heard nothing yet."""
        ears = context.ears
        names = (*ears.mood_names, *ears.genre_names)
        ids, values = context.store.analysis.words(ears.version)
        heard = np.full((len(catalogue), len(names)), np.nan, np.float32)
        _, here, there = np.intersect1d(
            catalogue.track_ids, ids, assume_unique=True, return_indices=True
        )
        if not len(here):
            return None
        heard[here] = values[there]
        return cls(names, heard)

    @property
    def columns(self) -> dict[str, int]:
        """The column of each name, and of each part of a name such as calm/peaceful."""
        columns: dict[str, int] = {}
        for column, name in sorted(enumerate(self.names), key=lambda item: item[1].count("/")):
            for part in (name, *name.split("/")):
                columns.setdefault(part, column)
        return columns

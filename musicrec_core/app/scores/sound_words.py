"""What the ears hear in the library's songs, in their own words: moods and genres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.scores.cache import words_of
from musicrec_core.store.measured.packing import probabilities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True, repr=False)
class SoundWords:
    """Probabilities of W moods and genres, by name, in n recordings of a catalogue.

    shares: uint16 [W, n]. is_heard: bool [n], the recordings that were listened to.
    """

    names: tuple[str, ...]
    shares: NDArray[np.uint16]
    is_heard: NDArray[np.bool_]

    @classmethod
    def of(cls, context: Context, catalogue: Catalogue) -> SoundWords | None:
        """As the ears in use hear a library that was loaded; None where they heard nothing yet."""
        ears, is_heard = context.ears, catalogue.knows("sound")
        if not is_heard.any():
            return None
        return cls((*ears.mood_names, *ears.genre_names), words_of(catalogue), is_heard)

    def heard(self, columns: Sequence[int]) -> FloatArray:
        """Float32 [n, k]: the probabilities of some of the names; NaN where not heard."""
        chosen = np.full((len(columns), len(self.is_heard)), np.nan, np.float32)
        for own, column in zip(chosen, columns, strict=True):
            np.copyto(own, probabilities(self.shares[column]), where=self.is_heard)
        return chosen.T

    @property
    def all_heard(self) -> FloatArray:
        """Float32 [n, W], likewise, each column together in memory."""
        return self.heard(range(len(self.names)))

    @property
    def columns(self) -> dict[str, int]:
        """The column of each name, and of each part of a name such as calm/peaceful."""
        columns: dict[str, int] = {}
        for column, name in sorted(enumerate(self.names), key=lambda item: item[1].count("/")):
            for part in (name, *name.split("/")):
                columns.setdefault(part, column)
        return columns

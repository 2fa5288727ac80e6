"""The part of a library that training looks at: what was judged, and a sample of the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.spans import entries_of

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import IntArray

BACKGROUND = 3000
"""Recordings of the library that stand for all of it while training."""


@dataclass(frozen=True, slots=True)
class LibrarySample:
    """Part of a library: `rows` int64 [m] of it, rising, and their catalogue."""

    catalogue: Catalogue
    rows: IntArray

    @classmethod
    def of(
        cls, catalogue: Catalogue, history: History, seed: int, size: int = BACKGROUND
    ) -> LibrarySample:
        """The recordings of the history and a sample of `size`.

        Percentiles within a sample of thousands are those within the library, to a percent.
        """
        some = np.random.default_rng(seed).permutation(len(catalogue))[:size]
        rows = np.union1d(some, history.rows)
        return cls(subset(catalogue, rows), rows)

    def codes_of(self, codes: IntArray) -> IntArray:
        """The codes [n] of the whole library, of this part."""
        return codes[self.rows]

    def reindexed(self, history: History) -> History:
        """The same history in rows of this part."""
        return replace(history, rows=np.searchsorted(self.rows, history.rows))


def subset(catalogue: Catalogue, rows: IntArray) -> Catalogue:
    """The catalogue of some of the recordings."""
    owners, at = entries_of(catalogue.tag_starts, rows)
    credit_rows, credit_codes, credit_weights = catalogue.credits.further(rows)
    return replace(
        catalogue,
        **{
            name: getattr(catalogue, name)[rows]
            for name in ("track_ids", "sound", "culture", "columns", "artists", "albums")
        },
        tag_codes=catalogue.tag_codes[at],
        tag_starts=np.searchsorted(owners, np.arange(len(rows) + 1)),
        nearness=None if catalogue.nearness is None else catalogue.nearness[rows],
        guessed=None if catalogue.guessed is None else catalogue.guessed[rows],
        credit_rows=credit_rows,
        credit_codes=credit_codes,
        credit_weights=credit_weights,
    )

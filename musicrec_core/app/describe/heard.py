"""Which moods and genres stand out in what was heard, beside the rest of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.describe.records import Claim
from musicrec_core.recommender.ranking import log_odds

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray, IntArray

CLEAR, FAINT = 1.6, 0.9
"""Standard deviations above the library's mean log odds, from where on it is said, or hinted at."""
MOST_CLEAR, MOST_FAINT = 3, 1
SAMPLE = 2_000  # songs that stand for the library


@dataclass(frozen=True)
class HeardWords:
    """names: of the moods, then of the genres. moods: how many of them are moods.

    own: float32 [W], mean probability of the songs described; None where none was heard.
    """

    context: Context
    catalogue: Catalogue
    names: tuple[str, ...]
    moods: int
    own: FloatArray | None

    @classmethod
    def of(cls, context: Context, catalogue: Catalogue, rows: IntArray) -> HeardWords:
        """Of the rows that were listened to."""
        ears = context.ears
        ids = catalogue.track_ids[rows].tolist()
        _, values = context.store.analysis.words_of(ids, ears.version)
        own = values.mean(axis=0) if len(values) else None
        names = (*ears.mood_names, *ears.genre_names)
        return cls(context, catalogue, names, len(ears.mood_names), own)

    @cached_property
    def standing(self) -> FloatArray:
        """Float32 [W]: how far each word stands out, in deviations of the library's log odds."""
        if self.own is None:  # nothing stands out
            return np.full(len(self.names), -np.inf, np.float32)
        ids = self.catalogue.track_ids
        sample = np.random.default_rng(len(ids)).permutation(ids)[:SAMPLE].tolist()
        _, values = self.context.store.analysis.words_of(sample, self.context.ears.version)
        odds = log_odds(values)
        deviation = np.maximum(odds.std(axis=0), np.float32(0.05))
        standing: FloatArray = (log_odds(self.own[None])[0] - odds.mean(axis=0)) / deviation
        return standing

    def shares(self) -> tuple[dict[str, float], dict[str, float]]:
        """Probabilities of moods and of genres by name."""
        values = [] if self.own is None else self.own.round(4).tolist()
        named = list(zip(self.names, values, strict=False))
        return dict(named[: self.moods]), dict(named[self.moods :])

    def mood_claims(self) -> list[Claim]:
        """The moods that stand out, the clearest first, then one that is only hinted at."""
        return _claims("mood", self.names[: self.moods], self.standing[: self.moods])

    def genre_claims(self) -> list[Claim]:
        """The one genre that stands out most."""
        claims = _claims("genre", self.names[self.moods :], self.standing[self.moods :])
        return claims[:1]


def _claims(kind: str, names: Sequence[str], standing: FloatArray) -> list[Claim]:
    order = np.argsort(-standing, kind="stable").tolist()
    clear = [i for i in order if standing[i] >= CLEAR][:MOST_CLEAR]
    faint = [i for i in order if FAINT <= standing[i] < CLEAR]
    faint = faint[: MOST_FAINT if clear else 2]
    return [
        Claim(_plain(names[i]), f"{kind}:{names[i]}", round(float(standing[i]), 3), i in clear)
        for i in (*clear, *faint)
    ]


def _plain(name: str) -> str:
    """calm/peaceful is one of the two."""
    return name.split("/")[0]

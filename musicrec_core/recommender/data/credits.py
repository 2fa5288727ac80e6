"""Who is credited on recordings: the artist that leads each, and further ones with less weight.

The credits of a recording are a vector over artists, of length one, so two recordings share as
much of their artists as the cosine of these: 1 for the same, 0 for others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.spans import entries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

MAIN, FEATURED = 1.0, 0.5
"""What a main artist and a guest weigh before vectors are brought to length one."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Credits:
    """The credits of n recordings.

    leads: int64 [n], the code of the artist that leads, -1 where nobody is named.
    rows: int64 [g], rising, a recording for each further artist; codes: int64 [g], these artists;
    weights: float32 [g] in (0, 1), theirs in the vector of the recording.
    """

    leads: IntArray
    rows: IntArray
    codes: IntArray
    weights: FloatArray

    @classmethod
    def alone(cls, leads: IntArray) -> Credits:
        """Those of recordings that have one artist each, or album, or none."""
        none = np.zeros(0, np.int64)
        return cls(leads, none, none, np.zeros(0, np.float32))

    def further(self, rows: IntArray | slice) -> tuple[IntArray, IntArray, FloatArray]:
        """Of some recordings the further credits: position among `rows`, artist, weight; [p]."""
        if isinstance(rows, slice):
            start, stop, _ = rows.indices(len(self.leads))
            first, last = np.searchsorted(self.rows, [start, stop])
            part = slice(int(first), int(last))
            return self.rows[part] - start, self.codes[part], self.weights[part]
        first = np.searchsorted(self.rows, rows, "left")
        positions, at = entries(first, np.searchsorted(self.rows, rows, "right") - first)
        return positions, self.codes[at], self.weights[at]

    def of(self, row: int) -> IntArray:
        """Int64: the artists of one recording, the leading one first."""
        _, codes, _ = self.further(slice(row, row + 1))
        lead = self.leads[row : row + 1]
        return np.concatenate([lead[lead >= 0], codes])

    def lead_weights(self, rows: IntArray | slice) -> FloatArray:
        """Float32 [m]: what the leading artist weighs in the vectors of some recordings."""
        positions, _, weights = self.further(rows)
        squares = np.bincount(positions, weights.astype(np.float64) ** 2, len(self.leads[rows]))
        lead: FloatArray = np.sqrt(1 - squares).astype(np.float32)
        return lead

    def overlap(self, rows: IntArray, others: IntArray) -> FloatArray:
        """Float32 [m, k] in [0, 1]: the cosine of the credits of each of `rows` and `others`."""
        leads, other_leads = self.leads[rows], self.leads[others]
        same = (leads[:, None] == other_leads) & (leads >= 0)[:, None]
        shared: FloatArray = same.astype(np.float32)
        if not len(self.rows):
            return shared
        weights, other_weights = self.lead_weights(rows), self.lead_weights(others)
        shared *= weights[:, None] * other_weights
        at, codes, own = self.further(rows)
        there, other_codes, other = self.further(others)
        np.add.at(shared, at, own[:, None] * (codes[:, None] == other_leads) * other_weights)
        both = other[:, None] * (other_codes[:, None] == leads) * weights
        np.add.at(shared.T, there, both)
        pairs = own[:, None] * other * (codes[:, None] == other_codes)
        np.add.at(shared, (at[:, None], there[None, :]), pairs)
        return shared

    def sharing(self, rows: IntArray, most: int) -> list[IntArray]:
        """For each artist of some recordings, at most so many recordings that credit them."""
        artists = np.unique(np.concatenate([self.leads[rows], self.further(rows)[1]]))
        return [
            np.concatenate([
                np.flatnonzero(self.leads == artist), self.rows[self.codes == artist]
            ])[:most]
            for artist in artists[artists >= 0]
        ]  # fmt: skip

    def credit(self, artists: IntArray) -> NDArray[np.bool_]:
        """Bool [n]: which recordings credit one of some artists."""
        named = artists[artists >= 0]
        is_credited: NDArray[np.bool_] = np.isin(self.leads, named)
        is_credited[self.rows[np.isin(self.codes, named)]] = True
        return is_credited

    def summed(self, rows: IntArray, values: FloatArray) -> FloatArray:
        """Float32 [codes + 1, s]: values [m, s] of recordings by artist, code -1 (0) being no one.

        Each counts by the weight of the artist in the recording.
        """
        size = 2 + int(max(self.leads.max(initial=-1), self.codes.max(initial=-1)))
        own = self.leads[rows] + 1
        if not len(self.rows):
            sums = [np.bincount(own, value, size) for value in values.T]
        else:
            at, codes, weights = self.further(rows)
            lead = self.lead_weights(rows)
            sums = [
                np.bincount(own, value * lead, size)
                + np.bincount(codes + 1, value[at] * weights, size)
                for value in values.T
            ]
        by_artist: FloatArray = np.stack(sums, axis=1).astype(np.float32)
        by_artist[0] = 0
        return by_artist

    def gathered(self, sums: FloatArray, rows: IntArray | slice) -> FloatArray:
        """Float32 [m, s]: of what `summed` found, what is of the artists of some recordings.

        Each recording that was summed counts by the cosine of its credits with those here.
        """
        of_lead = sums[self.leads[rows] + 1]
        at, codes, weights = self.further(rows)
        if len(at):
            of_lead = of_lead * self.lead_weights(rows)[:, None]
            np.add.at(of_lead, at, sums[codes + 1] * weights[:, None])
        return of_lead

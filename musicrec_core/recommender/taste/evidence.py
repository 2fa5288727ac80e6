"""Which song of the past is behind a score: the one whose removal was tried and told.

Naming the nearest liked song would only sound true. Here the nearest few of each source are
taken out of the history in turn, the recording is scored again, and a song is named only if the
score moved the way the reason says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.channels import TagChannel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.recommender.taste.inputs import Standpoint
    from musicrec_core.records import FloatArray, IntArray

NEAREST = 2
_CLOSE = 0.5  # deviations above the ordinary below which nothing "sounds like" anything


@dataclass(frozen=True, slots=True)
class Tried:
    """Past songs taken out on trial for m recordings, by source.

    songs: for each group, int64 [m, c] positions in the past, -1 for none. effects: float32
    [m, c], by how much the logit fell when that song was taken out.
    """

    songs: dict[str, IntArray]
    effects: dict[str, FloatArray]

    def best(self, group: str, row: int, raised: bool) -> int | None:
        """The song of this source whose removal changes the score most, in the right direction."""
        if group not in self.songs:
            return None
        effects = self.effects[group][row] * (1 if raised else -1)
        at = int(np.argmax(effects))
        return int(self.songs[group][row, at]) if effects[at] > 1e-4 else None


def tried(net: TasteNet, view: Standpoint, rows: IntArray, logits: FloatArray) -> Tried:
    """Take the nearest liked and disliked songs out for each of `rows` [m], with `logits` [m]."""
    songs = _nearest(view, rows)
    if not songs:
        return Tried({}, {})
    table = np.concatenate(list(songs.values()), axis=1)
    owner = np.repeat(np.arange(len(rows)), table.shape[1])
    pairs = np.stack([owner, table.ravel()], axis=1)
    pairs, which = np.unique(pairs[pairs[:, 1] >= 0], axis=0, return_inverse=True)
    kept = np.ones((len(pairs), len(view.past)), np.bool_)
    kept[np.arange(len(pairs)), pairs[:, 1]] = False
    fell = logits[pairs[:, 0]] - net.logits(view.masked(rows[pairs[:, 0]], kept))
    effects = np.full(table.shape, -np.inf, np.float32)
    effects[table >= 0] = fell[which.ravel()]
    found, at = {}, 0
    for name, part in songs.items():
        found[name] = effects[:, at : at + part.shape[1]]
        at += part.shape[1]
    return Tried(songs, found)


def _nearest(view: Standpoint, rows: IntArray) -> dict[str, IntArray]:
    """For each source, int64 [m, c]: the nearest past songs that are near at all."""
    songs = {}
    for channel in view.channels:
        known = np.flatnonzero(channel.known[view.past.rows])
        if len(known):
            past = view.past.where(known)
            near = channel.similarities(rows, past)
            close = 0.0 if isinstance(channel, TagChannel) else _CLOSE
            songs[channel.name] = _both_sides(near, past.liked > 0, known, close)
    if len(view.past):
        artists = view.catalogue.artists
        same = (artists[rows][:, None] == artists[view.past.rows]) & (artists[rows] >= 0)[:, None]
        everyone = np.arange(len(view.past))
        songs["artist"] = _both_sides(same.astype(np.float32), view.past.liked > 0, everyone, 0.0)
    return songs


def _both_sides(
    near: FloatArray, liked: NDArray[np.bool_], known: IntArray, close: float
) -> IntArray:
    """The nearest liked and the nearest disliked, int64 [m, 2 * NEAREST] at most."""
    parts = []
    for side in (liked, ~liked):
        count = min(NEAREST, int(side.sum()))
        if count:
            own = near[:, side]
            best = np.argpartition(-own, count - 1, axis=1)[:, :count]
            songs = known[side][best]
            parts.append(np.where(np.take_along_axis(own, best, 1) > close, songs, -1))
    return np.concatenate(parts, axis=1)

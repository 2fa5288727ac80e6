"""Which song of the past is behind a score: the one whose removal was tried and told.

Naming the nearest liked song would only sound true. Here the nearest few of each source are
taken out of the history in turn, the recording is scored again, and a song is named only if the
score moved the way the reason says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.recording import Plan, with_own

if TYPE_CHECKING:
    from musicrec_core.recommender.features.user import UserFeatures
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

NEAREST = 2
TRIFLE = 0.01  # of a logit: too little to be worth a word
_TELLING = 0.03  # of a logit: below it the trial, which keeps the ranks of all others, may err


def tried(
    net: TasteNet,
    features: UserFeatures,
    rows: IntArray,
    logits: FloatArray,
    shares: dict[str, FloatArray],
    near: dict[str, FloatArray],
) -> dict[str, IntArray]:
    """The past song behind each share of `rows` [m]: by group, int64 [m] positions in the past.

    logits: float32 [m]. shares: by group, float32 [m]: a positive one is asked of liked songs, a
    negative one of disliked songs, a trifling one of none. near: by source, what
    `ties.similarities` found. -1 where no song's removal told.
    """
    songs = _nearest(features, near, shares)
    if not songs:
        return {}
    table = np.concatenate(list(songs.values()), axis=1)
    owner = np.repeat(np.arange(len(rows)), table.shape[1])
    pairs = np.stack([owner, table.ravel()], axis=1)
    pairs, which = np.unique(pairs[pairs[:, 1] >= 0], axis=0, return_inverse=True)
    visible = np.ones((len(pairs), len(features.history)), np.bool_)
    visible[np.arange(len(pairs)), pairs[:, 1]] = False
    again = rows[pairs[:, 0]]
    inputs = with_own(Plan.of(net), features.masked(again, visible), features.catalogue, again)
    drops = np.zeros(table.shape, np.float32)
    drops[table >= 0] = (logits[pairs[:, 0]] - net.logits(inputs))[which.ravel()]
    return {
        name: _most_moved(songs[name], drops[:, i * NEAREST : (i + 1) * NEAREST], shares[name])
        for i, name in enumerate(songs)
    }


def _most_moved(songs: IntArray, drops: FloatArray, share: FloatArray) -> IntArray:
    """Int64 [m]: of songs [m, c] the one whose removal moved the logit most against the share."""
    moved = np.where(songs >= 0, drops * np.where(share > 0, 1, -1)[:, None], -np.inf)
    most = np.argmax(moved, axis=1)[:, None]
    song = np.take_along_axis(songs, most, 1)[:, 0]
    chosen: IntArray = np.where(np.take_along_axis(moved, most, 1)[:, 0] > _TELLING, song, -1)
    return chosen


def _nearest(
    features: UserFeatures, similar: dict[str, FloatArray], shares: dict[str, FloatArray]
) -> dict[str, IntArray]:
    """For each source, int64 [m, NEAREST]: the nearest songs on the side that its share asks."""
    songs = {}
    for name, near in similar.items():
        asked = np.where(
            (shares[name] > 0)[:, None], features.history.liked > 0, features.history.disliked > 0
        )
        near = np.where(asked & (np.abs(shares[name]) >= TRIFLE)[:, None], near, -np.inf)
        best = np.argsort(-near, axis=1, kind="stable")[:, :NEAREST]
        positions = np.where(np.take_along_axis(near, best, 1) > 0, best, -1)
        room = ((0, 0), (0, NEAREST - positions.shape[1]))
        songs[name] = np.pad(positions, room, constant_values=-1)
    return songs

"""What likes agree on: a rare tag that most of them carry.

Nearness adds up all tags, so what five likes have in common drowns in what each has besides. Here
each tag is taken by itself: how far two likes drawn at random both carry it, times the log of how
much oftener likes carry it than the library does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.recommender.features.shared_tags import TagSimilarity
    from musicrec_core.records import FloatArray, IntArray

ORDINARY = 1.0
"""Likes that carry tags as often as the library does, counted besides: rare tags are no proof."""
DOUBT = 5.0
"""Pairs of likes that share nothing, counted besides: a few likes share something by chance."""


def agreement(tags: TagSimilarity, history: UserHistory) -> FloatArray:
    """Float32 [tags], logits: what a recording gains that carries the tag; 0 for a single like.

    A pair of likes counts as much as the product of the two.
    """
    return agreements(tags, history, np.ones((1, len(history)), np.bool_))[0]


def agreements(
    tags: TagSimilarity, history: UserHistory, masks: NDArray[np.bool_]
) -> list[FloatArray]:
    """The same for each mask [h] of the past."""
    owners, codes = tags.tags_of(history.rows)
    shares = tags.shares
    return [_agreement(shares, history.liked * mask, owners, codes) for mask in masks]


def _agreement(
    shares: FloatArray, liked: FloatArray, owners: IntArray, codes: IntArray
) -> FloatArray:
    """owners, codes: the tags that the past carries, as `tags_of` has them."""
    carried = np.bincount(codes, liked[owners], len(shares))
    pairs_carry = (carried**2 - np.bincount(codes, liked[owners] ** 2, len(shares))) / 2
    total = liked.sum()
    pairs = (total**2 - (liked**2).sum()) / 2
    lift = (carried + ORDINARY * shares) / ((total + ORDINARY) * shares)
    together = np.maximum(pairs_carry, 0) / (pairs + DOUBT)
    gain: FloatArray = (together * np.log(np.maximum(lift, 1))).astype(np.float32)
    return gain


def most_agreed(tags: TagSimilarity, agreed: FloatArray, rows: IntArray) -> FloatArray:
    """Float32 [m]: what the tag that the likes agree on most adds to some recordings, in logits.

    agreed: float32 [tags], the agreement on each.
    """
    owners, codes = tags.tags_of(rows)
    counts = np.bincount(owners, minlength=len(rows))
    return row_maxima(agreed[codes], np.concatenate([[0], np.cumsum(counts)]))


def row_maxima(values: FloatArray, starts: IntArray) -> FloatArray:
    """Float32 [n]: largest values of compressed rows, none below 0; an empty row has 0."""
    largest = np.zeros(len(starts) - 1, np.float32)
    there = np.flatnonzero(np.diff(starts))
    if len(there):
        largest[there] = np.maximum.reduceat(values, starts[:-1][there])
    return np.maximum(largest, 0)

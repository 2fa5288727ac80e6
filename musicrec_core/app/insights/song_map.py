"""The library as a map, kept as it is while songs come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app import array_file
from musicrec_core.app.context import Context
from musicrec_core.app.insights import clusters
from musicrec_core.app.scores import catalogue
from musicrec_core.recommender.features import Points
from musicrec_core.recommender.insights import MOST_LANDMARKS, laid_out, placed

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray, IntArray

FORMAT = 1
ENOUGH = 0.5
"""Share of the landmarks that a new map would have: with fewer left, a new one is drawn."""


@dataclass(frozen=True, slots=True, repr=False)
class SongMap:
    """Where each song lies whose sound or style is known, whole and the same each time.

    track_ids: int64 [m]. at: float32 [m, 2] in [-1, 1]; near is alike, far and directions mean
    nothing. clusters: int64 [m], the number of its cluster, 0 for none.
    """

    track_ids: IntArray
    at: FloatArray
    clusters: IntArray


def song_map(context: Context) -> SongMap:
    """See MusicRec.song_map."""
    library = catalogue.load(context).catalogue
    points = Points.of(library)
    rows = points.known_rows()
    landmarks, at = _landmarks(context, library, rows)
    every = np.zeros((0, 2), np.float32)
    if len(rows):
        every = placed(points.at(rows), points.at(landmarks), at)
        every[np.searchsorted(rows, landmarks)] = at
    return SongMap(library.track_ids[rows], every, clusters.of_library(context).of[rows])


def _landmarks(context: Context, library: Catalogue, rows: IntArray) -> tuple[IntArray, FloatArray]:
    """(rows int64 [l], rising, places float32 [l, 2]): kept ones, or new ones, kept then."""
    file = context.cache / "map.arrays"
    stamp = f"{FORMAT}|{context.ears_stamp()}|{context.fingerprint('culture.safetensors')}"
    wanted = min(len(rows), MOST_LANDMARKS)
    kept = array_file.read(file, stamp)
    if kept is not None:
        ids, at = kept[0]["track_ids"], kept[0]["at"]
        there = np.flatnonzero(np.isin(ids, library.track_ids[rows]))
        if len(there) >= ENOUGH * wanted:
            row_of = library.row_of(ids[there].tolist())
            own = np.array([row_of[track_id] for track_id in ids[there].tolist()], np.int64)
            order = np.argsort(own)
            return own[order], np.asarray(at[there][order])
    drawn = np.sort(np.random.default_rng(0).permutation(rows)[:wanted])
    at = laid_out(Points.of(library).at(drawn)) if wanted else np.zeros((0, 2), np.float32)
    array_file.write(file, stamp, {"track_ids": library.track_ids[drawn], "at": at}, {})
    return drawn, at

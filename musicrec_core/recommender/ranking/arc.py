"""A list in another order: by energy, tempo, key, or as smooth as it goes; its songs stay.

Keys go by Camelot's wheel: beside each other lie a key, its fifths and its relative. A shortest
path is begun by the nearest neighbour and bettered by turning stretches round (2-opt: Croes, 1958).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.records import FloatArray, IntArray

SONGS_A_WAVE = 12
MOST_TURNED = 400
"""Songs; a longer path is only begun, not bettered."""
PASSES = 20
UNKNOWN_KEY = 3.0  # steps on the wheel: half of the farthest
_TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def rising(values: FloatArray) -> IntArray:
    """Int64 [m]: the places of the values, the least first; NaN last, ties as they were."""
    return np.argsort(values, kind="stable")


def wave(values: FloatArray) -> IntArray:
    """Int64 [m]: up and down, about SONGS_A_WAVE songs a wave, from the least on; NaN last."""
    order = rising(values)
    count = int(np.isfinite(values).sum())
    waves = max(1, round(count / SONGS_A_WAVE))
    curve = -np.cos(2 * np.pi * waves * np.arange(count) / max(count, 1))
    rank = np.argsort(np.argsort(np.round(curve, 9), kind="stable"), kind="stable")
    return np.concatenate([order[:count][rank], order[count:]])


def shortest_path(distances: FloatArray) -> IntArray:
    """Int64 [m]: from the first place on through all others, with little way in all.

    distances: float [m, m], symmetric.
    """
    count = len(distances)
    free = np.ones(count, np.bool_)
    path: list[int] = []
    at = 0
    for _ in range(count):
        path.append(at)
        free[at] = False
        at = int(np.argmin(np.where(free, distances[at], np.inf)))
    return _turned(np.array(path, np.int64), distances)


def _turned(path: IntArray, distances: FloatArray) -> IntArray:
    """The path with stretches turned round while that shortens it; its first place stays."""
    count = len(path)
    if count < 3 or count > MOST_TURNED:
        return path
    for _ in range(PASSES):
        shorter = False
        for start in range(1, count - 1):
            before, here = path[start - 1], path[start]
            ends, nexts = path[start + 1 :], path[start + 2 :]
            gain = distances[before, here] - distances[before, ends]
            gain[:-1] += distances[ends[:-1], nexts] - distances[here, nexts]
            best = int(np.argmax(gain))
            if gain[best] > 1e-9:
                end = start + 1 + best
                path[start : end + 1] = path[start : end + 1][::-1].copy()
                shorter = True
        if not shorter:
            break
    return path


def key_distances(keys: Sequence[str | None]) -> FloatArray:
    """Float32 [m, m]: steps on Camelot's wheel, 0 to 7; UNKNOWN_KEY beside an unknown key."""
    hours = np.array([_hour(key) for key in keys], np.float32).reshape(-1, 2)
    apart = np.abs(hours[:, None, 0] - hours[None, :, 0])
    around = np.minimum(apart, 12 - apart) + (hours[:, None, 1] != hours[None, :, 1])
    steps: FloatArray = np.where(np.isfinite(around), around, np.float32(UNKNOWN_KEY))
    return steps


def _hour(key: str | None) -> tuple[float, float]:
    """(1 to 12 on the wheel, 0 minor or 1 major) of a key such as `F# minor`; NaN where unknown."""
    tonic, _, mode = (key or "").partition(" ")
    if tonic not in _TONICS or mode not in ("major", "minor"):
        return float("nan"), float("nan")
    # C major is 8B, and each fifth up one hour more; A minor, its relative, is 8A.
    major = (_TONICS.index(tonic) + (3 if mode == "minor" else 0)) % 12
    return float((7 * major + 7) % 12 + 1), float(mode == "major")

"""What sets some songs of a library apart from the rest: tags, numbers, a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import IntArray

MOST_TAGS = 4
LEAST_SHARE = 0.1
"""Of the songs, that a tag must be carried by."""
TELLING = 1.5
"""How many times as common as in the library a tag, or a decade, must be."""
APART = 0.6
"""Robust deviations from the library's median, from which a number sets songs apart."""
OF_THE_TIME = 0.5
"""Share of the dated songs that are of one decade."""
FEWEST_DATED = 0.5
ROBUST = 1.4826  # the median absolute deviation of a normal variable in its standard deviations
WORDS = {
    "tempo_bpm": ("fast", "slow"),
    "arousal": ("energetic", "gentle"),
    "valence": ("bright", "dark"),
    "acousticness": ("acoustic", ""),
    "instrumentalness": ("instrumental", ""),
    "danceability": ("danceable", ""),
    "duration_s": ("long", "short"),
}


def telling_tags(catalogue: Catalogue, rows: IntArray) -> tuple[str, ...]:
    """The tags that are common in the rows, and more so than in the library.

    The most telling first: by their share in the rows times the log of how many times as common
    they are there.
    """
    size, inside = len(catalogue.tag_names), np.zeros(len(catalogue), np.bool_)
    inside[rows] = True
    inside = np.repeat(inside, np.diff(catalogue.tag_starts))
    everywhere = np.bincount(catalogue.tag_codes, minlength=size) / max(len(catalogue), 1)
    here = np.bincount(catalogue.tag_codes[inside], minlength=size) / max(len(rows), 1)
    lift = np.divide(here, everywhere, out=np.zeros(size), where=everywhere > 0)
    tells = (lift >= TELLING) & (here >= LEAST_SHARE)
    weight = np.where(tells, here * np.log(np.maximum(lift, 1)), 0)
    best = np.argsort(-weight, kind="stable")[:MOST_TAGS]
    return tuple(catalogue.tag_names[i] for i in best if weight[i] > 0)


def telling_numbers(catalogue: Catalogue, rows: IntArray) -> tuple[str, ...]:
    """Words for the numbers in which the median of the rows lies far off, the farthest first."""
    away: dict[str, float] = {}
    for name, (more, less) in WORDS.items():
        if name not in catalogue.column_names:
            continue
        values = catalogue.column(name)
        finite, own = values[np.isfinite(values)], values[rows]
        own = own[np.isfinite(own)]
        if 2 * len(own) < len(rows) or not len(own):
            continue
        middle = float(np.median(finite))
        spread = ROBUST * float(np.median(np.abs(finite - middle)))
        far = (float(np.median(own)) - middle) / max(spread, 1e-6)
        word = more if far > 0 else less
        if word and abs(far) >= APART:
            away[word] = abs(far)
    return tuple(sorted(away, key=lambda word: -away[word]))


def telling_decade(catalogue: Catalogue, rows: IntArray) -> str | None:
    """Such as "1970s", where most dated rows are of it and few of the others."""
    if "year" not in catalogue.column_names:
        return None
    years = catalogue.column("year")
    own = years[rows]
    own = own[np.isfinite(own)]
    if not len(own) or len(own) < FEWEST_DATED * len(rows):
        return None
    decades, counts = np.unique(own // 10, return_counts=True)
    decade, share = decades[counts.argmax()], counts.max() / len(own)
    everywhere = float((years[np.isfinite(years)] // 10 == decade).mean())
    tells = share >= OF_THE_TIME and share >= TELLING * everywhere
    return f"{int(decade) * 10}s" if tells else None

"""How well every recording fits a word: by what is heard, how it is tagged, whose it is.

In standard deviations over the library: what the ears hear of the word; for genres, half as much,
how near artist and tags lie to it on the culture map; and a tag that says the word itself counts
more than any of it. The shares were chosen with benchmarks/words (docs/experiments.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.nearness import log_odds, z_scores, z_scores_by_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

CULTURE = 0.5
TAGGED = 10.0
POWER = 2.0
"""Of the likeness of a word to those of the ears by which it is translated into them."""
MOST_WORDS = 10


def word_fit(
    heard: FloatArray | None, culture: FloatArray | None, tagged: NDArray[np.bool_]
) -> FloatArray:
    """Float32 [n] in deviations.

    heard: float32 [n], how strongly the word is heard, None where the ears do not know it. culture:
    float32 [n], likeness on the map, None for words that are heard and not a matter of style.
    tagged: bool [n]. NaN where unknown.
    """
    fit = np.float32(TAGGED) * tagged.astype(np.float32)
    if heard is not None:
        fit += z_scores(heard)
    if culture is not None:
        fit += np.float32(CULTURE if heard is not None else 1.0) * z_scores(culture)
    return fit


def heard_words(
    heard: Callable[[Sequence[int]], FloatArray], likeness: Mapping[int, float]
) -> FloatArray:
    """Float32 [n]: how strongly a word is heard that lies near some words of the ears.

    heard: of k columns, probabilities float32 [n, k]. likeness: of columns, in (0, 1]; the nearest
    count.
    """
    nearest = sorted(likeness, key=lambda column: -likeness[column])[:MOST_WORDS]
    odds = z_scores_by_column(log_odds(heard(nearest)))
    weights = np.array([likeness[column] ** POWER for column in nearest], np.float32)
    strength: FloatArray = odds @ weights
    return strength

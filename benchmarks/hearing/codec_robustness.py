"""Measure whether a song sounds like itself through a codec, and finds itself among all others.

    python -m benchmarks codec_robustness --music DIR --songs DIR [--cache DIR] [--write]

The songs of each game by ears that were taught no copies of that game's songs. A minute of each,
lossless, is compared with the same minute as 40 kbit/s Opus; of every third song also as 128 kbit/s
MP3, 12 dB quieter, and mixed to mono. Each copy looks for its lossless original among the minutes
of all songs, the songs whole, and all clips. A song that lies there twice cannot be first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.hearing.corpora import Corpora, Songs, corpora, make_lessons, options
from benchmarks.results import record
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.recommender.ears import Ears
from training.ears_fit import EarsRecipe, train_ears

COSINE = 0.98
EVERY = 3
STEPS = 10
"""Of the network, which has no part in the embedding."""
OTHER_COPIES = ("128 kbit/s MP3", "12 dB quieter", "mixed to mono")
COMMAND = "python -m benchmarks codec_robustness --music DIR --songs DIR"


def main() -> None:
    """Print the cosine to the original, and how many find it first, for each kind of copy."""
    parser = options(__doc__)
    parser.add_argument("--write", action="store_true", help="record the figures")
    arguments = parser.parse_args()
    data = corpora(arguments)
    ranks: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for source in np.unique(data.songs.sources):
        for name, rows in _ranks(data, data.songs.sources == source).items():
            ranks[name].append(rows)
    others = len(data.clips.views) + len(data.others.views) + 2 * len(data.songs.views) - 2
    games = len(np.unique(data.songs.sources))
    print(f"{len(data.songs.views)} songs of {games} games, {others} rivals")
    for name, parts in ranks.items():
        _tell(name, np.concatenate(parts), arguments.write)


def _ranks(data: Corpora, held: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """By kind of copy of the held-out songs: cosine to the original, and 1 where it is first."""
    songs = data.songs
    training = replace(songs, copies=songs.copies[~held])
    ears = _taught(data, training)
    others = [part.views[:, 0] for part in (data.clips, data.others, songs)]
    rivals = ears.hear(np.concatenate([songs.copies[:, 0], *others])).embeddings
    rows = np.flatnonzero(held)
    third = rows[rows % EVERY == 0]
    other = np.stack([data.analyst.other_copies(songs.paths[row]) for row in third], axis=1)
    copies = {"40 kbit/s Opus": (rows, songs.copies[rows, 1])}
    copies |= {name: (third, part) for name, part in zip(OTHER_COPIES, other, strict=True)}
    return {
        name: _search(rivals, who, ears.hear(vectors).embeddings, len(songs.views))
        for name, (who, vectors) in copies.items()
    }


def _taught(data: Corpora, songs: Songs) -> Ears:
    lessons = make_lessons(data.clips, songs, data.others)
    return train_ears(lessons, replace(EarsRecipe(), steps=STEPS), 0, "", FEATURE_VERSION)


def _search(
    rivals: NDArray[np.float32], who: NDArray[np.int64], copies: NDArray[np.float32], songs: int
) -> NDArray[np.float64]:
    """[n, 2]. The first rows of the rivals are the originals, the last ones the songs whole."""
    near = rivals @ copies.T
    each = np.arange(len(who))
    own = near[who, each].copy()
    near[who, each] = -1.0
    near[who - songs, each] = -1.0  # the song itself, whole, is no rival
    return np.stack([own, own > near.max(axis=0)], axis=1)


def _tell(name: str, ranks: NDArray[np.float64], write: bool) -> None:
    own = ranks[:, 0]
    kept = float(np.mean(own >= COSINE))
    print(
        f"{name}: {len(own)} songs, cosine median {np.median(own):.4f}, 5th percentile "
        f"{np.percentile(own, 5):.3f}, least {own.min():.3f}; {kept:.1%} at {COSINE} or more; "
        f"{ranks[:, 1].mean():.1%} find themselves first"
    )
    if write:
        note = f"of {len(own)} songs of games left out; least {own.min():.3f}"
        what = f"songs at a cosine of {COSINE} or more: {name}"
        record("codec_robustness", what, round(100 * kept, 1), "%", COMMAND, note)


if __name__ == "__main__":
    main()

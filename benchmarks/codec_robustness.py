"""Measure whether a song sounds like itself through a codec, and finds itself among all others.

    python benchmarks/codec_robustness.py --music DIR --songs DIR [--cache DIR]

Ears trained with the copies of every second song hear those of the others, and the other way
round: a minute of each, lossless, as 40 kbit/s Opus and as 128 kbit/s MP3. Each copy looks for its
lossless original among all songs and clips there are. Loudness and channels need no measuring: the
analysis brings every song to one level and listens to the mono mix (tests/audio/test_features.py
holds it to that).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))

from ears_data import CODECS, Analyst, Clips, Songs, read_listeners, read_moods, read_songs
from train_ears import GENRES, MOODS, make_lessons

from musicrec_core.audio.features import FEATURE_VERSION
from musicrec_core.recommender.ears.training import Recipe, train_ears

COSINE = 0.98


def main() -> None:
    """Print the cosine to the original, and how many find it first, for each codec."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/ears"))
    given = parser.parse_args()
    analyst = Analyst(given.cache)
    clips = read_moods(given.music, analyst, MOODS, GENRES)
    others = read_listeners(given.music, analyst, clips)
    songs = read_songs(given.songs, analyst)
    halves = [_heard(clips, others, songs, half) for half in (0, 1)]
    crowd = sum(len(part.views) for part in (clips, others, songs))
    print(f"{len(songs.copies)} songs, each unknown to its ears, among {crowd} others")
    for i, name in enumerate(CODECS):
        own, first = (np.concatenate([half[i][k] for half in halves]) for k in (0, 1))
        low, middle = np.percentile(own, (5, 50))
        print(
            f"{name}: cosine median {middle:.3f}, 5th percentile {low:.3f}, least {own.min():.3f}; "
            f"{np.mean(own >= COSINE):.0%} at {COSINE} or more; "
            f"{first.mean():.0%} find themselves first"
        )


def _heard(
    clips: Clips, others: Clips, songs: Songs, half: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each codec, of the songs kept apart: cosine to the original, and who finds it first."""
    known = replace(songs, copies=songs.copies[1 - half :: 2])
    ears = train_ears(make_lessons(clips, known, others), Recipe(), 0, "", FEATURE_VERSION)
    unknown = songs.copies[half::2]
    originals, *copies = (ears.hear(unknown[:, i]).embeddings for i in range(unknown.shape[1]))
    crowd = ears.hear(np.concatenate([p.views[:, 0] for p in (clips, others, songs)])).embeddings
    found = []
    for copy in copies:
        own = np.sum(originals * copy, axis=1)
        rivals = np.concatenate([originals, crowd]) @ copy.T
        rivals[np.arange(len(own)), np.arange(len(own))] = -1.0
        # The song itself, whole, is in the crowd as well: it is no rival.
        rivals[len(own) :][_same(songs.views[:, 0], unknown[:, 0], len(crowd))] = -1.0
        found.append((own, own > rivals.max(axis=0)))
    return found


def _same(songs: np.ndarray, copied: np.ndarray, crowd: int) -> np.ndarray:
    """Which of the crowd, whose last rows are the songs, is which copied song: bool [crowd, n]."""
    spread = songs.std(axis=0) + 1e-6
    gap = np.linalg.norm((songs[:, None] - copied[None]) / spread, axis=2)  # [songs, n]
    same = np.zeros((crowd, len(copied)), dtype=bool)
    same[crowd - len(songs) + np.argmin(gap, axis=0), np.arange(len(copied))] = True
    return same


if __name__ == "__main__":
    main()

"""Analysis throughput beside Essentia's MusicExtractor, on the same real songs.

    python -m benchmarks essentia_speed --songs DIR [--count 12] [--turns 3]

One process; processor time, so that what else runs counts little. Essentia reads whole songs and
measures more; musicrec reads excerpts: what that costs in hearing is in models/MODEL_CARD.md.
Marginal cost: each is warmed up on one song first. Essentia runs once, musicrec `--turns` times.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import record
from musicrec_core.audio.features import analyse

SUFFIXES = {".ogg", ".opus", ".mp3", ".flac", ".m4a"}
SHORTEST_BYTES = 500_000
"""Smaller files are sound effects, not songs."""


def main() -> None:
    """Print and record seconds a song and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    found = [
        path
        for path in sorted(options.songs.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.stat().st_size >= SHORTEST_BYTES
    ]
    songs = [str(p) for p in found[:: max(1, len(found) // options.count)][: options.count]]
    extract = extractor()
    analyse(songs[0])
    theirs_by_song = [seconds(extract, song) for song in songs]
    songs = [song for song, s in zip(songs, theirs_by_song, strict=True) if s is not None]
    theirs = statistics.mean(s for s in theirs_by_song if s is not None)
    ours = statistics.median(
        statistics.mean(seconds(analyse, song) or 0.0 for song in songs)
        for _ in range(options.turns)
    )
    print(f"{len(songs)} songs that both read, processor seconds a song")
    print(f"musicrec, excerpts             {ours:.4f}")
    print(f"Essentia, whole songs          {theirs:.4f}")
    print(f"Essentia / musicrec            {theirs / ours:.1f}  (goal: at least 60)")
    record(
        "essentia_speed", "analysis of a song beside Essentia's MusicExtractor",
        round(theirs / ours, 1), "times the rate",
        "python -m benchmarks essentia_speed --songs DIR",
        f"processor time, the same {len(songs)} songs; it reads them whole, musicrec excerpts",
    )  # fmt: skip


def extractor() -> Callable[[str], object]:
    """The peer's analysis with its own settings."""
    import essentia
    from essentia.standard import MusicExtractor

    essentia.log.infoActive = essentia.log.warningActive = False
    return MusicExtractor()  # type: ignore[no-any-return]


def seconds(function: Callable[[str], object], song: str) -> float | None:
    """Processor time of one song, None where it cannot be read: Essentia reads no Opus."""
    started = time.process_time()
    try:
        function(song)
    except RuntimeError:
        return None
    return time.process_time() - started


if __name__ == "__main__":
    main()

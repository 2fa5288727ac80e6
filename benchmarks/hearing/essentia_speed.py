"""Analysis throughput beside Essentia's MusicExtractor, on the same real songs.

    python -m benchmarks essentia_speed --songs DIR [--count 130] [--turns 3]

One process; processor time, song by song in alternation, so that what else runs counts little and
hits both. Essentia reads whole songs and measures more; musicrec reads excerpts: what that costs in
hearing is in models/MODEL_CARD.md. Marginal cost: each is warmed up on one song first. Essentia
reads each song once, musicrec `--turns` times, of which the median counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import record
from benchmarks.speed.timing import one_core
from musicrec_core.audio.features import analyse

SUFFIXES = {".ogg", ".opus", ".mp3", ".flac", ".m4a"}
SHORTEST_BYTES = 500_000
"""Smaller files are sound effects, not songs."""


def main() -> None:
    """Print and record seconds a song and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=130)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    one_core()
    paths = [
        path
        for path in sorted(options.songs.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.stat().st_size >= SHORTEST_BYTES
    ]
    count = min(options.count, len(paths))
    songs = [str(paths[i * len(paths) // count]) for i in range(count)]
    extract = extractor()
    extract(songs[0])
    analyse(songs[0])
    pairs = []
    for song in songs:
        whole = seconds(extract, song)
        if whole is not None:
            turns = [seconds(analyse, song) or 0.0 for _ in range(options.turns)]
            pairs.append((whole, statistics.median(turns)))
    theirs, ours = (statistics.mean(part) for part in zip(*pairs, strict=True))
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"{len(pairs)} songs that both read, processor seconds a song")
    print(f"musicrec, excerpts             {ours:.4f}")
    print(f"Essentia, whole songs          {theirs:.4f}")
    print(f"Essentia / musicrec            {theirs / ours:.1f}  (goal: at least 60)")
    record(
        "essentia_speed", "analysis of a song beside Essentia's MusicExtractor",
        round(theirs / ours, 1), "times the rate",
        "python -m benchmarks essentia_speed --songs DIR",
        f"processor time, the same {len(pairs)} songs; it reads them whole, musicrec excerpts; "
        f"load of {load:.0f} a core meanwhile",
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

"""Analysis throughput beside bliss-audio and beside decoding alone, on the same real songs.

    python -m benchmarks analysis_speed --songs DIR [--count 60] [--turns 3]

One process, one core. bliss-audio reads whole songs; musicrec reads excerpts, and the floor is
decoding the same excerpts and nothing else. Marginal cost: each is warmed up on one song first.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import record
from musicrec_core.audio.decode import read_excerpts
from musicrec_core.audio.features import analyse

SUFFIXES = {".ogg", ".opus", ".mp3", ".flac", ".m4a"}


def main() -> None:
    """Print seconds a song and the ratios, turn by turn in alternation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    found = [p for p in sorted(options.songs.rglob("*")) if p.suffix.lower() in SUFFIXES]
    songs = [str(p) for p in found[:: max(1, len(found) // options.count)][: options.count]]
    systems: dict[str, Callable[[str], object]] = {
        "decode the excerpts": read_excerpts,
        "musicrec": analyse,
        "bliss-audio": bliss(),
    }
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for function in systems.values():
        function(songs[0])
    for _ in range(options.turns):
        for name, function in systems.items():
            started = time.process_time()
            for song in songs:
                function(song)
            seconds[name].append((time.process_time() - started) / len(songs))
    print(f"{len(songs)} songs, {options.turns} turns, processor seconds a song")
    for name, turns in seconds.items():
        print(f"{name:20} {statistics.median(turns):.4f}")
    of_bliss = ratio(seconds, "bliss-audio", "musicrec")
    of_floor = ratio(seconds, "musicrec", "decode the excerpts")
    print(f"bliss-audio / musicrec  {of_bliss:.1f}")
    print(f"musicrec / decoding     {of_floor:.2f}")
    command = "python -m benchmarks analysis_speed --songs DIR"
    record(
        "analysis_speed", "analysis of a song beside bliss-audio", round(of_bliss, 1),
        "times the rate", command,
        f"processor time, the same {len(songs)} songs; it reads them whole, musicrec excerpts",
    )  # fmt: skip
    record(
        "analysis_speed", "analysis of a song beside decoding its excerpts", round(of_floor, 1),
        "times the time", command, "the floor",
    )  # fmt: skip


def bliss() -> Callable[[str], object]:
    """The peer's analysis; a song it cannot read costs it no more than the attempt."""
    import bliss_audio

    def analyse_whole(path: str) -> object:
        try:
            return bliss_audio.Song(path)
        except BaseException:  # noqa: BLE001 - a panic in its Rust code is no ordinary Exception
            return None

    return analyse_whole


def ratio(seconds: dict[str, list[float]], one: str, other: str) -> float:
    """The median of the ratios turn by turn."""
    pairs = zip(seconds[one], seconds[other], strict=True)
    return statistics.median(a / b for a, b in pairs)


if __name__ == "__main__":
    main()

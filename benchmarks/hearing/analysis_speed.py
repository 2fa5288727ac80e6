"""Analysis throughput beside bliss-audio and beside decoding alone, on the same real songs.

    python -m benchmarks analysis_speed --songs DIR [--count 160] [--turns 3]

One process, one thread, processor time. bliss-audio reads whole songs; musicrec reads excerpts, and
the floor is PyAV decoding the same excerpts and nothing else: frames are dropped as they come.
Marginal cost: each is warmed up on one song first, and what that costs at first is shown.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import record
from benchmarks.speed.timing import one_core

SUFFIXES = {".ogg", ".opus", ".mp3", ".flac", ".m4a"}
SHORTEST_BYTES = 500_000
"""What is smaller is a jingle or a noise, no song."""
FLOOR, OURS, PEER = "decoding the excerpts", "musicrec", "bliss-audio"


def main() -> None:
    """Print seconds a song and the ratios, turn by turn in alternation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=160)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--without-bliss", action="store_true", help="the floor only, quickly")
    options = parser.parse_args()
    one_core()
    paths = [p for p in sorted(options.songs.rglob("*")) if p.suffix.lower() in SUFFIXES]
    paths = [p for p in paths if p.stat().st_size >= SHORTEST_BYTES]
    count = min(options.count, len(paths))
    songs = [str(paths[i * len(paths) // count]) for i in range(count)]
    makers = {FLOOR: floor, OURS: musicrec} | ({} if options.without_bliss else {PEER: bliss})
    systems, seconds = {}, {name: list[float]() for name in makers}
    for name, make in makers.items():
        started = time.process_time()
        systems[name] = make()
        systems[name](songs[0])
        print(f"{name}: start-up and one song {time.process_time() - started:.2f} s")
    for _ in range(options.turns):
        for name, function in systems.items():
            started = time.process_time()
            for song in songs:
                function(song)
            seconds[name].append((time.process_time() - started) / len(songs))
    print(f"{len(songs)} songs, {options.turns} turns, processor seconds a song")
    for name, turns in seconds.items():
        print(f"{name:22} {statistics.median(turns):.4f}")
    command = "python -m benchmarks analysis_speed --songs DIR"
    of_floor = ratio(seconds, OURS, FLOOR)
    print(f"musicrec / decoding     {of_floor:.2f}")
    record(
        "analysis_speed", "analysis of a song beside decoding its excerpts", round(of_floor, 1),
        "times the time", command, "the floor",
    )  # fmt: skip
    if PEER in seconds:
        of_bliss = ratio(seconds, PEER, OURS)
        print(f"bliss-audio / musicrec  {of_bliss:.1f}")
        record(
            "analysis_speed", "analysis of a song beside bliss-audio", round(of_bliss, 1),
            "times the rate", command,
            f"processor time, the same {len(songs)} songs; it reads them whole, musicrec excerpts",
        )  # fmt: skip


def musicrec() -> Callable[[str], object]:
    """Ours."""
    from musicrec_core.audio.features import analyse

    return analyse


def floor() -> Callable[[str], object]:
    """PyAV alone: seek to each window that musicrec reads, decode it, drop it."""
    import av

    from musicrec_core.audio.decode import BUDGET_S, SEEK_EARLY_S, WINDOW_S, WINDOWS_SPREAD

    def decode(path: str) -> None:
        with av.open(path, metadata_errors="replace") as container:
            stream = container.streams.audio[0]
            stream.codec_context.thread_count = 1
            duration_s = (container.duration or 0) / 1e6
            if duration_s <= BUDGET_S:
                _take(container, stream, BUDGET_S)
                return
            for i in range(WINDOWS_SPREAD):
                start_s = (i + 0.5) / WINDOWS_SPREAD * duration_s - WINDOW_S / 2 - SEEK_EARLY_S
                ticks = round(start_s / stream.time_base) + (stream.start_time or 0)
                container.seek(ticks, stream=stream)
                _take(container, stream, WINDOW_S + SEEK_EARLY_S)

    return decode


def _take(container, stream, length_s: float) -> None:  # type: ignore[no-untyped-def]
    """Decode so many seconds from where the container stands."""
    missing = length_s * stream.rate
    for packet in container.demux(stream):
        for frame in packet.decode():
            missing -= frame.samples
        if missing <= 0:
            return


def bliss() -> Callable[[str], object]:
    """The peer's analysis; a song it cannot read costs it no more than the attempt."""
    import bliss_audio

    def analyse_whole(path: str) -> object:
        try:
            return bliss_audio.Song(path)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001 - a panic in its Rust code is no ordinary Exception
            return None

    return analyse_whole


def ratio(seconds: dict[str, list[float]], one: str, other: str) -> float:
    """The median of the ratios turn by turn."""
    pairs = zip(seconds[one], seconds[other], strict=True)
    return statistics.median(a / b for a, b in pairs)


if __name__ == "__main__":
    main()

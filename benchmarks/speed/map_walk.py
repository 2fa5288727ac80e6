"""How long the screens stand still while a map of a million songs is walked and come nearer to.

Needs no data: the songs lie in twelve clouds. The real plot in an application of its own is given
the same keys at a thousand songs and at a million; a task that wakes each millisecond tells how
long the event loop let it wait. Processor time of a key press includes counting and painting.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time

import numpy as np
from textual.app import App, ComposeResult

from benchmarks.results import record
from musicrec_tui.screens.explore.grid import MapSongs
from musicrec_tui.screens.explore.plot import SongPlot

KEYS = ("right", "down", "i", "left", "i", "up", "right", "o", "down", "c")
WAKE_S = 0.001
SIZE = (150, 50)
KINDS = 12


def clouds(songs: int) -> MapSongs:
    """Songs of twelve kinds, each a cloud."""
    rng = np.random.default_rng(0)
    kinds = rng.integers(0, KINDS, songs)
    at = rng.normal(0, 0.5, (KINDS, 2))[kinds] + rng.normal(0, 0.1, (songs, 2))
    scores = rng.random(songs).astype(np.float32)
    return MapSongs.best_first(np.arange(songs), at.astype(np.float32), kinds + 1, scores)


class Walk(App[None]):
    """The plot alone."""

    def compose(self) -> ComposeResult:
        """The plot."""
        yield SongPlot()


async def walked(songs: int, rounds: int) -> tuple[float, float]:
    """(longest stall in seconds, processor seconds of a key press)."""
    made, longest, over = clouds(songs), 0.0, False

    async def watch() -> None:
        nonlocal longest
        before = time.perf_counter()
        while not over:
            await asyncio.sleep(WAKE_S)
            now = time.perf_counter()
            longest = max(longest, now - before - WAKE_S)
            before = now

    app = Walk()
    async with app.run_test(size=SIZE) as pilot:
        plot = app.query_one(SongPlot)
        plot.show(made)
        while plot.grid is None:
            await pilot.pause(0.01)
        watcher, began_s = asyncio.create_task(watch()), time.process_time()
        for key in KEYS * rounds:
            await pilot.press(key)
            await app.workers.wait_for_complete()
        spent_s = time.process_time() - began_s
        over = True
        await watcher
    return longest, spent_s / (len(KEYS) * rounds)


def main() -> None:
    """Print both and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    few = asyncio.run(walked(1000, options.rounds))
    many = asyncio.run(walked(options.songs, options.rounds))
    for name, (stall_s, key_s) in (("1,000 songs", few), (f"{options.songs:,} songs", many)):
        print(f"{name:16} longest stall {1000 * stall_s:5.0f} ms, a key {1000 * key_s:5.0f} ms")
    print(f"a key costs {many[1] / few[1]:.1f} times as much")
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"
    record(
        "map_walk", f"longest stall on a map of {options.songs:,} songs", round(1000 * many[0]),
        "ms", "python -m benchmarks map_walk",
        f"{1000 * few[0]:.0f} ms at 1,000 songs; {machine}",
    )  # fmt: skip


if __name__ == "__main__":
    main()

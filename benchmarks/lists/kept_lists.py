"""What rules, playlists and a year in review cost in a large library.

    python -m benchmarks kept_lists --home DIR [--tracks 100000]

Builds a made-up library in DIR unless one is there. Processor time of one thread, the best of
three after the library was read once; the floor is reading the path of every file from the
database. A playlist of 10,000 songs is made, changed, written and read back.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed import scale_library
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists import rules
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.lists.rules.fields import FIELDS

PLAYLIST_SONGS = 10_000
RUNS = 3
LEFT_OUT = ("playlist",)
"""Names one that is not there."""


def main() -> None:
    """Print a table of seconds and times the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--tracks", type=int, default=100_000)
    args = parser.parse_args()
    scale_library.build(args.home, args.tracks, {"default": 2000})
    with MusicRec(home=args.home) as app, tempfile.TemporaryDirectory() as folder:
        person = Person.now(app._context)  # noqa: SLF001 - the library as arrays
        rules.matching(person, rules.parse("liked score:0.. added:-1d"))
        files = person.context.store.tracks
        floor_s = best_s(lambda: list(files.paths()))
        print(f"{len(person.catalogue)} tracks; the floor: {floor_s:.3f} s")
        steps = {
            FIELDS[name].example: lambda name=name: rules.matching(
                person, rules.parse(FIELDS[name].example)
            )
            for name in FIELDS
            if name not in LEFT_OUT
        }
        steps |= of_playlists(app, Path(folder))
        steps["a year in review"] = app.year
        for name, step in steps.items():
            seconds = best_s(step)
            print(f"{name:44}{seconds:8.3f} s{seconds / floor_s:8.1f} times the floor", flush=True)


def of_playlists(app: MusicRec, folder: Path) -> dict[str, Callable[[], object]]:
    """What is done with a long playlist, each step as often as it is asked for."""
    tracks = list(app._context.store.tracks.by_id(range(1, PLAYLIST_SONGS + 1)).values())  # noqa: SLF001
    file = folder / "long.m3u8"
    app.playlists.replace("Long", tracks)
    app.playlists.write_file(file, tracks)
    app.saved_lists.save("Daily", ListRequest(50, where="genre:jazz -liked"))
    one = tracks[:1]
    return {
        f"replace {PLAYLIST_SONGS:,} songs": lambda: (
            app.playlists.clear("Long"), app.playlists.replace("Long", tracks)
        ),
        "add one song to them": lambda: app.playlists.add("Long", one),
        "undo": lambda: app.playlists.undo("Long"),
        "show them": lambda: app.playlists.show("Long"),
        "write them to a file": lambda: app.playlists.write_file(file, tracks),
        "read that file": lambda: app.playlists.read_file(file),
        "a saved list of 50, made anew": lambda: app.saved_lists.songs("Daily", again=True),
    }  # fmt: skip


def best_s(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest run."""
    runs_s = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        runs_s.append(time.process_time() - started)
    return min(runs_s)


if __name__ == "__main__":
    main()

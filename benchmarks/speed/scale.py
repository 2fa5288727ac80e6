"""A library of 100,000 synthetic tracks: recommend, a like, and a rescan, beside their floors.

The tracks have tags and embeddings drawn at random; their files are empty, because a rescan of an
unchanged library must not open them. Floors: `import numpy` for commands, a bare walk with `stat`
for the rescan.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.results import record
from benchmarks.speed.timing import in_turns, musicrec, ratio
from musicrec_core import paths
from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.scores import catalogue
from musicrec_core.audio.features import FEATURE_SIZE, FEATURE_VERSION
from musicrec_core.records import Attributes, Features, FoundFile, Tags

WALK = (
    "import os, sys\n"
    "print(sum(os.stat(os.path.join(d, n)).st_size for d, _, names in os.walk(sys.argv[1])"
    " for n in names))"
)
GENRES = ("Rock", "Jazz", "Techno", "Folk", "Metal", "Ambient", "Hip-Hop", "Classical", "Soul")


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, songs = Path(folder, "home"), Path(folder, "songs")
        build(home, songs, options.tracks)
        with MusicRec(home=home) as app:
            app.lists.recommend(ListRequest(20))
        size = paths.database(home).stat().st_size
        print(f"{options.tracks} tracks, database {size / 1e6:.0f} MB")
        # Each like is new feedback, so the recommend after it scores the whole library again.
        times = in_turns(
            {
                "import numpy": [sys.executable, "-c", "import numpy"],
                "recommend": musicrec("recommend"),
                "like": musicrec("like", "17"),
                "recommend after a like": musicrec("recommend"),
                "search": musicrec("search", "song 77"),
                "walk with stat": [sys.executable, "-c", WALK, str(songs)],
                "rescan": musicrec("scan", "--tags-only"),
            },
            options.runs,
            home,
        )
    numpy_floor, walk = times.pop("import numpy"), times.pop("walk with stat")
    print(f"{'import numpy':24} {numpy_floor.median_s:6.2f} s")
    print(f"{'walk with stat':24} {walk.median_s:6.2f} s")
    for name, measured in times.items():
        floor = walk if name == "rescan" else numpy_floor
        print(
            f"{name:24} {measured.median_s:6.2f} s"
            f"   {ratio(measured, floor):.1f} times {floor.name}"
        )
        record(
            "scale", f"{name} with {options.tracks:,} tracks", round(ratio(measured, floor), 1),
            "times", "python -m benchmarks scale", f"beside `{floor.name}`",
        )  # fmt: skip


def build(home: Path, songs: Path, count: int) -> None:
    """Write the empty files and their rows."""
    rng = np.random.default_rng(0)
    with_rows = Context("default", home)
    store = with_rows.store
    root = store.files.add_root(os.fsencode(songs))
    with store.atomic():
        for number in range(count):
            artist, album = number // 50, number // 10
            path = songs / f"artist {artist}" / f"album {album}" / f"{number}.mp3"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            found = path.stat()
            tags = Tags(
                title=f"Song {number}",
                artist=f"Artist {artist}",
                album=f"Album {album}",
                genres=(GENRES[artist % len(GENRES)], GENRES[artist % 4]),
                year=1960 + artist % 60,
                duration_s=200.0,
            )
            track_id = store.files.put(
                root, FoundFile(os.fsencode(path), 0, found.st_mtime_ns), tags, f"{number:032x}"
            )
            vector = rng.normal(size=FEATURE_SIZE).astype(np.float32)
            store.analysis.put(track_id, Features(FEATURE_VERSION, vector, Attributes()))
        store.files.touch()
    catalogue.embed_new(with_rows)
    with_rows.close()


if __name__ == "__main__":
    main()

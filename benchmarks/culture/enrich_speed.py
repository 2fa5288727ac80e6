"""Enriching a library whose answers are all there: seconds and memory, beside bare reading.

    python -m benchmarks enrich_speed [--tracks 100000]

Every artist, album and track has tags; artists and tracks have similar ones; all have popularity.
`as before` finds nothing to ask and nothing changed. `first scores` rebuilds the catalogue from
all those tags and scores it, as after a run in which answers came. The floor reads the same rows
of tracks, lookups and answers with plain sqlite3. Each step is a process of its own; ratios are of
processor time. The server's address leads nowhere: a single request would fail the run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.results import record
from musicrec_core import paths
from musicrec_core.app.context import Context
from musicrec_core.app.results import EnrichOptions
from musicrec_core.app.scores import metadata
from musicrec_core.app.services import enrich
from musicrec_core.enrich import account as accounts
from musicrec_core.enrich.server import Server
from musicrec_core.records import FoundFile, Tags
from musicrec_core.service_records import Answer, Lookup, Popularity, Similar, Subject

TRACKS = 100_000
COMMAND = "python -m benchmarks enrich_speed"
NOTE = f"processor time, beside reading the rows of {TRACKS:,} tracks bare"
RECORDED = {"enrich, first scores": "rescored", "enrich, as before": "unchanged"}
ADDRESS = "https://127.0.0.1:9/2.0/"
TAGS = (
    "rock", "indie", "electronic", "ambient", "jazz", "seen live", "shoegaze", "dream pop", "metal",
    "folk", "soul", "techno", "house", "classical", "piano", "90s", "british", "female vocalists",
    "mellow", "sad", "punk", "hip-hop", "experimental", "noise", "pop", "blues", "favourites",
)  # fmt: skip
STEPS: dict[str, Callable[[Path], object]] = {}


def step(name: str) -> Callable[[Callable[[Path], object]], Callable[[Path], object]]:
    """Name something to be measured in a process of its own."""

    def named(work: Callable[[Path], object]) -> Callable[[Path], object]:
        STEPS[name] = work
        return work

    return named


@step("bare reading (floor)")
def bare(home: Path) -> int:
    """The same rows by sqlite3 alone; how many."""
    with sqlite3.connect(paths.database(home)) as conn:
        files = conn.execute("SELECT * FROM files WHERE state = 'present'").fetchall()
        stored = conn.execute("SELECT * FROM lookups").fetchall()
        tags = conn.execute(
            "SELECT body FROM lookups JOIN answers ON lookup_id = id WHERE topic = 'tags'"
        ).fetchall()
    return len(files) + len(stored) + len(tags)


@step("enrich, as before")
def unchanged(home: Path) -> int:
    """A run that finds all answers there."""
    return _enrich(home)


@step("enrich, first scores")
def rescored(home: Path) -> int:
    """A run whose answers are not in any score yet."""
    context = Context("default", home)
    context.store.counters.touch()
    context.close()
    return _enrich(home)


@step("popularity of all tracks")
def popular(home: Path) -> int:
    """What `insights` reads."""
    context = Context("default", home)
    listeners = metadata.popularity(context, list(context.store.tracks.present()))
    return sum(p is not None for p in listeners)


def _enrich(home: Path) -> int:
    context = Context("default", home)
    report = enrich.enrich(context, EnrichOptions(), None, None)
    if report.requested or report.left:
        raise SystemExit(f"the cache was not warm: {report}")
    return report.cached


def build(home: Path, count: int) -> None:
    """The library and its answers: ten tracks an album, five albums an artist."""
    rng = np.random.default_rng(0)
    context = Context("default", home)
    store, now_s = context.store, time.time()

    def put(subject: Subject, artist: str, name: str = "") -> None:
        chosen = rng.choice(len(TAGS), 15, replace=False)
        weights = np.sort(rng.random(15))[::-1]
        tags = tuple((TAGS[i], round(float(w), 3)) for i, w in zip(chosen, weights, strict=True))
        near = tuple(Similar(f"Artist {i}", name and f"Song {i}", 0.5) for i in range(20))
        key = (artist.replace(" ", "").lower(), name.replace(" ", "").lower())
        answers = {
            "tags": Answer(artist, name, tags=tags),
            "similar": Answer(artist, name, similar=near),
            "info": Answer(artist, name, popularity=Popularity(1000, 9000)),
        }
        for topic, answer in answers.items():
            if (subject, topic) != ("album", "similar"):
                lookup = Lookup(ADDRESS, subject, topic, *key)  # type: ignore[arg-type]
                store.enrichment.put(lookup, answer, at_s=now_s)

    with store.atomic():
        for number in range(count):
            artist, album = f"Artist {number // 50}", f"Album {number // 10}"
            tags = Tags(
                title=f"Song {number}", artist=artist, album=album, genres=("Rock",),
                duration_s=200.0,
            )  # fmt: skip
            file = FoundFile(f"/music/{artist}/{album}/{number}.mp3".encode(), 1, number)
            store.files.put(None, file, tags, f"{number:032x}")
            put("track", artist, f"Song {number}")
            if number % 10 == 0:
                put("album", artist, album)
            if number % 50 == 0:
                put("artist", artist)
        store.counters.touch()
    context.close()
    accounts.save(
        paths.service_account("lastfm", home), accounts.Account(Server.at(ADDRESS), "0" * 32)
    )


def measured(name: str, home: Path) -> tuple[float, float, float]:
    """(seconds, processor seconds, peak MB) of a step in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.culture.enrich_speed",
        "--step",
        name,
        "--home",
        str(home),
    ]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, busy, peak = json.loads(run.stdout)
    return seconds, busy, peak


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=TRACKS)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help="Keep the made-up library here.")
    options = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    if options.step:
        started, busy_before = time.perf_counter(), time.process_time()
        STEPS[options.step](options.home)
        seconds, busy = time.perf_counter() - started, time.process_time() - busy_before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([seconds, busy, peak]))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        if not paths.database(home).exists():
            build(home, options.tracks)
        size = paths.database(home).stat().st_size / 1e6
        print(f"{options.tracks} tracks, database {size:.0f} MB")
        measured("enrich, first scores", home)  # unmeasured: so that `as before` finds scores
        print(f"{'step':28}{'seconds':>9}{'processor':>11}{'times the floor':>17}{'peak MB':>10}")
        floor = None
        for name in STEPS:
            seconds, busy, peak = measured(name, home)
            floor = floor or busy
            print(f"{name:28}{seconds:9.2f}{busy:11.2f}{busy / floor:17.1f}{peak:10.0f}")
            if name in RECORDED and options.tracks == TRACKS:
                note = f"{NOTE}; {busy:.2g} s, {round(peak, -1):.0f} MB"
                what = f"`musicrec enrich` with all answers there, {RECORDED[name]}"
                record("enrich_speed", what, round(busy / floor, 1), "times", COMMAND, note)


if __name__ == "__main__":
    main()

"""Names of a great many songs, written straight into the store, as reading their tags would.

Artists are called as those of the bundled map are, or by two words of such names; titles are one to
six everyday words, common ones more often. One song in seven is a cover of a title that many have,
one in ten is there again on another album, one in thirty as a live or remastered version. The files
themselves are not there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from musicrec_core import paths
from musicrec_core.app.facade import MusicRec
from musicrec_core.records import FoundFile, Tags

BATCH = 20_000
CACHE_KIB = 1_000_000  # indices over random names are written all over the file
SONGS_AN_ARTIST, SONGS_AN_ALBUM = 25, 11
COVERED, AGAIN, VERSIONS = 0.14, 0.1, 0.03
STANDARDS = 2_000
WORDS_A_TITLE = (0.18, 0.27, 0.24, 0.16, 0.09, 0.06)
MARKS = (" (Live)", " (Remastered 2009)", " (Acoustic Version)")


@dataclass(frozen=True, slots=True)
class NamedSong:
    """What a song is called, and on which album it is."""

    title: str
    artist: str
    album: str


class Names:
    """Draws titles and artists, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        models = paths.bundled_models()
        words = json.loads((models / "language_words.json").read_text("utf-8"))["ordinary"]
        kept = [word for word in words if len(word) > 1 and word.isalpha()]
        self._words = np.array(kept)[np.random.default_rng(7).permutation(len(kept))]
        common = 1.0 / (np.arange(len(kept)) + 20.0)
        self._common = common / common.sum()
        with MusicRec(home=Path("/nonexistent")) as musicrec:
            # The bundled map is read, nothing of a home.
            self._artists = [n.title() for n in musicrec._context.culture.artist_names]  # noqa: SLF001
        self._parts = np.array(sorted({w for name in self._artists for w in name.split()}))

    def title(self) -> str:
        """One to six everyday words."""
        count = 1 + int(self.rng.choice(len(WORDS_A_TITLE), p=WORDS_A_TITLE))
        return " ".join(self.rng.choice(self._words, count, p=self._common)).capitalize()

    def artist(self, number: int) -> str:
        """One of the map for each number; beyond its end two words of such names."""
        if number < len(self._artists):
            return self._artists[number]
        rng = np.random.default_rng(number)
        return " ".join(self._parts[rng.integers(len(self._parts), size=2)])


def songs(count: int, seed: int = 0) -> Iterator[NamedSong]:
    """So many songs, artist by artist."""
    names = Names(seed)
    rng = names.rng
    standards = [names.title() for _ in range(STANDARDS)]
    popular = 1.0 / (np.arange(STANDARDS) + 5.0)
    popular /= popular.sum()
    last: list[NamedSong] = []
    for number in range(count):
        kind = rng.random()
        if last and kind < AGAIN:
            song = last[int(rng.integers(len(last)))]
            yield NamedSong(song.title, song.artist, f"The best of {song.artist}")
        elif last and kind < AGAIN + VERSIONS:
            song = last[int(rng.integers(len(last)))]
            yield NamedSong(song.title + MARKS[number % len(MARKS)], song.artist, song.album)
        else:
            covered = kind < AGAIN + VERSIONS + COVERED
            title = standards[int(rng.choice(STANDARDS, p=popular))] if covered else names.title()
            artist = names.artist(number // SONGS_AN_ARTIST)
            song = NamedSong(title, artist, f"{title} {number // SONGS_AN_ALBUM % 100}")
            last = [*last[-20:], song] if last and last[-1].artist == artist else [song]
            yield song


def build(home: Path, count: int, seed: int = 0) -> None:
    """Write them into the store of a home; what is there of them stays."""
    with MusicRec(home=home) as musicrec:
        store = musicrec._context.store  # noqa: SLF001 - in place of a scan
        store._conn.execute(f"PRAGMA cache_size = {-CACHE_KIB}")  # noqa: SLF001
        root = store.roots.add(b"/srv/music/everything")
        there = store.files.count("present")
        drawn = islice(songs(count, seed), there, None)
        for start in range(there, count, BATCH):
            with store.atomic():
                for number in range(start, min(start + BATCH, count)):
                    song = next(drawn)
                    path = f"/srv/music/everything/{song.artist}/{song.album}/{number:07}.flac"
                    tags = Tags(title=song.title, artist=song.artist, album=song.album,
                                album_artist=song.artist, genres=("pop",), year=1960 + number % 64,
                                duration_s=150.0 + number % 200)  # fmt: skip
                    file = FoundFile(os.fsencode(path), 9_000_000 + number, 1_600_000_000 * 10**9)
                    store.files.put(root, file, tags, f"{number:032x}")
        store.counters.touch()

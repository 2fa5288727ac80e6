"""The HetRec 2011 Last.fm data as matrices: who played whom, and who is tagged how.

Cantador, Brusilovsky, Kuflik: HetRec 2011, RecSys 2011. Names are repaired, spellings of one
artist are merged, placeholders left out, and tags cleaned by the product's own hygiene.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from musicrec_core.culture.hygiene import TagClass, classify, clean_tags
from musicrec_core.names import artist_key, is_nobody


@dataclass(frozen=True, slots=True)
class Listening:
    """Plays and tags of all listeners, by index.

    plays: CSR float32 [listeners, artists], play counts. taggings: int64 [t, 3], one row
    (listener, artist, tag) each time that a listener gave an artist a tag.
    """

    artist_names: tuple[str, ...]
    tag_names: tuple[str, ...]
    plays: sparse.csr_matrix
    taggings: NDArray[np.int64]

    def tag_counts(self, listeners: NDArray[np.int64]) -> sparse.csr_matrix:
        """CSR float32 [artists, tags]: how many of these listeners gave each tag."""
        rows = self.taggings[np.isin(self.taggings[:, 0], listeners)]
        shape = (len(self.artist_names), len(self.tag_names))
        ones = np.ones(len(rows), np.float32)
        return sparse.csr_matrix((ones, (rows[:, 1], rows[:, 2])), shape=shape)


def load(folder: Path) -> Listening:
    """Read the `lastfm2k` files in `folder`, or in its subfolder of that name."""
    folder = folder / "lastfm2k" if (folder / "lastfm2k").is_dir() else folder
    play_rows = [row[:3] for row in _rows(folder / "user_artists.dat")]
    listener_of = _index(row[0] for row in play_rows)
    artist_of, names = _artists(folder / "artists.dat")
    plays = defaultdict(float)
    for user, artist, count in play_rows:
        if artist in artist_of:
            plays[listener_of[user], artist_of[artist]] += float(count)
    cells = np.array(list(plays), np.int64)
    matrix = sparse.csr_matrix(
        (np.fromiter(plays.values(), np.float32), (cells[:, 0], cells[:, 1])),
        shape=(len(listener_of), len(names)),
    )
    taggings, tag_names = _taggings(folder, listener_of, artist_of, names)
    return Listening(names, tag_names, matrix, taggings)


def split_listeners(
    count: int, seed: int, shares: tuple[float, float] = (0.15, 0.2)
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Listeners at random for training, validation and test; `shares` go to the last two."""
    order = np.random.default_rng(seed).permutation(count)
    val, test = (int(count * share) for share in shares)
    return np.sort(order[val + test :]), order[:val], order[val : val + test]


def repaired(name: str) -> str:
    """The name with UTF-8 that was read as Latin-1 read again, when that is what it is."""
    for encoding in ("latin-1", "cp1252"):
        try:
            return name.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return name


def _artists(path: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Index of each file id, and the spelling met first for each index."""
    by_key: dict[str, int] = {}
    names: list[str] = []
    artist_of: dict[str, int] = {}
    for row in _rows(path):
        name = repaired(row[1]).strip()
        if is_nobody(name):
            continue
        key = artist_key(name)
        if key not in by_key:
            by_key[key] = len(names)
            names.append(name)
        artist_of[row[0]] = by_key[key]
    return artist_of, tuple(names)


def _taggings(
    folder: Path,
    listener_of: dict[str, int],
    artist_of: dict[str, int],
    artist_names: tuple[str, ...],
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Taggings without repeats, by clean tags that several listeners gave.

    A tag whose class is known needs two givers. Any other needs three, and must not be the name
    of an artist, which says who plays and not how it sounds.
    """
    meaning = {row[0]: clean_tags([row[1]]) for row in _rows(folder / "tags.dat")}
    counts = {
        (listener_of[row[0]], artist_of[row[1]], tag)
        for row in _rows(folder / "user_taggedartists.dat")
        if row[0] in listener_of and row[1] in artist_of
        for tag in meaning[row[2]]
    }
    givers = Counter(tag for _, tag in {(listener, tag) for listener, _, tag in counts})
    keys = {artist_key(name) for name in artist_names}
    names = sorted(
        tag
        for tag, count in givers.items()
        if count >= (2 if classify(tag) is not TagClass.OTHER else 3)
        and not (classify(tag) is TagClass.OTHER and artist_key(tag) in keys)
    )
    tag_of = _index(names)
    rows = sorted((u, a, tag_of[tag]) for u, a, tag in counts if tag in tag_of)
    return np.array(rows, np.int64), tuple(names)


def _rows(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return [line.split("\t") for line in text.splitlines()[1:] if line]


def _index(names: object) -> dict[str, int]:
    return {name: i for i, name in enumerate(dict.fromkeys(names))}  # type: ignore[call-overload]

"""A made-up library of any size, written straight into the store: what a scan would have left.

Artists have a style that their songs share in sound, tags and attributes; names, paths and tags
are as long as real ones. The files themselves are not there.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from musicrec_core.app.facade import MusicRec
from musicrec_core.audio.features import FEATURE_SIZE
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.records import Attributes, Features, FoundFile, SoundPredictions, Tags
from musicrec_core.store import Store

SYLLABLES = (
    "ka", "ro", "li", "men", "sto", "va", "ter", "na", "bel", "or", "chi", "du", "sa", "wen", "ly",
    "mar", "to", "fin", "ha", "gre",
)  # fmt: skip
STYLES = (
    ("rock", "indie rock"), ("jazz", "hard bop"), ("techno", "electronic"), ("folk",),
    ("metal", "doom metal"), ("ambient", "drone"), ("hip hop", "rap"), ("classical", "baroque"),
    ("soul", "funk"), ("pop", "synthpop"), ("punk", "hardcore"), ("blues",),
)  # fmt: skip
SONGS_AN_ALBUM, ALBUMS_AN_ARTIST = 11, 6
BATCH = 20_000


def build(home: Path, count: int, opinions: dict[str, int]) -> None:
    """Write `count` songs, and so many opinions of each profile; nothing where they are there."""
    with MusicRec(home=home) as app:
        ears = app._context.bundled_ears  # noqa: SLF001 - what a scan would have heard with
        store = app._context.store  # noqa: SLF001
        if not store.roots.all():
            rng = np.random.default_rng(0)
            root = store.roots.add(b"/srv/music/collection")
            styles = rng.normal(size=(len(STYLES), ears.embedding_size)).astype(np.float32)
            for start in range(0, count, BATCH):
                numbers = range(start, min(start + BATCH, count))
                with store.atomic():
                    _songs(store, root, numbers, rng)
                    _heard(store, ears, numbers, styles, rng)
                    store.counters.touch()
        for profile, wanted in opinions.items():
            _opinions(store, profile, wanted, count)


def _songs(store: Store, root: object, numbers: range, rng: np.random.Generator) -> None:
    vectors = rng.normal(size=(len(numbers), FEATURE_SIZE)).astype(np.float32)
    measures = rng.random((len(numbers), 8))
    for i, number in enumerate(numbers):
        album, place = divmod(number, SONGS_AN_ALBUM)
        artist = album // ALBUMS_AN_ARTIST
        by, on = name(artist, 2), name(album + 7_000_000, 3)
        title = f"{name(number * 31 + 3, 2)} {number}"
        path = f"/srv/music/collection/{by}/{on}/{place + 1:02} - {title}.flac"
        tags = Tags(
            title=title, artist=by, album=on, album_artist=by, genres=STYLES[artist % len(STYLES)],
            track_no=place + 1, disc_no=1, year=1960 + album % 64, duration_s=180.0 + number % 120,
        )  # fmt: skip
        file = FoundFile(os.fsencode(path), 25_000_000 + number, 1_600_000_000_000_000_000)
        track_id = store.files.put(root, file, tags, f"{number * 2654435761 % 2**128:032x}")  # type: ignore[arg-type]
        assert track_id == number + 1
        store.analysis.put(
            track_id, Features(FEATURE_VERSION, vectors[i], _attributes(*measures[i].tolist()))
        )


def _attributes(a: float, b: float, c: float, d: float, *rest: float) -> Attributes:
    return Attributes(
        tempo_bpm=70 + 100 * a, tempo_confidence=b, key="F# minor", key_confidence=c,
        loudness_lufs=-20 + 12 * d, dynamic_range_db=4 + 10 * rest[0],
        brightness_hz=800 + 3000 * rest[1], energy=rest[2], acousticness=rest[3],
        danceability=a * d, instrumentalness=b * c,
    )  # fmt: skip


def _heard(store: Store, ears: object, numbers: range, styles: np.ndarray, rng: object) -> None:
    assert isinstance(rng, np.random.Generator)
    n = len(numbers)
    artists = np.array(numbers) // (SONGS_AN_ALBUM * ALBUMS_AN_ARTIST)
    own = np.stack([np.random.default_rng(int(a)).normal(size=styles.shape[1]) for a in
                    range(artists[0], artists[-1] + 1)])  # fmt: skip
    points = styles[artists % len(STYLES)] + own[artists - artists[0]]
    points = (points + rng.normal(size=points.shape)).astype(np.float32)
    store.analysis.put_heard(
        ears.version,  # type: ignore[attr-defined]
        np.array(numbers) + 1,
        SoundPredictions(
            embeddings=points / np.linalg.norm(points, axis=1, keepdims=True),
            arousal=rng.random(n, np.float32),
            valence=rng.random(n, np.float32),
            moods=rng.random((n, len(ears.mood_names)), np.float32),  # type: ignore[attr-defined]
            genres=rng.random((n, len(ears.genre_names)), np.float32),  # type: ignore[attr-defined]
            mood_names=ears.mood_names,  # type: ignore[attr-defined]
            genre_names=ears.genre_names,  # type: ignore[attr-defined]
        ),
    )


def _opinions(store: Store, profile: str, wanted: int, count: int) -> None:
    """Half likes of three styles, half dislikes of others; spread over two years."""
    if store.feedback.knows(profile):
        return
    rng = np.random.default_rng(1)
    now_s = time.time()
    with store.atomic():
        for number in rng.choice(count, min(wanted, count // 2), replace=False).tolist():
            style = number // (SONGS_AN_ALBUM * ALBUMS_AN_ARTIST) % len(STYLES)
            liked = rng.random() < (0.8 if style < 5 else 0.25)
            store.feedback.add(
                profile, number + 1, "like" if liked else "dislike",
                at_s=now_s - 86_400 * 730 * rng.random(), source="cli",
            )  # fmt: skip


def name(number: int, words: int) -> str:
    """A pronounceable name, the same for the same number."""
    syllables = []
    for _ in range(words):
        number, first = divmod(number * 7 + 5, len(SYLLABLES))
        number, second = divmod(number, len(SYLLABLES))
        third = (number + first) % len(SYLLABLES)
        syllables.append((SYLLABLES[first] + SYLLABLES[second] + SYLLABLES[third]).capitalize())
    return " ".join(syllables)

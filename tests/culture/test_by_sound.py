"""Placing songs by sound: only where sound tells, and only who is in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from musicrec_core.culture import by_sound
from musicrec_core.culture.by_sound import artist_means, guess_places
from musicrec_core.culture.extension import place_tracks
from musicrec_core.service_records import Similar
from tests.culture.test_extension import SIDE, planted, tagged

ARTISTS, HEARD, SIZE = 60, 8, 6


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def library(share: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two songs an artist; `told` of a place follows from the sound."""
    rng = np.random.default_rng(seed)
    artists = np.repeat(np.arange(ARTISTS), 2)
    sound = unit(rng.normal(size=(ARTISTS, HEARD)))[artists]
    way = rng.normal(size=(HEARD, SIZE))
    own = rng.normal(size=(ARTISTS, SIZE))[artists]
    return sound, unit(share * sound @ way + (1 - share) * own), artists


def test_where_sound_tells_the_place_is_found() -> None:
    sound, true, artists = library(0.9)
    places = true.copy()
    places[-10:] = np.nan
    learned = guess_places(sound, places, artists, np.isnan(places[:, 0]))
    assert learned is not None
    assert np.flatnonzero(learned.asked).tolist() == list(range(len(places) - 10, len(places)))
    guessed = learned.of(sound[-10:])
    np.testing.assert_allclose(np.linalg.norm(guessed, axis=1), 1, atol=1e-5)
    assert ((guessed * true[-10:]).sum(axis=1) > 0.7).all()


def test_where_sound_tells_nothing_it_is_not_asked() -> None:
    spoke = 0
    for seed in range(60):
        sound, true, artists = library(0.0, seed)
        true[-10:] = np.nan
        spoke += guess_places(sound, true, artists, np.isnan(true[:, 0])) is not None
    assert spoke <= 1


def test_a_few_artists_teach_nothing() -> None:
    sound, true, artists = library(0.9)
    true[40:] = np.nan
    assert guess_places(sound, true, artists, np.isnan(true[:, 0])) is None
    everyone = np.ones(len(true), np.bool_)
    assert guess_places(sound[:, :0], true, artists, everyone) is None
    assert guess_places(sound * np.nan, true, artists, everyone) is None


def test_the_mean_of_an_artist_is_over_its_own_songs() -> None:
    rows = np.array([[1.0], [5.0], [3.0]], np.float32)
    artists = np.array([7, 2, 7])
    np.testing.assert_array_equal(artist_means(rows, artists, np.arange(3)), [[5.0], [2.0]])
    np.testing.assert_array_equal(artist_means(rows, artists, np.array([2, 1])), [[5.0], [3.0]])


def test_means_are_the_same_however_many_rows_are_read_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(500, 3)).astype(np.float32)
    artists, some = rng.integers(0, 40, 500), np.flatnonzero(rng.random(500) < 0.8)
    whole = artist_means(rows, artists, some)
    for size in (1, 7, 100):
        monkeypatch.setattr(by_sound, "ROWS_AT_ONCE", size)
        np.testing.assert_array_equal(artist_means(rows, artists, some), whole)


def test_sound_places_a_stranger_and_leaves_the_famous_where_they_are() -> None:
    culture = planted()
    artists = [f"Loud {i}" for i in range(1, SIDE)] + [f"Quiet {i}" for i in range(1, SIDE)]
    rng = np.random.default_rng(0)
    sides = np.array([0] * (SIDE - 1) + [1] * (SIDE - 1) + [0, 0])
    sound = unit(np.eye(4)[sides] + rng.normal(size=(len(sides), 4)) * 0.2)
    names = [*artists, "Stranger", "Alike"]
    similar = {"alike": [Similar(f"Quiet {i}", "", 1.0) for i in range(1, 12)]}
    lists: list[list[str]] = [[] for _ in names]
    placed = place_tracks(culture, names, [{}] * len(names), similar, tagged(names, lists), sound)
    vectors = placed.vectors
    assert np.flatnonzero(placed.by_sound).tolist() == [len(artists)]
    metal, ambient = culture.tag_vectors(["metal", "ambient"])
    assert vectors[-2] @ metal > 0.7 > vectors[-2] @ ambient
    assert vectors[-1] @ ambient > 0.7 > vectors[-1] @ metal
    plain = culture.track_vectors(artists, [{}] * len(artists))
    np.testing.assert_allclose(vectors[: len(artists)], plain, atol=1e-5)

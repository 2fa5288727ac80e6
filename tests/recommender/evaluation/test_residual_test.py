import numpy as np
import pytest

from musicrec_core.recommender.evaluation import residual_test
from tests.support import worlds

NOTHING_KNOWN = np.zeros(60, np.float32)


def songs(seed: int, rows: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """What songs are and who made them; songs of an artist are alike."""
    rng = np.random.default_rng(seed)
    artists = rng.integers(0, rows // 3, rows)
    styles = rng.normal(size=(rows // 3, 8))
    return styles[artists] + rng.normal(size=(rows, 8)), artists


def chance(liked: np.ndarray, source: np.ndarray, artists: np.ndarray) -> float:
    return residual_test.p_value(NOTHING_KNOWN, liked.astype(np.float32), artists, [source])


def test_a_taste_that_the_model_missed_is_no_chance() -> None:
    source, artists = songs(0)
    assert chance(source[:, 0] > 0, source, artists) < 0.01


@pytest.mark.parametrize("modesty", [0.3, 1.0])
def test_what_the_model_knows_already_is_not_found_again(modesty: float) -> None:
    count = 0
    for seed in range(60):
        source, artists = songs(seed)
        toss = np.random.default_rng(seed).random(60)
        liked = (toss < 1 / (1 + np.exp(-2 * source[:, 0]))).astype(np.float32)
        given = (2 * modesty * source[:, 0]).astype(np.float32)
        count += residual_test.p_value(given, liked, artists, [source]) <= 0.05
    assert count <= 7


@pytest.mark.parametrize("by_artist", [False, True])
def test_noise_seldom_has_a_cause_even_where_artists_are_liked_whole(by_artist: bool) -> None:
    count = 0
    for seed in range(100):
        source, artists = songs(seed)
        toss = np.random.default_rng(500 + seed).random(60) < 0.5
        count += chance(toss[artists] if by_artist else toss, source, artists) <= 0.05
    assert count <= 9


def test_the_strongest_of_many_empty_sources_is_still_noise() -> None:
    count = 0
    for seed in range(60):
        _, artists = songs(seed)
        liked = (np.random.default_rng(seed).random(60) < 0.5).astype(np.float32)
        many = [songs(1000 + 60 * i + seed)[0] for i in range(5)]
        count += residual_test.p_value(NOTHING_KNOWN, liked, artists, many) <= 0.05
    assert count <= 7


def test_where_nothing_is_told_all_is_chance() -> None:
    liked = np.arange(60) % 2
    assert chance(liked, np.zeros((60, 3)), np.arange(60)) == 1
    assert residual_test.p_value(NOTHING_KNOWN, liked.astype(np.float32), np.arange(60), []) == 1


def test_few_artists_can_prove_little() -> None:
    source, _ = songs(0)
    assert chance(source[:, 0] > 0, source, np.arange(60) % 3) >= 0.2


def test_what_is_unknown_of_a_song_says_nothing() -> None:
    catalogue = worlds.library(40)
    catalogue.sound[3], catalogue.columns[5, 0], catalogue.culture[:] = np.nan, np.nan, np.nan
    columns, sound = residual_test.sources(catalogue, np.arange(20))
    assert (columns.shape, sound.shape) == ((20, 3), (20, 16))
    assert not sound[3].any()
    assert columns[5, 0] == 0
    assert np.isfinite(columns).all()
    assert np.abs(columns).max() <= 0.5

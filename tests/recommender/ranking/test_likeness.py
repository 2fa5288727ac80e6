"""How alike candidates are: by what sets them apart within the list, tags included."""

import numpy as np
import pytest

from musicrec_core.recommender.ranking.candidates import best_candidates
from musicrec_core.recommender.ranking.likeness import CandidateTags, Likeness, centred
from tests.recommender.taste_world import library, nothing_said

WORLD = library()


def likeness() -> Likeness:
    value = np.linspace(1, 0.5, len(WORLD), dtype=np.float32)
    return Likeness.of(WORLD, best_candidates(WORLD, nothing_said(), value, 10, None))


def test_what_all_have_in_common_sets_nothing_apart():
    rng = np.random.default_rng(0)
    spread = rng.normal(size=(200, 8)).astype(np.float32)
    far_from_origin = spread + 100
    near = centred(far_from_origin)
    np.testing.assert_allclose(near @ near.T, centred(spread) @ centred(spread).T, atol=1e-3)


def test_what_is_not_known_is_like_nothing():
    vectors = np.ones((3, 2), np.float32) * np.array([[1], [2], [np.nan]], np.float32)
    assert not centred(vectors)[2].any()


def test_shared_tags_count_by_their_rarity_as_cosines_of_the_whole_sets():
    tags = CandidateTags.of(WORLD, np.arange(len(WORLD)))
    table = np.zeros((len(WORLD), len(WORLD.tag_names)))
    owners = np.repeat(np.arange(len(WORLD)), np.diff(WORLD.tag_starts))
    table[owners, WORLD.tag_codes] = 1
    table *= np.maximum(np.log((len(WORLD) + 1) / (table.sum(axis=0) + 0.5)), 0.1)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    for at in (0, 7, len(WORLD) - 1):
        np.testing.assert_allclose(tags.cosines(at), table @ table[at], atol=1e-5)


def test_a_song_is_most_like_itself():
    made = likeness()
    for at in (0, 5, 11):
        assert made.to(at).max() == pytest.approx(made.to(at)[at])

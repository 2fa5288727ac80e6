from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.ears.retrieval_metrics import average_precision, precision_of
from musicrec_core.recommender.ears.train import EarsTrainingSet, learn, teach
from musicrec_core.records import Progress

ARTISTS, EACH = 40, 5


def library(seed: int = 0, artists: int = ARTISTS) -> EarsTrainingSet:
    """Artists differ in twelve numbers, heard faintly; songs in one more, heard loudly."""
    rng = np.random.default_rng(seed)
    by = np.repeat(np.arange(artists), EACH)
    vectors = rng.normal(size=(len(by), 50))
    vectors[:, :12] += rng.normal(size=(artists, 12))[by]
    vectors[:, -1] *= 6
    heard = vectors @ rng.normal(size=(50, 16))
    heard /= np.linalg.norm(heard, axis=1, keepdims=True)
    albums = by * 2 + np.tile(np.arange(EACH) % 2, artists)
    ids = np.arange(len(by)) + 1
    return EarsTrainingSet(ids, vectors.astype(np.float32), heard.astype(np.float32), by, albums)


def test_ears_that_hear_past_a_nuisance_are_promoted() -> None:
    outcome = learn(library(), None)
    assert outcome.sound is not None
    assert outcome.candidate.albums > outcome.current.albums
    assert outcome.candidate.artists > outcome.current.artists
    assert "better beyond noise" in outcome.reason


def test_what_was_learned_holds_for_artists_never_met() -> None:
    songs = library()
    met = songs.artists < ARTISTS // 2
    given, others = songs.part(met), songs.part(~met)
    near = teach(given).blend(others.vectors, others.embeddings)
    by_new, by_old = (
        np.nanmean(precision_of(space, others.artists, others.albums))
        for space in (near, others.embeddings)
    )
    assert by_new > by_old + 0.05


def test_tags_that_mean_nothing_teach_nothing() -> None:
    songs = library()
    by = np.random.default_rng(1).permutation(songs.artists)
    outcome = learn(replace(songs, artists=by, albums=by), None)
    assert outcome.sound is None
    assert "not better beyond noise" in outcome.reason


def test_the_same_library_gives_the_same_answer() -> None:
    one, two = (learn(library(), None, seed=3) for _ in range(2))
    assert one.reason == two.reason
    np.testing.assert_array_equal(one.sound.directions, two.sound.directions)


def test_a_small_library_is_told_what_is_missing() -> None:
    outcome = learn(library(artists=11), None)
    assert outcome.sound is None
    assert "11 artists with two analysed songs" in outcome.reason


def test_what_taught_the_current_ears_does_not_teach_again() -> None:
    songs = library()
    outcome = learn(songs, teach(songs))
    assert outcome.sound is None
    assert "no new songs" in outcome.reason


def test_new_songs_are_weighed_against_ears_that_knew_the_old_ones() -> None:
    songs = library(artists=60)
    outcome = learn(songs, teach(songs.part(songs.artists < 58)))
    assert outcome.sound is None
    assert outcome.current.albums == pytest.approx(outcome.candidate.albums, abs=0.03)


def test_learning_stops_when_asked_and_tells_how_far_it_is() -> None:
    message: list[Progress] = []
    outcome = learn(library(), None, progress=message.append, cancelled=lambda: len(message) == 3)
    assert outcome.sound is None
    assert "stopped" in outcome.reason
    assert [step.done for step in message] == [0, 1, 2]


def test_the_blend_has_rows_of_length_one_and_starts_with_the_bundled_embedding() -> None:
    songs = library()
    near = teach(songs).blend(songs.vectors, songs.embeddings)
    np.testing.assert_allclose(np.linalg.norm(near, axis=1), 1, atol=1e-5)
    start = near[:, : songs.embeddings.shape[1]]
    start = start / np.linalg.norm(start, axis=1, keepdims=True)
    np.testing.assert_allclose(start, songs.embeddings, atol=1e-5)


def test_average_precision_is_one_when_all_wanted_come_first() -> None:
    similar = np.array([0.9, 0.1, 0.8, 0.2], np.float32)
    wanted = np.array([True, False, True, False])
    assert average_precision(similar, wanted) == 1
    assert average_precision(-similar, wanted) == pytest.approx((1 / 3 + 2 / 4) / 2)


def test_an_album_of_several_artists_is_no_album() -> None:
    near = np.eye(3, dtype=np.float32)
    precision = precision_of(near, np.array([0, 1, 2]), np.array([7, 7, 7]))
    assert np.isnan(precision).all()

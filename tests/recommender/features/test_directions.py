import json

import numpy as np
import pytest

from musicrec_core import paths
from musicrec_core.errors import ModelError
from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.blocks import INPUT_NAMES
from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.prior import Prior, card_checksum, load
from musicrec_core.recommender.features.similarity import EmbeddingSimilarity
from musicrec_core.recommender.features.user import UserFeatures, similarity_sources
from tests.recommender.taste_world import LOUD, kind_of, library, nothing_said, opinions

SIZE = 16
LEARNED = INPUT_NAMES.index("culture_learned")


def directions(mean: np.ndarray | None = None) -> Directions:
    """A prior that is the same all ways, and pulls to `mean` before any like."""
    start = np.zeros((2, SIZE), np.float32)
    if mean is not None:
        start[0] = mean
    alike = np.eye(SIZE, dtype=np.float32)
    scales = np.array([[0.7, 0], [-0.3, 0], [0.15, 0], [1.2, 0.3]], np.float32)
    return Directions(alike, alike, start, scales, "this map")


def view(history, given: Directions | None = None) -> UserFeatures:
    return UserFeatures.of(library(), history, Prior({}, np.empty(0), "", given))


def culture() -> EmbeddingSimilarity:
    channel = similarity_sources(library())[1]
    assert isinstance(channel, EmbeddingSimilarity)
    return channel


def test_a_prior_that_is_the_same_all_ways_leads_where_the_plain_pull_does():
    result = view(opinions([1, 3, 9], [2])).inputs()
    plain = result[:, INPUT_NAMES.index("culture_pull")]
    assert np.corrcoef(result[:, LEARNED], plain)[0, 1] > 0.8
    loud = kind_of(np.arange(len(result))) == LOUD
    assert result[loud, LEARNED].mean() > result[~loud, LEARNED].mean() + 1


def test_before_any_like_the_directions_say_nothing():
    assert not view(nothing_said()).inputs()[:, LEARNED].any()
    assert not view(opinions([], [2, 4])).inputs()[:, LEARNED].any()


def test_a_disliked_song_among_its_like_falls():
    without, with_it = (view(opinions([1, 3, 9], d)).inputs()[5, LEARNED] for d in ([], [5]))
    assert with_it < without


def test_what_most_people_take_to_pulls_less_the_more_is_liked():
    away = -culture().points[kind_of(np.arange(240)) == LOUD].mean(axis=0)
    moved = []
    for liked in ([1], [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]):
        directions_given, plain = (
            view(opinions(liked), d).inputs()[:, LEARNED] for d in (directions(3 * away), None)
        )
        moved.append(1 - np.corrcoef(directions_given, plain)[0, 1])
    assert moved[0] > moved[1]


def test_recordings_that_culture_does_not_know_lie_in_the_middle():
    world = library()
    world.culture[7] = np.nan
    prior = Prior({}, np.empty(0), "", directions())
    assert UserFeatures.of(world, opinions([1, 7]), prior).inputs()[7, LEARNED] == 0


def test_on_a_map_of_another_size_the_plain_prior_serves():
    small = Directions.fitting(None, 4)
    assert len(small.precision) == 4
    history = opinions([1, 3])
    untaught = view(history).inputs()[:, LEARNED]
    assert np.array_equal(view(history, small).inputs()[:, LEARNED], untaught)
    assert np.allclose(untaught, view(history, directions()).inputs()[:, LEARNED], atol=1e-4)


def test_some_rows_with_some_of_the_past_look_as_they_would_had_no_more_happened():
    history = opinions([1, 3, 9, 20], [2])
    given = UserHistory.of(history).rows != 9
    some = view(history).masked(np.array([5, 77]), np.stack([given, given]))
    less = view(opinions([1, 3, 20], [2])).inputs()[[5, 77]]
    assert np.allclose(some[:, LEARNED], less[:, LEARNED], atol=1e-4)


def test_turned_with_the_map_the_directions_say_the_same():
    basis = np.linalg.qr(np.random.default_rng(1).normal(size=(SIZE, SIZE)))[0]
    rng = np.random.default_rng(2)
    rough = directions(rng.normal(size=SIZE))
    rough = Directions(
        np.diag(rng.uniform(0.5, 2, SIZE)).astype(np.float32),
        rng.normal(size=(SIZE, SIZE)).astype(np.float32), rough.mean, rough.scales,
    )  # fmt: skip
    world = library()
    here = view(opinions([1, 3]), rough).inputs()[:, LEARNED]
    world.culture[:] = world.culture @ basis
    prior = Prior({}, np.empty(0), "", rough.turned(basis))
    there = UserFeatures.of(world, opinions([1, 3]), prior).inputs()[:, LEARNED]
    assert np.allclose(here, there, atol=1e-3)


def test_what_is_written_is_what_is_read(tmp_path):
    made = directions(np.linspace(-1, 1, SIZE))
    Prior({}, np.empty(0), "", made).save(tmp_path / "prior.json")
    again = load(tmp_path / "prior.json").directions
    assert again is not None
    assert again.culture == "this map"
    for name in ("precision", "metric", "mean", "scales"):
        assert np.allclose(getattr(again, name), getattr(made, name), rtol=1e-4)


@pytest.mark.parametrize("part", ["precision", "metric", "mean", "scales"])
def test_damaged_directions_are_refused(tmp_path, part):
    path = tmp_path / "prior.json"
    Prior({}, np.empty(0), "", directions()).save(path)
    document = json.loads(path.read_text())
    document["directions"][part][0][0] = float("nan")
    path.write_text(json.dumps(document))
    with pytest.raises(ModelError, match="damaged"):
        load(path)


def test_the_bundled_directions_fit_the_bundled_map():
    folder = paths.bundled_models()
    given = load(folder / "taste_prior.json").directions
    assert given is not None
    assert given.culture == card_checksum(folder / "culture.json")


@pytest.mark.parametrize("liked", [[1], [1, 3, 9]])
def test_a_library_that_lies_in_one_place_leads_nowhere(liked):
    world = library()
    world.culture[:] = world.culture[0]
    past = UserHistory.of(opinions(liked))
    everything = np.ones((1, len(past)), np.bool_)
    directions_given = directions(np.ones(SIZE))
    assert not directions_given.of_masks(similarity_sources(world)[1], past, everything).any()

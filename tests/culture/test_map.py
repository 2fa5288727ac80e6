"""The map in a small world whose neighbours were planted, and the bundled one."""

from __future__ import annotations

import numpy as np
import pytest

from musicrec_core.culture.files import MapData
from musicrec_core.culture.hygiene import clean_tags
from musicrec_core.culture.map import CultureMap
from musicrec_core.culture.vocabulary import KIN
from musicrec_core.names import artist_key
from musicrec_core.paths import bundled_models

ARTISTS = ("The Loud", "Louder", "Quiet Ones", "Hush", "Bleep")
TAGS = ("metal", "dream pop", "shoegaze", "electronica", "grunge")


def unit(rows: list[list[float]]) -> np.ndarray:
    array = np.array(rows, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def planted_data() -> MapData:
    return MapData(
        artist_names=ARTISTS,
        artist_keys=tuple(map(artist_key, ARTISTS)),
        artist_vectors=unit([[1, 0, 0], [1, 0.2, 0], [0, 1, 0], [0, 1, 0.2], [0, 0, 1]]),
        listeners=np.array([50, 20, 30, 2, 1]),
        tag_names=TAGS,
        tag_vectors=unit([[1, 0, 0], [0, 1, 0], [0, 1, 0.1], [0, 0, 1], [1, 0.5, 0]]),
        tag_strength=np.ones(5, np.float32),
        tag_start=np.array([0, 2, 3, 4, 5, 5]),
        tag_index=np.array([0, 4, 0, 1, 2]),
        tag_weight=np.array([1, 0.5, 1, 1, 1], np.float32),
    )


@pytest.fixture(scope="module")
def planted() -> CultureMap:
    return CultureMap(planted_data())


@pytest.fixture(scope="module")
def bundled() -> CultureMap:
    return CultureMap.load(bundled_models() / "culture")


def artists(culture: CultureMap, *names: str) -> np.ndarray:
    """Where the map puts artists of whom no tags are known."""
    return culture.track_vectors(names, [{}] * len(names))


def test_an_artist_is_found_under_every_spelling(planted: CultureMap) -> None:
    spelled = artists(planted, "loud", "THE LOUD feat. Hush", "The Loud")
    np.testing.assert_allclose(spelled, [[1, 0, 0]] * 3, atol=1e-5)
    assert np.isnan(artists(planted, "Nobody Else", "", "Various Artists")).all()


def test_popularity_grows_with_listeners_and_is_unknown_for_strangers(planted: CultureMap) -> None:
    loud, hush = planted.popularity("The Loud"), planted.popularity("Hush")
    assert loud == 1.0
    assert hush is not None
    assert 0 < hush < 1
    assert planted.popularity("Nobody Else") is None


@pytest.mark.parametrize(
    ("unknown", "like"),
    [
        ("Shoegazing", ("shoegaze",)),
        ("shoe gaze", ("shoegaze",)),
        ("electronica metal", ("electronica", "metal")),
        ("dream pop grunge", ("dream pop", "grunge")),
        ("grungey", ("grunge",)),
        ("metal/dream pop", ("metal", "dream pop")),
        ("shoegaze of the coast", ("shoegaze",)),
    ],
)
def test_an_unknown_tag_lies_among_those_of_its_words(
    planted: CultureMap, unknown: str, like: tuple[str, ...]
) -> None:
    vector = planted.tag_vectors([unknown])[0]
    nearest = {name for name, _ in planted.nearest_tags(unknown, like, 10)}
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert nearest == set(like)
    assert np.all(planted.tag_vectors(like) @ vector > 0.3)


def test_a_tag_of_no_known_word_is_not_a_number(planted: CultureMap) -> None:
    vectors = planted.tag_vectors(["metal", "qwrtzp"])
    assert np.isnan(vectors[1]).all()
    assert not np.isnan(vectors[0]).any()
    assert planted.tag_vectors([]).shape == (0, 3)


def test_nearest_tags_keep_the_spelling_of_the_names_given(planted: CultureMap) -> None:
    tags_read = planted.nearest_tags("shoegazing", ["Metal", "Dream-Pop", "Shoe Gaze"], 2)
    assert [name for name, _ in tags_read] == ["Shoe Gaze", "Dream-Pop"]
    assert tags_read[0][1] == 1.0
    assert 0.9 < tags_read[1][1] < 1.0


def test_nearest_tags_among_nothing_are_none(planted: CultureMap) -> None:
    assert planted.nearest_tags("metal", []) == []


def test_a_tag_that_is_not_understood_is_met_by_spelling(planted: CultureMap) -> None:
    tags_read = planted.nearest_tags("skronk", ["skronky", "metal"], 1)
    assert tags_read[0][0] == "skronky"


def test_tracks_blend_artist_and_tags_at_length_one(planted: CultureMap) -> None:
    vectors = planted.track_vectors(
        ["The Loud", "The Loud", "Nobody", "Nobody"],
        [{}, {"dream pop": 1.0}, {"Shoegazing": 1.0}, {}],
    )
    assert vectors.shape == (4, 3)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors[:3], axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], artists(planted, "The Loud")[0], atol=1e-5)
    assert vectors[1] @ vectors[0] < 1
    assert vectors[1][1] > 0
    np.testing.assert_allclose(vectors[2], planted.tag_vectors(["shoegaze"])[0], atol=1e-5)
    assert np.isnan(vectors[3]).all()


def test_a_heavier_tag_pulls_a_track_nearer(planted: CultureMap) -> None:
    both = {"metal": 1.0, "dream pop": 0.25}
    heavy, light = planted.track_vectors(["", ""], [both, dict.fromkeys(both, 1.0)])
    metal = planted.tag_vectors(["metal"])[0]
    assert heavy @ metal > light @ metal


def test_no_tracks_have_no_vectors(planted: CultureMap) -> None:
    assert planted.track_vectors([], []).shape == (0, 3)


def test_the_bundled_map_puts_dream_pop_beside_shoegaze(bundled: CultureMap) -> None:
    nearest = [name for name, _ in bundled.nearest_tags("shoegazing", None, 4)]
    assert nearest[0] == "shoegaze"
    assert "dream pop" in nearest


def test_every_kin_leads_to_tags_on_the_bundled_map(bundled: CultureMap) -> None:
    for name, akin in KIN.items():
        assert set(akin.split("; ")) <= set(bundled.tag_names), name
        assert clean_tags([name]) in ((name,), ()), name
        assert not np.isnan(bundled.tag_vectors([name])).any(), name


@pytest.mark.parametrize(
    ("unknown", "text"),
    [
        ("rumba", "latin"),
        ("Stage & Screen", "soundtrack"),
        ("melodik death metall", "melodic death metal"),
        ("Cheerful", "happy"),
    ],
)
def test_the_bundled_map_meets_an_unknown_tag_with_a_known_one(
    bundled: CultureMap, unknown: str, text: str
) -> None:
    tags_read = bundled.nearest_tags(unknown, ["black metal", "hip-hop", text], 1)
    assert tags_read[0][0] == text


def test_bundled_artists_are_found_by_name_and_have_vectors_of_length_one(
    bundled: CultureMap,
) -> None:
    result = artists(bundled, *bundled.artist_names)
    vectors = result[np.isfinite(result).all(axis=1)]
    assert len(vectors) > 0.999 * len(result)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)

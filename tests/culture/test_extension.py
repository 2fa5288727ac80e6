"""A library's own artists and words, in a small world whose neighbours were planted."""

from __future__ import annotations

import numpy as np
import pytest

from musicrec_core.culture import extension
from musicrec_core.culture.extension import place_artists, place_tracks
from musicrec_core.culture.files import MapData
from musicrec_core.culture.map import CultureMap
from musicrec_core.culture.own_words import TaggedTracks, learn_words
from musicrec_core.names import artist_key
from musicrec_core.service_records import Similar

SIZE, SIDE = 12, 20  # numbers a vector, artists a side


def corner(at: int, rng: np.random.Generator, spread: float = 0.15) -> np.ndarray:
    vector = np.zeros(SIZE) + rng.normal(size=SIZE) * spread
    vector[at] += 1
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def planted() -> CultureMap:
    """Twenty loud artists in one corner, twenty quiet ones in another, famous but for two."""
    rng = np.random.default_rng(3)
    names = [f"Loud {i}" for i in range(SIDE)] + [f"Quiet {i}" for i in range(SIDE)]
    vectors = [corner(i // SIDE, rng) for i in range(2 * SIDE)]
    listeners = np.full(2 * SIDE, 500)
    listeners[[0, SIDE]] = 1
    tags = np.stack([corner(0, rng, 0), corner(1, rng, 0), corner(2, rng, 0)])
    return CultureMap(
        MapData(
            artist_names=tuple(names),
            artist_keys=tuple(map(artist_key, names)),
            artist_vectors=np.stack(vectors),
            listeners=listeners,
            tag_names=("metal", "ambient", "polka"),
            tag_vectors=tags,
            tag_strength=np.ones(3, np.float32),
            tag_start=np.zeros(2 * SIDE + 1, np.int64),
            tag_index=np.zeros(0, np.int64),
            tag_weight=np.zeros(0, np.float32),
        )
    )


@pytest.fixture(scope="module")
def culture() -> CultureMap:
    return planted()


def near(*names: str, match: float = 1.0) -> list[Similar]:
    return [Similar(name, "", match) for name in names]


def tagged(artists: list[str], lists: list[list[str]]) -> TaggedTracks:
    names = list(dict.fromkeys(tag for tags in lists for tag in tags))
    who = list(dict.fromkeys(filter(None, artists)))
    return TaggedTracks(
        np.array([who.index(artist) if artist else -1 for artist in artists], np.int64),
        np.array([names.index(tag) for tags in lists for tag in tags], np.int64),
        np.cumsum([0, *map(len, lists)]),
        tuple(names),
    )


def placed(
    culture: CultureMap,
    artists: list[str],
    lists: list[list[str]],
    similar: dict[str, list[Similar]] | None = None,
) -> np.ndarray:
    tags = [dict.fromkeys(tags, 1.0) for tags in lists]
    unheard = np.full((len(artists), 4), np.nan, np.float32)
    return place_tracks(
        culture, artists, tags, similar or {}, tagged(artists, lists), unheard
    ).vectors


def library(word_of: range | list[int], word: str) -> tuple[list[str], list[list[str]]]:
    """One song by every famous artist; those of `word_of` carry the word."""
    artists = [f"Loud {i}" for i in range(1, SIDE)] + [f"Quiet {i}" for i in range(1, SIDE)]
    return artists, [[word] if i in word_of else [] for i in range(len(artists))]


def test_a_stranger_is_placed_among_those_it_is_similar_to(culture: CultureMap) -> None:
    similar = {"stranger": near("Loud 1", "Loud 2", "Loud 3", "Who Knows")}
    by_name, nowhere = placed(culture, ["The Stranger", "Another"], [[], []], similar)
    metal, ambient = culture.tag_vectors(["metal", "ambient"])
    assert by_name @ metal > 0.8 > by_name @ ambient
    assert np.linalg.norm(by_name) == pytest.approx(1, abs=1e-5)
    assert np.isnan(nowhere).all()


def test_better_matches_draw_more(culture: CultureMap) -> None:
    similar = {"stranger": [*near("Loud 1"), *near("Quiet 1", match=0.2)]}
    [vector] = place_artists(culture, ["Stranger"], similar)
    metal, ambient = culture.tag_vectors(["metal", "ambient"])
    assert vector @ metal > 2 * (vector @ ambient)


def test_more_neighbours_place_more_surely(culture: CultureMap) -> None:
    few, many = near("Loud 1"), near(*(f"Loud {i}" for i in range(1, 12)))
    [unsure] = place_artists(culture, ["Stranger"], {"stranger": few})
    [sure] = place_artists(culture, ["Stranger"], {"stranger": many})
    assert 0 < np.linalg.norm(unsure) < np.linalg.norm(sure) < 1


def test_tags_and_neighbours_both_count(culture: CultureMap) -> None:
    similar = {"stranger": near("Loud 1", "Loud 2", "Loud 3")}
    alone, [both] = (
        placed(culture, ["Stranger"], [[]], similar)[0],
        placed(culture, ["Stranger"], [["ambient"]], similar),
    )
    ambient = culture.tag_vectors(["ambient"])[0]
    assert alone @ ambient < both @ ambient < 0.9


def test_neighbours_move_the_hardly_known_and_leave_the_famous(culture: CultureMap) -> None:
    similar = {key: near("Quiet 1", "Quiet 2", "Quiet 3") for key in ("loud0", "loud1")}
    before = culture.artist_pulls(["Loud 0", "Loud 1"])
    rough, famous = place_artists(culture, ["Loud 0", "Loud 1"], similar)
    ambient = culture.tag_vectors(["ambient"])[0]
    assert rough @ ambient > before[0] @ ambient + 0.3
    np.testing.assert_array_equal(famous, before[1])
    assert extension.doubted(culture, ["Loud 0", "Loud 1", "Stranger", ""]) == [
        "Loud 0",
        "Stranger",
    ]


def test_neighbours_nobody_knows_place_nobody(culture: CultureMap) -> None:
    assert not place_artists(culture, ["Stranger"], {"stranger": near("Who", "Knows")}).any()
    assert place_artists(culture, [], {}).shape == (0, SIZE)


def test_an_own_word_lies_among_the_artists_who_carry_it(culture: CultureMap) -> None:
    artists, lists = library(range(15), "zaqqum vlork")
    words = learn_words(culture, placed(culture, artists, lists), tagged(artists, lists))
    assert list(words) == ["zaqqum vlork"]
    direction = words["zaqqum vlork"] / np.linalg.norm(words["zaqqum vlork"])
    metal, ambient = culture.tag_vectors(["metal", "ambient"])
    assert direction @ metal > 0.8 > direction @ ambient + 0.3


def test_an_own_word_places_who_has_nothing_else(culture: CultureMap) -> None:
    artists, lists = library(range(15), "zaqqum vlork")
    vectors = placed(
        culture, [*artists, "Stranger", ""], [*lists, ["zaqqum vlork"], ["zaqqum vlork"]]
    )
    metal = culture.tag_vectors(["metal"])[0]
    assert vectors[-2] @ metal > 0.8
    np.testing.assert_allclose(vectors[-1], vectors[-2], atol=1e-5)


def test_a_word_given_at_random_means_nothing(culture: CultureMap) -> None:
    rng = np.random.default_rng(0)
    learned = 0
    for _ in range(100):
        word_of = rng.permutation(2 * SIDE - 2)[:15].tolist()
        artists, lists = library(word_of, "zaqqum vlork")
        learned += len(
            learn_words(culture, placed(culture, artists, lists), tagged(artists, lists))
        )
    assert learned <= 2


def test_a_word_of_two_artists_is_not_learned_however_many_songs(culture: CultureMap) -> None:
    artists, lists = library([], "")
    artists, lists = artists + ["Loud 1", "Loud 2"] * 5, lists + [["zaqqum vlork"]] * 10
    assert learn_words(culture, placed(culture, artists, lists), tagged(artists, lists)) == {}


def test_a_word_that_all_artists_carry_means_nothing(culture: CultureMap) -> None:
    artists, lists = library(range(2 * SIDE), "zaqqum vlork")
    assert learn_words(culture, placed(culture, artists, lists), tagged(artists, lists)) == {}


def test_what_the_map_knows_is_not_learned_anew(culture: CultureMap) -> None:
    artists, lists = library(range(SIDE - 1, SIDE + 5), "Polka")
    assert learn_words(culture, placed(culture, artists, lists), tagged(artists, lists)) == {}


def test_what_its_words_say_of_a_tag_is_corrected_not_forgotten(culture: CultureMap) -> None:
    artists, lists = library(range(15), "polka vlork")
    words = learn_words(culture, culture.track_vectors(artists, [{}] * len(artists)),
                        tagged(artists, lists))  # fmt: skip
    metal, polka = culture.tag_vectors(["metal", "polka"])
    learned = words["polka vlork"] / np.linalg.norm(words["polka vlork"])
    assert learned @ metal > learned @ polka > 0


def test_the_nearest_tag_may_be_an_own_word(culture: CultureMap) -> None:
    artists, lists = library(range(15), "zaqqum vlork")
    words = learn_words(culture, placed(culture, artists, lists), tagged(artists, lists))
    among = ["ambient", "zaqqum vlork"]
    assert culture.nearest_tags("metal", among, 1, words)[0][0] == "zaqqum vlork"
    assert culture.nearest_tags("metal", among, 1)[0][0] != "zaqqum vlork"


def test_a_library_that_adds_nothing_leaves_the_map_as_it_is(culture: CultureMap) -> None:
    artists, lists = ["Loud 1", "Quiet 2", "", "Stranger"], [["metal"], [], ["polka"], []]
    plain = culture.track_vectors(artists, [dict.fromkeys(tags, 1.0) for tags in lists])
    np.testing.assert_allclose(placed(culture, artists, lists), plain, atol=1e-6)
    assert placed(culture, [], []).shape == (0, SIZE)


def test_a_song_of_several_lies_between_those_of_them_who_are_known(culture: CultureMap) -> None:
    names = ["Loud 3", "Loud 3", "Nobody Yet", "Loud 3"]
    others = {1: [("Quiet 3", 1.0)], 2: [("Quiet 3", 0.5)], 3: [("Quiet 3", 0.5)]}
    unheard = np.full((len(names), 4), np.nan, np.float32)
    lists: list[list[str]] = [[] for _ in names]
    alone, both, stranger, guest = place_tracks(
        culture, names, [{}] * len(names), {}, tagged(names, lists), unheard, others
    ).vectors
    metal, ambient = culture.tag_vectors(["metal", "ambient"])
    assert both @ alone == pytest.approx(both @ stranger, abs=1e-4)
    assert alone @ metal > guest @ metal > both @ metal
    assert alone @ ambient < guest @ ambient < both @ ambient
    np.testing.assert_allclose(stranger, culture.track_vectors(["Quiet 3"], [{}])[0], atol=1e-5)

"""Over random likes and dislikes no sentence says what the feedback does not show."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.scoring.library import LibraryScorer
from musicrec_core.recommender.scoring.text import About, reasons
from musicrec_core.recommender.taste.forward import TasteNet
from tests.recommender.taste_world import library, opinions

PRIOR = Prior({"calm": 0.5, "loud": -0.5, "jazz": 0.2}, np.empty(0))
SONGS = 60
EXPLAINED = np.arange(0, SONGS, 4)

rows = st.lists(st.integers(0, SONGS - 1), max_size=6, unique=True)


@cache
def net() -> TasteNet:
    return checkpoint.load(paths.bundled_models() / "taste.safetensors")


@cache
def world() -> Catalogue:
    """Years differ song by song, and a third of the songs have no tag in common with another."""
    made = library(SONGS)
    columns = made.columns.copy()
    columns[:, 1] = np.random.default_rng(5).integers(1960, 2020, SONGS)
    return replace(made, columns=columns)


def tags(row: int) -> set[str]:
    made = world()
    codes = made.tag_codes[made.tag_starts[row] : made.tag_starts[row + 1]]
    return {made.tag_names[code] for code in codes}


def about(row: int, liked: set[int], disliked: set[int]) -> About:
    artists = world().artists
    mine = [{r for r in side if artists[r] == artists[row]} for side in (liked, disliked)]
    return About(
        took_to=bool(mine[0]), turned_down=bool(mine[1]), alone=(mine[0] | mine[1]) == {row}
    )


def sentences(liked: set[int], disliked: set[int]) -> list[tuple[int, str, str]]:
    """(row, group, sentence) of every reason of some rows."""
    history = opinions(sorted(liked), sorted(disliked))
    made = LibraryScorer.of(net(), world(), history, PRIOR).explained(EXPLAINED)
    return [
        (row, reason.kind, reason.text)
        for row, terms in zip(EXPLAINED.tolist(), made, strict=True)
        for reason in reasons(terms, lambda r: f"Song {r}", about(row, liked, disliked))
    ]


@settings(max_examples=40, deadline=None)
@given(rows, rows)
def test_no_sentence_claims_a_taste_that_the_feedback_does_not_show(
    first: list[int], second: list[int]
) -> None:
    liked, disliked = set(first), set(second) - set(first)
    for row, group, text in sentences(liked, disliked):
        assert "your taste" not in text
        side = disliked if "disliked" in text else liked
        if named := re.search(r"Song (\d+), which you (\w+)", text):
            assert int(named[1]) in side
            assert named[2] == ("disliked" if side is disliked else "liked")
            check_named(row, int(named[1]), group)
        elif group == "tags":
            check_tags(row, text, side - {row})
        elif "nothing known against" in text or "nothing known speaks for" in text:
            assert group == "popular" or not (disliked if "against" in text else liked) - {row}
        elif group != "artist" and ("you liked" in text or "you disliked" in text):
            assert side - {row} or "unlike anything" in text


def check_tags(row: int, text: str, others: set[int]) -> None:
    """What a sentence says of tags, beside the other songs of the side that it speaks of."""
    shared = any(tags(row) & tags(other) for other in others)
    if tagged := re.fullmatch(r"tagged (\w+), like music you \w+", text):
        assert tagged[1] in tags(row)
        assert any(tagged[1] in tags(other) for other in others)
    elif text.startswith("shares tags with"):
        assert shared
    elif text.startswith("shares no tags"):
        assert others
        assert not shared
    elif "unlike anything" in text:
        assert not shared


def check_named(row: int, song: int, group: str) -> None:
    """What a sentence says of the song that it names."""
    made = world()
    if group == "tags":
        assert tags(row) & tags(song)
    elif group == "artist":
        assert made.artists[row] == made.artists[song]
    elif group == "era":
        assert abs(made.columns[row, 1] - made.columns[song, 1]) <= 5


@settings(max_examples=40, deadline=None)
@given(rows, rows)
def test_what_is_said_of_an_artist_is_true_and_the_same_of_all_its_songs(
    first: list[int], second: list[int]
) -> None:
    liked, disliked = set(first), set(second) - set(first)
    artists = world().artists
    statement: dict[int, set[str]] = defaultdict(set)
    for row, group, text in sentences(liked, disliked):
        if group == "artist":
            statement[int(artists[row])].add(text)
    for artist, texts in statement.items():
        mine, against = ({r for r in side if artists[r] == artist} for side in (liked, disliked))
        for text in texts:
            if text.startswith("by no artist"):
                assert not mine
                assert not against
            elif " and you " in text:
                assert mine
                assert against
            elif "disliked" in text:
                assert against
                assert not mine
            else:
                assert mine
                assert not against

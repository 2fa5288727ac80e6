"""What likes agree on, in a library whose tags are planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.agreed_tags import (
    agreement,
    most_agreed,
    row_maxima,
)
from musicrec_core.recommender.features.blocks import INPUT_NAMES
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.user import relational_inputs
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.scoring.library import score_library
from tests.recommender.taste_world import library, opinions

SONGS, RARE, COMMON = 300, 0, 1
NAMES = ("grindcore", "rock", *(f"mood {i}" for i in range(40)))


def tagged(seed: int = 0) -> Catalogue:
    """Songs of many moods, all of them unlike; every second is rock, the first 15 are grindcore."""
    random = np.random.default_rng(seed)
    world = library(SONGS, seed, sound=False, tags=False)
    rows = [
        sorted({*([RARE] if i < 15 else []), *([COMMON] if i % 2 else []),
                *(2 + random.choice(40, 8, replace=False)).tolist()})
        for i in range(SONGS)
    ]  # fmt: skip
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return replace(world, tag_codes=np.concatenate(rows), tag_starts=starts, tag_names=NAMES)


def likes(*rows: int) -> UserHistory:
    ones = np.ones(len(rows), np.float32)
    return UserHistory(np.array(rows, np.int64), ones, np.zeros_like(ones))


def test_a_rare_tag_that_all_likes_share_says_most() -> None:
    gain = agreement(TagSimilarity.of(tagged()), likes(1, 3, 5, 7, 9))
    assert int(np.argmax(gain)) == RARE
    assert gain[RARE] > 4 * gain[COMMON]


def test_a_single_like_agrees_with_nobody() -> None:
    assert not agreement(TagSimilarity.of(tagged()), likes(3)).any()
    assert not agreement(TagSimilarity.of(tagged()), likes()).any()


@given(st.lists(st.integers(0, 14), unique=True, min_size=2, max_size=14))
def test_more_likes_that_agree_say_more(rows: list[int]) -> None:
    tags = TagSimilarity.of(tagged())
    more, fewer = (agreement(tags, likes(*some))[RARE] for some in (rows, rows[:-1]))
    assert more > fewer or len(rows) == 2


@given(st.lists(st.integers(0, SONGS - 1), unique=True, max_size=12))
def test_some_rows_are_told_the_same_as_the_library(rows: list[int]) -> None:
    tags, history = TagSimilarity.of(tagged()), likes(*rows)
    some = np.array([0, 299, 17, 3])
    agreed = agreement(tags, history)
    every = row_maxima(agreed[tags.codes], tags.starts)
    assert np.allclose(every[some], most_agreed(tags, agreed, some))


def test_a_row_without_tags_has_none() -> None:
    assert row_maxima(np.array([2.0, -1.0], np.float32), np.array([0, 0, 1, 2])).tolist() == [
        0.0, 2.0, 0.0,
    ]  # fmt: skip


def test_the_input_hides_what_is_left_out() -> None:
    column = INPUT_NAMES.index("tags_agreed")
    history = opinions([1, 3, 5])
    seen = relational_inputs(tagged(), history, history.rows).matrix[:, column]
    hidden = relational_inputs(tagged(), history, history.rows, "own").matrix[:, column]
    assert (seen > hidden).all()
    assert (hidden > 0).all()  # the other two still agree


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_bundled_model_follows_a_rare_tag_that_all_likes_share(seed: int) -> None:
    world = tagged(seed)
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    scores = score_library(net, world, opinions([1, 3, 5, 7, 9])).scores
    rest = np.setdiff1d(np.arange(SONGS), [1, 3, 5, 7, 9])
    best = rest[np.argsort(-scores[rest])[:10]]
    assert set(best.tolist()) == set(range(15)) - {1, 3, 5, 7, 9}

from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.recommender.data.sample import subset
from musicrec_core.recommender.insights.clusters import assigned, cluster_centres, cluster_count
from musicrec_core.recommender.insights.distinctive import (
    telling_decade,
    telling_numbers,
    telling_tags,
)
from tests.support import worlds

KINDS = 3


def kinds_apart(songs: int = 120) -> tuple[Catalogue, np.ndarray]:
    """Three kinds of music, of which the second is fast and of the seventies."""
    kind = np.arange(songs) % KINDS
    rng = np.random.default_rng(0)
    catalogue = worlds.library(songs)
    columns = catalogue.columns.copy()
    columns[:, catalogue.column_names.index("tempo_bpm")] = 100 + rng.normal(0, 5, songs)
    columns[kind == 1, catalogue.column_names.index("tempo_bpm")] += 40
    columns[:, catalogue.column_names.index("year")] = np.where(kind == 1, 1975, 1990 + kind * 10)
    return replace(
        catalogue,
        sound=worlds.unit(np.eye(16)[kind] + 0.1 * rng.normal(size=(songs, 16))),
        culture=worlds.unit(np.eye(8)[kind] + 0.1 * rng.normal(size=(songs, 8))),
        columns=columns,
        tag_codes=kind,
        tag_starts=np.arange(songs + 1),
        tag_names=("jazz", "metal", "dub"),
    ), kind


def test_songs_that_sound_and_are_tagged_alike_are_grouped() -> None:
    catalogue, kind = kinds_apart()
    groups = assigned(catalogue, cluster_centres(catalogue))
    assert len(groups.centres) == cluster_count(len(catalogue))
    for k in range(len(groups.centres)):
        rows = groups.rows(k)
        assert len(set(kind[rows])) == 1
        assert (np.diff(groups.nearness[rows]) <= 0).all()
    assert sorted(np.concatenate([groups.rows(k) for k in range(len(groups.centres))])) == list(
        range(len(catalogue))
    )


def test_songs_that_come_or_go_leave_the_others_where_they_are() -> None:
    catalogue, _ = kinds_apart()
    middles = cluster_centres(catalogue)
    some = np.flatnonzero(np.arange(len(catalogue)) % 5 > 0)
    before, after = assigned(catalogue, middles), assigned(subset(catalogue, some), middles)
    assert (before.of[some] == after.of).mean() > 0.98  # the middle of the library moves a little


def test_what_sets_a_kind_apart_is_named() -> None:
    catalogue, kind = kinds_apart()
    fast = np.flatnonzero(kind == 1)
    assert telling_tags(catalogue, fast) == ("metal",)
    assert telling_numbers(catalogue, fast)[0] == "fast"
    assert telling_decade(catalogue, fast) == "1970s"
    every = np.arange(len(catalogue))
    assert telling_tags(catalogue, every) == telling_numbers(catalogue, every) == ()
    assert telling_decade(catalogue, every) is None


@pytest.mark.parametrize(("songs", "count"), [(0, 0), (7, 0), (8, 2), (100, 4), (10**6, 12)])
def test_more_songs_are_divided_into_more_kinds_up_to_a_dozen(songs: int, count: int) -> None:
    assert cluster_count(songs) == count


def test_a_library_of_which_nothing_is_known_has_no_groups() -> None:
    bare = worlds.library(60)
    nothing = {n: np.full_like(getattr(bare, n), np.nan) for n in ("sound", "culture")}
    for catalogue in (replace(bare, **nothing), worlds.library(5)):
        assert (assigned(catalogue, cluster_centres(catalogue)).of == -1).all()

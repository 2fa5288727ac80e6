from dataclasses import replace

import numpy as np

from musicrec_core.recommender.insights.clusters import clusters
from tests.support import worlds


def test_songs_that_sound_and_are_tagged_alike_are_grouped_and_named() -> None:
    kind = np.arange(120) % 3
    rng = np.random.default_rng(0)
    catalogue = worlds.library(120)
    sound = np.eye(16)[kind] + 0.1 * rng.normal(size=(120, 16))
    catalogue = replace(
        catalogue,
        sound=worlds.unit(sound),
        culture=worlds.unit(np.eye(8)[kind] + 0.1 * rng.normal(size=(120, 8))),
        tag_codes=kind,
        tag_starts=np.arange(121),
        tag_names=("jazz", "metal", "dub"),
    )
    found = clusters(catalogue)
    assert sum(len(group.rows) for group in found) == 120
    assert {group.tags for group in found} == {("jazz",), ("metal",), ("dub",)}
    assert all(len(set(kind[group.rows])) == 1 for group in found)


def test_a_library_of_which_nothing_is_known_has_no_groups() -> None:
    bare = worlds.library(60)
    nothing = {n: np.full_like(getattr(bare, n), np.nan) for n in ("sound", "culture")}
    assert clusters(replace(bare, **nothing)) == ()
    assert clusters(worlds.library(10)) == ()

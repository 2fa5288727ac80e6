"""The library as the cache gives it back is the one that was put together."""

from __future__ import annotations

import dataclasses

import numpy as np

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.scores import catalogue
from musicrec_core.recommender.data.dataset import SPACES
from musicrec_core.recommender.features.user import UserFeatures, similarity_sources
from tests.conftest import Command
from tests.recommender.taste_world import opinions


def test_the_library_read_from_the_cache_is_the_one_that_was_made(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as app:
        made, read = catalogue.build(app._context), catalogue.load(app._context)
    with MusicRec(home=musicrec.home) as later:
        again = catalogue.load(later._context)
    for other in (read, again):
        for field in dataclasses.fields(made.catalogue):
            mine, theirs = (getattr(s.catalogue, field.name) for s in (made, other))
            np.testing.assert_array_equal(mine, theirs)
        np.testing.assert_array_equal(made.versions, other.versions)
        for space in SPACES:
            np.testing.assert_array_equal(made.catalogue.knows(space), other.catalogue.knows(space))


def test_what_was_measured_in_the_library_comes_back_with_it(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as app:
        made, read = catalogue.build(app._context), catalogue.load(app._context)
    names = [source.name for source in similarity_sources(made.catalogue)]
    assert [source.name for source in similarity_sources(read.catalogue)] == names
    history = opinions([0, 2, 5], [1])
    views = [UserFeatures.of(s.catalogue, history).inputs() for s in (made, read)]
    np.testing.assert_allclose(*views, atol=1e-3)

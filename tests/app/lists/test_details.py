"""A library by what was heard in its songs and done with them."""

from __future__ import annotations

import numpy as np
import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import ValueOrder
from musicrec_core.audio.features import FEATURE_SIZE
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.records import Attributes, Features
from tests.conftest import Command

MEASURED = {
    "River": Attributes(tempo_bpm=90.0, key="C major", energy=0.2),
    "Anvil": Attributes(tempo_bpm=140.0, key="A minor", energy=0.9),
    "Pulse": Attributes(tempo_bpm=128.0, energy=0.6),
}
FIELDS = {"tempo": "tempo_bpm", "played": "played_s", "added": "added_s"}


@pytest.mark.parametrize(
    "order", ["tempo", "key", "mood", "energy", "rating", "plays", "played", "added"]
)
def test_a_library_is_sorted_by_what_was_heard_and_done(
    musicrec: Command, order: ValueOrder
) -> None:
    with MusicRec(home=musicrec.home) as app:
        for title, attributes in MEASURED.items():
            track_id = app.library.find(title).id
            vector = np.zeros(FEATURE_SIZE, np.float32)
            features = Features(FEATURE_VERSION, vector, attributes)
            app._context.store.analysis.put(track_id, features)
        app._context.store.counters.touch()
        for title, rating in (("River", 2.0), ("Anvil", 5.0)):
            app.feedback.record(app.library.find(title), "play", value=4.0)
            app.feedback.record(app.library.find(title), "rating", value=rating)
        app.feedback.record(app.library.find("River"), "play", value=4.0)

        def values(*, descending: bool) -> list[object]:
            files = app.library.listing(order, descending=descending)
            assert sorted(files) == sorted(app.library.listing("artist"))
            rows = app.library.rows(files, with_details=True)
            return [getattr(row.details, FIELDS.get(order, order)) or None for row in rows]

        upwards = values(descending=False)
        known = [value for value in upwards if value is not None]
        assert len(known) >= 2
        assert upwards == [*sorted(known), *[None] * (len(upwards) - len(known))]
        assert values(descending=True)[: len(known)] == sorted(known, reverse=True)

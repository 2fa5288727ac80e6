"""Decades and months, counted."""

from __future__ import annotations

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.insights import liking
from musicrec_core.records import Track
from tests.conftest import Command


def song(year: int | None) -> Track:
    return Track(id=1, path="/a", title="A", artist="", album="", year=year)


def test_decades_are_counted_oldest_first_and_unknown_years_left_out() -> None:
    tracks = [song(1999), song(1990), song(2000), song(1989), song(None)]
    assert liking.eras(tracks) == (("1980s", 1), ("1990s", 2), ("2000s", 1))


def test_before_the_first_opinion_there_is_no_month(fresh: Command) -> None:
    with MusicRec(home=fresh.home) as core:
        assert liking.by_month(core._context) == ()

"""Shelves: which songs stand on them, and why."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.times import DAY_S
from tests.conftest import Command


@pytest.fixture
def facade(musicrec: Command) -> Iterator[MusicRec]:
    with MusicRec(home=musicrec.home) as opened:
        yield opened


def _happened(facade: MusicRec, query: str, kind: str, days_ago: float) -> None:
    at_s = time.time() - days_ago * DAY_S
    track = facade.library.find(query)
    store = facade._context.store
    store.feedback.add("default", track.id, kind, at_s=at_s, source="cli")  # type: ignore[arg-type]


def _titles(facade: MusicRec, name: str) -> set[str]:
    return {track.title for track in facade.lists.shelf(name).tracks}


def test_before_anything_was_played_each_shelf_has_songs_or_says_what_puts_them_there(
    facade: MusicRec,
) -> None:
    shelves = {name: facade.lists.shelf(name) for name in facade.lists.shelves()}
    assert all(shelf.name == name and shelf.reason for name, shelf in shelves.items())
    filled = {name for name, shelf in shelves.items() if shelf.tracks}
    assert filled == {"For you", "Never played", "New arrivals"}


def test_played_songs_leave_never_played_and_lead_to_others_like_them(facade: MusicRec) -> None:
    _happened(facade, "River", "play", 3)
    _happened(facade, "Anvil", "play", 1)
    assert not {"River", "Anvil"} & _titles(facade, "Never played")
    more = facade.lists.shelf("More like your last")
    assert more.reason.startswith("like Anvil and River")
    assert more.tracks


def test_only_what_was_liked_or_played_long_ago_is_to_be_rediscovered(facade: MusicRec) -> None:
    _happened(facade, "River", "play", 100)
    _happened(facade, "Anvil", "like", 90)
    _happened(facade, "Pulse", "play", 100)
    _happened(facade, "Pulse", "play", 2)
    _happened(facade, "Hammer", "skip", 100)
    assert _titles(facade, "Rediscover") == {"River", "Anvil"}


def test_what_is_left_of_a_begun_album_without_what_is_disliked(facade: MusicRec) -> None:
    _happened(facade, "Anvil", "play", 5)
    _happened(facade, "Pulse", "play", 4)
    _happened(facade, "Relay", "dislike", 3)
    assert _titles(facade, "Albums not finished") == {"Hammer", "Furnace", "Signal"}


def test_new_songs_are_new_for_a_month(facade: MusicRec, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(_titles(facade, "New arrivals")) == 9  # two are called Rain
    later_s = time.time() + 31 * DAY_S
    monkeypatch.setattr(type(facade._context), "now_s", lambda _: later_s)
    assert _titles(facade, "New arrivals") == set()

"""Guests in a playlist: marked, few, and gone when they are not wanted."""

from __future__ import annotations

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.times import DAY_S
from tests.conftest import Command


@pytest.fixture
def facade(musicrec: Command) -> MusicRec:
    """A playlist of four songs in a library of ten."""
    facade = MusicRec(home=musicrec.home)
    songs = ("River", "Lake", "Anvil", "Pulse")
    facade.playlists.create("Mix", [facade.library.find(title) for title in songs])
    return facade


def guests(facade: MusicRec) -> dict[int, str]:
    """Titles of guests by their positions."""
    return {i.position: i.track.title for i in facade.playlists.show("Mix").items if i.guest}


def own(facade: MusicRec) -> list[str]:
    return [i.track.title for i in facade.playlists.show("Mix").items if not i.guest]


def test_a_guest_comes_after_every_few_songs_and_no_more(facade: MusicRec) -> None:
    change = facade.playlists.invite("mix", 2)
    assert (change.kind, change.added, change.description) == (
        "invite", 2, "put 2 guests into Mix",
    )  # fmt: skip
    assert list(guests(facade)) == [3, 6]
    assert own(facade) == ["River", "Lake", "Anvil", "Pulse"]
    assert not set(guests(facade).values()) & set(own(facade))
    again = facade.playlists.invite("Mix", 2)
    assert (again.id, again.description) == (None, "Mix has a guest after every 2 songs already")
    facade.playlists.undo()
    assert guests(facade) == {}


def test_an_accepted_guest_is_a_song_like_any_other(facade: MusicRec) -> None:
    facade.playlists.invite("Mix", 2)
    first, second = guests(facade).values()
    facade.playlists.accept("Mix", [3], like=True)
    assert own(facade)[2] == first
    assert list(guests(facade).values()) == [second]
    liked = {track.title for track in facade._context.store.tracks.by_id(facade.feedback.opinions())
             .values()}  # fmt: skip
    assert liked == {first}


def test_a_rejected_guest_is_not_brought_again_for_a_month(
    facade: MusicRec, monkeypatch: pytest.MonkeyPatch
) -> None:
    facade.playlists.invite("Mix", 2)
    first, second = guests(facade).values()
    facade.playlists.reject("Mix", [3])
    assert list(guests(facade).values()) == [second]
    assert facade.feedback.opinions() == {}
    facade.playlists.invite("Mix", 2)
    assert first not in guests(facade).values()
    facade.playlists.reject("Mix")
    assert guests(facade) == {}
    now_s = Context.now_s
    monkeypatch.setattr(Context, "now_s", lambda self: now_s(self) + 31 * DAY_S)
    facade.playlists.invite("Mix", 2)
    assert first in guests(facade).values()


def test_a_guest_that_is_never_to_come_again_is_disliked(facade: MusicRec) -> None:
    facade.playlists.invite("Mix", 4)
    (guest,) = (i.track.id for i in facade.playlists.show("Mix").items if i.guest)
    change = facade.playlists.reject("Mix", never=True)
    assert change.description.startswith("rejected and disliked ")
    assert facade.feedback.opinions() == {guest: "dislike"}
    facade.playlists.undo()
    facade.playlists.remove("Mix", [5])
    others = facade.playlists.guests_for(facade.playlists.show("Mix").tracks, 9)
    assert others
    assert guest not in {track.id for track in others}


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (("guests", "Mix", "--every", "9"), 1, "Mix holds 4 songs of yours, fewer than 9"),
        (("accept", "Mix", "--all"), 1, "Mix has no guest: `musicrec playlist guests`"),
        (("reject", "Mix"), 2, "say which guests"),
    ],
)
def test_what_cannot_be_done_with_guests_is_said(
    facade: MusicRec, musicrec: Command, arguments: tuple[str, ...], status: int, text: str
) -> None:
    facade.close()
    assert text in musicrec.fails("playlist", *arguments, status=status)


def test_guests_are_marked_and_named_at_the_terminal(facade: MusicRec, musicrec: Command) -> None:
    facade.close()
    musicrec("playlist", "guests", "Mix", "--every", "2")
    assert "4 songs" not in musicrec("playlist", "list").stdout
    assert "6 songs, 0:24, 2 guests" in musicrec("playlist", "list").stdout
    shown = musicrec("playlist", "show", "Mix").stdout.splitlines()
    assert [line.endswith("(guest)") for line in shown] == [False] * 3 + [True] + [False] * 2 + [
        True
    ]
    assert "there is no guest at position 1" in musicrec.fails(
        "playlist", "reject", "Mix", "--at", "1"
    )
    musicrec("playlist", "reject", "Mix", "--at", "3", "--never")
    assert "1 guest" in musicrec("playlist", "list").stdout

"""Playlists: the picker from any song, and what the page changes."""

from __future__ import annotations

from pathlib import Path

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_tui.screens.dialogs.pick_playlist import PickPlaylistScreen
from musicrec_tui.screens.playlists.page import PlaylistsPage
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks


def _page(driven: Driven) -> PlaylistsPage:
    return driven.main.page("playlists", PlaylistsPage)


def _held(driven: Driven, name: str) -> list[str]:
    with MusicRec(home=driven.home) as musicrec:
        return [item.track.title for item in musicrec.playlists.show(name).items]


def _names(driven: Driven) -> list[str]:
    with MusicRec(home=driven.home) as musicrec:
        return [one.name for one in musicrec.playlists.all()]


async def _add(driven: Driven, *keys: str) -> None:
    await driven.press("P")
    await driven.until(lambda: isinstance(driven.app.screen, PickPlaylistScreen))
    await driven.press(*keys, "enter")
    await driven.until(lambda: not isinstance(driven.app.screen, PickPlaylistScreen))


async def _open(driven: Driven, songs: int) -> None:
    await driven.press("6")
    await driven.until(lambda: driven.main.shown_id == "playlists")
    await driven.until(lambda: len(_page(driven)._items) == songs)


async def test_a_song_is_added_from_any_page_to_a_new_and_to_a_completed_name(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        titles = [t.title for t in (driven.main.for_you.current, *driven.main.for_you.following())]
        await _add(driven, *"Evening [b]x")
        await driven.until(lambda: _names(driven) == ["Evening [b]x"])
        await driven.press("j")
        await _add(driven, *"eve")
        await driven.until(lambda: len(_held(driven, "Evening [b]x")) == 2)
        assert _held(driven, "Evening [b]x") == titles[:2]
        await _open(driven, 2)
        await driven.shows("2 songs, 0:08 · playlist Evening [b]x")


async def test_songs_are_moved_removed_and_cleared_and_each_is_undone(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as core:
        tracks = [row.track for row in core.library.rows(core.library.listing("title")[:3])]
        core.playlists.create("Run", tracks)
    a, b, c = (track.title for track in tracks)
    async with with_picks(musicrec.home) as driven:
        await _open(driven, 3)
        await driven.press("enter", "J")
        await driven.until(lambda: _held(driven, "Run") == [b, a, c])
        await driven.until(lambda: _page(driven).table.cursor == 1)
        await driven.press("delete")
        await driven.until(lambda: _held(driven, "Run") == [b, c])
        await driven.press("C")
        await driven.until(lambda: _held(driven, "Run") == [])
        await driven.shows("No song yet")
        await driven.press("ctrl+z", "ctrl+z", "ctrl+z")
        await driven.until(lambda: _held(driven, "Run") == [a, b, c])
        await driven.press("ctrl+y")
        await driven.until(lambda: _held(driven, "Run") == [b, a, c])


async def test_a_list_is_made_renamed_and_deleted_and_comes_back(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("6")
        await driven.shows("No list yet")
        await driven.press("N")
        await driven.shows("A new playlist")
        await driven.press(*"Rain", "enter")
        await driven.until(lambda: _names(driven) == ["Rain"])
        await driven.shows("playlist Rain")
        await driven.press("f2")
        await driven.shows("Rename Rain")
        await driven.press(*"y", "enter")
        await driven.until(lambda: _names(driven) in (["Rainy"], ["y"]))
        await driven.until(lambda: _page(driven).chosen and _page(driven).chosen.name != "Rain")
        await driven.press("delete")
        await driven.until(lambda: _names(driven) == [])
        await driven.press("ctrl+z")
        await driven.until(lambda: len(_names(driven)) == 1)


async def test_a_whole_list_plays_and_is_exported(musicrec: Command, tmp_path: Path) -> None:
    with MusicRec(home=musicrec.home) as core:
        tracks = [row.track for row in core.library.rows(core.library.listing("title")[:2])]
        core.playlists.create("Run", tracks)
    player, file = FakePlayer(), tmp_path / "run.m3u8"
    async with with_picks(musicrec.home, player=player) as driven:
        await _open(driven, 2)
        await driven.press("p")
        await driven.until(lambda: player.played == [tracks[0].path])
        await driven.until(lambda: player.follows == tracks[1].path)
        await driven.press("w")
        await driven.shows("Export Run to")
        await driven.press("ctrl+u", *str(file), "enter")
        await driven.until(file.exists)
        assert tracks[1].path in file.read_text()


async def test_a_saved_list_is_shown_and_chosen_anew_but_not_changed_by_hand(
    musicrec: Command,
) -> None:
    with MusicRec(home=musicrec.home) as core:
        core.saved_lists.save("Daily", ListRequest(4))
    async with with_picks(musicrec.home) as driven:
        await _open(driven, 4)
        await driven.shows("saved list Daily")
        await driven.press("C")
        await driven.until(lambda: any("is a saved list" in line for line in driven.said))
        await driven.press("f5")
        await driven.until(lambda: len(_page(driven)._items) == 4)
        await driven.press("delete", "y")
        await driven.shows("No list yet")

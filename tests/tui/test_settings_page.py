"""Settings: each is changed by keys, kept where it belongs, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_tui import keys, settings
from musicrec_tui.screens.settings.page import FindBox, SettingsPage
from tests.conftest import Command
from tests.enrich.lastfm_server import KEY, running
from tests.tui.screens import Driven, with_picks


async def found(driven: Driven, words: str) -> SettingsPage:
    """The page, with its cursor on the first setting that has these words."""
    if driven.main.shown_id != "settings":
        await driven.press("comma")
        await driven.until(lambda: driven.main.shown_id == "settings")
        await driven.shows("Setting", "Now")
    page = driven.main.page("settings", SettingsPage)
    await driven.press("slash")
    await driven.until(lambda: isinstance(driven.app.focused, FindBox))
    page.query_one(FindBox).value = words
    await driven.until(lambda: page.current and all(w in page.current.words for w in words.split()))
    await driven.press("enter")
    await driven.until(lambda: driven.app.focused is page.table)
    return page


def guards(musicrec: Command) -> dict[str, bool]:
    return {g["name"]: g["on"] for g in musicrec.json("guards")["guards"]}


async def test_a_guard_is_turned_off_and_on_again_by_undo(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "guard kinds")
        await driven.shows("on, keeps out none", "skits, intros")
        await driven.press("enter")
        await driven.shows("off, lets in none")
        assert not guards(musicrec)["kinds"]
        await driven.press("u")
        await driven.shows("on, keeps out none")
        assert guards(musicrec)["kinds"]
        await driven.press("u")
        await driven.until(lambda: "No setting was changed on this page" in driven.said)


async def test_what_is_disliked_is_counted_and_that_guard_stays_on(musicrec: Command) -> None:
    musicrec("dislike", "Anvil")
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "opinions")
        await driven.shows("on, keeps out 1 song")
        await driven.press("v")
        await driven.until(lambda: any("cannot be turned off" in line for line in driven.said))


async def test_a_dial_moves_in_steps_and_goes_back_to_its_default(musicrec: Command) -> None:
    def explore() -> float:
        with MusicRec(home=musicrec.home) as core:
            return core.lists.own_dials().explore

    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "try something new")
        await driven.shows("10%")
        await driven.press("left_square_bracket", "left_square_bracket")
        await driven.shows("0% •")
        assert explore() == 0.0
        await driven.press("left_square_bracket", "right_square_bracket")
        await driven.shows("5% •")
        await driven.press("delete")
        await driven.shows("10%")
        await driven.until(lambda: "•" not in driven.text)
        assert explore() == 0.1
        await driven.press("backspace")
        await driven.until(lambda: "It is as it is at first" in driven.said)


async def test_incognito_player_and_folders(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "incognito")
        await driven.press("enter")
        await driven.until(lambda: any("Incognito: on" in line for line in driven.said))
        with MusicRec(home=musicrec.home) as core:
            assert core.feedback.incognito
        await found(driven, "played by")
        await driven.press("right_square_bracket")
        await driven.until(lambda: settings.text(musicrec.home, "player") == "mpv")
        await found(driven, "library folders")
        await driven.press("enter")
        await driven.until(lambda: driven.main.shown_id == "scan")


async def test_colours_change_at_once_and_are_kept(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEXTUAL_THEME", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "look colours")
        await driven.press("right_square_bracket")
        await driven.until(lambda: driven.app.theme == "musicrec-light")
        await driven.shows("light •")
        assert settings.text(musicrec.home, "theme") == "musicrec-light"
        await driven.press("u")
        await driven.until(lambda: driven.app.theme == "musicrec-dark")


async def test_a_key_is_found_and_changed_and_does_its_work(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "key song.like")
        await driven.press("enter")
        await driven.shows("Press a key for")
        await driven.press("d")
        await driven.until(lambda: any("d is taken by" in line for line in driven.said))
        await driven.press("enter")
        await driven.shows("Press a key for")
        await driven.press("escape", "enter")
        await driven.shows("Press a key for")
        await driven.press("f7")
        await driven.shows("f7 •")
        assert keys.own(musicrec.home) == {"song.like": "f7"}
        await driven.press("1", "f7")
        await driven.until(lambda: any("Liked" in line for line in driven.said))
        await found(driven, "key song.like")
        await driven.press("delete")
        await driven.until(lambda: keys.own(musicrec.home) == {})


async def test_a_preset_of_keys_is_chosen_and_shown(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "keys as in")
        await driven.press("enter")
        await driven.until(lambda: keys.preset(musicrec.home) == "vi")
        await found(driven, "key table.page_up")
        await driven.shows("ctrl+u")


async def test_a_search_without_a_match_says_so_and_escape_shows_all(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (80, 24)) as driven:
        page = await found(driven, "incognito")
        page.query_one(FindBox).value = "xyzzy"
        await driven.shows("No setting has these words")
        await driven.press("v", "escape")
        await driven.shows("Folders")


async def test_lastfm_is_turned_off_after_a_question(
    musicrec: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path) as service:
        monkeypatch.setenv("SSL_CERT_FILE", service.ca_file)
        monkeypatch.setenv("NO_PROXY", "*")
        with MusicRec(home=musicrec.home) as core:
            core.services.login(KEY, "rj", service.url)
        async with with_picks(musicrec.home, (120, 40)) as driven:
            await found(driven, "lastfm tags")
            await driven.shows("asks http")
            await driven.press("enter")
            await driven.shows("forget the key?")
            await driven.press("n", "enter")
            await driven.shows("forget the key?")
            await driven.press("y")
            await driven.until(lambda: any("Last.fm is off" in line for line in driven.said))
            assert not musicrec.json("lastfm", "status")["on"]
            assert KEY not in driven.text


async def test_lastfm_asks_for_a_key_that_is_not_shown(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        await found(driven, "last.fm tags")
        await driven.shows("no connection is ever opened")
        await driven.press("enter")
        await driven.shows("Your API key of Last.fm")
        await driven.type("0123456789abcdef")
        await driven.shows("•" * 16)
        assert "0123" not in driven.text
        await driven.press("escape")
        await driven.until(lambda: type(driven.app.screen).__name__ == "MainScreen")

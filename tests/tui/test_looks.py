"""What is on the screen beside the list: widths, the panel, other programs' doings, the theme."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from musicrec_core import paths
from musicrec_core.records import Reason
from musicrec_tui import jobs
from musicrec_tui.widgets.now_playing import NowPlaying
from musicrec_tui.widgets.reasons import ReasonList, ReasonsPanel
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import Driven, FakePlayer, with_picks
from tests.tui.test_jobs import Held


async def test_a_like_from_the_command_line_is_noticed(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.until(lambda: driven.main.library_watch.settled)
        assert "♥" not in driven.text
        musicrec("like", "Pulse")
        await driven.shows("♥")


async def test_one_escape_takes_a_search_back(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: driven.main.shown_id == "library")
        await driven.until(lambda: type(driven.app.focused).__name__ == "SearchBox")
        await driven.type("rain")
        await driven.shows("2 songs, best first")
        await driven.press("escape")
        await driven.shows("10 songs, by artist")
        await driven.until(lambda: driven.app.focused is driven.library.table)


@pytest.mark.parametrize("words", ["1987", "bside take"])
async def test_a_song_is_found_by_its_year_and_by_the_name_of_its_file(
    musicrec: Command, tmp_path: Path, words: str
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    tags = {"artist": "Ada Reed", "title": "Dune", "date": "1987"}
    write_tone(folder / "bside take.flac", seconds=1.0, tags=tags)
    musicrec("scan", folder, "--tags-only")
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: type(driven.app.focused).__name__ == "SearchBox")
        await driven.type(words)
        await driven.shows("1 song, best first", "Dune")


async def test_the_theme_is_remembered(musicrec: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL_THEME", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    async with with_picks(musicrec.home) as driven:
        before = driven.app.theme
        await driven.press("t")
        await driven.until(lambda: driven.app.theme != before)
    async with with_picks(musicrec.home) as driven:
        assert driven.app.theme != before


async def test_a_wide_screen_tells_all_of_the_song_beside_the_list(musicrec: Command) -> None:
    async with with_picks(musicrec.home, size=(180, 40)) as driven:
        panel, table = driven.main.for_you.query_one(ReasonsPanel), driven.main.for_you.table
        assert panel.region.x >= table.region.right
        await driven.shows("Artist", "Album", "Genre", "Time", "Mood")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (169, 40), (170, 40), (200, 50)])
async def test_no_title_is_cut_where_the_line_has_room_for_it(
    musicrec: Command, size: tuple[int, int]
) -> None:
    async with with_picks(musicrec.home, size=size) as driven:
        titles = [pick.track.title for pick in driven.main.for_you._picks]
        await driven.shows(*titles)


async def test_an_empty_column_gives_its_room_away(musicrec: Command) -> None:
    async with with_picks(musicrec.home, size=(170, 30)) as driven:
        years = [pick.track.year for pick in driven.main.for_you._picks]
        assert not any(years)
        assert "Year" not in driven.text.partition("Why")[0]


def line_with(driven: Driven, text: str) -> str:
    return next((line for line in driven.text.split("\n") if text in line), "")


@pytest.mark.parametrize(("width", "docked"), [(80, False), (169, False), (170, True)])
async def test_the_reasons_stand_beside_the_list_from_170_columns(
    musicrec: Command, width: int, docked: bool
) -> None:
    async with with_picks(musicrec.home, size=(width, 40)) as driven:
        await driven.shows("Why ")
        picks, reasons = driven.main.for_you.table, driven.main.for_you.query_one(ReasonsPanel)
        assert (reasons.region.x > picks.region.x) == docked


@pytest.mark.parametrize("width", [80, 110, 120, 200])
async def test_no_empty_cells_stand_between_the_number_and_the_title(
    musicrec: Command, width: int
) -> None:
    async with with_picks(musicrec.home, size=(width, 40)) as driven:
        track = driven.main.for_you.current
        assert track is not None
        await driven.until(lambda: line_with(driven, f"1   {track.title} "))


@pytest.mark.parametrize("width", [80, 100, 120, 160])
async def test_a_long_title_gets_the_room_that_short_names_leave(
    fresh: Command, width: int
) -> None:
    music = fresh.home.parent / "music"
    title = "A Title of Forty-Three Characters, Told Whole"
    write_tone(music / "a.wav", tags={"title": title, "artist": "Ann", "album": "Al"})
    write_tone(music / "b.wav", freq=600, tags={"title": "B", "artist": "Bo", "album": "Al"})
    fresh("scan", music)
    async with with_picks(fresh.home, size=(width, 30)) as driven:
        await driven.until(lambda: "Ann" in line_with(driven, f"{title} "))


async def test_the_file_column_shows_names_not_what_all_paths_share(musicrec: Command) -> None:
    async with with_picks(musicrec.home, size=(160, 30)) as driven:
        await driven.press("2")
        await driven.shows("river.flac", "hammer.opus")
        track = driven.library.current
        assert track is not None
        assert os.path.dirname(track.path)[:8] not in driven.text


async def test_another_theme_repaints_the_reasons(musicrec: Command) -> None:
    def colours(driven: Driven) -> set[str]:
        listed = driven.main.for_you.query_one("#reasons-list")
        strips = listed.render_lines(listed.size.region)
        return {str(s.style.color) for strip in strips for s in strip if s.style and "+" in s.text}

    async with with_picks(musicrec.home) as driven:
        await driven.until(lambda: colours(driven))
        before = colours(driven)
        await driven.press("t")
        await driven.until(lambda: colours(driven) and not colours(driven) & before)


async def test_a_damaged_file_of_settings_is_as_none(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEXTUAL_THEME", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    paths.screen_settings(musicrec.home).write_text('["dark"')
    async with with_picks(musicrec.home) as driven:
        assert driven.app.theme == "musicrec-dark"


async def test_in_a_search_escape_takes_it_back_and_stops_no_scan(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        driven.main.run_job(jobs.Job("Scan", Held()))
        await driven.press("slash")
        await driven.until(lambda: type(driven.app.focused).__name__ == "SearchBox")
        await driven.type("hammer")
        await driven.shows("1 song, best first")
        await driven.press("enter", "escape")
        await driven.shows("10 songs, by artist")
        assert driven.app.focused is driven.library.table
        assert not driven.main.job_bar.stopping
        await driven.press("escape")
        await driven.until(lambda: driven.main.job_bar.job is None)


async def test_a_message_does_not_cover_what_plays_or_what_runs(musicrec: Command) -> None:
    held = Held()
    async with with_picks(musicrec.home, size=(80, 24), player=FakePlayer()) as driven:
        driven.main.run_job(jobs.Job("Scan", held))
        await driven.press("space", "l")
        await driven.until(lambda: driven.app.screen.query("Toast"))
        await driven.until(lambda: driven.app.screen.query_one("Toast").region.area)
        toast = driven.app.screen.query_one("Toast").region
        for bar in (driven.main.query_one(NowPlaying), driven.main.job_bar):
            assert bar.region.area
            assert not toast.overlaps(bar.region)
        held.go_on.set()


async def test_no_wider_screen_shows_fewer_columns(musicrec: Command) -> None:
    shown = []
    for width in (110, 149, 169, 170, 200):
        async with with_picks(musicrec.home, (width, 40)) as driven:
            await driven.shows("Album")
            shown.append({slot.column.key for slot in driven.main.for_you.table._fit.slots})
    assert all(fewer <= more for fewer, more in pairwise(shown))


async def test_what_is_no_term_of_the_score_has_no_number(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        panel = driven.main.for_you.query_one(ReasonList)
        panel.show(
            [
                Reason("tagged so", 0.5, "tags"),
                Reason("put down to vary and balance the list", 0.0, "variety"),
            ]
        )
        await driven.shows("put down to vary and balance the list", "+0.50")
        assert "0.00" not in driven.reasons

"""What is on the screen beside the list: widths, the panel, other programs' doings, the theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from musicrec_tui.widgets.reasons import ReasonsPanel
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import with_picks


async def test_a_like_from_the_command_line_is_noticed(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.until(lambda: driven.main._revision is not None)
        assert "♥" not in driven.text
        musicrec("like", "Pulse")
        await driven.shows("♥")


async def test_one_escape_takes_a_search_back(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: driven.main.view is driven.main.library)
        await driven.until(lambda: type(driven.app.focused).__name__ == "SearchBox")
        await driven.type("rain")
        await driven.shows("2 songs, best first")
        await driven.press("escape")
        await driven.shows("10 songs, by artist")
        await driven.until(lambda: driven.app.focused is driven.main.library.table)


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
    async with with_picks(musicrec.home, size=(160, 40)) as driven:
        panel, table = driven.main.for_you.query_one(ReasonsPanel), driven.main.for_you.table
        assert panel.region.x >= table.region.right
        await driven.shows("Artist", "Album", "Genre", "Time", "Mood")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (149, 40), (150, 40), (200, 50)])
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

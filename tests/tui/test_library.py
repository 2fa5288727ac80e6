import os
import re
import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from musicrec_tui.screens.library.column_picker import ColumnPicker
from musicrec_tui.screens.library.columns import COLUMNS
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import Driven, with_picks


async def in_library(driven: Driven) -> None:
    await driven.press("2")
    await driven.until(lambda: driven.on_library)


def titles(driven: Driven) -> list[str]:
    library = driven.library
    return [track.title for track in library.table.tracks]


async def test_the_library_holds_every_song_by_artist(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.shows("10 songs, by artist")
        library = driven.library
        artists = [track.artist for track in library.table.tracks]
        assert artists == sorted(artists)


async def test_tab_goes_to_the_other_view_and_back(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("tab")
        await driven.until(lambda: driven.main.shown_id == "library")
        await driven.press("shift+tab")
        await driven.until(lambda: driven.main.shown_id == "for-you")


async def test_words_find_songs_and_mistakes_in_them_are_forgiven(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.focused, Input))
        await driven.type("furnase")
        await driven.until(lambda: titles(driven) == ["Furnace"])
        await driven.shows("1 song, best first")


async def test_while_one_types_keys_are_letters(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.focused, Input))
        await driven.press("l", "d", "q", "space", "slash", "question_mark")
        assert driven.main.query_one(Input).value == "ldq /?"
        assert driven.feedback() == []


async def test_enter_goes_from_the_search_box_to_the_songs_and_a_like_reaches_the_right_one(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.focused, Input))
        await driven.type("hammer")
        await driven.until(lambda: titles(driven) == ["Hammer"])
        await driven.press("enter", "l")
        await driven.until(lambda: any("Hammer" in line for line in driven.said))
        assert [event.kind for event in driven.feedback()] == ["like"]
        await driven.until(lambda: "♥" in driven.text)


async def test_what_is_not_there_is_said_and_escape_shows_every_song_again(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.focused, Input))
        await driven.type("[x]qqq")
        await driven.until(lambda: "Nothing matches “[x]qqq”" in driven.text)
        await driven.press("escape")
        await driven.until(lambda: len(titles(driven)) == 10)
        await driven.until(lambda: driven.app.focused is driven.library.table)


async def test_the_order_goes_round_all_columns_and_turns(musicrec: Command) -> None:
    async with with_picks(musicrec.home, size=(170, 30)) as driven:
        await in_library(driven)
        for column in ("Album ▲", "by genre", "by year", "Time ▲", "Score ▼", "File ▲", "Title ▲"):
            await driven.press("o")
            await driven.shows(column)
        await driven.until(lambda: titles(driven) == sorted(titles(driven)) and titles(driven))
        await driven.press("O")
        await driven.until(
            lambda: titles(driven) == sorted(titles(driven), reverse=True) and titles(driven)
        )
        await driven.shows("Title ▼")


async def test_by_score_the_best_come_first(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.pilot.click("#songs", offset=(95, 0))  # the header of the last column
        await driven.shows("Score ▼", "by score")
        library = driven.library
        await driven.until(lambda: len(titles(driven)) == 10)
        scores = [line.score or 0.0 for line in library.table._lines.values()]
        assert scores == sorted(scores, reverse=True)


async def test_a_click_on_a_header_sorts_by_it_and_another_turns_the_order(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.pilot.click("#songs", offset=(4, 0))
        await driven.shows("Title ▲")
        await driven.pilot.click("#songs", offset=(4, 0))
        await driven.shows("Title ▼")


async def test_a_dislike_in_the_library_takes_the_song_off_the_picks(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        track = driven.library.current
        assert track is not None
        assert track.id in driven.picks
        await driven.press("d")
        await driven.until(lambda: "✗" in driven.text)
        await driven.until(lambda: track.id not in driven.picks)
        assert len(titles(driven)) == 10


async def test_a_song_that_is_left_out_says_so_when_explained(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("d", "e")
        await driven.until(lambda: "Not recommended" in driven.text)


async def test_tags_with_escape_sequences_and_names_that_are_not_utf8_are_shown_safely(
    fresh: Command,
) -> None:
    music = fresh.home.parent / "music"
    evil = "[bold]Evil\x1b]0;owned\x07[/bold]"
    write_tone(music / "a.flac", tags={"title": evil, "artist": "[red]R[/red]"})
    shutil.copy(music / "a.flac", music / "copy.flac")
    write_tone(music / os.fsdecode(b"caf\xe9.wav"), freq=600)
    fresh("scan", music, "--tags-only")
    async with with_picks(fresh.home, size=(200, 30)) as driven:
        await in_library(driven)
        await driven.shows("[bold]Evil", "[red]R[/red]", "caf")
        assert "\x1b" not in driven.text
        await driven.press("l")
        await driven.until(lambda: driven.said)
        await driven.press("e")
        await driven.until(lambda: driven.app.screen is not driven.main)


async def test_songs_without_a_year_come_last_whichever_way_the_others_read(
    fresh: Command, tmp_path: Path
) -> None:
    for freq, (name, year) in enumerate({"a": "1999", "b": "", "c": "1971"}.items(), 300):
        tags = {"title": name, "date": year}
        write_tone(tmp_path / "music" / f"{name}.flac", freq=freq, tags=tags)
    fresh("scan", tmp_path / "music", "--tags-only")
    async with with_picks(fresh.home, size=(170, 30)) as driven:
        await in_library(driven)
        await driven.until(lambda: titles(driven) == ["a", "b", "c"])
        await driven.press("o", "o", "o")
        await driven.shows("Year ▲")
        await driven.until(lambda: titles(driven) == ["c", "a", "b"])
        await driven.press("O")
        await driven.shows("Year ▼")
        await driven.until(lambda: titles(driven) == ["a", "c", "b"])


async def chosen_columns(driven: Driven, *titles: str) -> None:
    """Turn some columns on or off in the dialog, by keys."""
    await driven.press("C")
    await driven.until(lambda: isinstance(driven.app.screen, ColumnPicker))
    offered = [column.column.title for column in COLUMNS if column.key != "title"]
    at = 0
    for title in titles:
        place = offered.index(title)
        await driven.press(*["down"] * (place - at), "space")
        at = place
    await driven.press("escape")
    await driven.until(lambda: driven.app.screen is driven.main)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_columns_are_chosen_shown_at_every_width_and_kept(
    musicrec: Command, size: tuple[int, int]
) -> None:
    musicrec("rate", "4", "Pulse")
    async with with_picks(musicrec.home, size=size) as driven:
        await in_library(driven)
        await chosen_columns(driven, "Time", "Tempo", "Mood", "Rating", "Added")
        await driven.shows("Tempo", "Mood", "Rating", "Added", " 4 ", "Title")
        assert "0:04" not in driven.text.partition("Title")[2].partition("\n")[0]
        assert re.search(r"\b20\d\d-\d\d-\d\d\b", driven.text)
    async with with_picks(musicrec.home, size=size) as driven:
        await in_library(driven)
        await driven.shows("Tempo", "Mood", "Rating", "Added")
        await driven.press("C", "d", "escape")
        await driven.until(lambda: "Added" not in driven.text)
        await driven.shows("Time", "Score")


async def test_a_chosen_column_sorts_by_key_and_by_its_header(musicrec: Command) -> None:
    musicrec("rate", "4", "Pulse")
    musicrec("rate", "2", "Relay")
    musicrec("rate", "5", "Lake")
    async with with_picks(musicrec.home, size=(120, 30)) as driven:
        await in_library(driven)
        await chosen_columns(driven, "Rating")
        await driven.shows("Rating")
        for _ in COLUMNS:
            if "by rating" in driven.text:
                break
            await driven.press("o")
            await driven.pilot.pause(0.05)
        await driven.shows("by rating", "Rating ▼")
        await driven.until(lambda: titles(driven)[:3] == ["Lake", "Pulse", "Relay"])
        await driven.press("O")
        await driven.shows("Rating ▲")
        await driven.until(lambda: titles(driven)[:3] == ["Relay", "Pulse", "Lake"])
        header = driven.text.split("\n").index(line_with(driven, "Rating ▲"))
        await driven.pilot.click(offset=(line_with(driven, "Rating ▲").index("Rating"), header))
        await driven.shows("Rating ▼")


def line_with(driven: Driven, text: str) -> str:
    return next((line for line in driven.text.split("\n") if text in line), "")

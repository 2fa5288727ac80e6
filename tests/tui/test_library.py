import os
import shutil
from pathlib import Path

from textual.widgets import Input

from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import Driven, with_picks


async def in_library(driven: Driven) -> None:
    await driven.press("2")
    await driven.until(lambda: driven.on_library)


def titles(driven: Driven) -> list[str]:
    library = driven.library
    return [library._lines[i].track.title for i in library._file_ids if i in library._lines]


async def test_the_library_holds_every_song_by_artist(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.shows("10 songs, by artist")
        library = driven.library
        artists = [library._lines[i].track.artist for i in library._file_ids]
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
        scores = [library._lines[i].score or 0.0 for i in library._file_ids]
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

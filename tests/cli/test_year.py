"""A year in review, of plays at known times."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.insights.year import YearInReview
from musicrec_core.service_records import Listen
from tests.conftest import Command

PLAYS = [
    # title, when, seconds heard
    ("River", "2024-12-31 23:59", 4.0),
    ("River", "2025-01-01 00:10", 3600.0),
    ("River", "2025-01-02 21:00", None),
    ("Anvil", "2025-01-03 21:10", 1800.0),
    ("Anvil", "2025-01-03 21:20", 1800.0),
    ("Hammer", "2025-01-03 21:30", 1800.0),
    ("Pulse", "2025-06-30 21:30", 900.0),
    ("Pulse", "2026-01-01 00:00", 900.0),
]


def at(text: str) -> float:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").timestamp()  # noqa: DTZ007 - local on purpose


@pytest.fixture
def played(musicrec: Command) -> Command:
    """A person who played some songs in three years, liked two and has one rating in a file."""
    with MusicRec(home=musicrec.home) as facade:
        context = facade._context

        def say(title: str, kind: str, when: str, value: float | None, source: str) -> None:
            context.store.feedback.add(
                "default", facade.library.find(title).id, kind, at_s=at(when),  # type: ignore[arg-type]
                source=source, value=value,  # type: ignore[arg-type]
            )  # fmt: skip

        for title, when, seconds in PLAYS:
            say(title, "play", when, seconds, "tui")
        say("Lake", "skip", "2025-02-02 10:00", 2.0, "tui")
        say("River", "like", "2025-02-02 10:00", None, "cli")
        say("Anvil", "like", "2024-02-02 10:00", None, "cli")
        say("Lake", "rating", "2025-02-02 10:00", 4.0, "file")
        context.store.listens.add("default", "lastfm", "me", [
            Listen("play", "Nobody", "Not mine", "", at("2025-03-03 10:00")),
            Listen("play", "Nobody", "Not mine", "", at("2024-03-03 10:00")),
        ])  # fmt: skip
    return musicrec


def review(command: Command, year: int | None = None) -> YearInReview:
    with MusicRec(home=command.home) as facade:
        return facade.year(year)


def test_plays_are_counted_within_the_year_of_the_clock_here(played: Command) -> None:
    of_2025 = review(played, 2025)
    assert (of_2025.plays, of_2025.plays_before, of_2025.skips) == (6, 1, 1)
    assert (of_2025.songs, of_2025.artists, of_2025.days) == (4, 3, 4)
    assert of_2025.hours == pytest.approx((3600 + 4 + 3 * 1800 + 900) / 3600, abs=0.01)
    assert of_2025.longest_streak_days == 3
    assert of_2025.busiest_day
    assert (of_2025.busiest_day.day, of_2025.busiest_day.plays) == ("2025-01-03", 3)
    assert of_2025.elsewhere == 1
    assert of_2025.years == (2026, 2025, 2024)


def test_the_most_played_come_first_and_ties_by_time(played: Command) -> None:
    of_2025 = review(played, 2025)
    assert [(a.name, a.plays) for a in of_2025.top_artists] == [
        ("Brute Force", 3), ("Ada Reed", 2), ("Clara Volt", 1),
    ]  # fmt: skip
    assert [song.name for song in of_2025.top_songs[:2]] == [
        "Ada Reed - River", "Brute Force - Anvil",
    ]  # fmt: skip
    assert of_2025.top_albums[0].name == "Brute Force - Iron"
    assert [genre.name for genre in of_2025.top_genres] == ["Metal", "Ambient", "Techno"]


def test_months_hours_and_weekdays_add_up(played: Command) -> None:
    of_2025 = review(played, 2025)
    assert [month.plays for month in of_2025.months] == [5, 0, 0, 0, 0, 1] + [0] * 6
    assert sum(of_2025.plays_by_hour) == sum(of_2025.plays_by_weekday) == of_2025.plays
    assert (of_2025.plays_by_hour[0], of_2025.plays_by_hour[21]) == (1, 5)
    assert of_2025.plays_by_weekday[4] == 3  # the third of January was a Friday


def test_found_is_what_was_never_played_before(played: Command) -> None:
    of_2025 = review(played, 2025)
    assert [artist.name for artist in of_2025.discoveries] == ["Brute Force", "Clara Volt"]
    assert (of_2025.new_artists, of_2025.new_songs) == (2, 3)
    assert review(played, 2026).new_artists == 0


def test_opinions_are_those_given_in_the_year_and_not_by_files(played: Command) -> None:
    assert review(played, 2025).opinions == {"like": 1, "dislike": 0, "rating": 0}


def test_what_came_into_the_library_is_counted(played: Command) -> None:
    now = time.localtime().tm_year
    assert review(played, now).added == 10
    assert review(played, 2025 if now != 2025 else 2024).added == 0


def test_a_year_is_shown_in_the_terminal(played: Command) -> None:
    text = played("year", "2025").stdout
    assert text.startswith("2025      6 plays, 2.8 hours: 4 songs by 3 artists on 4 days\n")
    assert "500% more plays than in all of 2024" in text
    assert "most on 2025-01-03: 3 plays; 3 days on end" in text
    assert "2 artists played for the first time" in text
    assert "most from 21:00 to 22:00, and on Fridays" in text
    assert "besides, 1 play of songs that you do not own" in text
    assert text.rstrip().endswith("1 like")


def test_a_year_without_anything_says_which_have_something(
    played: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = played("year", "2019").stdout
    assert output == "Nothing was played or said in 2019; there is something of 2026, 2025, 2024\n"
    assert Command(tmp_path / "new")("year").stdout.startswith("Nothing was played or said in ")
    assert "is not in the range" in played.fails("year", "12", status=2)
    monkeypatch.setattr(Context, "now_s", lambda _: at("2025-07-01 00:00"))
    assert review(played).year == 2025

"""year: a year in review."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.text import count, fit
from musicrec_tui.cli.common import Settings, common_options, echo, print_json
from musicrec_tui.cli.insights.html_file import html_option, write_html
from musicrec_tui.cli.terminal import columns, echo_inked, ink

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from musicrec_core.app.results import PlayCount, YearInReview

SHOWN = 5
BAR = 20
NAME = 34
LEVELS = "▁▂▃▄▅▆▇█"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@click.command()
@click.argument("year", required=False, type=click.IntRange(1970, 9999), metavar="[YYYY]")
@html_option
@common_options
def year(settings: Settings, year: int | None, html: Path | None) -> None:
    """Look back on a year: what you played, found and liked; this year, if none is named."""
    with settings.open() as musicrec:
        if html is not None:
            write_html(html, settings, lambda: _page(musicrec.year(year)))
            return
        review = musicrec.year(year)
    if settings.as_json:
        print_json(asdict(review))
    elif not review.plays and not sum(review.opinions.values()):
        others = [f"{other}" for other in review.years if other != review.year]
        there = f"; there is something of {', '.join(others)}" if others else ""
        echo(f"Nothing was played or said in {review.year}{there}")
    else:
        _show(review)


def _page(review: YearInReview) -> bytes:
    from musicrec_tui.cli.insights.insights_page import html_page, year_sections

    return html_page(f"Your music in {review.year}", year_sections(review))


def _show(review: YearInReview) -> None:
    _heading(f"{review.year}", _summary(review))
    for line in _comparisons(review):
        echo(f"  {line}")
    for title, counts in (
        ("artists", review.top_artists),
        ("songs", review.top_songs),
        ("albums", review.top_albums),
        ("genres", review.top_genres),
    ):
        _top(title, counts)
    if review.plays:
        _heading("months")
        _bars([(month.name[:3], month) for month in review.months])
        _heading("hours", f"{_sparkline(review.plays_by_hour)}  most from {_peak(review)}")
    if review.new_artists:
        new = f"{count(review.new_artists, 'artist')} played for the first time"
        _heading("found", new)
        _bars([(artist.name, artist) for artist in review.discoveries[:SHOWN]])
    opinions = [count(n, kind) for kind, n in review.opinions.items() if n]
    if opinions:
        _heading("said", ", ".join(opinions))


def _summary(review: YearInReview) -> str:
    if not review.plays:
        return "nothing was played"
    return (
        f"{count(review.plays, 'play')}, {review.hours:,.1f} hours: "
        f"{count(review.songs, 'song')} by {count(review.artists, 'artist')} "
        f"on {count(review.days, 'day')}"
    )


def _comparisons(review: YearInReview) -> list[str]:
    lines = []
    if review.plays_before and review.plays:
        change = review.plays / review.plays_before - 1
        more = f"{abs(change):.0%} {'more' if change > 0 else 'fewer'} plays than"
        lines.append(f"{more if change else 'as many plays as'} in all of {review.year - 1}")
    if review.busiest_day:
        day = review.busiest_day
        streak = f"; {review.longest_streak_days} days on end" * (review.longest_streak_days > 1)
        lines.append(f"most on {day.day}: {count(day.plays, 'play')}{streak}")
    if review.new_songs:
        lines.append(f"{count(review.new_songs, 'song')} heard for the first time")
    if review.added:
        lines.append(f"{count(review.added, 'recording')} came into the library")
    if review.elsewhere:
        lines.append(f"besides, {count(review.elsewhere, 'play')} of songs that you do not own")
    return lines


def _top(title: str, counts: Sequence[PlayCount]) -> None:
    if counts:
        _heading(title)
        _bars([(each.name, each) for each in counts[:SHOWN]])


def _heading(title: str, text: str = "") -> None:
    echo_inked(ink(title.upper().ljust(9), "heading"), " ", fit(text, columns() - 10))


def _bars(rows: Sequence[tuple[str, PlayCount]]) -> None:
    """One line each: the name, a bar as long as its plays, the figures."""
    most = max(counted.plays for _, counted in rows)
    width = min(NAME, max(len(name) for name, _ in rows))
    for name, counted in rows:
        filled = -(-BAR * counted.plays // most) if most else 0
        bar = ("█" * filled).ljust(BAR)
        figures = f"{counted.plays:>6,}  {counted.hours:,.1f} h"
        echo(f"  {fit(name, width):<{width}}  {bar}{figures}")


def _sparkline(values: Sequence[int]) -> str:
    most = max(values)
    return "".join(
        " " if not value else LEVELS[(value * len(LEVELS) - 1) // most] for value in values
    )


def _peak(review: YearInReview) -> str:
    """The hour and the day of the week with the most plays."""
    hour = review.plays_by_hour.index(max(review.plays_by_hour))
    weekday = review.plays_by_weekday.index(max(review.plays_by_weekday))
    return f"{hour}:00 to {(hour + 1) % 24}:00, and on {DAYS[weekday]}s"


COMMANDS = (year,)

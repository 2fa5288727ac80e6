"""A year in review: what one person played, found and said, from what the store knows.

A play without the seconds heard, such as one that Last.fm told of, counts the song's length. Days
and hours are those of the clock here.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.feedback_kinds import OPINIONS
from musicrec_core.records import Track

if TYPE_CHECKING:
    from musicrec_core.records import Feedback

TOP = 10


@dataclass(frozen=True, slots=True)
class PlayCount:
    """How often something was played, and for how long."""

    name: str
    plays: int
    hours: float


@dataclass(frozen=True, slots=True)
class DayOfPlays:
    """A day, as 2026-11-27, and how many songs were played on it."""

    day: str
    plays: int


@dataclass(frozen=True, slots=True)
class YearInReview:
    """All of it. Tops have at most ten names, the most played first."""

    year: int
    plays: int
    hours: float
    songs: int
    """Different ones, all recordings of a song being one."""
    artists: int
    days: int
    """On which something was played."""
    longest_streak_days: int
    busiest_day: DayOfPlays | None
    plays_before: int
    """In the year before."""
    skips: int
    elsewhere: int
    """Plays that Last.fm tells of, of songs that are not owned; in no other number."""
    top_artists: tuple[PlayCount, ...]
    top_songs: tuple[PlayCount, ...]
    top_albums: tuple[PlayCount, ...]
    top_genres: tuple[PlayCount, ...]
    new_artists: int
    """Played in this year for the first time."""
    discoveries: tuple[PlayCount, ...]
    """The most played of those artists."""
    new_songs: int
    added: int
    """Recordings that came into the library."""
    opinions: dict[str, int]
    """Likes, dislikes and ratings that were given and stand."""
    months: tuple[PlayCount, ...]
    """All twelve, by their names in English."""
    plays_by_hour: tuple[int, ...]
    """Of the hours from 0 to 23."""
    plays_by_weekday: tuple[int, ...]
    """From Monday to Sunday."""
    years: tuple[int, ...]
    """Those in which anything was played or said, the newest first."""


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Play:
    """One play. song: the least track id of all recordings of the song."""

    song: int
    track: Track | None
    heard_s: float
    at: time.struct_time

    @property
    def artist(self) -> str:
        return "" if self.track is None else self.track.lead or self.track.artist

    @property
    def album(self) -> str:
        if self.track is None or not self.track.album:
            return ""
        by = self.track.album_artist or self.track.artist
        return f"{by} - {self.track.album}" if by else self.track.album

    @property
    def genres(self) -> tuple[str, ...]:
        return () if self.track is None else self.track.genres

    @property
    def day(self) -> date:
        return date(self.at.tm_year, self.at.tm_mon, self.at.tm_mday)


def review(context: Context, year: int | None) -> YearInReview:
    """See MusicRec.year."""
    events = songs.in_force(context).events
    years = sorted({time.localtime(e.at_s).tm_year for e in events}, reverse=True)
    chosen = time.localtime(context.now_s()).tm_year if year is None else year
    every = _plays(context, events)
    plays = [play for play in every if play.at.tm_year == chosen]
    earlier = [play for play in every if play.at.tm_year < chosen]
    by_artist = _counted(plays, lambda play: [play.artist])
    met_before = {play.artist for play in earlier}
    new = [artist for artist in by_artist if artist.name not in met_before]
    by_day = Counter(play.day for play in plays)
    busiest = max(by_day, key=lambda day: (by_day[day], -day.toordinal()), default=None)
    # A rating that stands in a file was given whenever it was.
    of_year = (e for e in events if time.localtime(e.at_s).tm_year == chosen)
    counts = Counter(event.kind for event in of_year if event.source != "file")
    return YearInReview(
        year=chosen,
        plays=len(plays),
        hours=_hours(plays),
        songs=len({play.song for play in plays}),
        artists=len(by_artist),
        days=len(by_day),
        longest_streak_days=_longest_streak(by_day),
        busiest_day=None if busiest is None else DayOfPlays(f"{busiest}", by_day[busiest]),
        plays_before=sum(play.at.tm_year == chosen - 1 for play in earlier),
        skips=counts["skip"],
        elsewhere=_elsewhere(context, chosen),
        top_artists=tuple(by_artist[:TOP]),
        top_songs=_top_songs(plays),
        top_albums=tuple(_counted(plays, lambda play: [play.album])[:TOP]),
        top_genres=tuple(_counted(plays, lambda play: play.genres)[:TOP]),
        new_artists=len(new),
        discoveries=tuple(new[:TOP]),
        new_songs=len({play.song for play in plays} - {play.song for play in earlier}),
        added=_added(context, chosen),
        opinions={kind: counts[kind] for kind in OPINIONS},
        months=tuple(
            PlayCount(name, len(of_month), _hours(of_month))
            for number, name in enumerate(MONTHS, 1)
            for of_month in ([play for play in plays if play.at.tm_mon == number],)
        ),
        plays_by_hour=_spread([play.at.tm_hour for play in plays], 24),
        plays_by_weekday=_spread([play.at.tm_wday for play in plays], 7),
        years=tuple(years),
    )


def _plays(context: Context, events: Iterable[Feedback]) -> list[_Play]:
    """Every play, whichever recording it was of."""
    others = songs.in_force(context).others
    played = [event for event in events if event.kind == "play"]
    ids = {event.track_id for event in played}
    tracks = context.store.playlists.remembered(ids) | context.store.tracks.by_id(ids)
    return [
        _Play(
            min(event.track_id, *others.get(event.track_id, ()), event.track_id),
            track,
            (track.duration_s if track else None) or 0.0 if event.value is None else event.value,
            time.localtime(event.at_s),
        )
        for event in played
        for track in (tracks.get(event.track_id),)
    ]


def _hours(plays: Sequence[_Play]) -> float:
    return round(sum(play.heard_s for play in plays) / 3600, 2)


def _counted(plays: Sequence[_Play], names: Callable[[_Play], Iterable[str]]) -> list[PlayCount]:
    """By name, the most played first; names that are empty count nowhere."""
    by_name: dict[str, list[_Play]] = defaultdict(list)
    for play in plays:
        for name in names(play):
            if name:
                by_name[name].append(play)
    counts = [PlayCount(name, len(of_name), _hours(of_name)) for name, of_name in by_name.items()]
    return sorted(counts, key=lambda count: (-count.plays, -count.hours, count.name))


def _top_songs(plays: Sequence[_Play]) -> tuple[PlayCount, ...]:
    """Songs by the label of one of their recordings; those of which no name is left do not show."""
    labels = {play.song: play.track.label for play in plays if play.track}
    return tuple(_counted(plays, lambda play: [labels.get(play.song, "")])[:TOP])


def _longest_streak(days: Iterable[date]) -> int:
    """How many days on end."""
    longest = streak = 0
    before: date | None = None
    for day in sorted(days):
        streak = streak + 1 if before is not None and day - before == timedelta(days=1) else 1
        longest, before = max(longest, streak), day
    return longest


def _spread(values: Sequence[int], size: int) -> tuple[int, ...]:
    counts = Counter(values)
    return tuple(counts[value] for value in range(size))


def _elsewhere(context: Context, year: int) -> int:
    listens = context.store.listens.unmatched(context.profile)
    return sum(
        listen.kind == "play" and time.localtime(listen.at_s or 0.0).tm_year == year
        for *_, listen in listens
    )


def _added(context: Context, year: int) -> int:
    times = context.store.tracks.added().values()
    return sum(time.localtime(at_s).tm_year == year for at_s in times)

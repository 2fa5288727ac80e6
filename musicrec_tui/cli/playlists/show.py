"""playlist list, show: what there is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.text import count
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    echo_path,
    print_json,
    track_json,
    track_lines,
)
from musicrec_tui.cli.playlists.group import NAME, playlist
from musicrec_tui.cli.terminal import columns, echo_inked, ink

if TYPE_CHECKING:
    from musicrec_core.app.results import Playlist, PlaylistItem

POSITION_CELLS = 5


@playlist.command("list")
@common_options
def list_(settings: Settings) -> None:
    """List your playlists."""
    with settings.open() as musicrec:
        every = musicrec.playlists.all()
    if settings.as_json:
        print_json({"playlists": [asdict(one) for one in every]})
    elif not every:
        echo("There is no playlist yet: musicrec playlist add NAME QUERY")
    for one in () if settings.as_json else every:
        absent = f", {one.absent} not there" if one.absent else ""
        guests = f", {count(one.guests, 'guest')}" if one.guests else ""
        about = f"{count(one.songs, 'song')}, {duration(one.duration_s)}{guests}{absent}"
        echo_inked(ink(one.name, "title"), "  ", ink(about, "quiet"))


@playlist.command()
@click.argument("name", type=NAME)
@click.option("--paths", is_flag=True, help="Print paths only, one a line.")
@common_options
def show(settings: Settings, name: str, paths: bool) -> None:
    """Show the songs of a playlist, with their positions."""
    if paths and settings.as_json:
        raise click.UsageError("--paths and --json exclude each other")
    with settings.open() as musicrec:
        shown = musicrec.playlists.show(name)
    if settings.as_json:
        print_json(playlist_json(shown))
    elif paths:
        for track in shown.tracks:
            echo_path(track.path)
    else:
        _echo_playlist(shown)


def _echo_playlist(shown: Playlist) -> None:
    total = f"{count(len(shown.items), 'song')}, {duration(shown.duration_s)}"
    echo_inked(ink(shown.name, "title"), "  ", ink(total, "quiet"))
    lines = track_lines([item.track for item in shown.items], columns() - POSITION_CELLS)
    for item, line in zip(shown.items, lines, strict=True):
        absent = ink(f"  ({item.absent})", "bad") if item.absent else ""
        guest = ink("  (guest)", "good") if item.guest else ""
        echo_inked(f"{item.position:>3}  ", line, guest, absent)


def playlist_json(shown: Playlist) -> dict[str, object]:
    """A playlist and its songs as JSON shows them."""
    return {
        "name": shown.name,
        "duration_s": shown.duration_s,
        "changed_at_s": shown.changed_at_s,
        "tracks": [item_json(item) for item in shown.items],
    }


def item_json(item: PlaylistItem) -> dict[str, object]:
    """A place of a playlist as JSON shows it."""
    place = {"position": item.position, "absent": item.absent, "guest": item.guest}
    return track_json(item.track) | place


def duration(seconds: float) -> str:
    """`3:07`, `1:02:05`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""playlist create, add, remove, move, clear, rename, delete, undo, redo."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from musicrec_core.errors import MusicRecError, QueryError
from musicrec_core.text import count
from musicrec_tui.cli.common import Settings, common_options, warn
from musicrec_tui.cli.playlists.group import NAME, Positions, name_left_out, playlist, tell

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import PlaylistChange
    from musicrec_core.records import Track

A_HANDFUL = 5


@playlist.command()
@click.argument("name")
@click.argument("queries", metavar="[QUERY]...", nargs=-1)
@click.option("--all", "whole", is_flag=True,
              help="An artist, album or folder stands for all its songs.")  # fmt: skip
@common_options
def create(settings: Settings, name: str, queries: tuple[str, ...], whole: bool) -> None:
    """Make a new playlist; with queries, of these songs."""
    with settings.open() as musicrec:
        tell(settings, musicrec.playlists.create(name, _tracks(musicrec, queries, whole)))


@playlist.command()
@click.argument("name", type=NAME)
@click.argument("queries", metavar="QUERY...", nargs=-1, required=True)
@click.option("--all", "whole", is_flag=True,
              help="An artist, album or folder stands for all its songs.")  # fmt: skip
@click.option("--at", type=click.IntRange(1), metavar="POSITION", help="Before this one.")
@click.option("--new", "unique", is_flag=True, help="Leave out what is in it already.")
@common_options
def add(
    settings: Settings, name: str, queries: tuple[str, ...], whole: bool, at: int | None,
    unique: bool,
) -> None:  # fmt: skip
    """Add songs; a playlist that does not exist yet is made.

    A QUERY of - reads paths from standard input, one a line.
    """
    with settings.open() as musicrec:
        tracks = _tracks(musicrec, queries, whole)
        near = musicrec.playlists.near(name)
        change = musicrec.playlists.add(name, tracks, at=at, unique=unique)
    if near and change.description.startswith("made"):
        warn([f"{change.playlist!r} is a new playlist; there is one called {near[0]!r}"])
    if change.repeated:
        warn([f"{count(change.repeated, 'song')} of these it held already; --new leaves them out"])
    tell(settings, change)


@playlist.command()
@click.argument("name", type=NAME)
@click.argument("queries", metavar="[QUERY]...", nargs=-1)
@click.option("--at", "ranges", type=Positions(), multiple=True, metavar="POSITION",
              help="What stands there: 3, or 2-5; may be given again.")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Every song that a QUERY means.")
@common_options
def remove(
    settings: Settings, name: str, queries: tuple[str, ...], ranges: tuple[range, ...], every: bool
) -> None:
    """Remove songs by their positions or by what they are called."""
    if not queries and not ranges:
        raise click.UsageError("say which songs: a QUERY, or --at POSITION")
    with settings.open() as musicrec:
        positions = {position for each in ranges for position in each}
        for query in queries:
            positions.update(musicrec.playlists.find(name, query, every=every))
        tell(settings, musicrec.playlists.remove(name, positions))


@playlist.command()
@click.argument("name", type=NAME)
@click.argument("which", metavar="FROM", type=Positions())
@click.argument("to", type=click.IntRange(1))
@common_options
def move(settings: Settings, name: str, which: range, to: int) -> None:
    """Move a song, or several (2-5), to position TO."""
    with settings.open() as musicrec:
        tell(settings, musicrec.playlists.move(name, which, to))


def _confirm(musicrec: MusicRec, name: str, question: str, yes: bool) -> None:
    """Ask before more than a handful of songs goes."""
    shown = musicrec.playlists.show(name)
    songs = len(shown.items)
    if songs > A_HANDFUL and not yes:
        asked = question.format(name=shown.name, songs=count(songs, "song"))
        click.confirm(asked, abort=True, err=True)


@playlist.command()
@click.argument("name", type=NAME)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@common_options
def clear(settings: Settings, name: str, yes: bool) -> None:
    """Remove all songs; asks before more than a handful."""
    with settings.open() as musicrec:
        _confirm(musicrec, name, "Remove all {songs} from {name}?", yes)
        tell(settings, musicrec.playlists.clear(name))


@playlist.command()
@click.argument("name", type=NAME)
@click.argument("new_name")
@common_options
def rename(settings: Settings, name: str, new_name: str) -> None:
    """Give a playlist another name."""
    with settings.open() as musicrec:
        tell(settings, musicrec.playlists.rename(name, new_name))


@playlist.command()
@click.argument("name", type=NAME)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@common_options
def delete(settings: Settings, name: str, yes: bool) -> None:
    """Delete a playlist; the songs stay. Asks where it holds more than a handful."""
    with settings.open() as musicrec:
        _confirm(musicrec, name, "Delete {name} and its {songs}?", yes)
        tell(settings, musicrec.playlists.delete(name))


@playlist.command()
@click.argument("name", type=NAME, required=False)
@common_options
def undo(settings: Settings, name: str | None) -> None:
    """Take back the newest change; again for the one before.

    Of any playlist, or of the one called NAME. What was deleted comes back without a name given.
    """
    _turn(settings, name, "undo", lambda musicrec: musicrec.playlists.undo(name))


@playlist.command()
@click.argument("name", type=NAME, required=False)
@common_options
def redo(settings: Settings, name: str | None) -> None:
    """Do again what `undo` took back."""
    _turn(settings, name, "do again", lambda musicrec: musicrec.playlists.redo(name))


def _turn(
    settings: Settings, name: str | None, what: str,
    turn: Callable[[MusicRec], PlaylistChange | None],
) -> None:  # fmt: skip
    with settings.open() as musicrec:
        change = turn(musicrec)
    if change is None:
        raise MusicRecError(f"there is nothing to {what}{f' in {name}' if name else ''}")
    tell(settings, change)


def _tracks(musicrec: MusicRec, queries: Sequence[str], whole: bool) -> list[Track]:
    """What the queries mean, in their order; paths from standard input that are unknown told."""
    tracks: list[Track] = []
    for query in queries:
        if query == "-":
            tracks += _from_stdin(musicrec)
        else:
            tracks += musicrec.library.find_all(query) if whole else [musicrec.library.find(query)]
    return tracks


def _from_stdin(musicrec: MusicRec) -> list[Track]:
    content = sys.stdin.buffer.read()
    lines = content.split(b"\0" if b"\0" in content else b"\n")
    tracks, unknown = [], []
    for line in (os.fsdecode(raw.rstrip(b"\r")) for raw in lines if raw.strip()):
        try:
            tracks.append(musicrec.library.find(line))
        except QueryError:
            unknown.append(line)
    if not tracks:
        raise MusicRecError("standard input names no song of the library")
    if unknown:
        name_left_out("not in the library", unknown)
    return tracks

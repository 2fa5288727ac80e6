"""playlist: named lists of songs, each change of which can be taken back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from musicrec_core.errors import MusicRecError, QueryError
from musicrec_core.text import count
from musicrec_tui.cli.common import (
    DEFAULT_PROFILE,
    Settings,
    common_options,
    echo,
    print_json,
    track_json,
    track_lines,
    warn,
)
from musicrec_tui.cli.terminal import columns, echo_inked, ink

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import Playlist, PlaylistChange, PlaylistItem
    from musicrec_core.records import Track

A_HANDFUL = 5
NAMED = 10
POSITION_CELLS = 5


class PlaylistName(click.ParamType[str]):
    """The name of a playlist, which a shell can complete."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Names that begin so; none where they cannot be read."""
        del param
        from musicrec_core.app.facade import MusicRec

        outer = [c.params.get("profile") for c in (ctx, *_parents(ctx))]
        profile = next((name for name in outer if name), DEFAULT_PROFILE)
        try:
            with MusicRec(profile) as musicrec:
                names = [playlist.name for playlist in musicrec.playlists.all()]
        except MusicRecError:
            return []
        wanted = incomplete.casefold()
        return [CompletionItem(name) for name in names if name.casefold().startswith(wanted)]


def _parents(ctx: click.Context) -> list[click.Context]:
    return [] if ctx.parent is None else [ctx.parent, *_parents(ctx.parent)]


class Positions(click.ParamType[range]):
    """One position or a range of them: 3, or 2-5."""

    name = "position"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> range:
        first, dash, last = str(value).partition("-")
        numbers = (first, last) if dash else (first, first)
        if not all(n.isascii() and n.isdigit() and int(n) for n in numbers):
            self.fail(f"{value!r} is no position: give 3, or 2-5.", param, ctx)
        if int(numbers[0]) > int(numbers[1]):
            self.fail(f"{value!r} ends before it begins.", param, ctx)
        return range(int(numbers[0]), int(numbers[1]) + 1)


NAME = PlaylistName()


@click.group()
def playlist() -> None:
    """Make, change, show and write playlists; `playlist undo` takes a change back.

    A NAME is met in whatever case. A QUERY is a path, an id, or words.
    """


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
        print_json(_playlist_json(shown))
    elif paths:
        for track in shown.tracks:
            sys.stdout.buffer.write(os.fsencode(track.path) + b"\n")
    else:
        _echo_playlist(shown)


@playlist.command()
@click.argument("name")
@click.argument("queries", metavar="[QUERY]...", nargs=-1)
@click.option("--all", "whole", is_flag=True,
              help="An artist, album or folder stands for all its songs.")  # fmt: skip
@common_options
def create(settings: Settings, name: str, queries: tuple[str, ...], whole: bool) -> None:
    """Make a new playlist; with queries, of these songs."""
    with settings.open() as musicrec:
        _tell(settings, musicrec.playlists.create(name, _tracks(musicrec, queries, whole)))


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
    _tell(settings, change)


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
        _tell(settings, musicrec.playlists.remove(name, positions))


@playlist.command()
@click.argument("name", type=NAME)
@click.argument("which", metavar="FROM", type=Positions())
@click.argument("to", type=click.IntRange(1))
@common_options
def move(settings: Settings, name: str, which: range, to: int) -> None:
    """Move a song, or several (2-5), to position TO."""
    with settings.open() as musicrec:
        _tell(settings, musicrec.playlists.move(name, which, to))


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
        _tell(settings, musicrec.playlists.clear(name))


@playlist.command()
@click.argument("name", type=NAME)
@click.argument("new_name")
@common_options
def rename(settings: Settings, name: str, new_name: str) -> None:
    """Give a playlist another name."""
    with settings.open() as musicrec:
        _tell(settings, musicrec.playlists.rename(name, new_name))


@playlist.command()
@click.argument("name", type=NAME)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@common_options
def delete(settings: Settings, name: str, yes: bool) -> None:
    """Delete a playlist; the songs stay. Asks where it holds more than a handful."""
    with settings.open() as musicrec:
        _confirm(musicrec, name, "Delete {name} and its {songs}?", yes)
        _tell(settings, musicrec.playlists.delete(name))


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
    _tell(settings, change)


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
        _name_left_out("not in the library", unknown)
    return tracks


def _name_left_out(why: str, names: Sequence[str]) -> None:
    """Count what was left out, and name the first of them."""
    warn([f"{count(len(names), 'song')} left out, {why}:", *(f"  {n}" for n in names[:NAMED])])
    if len(names) > NAMED:
        warn([f"  ... and {len(names) - NAMED} more"])


def _tell(settings: Settings, change: PlaylistChange) -> None:
    if settings.as_json:
        print_json(asdict(change))
    else:
        echo(change.description)


def _echo_playlist(shown: Playlist) -> None:
    total = f"{count(len(shown.items), 'song')}, {duration(shown.duration_s)}"
    echo_inked(ink(shown.name, "title"), "  ", ink(total, "quiet"))
    lines = track_lines([item.track for item in shown.items], columns() - POSITION_CELLS)
    for item, line in zip(shown.items, lines, strict=True):
        absent = ink(f"  ({item.absent})", "bad") if item.absent else ""
        guest = ink("  (guest)", "good") if item.guest else ""
        echo_inked(f"{item.position:>3}  ", line, guest, absent)


def _playlist_json(shown: Playlist) -> dict[str, object]:
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


@playlist.command("export")
@click.argument("name", type=NAME)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--relative", is_flag=True, help="Paths from the folder of FILE, not whole ones.")
@common_options
def export_command(settings: Settings, name: str, file: Path | None, relative: bool) -> None:
    """Write a playlist as M3U, to a FILE or standard output.

    A FILE that is there is replaced in one step.
    """
    to_stdout = file is None or str(file) == "-"
    if to_stdout and settings.as_json:
        raise click.UsageError("--json needs a FILE to write to")
    with settings.open() as musicrec:
        shown = musicrec.playlists.show(name)
        if file is None or to_stdout:
            folder = Path.cwd() if relative else None
            written = musicrec.playlists.as_m3u(shown.tracks, shown.name, folder)
            sys.stdout.buffer.write(written.content)
        else:
            tracks = shown.tracks
            written = musicrec.playlists.write_file(file, tracks, shown.name, relative=relative)
    absent = [f"{i.track.label}: {i.absent}" for i in shown.items if i.absent]
    if absent:
        _name_left_out("their files are not there", absent)
    if written.left_out:
        _name_left_out("their paths have a line break", written.left_out)
    if settings.as_json:
        left_out = [*absent, *written.left_out]
        print_json({"file": str(file), "songs": written.songs, "left_out": left_out})
    elif not to_stdout:
        echo(f"{count(written.songs, 'song')} of {shown.name} written to {file}")


@playlist.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it, in place of what the file says.")
@click.option("--replace", is_flag=True, help="In place of what the playlist of that name holds.")
@click.option("--append", is_flag=True, help="After what the playlist of that name holds.")
@common_options
def import_command(
    settings: Settings, file: Path, name: str | None, replace: bool, append: bool
) -> None:
    """Make a playlist of an M3U or M3U8 file.

    Songs are met by their paths, else by the names of file and folder.
    """
    if replace and append:
        raise click.UsageError("--replace and --append exclude each other")
    with settings.open() as musicrec:
        read = musicrec.playlists.read_file(file)
        if read.unmatched:
            _name_left_out("not in the library", read.unmatched)
        if not read.tracks:
            raise MusicRecError(f"no song of {file} is in the library: scan their folder first")
        wanted = name or read.name
        if append:
            change = musicrec.playlists.add(wanted, read.tracks)
        elif replace:
            change = musicrec.playlists.take_file(wanted, read)
        elif musicrec.playlists.exists(wanted):
            raise MusicRecError(
                f"there is a playlist {wanted} already: --append, --replace, or --name another"
            )
        else:
            change = musicrec.playlists.create(wanted, read.tracks)
    if read.elsewhere:
        warn([f"{count(read.elsewhere, 'song')} found in another folder, by file and folder name"])
    if settings.as_json:
        print_json(asdict(change) | {
            "unmatched": list(read.unmatched), "elsewhere": read.elsewhere,
        })  # fmt: skip
    else:
        echo(change.description)


COMMANDS = (playlist,)

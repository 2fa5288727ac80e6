"""playlist export, import: M3U out and in."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from musicrec_core.errors import MusicRecError
from musicrec_core.text import count
from musicrec_tui.cli.common import Settings, common_options, echo, print_json, warn
from musicrec_tui.cli.playlists.group import NAME, name_left_out, playlist


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
        name_left_out("their files are not there", absent)
    if written.left_out:
        name_left_out("their paths have a line break", written.left_out)
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
            name_left_out("not in the library", read.unmatched)
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

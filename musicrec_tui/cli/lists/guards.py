"""guards, ban, unban: what never comes into a list."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from musicrec_tui.cli.common import Settings, common_options, echo, print_json, warn

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.records import Ban

KINDS = click.Choice(["artist", "album", "genre", "folder"])


@click.command()
@click.option("--on", "on", multiple=True, metavar="NAME", help="Turn a guard on.")
@click.option("--off", "off", multiple=True, metavar="NAME", help="Turn a guard off.")
@common_options
def guards(settings: Settings, on: tuple[str, ...], off: tuple[str, ...]) -> None:
    """Show what is kept out of lists, and turn such guards on or off."""
    with settings.open() as musicrec:
        for names, is_on in ((on, True), (off, False)):
            for name in names:
                musicrec.lists.switch_guard(name, on=is_on)
        _show(settings, musicrec)


@click.command()
@click.argument("kind", type=KINDS)
@click.argument("name")
@common_options
def ban(settings: Settings, kind: Any, name: str) -> None:
    """Never pick an artist, album, genre or folder again."""
    with settings.open() as musicrec:
        banned = musicrec.lists.ban(kind, name)
        warn_of_nothing(musicrec, banned)
        _tell(settings, musicrec, "banned", banned)


@click.command()
@click.argument("kind", type=KINDS)
@click.argument("name")
@common_options
def unban(settings: Settings, kind: Any, name: str) -> None:
    """Take a ban back."""
    with settings.open() as musicrec:
        _tell(settings, musicrec, "no longer banned", musicrec.lists.unban(kind, name))


def warn_of_nothing(musicrec: MusicRec, ban: Ban) -> None:
    """Say so where no song here is meant: the name may be mistyped, or the music yet to come."""
    if musicrec.lists.speaks_of(ban):
        return
    message = f"no song here is of the {ban.kind} {ban.value!r}; it is kept for what may come"
    found = musicrec.library.search(ban.value, 1) if ban.kind in ("artist", "album") else []
    near = [track.artist if ban.kind == "artist" else track.album for track in found]
    warn([f"{message}, or did you mean {near[0]}?" if near and near[0] else message])


def _tell(settings: Settings, musicrec: MusicRec, change: str, ban: Ban) -> None:
    if settings.as_json:
        _show(settings, musicrec)
    else:
        echo(f"{change}: the {ban.kind} {ban.value}")


def _show(settings: Settings, musicrec: MusicRec) -> None:
    states, bans = musicrec.lists.guards(), musicrec.lists.bans()
    if settings.as_json:
        print_json({"guards": [asdict(s) for s in states], "bans": [asdict(b) for b in bans]})
        return
    for state in states:
        echo(f"{state.name:9} {'on ' if state.on else 'off'}  keeps out {state.about}")
    for made in bans:
        echo(f"banned: the {made.kind} {made.value}")


COMMANDS = (guards, ban, unban)

"""clusters: the kinds of music in the library, or in a playlist."""

from __future__ import annotations

from dataclasses import asdict

import click

from musicrec_core.text import fit, one_line
from musicrec_tui.cli.common import Settings, common_options, echo, print_json
from musicrec_tui.cli.terminal import columns


@click.command()
@click.option("--playlist", metavar="NAME", help="Those of a playlist instead of the library.")
@common_options
def clusters(settings: Settings, playlist: str | None) -> None:
    """Show the kinds of music in the library, named by what sets them apart.

    `recommend --cluster` takes the number or the name of one; wherever a list is asked for,
    cluster:NAME is one too, such as: musicrec describe cluster:3
    """
    with settings.open() as musicrec:
        kinds = musicrec.clusters(playlist)
    if settings.as_json:
        print_json({"clusters": [asdict(kind) for kind in kinds]})
        return
    if not kinds:
        echo("no clusters yet: too few songs are known by sound or style")
        return
    room = max(len(one_line(kind.name)) for kind in kinds)
    for kind in kinds:
        songs = f"{kind.songs} song{'s' * (kind.songs != 1)}"
        like = f"  like {one_line(kind.typical[0])}" if kind.typical else ""
        line = (
            f"{kind.number:>2}  {one_line(kind.name):<{room}}  {songs:>12}  {kind.share:4.0%}{like}"
        )
        echo(fit(line, columns()))


COMMANDS = (clusters,)

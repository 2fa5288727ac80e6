"""describe: a song, or several, in a few sentences."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.text import one_line
from musicrec_tui.cli.assistant.ask_output import answered_by_json
from musicrec_tui.cli.common import Settings, common_options, echo, print_json, track_json
from musicrec_tui.cli.terminal import columns

if TYPE_CHECKING:
    from musicrec_core.app.results import DescribedAs


@click.command()
@click.argument("query")
@click.option("--as", "subject", type=click.Choice(("song", "group")),
              help="Which is meant where a song is called as an artist is.")  # fmt: skip
@common_options
def describe(settings: Settings, query: str, subject: DescribedAs | None) -> None:
    """Describe a song, an artist, an album or a list: by its tags and by how it sounds.

    A QUERY is a path, an id, or words; playlist:NAME, a playlist file and favourites are lists.
    """
    with settings.open() as musicrec:
        description = musicrec.library.describe(query, subject)
    if not settings.as_json:
        for line in textwrap.wrap(one_line(description.text), min(columns(), 100)):
            echo(line)
        return
    track = description.track
    print_json({
        "track": None if track is None else track_json(track),
        "songs": description.songs,
        "description": description.text,
        "claims": [asdict(claim) for claim in description.claims],
        "attributes": asdict(description.attributes),
        "moods": description.moods,
        "genres": description.genres,
    } | answered_by_json(description))  # fmt: skip


COMMANDS = (describe,)

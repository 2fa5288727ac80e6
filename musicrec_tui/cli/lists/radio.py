"""radio: the next songs of an endless queue."""

from __future__ import annotations

import click

from musicrec_core.app.lists.request import HeardSong, RadioSession, Verdict
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo_path,
    notice_text,
    print_json,
    warn,
)
from musicrec_tui.cli.lists.recommend import echo_picks, pick_json


@click.command()
@click.option("-n", "count", type=click.IntRange(1), default=10, show_default=True,
              help="How many tracks.")  # fmt: skip
@click.option("--seed", "seeds", multiple=True, metavar="QUERY",
              help="Begin near this track, artist, album or list; may be given again.")  # fmt: skip
@click.option("--playlist", metavar="NAME",
              help="Go on from this playlist and append to it; made if need be.")  # fmt: skip
@click.option("--liked", multiple=True, metavar="QUERY",
              help="Just heard and liked, for this radio alone; may be given again.")  # fmt: skip
@click.option("--skipped", multiple=True, metavar="QUERY",
              help="Just heard and skipped, for this radio alone; may be given again.")  # fmt: skip
@click.option("--paths", is_flag=True, help="Print paths only, one a line.")
@common_options
def radio(
    settings: Settings,
    count: int,
    seeds: tuple[str, ...],
    playlist: str | None,
    liked: tuple[str, ...],
    skipped: tuple[str, ...],
    paths: bool,
) -> None:
    """The next songs of an endless queue, each with its reasons.

    With --playlist call it again whenever the list runs out: songs never come twice, and what you
    liked and skipped of those it holds turns what follows. Without seeds it plays from favourites.
    """
    if paths and settings.as_json:
        raise click.UsageError("--paths and --json exclude each other")
    with settings.open() as musicrec:
        session = RadioSession(seeds)
        if playlist is not None and musicrec.playlists.exists(playlist):
            session = musicrec.lists.session_of(playlist, seeds)
        verdicts: tuple[tuple[Verdict, tuple[str, ...]], ...] = (
            ("liked", liked),
            ("skipped", skipped),
        )
        for verdict, queries in verdicts:
            tracks = [musicrec.library.find(query) for query in queries]
            session = session.after(*(HeardSong(track.id, verdict) for track in tracks))
        queue = musicrec.lists.radio(session, count)
        change = None
        if playlist is not None and queue.picks:
            change = musicrec.playlists.add(playlist, [pick.track for pick in queue.picks])
    notes = tuple(notice_text(notice) for notice in queue.notices)
    warn(notes)
    if change is not None:
        warn([f"{change.description}; `musicrec playlist undo` takes it back"])
    if settings.as_json:
        print_json({
            "model": queue.model,
            "tracks": [pick_json(pick) for pick in queue.picks],
            "notes": list(notes),
        })  # fmt: skip
    elif paths:
        for pick in queue.picks:
            echo_path(pick.track.path, b"\n")
    else:
        echo_picks(queue.picks)


COMMANDS = (radio,)

"""playlist guests, accept, reject: now and then a song of musicrec's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from musicrec_tui.cli.common import Settings, common_options
from musicrec_tui.cli.playlists.group import NAME, Positions, playlist, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from musicrec_core.app.facade import MusicRec


@playlist.command()
@click.argument("name", type=NAME)
@click.option("--every", type=click.IntRange(1), default=4, show_default=True,
              help="How many songs of your own before each.")  # fmt: skip
@common_options
def guests(settings: Settings, name: str, every: int) -> None:
    """Put a song of musicrec's choice after every few of yours.

    Guests are marked until you `accept` or `reject` them; there are never more than that.
    """
    with settings.open() as musicrec:
        tell(settings, musicrec.playlists.invite(name, every))


def _which(function: Callable[..., object]) -> Callable[..., object]:
    """Options that say which guests are meant."""
    at = click.option("--at", "ranges", type=Positions(), multiple=True, metavar="POSITION",
                      help="The guest that stands there: 3, or 2-5.")  # fmt: skip
    every = click.option("--all", "every", is_flag=True, help="Every guest.")
    queries = click.argument("queries", metavar="[QUERY]...", nargs=-1)
    name = click.argument("name", type=NAME)
    return name(queries(at(every(function))))


def _positions(
    musicrec: MusicRec, name: str, queries: tuple[str, ...], ranges: tuple[range, ...], every: bool
) -> set[int] | None:
    """None for every guest."""
    if every == bool(queries or ranges):
        raise click.UsageError("say which guests: a QUERY, --at POSITION, or --all")
    if every:
        return None
    positions = {position for each in ranges for position in each}
    for query in queries:
        positions.update(musicrec.playlists.find(name, query))
    return positions


@playlist.command()
@_which
@click.option("--like", is_flag=True, help="Like them as well.")
@common_options
def accept(
    settings: Settings, name: str, queries: tuple[str, ...], ranges: tuple[range, ...],
    every: bool, like: bool,
) -> None:  # fmt: skip
    """Let guests stay as songs of the playlist."""
    with settings.open() as musicrec:
        positions = _positions(musicrec, name, queries, ranges, every)
        tell(settings, musicrec.playlists.accept(name, positions, like=like))


@playlist.command()
@_which
@click.option("--never", is_flag=True, help="Dislike them: they never come again.")
@common_options
def reject(
    settings: Settings, name: str, queries: tuple[str, ...], ranges: tuple[range, ...],
    every: bool, never: bool,
) -> None:  # fmt: skip
    """Take guests out; they are not brought again for a month."""
    with settings.open() as musicrec:
        positions = _positions(musicrec, name, queries, ranges, every)
        tell(settings, musicrec.playlists.reject(name, positions, never=never))

"""The group of commands about playlists, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from musicrec_core.errors import MusicRecError
from musicrec_core.text import count
from musicrec_tui.cli.common import DEFAULT_PROFILE, Settings, echo, print_json, warn

if TYPE_CHECKING:
    from musicrec_core.app.results import PlaylistChange

NAMED = 10


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


def tell(settings: Settings, change: PlaylistChange) -> None:
    if settings.as_json:
        print_json(asdict(change))
    else:
        echo(change.description)


def name_left_out(why: str, names: Sequence[str]) -> None:
    """Count what was left out, and name the first of them."""
    warn([f"{count(len(names), 'song')} left out, {why}:", *(f"  {n}" for n in names[:NAMED])])
    if len(names) > NAMED:
        warn([f"  ... and {len(names) - NAMED} more"])

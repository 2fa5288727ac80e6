"""like, dislike, rate, skip, undo: what the user says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import KINDS
from musicrec_tui.cli.common import Number, Settings, common_options, echo, print_json, track_json

if TYPE_CHECKING:
    from musicrec_core.app.results import Recorded
    from musicrec_core.records import FeedbackKind


@click.command()
@click.argument("query")
@common_options
def like(settings: Settings, query: str) -> None:
    """Like a track: more of this."""
    _give(settings, query, "like")


@click.command()
@click.argument("query")
@common_options
def dislike(settings: Settings, query: str) -> None:
    """Dislike a track: never again, and less like it."""
    _give(settings, query, "dislike")


@click.command()
@click.argument("query")
@common_options
def skip(settings: Settings, query: str) -> None:
    """Say that you skipped a track: weak evidence against it."""
    _give(settings, query, "skip")


class Stars(Number):
    """A rating; one outside its limits may be the song, given in the wrong place."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(
                f"{value!r} is no rating from 1 to 5. The rating comes first, then the song, as in "
                "`musicrec rate 4 QUERY`.",
                param,
                ctx,
            )


@click.command()
@click.argument("stars", metavar="N", type=Stars(1, 5))
@click.argument("query")
@common_options
def rate(settings: Settings, stars: float, query: str) -> None:
    """Rate a track from 1 to 5."""
    _give(settings, query, "rating", stars)


@click.command()
@common_options
def undo(settings: Settings) -> None:
    """Take back the newest feedback; again for the one before."""
    with settings.open() as musicrec:
        given = musicrec.feedback.undo()
    if given is None:
        raise MusicRecError("there is nothing to undo")
    _show(settings, given, f"undone: {given.undone} of {given.track.label}")


def _give(settings: Settings, query: str, kind: FeedbackKind, value: float | None = None) -> None:
    with settings.open() as musicrec:
        given = musicrec.feedback.record(musicrec.library.find(query), kind, value=value)
    stars = f" {value:g}" if value is not None else ""
    _show(settings, given, f"{KINDS[kind].past}{stars}: {given.track.label}")


def _show(settings: Settings, given: Recorded, text: str) -> None:
    if not settings.as_json:
        echo(text)
        return
    document: dict[str, object] = {
        "track": track_json(given.track),
        "feedback_id": given.feedback_id,
        "kind": given.kind,
    }
    if given.undone:
        document["undone"] = given.undone
    print_json(document)


COMMANDS = (like, dislike, rate, skip, undo)

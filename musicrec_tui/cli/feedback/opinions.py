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
    _record(settings, query, "like")


@click.command()
@click.argument("query")
@common_options
def dislike(settings: Settings, query: str) -> None:
    """Dislike a track: never again, and less like it."""
    _record(settings, query, "dislike")


@click.command()
@click.argument("query")
@common_options
def skip(settings: Settings, query: str) -> None:
    """Say that you skipped a track: weak evidence against it."""
    _record(settings, query, "skip")


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
    _record(settings, query, "rating", stars)


@click.command()
@common_options
def undo(settings: Settings) -> None:
    """Take back the newest feedback; again for the one before."""
    with settings.open() as musicrec:
        recorded = musicrec.feedback.undo()
    if recorded is None:
        raise MusicRecError("there is nothing to undo")
    _show(settings, recorded, f"undone: {recorded.undone} of {recorded.track.label}")


def _record(settings: Settings, query: str, kind: FeedbackKind, value: float | None = None) -> None:
    with settings.open() as musicrec:
        recorded = musicrec.feedback.record(musicrec.library.find(query), kind, value=value)
    stars = f" {value:g}" if value is not None else ""
    _show(settings, recorded, f"{KINDS[kind].past_tense}{stars}: {recorded.track.label}")


def _show(settings: Settings, recorded: Recorded, text: str) -> None:
    if not settings.as_json:
        echo(text)
        return
    document: dict[str, object] = {
        "track": track_json(recorded.track),
        "feedback_id": recorded.feedback_id,
        "kind": recorded.kind,
    }
    if recorded.undone:
        document["undone"] = recorded.undone
    print_json(document)


COMMANDS = (like, dislike, rate, skip, undo)

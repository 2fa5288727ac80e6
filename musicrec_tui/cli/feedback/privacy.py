"""forget, incognito, apart: what is nobody's business, and what is not one's taste."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import KINDS
from musicrec_tui.cli.common import Settings, common_options, echo, print_json, track_json
from musicrec_tui.cli.lists.guards import KINDS as NAMED_KINDS
from musicrec_tui.cli.lists.guards import warn_of_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.results import Recorded

ASKED_FROM = 5


@click.command()
@click.option("--since", required=True, metavar="TIME",
              help="-12h, 20:00, yesterday 20:00, or 2026-11-26 20:00.")  # fmt: skip
@click.option("--until", metavar="TIME", help="Now, unless a time is given.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
def forget(settings: Settings, since: str, until: str | None, yes: bool) -> None:
    """Take back all that was said, played and skipped in a span of time."""
    with settings.open() as musicrec:
        given = musicrec.feedback.given(since, until)
        if len(given) >= ASKED_FROM and not yes:
            _confirm(settings, given)
        undone = musicrec.feedback.forget(since, until)
    if settings.as_json:
        print_json({
            "forgotten": [
                {"track": track_json(one.track), "kind": one.undone} for one in undone
            ]
        })  # fmt: skip
    else:
        echo(f"forgotten: {_counted(undone)}" if undone else "nothing was said or played then")


def _confirm(settings: Settings, given: Sequence[Recorded]) -> None:
    counts = Counter(one.kind for one in given)
    what = ", ".join(f"{count} {KINDS[kind].past_tense}" for kind, count in counts.items())
    if settings.as_json:
        raise MusicRecError(f"{what} would be forgotten: add --yes")
    click.confirm(f"{what}: forget all of it?", abort=True, err=True)


def _counted(undone: Sequence[Recorded]) -> str:
    counts = Counter(one.undone for one in undone if one.undone)
    return ", ".join(f"{count} {KINDS[kind].past_tense}" for kind, count in counts.items())


@click.command()
@click.argument("state", required=False, type=click.Choice(("on", "off")))
@common_options
def incognito(settings: Settings, state: str | None) -> None:
    """Let nothing count for a while: no play, skip or list is remembered until it is off."""
    with settings.open() as musicrec:
        if state is not None:
            musicrec.feedback.set_incognito(on=state == "on")
        is_on = musicrec.feedback.incognito
    if settings.as_json:
        print_json({"incognito": is_on})
    else:
        echo("incognito is on: nothing counts" if is_on else "incognito is off: all counts")


@click.command()
@click.argument("kind", required=False, type=NAMED_KINDS)
@click.argument("name", required=False)
@click.option("--remove", is_flag=True, help="Let it count again.")
@common_options
def apart(settings: Settings, kind: Any, name: str | None, remove: bool) -> None:
    """Keep an artist, album, genre or folder apart from your taste, or list what is.

    What you say and play of it says nothing of what else you would like; it may still be picked.
    """
    if (kind is None) != (name is None) or (remove and kind is None):
        raise click.UsageError("give a kind and a name, or neither to see the list")
    with settings.open() as musicrec:
        if kind is not None and name is not None:
            if remove:
                musicrec.feedback.take_in(kind, name)
            else:
                warn_of_nothing(musicrec, musicrec.feedback.keep_apart(kind, name))
        kept_apart = musicrec.feedback.apart()
    if settings.as_json:
        print_json({"apart": [asdict(one) for one in kept_apart]})
        return
    for one in kept_apart:
        echo(f"{one.kind} {one.value}")
    if not kept_apart:
        echo("all of your music counts for your taste")


COMMANDS = (forget, incognito, apart)

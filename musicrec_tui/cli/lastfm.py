"""enrich and lastfm: what Last.fm knows of the library, for those who turn it on."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import Number, Settings, common_options, echo, print_json
from musicrec_tui.cli.progress import ProgressLine

if TYPE_CHECKING:
    from musicrec_core.app.results import EnrichReport, LastFmStatus

KEY_VARIABLE = "MUSICREC_LASTFM_KEY"
PARTS = ("history", "artists", "albums", "tracks")


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True,
              help="Ask only about these; may be given several times.")  # fmt: skip
@click.option("--limit-minutes", type=Number(0, min_open=True), metavar="M",
              help="Stop after this long; the next run goes on there.")  # fmt: skip
@click.option("--max-age-days", type=Number(0), default=90.0, show_default=True,
              metavar="D", help="Ask again for answers older than this.")  # fmt: skip
@common_options
def enrich(
    settings: Settings, only: tuple[str, ...], limit_minutes: float | None, max_age_days: float
) -> None:
    """Ask Last.fm about your artists, albums and tracks, and for what you played and loved.

    First turn it on: `musicrec lastfm login`. The most useful comes first. Stop it at any time
    with Ctrl-C: every answer is kept, and the next run goes on.
    """
    from musicrec_core.app.results import EnrichOptions

    chosen = set(only or PARTS)
    options = EnrichOptions(
        subjects=frozenset(s for s in ("artist", "album", "track") if f"{s}s" in chosen),
        history="history" in chosen,
        max_age_days=max_age_days,
        limit_s=limit_minutes and limit_minutes * 60,
    )
    with settings.open() as musicrec, ProgressLine() as progress:
        report = musicrec.services.enrich(options, progress)
    if settings.as_json:
        print_json(asdict(report))
    else:
        echo(_report_text(report))


NO_MUSIC = (
    "Nothing to ask: there are no songs with a known artist yet. Scan some, as in "
    "`musicrec scan ~/Music`."
)


def _report_text(report: EnrichReport) -> str:
    if not (report.requested or report.cached or report.left):
        return NO_MUSIC
    counts = (
        f"{report.answered} answers in {report.requested} requests, {report.cached} known before, "
        f"{report.unknown} unknown there, {report.failed} failed"
    )
    lines = [counts]
    if report.plays or report.likes:
        lines.append(f"{report.likes} loved songs and {report.plays} plays are feedback now")
    if report.left:
        lines.append(f"{report.left} questions left: run `musicrec enrich` again")
    lines += [f"  {text} ({times} times)" for text, times in report.problems.items()]
    return "\n".join(lines)


@click.group()
def lastfm() -> None:
    """Turn Last.fm on and off. It is off until you log in; nothing is sent before."""


@lastfm.command()
@click.option("--user", metavar="NAME", help="Your name there, for what you played and loved.")
@click.option("--server", metavar="URL", help="Another server that speaks Last.fm's language.")
@click.option("--key-stdin", is_flag=True, help="Read the API key from standard input.")
@common_options
def login(settings: Settings, user: str | None, server: str | None, key_stdin: bool) -> None:
    """Enter an API key (free: https://www.last.fm/api/account/create) and your name there.

    The key is asked for without showing it, or taken from standard input or MUSICREC_LASTFM_KEY.
    Again with --user or --server alone changes only that.
    """
    with settings.open() as musicrec:
        key = _key(key_stdin, needed=user is None or not musicrec.services.account().on)
        status = musicrec.services.login(key, user, server)
    _show(settings, status)


def _key(from_stdin: bool, *, needed: bool) -> str | None:
    import os

    if from_stdin:
        return sys.stdin.readline()
    if os.environ.get(KEY_VARIABLE):
        return os.environ[KEY_VARIABLE]
    if not needed:
        return None
    if not sys.stdin.isatty():
        raise MusicRecError(
            f"no key: use --key-stdin, set {KEY_VARIABLE}, or run this in a terminal"
        )
    return str(click.prompt("API key", hide_input=True, err=True))


@lastfm.command()
@click.option("--forget", is_flag=True, help="Drop all that it answered, too.")
@common_options
def logout(settings: Settings, forget: bool) -> None:
    """Turn Last.fm off and forget the key; what was learned stays unless you say --forget."""
    with settings.open() as musicrec:
        was_on = musicrec.services.logout(answers=forget)
    if settings.as_json:
        print_json({"on": False, "was_on": was_on})
    else:
        echo("Last.fm is off now" if was_on else "Last.fm was off already")


@lastfm.command("status")
@common_options
def status_command(settings: Settings) -> None:
    """Show whether it is on, and how much is known. Opens no connection."""
    with settings.open() as musicrec:
        status = musicrec.services.account()
    _show(settings, status)


def _show(settings: Settings, status: LastFmStatus) -> None:
    if status.warning:
        echo(f"musicrec: {status.warning}", err=True)
    if settings.as_json:
        print_json(asdict(status))
        return
    if not status.on:
        echo("Last.fm is off: `musicrec lastfm login` turns it on")
        return
    echo(f"on        {status.server}, key in the {status.key_in}")
    echo(f"user      {status.user or 'none: your plays and loved songs are not read'}")
    for name in ("artists", "albums", "tracks"):
        asked, answered = getattr(status, name)
        echo(f"{name:9} {answered} known of {asked} asked")
    echo(f"listening {status.listens} plays and loved songs")


COMMANDS = (enrich, lastfm)

"""enrich, and the commands of each music service, for those who turn one on."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from musicrec_core.errors import MusicRecError
from musicrec_core.service_records import SERVICES, ServiceSpec
from musicrec_tui.cli.common import Number, Settings, common_options, echo, print_json
from musicrec_tui.cli.progress import ProgressLine

if TYPE_CHECKING:
    from musicrec_core.app.results import EnrichReport, ServiceStatus

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
    """Ask music services about your artists, albums and tracks, and what you played and loved.

    First turn one on: `musicrec lastfm login`, `musicrec listenbrainz login`. The most useful
    comes first. Stop it at any time with Ctrl-C: every answer is kept, and the next run goes on.
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


def service_group(spec: ServiceSpec) -> click.Group:
    """The commands of one music service."""

    @click.group(spec.name, help=f"Turn {spec.title} on and off. It is off until you log in; "
                 "nothing is sent before.")  # fmt: skip
    def group() -> None:
        pass

    for command in (_login(spec), _logout(spec), _status(spec)):
        group.add_command(command)
    return group


def _login(spec: ServiceSpec) -> click.Command:
    article = "an" if spec.key[0] in "aeioA" else "a"
    enter = f"Enter {article} {spec.key} (free: {spec.key_page}) and your name there."
    name_it = f"Name yourself, and enter a {spec.key} if the server asks for one ({spec.key_page})."
    variable = key_variable(spec)
    how = (
        f"The key is asked for without showing it, or taken from standard input or {variable}."
        if spec.needs_key
        else f"The {spec.key} is taken from standard input or {variable}."
    )

    @click.command(
        "login",
        help=f"{enter if spec.needs_key else name_it}\n\n{how} Again with --user or --server "
        "alone changes only that.",
    )
    @click.option("--user", metavar="NAME", help="Your name there, for what you played and loved.")
    @click.option("--server", metavar="URL",
                  help=f"Another server that speaks {spec.title}'s language.")  # fmt: skip
    @click.option("--key-stdin", is_flag=True, help=f"Read the {spec.key} from standard input.")
    @common_options
    def login(settings: Settings, user: str | None, server: str | None, key_stdin: bool) -> None:
        with settings.open() as musicrec:
            needed = spec.needs_key and (
                user is None or not musicrec.services.account(spec.name).on
            )
            key = _key(spec, key_stdin, needed=needed)
            status = musicrec.services.login(key, user, server, service=spec.name)
        _show(settings, spec, status)

    return login


def key_variable(spec: ServiceSpec) -> str:
    """The environment's variable that may hold the key."""
    return f"MUSICREC_{spec.name.upper()}_KEY"


def _key(spec: ServiceSpec, from_stdin: bool, *, needed: bool) -> str | None:
    import os

    if from_stdin:
        return sys.stdin.readline()
    variable = key_variable(spec)
    if os.environ.get(variable):
        return os.environ[variable]
    if not needed:
        return None
    if not sys.stdin.isatty():
        raise MusicRecError(f"no key: use --key-stdin, set {variable}, or run this in a terminal")
    return str(click.prompt(spec.key, hide_input=True, err=True))


def _logout(spec: ServiceSpec) -> click.Command:
    @click.option("--forget", is_flag=True, help="Drop all that it answered, too.")
    @common_options
    def logout(settings: Settings, forget: bool) -> None:
        with settings.open() as musicrec:
            was_on = musicrec.services.logout(answers=forget, service=spec.name)
        if settings.as_json:
            print_json({"on": False, "was_on": was_on})
        else:
            echo(f"{spec.title} is off {'now' if was_on else 'already'}")

    return click.command(
        "logout",
        help=f"Turn {spec.title} off and forget the key; what was learned stays unless you say "
        "--forget.",
    )(logout)


def _status(spec: ServiceSpec) -> click.Command:
    @click.command(
        "status", help="Show whether it is on, and how much is known. Opens no connection."
    )
    @common_options
    def status(settings: Settings) -> None:
        with settings.open() as musicrec:
            status = musicrec.services.account(spec.name)
        _show(settings, spec, status)

    return status


def _show(settings: Settings, spec: ServiceSpec, status: ServiceStatus) -> None:
    if status.warning:
        echo(f"musicrec: {status.warning}", err=True)
    if settings.as_json:
        print_json(asdict(status))
        return
    if not status.on:
        echo(f"{spec.title} is off: `musicrec {spec.name} login` turns it on")
        return
    echo(
        f"on        {status.server}, {f'key in the {status.key_in}' if status.key_in else 'no key'}"
    )
    echo(f"user      {status.user or 'none: your plays and loved songs are not read'}")
    for name in ("artists", "albums", "tracks") if spec.answers else ():
        asked, answered = getattr(status, name)
        echo(f"{name:9} {answered} known of {asked} asked")
    echo(f"listening {status.listens} plays and loved songs")


COMMANDS = (enrich, *map(service_group, SERVICES))

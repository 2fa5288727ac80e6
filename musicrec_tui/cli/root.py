"""The command group: options every command takes, and how errors reach the user."""

from __future__ import annotations

import errno
import sys
from typing import Any

import click

from musicrec_core import __version__
from musicrec_core.errors import MusicRecError, QueryError
from musicrec_core.text import one_line
from musicrec_tui.cli.command_table import CommandTable
from musicrec_tui.cli.common import (
    AS_JSON,
    DEFAULT_PROFILE,
    PROFILE_HELP,
    Settings,
    profile_name,
)

MOST_IN_A_LINE = 3  # of what may have been meant
INTERRUPTED = 130  # what shells expect after Ctrl-C


class Commands(click.Group):
    """Turns what the user can mend into one line and exit status 1, wrong usage into one and 2."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:  # fmt: skip
        """As click does; wrong usage of the options before a command is told in one line."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _in_one_line(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; no bad input ends in a traceback."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_one_line(error) from error
        except MusicRecError as error:
            for line in _lines(error, in_one=ctx.meta.get(AS_JSON, ctx.obj.as_json)):
                click.echo(line, err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # the reader had enough: click ends quietly
            where = f"{error.filename}: " if error.filename is not None else ""
            click.echo(f"musicrec: {one_line(f'{where}{error.strerror or error}')}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt as stop:
            click.echo(f"musicrec: {str(stop) or 'stopped; what was done is kept'}", err=True)
            ctx.exit(INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """In the order a newcomer meets them, not by letter."""
        return list(self.commands)


def _lines(error: MusicRecError, *, in_one: bool) -> list[str]:
    """What went wrong and, a line each, what may have been meant; a few of it where one must do."""
    message = one_line(str(error))
    meant = [one_line(one) for one in error.candidates] if isinstance(error, QueryError) else []
    if not in_one or not meant:
        return [f"musicrec: {message}", *(f"  {one}" for one in meant)]
    few = [" ".join(one.split()) for one in meant[:MOST_IN_A_LINE]]
    more = [f"{len(meant) - len(few)} more"] if len(meant) > len(few) else []
    return [f"musicrec: {message} {'; '.join((*few, *more))}"]


def _in_one_line(error: click.UsageError) -> click.exceptions.Exit | click.UsageError:
    """Say what was used wrongly, in one line; a group without a command still shows its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    message = one_line(error.format_message()).rstrip(".")
    path = error.ctx.command_path if error.ctx else "musicrec"
    more = "" if "--help" in message else f"; see `{path} --help`"
    click.echo(f"musicrec: {message}{more}", err=True)
    return click.exceptions.Exit(error.exit_code)


@click.group(
    cls=Commands,
    commands=CommandTable(),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `musicrec scan ~/Music`, or `musicrec demo` to try it without any music.",
)
@click.version_option(__version__, prog_name="musicrec")
@click.option("--profile", callback=profile_name, metavar="NAME", help=PROFILE_HELP)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.pass_context
def cli(ctx: click.Context, profile: str | None, as_json: bool) -> None:
    """Recommend music out of the files you own. Offline, on this machine.

    Without a command, open the terminal screens.
    """
    ctx.obj = Settings(DEFAULT_PROFILE if profile is None else profile, as_json)
    if ctx.invoked_subcommand is None:
        if as_json:
            raise click.UsageError("--json needs a command")
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise click.UsageError("the screens need a terminal; see `musicrec --help`")
        from musicrec_tui.application import run

        run(ctx.obj.profile, None)

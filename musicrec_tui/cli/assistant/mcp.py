"""mcp: the same abilities for other programs' models."""

from __future__ import annotations

import sys

import click

from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import Settings, common_options


@click.command()
@click.option("--allow-changes", is_flag=True,
              help="Let it give opinions and change playlists, undoably.")  # fmt: skip
@common_options
def mcp(settings: Settings, allow_changes: bool) -> None:
    """Serve search, lists and playlists to a program that speaks MCP, over standard input.

    Such a program starts this command itself; nothing listens on a network. Read-only unless
    --allow-changes is given.
    """
    if settings.as_json:
        raise click.UsageError("mcp answers in its own protocol: leave --json out")
    if sys.stdin.isatty():
        raise click.UsageError("mcp is started by the program that uses it; see docs/mcp.md")
    try:
        from musicrec_tui.mcp_server.server import run
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("mcp"):
            raise
        raise MusicRecError("mcp needs the extra: pip install 'musicrec[mcp]'") from error
    run(settings.profile, allow_changes=allow_changes)


COMMANDS = (mcp,)

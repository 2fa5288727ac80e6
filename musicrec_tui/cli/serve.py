"""serve: the screens in a browser on this machine."""

from __future__ import annotations

import click

from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import Settings, common_options, echo

PORT = 8642
EXTRA = ("textual_serve", "aiohttp", "aiohttp_jinja2", "jinja2")


def _loopback(_: click.Context, option: click.Parameter, host: str) -> str:
    from musicrec_tui.browser.origins import is_loopback

    if not is_loopback(host):
        raise click.BadParameter(
            f"{host} is not a loopback address, and there is no password: from another machine "
            f"use a tunnel, ssh -L {PORT}:127.0.0.1:{PORT} THIS-MACHINE",
            param=option,
        )
    return host


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
              metavar="PORT", help="Where to listen; 0 takes one that is free.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, callback=_loopback,
              metavar="ADDRESS", help="A loopback address.")  # fmt: skip
@common_options
def serve(settings: Settings, port: int, host: str) -> None:
    """Show the screens in a browser on this machine, until Ctrl-C.

    Nothing is fetched from outside, and no other machine or site is answered. What is played
    sounds here.
    """
    if settings.as_json:
        raise click.UsageError("serve shows the screens: leave --json out")
    try:
        from musicrec_tui.browser.server import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise MusicRecError("serve needs the extra: pip install 'musicrec[serve]'") from error
    settings.open().close()  # what ails the library is said here, and an old one upgraded
    run(settings.profile, host, port, lambda at: echo(f"musicrec is at {at} (Ctrl-C ends it)"))


COMMANDS = (serve,)

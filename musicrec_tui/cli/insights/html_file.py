"""--html FILE: a page written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from musicrec_core.errors import MusicRecError
from musicrec_core.replacing import replacing
from musicrec_tui.cli.common import Settings, echo

html_option = click.option(
    "--html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write it as a page for a browser instead.",
)  # fmt: skip


def write_html(path: Path, settings: Settings, page: Callable[[], bytes]) -> None:
    """Write what `page` makes; a file that cannot be written is refused before that.

    Raises OSError or MusicRecError.
    """
    if settings.as_json:
        raise click.UsageError("--html writes a page: leave --json out")
    if not path.absolute().parent.is_dir():
        raise MusicRecError(f"there is no folder {path.absolute().parent}")
    with replacing(path, public=True) as file:
        file.write(page())
    echo(f"{path} is written")

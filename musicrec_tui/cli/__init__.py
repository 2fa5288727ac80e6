"""The command line: one file a command group; whatever is heavy is imported inside a command."""

import os
import sys
from io import TextIOWrapper

from musicrec_tui.cli.root import cli


def main() -> None:
    """The `musicrec` command."""
    # Threads gain nothing in products as small as these, and on busy cores wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe of Latin-1 has no letters for most of the world: a mark instead.
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")
    cli(prog_name="musicrec")


__all__ = ["cli", "main"]

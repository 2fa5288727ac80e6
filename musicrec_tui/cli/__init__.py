"""The command line: one file a command group; whatever is heavy is imported inside a command."""

from musicrec_tui.cli.root import cli


def main() -> None:
    """The `musicrec` command."""
    cli(prog_name="musicrec")


__all__ = ["cli", "main"]

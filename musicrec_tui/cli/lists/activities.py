"""activities: what music can be for, in words; one's own beside the bundled ones."""

from __future__ import annotations

from dataclasses import asdict

import click

from musicrec_core.text import fit, one_line
from musicrec_tui.cli.common import Settings, common_options, echo, print_json
from musicrec_tui.cli.terminal import columns


@click.command()
@click.argument("name", required=False)
@click.argument("wish", required=False)
@click.option("--remove", is_flag=True, help="Forget your own activity of that name.")
@common_options
def activities(settings: Settings, name: str | None, wish: str | None, remove: bool) -> None:
    """List what `recommend --activity` knows, or give a WISH in words a NAME of your own.

    Such as: musicrec activities ironing "upbeat soul, no live versions, 100 to 125 bpm"
    """
    if (name is None) != (wish is None) and not remove:
        raise click.UsageError("give a name and a wish, or neither to see the list")
    if remove and (name is None or wish is not None):
        raise click.UsageError("--remove goes with a name alone")
    with settings.open() as musicrec:
        if remove and name is not None:
            musicrec.lists.remove_activity(name)
        elif name is not None and wish is not None:
            musicrec.lists.define_activity(name, wish)
        occasions = musicrec.lists.activities()
    if settings.as_json:
        print_json({"activities": [asdict(one) for one in occasions]})
        return
    width = max(len(one.name) for one in occasions)
    for one in occasions:
        own = " (yours)" if one.own else ""
        echo(fit(f"{one_line(one.name):<{width}}  {one_line(one.wish)}{own}", columns()))


COMMANDS = (activities,)

"""lists: requests saved under a name, made anew each day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from musicrec_core.errors import MusicRecError
from musicrec_core.text import count, one_line
from musicrec_tui.cli.common import (
    Settings,
    common_options,
    echo,
    notice_text,
    print_json,
    track_json,
    track_lines,
    warn,
)
from musicrec_tui.cli.lists.list_options import leaning, list_options
from musicrec_tui.cli.terminal import columns, echo_inked, ink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.results import RefreshedList, SavedList


@click.group()
def lists() -> None:
    """Save lists under a name; `lists refresh` makes them anew each day, for cron or a timer."""


@lists.command()
@click.argument("name")
@list_options
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE",
              help="The playlist file (.m3u8) that `lists refresh` writes.")  # fmt: skip
@click.option("--relative", is_flag=True, help="Paths in it from its folder, not whole ones.")
@common_options
def save(
    settings: Settings, name: str, request: ListRequest, file: Path | None, relative: bool
) -> None:
    """Save a list under a name, in place of one that has it."""
    if relative and file is None:
        raise click.UsageError("--relative goes with --file")
    with settings.open() as musicrec:
        saved = musicrec.saved_lists.save(name, leaning(request, musicrec), file, relative=relative)
    if settings.as_json:
        print_json(_json(saved))
    else:
        echo(f"saved {saved.name}: {recipe_text(saved)}")


@lists.command("list")
@common_options
def list_(settings: Settings) -> None:
    """List what is saved."""
    with settings.open() as musicrec:
        every = musicrec.saved_lists.all()
    if settings.as_json:
        print_json({"lists": [_json(saved) for saved in every]})
    elif not every:
        echo('There is no list yet: musicrec lists save NAME --where "genre:jazz plays:0"')
    for saved in () if settings.as_json else every:
        echo_inked(ink(saved.name, "title"), "  ", ink(recipe_text(saved), "quiet"))


@lists.command()
@click.argument("name")
@click.option("--again", is_flag=True, help="Other songs than those of today.")
@common_options
def show(settings: Settings, name: str, again: bool) -> None:
    """Show a list and its songs of today; writes no file."""
    with settings.open() as musicrec:
        saved = musicrec.saved_lists.show(name)
        made = musicrec.saved_lists.songs(name, again=again)
    warn(notice_text(notice) for notice in made.notices)
    if settings.as_json:
        print_json(_json(saved) | _made_json(made))
        return
    echo_inked(ink(saved.name, "title"), "  ", ink(recipe_text(saved), "quiet"))
    for line in track_lines(made.tracks, columns()):
        echo_inked("  ", line)


@lists.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--again", is_flag=True, help="Other songs than those of today.")
@common_options
def refresh(settings: Settings, names: tuple[str, ...], again: bool) -> None:
    """Make lists anew and write their files; without names, all that are saved.

    The songs stay the same all day and are others the next. A file that somebody edited is kept.
    """
    made: list[RefreshedList] = []
    failed: list[str] = []
    with settings.open() as musicrec:
        for name in names or [saved.name for saved in musicrec.saved_lists.all()]:
            try:
                made.append(musicrec.saved_lists.refresh(name, again=again))
            except MusicRecError as error:
                failed.append(f"{name}: {error}")
    for one in made:
        warn(f"{one.name}: {notice_text(notice)}" for notice in one.notices)
        if one.kept_copy:
            warn([f"{one.name}: somebody edited {one.file}; that is kept as {one.kept_copy}"])
    if failed:
        warn(failed[:-1])
        raise MusicRecError(failed[-1])
    if settings.as_json:
        print_json({"lists": [_made_json(one) for one in made]})
    elif not made:
        echo("There is no list yet: musicrec lists save NAME")
    for one in () if settings.as_json else made:
        echo(f"{one.name}: {_what_became(one)}")


@lists.command()
@click.argument("name")
@common_options
def delete(settings: Settings, name: str) -> None:
    """Forget a saved list; the file that it wrote stays."""
    with settings.open() as musicrec:
        saved = musicrec.saved_lists.delete(name)
    if settings.as_json:
        print_json(_json(saved))
    else:
        stays = f"; {saved.file} stays" if saved.file else ""
        echo(f"deleted {saved.name} ({recipe_text(saved)}){stays}")


def recipe_text(saved: SavedList) -> str:
    """A list in a few words: `20 songs, where genre:jazz, to blue.m3u8`."""
    rest = {name: value for name, value in saved.recipe.items() if name != "count"}
    parts = [count(saved.request.count, "song"), *_worded(rest)]
    return ", ".join([*parts, f"to {saved.file}"] if saved.file else parts)


def _worded(recipe: Mapping[str, object]) -> list[str]:
    words: list[str] = []
    for name, value in recipe.items():
        if isinstance(value, dict):
            words += _worded(value)
        else:
            shown = " and ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
            words.append(f"{name.replace('_', ' ')} {one_line(str(shown))}")
    return words


def _what_became(made: RefreshedList) -> str:
    songs = count(len(made.tracks), "song")
    chosen = "chosen" if made.chosen_now else "of today already"
    if made.file is None:
        return f"{songs} {chosen}"
    return f"{songs} {chosen}, {'written to' if made.written else 'unchanged in'} {made.file}"


def _json(saved: SavedList) -> dict[str, object]:
    return {
        "name": saved.name,
        "recipe": dict(saved.recipe) | {"count": saved.request.count},
        "file": saved.file,
        "relative": saved.relative,
        "day": saved.day,
        "songs": saved.songs,
    }


def _made_json(made: RefreshedList) -> dict[str, object]:
    return {
        "name": made.name,
        "tracks": [track_json(track) for track in made.tracks],
        "chosen_now": made.chosen_now,
        "file": made.file,
        "written": made.written,
        "kept_copy": made.kept_copy,
        "notes": [notice_text(notice) for notice in made.notices],
    }


COMMANDS = (lists,)

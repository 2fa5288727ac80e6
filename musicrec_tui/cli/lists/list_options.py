"""The options that say what a list is to be: the same for every command that makes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from musicrec_core.app.lists.request import MODES, ORDERS, Dials, ListRequest
from musicrec_core.errors import MusicRecError
from musicrec_tui.cli.common import Number

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec

DIALS = ("popular", "familiar", "close", "diverse", "explore")
FIELDS = (
    "count", "seeds", "unlike", "mode", "tag", "where", "text", "mood", "activity", "among",
    "no_repeat_days", "order", "any_time",
)  # fmt: skip
AS_SET = "as set in the screens"
GIVEN = "musicrec.dials"  # in the context of click: the names of the dials that were given
Command = TypeVar("Command", bound=Callable[..., object])


def list_options(function: Command) -> Callable[..., object]:
    """Add them to a command and hand it `request`, the ListRequest that they make."""

    @click.option("-n", "count", type=click.IntRange(1), default=20, show_default=True,
                  help="How many tracks.")  # fmt: skip
    @click.option("--seed", "seeds", multiple=True, metavar="QUERY",
                  help="Like this track, artist, album or list; may be given again.")  # fmt: skip
    @click.option("--unlike", multiple=True, metavar="QUERY",
                  help="But not like this one; may be given again.")  # fmt: skip
    @click.option("--mode", type=click.Choice(MODES),
                  help="similar to the seeds, which is what they mean alone, or dissimilar: far "
                  "from them, or from your favourites, and yet to your taste; or a journey: a path "
                  "from the first seed to the last.")  # fmt: skip
    @click.option("--tag", metavar="TAG", help="Tracks tagged so, or that sound so.")
    @click.option("--text", metavar="WORDS",
                  help='A wish in words: "calm piano from the 90s, no live versions".')  # fmt: skip
    @click.option("--mood", metavar="MOOD", help="Songs of a mood: calm, happy, dark.")
    @click.option("--activity", metavar="NAME",
                  help="Songs for running, sleep …; `musicrec activities` lists all.")  # fmt: skip
    @click.option("--among", multiple=True, metavar="QUERY",
                  help="Only from this artist, album, folder or list.")  # fmt: skip
    @click.option("--cluster", "clusters", multiple=True, metavar="NAME",
                  help="Only of this kind of music; `musicrec clusters` lists them.")  # fmt: skip
    @click.option("--where", metavar="RULES", default="",
                  help='Only tracks that fit: "genre:jazz year:..1975 plays:0".')  # fmt: skip
    @click.option("--order", type=click.Choice(ORDERS),
                  help="Put the picks in order: energy rising, falling or in a wave, by tempo, by "
                  "key, smooth from song to song, or by score.")  # fmt: skip
    @click.option("--popular", type=Number(0, 1), show_default=AS_SET,
                  help="Prefer little known artists (0) or well known ones (1).")  # fmt: skip
    @click.option("--familiar", type=Number(0, 1), show_default=AS_SET,
                  help="Prefer what you never heard (0) or what you know (1).")  # fmt: skip
    @click.option("--close", type=Number(0, 1), show_default=AS_SET,
                  help="Prefer what lies far from (0) or near to (1) what you like.")  # fmt: skip
    @click.option("--diverse", type=Number(0, 1), show_default=AS_SET,
                  help="One kind of music (0) or many (1); in the middle, a list for you keeps the "
                  "shares of what you liked.")  # fmt: skip
    @click.option("--no-repeat-days", type=Number(0, 3650), default=0, metavar="D",
                  help="Nothing that was in a list within D days; 0 puts it down.")  # fmt: skip
    @click.option("--any-time", is_flag=True,
                  help="Do not go by what you play at this time of the day and week.")  # fmt: skip
    @click.option("--explore", type=Number(0, 0.5), show_default=AS_SET,
                  help="Share of the list to try something new with; 0 for none.")  # fmt: skip
    @wraps(function)
    def wrapped(*args: object, **options: object) -> object:
        try:
            request = _request(options)
        except MusicRecError as error:
            raise click.UsageError(str(error)) from error
        return function(*args, request=request, **options)

    return wrapped


def _request(options: dict[str, Any]) -> ListRequest:
    """The request that the options make, which are taken out; MusicRecError for a bad one."""
    dials = {name: value for name in DIALS if (value := options.pop(name)) is not None}
    click.get_current_context().meta[GIVEN] = frozenset(dials)
    wanted = {name: options.pop(name) for name in FIELDS}
    wanted["among"] += tuple(f"cluster:{name}" for name in options.pop("clusters"))
    return ListRequest(**wanted, dials=Dials(**dials))


def leaning(request: ListRequest, musicrec: MusicRec) -> ListRequest:
    """A list for you leans as this person set it, but for the dials that were given."""
    if any(
        (request.seeds, request.tag, request.text, request.mood, request.activity, request.mode)
    ):
        return request
    given: frozenset[str] = click.get_current_context().meta.get(GIVEN, frozenset())
    asked = {name: getattr(request.dials, name) for name in given}
    return replace(request, dials=replace(musicrec.lists.own_dials(), **asked))

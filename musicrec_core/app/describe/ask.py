"""describe: what a query means, song or group, in words."""

from __future__ import annotations

from typing import Literal

from musicrec_core.app.context import Context
from musicrec_core.app.describe import group, song
from musicrec_core.app.describe.records import Description
from musicrec_core.app.library import groups, query
from musicrec_core.errors import QueryError

DescribedAs = Literal["song", "group"]


def describe(context: Context, text: str, subject: DescribedAs | None = None) -> Description:
    """A description, reworded by a language model where one is on and keeps to the facts.

    Raises QueryError as `query.one` does where the query means neither song nor group.
    """
    from musicrec_core.app.llm import rewording

    return rewording.reworded(context, built_in(context, text, subject))


def built_in(context: Context, text: str, subject: DescribedAs | None = None) -> Description:
    """A song where the query means one, else the artist, album or list of that name.

    Raises QueryError as `query.one` does where it means neither.
    """
    if text.startswith(groups.CLUSTER):
        from musicrec_core.app.insights import clusters

        name = clusters.one(context, text.removeprefix(groups.CLUSTER)).name
        return group.describe(context, name, query.in_order(context, text))
    if subject == "group" or (subject is None and groups.is_group(text)):
        return group.describe(context, _named(text), query.in_order(context, text))
    try:
        track = query.one(context, text)
    except QueryError:
        if subject == "song":
            raise
        tracks = query.in_order(context, text)
        return group.describe(context, _named(text), tracks)
    return song.describe(context, track)


def _named(text: str) -> str:
    return text.removeprefix(groups.PLAYLIST)

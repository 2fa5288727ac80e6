"""Which guards a person keeps on, and what they banned."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from musicrec_core.app.lists import switches
from musicrec_core.app.lists.guards import GUARDS, Guard, bans
from musicrec_core.app.scores import catalogue
from musicrec_core.errors import MusicRecError
from musicrec_core.folding import fold
from musicrec_core.records import Ban, BanKind

if TYPE_CHECKING:
    from musicrec_core.app.context import Context

ALWAYS_ON = ("opinions", "bans")
"""A dislike is taken back by an undo and a ban by `unban`, not by a switch."""


@dataclass(frozen=True, slots=True)
class GuardState:
    """A guard and whether it is on."""

    name: str
    about: str
    on: bool


def active(context: Context) -> tuple[Guard, ...]:
    """The guards that this person keeps on; all are, until one is turned off."""
    return tuple(guard for guard in GUARDS if switches.is_on(context, guard.name))


def states(context: Context) -> tuple[GuardState, ...]:
    """Every guard, and after them what looks at a list as a whole."""
    about = {guard.name: guard.about for guard in GUARDS} | switches.OF_LISTS
    return tuple(GuardState(name, it, switches.is_on(context, name)) for name, it in about.items())


def kept_out(context: Context) -> dict[str, int]:
    """See MusicRec.lists.kept_out."""
    from musicrec_core.app.lists.person import Person

    person = Person.now(context, at_once=True)
    return {guard.name: len(guard.excluded(person)) for guard in GUARDS}


def switch(context: Context, name: str, on: bool) -> None:
    """Turn a guard on or off; raises MusicRecError for one that there is not, or that stays."""
    names = [*(guard.name for guard in GUARDS), *switches.OF_LISTS]
    if name not in names:
        raise MusicRecError(f"there is no guard {name}; there are: {', '.join(names)}")
    if name in ALWAYS_ON and not on:
        mend = "undo a dislike" if name == "opinions" else "`musicrec unban` what you banned"
        raise MusicRecError(f"{name} cannot be turned off: {mend}")
    context.store.guarded.set_setting(context.profile, f"guard {name}", "on" if on else "off")


def ban(context: Context, kind: BanKind, value: str) -> Ban:
    """Never pick this artist, album, genre or folder; raises MusicRecError for an empty name."""
    made = as_here(context, checked(kind, value))
    context.store.guarded.ban(context.profile, made)
    return made


def as_here(context: Context, ban: Ban) -> Ban:
    """An artist by the name that songs here have: with "The" before it, or without."""
    tracks_of = context.store.guarded.tracks_of
    if ban.kind != "artist" or tracks_of(ban):
        return ban
    article, _, rest = ban.value.partition(" ")
    other = replace(ban, value=rest if article.casefold() == "the" else f"The {ban.value}")
    return other if other.value and tracks_of(other) else ban


def speaks_of(context: Context, ban: Ban) -> int:
    """How many songs of the library an artist, album, genre or folder stands for."""
    return len(bans.rows_of(context, catalogue.load(context).catalogue, ban))


def unban(context: Context, kind: BanKind, value: str) -> Ban:
    """Take a ban back; raises MusicRecError where there is none."""
    named = checked(kind, value)
    meant = {fold(made.value) for made in (named, as_here(context, named))}
    banned = context.store.guarded.bans(context.profile)
    for ban in banned:
        if ban.kind == kind and (ban == named or (kind != "folder" and fold(ban.value) in meant)):
            context.store.guarded.unban(context.profile, ban)
            return ban
    listed = ", ".join(f"{b.kind} {b.value}" for b in banned) or "nothing"
    raise MusicRecError(f"the {kind} {value} is not banned; banned: {listed}")


def checked(kind: BanKind, value: str) -> Ban:
    """The name as it is stored; raises MusicRecError for an empty one."""
    from musicrec_core.culture.hygiene import clean_tags

    if not value.strip():
        raise MusicRecError(f"an empty name is no {kind}")
    if kind == "folder":
        return Ban(kind, os.path.abspath(os.path.expanduser(value)))
    if kind == "genre":
        names = clean_tags([value])
        return Ban(kind, names[0] if names else value.strip().casefold())
    return Ban(kind, " ".join(value.split()))

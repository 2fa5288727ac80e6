"""What a person set, as JSON lines, out and in: guards, dials, bans, activities, what is apart.

What is set here already stays: a setting from elsewhere only fills a gap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from musicrec_core.app.feedback.privacy import APART, INCOGNITO
from musicrec_core.app.lists import own_dials
from musicrec_core.app.lists.occasions import SETTING as ACTIVITIES
from musicrec_core.errors import MusicRecError, TableError
from musicrec_core.records import Ban, BanKind

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.store.opinions.guarded import StoredBan, StoredSetting

GUARD, DIAL = "guard ", "dial "
KINDS = ("guard", "dial", "ban", "activity", "apart", "incognito", "exclusion")
"""Types of lines."""


class Taken(NamedTuple):
    """Whether a line was new, and whose it is; nobody's where it is of the whole library."""

    new: bool
    profile: str | None


def as_lines(
    settings: Iterable[StoredSetting], bans: Iterable[StoredBan], exclusions: Iterable[str]
) -> Iterator[dict[str, object]]:
    """What `export` writes of all that was set."""
    for pattern in exclusions:
        yield {"type": "exclusion", "pattern": pattern}
    for profile, ban in bans:
        yield {"type": "ban", "profile": profile, "kind": ban.kind, "value": ban.value}
    for profile, name, value in settings:
        yield from _setting_lines(profile, name, value)


def _setting_lines(profile: str, name: str, value: str) -> Iterator[dict[str, object]]:
    if name.startswith(GUARD):
        guard = name.removeprefix(GUARD)
        yield {"type": "guard", "profile": profile, "name": guard, "on": value != "off"}
    elif name.startswith(DIAL):
        dial = name.removeprefix(DIAL)
        at = own_dials.parsed(dial, value)
        if at is not None:
            yield {"type": "dial", "profile": profile, "name": dial, "value": at}
    elif name == INCOGNITO:
        yield {"type": "incognito", "profile": profile, "on": value == "on"}
    elif name == ACTIVITIES:
        for activity, wish in json.loads(value):
            yield {"type": "activity", "profile": profile, "name": activity, "wish": wish}
    elif name == APART:
        for kind, what in json.loads(value):
            yield {"type": "apart", "profile": profile, "kind": kind, "value": what}


def take(context: Context, row: Mapping[str, Any]) -> Taken:
    """Set what a line says, where nothing else is set; raises TableError for what is none."""
    if row["type"] == "exclusion":
        pattern = _text(row, "pattern")
        new = pattern not in context.store.exclusions.all()
        context.store.exclusions.add(pattern)
        return Taken(new, None)
    profile = _text(row, "profile")
    match row["type"]:
        case "ban":
            return Taken(_banned(context, profile, _ban(row)), profile)
        case "guard":
            return Taken(_guarded(context, profile, row), profile)
        case "dial":
            return Taken(_turned(context, profile, row), profile)
        case "incognito":
            value = "on" if _switch(row) else "off"
            return Taken(_filled(context, profile, INCOGNITO, value), profile)
        case "activity":
            pair = [_text(row, "name"), _text(row, "wish")]
            return Taken(_added(context, profile, ACTIVITIES, pair, by_name=True), profile)
    ban = _ban(row)
    return Taken(_added(context, profile, APART, [ban.kind, ban.value], by_name=False), profile)


def _banned(context: Context, profile: str, ban: Ban) -> bool:
    new = ban not in context.store.guarded.bans(profile)
    context.store.guarded.ban(profile, ban)
    return new


def _guarded(context: Context, profile: str, row: Mapping[str, Any]) -> bool:
    from musicrec_core.app.lists.guard_settings import ALWAYS_ON
    from musicrec_core.app.lists.guards import GUARDS
    from musicrec_core.app.lists.switches import OF_LISTS

    name, on = _text(row, "name"), _switch(row)
    if name not in {*(guard.name for guard in GUARDS), *OF_LISTS} - set(ALWAYS_ON):
        raise TableError(f"there is no guard {name!r} to be set")
    return _filled(context, profile, f"{GUARD}{name}", "on" if on else "off")


def _turned(context: Context, profile: str, row: Mapping[str, Any]) -> bool:
    name, value = _text(row, "name"), row.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TableError("value is missing or no number")
    try:
        own_dials.checked(name, value)
    except MusicRecError as error:
        raise TableError(str(error)) from error
    return _filled(context, profile, f"{DIAL}{name}", f"{value:g}")


def _filled(context: Context, profile: str, name: str, value: str) -> bool:
    """Set it where it was not; whether it was."""
    if context.store.guarded.setting(profile, name) is not None:
        return False
    context.store.guarded.set_setting(profile, name, value)
    return True


def _added(context: Context, profile: str, name: str, pair: list[str], *, by_name: bool) -> bool:
    """Add a pair to a setting that holds several; of one's own of that name the present stays."""
    from musicrec_core.folding import fold

    there = json.loads(context.store.guarded.setting(profile, name) or "[]")
    if pair in there or (by_name and fold(pair[0]) in {fold(own) for own, _ in there}):
        return False
    context.store.guarded.set_setting(profile, name, json.dumps([*there, pair]))
    return True


def _ban(row: Mapping[str, Any]) -> Ban:
    from musicrec_core.app.lists.guard_settings import checked

    kinds: tuple[BanKind, ...] = get_args(BanKind)
    kind = next((kind for kind in kinds if kind == row.get("kind")), None)
    if kind is None:
        raise TableError(f"{row.get('kind')!r} is none of {', '.join(kinds)}")
    try:
        return checked(kind, _text(row, "value"))
    except MusicRecError as error:
        raise TableError(str(error)) from error


def _switch(row: Mapping[str, Any]) -> bool:
    if not isinstance(row.get("on"), bool):
        raise TableError("on is missing or neither true nor false")
    return bool(row["on"])


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise TableError(f"{name} is missing or empty")
    return value

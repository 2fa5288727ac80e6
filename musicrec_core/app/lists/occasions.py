"""What people listen to music for: bundled recipes, and wishes that a person gave a name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.app.lists.activities import RECIPES
from musicrec_core.errors import MusicRecError, QueryError
from musicrec_core.folding import fold
from musicrec_core.language.records import A_LITTLE, MUCH, Range

if TYPE_CHECKING:
    from musicrec_core.app.context import Context

SETTING = "activities"
SHORT_NAMES = {
    "run": "running", "jogging": "running", "gym": "workout", "exercise": "workout",
    "drive": "driving", "read": "reading", "sleeping": "sleep", "studying": "study",
    "cook": "cooking", "dance": "dancing", "relax": "relaxation", "meditate": "meditation",
}  # fmt: skip
_DEGREES = {A_LITTLE: "a little ", MUCH: "very "}


@dataclass(frozen=True, slots=True)
class Occasion:
    """An activity or mood of one's own: its name and, in words, the music for it."""

    name: str
    wish: str
    own: bool = False
    """Given by this person."""


def occasions(context: Context) -> list[Occasion]:
    """One's own first, then the bundled ones that they do not replace."""
    own = _own(context)
    bundled = [Occasion(name, _in_words(name)) for name in RECIPES if fold(name) not in own]
    return [*own.values(), *sorted(bundled, key=lambda one: one.name)]


def wish_for(context: Context, activity: str) -> str:
    """The wish in words that an activity stands for; QueryError with near names for none."""
    name = fold(activity)
    own = _own(context)
    if name in own:
        return own[name].wish
    name = SHORT_NAMES.get(name, name)
    if name in RECIPES:
        return f"for {name}"
    names = [*(one.name for one in own.values()), *RECIPES, *SHORT_NAMES]
    from rapidfuzz import process

    near = [match[0] for match in process.extract(name, names, limit=3, score_cutoff=60)]
    hint = "; did you mean one of these?" if near else ": `musicrec activities` lists them"
    raise QueryError(f"there is no activity {activity!r}{hint}", near)


def define(context: Context, name: str, wish: str) -> Occasion:
    """Give a wish a name, in place of what had it; MusicRecError where one of them is empty."""
    if not name.strip() or not wish.strip():
        raise MusicRecError("an activity has a name, and a wish in words")
    own = _own(context)
    own[fold(name)] = Occasion(" ".join(name.split()), wish.strip(), own=True)
    _store(context, own)
    return own[fold(name)]


def remove(context: Context, name: str) -> Occasion:
    """Forget one's own, for which a bundled one may come back; QueryError where there is none."""
    own = _own(context)
    if fold(name) not in own:
        raise QueryError(
            f"there is no activity {name!r} of your own", [o.name for o in own.values()]
        )
    removed = own.pop(fold(name))
    _store(context, own)
    return removed


def _own(context: Context) -> dict[str, Occasion]:
    stored = json.loads(context.store.guarded.setting(context.profile, SETTING) or "[]")
    return {fold(name): Occasion(name, wish, own=True) for name, wish in stored}


def _store(context: Context, own: dict[str, Occasion]) -> None:
    text = json.dumps([(one.name, one.wish) for one in own.values()])
    context.store.guarded.set_setting(context.profile, SETTING, text)


def _in_words(name: str) -> str:
    """A recipe as a person would say it."""
    return ", ".join(
        f"{_DEGREES.get(degree, '')}{_said(kind, value)}" for kind, value, degree in RECIPES[name]
    )


def _said(kind: str, value: str | Range) -> str:
    if isinstance(value, Range):
        return f"{value.start} to {value.end} beats a minute"
    return f"{value} {kind}" if kind in ("energy", "tempo") else value

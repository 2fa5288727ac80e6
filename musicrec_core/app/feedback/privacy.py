"""What does not count: nothing while incognito is on, and what is kept apart from the taste."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from musicrec_core.errors import MusicRecError
from musicrec_core.records import Ban, BanKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musicrec_core.app.context import Context
    from musicrec_core.recommender.data import Catalogue

INCOGNITO, APART = "incognito", "apart"


def is_incognito(context: Context) -> bool:
    """Whether nothing counts now."""
    return context.store.guarded.setting(context.profile, INCOGNITO) == "on"


def set_incognito(context: Context, *, on: bool) -> None:
    """Let nothing count from now on, or all again."""
    context.store.guarded.set_setting(context.profile, INCOGNITO, "on" if on else "off")


def apart(context: Context) -> list[Ban]:
    """What is kept apart from the taste, in the order in which that was said."""
    stored = context.store.guarded.setting(context.profile, APART)
    return [Ban(kind, value) for kind, value in json.loads(stored or "[]")]


def keep_apart(context: Context, kind: BanKind, value: str) -> Ban:
    """Let what is heard of it say nothing of the taste; raises MusicRecError for an empty name."""
    made = _checked(context, kind, value)
    _store(context, [*(one for one in apart(context) if one != made), made])
    return made


def take_in(context: Context, kind: BanKind, value: str) -> Ban:
    """Let it count again; raises MusicRecError where it was not kept apart."""
    made, stored = _checked(context, kind, value), apart(context)
    if made not in stored:
        listed = ", ".join(f"{one.kind} {one.value}" for one in stored) or "nothing"
        raise MusicRecError(f"the {kind} {value} is not kept apart; kept apart: {listed}")
    _store(context, [one for one in stored if one != made])
    return made


def stamp(context: Context) -> str:
    """Changes whenever other songs are kept apart."""
    return context.store.guarded.setting(context.profile, APART) or ""


def counts(context: Context, catalogue: Catalogue) -> NDArray[np.bool_] | None:
    """Bool [n]: rows whose events say something of the taste; None where all do."""
    kept_apart = apart(context)
    if not kept_apart:
        return None
    import numpy as np

    from musicrec_core.app.lists.guards.bans import rows_of

    mask = np.ones(len(catalogue), np.bool_)
    for one in kept_apart:
        mask[rows_of(context, catalogue, one)] = False
    return mask


def _checked(context: Context, kind: BanKind, value: str) -> Ban:
    from musicrec_core.app.lists import guard_settings

    return guard_settings.as_here(context, guard_settings.checked(kind, value))


def _store(context: Context, kept_apart: list[Ban]) -> None:
    text = json.dumps([(one.kind, one.value) for one in kept_apart])
    context.store.guarded.set_setting(context.profile, APART, text)

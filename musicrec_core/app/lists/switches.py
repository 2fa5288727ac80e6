"""What keeps lists as they are for everybody, until this person turns it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musicrec_core.app.context import Context

OF_LISTS = {
    "versions": "a second version of a song in one list",
    "windows": "an artist or an album again a few songs later",
    "yesterday": "songs of the last days' lists, where others are about as good",
}
"""What looks at a list as a whole, beside the guards that each look at one song."""


def is_on(context: Context, name: str) -> bool:
    """Whether a guard, or what looks at a list as a whole, is on; all are until turned off."""
    return context.store.guarded.setting(context.profile, f"guard {name}") != "off"

"""The people of the house, each with a profile."""

from __future__ import annotations

from difflib import get_close_matches

from musicrec_core.app.context import Context
from musicrec_core.errors import StoreError


def probably_meant(context: Context) -> str | None:
    """A profile named much like this one, where this one never said anything; else None."""
    try:
        store, profile = context.store, context.profile
        if store.feedback.knows(profile) or store.playlists.all(profile):
            return None
        profiles = store.feedback.profiles()
    except StoreError:
        return None  # the command itself says what is wrong with the database
    return next(iter(get_close_matches(context.profile, profiles, n=1, cutoff=0.75)), None)

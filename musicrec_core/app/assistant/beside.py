"""Where in a playlist something goes: "Jolene after this one", "that before it"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musicrec_core.app.playlists import lookup
from musicrec_core.folding import fold

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk

_THIS = r"(?:this|that|it|these|the current|the last)\b"
_AFTER = re.compile(
    rf"\b(?:after|behind|following|follow) {_THIS}|\bnext\b|"
    rf"\b(?:when|once|as soon as) {_THIS}.*\b(?:over|ends?|done|finish\w*|through|stops?)\b"
)
_BEFORE = re.compile(rf"\b(?:before|ahead of|in front of) {_THIS}")


def position(talk: Talk, text: str, name: str) -> int | None:
    """Before which position of a playlist; None where that is not said, or of no song in it.

    "This" is what was spoken of last and stands there.
    """
    folded = fold(text)
    after = _AFTER.search(folded) is not None
    if not after and not _BEFORE.search(folded):
        return None
    if talk.context.store.playlists.named(talk.context.profile, name) is None:
        return None
    items = lookup.show(talk.context, name).items
    for ids in reversed(talk.state.mentioned):
        places = [item.position for item in items if item.track.id in ids]
        if places:
            return max(places) + 1 if after else min(places)
    return None

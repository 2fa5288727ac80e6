"""Which act answers which intent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.assistant.acts import about, lists, opinions, playback, playlists, talking

if TYPE_CHECKING:
    from musicrec_core.app.assistant.records import Reply
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Intent, Request

Act = Callable[["Talk", "Request", "Sequence[Chip]"], "Reply"]

ACTS: Mapping[Intent, Act] = {
    "add": playlists.add,
    "remove": playlists.remove,
    "view": playlists.view,
    "clear": playlists.clear,
    "shuffle": playlists.shuffle,
    "like": opinions.like,
    "dislike": opinions.dislike,
    "rate": opinions.rate,
    "recommend": lists.recommend,
    "similar": lists.similar,
    "describe": about.describe,
    "why": about.why,
    "now": playback.now,
    "play": playback.play,
    "pause": playback.control,
    "next": playback.control,
    "repeat": playback.control,
    "undo": talking.undo,
    "help": talking.show_help,
    "none": talking.none,
}


def act(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Do what is asked; MusicRecError where it cannot be done, and nothing was."""
    return ACTS[request.intent](talk, request, chips)

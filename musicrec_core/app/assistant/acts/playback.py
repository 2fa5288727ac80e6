"""now, play, pause, next, repeat: for the player of the front end; the command line has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import naming, places, references
from musicrec_core.app.assistant.acts import lists
from musicrec_core.app.assistant.records import Reply, UnclearError

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Request

SILENT = "Nothing is playing here"
SCREENS = "songs are played in the screens: `musicrec`"
_NAMES = frozenset(("artist", "album", "track", "playlist", "unknown"))


def now(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """What plays; of a song that was spoken of, what it is."""
    before = places.position(request)[0] == "previous"
    spoken_of = references.pointed_at(talk, request) if before else talk.focus
    if len(spoken_of) != 1:
        return Reply(f"{SILENT}.")
    (track,) = spoken_of
    talk.keep(talk.state.mentioning([track]))
    album = f", from {track.album}" if track.album else ""
    return Reply(
        f"{SILENT}. Spoken of {'before' if before else 'last'}: {track.label}{album}.",
        tracks=(track,),
    )


def control(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Pausing, skipping and repeating need something that plays."""
    if request.intent == "next":
        try:
            named = naming.songs(talk, request, whole=True)
        except UnclearError as error:
            named = list(error.tracks)
        if named:
            return play(talk, request, chips)
    if talk.plays and request.intent == "next":
        return Reply("On to the next song.", player="next")
    if talk.plays and request.intent == "pause":
        return Reply("Paused.", player="pause")
    return Reply(f"{SILENT}: {SCREENS}.", done=False)


def play(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Find what is to be heard, so that it can be added or liked; it cannot be heard from here."""
    if any(chip.kind not in _NAMES for chip in chips):
        shown = lists.recommend(talk, request, chips)
        if talk.plays:
            return replace(shown, player="play" if shown.tracks else None)
        return Reply(f"{shown.text} {SCREENS.capitalize()}.", False, tracks=shown.tracks)
    tracks = naming.songs(talk, request, whole=True) or references.pointed_at(talk, request)
    if not tracks and talk.plays:
        return Reply("Going on.", player="resume")
    if not tracks:
        return Reply(f"{SILENT}: {SCREENS}.", done=False)
    talk.keep(talk.state.mentioning(tracks) if len(tracks) == 1 else talk.state.showing(tracks))
    if talk.plays:
        return Reply(f"Playing {tracks[0].label}.", tracks=tuple(tracks), player="play")
    return Reply(f"Found {tracks[0].label}, but {SCREENS}.", False, tracks=tuple(tracks))

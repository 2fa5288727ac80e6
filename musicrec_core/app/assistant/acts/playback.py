"""now, play, pause, next, repeat: for the player of the front end, where there is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import naming, places, references
from musicrec_core.app.assistant.acts import lists
from musicrec_core.app.assistant.records import (
    PLAYER_ACTS,
    TAKING_BACK,
    PlayerAct,
    Reply,
    UnclearError,
)
from musicrec_core.folding import fold

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Request

SILENT = "Nothing is playing here"
SCREENS = "songs are played in the screens (`musicrec`), or by MPD where it runs"
_NAMES = frozenset(("artist", "album", "track", "playlist", "unknown"))
_OFF = re.compile(r"\b(off|stop|dont|don't|not|no more|without|end|disable|un\w+)\b")
_GOING_ON = re.compile(
    r"^((please|ok|okay|now|and|you can|can you) )*"
    r"(go on|carry on|continue|resume|unpause|keep (going|playing)|play on|go ahead)\b"
    r"(?! (and|to)\b)"
)
_SAID: dict[PlayerAct, str] = {
    "pause": "Paused; “go on” plays on.",
    "resume": "Going on.",
    "next": "On to the next song.",
    "repeat": "This song is repeated; “undo” ends that.",
    "unrepeat": "Nothing is repeated any more.",
    "shuffle": "What comes next is mixed; “undo” takes it back.",
    "unshuffle": "Songs come in their order again.",
}


def now(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:  # noqa: ARG001
    """What plays; where nothing does, of a song that was spoken of, what it is."""
    before = places.position(request)[0] == "previous"
    if talk.player is not None and talk.player.track is not None and not before:
        track = talk.player.track
        talk.keep(talk.state.mentioning([track]))
        album = f", from {track.album}" if track.album else ""
        return Reply(f"That is {track.label}{album}.", tracks=(track,))
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
    acts: dict[str, PlayerAct] = {"next": "next", "pause": "pause", "repeat": "repeat"}
    act = acts[request.intent]
    if act == "repeat" and _OFF.search(fold(request.text)):
        act = "unrepeat"
    return done(talk, act)


def mix(talk: Talk, request: Request) -> Reply:
    """Mix what the player plays next."""
    return done(talk, "unshuffle" if _OFF.search(fold(request.text)) else "shuffle")


def done(talk: Talk, act: PlayerAct) -> Reply:
    """Let the player do it, as a step that can be taken back."""
    if talk.player is None:
        return Reply(f"{SILENT}: {SCREENS}.", done=False)
    sentence = _SAID[act]
    talk.keep(talk.state, sentence.split(";")[0].rstrip("."), [_taking_back(act)])
    return Reply(sentence, player=act)


def _taking_back(act: PlayerAct) -> tuple[str, int]:
    return "player", PLAYER_ACTS.index(TAKING_BACK[act])


def play(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Find what is to be heard and let it be played, where there is a player."""
    if any(chip.kind not in _NAMES for chip in chips):
        shown = lists.recommend(talk, request, chips)
        if talk.player is not None:
            return replace(shown, player="play" if shown.tracks else None)
        return Reply(f"{shown.text} {SCREENS.capitalize()}.", False, tracks=shown.tracks)
    if _GOING_ON.search(fold(request.text)):
        return done(talk, "resume")
    tracks = naming.songs(talk, request, whole=True) or references.pointed_at(talk, request)
    if not tracks:
        return done(talk, "resume")
    state = talk.state.mentioning(tracks) if len(tracks) == 1 else talk.state.showing(tracks)
    if talk.player is None:
        talk.keep(state)
        return Reply(f"Found {tracks[0].label}, but {SCREENS}.", False, tracks=tuple(tracks))
    talk.keep(state, f"Playing {tracks[0].label}", [_taking_back("play")])
    return Reply(f"Playing {tracks[0].label}.", tracks=tuple(tracks), player="play")

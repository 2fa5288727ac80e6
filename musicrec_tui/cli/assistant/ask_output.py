"""Answers of ask, and how a talk stands, as JSON and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from musicrec_tui.cli.common import echo, track_json, track_lines
from musicrec_tui.cli.lists.chips import chip_json, chip_text
from musicrec_tui.cli.terminal import columns, echo_inked, ink

if TYPE_CHECKING:
    from musicrec_core.app.results import (
        Description,
        Request,
        SlotValue,
        TalkAnswer,
        TalkShown,
        Understanding,
    )
    from musicrec_core.records import Track

PLACE_CELLS = 5


def understanding_json(understanding: Understanding) -> dict[str, object]:
    """What was understood."""
    return {
        "intent": understanding.intent,
        "confidence": round(understanding.confidence, 4),
        "slots": _slots(understanding.slots),
        "further": [_request(request) for request in understanding.further],
        "chips": [chip_json(chip) for chip in understanding.chips],
    } | answered_by_json(understanding)


def answered_by_json(answer: Understanding | Description) -> dict[str, object]:
    """Which path answered, where a language model is on."""
    if not answer.answered_by:
        return {}
    return {"answered_by": answer.answered_by, "fallback": answer.fallback or None}


def understanding_text(understanding: Understanding) -> str:
    """The same in a few words."""
    asked = [understanding.intent, *(request.intent for request in understanding.further)]
    chips = [chip_text(chip) for chip in understanding.chips]
    slots = [f"{name} {value}" for name, value in _slots(understanding.slots).items()]
    return "; ".join((" and ".join(asked), *slots, *chips))


def answer_json(answer: TalkAnswer) -> dict[str, object]:
    """What was understood and what came of it."""
    return understanding_json(answer.understanding) | {
        "reply": answer.text,
        "done": answer.done,
        "changed": [asdict(change) for change in answer.changed],
        "tracks": [track_json(track) for track in answer.tracks],
        "choices": [track_json(track) for track in answer.choices],
    }


def echo_answer(answer: TalkAnswer, *, err: bool) -> None:
    """Each reply, then what is shown, numbered so that it can be spoken of."""
    for reply in answer.replies:
        echo(f"musicrec: {reply.text}" if err else reply.text, err=err)
        shown = reply.choices or (reply.tracks if len(reply.tracks) > 1 else ())
        _echo_tracks(shown, err=err)


def _echo_tracks(tracks: Sequence[Track], *, err: bool) -> None:
    if err:
        for place, track in enumerate(tracks, 1):
            echo(f"{place:3}  {track.label}", err=True)
        return
    for place, line in enumerate(track_lines(tracks, columns() - PLACE_CELLS), 1):
        echo_inked(ink(f"{place:3}  ", "quiet"), line)


def state_json(state: TalkShown) -> dict[str, object]:
    """How a talk stands."""
    return {
        "playlist": state.playlist,
        "listed": [track_json(track) for track in state.listed],
        "mentioned": [track_json(track) for track in state.mentioned],
        "wishes": [turn.user for turn in state.turns],
        "chips": [chip_json(chip) for chip in state.chips],
        "without": list(state.without),
        "like": [track_json(track) for track in state.like],
        "undo": state.undo,
    }


def echo_state(state: TalkShown) -> None:
    """The same in lines."""
    echo(f"playlist: {state.playlist}")
    lines = {
        "wishes": "; ".join(turn.user for turn in state.turns),
        "in force": "; ".join(chip_text(chip) for chip in state.chips),
        "without": ", ".join(state.without),
        "like": ", ".join(track.label for track in state.like),
        "spoken of": ", ".join(track.label for track in state.mentioned[:3]),
        "undo takes back": state.undo or "",
    }
    for name, text in lines.items():
        if text:
            echo(f"{name}: {text}")
    if state.listed:
        echo("shown last:")
        _echo_tracks(state.listed, err=False)


def _request(request: Request) -> dict[str, object]:
    return {
        "intent": request.intent,
        "confidence": round(request.confidence, 4),
        "slots": _slots(request.slots),
    }


def _slots(slots: Mapping[str, SlotValue]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in slots.items()
    }

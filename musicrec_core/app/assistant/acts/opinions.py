"""like, dislike, rate: opinions about songs that are named or pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import naming, references
from musicrec_core.app.assistant.records import Reply, TalkChange, UnclearError
from musicrec_core.app.assistant.talk import A_HANDFUL
from musicrec_core.app.feedback import record
from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import KINDS
from musicrec_core.text import count

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Request
    from musicrec_core.records import FeedbackKind, Track

_OF_MUSIC = frozenset(("genre", "mood", "era", "year", "voice", "language", "instrument"))


def like(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """More of these."""
    return _judged(talk, request, chips, "like")


def dislike(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Never again."""
    return _judged(talk, request, chips, "dislike")


def rate(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """So many stars."""
    stars = request.slots.get("number")
    if isinstance(stars, tuple):
        stars = stars[-1]
    if not isinstance(stars, int):
        raise MusicRecError("how many stars, 1 to 5? As in “give it four stars”")
    return _judged(talk, request, chips, "rating", float(stars))


def _judged(
    talk: Talk, request: Request, chips: Sequence[Chip], kind: FeedbackKind,
    value: float | None = None,
) -> Reply:  # fmt: skip
    tracks = _meant(talk, request, chips)
    past = KINDS[kind].past_tense + ("" if value is None else f" {value:g}")
    if len(tracks) > A_HANDFUL and not talk.confirm(f"{past}: {count(len(tracks), 'song')}?"):
        raise MusicRecError(f"an opinion about {count(len(tracks), 'song')} needs a yes")
    with talk.context.store.atomic():
        before = talk.context.store.feedback.last_id(talk.context.profile)
        at_s = talk.context.now_s()
        events = [record.record(talk.context, t, kind, value, "cli", at_s) for t in tracks]
        new = [event for event in events if event.feedback_id > before]
        text = f"{past}: {_named(tracks)}"
        acts = [("feedback", event.feedback_id) for event in new]
        talk.keep(talk.state.mentioning(tracks), text if new else "", acts)
    if not new:
        return Reply(f"That stands already: {past} {_named(tracks)}.")
    changed = tuple(TalkChange(kind, f"{past}: {event.track.label}") for event in new)
    return Reply(f"{text[:1].upper()}{text[1:]}; “undo” takes it back.", True, changed)


def _meant(talk: Talk, request: Request, chips: Sequence[Chip]) -> list[Track]:
    """The songs of an opinion."""
    named = naming.songs(talk, request, whole=False, chips=chips)
    if named:
        return named
    pointed = references.pointed_at(talk, request)
    if not pointed and any(chip.kind in _OF_MUSIC for chip in chips):
        raise UnclearError("an opinion is about a song: name one, or ask for songs like that")
    return pointed or references.one_pointed_at(talk, request)


def _named(tracks: Sequence[Track]) -> str:
    return tracks[0].label if len(tracks) == 1 else ", ".join(t.label for t in tracks[:3]) + (
        f" and {len(tracks) - 3} more" if len(tracks) > 3 else ""
    )  # fmt: skip

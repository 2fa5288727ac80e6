"""describe, why: what is known of a song, and what its score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import naming, references
from musicrec_core.app.assistant.records import Reply
from musicrec_core.app.describe import ask as descriptions
from musicrec_core.app.lists import explain

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Request
    from musicrec_core.records import Track

REASONS = 3


def describe(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """A song in a few sentences."""
    track = _song(talk, request, chips)
    text = descriptions.describe(talk.context, str(track.id), "song").text
    talk.keep(talk.state.mentioning([track]))
    return Reply(text, tracks=(track,))


def why(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Why a song has its score, or what keeps it out of lists."""
    track = _song(talk, request, chips)
    explanation = explain.explain(talk.context, str(track.id))
    talk.keep(talk.state.mentioning([track]))
    if explanation.excluded_by:
        return Reply(f"{track.label} is left out of lists: {explanation.excluded_by}.",
                     tracks=(track,))  # fmt: skip
    reasons = "; ".join(reason.text for reason in explanation.reasons[:REASONS])
    scored = f"{track.label} has a score of {explanation.score:.2f}"
    return Reply(f"{scored}: {reasons or 'no reason stands out'}.", tracks=(track,))


def _song(talk: Talk, request: Request, chips: Sequence[Chip]) -> Track:
    named = naming.songs(talk, request, whole=False, chips=chips)
    return (named or references.one_pointed_at(talk, request))[0]

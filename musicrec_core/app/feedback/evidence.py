"""What a person's feedback says of taste, and how much."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.feedback_kinds import KINDS, LISTENED
from musicrec_core.records import Feedback, FeedbackKind, Track
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.feedback.songs import SongFeedback
    from musicrec_core.recommender.data.dataset import Catalogue, History


# A play or skip says far less than a like. Nobody tested these two weights on a person's own
# feedback yet; they only order the evidence.
PLAYED_TO_THE_END = 0.3


SKIPPED_AT_ONCE = -0.4


# Leaving a long track after minutes is no verdict: a skip counts in full at the start and
# nothing any more after this many seconds.
SKIP_FADES_AFTER_S = 90.0


def counts(context: Context) -> dict[str, int]:
    """Events in force by kind."""
    by_kind = Counter(event.kind for event in songs.in_force(context).events)
    return {kind: by_kind[kind] for kind in KINDS}


def opinions(context: Context) -> dict[int, FeedbackKind]:
    """`like` or `dislike` in force, by the id of every track that it speaks of."""
    return {track_id: e.kind for track_id, e in songs.in_force(context).opinions.items()}


def evidence(kind: FeedbackKind, value: float | None, duration_s: float | None) -> float:
    """How much an event says for (positive) or against a song, in [-1, 1]."""
    worth = KINDS[kind].worth
    if worth is not None:
        return worth
    if kind == "rating":
        return ((value or 3.0) - 3.0) / 2.0
    heard_s = max(value or 0.0, 0.0)
    if kind == "skip":
        return SKIPPED_AT_ONCE * max(0.0, 1.0 - heard_s / SKIP_FADES_AFTER_S)
    share = 1.0 if value is None or not duration_s else min(heard_s / duration_s, 1.0)
    return PLAYED_TO_THE_END * share


def history(context: Context, catalogue: Catalogue) -> History:
    """This person's events on recordings of the catalogue, fading as the model in use learned.

    An event counts once: on its own recording, or on another of the song where that one is gone.
    """
    import numpy as np

    from musicrec_core.recommender.data.dataset import History

    events, row_of = placed(songs.in_force(context), catalogue)
    lengths = {t.id: t.duration_s for t in _tracks_of(context, events)}
    now_s = context.now_s()
    return History(
        rows=np.array([row_of[e.id] for e in events], dtype=np.int64),
        values=np.array(
            [evidence(e.kind, e.value, lengths.get(e.track_id)) for e in events], dtype=np.float32
        ),
        ratings=np.array(
            [e.value if e.kind == "rating" else np.nan for e in events], dtype=np.float32
        ),
        ages_days=np.array([max(now_s - e.at_s, 0.0) / DAY_S for e in events], dtype=np.float32),
        half_life_days=context.registry.current_info().half_life_days or math.inf,
    )


def placed(feedback: SongFeedback, catalogue: Catalogue) -> tuple[list[Feedback], dict[int, int]]:
    """Events whose song is in the catalogue, and the row of each by its id."""
    speaks_of = {e.id: (e.track_id, *feedback.others.get(e.track_id, ())) for e in feedback.events}
    row_of = catalogue.row_of({track_id for ids in speaks_of.values() for track_id in ids})
    rows = {
        event_id: next((row_of[track_id] for track_id in ids if track_id in row_of), None)
        for event_id, ids in speaks_of.items()
    }
    there = {event_id: row for event_id, row in rows.items() if row is not None}
    return [e for e in feedback.events if e.id in there], there


def _tracks_of(context: Context, events: Sequence[Feedback]) -> list[Track]:
    """Only plays and skips need their track's length."""
    ids = [e.track_id for e in events if e.kind in LISTENED]
    return list(context.store.files.tracks(ids).values())

"""What a person's feedback says of taste, and how much."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import privacy, songs
from musicrec_core.feedback_kinds import KINDS, LISTENED, MIDDLE_STARS
from musicrec_core.records import Feedback, FeedbackKind, Track
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from musicrec_core.app.feedback.songs import SongFeedback
    from musicrec_core.recommender.data import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray


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
        return ((value or MIDDLE_STARS) - MIDDLE_STARS) / 2.0
    heard_s = max(value or 0.0, 0.0)
    if kind == "skip":
        return SKIPPED_AT_ONCE * max(0.0, 1.0 - heard_s / SKIP_FADES_AFTER_S)
    share = 1.0 if value is None or not duration_s else min(heard_s / duration_s, 1.0)
    return PLAYED_TO_THE_END * share


@dataclass(frozen=True, slots=True)
class PlacedFeedback:
    """The e events whose song is in a catalogue, in the order in which they arrived.

    rows: int64 [e], rows of the catalogue. values: float32 [e] in [-1, 1], what each says for or
    against its song. ratings: float32 [e], NaN where not rated. at_s: float64 [e].
    """

    events: tuple[Feedback, ...]
    rows: IntArray
    values: FloatArray
    ratings: FloatArray
    at_s: FloatArray

    def only(self, which: NDArray[np.bool_]) -> PlacedFeedback:
        """Those of the events, bool [e]."""
        events = tuple(event for event, one in zip(self.events, which, strict=True) if one)
        return PlacedFeedback(
            events, self.rows[which], self.values[which], self.ratings[which], self.at_s[which]
        )


def history(context: Context, catalogue: Catalogue) -> History:
    """This person's events on recordings of the catalogue, fading as the model in use learned.

    An event counts once: on its own recording, or on another of the song where that one is gone.
    """
    import numpy as np

    from musicrec_core.recommender.data import History

    feedback = placed(context, catalogue)
    counts = privacy.counts(context, catalogue)
    if counts is not None:
        feedback = feedback.only(counts[feedback.rows])
    ages_s = np.maximum(context.now_s() - feedback.at_s, 0.0)
    return History(
        rows=feedback.rows,
        values=feedback.values,
        ratings=feedback.ratings,
        ages_days=(ages_s / DAY_S).astype(np.float32),
        half_life_days=context.registry.current_info().half_life_days or math.inf,
    )


def placed(context: Context, catalogue: Catalogue) -> PlacedFeedback:
    """This person's events on recordings of the catalogue; kept while neither changes."""
    feedback, cached = songs.in_force(context), context.placed_feedback
    if cached is None or cached[0] is not feedback or cached[1] is not catalogue:
        cached = (feedback, catalogue, _placed(context, feedback, catalogue))
        context.placed_feedback = cached
    return cached[2]


def _placed(context: Context, feedback: SongFeedback, catalogue: Catalogue) -> PlacedFeedback:
    import numpy as np

    others = feedback.others
    speaks_of = {e.track_id: (e.track_id, *others.get(e.track_id, ())) for e in feedback.events}
    row_of = catalogue.row_of({track_id for ids in speaks_of.values() for track_id in ids})
    there = {
        track_id: next((row_of[id_] for id_ in ids if id_ in row_of), None)
        for track_id, ids in speaks_of.items()
    }
    events = tuple(e for e in feedback.events if there[e.track_id] is not None)
    lengths = {t.id: t.duration_s for t in _tracks_of(context, events)}
    values = [evidence(e.kind, e.value, lengths.get(e.track_id)) for e in events]
    ratings = [e.value if e.kind == "rating" else None for e in events]
    return PlacedFeedback(
        events,
        np.array([there[e.track_id] for e in events], dtype=np.int64),
        np.array(values, dtype=np.float32),
        np.array(ratings, dtype=np.float32),
        np.array([e.at_s for e in events], dtype=np.float64),
    )


def _tracks_of(context: Context, events: Sequence[Feedback]) -> list[Track]:
    """Only plays and skips need their track's length."""
    ids = [e.track_id for e in events if e.kind in LISTENED]
    return list(context.store.tracks.by_id(ids).values())

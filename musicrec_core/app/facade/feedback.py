"""Feedback: what a person said and did."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.feedback import evidence, profiles, record
from musicrec_core.app.results import Recorded
from musicrec_core.records import FeedbackKind, FeedbackSource, PlayEnd, Track


class FeedbackPart(FacadePart):
    """Likes, dislikes, ratings, skips and plays of this profile; learning from them is models'."""

    __slots__ = ()

    def record(
        self,
        track: Track,
        kind: FeedbackKind,
        *,
        value: float | None = None,
        source: FeedbackSource = "cli",
        ended: PlayEnd | None = None,
    ) -> Recorded:
        """Append a like, dislike, rating (value 1 to 5), skip or play (value seconds).

        ended: how a song that was played came to its end.
        """
        return record.record(self._context, track, kind, value, source, ended=ended)

    def record_together(
        self, tracks: Sequence[Track], kind: FeedbackKind, source: FeedbackSource = "cli"
    ) -> list[Recorded]:
        """Append a like or dislike of several songs that `undo_together` takes back at once."""
        return record.record_together(self._context, tracks, kind, source)

    def opinions(self) -> dict[int, FeedbackKind]:
        """`like` or `dislike` by track id, where one is in force."""
        return evidence.opinions(self._context)

    def undo(self, source: FeedbackSource = "cli") -> Recorded | None:
        """Take back the newest event in force; None when there is nothing to undo."""
        return record.undo(self._context, source)

    def undo_together(self, source: FeedbackSource = "cli") -> list[Recorded]:
        """Take back the newest event in force and what was said together with it."""
        return record.undo_together(self._context, source)

    def similar_profile(self) -> str | None:
        """The profile that was probably meant, where this one is new; else None."""
        return profiles.probably_meant(self._context)

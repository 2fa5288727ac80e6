"""Feedback: what a person said and did."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.feedback import evidence, forget, privacy, profiles, record
from musicrec_core.app.results import Recorded
from musicrec_core.records import Ban, BanKind, FeedbackKind, FeedbackSource, PlayEnd, Track


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

    def given(self, since: str, until: str | None = None) -> list[Recorded]:
        """What was said and done in a span of time, in words such as `yesterday 20:00`."""
        return forget.listed(self._context, since, until)

    def forget(
        self, since: str, until: str | None = None, source: FeedbackSource = "cli"
    ) -> list[Recorded]:
        """Take all of that back."""
        return forget.forget(self._context, since, until, source)

    @property
    def incognito(self) -> bool:
        """Whether nothing counts now: plays, skips and lists are not remembered."""
        return privacy.is_incognito(self._context)

    def set_incognito(self, *, on: bool) -> None:
        """Let nothing count from now on, or all again."""
        privacy.set_incognito(self._context, on=on)

    def apart(self) -> list[Ban]:
        """Artists, albums, genres and folders that say nothing of this person's taste."""
        return privacy.apart(self._context)

    def keep_apart(self, kind: BanKind, value: str) -> Ban:
        """Let what is said of it and heard of it say nothing of the taste."""
        return privacy.keep_apart(self._context, kind, value)

    def take_in(self, kind: BanKind, value: str) -> Ban:
        """Let it count again; MusicRecError where it was not kept apart."""
        return privacy.take_in(self._context, kind, value)

    def similar_profile(self) -> str | None:
        """The profile that was probably meant, where this one is new; else None."""
        return profiles.probably_meant(self._context)

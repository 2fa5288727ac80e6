"""Opinions: shown wherever the song stands, taken down, taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from musicrec_core.app.playback.listened import Listened
from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.screens import messages
from musicrec_tui.screens.library_watch import Announcement, LibraryWatch
from musicrec_tui.screens.page import Page, PageContext

WAY_BACK = "u takes it back"


class Opinions:
    """Takes opinions down by the desk. `pages`: those opened so far. `tell`: a line in the corner.

    spawn: lets something go on under a name, beside others of that name.
    """

    def __init__(
        self,
        context: PageContext,
        watch: LibraryWatch,
        pages: Callable[[], Sequence[Page]],
        tell: Callable[[str], None],
        spawn: Callable[[str, Callable[[], Awaitable[None]]], object],
    ) -> None:
        self._context = context
        self._watch = watch
        self._pages = pages
        self._tell = tell
        self._spawn = spawn

    def say(self, tracks: Sequence[Track], kind: FeedbackKind) -> Sequence[Track]:
        """Show an opinion wherever the songs stand, and take it down; returns where it is new."""
        new = [track for track in tracks if self._watch.opinions.get(track.id) != kind]
        if not new:
            self._tell(f"{messages.SAID[kind]} already: {messages.songs(tracks)}")
            return new
        for track in new:
            self._watch.opinions[track.id] = kind
            for page in self._pages():
                page.mark(track, kind)
        self._spawn("feedback", partial(self._record, new, kind))
        return new

    def heard(self, listened: Listened) -> None:
        """What was listened to is feedback too."""
        if listened.verdict == "skip":
            self._tell(messages.skipped(listened))
        self._spawn("feedback", partial(self._record_heard, listened))

    def undo(self) -> None:
        """Take back the last act."""
        self._spawn("feedback", self._undo)

    async def _record(self, tracks: Sequence[Track], kind: FeedbackKind) -> None:
        self._watch.begin()
        if len(tracks) == 1:
            await self._context.desk.ask(lambda m: m.feedback.record(tracks[0], kind, source="tui"))
        else:
            await self._context.desk.ask(
                lambda m: m.feedback.record_together(tracks, kind, source="tui")
            )
        self._rows_changed()
        self._watch.refresh(
            Announcement(f"{messages.SAID[kind]} {messages.songs(tracks)}", WAY_BACK)
        )

    async def _record_heard(self, listened: Listened) -> None:
        self._watch.begin()
        await self._context.desk.ask(lambda m: m.feedback.record(
            listened.track, listened.verdict, value=listened.seconds, source="tui",
            ended=listened.ended,
        ))  # fmt: skip
        self._rows_changed()
        self._watch.refresh()

    async def _undo(self) -> None:
        self._watch.begin()
        given = await self._context.desk.ask(lambda m: m.feedback.undo_together(source="tui"))
        if not given:
            self._tell("There is nothing to undo")
            self._watch.refresh()
            return
        for one in given:
            self._watch.opinions.pop(one.track.id, None)
        self._rows_changed()
        restored = given[0].track if given[0].undone == "dislike" else None
        self._watch.refresh(
            Announcement(messages.undone(given), restored=restored, takes_back=True)
        )

    def _rows_changed(self) -> None:
        for page in self._pages():
            page.rows_changed()

"""Pages with a list of songs, and the keys that act on them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens import messages
from musicrec_tui.screens.page import Page
from musicrec_tui.widgets.virtual_table import VirtualTable


class SongPage(Page):
    """A page with a list of songs, and keys that act on those marked, else the highlighted one."""

    class Opinion(Message):
        """The songs that were meant are liked or disliked."""

        def __init__(self, tracks: Sequence[Track], kind: FeedbackKind) -> None:
            super().__init__()
            self.tracks = tracks
            self.kind = kind

    class Play(Message):
        """The highlighted song shall play, and then those below it."""

        def __init__(self, track: Track, following: Sequence[Track]) -> None:
            super().__init__()
            self.track = track
            self.following = following

    class Enqueue(Message):
        """Songs shall play later: at the queue's end, or soon."""

        def __init__(self, tracks: Sequence[Track], *, soon: bool) -> None:
            super().__init__()
            self.tracks = tracks
            self.soon = soon

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "l", "say('like')", "Like", id="song.like",
            tooltip="like the highlighted song, or all that are marked",
        ),
        Binding(
            "d", "say('dislike')", "Dislike", id="song.dislike",
            tooltip="dislike it; it is not recommended again",
        ),
        Binding("e", "explain", "Why", id="song.explain", tooltip="explain the song's score"),
        Binding(
            "p", "play", "Play this song", show=False, id="song.play",
            tooltip="play the highlighted song now, and those below it",
        ),
        Binding(
            "a", "enqueue(False)", "Queue", show=False, id="song.queue",
            tooltip="add the highlighted song to the end of the queue",
        ),
        Binding(
            "A", "enqueue(True)", "Play next", show=False, id="song.next",
            tooltip="play the highlighted song after the one that plays",
        ),
        Binding(
            "P", "add_to_playlist", "Add to playlist", show=False, id="song.playlist",
            tooltip="add the highlighted song to a playlist",
        ),
    ]  # fmt: skip

    @property
    @abstractmethod
    def table(self) -> VirtualTable:
        """The list."""

    @property
    @abstractmethod
    def current(self) -> Track | None:
        """The highlighted song."""

    @abstractmethod
    def following(self) -> list[Track]:
        """The songs below the cursor."""

    def take_focus(self) -> None:
        """The list has the keys."""
        self.table.focus()

    @property
    def gone(self) -> bool:
        """Whether the screen was closed, which may be while a worker waits for an answer."""
        return not self.query(VirtualTable)

    def action_say(self, kind: FeedbackKind) -> None:
        """Like or dislike the songs that are meant."""
        self._act(lambda tracks: self.post_message(self.Opinion(tracks, kind)))

    def action_play(self) -> None:
        """Play the highlighted song."""
        track = self.current
        if track is not None:
            self.table.touched = True
            self.post_message(self.Play(track, self.following()))

    def action_enqueue(self, soon: bool) -> None:
        """Play the songs that are meant later."""
        self._act(lambda tracks: self.post_message(self.Enqueue(tracks, soon=soon)))

    def action_add_to_playlist(self) -> None:
        """Add the songs that are meant to a playlist."""
        self._act(self._ask_for_playlist)

    def _act(self, act: Callable[[Sequence[Track]], object]) -> None:
        """Act on the songs marked, and let go of them; else on the current one."""
        marked, track = self.table.marks.ids, self.current
        if marked:
            self.table.touched = True
            self.table.let_go()
            self._act_on(marked, act)
        elif track is not None:
            self.table.touched = True
            act([track])

    @work(group="marked")
    async def _act_on(
        self, track_ids: Sequence[int], act: Callable[[Sequence[Track]], object]
    ) -> None:
        with notify_errors(self):
            by_id = await self.context.reader.ask(lambda m: m.library.tracks(track_ids))
            act([by_id[i] for i in track_ids if i in by_id])

    @work(exclusive=True, group="dialog")
    async def _ask_for_playlist(self, tracks: Sequence[Track]) -> None:
        """Ask which one, and add the songs to its end."""
        from musicrec_tui.screens.dialogs.pick_playlist import PickPlaylistScreen

        with notify_errors(self):
            lists = await self.context.reader.ask(lambda m: m.playlists.all())
            asked = PickPlaylistScreen(
                f"Add {messages.songs(tracks)} to", [one.name for one in lists]
            )
            name = await self.app.push_screen_wait(asked)
            if name is None:
                return
            done = await self.context.desk.ask(lambda m: m.playlists.add(name, list(tracks)))
            again = ", which held it already" if done.repeated else ""
            tell(self, f"{done.description[:1].upper()}{done.description[1:]}{again}")
            self.post_message(self.PlaylistsChanged())

    def let_go(self) -> bool:
        """Mark nothing any more; whether anything was marked."""
        had = [table.let_go() for table in self.query(VirtualTable)]
        return any(had)

    def on_virtual_table_marked(self, event: VirtualTable.Marked) -> None:
        """Say what can be done with what is marked."""
        event.stop()
        if event.count == 1:
            tell(self, "Marked: l d a A P act on all that is marked, escape lets go")
        elif event.count == event.table.row_count:
            tell(self, f"All {event.count} marked: l d a A P act on them, escape lets go")

    def action_explain(self) -> None:
        """Explain the highlighted song."""
        track = self.current
        if track is not None:
            self._explain_song(track)

    @work(exclusive=True, group="dialog")
    async def _explain_song(self, track: Track) -> None:
        from musicrec_tui.screens.dialogs.explanation import ExplanationScreen

        with notify_errors(self):
            explanation = await self.context.desk.ask(lambda m: m.lists.explain(track.path))
            self.app.push_screen(ExplanationScreen(explanation))

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter was pressed."""
        event.stop()
        self.choose()

    def choose(self) -> None:
        """What enter does with the highlighted song: it explains."""
        self.action_explain()

"""What all pages have in common, and what those with a list of songs have."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.jobs import Job
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.snapshot import OnShow
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.now_playing import NowPlaying
from musicrec_tui.widgets.virtual_table import VirtualTable


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page works with. `reader` answers quickly; `desk` thinks and takes feedback down."""

    session: Session
    reader: FacadeThread
    desk: FacadeThread


class Page(Container):
    """A page of the main screen. It is mounted when first shown and stays, hidden, afterwards."""

    class RunJob(Message):
        """Long work shall start."""

        def __init__(self, job: Job) -> None:
            super().__init__()
            self.job = job

    class LibraryChanged(Message):
        """Something was changed that every page shows: look again."""

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.context = context

    def library_changed(self, seen: OnShow) -> None:
        """The library, its scores or the opinions are now so; called first after mounting."""

    def songs_changed(self) -> None:
        """Songs came, went or were retagged."""

    def queue_changed(self, playing: NowPlaying) -> None:
        """The queue is another one, or stands elsewhere; called first after mounting."""

    def playlists_changed(self) -> None:
        """A playlist was changed from elsewhere."""

    def rows_changed(self) -> None:
        """Something was said of a song; the songs and their order did not change."""

    def job_changed(self, job_bar: JobBar) -> None:
        """Long work began, went on or ended; called first after mounting."""

    def mark(self, track: Track, opinion: FeedbackKind) -> None:
        """An opinion was just given: show it before `library_changed` follows."""

    def say_when_empty(self, no_songs: str) -> None:
        """Why the library holds no song at all; empty text where it does."""

    def take_focus(self) -> None:
        """The page was opened: give the keys to what is mostly used on it."""
        self.screen.set_focus(next((w for w in self.query("*") if w.focusable), None))

    def back(self) -> bool:
        """Escape was pressed: whether there was something to go back from."""
        return False

    @property
    def gone(self) -> bool:
        """Whether the screen was closed, which may be while a worker waits for an answer."""
        return not self.is_attached


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

    class AddToPlaylist(Message):
        """Songs shall be added to a playlist that is asked for."""

        def __init__(self, tracks: Sequence[Track]) -> None:
            super().__init__()
            self.tracks = tracks

    class Explain(Message):
        """Why the highlighted song has its score."""

        def __init__(self, track: Track) -> None:
            super().__init__()
            self.track = track

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
        self._act(lambda tracks: self.Opinion(tracks, kind))

    def action_play(self) -> None:
        """Play the highlighted song."""
        track = self.current
        if track is not None:
            self.table.touched = True
            self.post_message(self.Play(track, self.following()))

    def action_enqueue(self, soon: bool) -> None:
        """Play the songs that are meant later."""
        self._act(lambda tracks: self.Enqueue(tracks, soon=soon))

    def action_add_to_playlist(self) -> None:
        """Add the songs that are meant to a playlist."""
        self._act(self.AddToPlaylist)

    def _act(self, message: Callable[[Sequence[Track]], Message]) -> None:
        """Send a message about the songs marked, and let go of them; else about the current one."""
        marked, track = self.table.marks.ids, self.current
        if marked:
            self.table.touched = True
            self.table.let_go()
            self._act_on(marked, message)
        elif track is not None:
            self.table.touched = True
            self.post_message(message([track]))

    @work(group="marked")
    async def _act_on(
        self, track_ids: Sequence[int], message: Callable[[Sequence[Track]], Message]
    ) -> None:
        with notify_errors(self):
            by_id = await self.context.reader.ask(lambda m: m.library.tracks(track_ids))
            self.post_message(message([by_id[i] for i in track_ids if i in by_id]))

    def let_go(self) -> bool:
        """Mark nothing any more; whether anything was marked."""
        had = [table.let_go() for table in self.query(VirtualTable)]
        return any(had)

    def on_virtual_table_marked(self, event: VirtualTable.Marked) -> None:
        """Say what can be done with what is marked."""
        event.stop()
        if event.count == 1:
            tell(self, "Marked: l d a A P act on all that is marked, escape lets go")

    def action_explain(self) -> None:
        """Explain the highlighted song."""
        track = self.current
        if track is not None:
            self.post_message(self.Explain(track))

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter was pressed."""
        event.stop()
        self.choose()

    def choose(self) -> None:
        """What enter does with the highlighted song: it explains."""
        self.action_explain()

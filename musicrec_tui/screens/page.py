"""What all pages have in common."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import Container
from textual.message import Message

from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.jobs import Job
from musicrec_tui.playback import Playback
from musicrec_tui.screens.snapshot import OnShow
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.job_bar import JobBar


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

    class PlaylistsChanged(Message):
        """A playlist was changed."""

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.context = context

    def library_changed(self, seen: OnShow) -> None:
        """The library, its scores or the opinions are now so; called first after mounting."""

    def songs_changed(self) -> None:
        """Songs came, went or were retagged."""

    def queue_changed(self, playing: Playback) -> None:
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

"""The main screen: its pages, and what reaches the library from any of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.widgets import Input, Static

from musicrec_core.players import Player
from musicrec_core.records import FeedbackKind, Track
from musicrec_core.text import count
from musicrec_tui import jobs, keys
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.playback import Playback
from musicrec_tui.screens import messages
from musicrec_tui.screens.for_you.page import ForYou
from musicrec_tui.screens.key_list import named
from musicrec_tui.screens.library_watch import Announcement, LibraryWatch
from musicrec_tui.screens.listening import Listening
from musicrec_tui.screens.opinions import Opinions
from musicrec_tui.screens.page import Page
from musicrec_tui.screens.paged import PagedScreen
from musicrec_tui.screens.pages import PAGES
from musicrec_tui.screens.snapshot import OnShow
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.session import Session
from musicrec_tui.widgets.key_line import KeyLine
from musicrec_tui.widgets.now_playing import NowPlaying
from musicrec_tui.widgets.page_bar import PageBar, PageLink

LOOK_EVERY_S = 2.0  # at what other programs said or scanned


class MainScreen(PagedScreen):
    """Holds the pages; takes down what they hear of a song, and shows what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u", "undo", "Undo", id="undo", tooltip="undo the last like, dislike, play or skip"
        ),
        Binding("slash", "search", "Search", id="search", tooltip="search the library"),
        Binding("question_mark", "help", "Help", id="help", tooltip="this list of keys"),
        Binding(
            "ctrl+p,colon", "app.command_palette", "Commands", id="palette", show=False,
            tooltip="find anything that can be done by its name",
        ),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="quit"),
        Binding(
            "H", "history", "Messages", show=False, id="history",
            tooltip="what was said in the corner",
        ),
        Binding("t", "app.next_theme", "Theme", show=False, id="theme", tooltip="other colours"),
        Binding(
            "escape", "back", "Back", show=False, id="back",
            tooltip="leave a search; stop a scan or a training: what was done is kept",
        ),
    ]  # fmt: skip
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (170, "-docked")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - as Screen has it

    def __init__(
        self, session: Session, player: Player | None, first_job: jobs.Job | None = None
    ) -> None:
        super().__init__(session, first_job)
        self._session = session
        self.listening = Listening(self.context, player, self.pages, self.job_bar)
        self.library_watch = LibraryWatch(
            self.context, self._show, partial(self._go, exclusive=True),
            lambda: [] if self.gone else self.for_you.staying,
        )  # fmt: skip
        self._opinions = Opinions(
            self.context, self.library_watch, lambda: self.opened, partial(tell, self), self._go
        )

    def _go(
        self, group: str, act: Callable[[], Awaitable[None]], *, exclusive: bool = False
    ) -> None:
        """Let something go on by itself; what the user can mend is told."""
        fenced: Callable[[], Awaitable[None]] = partial(self._fenced, act)
        self.run_worker(fenced, group=group, exclusive=exclusive)

    async def _fenced(self, act: Callable[[], Awaitable[None]]) -> None:
        with notify_errors(self):
            await act()

    def compose(self) -> ComposeResult:
        """Pages by name and a status, then the page and the player, then the keys."""
        with Horizontal(id="top"):
            yield Static("♫ musicrec", id="name", markup=False)
            yield Static(id="status", markup=False)
        with Container(id="body"):
            yield PageBar([PageLink(s.id, named(s.key), s.name) for s in PAGES], id="pages")
            yield self.listening
        yield KeyLine(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the first page, and start what the screen was opened for."""
        self.query_one(PageBar).mark(self.shown_id)
        self.call_after_refresh(self.library_watch.refresh)  # the frame comes before the list
        self.run_first_job()
        self.set_interval(LOOK_EVERY_S, self.look_for_changes)

    def on_unmount(self) -> None:
        """Note what was still playing, then give the database and the player back."""
        self.listening.close()
        for thread in (self.context.desk, self.context.reader, self.library_watch):
            thread.close()

    @property
    def gone(self) -> bool:
        """Whether its pages are being taken away; what threads bring then is for nobody."""
        return not self.opened

    @property
    def for_you(self) -> ForYou:
        """The list for you."""
        return self.page("for-you", ForYou)

    @property
    def playing(self) -> Playback:
        """What plays."""
        return self.listening.playback

    # --- what is on show ---

    def page_opened(self, page: Page) -> None:
        """Tell a page what is on show and what plays."""
        self.listening.mark_playing()
        page.queue_changed(self.playing)
        page.job_changed(self.job_bar)
        self._inform(page)

    def job_changed(self) -> None:
        """Tell the pages of long work."""
        for page in self.opened:
            page.job_changed(self.job_bar)

    def _inform(self, page: Page) -> None:
        """Tell a page what is on show."""
        seen = self.library_watch.seen
        if seen is not None:
            status = seen.status
            none = "" if status.tracks else messages.no_songs(status, self.job_bar.job)
            page.say_when_empty(none)
            page.library_changed(seen)

    @on(Page.RunJob)
    def _job_wanted(self, event: Page.RunJob) -> None:
        self.run_job(event.job)

    @on(Page.LibraryChanged)
    def _changed_on_a_page(self) -> None:
        self.refresh_all()

    def _show(self, seen: OnShow, said: Sequence[Announcement]) -> None:
        """Show the list; what was said is told, and what moved by it is marked."""
        if self.gone:
            return
        restored = next((one.restored for one in reversed(said) if one.restored), None)
        moved = self.for_you.show(
            seen.found, seen.opinions, kept=seen.kept,
            ordinary=seen.ordinary, compare=bool(said), restored=restored,
        )  # fmt: skip
        line = messages.status_line(seen.status, self._session.profile)
        self.query_one("#status", Static).update(line)
        self.query_one(PageBar).status = line
        for page in self.opened:
            self._inform(page)
        if any(one.takes_back for one in said):
            self.app.clear_notifications()
        for earlier in said[:-1]:
            tell(self, earlier.text)
        for last in said[-1:]:
            tell(self, f"{last.text}: {count(moved, 'pick')} moved. {last.way_back}".strip())

    @work(exclusive=True, group="looking")
    async def look_for_changes(self) -> None:
        """Show what other programs said or scanned."""
        if self.job_bar.job:
            return
        with notify_errors(self):
            if await self.library_watch.changed_elsewhere() and not self.job_bar.job:
                self.refresh_all()

    def refresh_all(self) -> None:
        """The picks and the library, as they are now."""
        self.library_watch.refresh()
        for page in self.opened:
            page.songs_changed()

    @property
    def has_music(self) -> bool:
        """Whether any song was seen so far."""
        return self.library_watch.seen is not None and self.library_watch.seen.status.tracks > 0

    # --- feedback ---

    @on(Listening.Opinion)
    def _opinion_of_playing(self, event: Listening.Opinion) -> None:
        self._say([event.track], event.kind)

    @on(SongPage.Opinion)
    def _opinion(self, event: SongPage.Opinion) -> None:
        self._say(event.tracks, event.kind)

    def _say(self, tracks: Sequence[Track], kind: FeedbackKind) -> None:
        new = self._opinions.say(tracks, kind)
        if kind == "dislike":
            for track in new:
                self.playing.change(self.playing.queue.without_track(track.id))

    @on(NowPlaying.Heard)
    def _heard(self, event: NowPlaying.Heard) -> None:
        self._opinions.heard(event.listened)

    def action_undo(self) -> None:
        """Take back the last act."""
        self._opinions.undo()

    @on(Page.PlaylistsChanged)
    def _playlists_changed(self) -> None:
        for page in self.opened:
            page.playlists_changed()

    # --- listening ---

    @on(NowPlaying.QueueChanged)
    def _queue_changed(self) -> None:
        for page in self.opened:
            page.queue_changed(self.playing)

    @on(Listening.PlayWanted)
    def _play_page(self) -> None:
        if isinstance(self.view, SongPage):
            self.view.action_play()

    # --- getting about ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In the search box its key is a letter like others."""
        return not (action == "search" and isinstance(self.focused, Input))

    async def action_search(self) -> None:
        """Go to the library's search box."""
        from musicrec_tui.screens.library.page import Library

        await self.open_page("library")
        self.call_after_refresh(self.page("library", Library).search)

    def action_back(self) -> None:
        """Go back on the page, else stop what is running."""
        if isinstance(self.view, SongPage) and self.view.let_go():
            return
        if not self.view.back() and self.job_bar.job:
            self.job_bar.stop()

    def action_help(self) -> None:
        """List every key."""
        from musicrec_tui.screens.dialogs.help import HelpScreen, key_groups

        self.app.push_screen(HelpScreen(key_groups(keys.keymap(self._session.home))))

    def action_history(self) -> None:
        """List what was said."""
        from musicrec_tui.screens.dialogs.history import HistoryScreen

        self.app.push_screen(HistoryScreen(getattr(self.app, "past_messages", ())))

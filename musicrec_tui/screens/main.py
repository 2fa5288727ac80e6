"""The main screen: its pages, and what reaches the library from any of them."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Footer, Input, Static, Tab, Tabs

from musicrec_core.players import Player
from musicrec_core.records import FeedbackKind, PlayEnd, Track
from musicrec_core.text import count
from musicrec_tui import jobs
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens import messages
from musicrec_tui.screens.dialogs.explanation import ExplanationScreen
from musicrec_tui.screens.dialogs.help import HelpScreen
from musicrec_tui.screens.for_you.page import ForYou
from musicrec_tui.screens.library.page import Library
from musicrec_tui.screens.listening import Listening
from musicrec_tui.screens.page import Page
from musicrec_tui.screens.snapshot import OnShow, take
from musicrec_tui.screens.working import WorkScreen
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.now_playing import Listened, NowPlaying

View = Literal["for-you", "library"]
PAUSE_S = 1.0  # after an opinion, until the whole library is scored anew
LOOK_EVERY_S = 2.0  # at what other programs said or scanned


class MainScreen(WorkScreen):
    """Holds the pages; takes down what they hear of a song, and shows what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo"),
        Binding("slash", "search", "Search"),
        Binding("question_mark", "help", "Help"),
        Binding("q", "app.quit", "Quit"),
        Binding("1", "view('for-you')", "For You", show=False),
        Binding("2", "view('library')", "Library", show=False),
        Binding("tab,shift+tab", "other_view", "Other view", show=False),
        Binding("escape", "back", "Back", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-docked")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - as Screen has it

    def __init__(
        self, session: Session, player: Player | None, first_job: jobs.Job | None = None
    ) -> None:
        super().__init__(JobBar(session, id="job"), first_job)
        self._session = session
        self._desk = FacadeThread(session)
        self._page_thread = FacadeThread(session)  # reads rows while the desk thinks
        self._scorer = FacadeThread(session)  # scores all of the library after an opinion
        self.for_you = ForYou(self._page_thread, id="for-you")
        self.library = Library(self._page_thread, id="library")
        pages = ContentSwitcher(self.for_you, self.library, initial="for-you")
        self.listening = Listening(player, pages, self.job_bar)
        self._seen: OnShow | None = None
        self._revision: tuple[object, ...] | None = None
        """What of the library is on show; None while something of one's own is under way."""
        self._opinions: dict[int, FeedbackKind] = {}

    def compose(self) -> ComposeResult:
        """Tabs and a status on top, then the pages and the player, then the keys."""
        with Horizontal(id="top"):
            yield Static("♫ musicrec", id="name", markup=False)
            yield Tabs(Tab("For You", id="for-you-tab"), Tab("Library", id="library-tab"))
            yield Static(id="status", markup=False)
        yield self.listening
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the pages, and start what the first screen asked for."""
        self.query_one(Tabs).can_focus = False
        self.library.reload()
        self.refresh_picks()
        self.run_first_job()
        self.for_you.table.focus()
        self.set_interval(LOOK_EVERY_S, self.look_for_changes)

    def on_unmount(self) -> None:
        """Note what was still playing, then give the database and the player back."""
        listened = self.listening.bar.close()
        if listened:
            self._desk.tell(lambda m: m.feedback.record(
                listened.track, listened.verdict, value=listened.seconds, source="tui",
                ended=listened.ended,
            ))  # fmt: skip
        for thread in (self._desk, self._page_thread, self._scorer):
            thread.close()

    @property
    def view(self) -> ForYou | Library:
        """The page on show."""
        on_show = self.query_one(ContentSwitcher).current
        return self.for_you if on_show == "for-you" else self.library

    @property
    def playing(self) -> NowPlaying:
        """What plays."""
        return self.listening.bar

    # --- what is on show ---

    @work(exclusive=True, group="picks")
    async def refresh_picks(
        self, said: str = "", way_back: str = "", restored: Track | None = None
    ) -> None:
        """Make the list anew; after feedback `said` tells of it, and moves are marked."""
        with notify_errors(self):
            self._seen = seen = await self._desk.ask(take)
            self._opinions = seen.opinions
            moved = self.for_you.show(
                seen.found,
                seen.opinions,
                ordinary=seen.ordinary,
                compare=bool(said),
                restored=restored,
            )
            self.library.refresh_rows()
            self._show_status(seen)
            if said:
                tell(self, f"{said}: {count(moved, 'pick')} moved. {way_back}".strip())
            self._revision = seen.revision
            if seen.found.provisional:
                self._rescore()

    @work(exclusive=True, group="rescoring")
    async def _rescore(self) -> None:
        """Score the whole library while the list that is already new is looked at."""
        with notify_errors(self):
            await asyncio.sleep(PAUSE_S)  # the next opinion makes this one's scoring needless
            await self._scorer.ask(lambda m: m.lists.rescore())
            self.refresh_picks()

    @work(exclusive=True, group="looking")
    async def look_for_changes(self) -> None:
        """Show what other programs said or scanned."""
        if self._revision is None or self.job_bar.job:
            return
        with notify_errors(self):
            revision = await self._page_thread.ask(lambda m: m.revision())
            if self._revision is not None and revision != self._revision and not self.job_bar.job:
                self._revision = None
                self.refresh_all()

    def refresh_all(self) -> None:
        """The picks and the library, as they are now."""
        self.refresh_picks()
        self.library.reload()

    @property
    def has_music(self) -> bool:
        """Whether any song was seen so far."""
        return self._seen is not None and self._seen.status.tracks > 0

    def _show_status(self, seen: OnShow) -> None:
        status = seen.status
        line = messages.status_line(status, self._session.profile)
        self.query_one("#status", Static).update(line)
        no_songs = messages.no_songs(status, self.job_bar.job)
        self.library.empty(no_songs)
        self.for_you.empty(messages.NO_PICKS if status.tracks else no_songs)
        self.for_you.hint(messages.hint(status, seen.found))

    # --- feedback ---

    @on(Page.Opinion)
    @on(Listening.Opinion)
    def _opinion(self, event: Page.Opinion | Listening.Opinion) -> None:
        track, kind = event.track, event.kind
        if self._opinions.get(track.id) == kind:
            tell(self, f"{messages.SAID[kind]} already: {track.title}")
            return
        self._opinions[track.id] = kind
        if kind == "dislike":
            self.for_you.drop(track)
            self.playing.forget(track)
        else:
            self.for_you.mark(track, kind)
        self._record(track, kind)

    @work(group="feedback")
    async def _record(
        self,
        track: Track,
        kind: FeedbackKind,
        value: float | None = None,
        ended: PlayEnd | None = None,
    ) -> None:
        self._revision = None
        with notify_errors(self):
            await self._desk.ask(
                lambda m: m.feedback.record(track, kind, value=value, source="tui", ended=ended)
            )
            self.library.refresh_rows()
            if kind in ("like", "dislike"):
                self.refresh_picks(f"{messages.SAID[kind]} {track.title}", "u takes it back")
            else:
                self.refresh_picks()

    @work(group="feedback")
    async def action_undo(self) -> None:
        """Take back the last act."""
        self._revision = None
        with notify_errors(self):
            given = await self._desk.ask(lambda m: m.feedback.undo(source="tui"))
            if given is None:
                tell(self, "There is nothing to undo")
                self.refresh_picks()
                return
            self._opinions.pop(given.track.id, None)
            self.library.refresh_rows()
            restored = given.track if given.undone == "dislike" else None
            self.refresh_picks(messages.undone(given), restored=restored)

    # --- listening ---

    @on(Page.Play)
    def _play(self, event: Page.Play) -> None:
        self.listening.play(event.track, event.following)

    @on(Listening.PlayWanted)
    def _play_page(self) -> None:
        self.view.action_play()

    @on(NowPlaying.Heard)
    def _heard(self, event: NowPlaying.Heard) -> None:
        """What was listened to is feedback too."""
        heard: Listened = event.listened
        if heard.verdict == "skip":
            tell(self, messages.skipped(heard))
        self._record(heard.track, heard.verdict, heard.seconds, heard.ended)

    # --- getting about ---

    def action_view(self, view: View) -> None:
        """Show a page."""
        self.query_one(Tabs).active = f"{view}-tab"

    def action_other_view(self) -> None:
        """Show the other page."""
        self.action_view("library" if self.view is self.for_you else "for-you")

    @on(Tabs.TabActivated)
    def _switched(self, event: Tabs.TabActivated) -> None:
        self.query_one(ContentSwitcher).current = (event.tab.id or "").removesuffix("-tab")
        self.view.table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In the search box its key is a letter like others."""
        return not (action == "search" and isinstance(self.focused, Input))

    def action_search(self) -> None:
        """Go to the library's search box."""
        self.action_view("library")
        self.call_after_refresh(self.library.search)

    def action_back(self) -> None:
        """Take a search back, else stop what is running."""
        if isinstance(self.focused, Input) or (self.view is self.library and self.library.searched):
            self.library.clear_search()
        elif self.job_bar.job:
            self.job_bar.stop()

    @on(Page.Explain)
    def _explain(self, event: Page.Explain) -> None:
        self._show_explanation(event.track)

    @work(exclusive=True, group="dialog")
    async def _show_explanation(self, track: Track) -> None:
        with notify_errors(self):
            found = await self._desk.ask(lambda m: m.lists.explain(track.path))
            self.app.push_screen(ExplanationScreen(found))

    def action_help(self) -> None:
        """List every key."""
        self.app.push_screen(HelpScreen())

"""The two views, what is playing, what is running, and the keys that act on a song."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Footer, Input, Static, Tab, Tabs

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.results import Recommendations, Status
from musicrec_core.players import Player
from musicrec_core.records import FeedbackKind, Track
from musicrec_core.text import count
from musicrec_tui import jobs
from musicrec_tui.notify_errors import tell, telling
from musicrec_tui.screens import messages
from musicrec_tui.screens.explanation import ExplanationScreen
from musicrec_tui.screens.for_you import PICKS, ForYou
from musicrec_tui.screens.help import HelpScreen
from musicrec_tui.screens.library import Library
from musicrec_tui.screens.working import WorkScreen
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.job_bar import JobBar
from musicrec_tui.widgets.now_playing import NowPlaying

View = Literal["for-you", "library"]
PAUSE_S = 1.0  # after an opinion, until the whole library is scored anew


class MainScreen(WorkScreen):
    """For You and the library, and what can be done with a song."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "say('like')", "Like"),
        Binding("d", "say('dislike')", "Dislike"),
        Binding("u", "undo", "Undo"),
        Binding("space", "play_or_pause", "Play"),
        Binding("slash", "search", "Search"),
        Binding("s", "scan", "Scan"),
        Binding("r", "retrain", "Retrain"),
        Binding("e", "explain", "Why"),
        Binding("question_mark", "help", "Help"),
        Binding("q", "app.quit", "Quit"),
        Binding("p", "play", "Play this song", show=False),
        Binding("n", "next", "Next song", show=False),
        Binding("x", "stop", "Stop the music", show=False),
        Binding("a", "add_folder", "Add a folder", show=False),
        Binding("R", "retrain_ears", "Teach the ears", show=False),
        Binding("escape", "back", "Stop", show=False),
        Binding("1", "view('for-you')", "For You", show=False),
        Binding("2", "view('library')", "Library", show=False),
        Binding("tab,shift+tab", "other_view", "Other view", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Screen has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012

    def __init__(
        self, session: Session, player: Player | None, first_job: jobs.Job | None = None
    ) -> None:
        super().__init__(JobBar(session, id="job"), first_job)
        self._session = session
        self._desk = FacadeThread(session)
        self._page_thread = FacadeThread(session)  # reads pages while the desk thinks
        self._scorer = FacadeThread(session)  # scores all of the library after an opinion
        self.for_you = ForYou(id="for-you")
        self.library = Library(self._page_thread, id="library")
        self.playing = NowPlaying(player, id="playing")
        self._status: Status | None = None
        self._opinions: dict[int, FeedbackKind] = {}

    def compose(self) -> ComposeResult:
        """Tabs and a status on top, then the view, then what goes on, then the keys."""
        with Horizontal(id="top"):
            yield Static("♫ musicrec", id="name", markup=False)
            yield Tabs(Tab("For You", id="for-you-tab"), Tab("Library", id="library-tab"))
            yield Static(id="status", markup=False)
        with ContentSwitcher(initial="for-you"):
            yield self.for_you
            yield self.library
        yield self.job_bar
        yield self.playing
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill both views, and start what the first screen asked for."""
        self.query_one(Tabs).can_focus = False
        self.library.reload()
        self.refresh_picks()
        self.run_first_job()
        self.for_you.table.focus()

    def on_unmount(self) -> None:
        """Note what was still playing, then give the database and the player back."""
        heard = self.playing.close()
        if heard:
            track, seconds = heard
            self._desk.tell(lambda m: m.feedback.record(track, "play", value=seconds, source="tui"))
        self._desk.close()
        self._page_thread.close()
        self._scorer.close()

    @property
    def view(self) -> ForYou | Library:
        """What is on show."""
        return (
            self.for_you if self.query_one(ContentSwitcher).current == "for-you" else self.library
        )

    # --- the list of picks ---

    @work(exclusive=True, group="picks")
    async def refresh_picks(self, deed: str = "", way_back: str = "") -> None:
        """Make the list anew; after feedback `deed` tells of it, and moves are marked."""
        with telling(self):
            status, recommendations, opinions = await self._desk.ask(_look)
            self._status, self._opinions = status, opinions
            moved = self.for_you.show(recommendations, self._opinions, compare=bool(deed))
            self.library.refresh_rows()
            self._show_status(status, recommendations)
            if deed:
                tell(self, f"{deed}: {count(moved, 'pick')} moved. {way_back}")
            if recommendations.provisional:
                self._rescore()

    @work(exclusive=True, group="rescoring")
    async def _rescore(self) -> None:
        """Score the whole library while the list that is already new is looked at."""
        with telling(self):
            await asyncio.sleep(PAUSE_S)  # the next opinion makes this one's scoring needless
            await self._scorer.ask(lambda m: m.lists.rescore())
            self.refresh_picks()

    def refresh_all(self) -> None:
        """The picks and the library, as they are now."""
        self.refresh_picks()
        self.library.reload()

    @property
    def has_music(self) -> bool:
        """Whether any song was seen so far."""
        return self._status is not None and self._status.tracks > 0

    def _show_status(self, status: Status, recommendations: Recommendations) -> None:
        line = messages.status_line(status, self._session.profile)
        self.query_one("#status", Static).update(line)
        no_songs = messages.no_songs(status, self.job_bar.job)
        self.library.empty(no_songs)
        self.for_you.empty(messages.NO_PICKS if status.tracks else no_songs)
        self.for_you.hint(messages.hint(status, recommendations))

    # --- feedback ---

    def action_say(self, kind: FeedbackKind) -> None:
        """Like or dislike the song under the cursor."""
        track = self.view.current
        if track is None:
            return
        if self._opinions.get(track.id) == kind:
            tell(self, f"{messages.SAID[kind]} already: {track.title}")
            return
        self._opinions[track.id] = kind
        if kind == "dislike":
            self.for_you.drop(track)
            self.playing.forget(track)
        else:
            self.for_you.mark(track, kind)
        self._give(track, kind)

    @work(group="feedback")
    async def _give(self, track: Track, kind: FeedbackKind, value: float | None = None) -> None:
        with telling(self):
            await self._desk.ask(
                lambda m: m.feedback.record(track, kind, value=value, source="tui")
            )
            self.library.refresh_rows()
            if kind in ("like", "dislike"):
                self.refresh_picks(f"{messages.SAID[kind]} {track.title}", "u takes it back")
            else:
                self.refresh_picks()

    @work(group="feedback")
    async def action_undo(self) -> None:
        """Take back the last event."""
        with telling(self):
            given = await self._desk.ask(lambda m: m.feedback.undo(source="tui"))
            if given is None:
                tell(self, "There is nothing to undo")
                return
            self._opinions.pop(given.track.id, None)
            self.library.refresh_rows()
            self.refresh_picks(messages.undone(given))

    # --- listening ---

    def action_play_or_pause(self) -> None:
        """Pause or go on; with nothing playing, play the song under the cursor."""
        if self.playing.track:
            self.playing.toggle()
        else:
            self.action_play()

    def action_play(self) -> None:
        """Play the song under the cursor, then those below it."""
        if self.view.current:
            self.playing.play(self.view.current, self.view.following())

    def action_next(self) -> None:
        """Skip to the next song."""
        self.playing.next()

    def action_stop(self) -> None:
        """Stop the music."""
        self.playing.stop()

    def on_now_playing_heard(self, event: NowPlaying.Heard) -> None:
        """What was listened to is feedback too."""
        self._give(event.track, event.verdict, event.seconds)

    def on_now_playing_trouble(self, event: NowPlaying.Trouble) -> None:
        """Say it in one line."""
        tell(self, event.text, "warning")

    # --- getting about ---

    def action_view(self, view: View) -> None:
        """Show a view."""
        self.query_one(Tabs).active = f"{view}-tab"

    def action_other_view(self) -> None:
        """Show the other view."""
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
        """Leave the search box, else stop what is running."""
        if isinstance(self.focused, Input):
            self.library.leave_search()
        elif self.job_bar.job:
            self.job_bar.stop()
        else:
            self.library.clear_search()

    def on_virtual_table_chosen(self) -> None:
        """Enter explains."""
        self.action_explain()

    @work(exclusive=True, group="dialog")
    async def action_explain(self) -> None:
        """Explain the score of the song under the cursor."""
        track = self.view.current
        if track is not None:
            with telling(self):
                explanation = await self._desk.ask(lambda m: m.lists.explain(track.path))
                self.app.push_screen(ExplanationScreen(explanation))

    def action_help(self) -> None:
        """List every key."""
        self.app.push_screen(HelpScreen())


def _look(
    musicrec: MusicRec,
) -> tuple[Status, Recommendations, dict[int, FeedbackKind]]:
    """What the top line and the list show, and which songs carry a mark."""
    status = musicrec.status()
    if not status.tracks:
        return status, Recommendations(status.model.version, ()), {}
    recommendations = musicrec.lists.recommend(ListRequest(PICKS), at_once=True)
    return status, recommendations, musicrec.feedback.opinions()

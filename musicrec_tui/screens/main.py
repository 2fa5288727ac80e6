"""The main screen: its pages, and what reaches the library from any of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.widgets import Input, Static

from musicrec_core.app.playback.listened import Listened
from musicrec_core.players import Player
from musicrec_core.records import FeedbackKind, PlayEnd, Track
from musicrec_core.text import count
from musicrec_tui import jobs, keys
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens import messages
from musicrec_tui.screens.for_you.page import ForYou
from musicrec_tui.screens.key_list import named
from musicrec_tui.screens.listening import Listening
from musicrec_tui.screens.page import Page, SongPage
from musicrec_tui.screens.paged import PagedScreen
from musicrec_tui.screens.pages import PAGES
from musicrec_tui.screens.snapshot import OnShow, take
from musicrec_tui.session import FacadeThread, Session
from musicrec_tui.widgets.key_line import KeyLine
from musicrec_tui.widgets.now_playing import NowPlaying
from musicrec_tui.widgets.page_bar import PageBar, PageLink

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import KeptQueue
    from musicrec_tui.screens.queue.page import QueuePage

PAUSE_S = 1.0  # after an opinion, until the whole library is scored anew
LOOK_EVERY_S = 2.0  # at what other programs said or scanned


def _kept_queue(musicrec: MusicRec) -> tuple[KeptQueue, dict[int, Track]]:
    kept = musicrec.playback.queue()
    return kept, musicrec.playback.tracks([song.track_id for song in kept.queue.songs])


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
        self._scorer = FacadeThread(session)  # scores all of the library after an opinion
        self.listening = Listening(player, self.pages, self.job_bar)
        self._seen: OnShow | None = None
        self._revision: tuple[object, ...] | None = None
        """What of the library is on show; None while something of one's own is under way."""
        self._opinions: dict[int, FeedbackKind] = {}

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
        self.refresh_picks()
        self._restore_queue()
        self.run_first_job()
        self.set_interval(LOOK_EVERY_S, self.look_for_changes)

    def on_unmount(self) -> None:
        """Note what was still playing, then give the database and the player back."""
        queue, position_s = self.playing.queue, self.playing.position_s
        if queue.songs:
            self.context.desk.tell(lambda m: m.playback.keep(queue, position_s))
        listened = self.listening.bar.close()
        if listened:
            self.context.desk.tell(lambda m: m.feedback.record(
                listened.track, listened.verdict, value=listened.seconds, source="tui",
                ended=listened.ended,
            ))  # fmt: skip
        for thread in (self.context.desk, self.context.reader, self._scorer):
            thread.close()

    @property
    def for_you(self) -> ForYou:
        """The list for you."""
        return self.page("for-you", ForYou)

    @property
    def playing(self) -> NowPlaying:
        """What plays."""
        return self.listening.bar

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
        if self._seen is not None:
            status = self._seen.status
            none = "" if status.tracks else messages.no_songs(status, self.job_bar.job)
            page.say_when_empty(none)
            page.library_changed(self._seen)

    @on(Page.RunJob)
    def _job_wanted(self, event: Page.RunJob) -> None:
        self.run_job(event.job)

    @on(Page.LibraryChanged)
    def _changed_on_a_page(self) -> None:
        self.refresh_all()

    @work(exclusive=True, group="picks")
    async def refresh_picks(
        self, said: str = "", way_back: str = "", restored: Track | None = None
    ) -> None:
        """Make the list anew; after feedback `said` tells of it, and moves are marked."""
        with notify_errors(self):
            self._seen = seen = await self.context.desk.ask(take)
            self._opinions = seen.opinions
            moved = self.for_you.show(
                seen.found,
                seen.opinions,
                ordinary=seen.ordinary,
                compare=bool(said),
                restored=restored,
            )
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
            revision = await self.context.reader.ask(lambda m: m.revision())
            if self._revision is not None and revision != self._revision and not self.job_bar.job:
                self._revision = None
                self.refresh_all()

    def refresh_all(self) -> None:
        """The picks and the library, as they are now."""
        self.refresh_picks()
        for page in self.opened:
            page.songs_changed()

    @property
    def has_music(self) -> bool:
        """Whether any song was seen so far."""
        return self._seen is not None and self._seen.status.tracks > 0

    def _show_status(self, seen: OnShow) -> None:
        line = messages.status_line(seen.status, self._session.profile)
        self.query_one("#status", Static).update(line)
        for page in self.opened:
            self._inform(page)

    # --- feedback ---

    @on(Listening.Opinion)
    def _opinion_of_playing(self, event: Listening.Opinion) -> None:
        self._say([event.track], event.kind)

    @on(SongPage.Opinion)
    def _opinion(self, event: SongPage.Opinion) -> None:
        self._say(event.tracks, event.kind)

    def _say(self, tracks: Sequence[Track], kind: FeedbackKind) -> None:
        """Show an opinion wherever the songs stand, and take it down."""
        new = [track for track in tracks if self._opinions.get(track.id) != kind]
        if not new:
            tell(self, f"{messages.SAID[kind]} already: {messages.songs(tracks)}")
            return
        for track in new:
            self._opinions[track.id] = kind
            if kind == "dislike":
                self.playing.forget(track)
            for page in self.opened:
                page.mark(track, kind)
        if len(new) == 1:
            self._record(new[0], kind)
        else:
            self._record_together(new, kind)

    @work(group="feedback")
    async def _record_together(self, tracks: Sequence[Track], kind: FeedbackKind) -> None:
        self._revision = None
        with notify_errors(self):
            await self.context.desk.ask(
                lambda m: m.feedback.record_together(tracks, kind, source="tui")
            )
            for page in self.opened:
                page.rows_changed()
            self.refresh_picks(f"{messages.SAID[kind]} {messages.songs(tracks)}", "u takes it back")

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
            await self.context.desk.ask(
                lambda m: m.feedback.record(track, kind, value=value, source="tui", ended=ended)
            )
            for page in self.opened:
                page.rows_changed()
            if kind in ("like", "dislike"):
                self.refresh_picks(f"{messages.SAID[kind]} {track.title}", "u takes it back")
            else:
                self.refresh_picks()

    @work(group="feedback")
    async def action_undo(self) -> None:
        """Take back the last act."""
        self._revision = None
        with notify_errors(self):
            given = await self.context.desk.ask(lambda m: m.feedback.undo_together(source="tui"))
            if not given:
                tell(self, "There is nothing to undo")
                self.refresh_picks()
                return
            for one in given:
                self._opinions.pop(one.track.id, None)
            for page in self.opened:
                page.rows_changed()
            restored = given[0].track if given[0].undone == "dislike" else None
            self.refresh_picks(messages.undone(given), restored=restored)

    @on(SongPage.AddToPlaylist)
    def _add_to_playlist(self, event: SongPage.AddToPlaylist) -> None:
        self._ask_for_playlist(event.tracks)

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
            for page in self.opened:
                page.playlists_changed()

    # --- listening ---

    @on(SongPage.Play)
    def _play(self, event: SongPage.Play) -> None:
        self.listening.play(event.track, event.following)

    def on_queue_page_jump(self, event: QueuePage.Jump) -> None:
        """Play a song of the queue."""
        self.playing.jump(event.position)

    def on_queue_page_rearranged(self, event: QueuePage.Rearranged) -> None:
        """The queue in another order."""
        self.playing.change(event.queue)

    @on(SongPage.Enqueue)
    def _enqueue(self, event: SongPage.Enqueue) -> None:
        self.playing.add(list(event.tracks), soon=event.soon)
        when = "next" if event.soon else "at the end of the queue"
        play = "plays" if len(event.tracks) == 1 else "play"
        tell(self, f"{messages.songs(event.tracks)} {play} {when}; ctrl+z takes it back")

    @on(NowPlaying.QueueChanged)
    def _queue_changed(self) -> None:
        """Keep it for the next time, and show it."""
        queue, position_s = self.playing.queue, self.playing.position_s
        self.context.desk.tell(lambda m: m.playback.keep(queue, position_s))
        for page in self.opened:
            page.queue_changed(self.playing)

    @work(group="queue")
    async def _restore_queue(self) -> None:
        """Take up the queue of last time."""
        with notify_errors(self):
            kept, tracks = await self.context.reader.ask(_kept_queue)
            self.playing.restore(kept.queue, tracks, kept.position_s)

    @on(Listening.PlayWanted)
    def _play_page(self) -> None:
        if isinstance(self.view, SongPage):
            self.view.action_play()

    @on(NowPlaying.Heard)
    def _heard(self, event: NowPlaying.Heard) -> None:
        """What was listened to is feedback too."""
        heard: Listened = event.listened
        if heard.verdict == "skip":
            tell(self, messages.skipped(heard))
        self._record(heard.track, heard.verdict, heard.seconds, heard.ended)

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

    @on(SongPage.Explain)
    def _explain(self, event: SongPage.Explain) -> None:
        self._show_explanation(event.track)

    @work(exclusive=True, group="dialog")
    async def _show_explanation(self, track: Track) -> None:
        with notify_errors(self):
            explanation = await self.context.desk.ask(lambda m: m.lists.explain(track.path))
            from musicrec_tui.screens.dialogs.explanation import ExplanationScreen

            self.app.push_screen(ExplanationScreen(explanation))

    def action_help(self) -> None:
        """List every key."""
        from musicrec_tui.screens.dialogs.help import HelpScreen, key_groups

        self.app.push_screen(HelpScreen(key_groups(keys.keymap(self._session.home))))

    def action_history(self) -> None:
        """List what was said."""
        from musicrec_tui.screens.dialogs.history import HistoryScreen

        self.app.push_screen(HistoryScreen(getattr(self.app, "past_messages", ())))

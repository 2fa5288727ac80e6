"""Ask: a talk that makes lists, changes playlists, takes opinions down, and takes things back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import PlayerNow
from musicrec_core.records import FeedbackKind, Recommendation, Track
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.ask.rows import ANSWER_COLUMNS, answer_row
from musicrec_tui.screens.ask.talk_log import TalkLog
from musicrec_tui.screens.ask.wish_input import EXAMPLE, WishInput
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.listening import Listening
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.snapshot import OnShow
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.chip_bar import ChipBar, ShownChip
from musicrec_tui.widgets.reasons import ReasonsPanel
from musicrec_tui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from musicrec_core.app.results import TalkAnswer, TalkShown

HOW = (
    "Say what you want to hear: “calm piano from the 90s”, then “something slower” or “not him”. "
    "Or what is to be done: “add the second to Evening”, “I love this one”, “undo”."
)
NO_SONGS = "No song to show. “help” says what can be said."
ANSWER_EVERY_S = 0.2  # how often a waiting question looks whether the screen was closed
PLAYER_ACTIONS = {
    "pause": "pause", "resume": "resume", "next": "next", "previous": "previous", "stop": "stop",
    "shuffle": "shuffle", "unshuffle": "undo_queue", "repeat": "repeat_song",
    "unrepeat": "repeat_nothing",
}  # fmt: skip


class Ask(SongPage):
    """Shows the talk of this profile; `musicrec ask` goes on with the same one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash,i", "say_more", "Say more", id="ask.say", tooltip="go to the line for words"
        ),
        Binding(
            "backspace", "drop_last", "Fewer", show=False, id="ask.drop",
            tooltip="ask anew without the last chip; a click on a chip takes that one away",
        ),
        Binding(
            "c", "to_chips", "Chips", show=False, id="ask.chips",
            tooltip="go to what was understood: ← → choose, Backspace takes away",
        ),
        Binding(
            "u", "take_back", "Undo", show=False, id="ask.undo",
            tooltip="take back the last step of the talk, with all that it did",
        ),
        Binding("N", "begin_anew", "New talk", id="ask.new", tooltip="begin a new talk"),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._tracks: tuple[Track, ...] = ()
        self._picks: dict[int, Recommendation] = {}
        self._opinions: dict[int, FeedbackKind] = {}
        self._ordinary: float | None = None
        self._undo: str | None = None
        """What the last step of the talk did, while nothing else was said since."""

    def compose(self) -> ComposeResult:
        """The talk, the line for words, what was understood, the songs and their reasons."""
        yield TalkLog(id="talk")
        with Horizontal(id="wish-line"):
            yield Static("›", id="wish-mark")
            yield WishInput(placeholder=EXAMPLE, compact=True, id="wish")
        yield ChipBar(id="chips")
        with Vertical(id="answer-side"):
            yield VirtualTable(ANSWER_COLUMNS, id="answer")
            yield ReasonsPanel(id="answer-reasons", classes="reasons")

    def on_mount(self) -> None:
        """Show how the talk stands."""
        self.table.say_when_empty(HOW)
        self._open()

    @property
    def table(self) -> VirtualTable:
        """The songs of the answer."""
        return self.query_one("#answer", VirtualTable)

    @property
    def current(self) -> Track | None:
        """The highlighted song."""
        at = self.table.cursor
        return self._tracks[at] if at < len(self._tracks) else None

    def following(self) -> list[Track]:
        """The songs below the cursor."""
        return list(self._tracks[self.table.cursor + 1 :])

    def take_focus(self) -> None:
        """Words come first; where there are songs, they have the keys."""
        (self.table if self._tracks else self.query_one(WishInput)).focus()

    def back(self) -> bool:
        """Leave the line for words, and first what stands in it."""
        line = self.query_one(WishInput)
        if not line.has_focus:
            return False
        if line.value:
            line.value = ""
        else:
            self.table.focus()
        return True

    # --- what is said ---

    @on(Input.Submitted, "#wish")
    def _said(self, event: Input.Submitted) -> None:
        event.stop()
        words = event.value.strip()
        if words:
            event.input.value = ""
            playing = PlayerNow(self._listening.playback.track)
            self._ask(words, lambda m: m.assistant.respond(words, self._confirm, lambda: playing))

    @on(ChipBar.Dropped)
    def _dropped(self, event: ChipBar.Dropped) -> None:
        words = event.chip.words
        self._ask(f"without “{words}”", lambda m: m.assistant.drop(words))

    @work(group="talk")
    async def _ask(self, words: str, question: Callable[[MusicRec], TalkAnswer]) -> None:
        """Say something, and show what came of it; one thing is answered after the other."""
        log = self.query_one(TalkLog)
        log.say(words)
        with notify_errors(self):
            answer, state = await self.context.desk.ask(
                lambda m: (question(m), m.assistant.state())
            )
            if self.gone:
                return
            log.answer(answer.text, done=answer.done)
            self._show_state(state, {w for r in answer.replies for w in r.uncounted})
            self._show_answer(answer)
            await self._let_play(answer)
            return
        if not self.gone:
            log.answer("That did not work.", done=False)

    @work(group="talk")
    async def _open(self) -> None:
        with notify_errors(self):
            state = await self.context.reader.ask(lambda m: m.assistant.state())
            if not self.gone and not self._tracks:
                for turn in state.turns:
                    if turn.user:
                        self.query_one(TalkLog).say(turn.user)
                        self.query_one(TalkLog).answer("")
                self._show_state(state)
                self._list(state.listed)

    def _confirm(self, question: str) -> bool:
        """Asked by the thread that acts: wait until the person said yes or no."""
        answer: Future[bool | None] = Future()
        self.app.call_from_thread(self.app.push_screen, ConfirmScreen(question), answer.set_result)
        while not self.gone:
            try:
                return bool(answer.result(ANSWER_EVERY_S))
            except TimeoutError:
                continue
        return False

    # --- what came of it ---

    def _show_answer(self, answer: TalkAnswer) -> None:
        picks = next((r.picks for r in reversed(answer.replies) if r.picks), ())
        self._picks = {pick.track.id: pick for pick in picks} or self._picks
        songs = answer.choices or answer.tracks
        if songs:
            self._list(songs)
        elif not self._tracks:
            self.table.say_when_empty(NO_SONGS)
        if len(songs) > 1:
            self.table.focus()

    def _show_state(self, state: TalkShown, uncounted: Collection[str] = ()) -> None:
        chips = [ShownChip(c.text, c.negated, c.text not in uncounted) for c in state.chips]
        chips += [ShownChip(name, negated=True) for name in state.without]
        by_words = {chip.words.casefold(): chip for chip in chips}
        self.query_one(ChipBar).show(list(by_words.values()))
        self._undo = state.undo

    def _list(self, tracks: tuple[Track, ...]) -> None:
        self._tracks = tracks
        self._fill(0)

    def _fill(self, cursor: int) -> None:
        rows = [
            answer_row(place, track, self._picks.get(track.id), self._opinions.get(track.id))
            for place, track in enumerate(self._tracks, start=1)
        ]
        self.table.show(rows, cursor)

    async def _let_play(self, answer: TalkAnswer) -> None:
        """Let the player do what was asked of it."""
        for reply in answer.replies:
            if reply.player == "play" and reply.tracks:
                self.post_message(self.Play(reply.tracks[0], reply.tracks[1:]))
            elif reply.player in PLAYER_ACTIONS:
                await self.app.run_action(PLAYER_ACTIONS[reply.player], self._listening)

    @property
    def _listening(self) -> Listening:
        return next(a for a in self.ancestors if isinstance(a, Listening))

    def library_changed(self, seen: OnShow) -> None:
        """Opinions changed."""
        self._opinions, self._ordinary = seen.opinions, seen.ordinary
        self._fill(self.table.cursor)

    def say_when_empty(self, no_songs: str) -> None:
        """Why the library holds no song at all."""
        self.table.say_when_empty(no_songs or (NO_SONGS if self._undo else HOW))

    def mark(self, track: Track, opinion: FeedbackKind) -> None:
        """Show what was just said of a song; `u` takes that back first."""
        self._opinions = {**self._opinions, track.id: opinion}
        self._undo = None
        self._fill(self.table.cursor)

    @on(VirtualTable.Highlighted)
    def _explain_here(self, event: VirtualTable.Highlighted) -> None:
        event.stop()
        panel, track = self.query_one("#answer-reasons", ReasonsPanel), self.current
        pick = self._picks.get(track.id) if track else None
        panel.display = pick is not None
        if pick:
            panel.show(pick, None, None)

    def choose(self) -> None:
        """Enter plays."""
        self.action_play()

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In the line for words its keys are letters like others."""
        return not (action == "say_more" and self.query_one(WishInput).has_focus)

    def action_say_more(self) -> None:
        """Go to the line for words."""
        self.query_one(WishInput).focus()

    def action_to_chips(self) -> None:
        """Go to what was understood."""
        bar = self.query_one(ChipBar)
        if bar.chips:
            bar.focus()

    def action_drop_last(self) -> None:
        """Ask anew without the last chip."""
        self.query_one(ChipBar).drop_last()

    async def action_take_back(self) -> None:
        """Take back the last step of the talk, else what was said of a song."""
        if self._undo is None:
            await self.app.run_action("undo", self.screen)
        else:
            self._ask("undo", lambda m: m.assistant.respond("undo", self._confirm))

    @work(group="talk")
    async def action_begin_anew(self) -> None:
        """Begin a new talk."""
        with notify_errors(self):
            await self.context.desk.ask(lambda m: m.assistant.forget())
            if not self.gone:
                self.query_one(TalkLog).clear()
                self.query_one(ChipBar).show(())
                self._picks, self._undo = {}, None
                self._list(())
                self.table.say_when_empty(HOW)
                self.action_say_more()

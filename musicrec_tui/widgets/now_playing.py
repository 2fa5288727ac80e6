"""What is playing: drives the player, shows where it stands, tells how a song was heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from textual import work
from textual.message import Message
from textual.widgets import Static

from musicrec_core.app.playback.listened import Listened, listened
from musicrec_core.errors import PlayerError
from musicrec_core.players import INSTALL_HINT, Player, Playing
from musicrec_core.records import PlayEnd, Track
from musicrec_tui.widgets.cells import bar, clock, fit

T = TypeVar("T")

LOOK_EVERY_S = 0.5
BAR_CELLS = 20
SHORTEST_NAME = 10
MOST_FAILURES = 2  # in a row: then it is not the files


class NowPlaying(Static):
    """One song at a time and those that follow it; hidden while nothing plays."""

    class Heard(Message):
        """A song was heard so that it counts."""

        def __init__(self, listened: Listened) -> None:
            super().__init__()
            self.listened = listened

    class Changed(Message):
        """Another song plays, or none."""

        def __init__(self, track: Track | None) -> None:
            super().__init__()
            self.track = track

    class Trouble(Message):
        """The player is missing, gone, or cannot play this file; `text` is for the user."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, player: Player | None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._player = player
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="musicrec-player")
        self._last = Playing("stopped")
        self._before: list[Track] = []
        self._following: list[Track] = []
        self._failures = 0
        self.track: Track | None = None

    def on_mount(self) -> None:
        """Look at the player now and then."""
        self.display = False
        self.set_interval(LOOK_EVERY_S, self.look)

    def close(self) -> Listened | None:
        """End the player; a song that was heard well enough to count comes back."""
        if self._player is not None:
            self._thread.submit(self._player.close)
        self._thread.shutdown(wait=False)
        return self._listened("quit")

    # --- what a person does ---

    def play(self, track: Track, following: Sequence[Track] = ()) -> None:
        """Play a song instead of what plays now, and then those that follow."""
        if self._player is None:
            self.post_message(self.Trouble(INSTALL_HINT))
            return
        self._leave("other")
        self._following = list(following)
        self._failures = 0
        self._start(track)

    def next(self, ended: PlayEnd = "next") -> None:
        """Leave this song for the next one."""
        if self.track is not None:
            self._leave(ended)
            self._start_next()

    def previous(self) -> None:
        """Go back to the song before; with none before, this one begins anew."""
        if self.track is None:
            return
        now = self.track
        self._leave("previous", remember=False)
        if self._before:
            self._following.insert(0, now)
            now = self._before.pop()
        self._start(now)

    def forget(self, track: Track) -> None:
        """Do not play a song later on."""
        self._following = [other for other in self._following if other.id != track.id]

    @work(group="player")
    async def toggle(self) -> None:
        """Pause or go on."""
        if self._player is not None and self.track is not None:
            await self._ask(self._player.toggle)
            await self._look()

    @work(group="player")
    async def stop(self, ended: PlayEnd = "stop") -> None:
        """Stop the music."""
        if self._player is not None and self.track is not None:
            self._leave(ended)
            await self._ask(self._player.stop)

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """See where playback stands."""
        await self._look()

    # --- how it goes ---

    def _start_next(self) -> None:
        if self._following:
            self._start(self._following.pop(0))
        elif self._player is not None:
            self._silence(self._player)

    @work(group="player")
    async def _silence(self, player: Player) -> None:
        await self._ask(player.stop)

    @work(group="player")
    async def _start(self, track: Track) -> None:
        player = self._player
        if player is None:
            return
        self._set(track, Playing("loading"))
        await self._ask(lambda: player.play(track.path))
        self._draw()

    async def _look(self) -> None:
        player, track = self._player, self.track
        if player is None or track is None:
            return
        now = await self._ask(player.now)
        if now is None or track is not self.track:
            return
        if now.state == "ended":
            self._failures = 0
            self._leave("end")
            self._start_next()
        elif now.state == "failed":
            self._failed(track, now)
        else:
            self._last = now
            self._draw()

    def _failed(self, track: Track, now: Playing) -> None:
        """Try the next song; a second failure in a row is none of the files' doing."""
        self._failures += 1
        self._leave("error")
        if self._failures < MOST_FAILURES:
            why = " (no audio output)" if now.no_output else ""
            self.post_message(self.Trouble(f"{track.label} cannot be played{why}"))
            self._start_next()
            return
        self._following.clear()
        why = (
            "There is no audio output here"
            if now.no_output
            else f"{self._failures} songs in a row could not be played; is there no audio output?"
        )
        self.post_message(self.Trouble(f"Playing stopped. {why}"))

    def _leave(self, ended: PlayEnd, *, remember: bool = True) -> None:
        """Tell how the song that plays was heard, where that counts."""
        listened = self._listened(ended)
        if listened:
            self.post_message(self.Heard(listened))
        if self.track is not None and remember:
            self._before.append(self.track)
        self._set(None, Playing("stopped"))

    def _listened(self, ended: PlayEnd) -> Listened | None:
        if self.track is None:
            return None
        return listened(self.track, self._last.position_s, self._last.duration_s, ended)

    async def _ask(self, question: Callable[[], T]) -> T | None:
        """The player's answer; None, with a word about it, when it has trouble."""
        try:
            return await asyncio.wrap_future(self._thread.submit(question))
        except PlayerError as error:
            self._set(None, Playing("stopped"))
            self.post_message(self.Trouble(str(error)))
            return None

    def _set(self, track: Track | None, state: Playing) -> None:
        self.track, self._last = track, state
        self.display = track is not None
        self.post_message(self.Changed(track))

    def _draw(self) -> None:
        if self.track is None:
            return
        mark = "‖" if self._last.state == "paused" else "▶"
        duration_s = self._last.duration_s or self.track.duration_s
        share = self._last.position_s / duration_s if duration_s else 0.0
        tail = f"{bar(share, BAR_CELLS, '─')}  {clock(self._last.position_s)} / {clock(duration_s)}"
        room = self.content_size.width - len(tail) - len(mark) - 3
        self.update(f"{mark} {fit(self.track.label, max(room, SHORTEST_NAME))}  {tail}")

"""What is playing: drives the player, shows where it stands, tells how a song was heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, TypeVar

from textual import work
from textual.message import Message
from textual.widgets import Static

from musicrec_core.errors import PlayerError
from musicrec_core.players import INSTALL_HINT, Player, Playing
from musicrec_core.records import Track
from musicrec_tui.widgets.cells import bar, clock, fit

T = TypeVar("T")

LOOK_EVERY_S = 0.5
BAR_CELLS = 20
SHORTEST_NAME = 10

# Last.fm's rule for a song that was listened to: half of it, or four minutes.
HEARD_SHARE = 0.5
HEARD_S = 240.0

Verdict = Literal["play", "skip"]


class NowPlaying(Static):
    """One song at a time and those that follow it; hidden while nothing plays."""

    class Heard(Message):
        """A song ended, or was left after some seconds."""

        def __init__(self, track: Track, verdict: Verdict, seconds: float) -> None:
            super().__init__()
            self.track = track
            self.verdict = verdict
            self.seconds = seconds

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
        self._following: list[Track] = []
        self.track: Track | None = None

    def on_mount(self) -> None:
        """Look at the player now and then."""
        self.display = False
        self.set_interval(LOOK_EVERY_S, self.look)

    def close(self) -> tuple[Track, float] | None:
        """End the player; a song that was heard well enough to count comes back."""
        if self._player is not None:
            self._thread.submit(self._player.close)
        self._thread.shutdown(wait=False)
        if self.track is None or verdict(self._last) == "skip":
            return None  # closing the player says nothing against a song
        return self.track, self._last.position_s

    # --- what a person does ---

    def play(self, track: Track, following: Sequence[Track] = ()) -> None:
        """Play a song instead of what plays now, and then those that follow."""
        if self._player is None:
            self.post_message(self.Trouble(INSTALL_HINT))
            return
        self._leave()
        self._following = list(following)
        self._start(track)

    def next(self) -> None:
        """Leave this song for the next one."""
        self._leave()
        self._start_next()

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
    async def stop(self) -> None:
        """Stop the music."""
        if self._player is not None and self.track is not None:
            self._leave()
            await self._ask(self._player.stop)

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """See where playback stands."""
        await self._look()

    # --- how it goes ---

    def _start_next(self) -> None:
        if self._following:
            self._start(self._following.pop(0))
        else:
            self.stop()

    @work(group="player")
    async def _start(self, track: Track) -> None:
        player = self._player
        if player is None:
            return
        self.track, self._last = track, Playing("loading")
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
            self._heard(track, "play", self._last.duration_s or self._last.position_s)
            self._start_next()
        elif now.state == "failed":
            self.post_message(self.Trouble(f"{track.label} cannot be played"))
            self._clear()
            self._start_next()
        else:
            self._last = now
            self._draw()

    def _leave(self) -> None:
        """Tell how the song that plays was heard, unless nothing of it was."""
        if self.track is not None and self._last.position_s > 0:
            self._heard(self.track, verdict(self._last), self._last.position_s)
        self._clear()

    def _heard(self, track: Track, how: Verdict, seconds: float) -> None:
        self._clear()
        self.post_message(self.Heard(track, how, seconds))

    async def _ask(self, question: Callable[[], T]) -> T | None:
        """The player's answer; None, with a word about it, when it has trouble."""
        try:
            return await asyncio.wrap_future(self._thread.submit(question))
        except PlayerError as error:
            self._clear()
            self.post_message(self.Trouble(str(error)))
            return None

    def _clear(self) -> None:
        self.track, self._last = None, Playing("stopped")
        self.display = False

    def _draw(self) -> None:
        if self.track is None:
            return
        self.display = True
        mark = "‖" if self._last.state == "paused" else "▶"
        duration_s = self._last.duration_s or self.track.duration_s
        share = self._last.position_s / duration_s if duration_s else 0.0
        tail = f"{bar(share, BAR_CELLS, '─')}  {clock(self._last.position_s)} / {clock(duration_s)}"
        room = self.content_size.width - len(tail) - len(mark) - 3
        self.update(f"{mark} {fit(self.track.label, max(room, SHORTEST_NAME))}  {tail}")


def verdict(now: Playing) -> Verdict:
    """Whether leaving a song here means that it was listened to."""
    half = (now.duration_s or float("inf")) * HEARD_SHARE
    return "play" if now.position_s >= min(half, HEARD_S) else "skip"

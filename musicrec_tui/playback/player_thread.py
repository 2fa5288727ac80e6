"""The player in a thread of its own: its socket may be slow, the screens may not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from musicrec_core.errors import PlayerError
from musicrec_core.players import Player, Playing

T = TypeVar("T")


class PlayerThread:
    """Asks a player; one that died is started once more for a song, then `gone` is told why."""

    def __init__(self, player: Player | None, gone: Callable[[str], None]) -> None:
        self._player = player
        self._gone = gone
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="musicrec-player")
        self._tried_again = False

    @property
    def missing(self) -> bool:
        """Whether there is no player at all."""
        return self._player is None

    async def now(self) -> Playing | None:
        """Where playback stands; None where the player does not answer, or there is none."""
        if self._player is None:
            return None
        try:
            return await self._ask(self._player.now)
        except PlayerError:
            return None

    async def do(self, order: Callable[[Player], object]) -> bool:
        """Whether the player did it."""
        player = self._player
        if player is None:
            return False
        try:
            await self._ask(lambda: order(player))
        except PlayerError as error:
            self._gone(str(error))
            return False
        return True

    async def start(self, path: str, start_s: float) -> bool:
        """Whether a file plays, for which the player may be started anew once."""
        self._tried_again = False
        player = self._player
        if player is None:
            return False
        try:
            await self._ask(lambda: player.play(path, start_s))
        except PlayerError:
            return await self.restart(path, start_s)
        return True

    async def restart(self, path: str, start_s: float) -> bool:
        """Whether a player that was started anew plays the file; once for a song."""
        if self._tried_again:
            self._gone("the player ended twice in one song")
            return False
        self._tried_again = True
        return await self.do(lambda player: player.close()) and await self.do(
            lambda player: player.play(path, start_s)
        )

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._thread.submit(question))

    def close(self) -> None:
        """End the player, without waiting for it."""
        if self._player is not None:
            self._thread.submit(self._player.close)
        self._thread.shutdown(wait=False)

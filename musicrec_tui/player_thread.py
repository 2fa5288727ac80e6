"""The player in a thread of its own: its socket may be slow, the screens may not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from musicrec_core.errors import PlayerError
from musicrec_core.players import Player

T = TypeVar("T")


class PlayerThread:
    """Asks a player; one that died is started once more for a song, then it is told."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="musicrec-player")
        self._tried_again = False

    async def ask(self, question: Callable[[Player], T]) -> T:
        """The player's answer; raises PlayerError."""
        return await asyncio.wrap_future(self._thread.submit(question, self.player))

    async def play(self, path: str, start_s: float = 0.0) -> None:
        """Play a file; raises PlayerError where a second player died of it, too."""
        self._tried_again = False
        try:
            await self.ask(lambda player: player.play(path, start_s))
        except PlayerError:
            await self.again(path, start_s)

    async def again(self, path: str, start_s: float) -> None:
        """Start the player anew and go on; raises PlayerError the second time for one song."""
        if self._tried_again:
            raise PlayerError("the player ended twice in one song")
        self._tried_again = True
        await self.ask(lambda player: player.close())
        await self.ask(lambda player: player.play(path, start_s))

    def close(self) -> None:
        """End the player, without waiting for it."""
        self._thread.submit(self.player.close)
        self._thread.shutdown(wait=False)

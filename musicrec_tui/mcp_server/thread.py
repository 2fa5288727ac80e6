"""One thread that holds the library open: a store's connection belongs to one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mcp.server.mcpserver.exceptions import ToolError

from musicrec_core.app.facade import MusicRec
from musicrec_core.errors import MusicRecError, QueryError

T = TypeVar("T")


class LibraryThread:
    """Answers questions one after the other; closed when the server ends."""

    def __init__(self, profile: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._musicrec = MusicRec(profile=profile)

    async def ask(self, question: Callable[[MusicRec], T]) -> T:
        """The answer; raises ToolError with the line that a person would read."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, question, self._musicrec)
        except QueryError as error:
            candidates = "".join(f"\n  {candidate}" for candidate in error.candidates)
            raise ToolError(f"{error}{candidates}") from error
        except MusicRecError as error:
            raise ToolError(str(error)) from error

    def close(self) -> None:
        """Close the library in the thread that opened it."""
        self._thread.submit(self._musicrec.close).result()
        self._thread.shutdown()

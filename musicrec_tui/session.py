"""Whose library this is, and threads that each keep it open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from musicrec_core.app.facade import MusicRec
    from musicrec_core.records import Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """A profile and where its data lives; None for the usual place."""

    profile: str = "default"
    home: Path | None = None

    def open(self, on_upgrade: Callable[[Progress | None], None] = lambda _: None) -> MusicRec:
        """A facade for the calling thread, in which `on_upgrade` is called too."""
        from musicrec_core.app.facade import MusicRec  # beside the first paint, not before it

        return MusicRec(self.profile, self.home, on_upgrade)


class FacadeThread:
    """One thread with its own MusicRec, answering questions in the order they were asked.

    The order matters: a like followed at once by an undo must reach the store as just that. And
    what was loaded for one answer is still there for the next.
    """

    def __init__(
        self, session: Session, on_upgrade: Callable[[Progress | None], None] = lambda _: None
    ) -> None:
        self._session = session
        self._on_upgrade = on_upgrade
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="musicrec-desk")
        self._musicrec: MusicRec | None = None  # touched by that thread only

    async def ask(self, question: Callable[[MusicRec], T]) -> T:
        """The answer; raises what the question raised. Cancelled in time, it is never asked."""
        return await asyncio.wrap_future(self._thread.submit(self._answer, question))

    def tell(self, question: Callable[[MusicRec], object]) -> None:
        """Ask without waiting for the answer, at closing time."""
        self._thread.submit(self._answer, question)

    def close(self) -> None:
        """Answer what was asked, then give the database back."""
        self._thread.submit(self._give_back)
        self._thread.shutdown(wait=False)

    def _answer(self, question: Callable[[MusicRec], T]) -> T:
        if self._musicrec is None:
            self._musicrec = self._session.open(self._on_upgrade)
        return question(self._musicrec)

    def _give_back(self) -> None:
        if self._musicrec is not None:
            self._musicrec.close()

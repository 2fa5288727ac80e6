"""What of the library is on show: read anew after an opinion, a scan, another program's doings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.snapshot import OnShow, take
from musicrec_tui.session import FacadeThread

PAUSE_S = 1.0  # after an opinion, until the whole library is scored anew


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an act is to be told as, once the list shows what came of it.

    restored: a song whose dislike was taken back. takes_back: what was told before holds no more.
    """

    text: str
    way_back: str = ""
    restored: Track | None = None
    takes_back: bool = False


class LibraryWatch:
    """Reads it in the background; `show` gets it with all that was said since the last time.

    spawn: lets something go on under a name; one of the same name that still runs is given up.
    staying: track ids of songs that stay on show whatever list is found.
    """

    def __init__(
        self,
        context: PageContext,
        show: Callable[[OnShow, Sequence[Announcement]], None],
        spawn: Callable[[str, Callable[[], Awaitable[None]]], object],
        staying: Callable[[], Sequence[int]],
    ) -> None:
        self._context = context
        self._staying = staying
        self._show = show
        self._spawn = spawn
        self._scorer = FacadeThread(context.session)  # scores all of the library after an opinion
        self._unsaid: list[Announcement] = []
        self.seen: OnShow | None = None
        self.opinions: dict[int, FeedbackKind] = {}
        """By track id; those given this moment are among them."""
        self._revision: tuple[object, ...] | None = None

    @property
    def settled(self) -> bool:
        """Whether all that was done here is on show."""
        return self._revision is not None

    def begin(self) -> None:
        """Something of one's own is under way: what changes is no other program's doing."""
        self._revision = None

    def refresh(self, said: Announcement | None = None) -> None:
        """Make the list anew. A reading that is given up for a newer one loses nothing said."""
        if said is not None:
            self._unsaid.append(said)
        self._spawn("picks", self._read)

    async def _read(self) -> None:
        stay = self._staying()
        self.seen = seen = await self._context.desk.ask(lambda m: take(m, stay))
        self.opinions = dict(seen.opinions)
        said, self._unsaid = self._unsaid, []
        self._show(seen, said)
        self._revision = seen.revision
        if seen.found.provisional:
            self._spawn("rescoring", self._rescore)

    async def _rescore(self) -> None:
        """Score the whole library while the list that is already new is looked at."""
        await asyncio.sleep(PAUSE_S)  # the next opinion makes this one's scoring needless
        await self._scorer.ask(lambda m: m.lists.rescore())
        self.refresh()

    async def changed_elsewhere(self) -> bool:
        """Whether another program said or scanned something since; told once."""
        if self._revision is None:
            return False
        revision = await self._context.reader.ask(lambda m: m.revision())
        changed = self._revision is not None and revision != self._revision
        if changed:
            self._revision = None
        return changed

    def close(self) -> None:
        """Give the database back."""
        self._scorer.close()

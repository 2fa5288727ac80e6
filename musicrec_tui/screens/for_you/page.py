"""For You: the picks, and why the highlighted one is among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from musicrec_core.records import FeedbackKind, Recommendation, Track
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens import messages
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.snapshot import PICKS, OnShow
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.reasons import ReasonsPanel
from musicrec_tui.widgets.tracks import PICK_COLUMNS, movement, pick_row, worked_through
from musicrec_tui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from musicrec_core.app.results import Recommendations, TrackFacts


class ForYou(SongPage):
    """Shows the list that it is handed; reads what was heard of the highlighted song itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f5,ctrl+r", "renew", "The list anew", show=False, id="for-you.renew",
            tooltip="the list anew: rows you have passed stay until then",
        )
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._newest: list[Recommendation] = []
        self._picks: list[Recommendation] = []
        self._places: dict[int, int] = {}
        """Where a song stood before it was taken off."""
        self._opinions: dict[int, FeedbackKind] = {}
        self._ordinary: float | None = None
        self._seen: OnShow | None = None
        self._facts: dict[int, TrackFacts] = {}

    def compose(self) -> ComposeResult:
        """A hint, the list, and the reasons beside or below it."""
        with Vertical(id="picks-side"):
            yield Static(id="picks-hint", markup=False)
            yield VirtualTable(PICK_COLUMNS, id="picks")
        yield ReasonsPanel(id="reasons")

    def on_mount(self) -> None:
        """The first page: the screen, mounted before it, cannot give it the keys yet."""
        self.take_focus()

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one("#picks", VirtualTable)

    @property
    def current(self) -> Track | None:
        """The highlighted song."""
        pick = self._pick_here()
        return pick.track if pick else None

    @property
    def staying(self) -> list[int]:
        """Track ids of the rows that stay as they stand, whatever list comes next."""
        return self.ids[: self.table.cursor + 1] if self.table.touched else []

    @property
    def ids(self) -> list[int]:
        """Track ids from the top."""
        return [pick.track.id for pick in self._picks]

    def show(
        self,
        recommendations: Recommendations,
        opinions: dict[int, FeedbackKind],
        *,
        kept: Sequence[Recommendation] = (),
        ordinary: float | None = None,
        compare: bool = False,
        restored: Track | None = None,
    ) -> int:
        """Show a list; with `compare`, mark what moved. Returns how many picks moved.

        The rows down to the cursor stay where they are once someone moved it or acted on its row.
        kept: what of them is not in the new list, as it is now.
        ordinary: the score from which the reasons lead to each pick's.
        restored: a song whose dislike was undone comes back to its place, and so does the cursor.
        """
        before, cursor = self.ids, self.table.cursor
        self._newest = list(recommendations.picks)
        self._opinions, self._ordinary = opinions, ordinary
        if self.table.touched and self._picks:
            self._picks = worked_through(self._picks, self._newest, cursor, PICKS, kept)
        else:
            self._picks, cursor = self._newest[:], 0
        if restored is not None and restored.id in self._places:
            cursor = self._restore(restored.id, cursor)
        moved = movement(before, self.ids) if compare else {}
        self._fill(moved, cursor)
        return len(moved)

    def _restore(self, track_id: int, cursor: int) -> int:
        """Put a pick back where it stood; returns where the cursor belongs."""
        at = next((i for i, pick in enumerate(self._picks) if pick.track.id == track_id), None)
        if at is None:
            return cursor
        place = self._places.pop(track_id)
        self._picks.insert(place, self._picks.pop(at))
        return place

    def action_say(self, kind: FeedbackKind) -> None:
        """Like or dislike what is meant; the next key may be on its way already."""
        meant = self.table.marks.ids or ((self.current.id,) if self.current else ())
        super().action_say(kind)
        if kind == "dislike":
            for track_id in meant:
                self.drop(track_id)

    def drop(self, track_id: int) -> None:
        """Take a song off the list at once; the cursor stays where it is."""
        place = next((i for i, pick in enumerate(self._picks) if pick.track.id == track_id), None)
        if place is None:
            return
        self._places[track_id] = place
        del self._picks[place]
        cursor = self.table.cursor
        self._fill({}, cursor - 1 if place < cursor else cursor)

    def mark(self, track: Track, opinion: FeedbackKind) -> None:
        """Show what was just said of a song, before the list is made anew."""
        if opinion == "dislike":
            self.drop(track.id)
            return
        self._opinions = {**self._opinions, track.id: opinion}
        self._fill({}, self.table.cursor)

    def renew(self) -> None:
        """Show the newest order from its top."""
        self.table.touched = False
        self._picks = self._newest[:]
        self._fill({}, 0)
        if self._seen is not None:
            self.library_changed(self._seen)

    def action_renew(self) -> None:
        """The list anew."""
        self.renew()

    def hint(self, text: str) -> None:
        """A line above the list; empty text takes it away."""
        line = self.query_one("#picks-hint", Static)
        line.update(text)
        line.display = bool(text)

    def library_changed(self, seen: OnShow) -> None:
        """A hint what to do next; the list itself comes by `show`."""
        self._seen = seen
        stays = len(self.staying)
        gone_from_list = stays > 1 and bool(seen.kept)
        hint = messages.passed(stays) if gone_from_list else messages.hint(seen.status, seen.found)
        self.hint(hint)

    def say_when_empty(self, no_songs: str) -> None:
        """What to say while there is no pick at all."""
        self.table.say_when_empty(no_songs or messages.NO_PICKS)

    def following(self) -> list[Track]:
        """The picks below the cursor."""
        return [pick.track for pick in self._picks[self.table.cursor + 1 :]]

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Explain the pick under the cursor."""
        event.stop()
        self._explain()

    def _fill(self, moved: dict[int, str], cursor: int) -> None:
        rows = [
            pick_row(rank, pick, moved.get(pick.track.id, ""), self._opinions.get(pick.track.id))
            for rank, pick in enumerate(self._picks, start=1)
        ]
        self.table.show(rows, cursor)
        self.set_class(not rows, "-empty")

    def _pick_here(self) -> Recommendation | None:
        at = self.table.cursor
        return self._picks[at] if at < len(self._picks) else None

    def _explain(self) -> None:
        panel, pick = self.query_one(ReasonsPanel), self._pick_here()
        if pick is None:
            panel.clear()
            return
        panel.show(pick, self._facts.get(pick.track.id), self._ordinary)
        if pick.track.id not in self._facts:
            self._look_up(pick)

    @work(exclusive=True, group="facts")
    async def _look_up(self, pick: Recommendation) -> None:
        """What was heard of the song; one that was not analysed yet is looked up again."""
        track_id = pick.track.id
        with notify_errors(self):
            facts = await self.context.reader.ask(lambda m: m.library.heard(track_id))
            if facts.moods:
                self._facts[track_id] = facts
            if not self.gone and self._pick_here() is pick:
                self.query_one(ReasonsPanel).show(pick, facts, self._ordinary)

"""For You: the picks, and why the highlighted one is among them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Static

from musicrec_core.app.results import Recommendations
from musicrec_core.records import FeedbackKind, Recommendation, Track
from musicrec_tui.widgets.reasons import ReasonsPanel
from musicrec_tui.widgets.tracks import PICK_COLUMNS, movement, neighbour, pick_row
from musicrec_tui.widgets.virtual_table import VirtualTable

PICKS = 100


class ForYou(Container):
    """Shows what it is handed; asks for nothing."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._picks: list[Recommendation] = []
        self._opinions: dict[int, FeedbackKind] = {}

    def compose(self) -> ComposeResult:
        """A hint, the list, and the reasons beside or below it."""
        with Vertical(id="picks-side"):
            yield Static(id="picks-hint", markup=False)
            yield VirtualTable(PICK_COLUMNS, id="picks")
            yield Static(id="picks-empty", markup=False, classes="empty")
        yield ReasonsPanel(id="reasons")

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
    def ids(self) -> list[int]:
        """Track ids from the top."""
        return [pick.track.id for pick in self._picks]

    def show(
        self,
        recommendations: Recommendations,
        opinions: dict[int, FeedbackKind],
        *,
        compare: bool = False,
    ) -> int:
        """Show a list; with `compare`, mark what moved. Returns how many picks moved."""
        before, key = self.ids, self.current.id if self.current else -1
        self._picks, self._opinions = list(recommendations.picks), opinions
        moved = movement(before, self.ids) if compare else {}
        self._fill(moved, neighbour(before, self.ids, key))
        return len(moved)

    def drop(self, track: Track) -> None:
        """Take a song off the list at once."""
        before = self.ids
        key = self.current.id if self.current else -1
        self._picks = [pick for pick in self._picks if pick.track.id != track.id]
        self._fill({}, neighbour(before, self.ids, key))

    def mark(self, track: Track, opinion: FeedbackKind) -> None:
        """Show what was just said of a song, before the list is made anew."""
        self._opinions = {**self._opinions, track.id: opinion}
        self._fill({}, self.table.cursor)

    def hint(self, text: str) -> None:
        """A line above the list; empty text takes it away."""
        line = self.query_one("#picks-hint", Static)
        line.update(text)
        line.display = bool(text)

    def empty(self, text: str) -> None:
        """What to say while there is no pick at all."""
        self.query_one("#picks-empty", Static).update(text)

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
        notes = []
        if pick.rating is not None:
            notes.append(f"Predicted rating {pick.rating:.1f} of 5.")
        if pick.explore:
            notes.append("✦ Picked to learn whether you like this kind of song.")
        panel.show(f"Why {pick.track.title}", pick.reasons, " ".join(notes))

"""Why a song was picked, a line a reason, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from musicrec_core.records import Reason, Recommendation, Track
from musicrec_core.text import one_line
from musicrec_tui.widgets.cells import bar, clock

if TYPE_CHECKING:
    from musicrec_core.app.results import TrackFacts

BAR_CELLS = 6
LABEL_CELLS = 7


class ReasonList(Static):
    """Reasons, the weightiest first, each with its weight as a number and a bar."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reasons--for", "reasons--against"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._reasons: Sequence[Reason] = ()

    def show(self, reasons: Sequence[Reason]) -> None:
        """Show these reasons."""
        self._reasons = reasons
        self.update(self._table())

    def notify_style_update(self) -> None:
        """The theme changed, and with it the colours."""
        super().notify_style_update()
        self.call_later(self._repaint)  # the colours of the parts are worked out after this

    def _repaint(self) -> None:
        if self._reasons:
            self.update(self._table())

    def _table(self) -> Table:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(no_wrap=True, width=6)
        grid.add_column(no_wrap=True, width=BAR_CELLS)
        grid.add_column(ratio=1, overflow="fold")
        weightiest = max((abs(r.weight) for r in self._reasons), default=0.0) or 1.0
        for reason in sorted(self._reasons, key=lambda r: -abs(r.weight)):
            side = "reasons--for" if reason.weight >= 0 else "reasons--against"
            style = Style(color=self.get_component_rich_style(side).color)
            weight = signed(reason.weight) if reason.weight else ""  # of no term of the score
            grid.add_row(
                Text(weight, style=style, justify="right"),
                Text(bar(abs(reason.weight) / weightiest, BAR_CELLS), style=style),
                Text(one_line(reason.text)),
            )
        return grid


class ReasonsPanel(VerticalScroll, can_focus=False):
    """The highlighted pick: its reasons, and where there is room what is known of the song."""

    def compose(self) -> ComposeResult:
        """A heading, the song in a line, the reasons and their sum, a note, the song in a table."""
        yield Static(id="reasons-title", markup=False)
        yield Static(id="reasons-line", markup=False)
        yield ReasonList(id="reasons-list")
        yield Static(id="reasons-balance", markup=False)
        yield Static(id="reasons-note", markup=False)
        yield Static(id="reasons-facts")

    def show(self, pick: Recommendation, heard: TrackFacts | None, ordinary: float | None) -> None:
        """Explain a pick; `heard` is None until it was looked up, `ordinary` where unknown."""
        from musicrec_core.app.results import balance  # there is a list by now, and all it needs

        track, notes = pick.track, []
        if pick.rating is not None:
            notes.append(f"Predicted rating {pick.rating:.1f} of 5.")
        if pick.explore:
            notes.append("✦ Picked to learn whether you like this kind of song.")
        facts = track_facts(track, heard)
        self._put("#reasons-title", f"Why {track.title}")
        self._put("#reasons-line", " · ".join(text for _, text in facts))
        self.query_one(ReasonList).show(pick.reasons)
        self._put("#reasons-balance", balance(pick.reasons, ordinary, pick.score))
        self._put("#reasons-note", " ".join(notes))
        self.query_one("#reasons-facts", Static).update(_facts_table(facts))
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Nothing is highlighted."""
        for selector in ("#reasons-title", "#reasons-line", "#reasons-balance", "#reasons-note"):
            self._put(selector, "")
        self.query_one(ReasonList).show(())
        self.query_one("#reasons-facts", Static).update("")

    def _put(self, selector: str, text: str) -> None:
        line = self.query_one(selector, Static)
        line.update(one_line(text))
        line.set_class(not text, "-nothing")


def track_facts(track: Track, heard: TrackFacts | None) -> list[tuple[str, str]]:
    """(what, its value) of all that is known of a song."""
    attributes = heard.attributes if heard else None
    tempo_bpm = attributes.tempo_bpm if attributes else None
    facts = (
        ("Artist", track.artist),
        ("Album", track.album),
        ("Genre", ", ".join(track.genres)),
        ("Year", str(track.year or "")),
        ("Time", clock(track.duration_s)),
        ("Tempo", f"{tempo_bpm:.0f} BPM" if tempo_bpm else ""),
        ("Key", (attributes.key if attributes else None) or ""),
        ("Mood", ", ".join(heard.moods) if heard else ""),
    )
    return [(what, one_line(text)) for what, text in facts if text]


def _facts_table(facts: Sequence[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True, width=LABEL_CELLS)
    grid.add_column(ratio=1, overflow="fold")
    for what, text in facts:
        grid.add_row(Text(what, style="dim"), Text(text))
    return grid


def signed(weight: float) -> str:
    """`+0.41` or `−0.08`, the minus as wide as the plus."""
    return f"{weight:+.2f}".replace("-", "−")

"""Why a song was picked: one line a reason, its weight as a number and a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from musicrec_core.records import Reason
from musicrec_core.text import one_line
from musicrec_tui.widgets.cells import bar

BAR_CELLS = 6


class ReasonsPanel(VerticalScroll, can_focus=False):
    """Reasons of the highlighted pick, the weightiest first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reasons--for", "reasons--against"}

    def compose(self) -> ComposeResult:
        """A heading, the reasons, and a note below."""
        yield Static(id="reasons-title", markup=False)
        yield Static(id="reasons-list", markup=False)
        yield Static(id="reasons-note", markup=False)

    def show(self, title: str, reasons: Sequence[Reason], note: str = "") -> None:
        """Explain a song; `note` holds what is no reason but worth saying."""
        self._put("#reasons-title", title)
        self.query_one("#reasons-list", Static).update(self._table(reasons))
        self._put("#reasons-note", note)
        self.scroll_home(animate=False)

    def clear(self, text: str = "") -> None:
        """Nothing is highlighted."""
        self.show("", (), text)

    def _put(self, selector: str, text: str) -> None:
        line = self.query_one(selector, Static)
        line.update(one_line(text))
        line.display = bool(text)

    def _table(self, reasons: Sequence[Reason]) -> Table:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(no_wrap=True, width=6)
        grid.add_column(no_wrap=True, width=BAR_CELLS)
        grid.add_column(ratio=1, overflow="fold")
        weightiest = max((abs(r.weight) for r in reasons), default=0.0) or 1.0
        for reason in sorted(reasons, key=lambda r: -abs(r.weight)):
            side = "reasons--for" if reason.weight >= 0 else "reasons--against"
            style = Style(color=self.get_component_rich_style(side).color)
            grid.add_row(
                Text(signed(reason.weight), style=style, justify="right"),
                Text(bar(abs(reason.weight) / weightiest, BAR_CELLS), style=style),
                Text(one_line(reason.text)),
            )
        return grid


def signed(weight: float) -> str:
    """`+0.41` or `−0.08`, the minus as wide as the plus."""
    return f"{weight:+.2f}".replace("-", "−")

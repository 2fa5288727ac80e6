"""Why one song has its score, or why it is left out."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_core.app.results import Explanation
from musicrec_core.text import one_line
from musicrec_tui.widgets.cells import bar, clock
from musicrec_tui.widgets.reasons import ReasonList

SCORE_CELLS = 20


class ExplanationScreen(ModalScreen[None]):
    """All reasons of a song."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,e,enter", "dismiss", "Close")]

    def __init__(self, explanation: Explanation) -> None:
        super().__init__()
        self._explanation = explanation

    def compose(self) -> ComposeResult:
        """The song, its score, its reasons."""
        explanation, track = self._explanation, self._explanation.track
        facts = [track.album, str(track.year or ""), ", ".join(track.genres)]
        facts_there = [fact for fact in (*facts, clock(track.duration_s)) if fact]
        with Vertical(classes="dialog", id="explanation"):
            yield Static(one_line(track.label), classes="dialog-title", markup=False)
            yield Static(one_line(" · ".join(facts_there)), id="explained-facts", markup=False)
            yield Static(
                f"Score {explanation.score:.2f}  {bar(explanation.score, SCORE_CELLS)}",
                id="explained-score",
                markup=False,
            )
            if explanation.excluded_by:
                yield Static(
                    f"✗ Not recommended: {one_line(explanation.excluded_by)}",
                    id="explained-out",
                    markup=False,
                )
            yield ReasonList(id="explained")
            if explanation.balance:
                yield Static(one_line(explanation.balance), id="explained-balance", markup=False)
            yield Static("esc closes", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Fill the panel."""
        self.query_one(ReasonList).show(self._explanation.reasons)

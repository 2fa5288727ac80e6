"""What was said in a talk, and what was answered."""

from __future__ import annotations

from collections import deque

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from musicrec_core.text import one_line

TURNS_SHOWN = 50
THINKING = "…"


class TalkLog(VerticalScroll, can_focus=False):
    """The talk from top to bottom, its end in view."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._turns: deque[tuple[str, str, bool]] = deque(maxlen=TURNS_SHOWN)

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="talk-text")

    def say(self, words: str) -> None:
        """The person said this; the answer is on its way."""
        self._turns.append((words, THINKING, True))
        self._show()

    def answer(self, text: str, *, done: bool = True) -> None:
        """The answer to what was said last."""
        if self._turns:
            words, _, _ = self._turns.pop()
            self._turns.append((words, text, done))
            self._show()

    def clear(self) -> None:
        """A new talk begins."""
        self._turns.clear()
        self._show()

    @property
    def last_answer(self) -> str:
        """What was answered last; empty text before that."""
        return self._turns[-1][1] if self._turns else ""

    def _show(self) -> None:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=1)
        grid.add_column(ratio=1, overflow="fold")
        for words, answer, done in self._turns:
            grid.add_row(Text("›", "bold"), Text(one_line(words), "bold"))
            if answer:
                grid.add_row(Text("" if done else "✗"), Text(one_line(answer)))
        self.query_one("#talk-text", Static).update(grid)
        self.display = bool(self._turns)
        self.call_after_refresh(self.scroll_end, animate=False)

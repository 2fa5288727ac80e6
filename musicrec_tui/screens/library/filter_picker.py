"""A dialog that offers filters, narrowed as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from musicrec_core.folding import fold
from musicrec_core.text import one_line
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.page import PageContext

if TYPE_CHECKING:
    from musicrec_core.app.results import LibraryFilter

WORDS = {
    "liked": "liked",
    "-liked -disliked": "no opinion yet",
    "plays:0": "never played",
    "-played:-90d": "not played for 90 days",
    "added:-30d": "new in the last 30 days",
    "disliked": "disliked",
}
EXAMPLE = "type to narrow, or a rule: tempo:..100, energy:0.7.., -genre:live"


class FilterPicker(ModalScreen[str | None]):
    """Answers with a rule, or None when it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("down", "choice(1)", "Next", show=False),
        Binding("up", "choice(-1)", "Before", show=False),
    ]

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._offered: Sequence[LibraryFilter] = ()

    def compose(self) -> ComposeResult:
        """A line to type in, and what is offered."""
        with Vertical(classes="dialog"):
            yield Static("Show only", classes="dialog-title", markup=False)
            yield Input(placeholder=EXAMPLE, compact=True, id="filter-text")
            yield Static("counting your music …", id="filter-wait", classes="keys", markup=False)
            yield OptionList(id="filter-list")
            yield Static("↑ ↓ choose · enter takes it · esc closes", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Everything, while nothing was typed."""
        self.query_one(OptionList).can_focus = False
        self._read()

    @work
    async def _read(self) -> None:
        """What is offered; counting it in a library that was not looked at yet takes a while."""
        with notify_errors(self):
            self._offered = await self.context.desk.ask(lambda m: m.library.filters())
        if self.is_attached:
            self.query_one("#filter-wait").display = False
            self._show(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        options = self.query_one(OptionList)
        chosen = options.highlighted
        if ":" in event.value or chosen is None:
            self.dismiss(event.value.strip() or None)
        else:
            self.dismiss(options.get_option_at_index(chosen).id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_choice(self, rows: int) -> None:
        """The option that many places further on."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if rows > 0 else options.action_cursor_up)()

    def _show(self, text: str) -> None:
        wanted = fold(text)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(_line(one), id=one.rule)
            for one in self._offered
            if wanted in fold(f"{one.kind} {_name(one)}")
        )
        options.highlighted = 0 if options.option_count else None


def _name(one: LibraryFilter) -> str:
    value = one.rule.partition(":")[2].strip('"').removeprefix("=")
    return WORDS[one.rule] if one.kind == "state" else value


def _line(one: LibraryFilter) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=7, no_wrap=True)
    grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    grid.add_column(width=9, justify="right")
    songs = "" if one.songs is None else f"{one.songs:,}"
    grid.add_row(Text(one.kind, "dim"), Text(one_line(_name(one))), Text(songs, "dim"))
    return grid

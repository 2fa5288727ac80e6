"""A table of any length: it draws only the lines in view and asks for pages of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from musicrec_tui.widgets.cells import fit
from musicrec_tui.widgets.columns import GAP, MARGIN, Cell, CellRow, Column, Slot, lay_out
from musicrec_tui.widgets.pages import PAGE_ROWS, Pages

HEADER_LINES = 1
NOT_YET = Cell("·", "empty")


class VirtualTable(ScrollView, can_focus=True):
    """Rows come in pages: `PageWanted` asks for one, `put_page` brings it."""

    class OfTable(Message):
        """Anything that a table announces."""

        def __init__(self, table: VirtualTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> VirtualTable:
            return self.table

    class PageWanted(OfTable):
        """Rows from `first` on, at most `count`, are about to be seen."""

        def __init__(self, table: VirtualTable, edition: int, first: int, count: int) -> None:
            super().__init__(table)
            self.edition = edition
            self.first = first
            self.count = count

    class Highlighted(OfTable):
        """The cursor is on another row, or its row has arrived; None where there is none."""

        def __init__(self, table: VirtualTable, row: CellRow | None) -> None:
            super().__init__(table)
            self.row = row

    class Chosen(OfTable):
        """Enter or a double click on a row."""

        def __init__(self, table: VirtualTable, row: CellRow) -> None:
            super().__init__(table)
            self.row = row

    class SortWanted(OfTable):
        """A sortable header was clicked."""

        def __init__(self, table: VirtualTable, key: str) -> None:
            super().__init__(table)
            self.key = key

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next row", show=False),
        Binding("up,k", "move(-1)", "CellRow before", show=False),
        Binding("pagedown,ctrl+f", "move_page(1)", "Next page", show=False),
        Binding("pageup,ctrl+b", "move_page(-1)", "Page before", show=False),
        Binding("home,g", "to_end(False)", "First row", show=False),
        Binding("end,G", "to_end(True)", "Last row", show=False),
        Binding("enter", "choose", "Explain", show=False),
    ]
    ROLES: ClassVar[tuple[str, ...]] = (
        "rank", "good", "bad", "score", "title", "artist", "quiet", "up", "down",
    )  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"table--{name}" for name in ("header", "sorted", "cursor", "hover", "empty", *ROLES)
    }

    cursor: reactive[int] = reactive(0, repaint=False)
    hover: reactive[int] = reactive(-1, repaint=False)

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.row_count = 0
        self.edition = 0
        self.sorted_by: tuple[str, bool] | None = None
        """The key of the sorted column, and whether it descends."""
        self._pages = Pages(self._want)
        self._slots: tuple[Slot, ...] = ()

    # --- content ---

    def open(self, row_count: int, cursor: int = 0) -> int:
        """Show `row_count` new rows; returns the edition that pages must name."""
        self._begin(row_count, cursor)
        self._announce()
        return self.edition

    def show(self, rows: Sequence[CellRow], cursor: int = 0) -> None:
        """Show rows that are all at hand."""
        self._begin(len(rows), cursor)
        self._pages.fill(rows)
        self._announce()

    def _begin(self, row_count: int, cursor: int) -> None:
        self.edition += 1
        self.row_count = row_count
        self._pages.clear()
        self._resize_content()
        self.set_reactive(VirtualTable.cursor, max(min(cursor, row_count - 1), 0))
        self.call_after_refresh(self._show_cursor)
        self.refresh()

    def put_page(self, edition: int, first: int, rows: Sequence[CellRow]) -> None:
        """Rows that were wanted; those of an earlier edition are dropped."""
        if edition != self.edition:
            return
        page = first // PAGE_ROWS
        self._pages.put(page, rows)
        if page == self.cursor // PAGE_ROWS:
            self._announce()
        self.refresh()

    def still_wants(self, edition: int, first: int) -> bool:
        """Whether a page is of use; one that was scrolled past may be asked for again."""
        top = int(self.scroll_y)
        useful = edition == self.edition and (
            top - PAGE_ROWS < first <= top + self.size.height
            or first // PAGE_ROWS == self.cursor // PAGE_ROWS
        )
        if not useful and edition == self.edition:
            self._pages.skip(first // PAGE_ROWS)
        return useful

    def refresh_pages(self) -> None:
        """Ask for the rows anew; the old ones stay on show until then."""
        self.edition += 1
        self._pages.age()
        self.refresh()

    def row_at(self, index: int) -> CellRow | None:
        """A row, or None while its page is on its way."""
        return self._pages.row(index) if 0 <= index < self.row_count else None

    @property
    def current(self) -> CellRow | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    def sort_mark(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        self.sorted_by = (key, descending)
        self.refresh()

    def _want(self, page: int) -> None:
        first = page * PAGE_ROWS
        count = min(PAGE_ROWS, self.row_count - first)
        self.post_message(self.PageWanted(self, self.edition, first, count))

    def _announce(self) -> None:
        self.post_message(self.Highlighted(self, self.current if self.row_count else None))

    # --- moving ---

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        self._to(self.cursor + rows)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by what is in view."""
        self._to(self.cursor + pages * max(self._visible_rows - 1, 1))

    def action_to_end(self, last: bool) -> None:
        """Move the cursor to the first or last row."""
        self._to(self.row_count - 1 if last else 0)

    def action_choose(self) -> None:
        """Tell which row was chosen."""
        row = self.current
        if row is not None:
            self.post_message(self.Chosen(self, row))

    def _to(self, index: int) -> None:
        if self.row_count:
            self.cursor = max(0, min(index, self.row_count - 1))

    def watch_cursor(self) -> None:
        """Follow the cursor."""
        self._show_cursor()
        self._announce()
        self.refresh()

    @property
    def _visible_rows(self) -> int:
        return max(self.scrollable_content_region.height - HEADER_LINES, 1)

    def _show_cursor(self) -> None:
        top = int(self.scroll_y)
        lowest_top = self.cursor - self._visible_rows + 1
        if not lowest_top <= top <= self.cursor:
            to = self.cursor if self.cursor < top else lowest_top
            self.scroll_to(y=to, animate=False, force=True)

    # --- mouse ---

    def on_click(self, event: events.Click) -> None:
        """A row gets the cursor, a header sorts."""
        if event.y < HEADER_LINES:
            slot = next((s for s in self._slots if s.start <= event.x < s.start + s.width), None)
            if slot and slot.column.sortable:
                self.post_message(self.SortWanted(self, slot.column.key))
            return
        index = self._row_under(event.y)
        if index >= 0:
            self._to(index)
            if event.chain == 2:
                self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which row is under the pointer."""
        self.hover = self._row_under(event.y)

    def on_leave(self) -> None:
        """No row is under the pointer."""
        self.hover = -1

    def watch_hover(self) -> None:
        """Draw the row under the pointer."""
        self.refresh()

    def _row_under(self, y: int) -> int:
        index = int(self.scroll_y) + y - HEADER_LINES
        return index if y >= HEADER_LINES and index < self.row_count else -1

    # --- drawing ---

    def on_resize(self) -> None:
        """Share the line out anew and keep the cursor in view."""
        self._resize_content()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """The theme changed."""
        super().notify_style_update()
        self.refresh()

    def _resize_content(self) -> None:
        width = self.scrollable_content_region.width
        self._slots = lay_out(self.columns, width)
        self.virtual_size = Size(width, self.row_count + HEADER_LINES)

    def render_line(self, y: int) -> Strip:
        """One line of the view: the header stays on top, rows scroll beneath it."""
        width = self.size.width
        if width != self.virtual_size.width:
            self._resize_content()
        if y < HEADER_LINES:
            return self._header(width)
        index = int(self.scroll_y) + y - HEADER_LINES
        base = self.rich_style
        if index >= self.row_count:
            return Strip.blank(width, base)
        if index == self.hover:
            base += self._style("hover")
        if index == self.cursor and self.row_count:
            base += self._style("cursor")
        return self._line(self.row_at(index), base, width)

    def _header(self, width: int) -> Strip:
        style = self._style("header")
        segments = [Segment(" " * MARGIN, style)]
        for slot in self._slots:
            title, own = slot.column.title, style
            if self.sorted_by and self.sorted_by[0] == slot.column.key:
                title += " ▼" if self.sorted_by[1] else " ▲"
                own = style + self._ink("sorted")
            segments.append(Segment(fit(title, slot.width, right=slot.column.right), own))
            segments.append(Segment(" " * GAP, style))
        return Strip(segments).adjust_cell_length(width, style)

    def _line(self, row: CellRow | None, base: Style, width: int) -> Strip:
        segments = [Segment(" " * MARGIN, base)]
        for slot in self._slots:
            cell = row.cells[slot.index] if row else NOT_YET
            style = base + self._ink(cell.role) if cell.role else base
            segments.append(Segment(fit(cell.text, slot.width, right=slot.column.right), style))
            segments.append(Segment(" " * GAP, base))
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        """The look of a whole line."""
        return self.get_component_rich_style(f"table--{name}")

    def _ink(self, role: str) -> Style:
        """The look of text on whatever line it is."""
        full = self._style(role)
        return Style(color=full.color, bold=full.bold or None)

"""A table of any length: it draws only the lines in view and asks for pages of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from musicrec_tui.widgets import table_messages
from musicrec_tui.widgets.column_fit import ColumnFit
from musicrec_tui.widgets.columns import CellRow, Column
from musicrec_tui.widgets.marks import Marks
from musicrec_tui.widgets.pages import PAGE_ROWS, Pages
from musicrec_tui.widgets.row_lines import RowSign, header_line, row_line, words_line

HEADER_LINES = 1


class VirtualTable(ScrollView, can_focus=True):
    """Rows come in pages: `PageWanted` asks for one, `put_page` brings it."""

    PageWanted: TypeAlias = table_messages.PageWanted
    Highlighted: TypeAlias = table_messages.Highlighted
    Chosen: TypeAlias = table_messages.Chosen
    SortWanted: TypeAlias = table_messages.SortWanted
    Marked: TypeAlias = table_messages.Marked

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next row", show=False, id="table.down"),
        Binding("up,k", "move(-1)", "Row before", show=False, id="table.up"),
        Binding("pagedown,ctrl+f", "move_page(1)", "Next page", show=False, id="table.page_down"),
        Binding("pageup,ctrl+b", "move_page(-1)", "Page before", show=False, id="table.page_up"),
        Binding("home,g", "to_end(False)", "First row", show=False, id="table.first"),
        Binding("end,G", "to_end(True)", "Last row", show=False, id="table.last"),
        Binding(
            "insert,M",
            "mark",
            "Mark",
            show=False,
            id="table.mark",
            tooltip="mark the song or let go of it; l d a A P act on all that is marked",
        ),
        Binding(
            "V",
            "mark_up_to_here",
            "Mark up to here",
            show=False,
            id="table.mark_range",
            tooltip="mark every song from the one marked last to this one",
        ),
        Binding(
            "asterisk",
            "mark_all",
            "Mark all",
            show=False,
            id="table.mark_all",
            tooltip="mark every song of the list, of a large one those at hand; again lets go",
        ),
        Binding("enter", "choose", "Choose the row", show=False, id="table.choose"),
    ]
    ROLES: ClassVar[tuple[str, ...]] = (
        "rank", "good", "bad", "score", "title", "artist", "quiet", "up", "down", "playing",
        "marked",
    )  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"table--{name}" for name in ("header", "sorted", "cursor", "hover", "empty", *ROLES)
    }

    cursor: reactive[int] = reactive(0, repaint=False)
    hover: reactive[int] = reactive(-1, repaint=False)
    playing: reactive[int | None] = reactive(None)
    """The track id of the song that plays; its rows carry a mark."""

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.row_count = 0
        self.edition = 0
        self.sorted_by: tuple[str, bool] | None = None
        """The key of the sorted column, and whether it descends."""
        self.touched = False
        """Whether the cursor was moved, or its row acted on, since the rows appeared."""
        self._empty_text = ""
        self._fit = ColumnFit(columns)
        self._pages = Pages(self._want)
        self.marks = Marks()
        """The songs that keys act on, where any are marked."""

    # --- content ---

    def open(self, row_count: int, cursor: int = 0) -> int:
        """Show `row_count` other rows; returns the edition that pages must name.

        A cursor that follows its row to another place stays on its line of the screen.
        """
        self._fit.forget()
        self._begin(row_count, cursor)
        self._announce()
        return self.edition

    def show(self, rows: Sequence[CellRow], cursor: int = 0) -> None:
        """Show rows that are all at hand."""
        self._fit.forget()
        self._fit.take_in(rows)
        self._begin(len(rows), cursor)
        self._pages.fill(rows)
        self._announce()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """The same rows in other columns: they are wanted anew."""
        self.columns = tuple(columns)
        self._fit = ColumnFit(columns)
        self._begin(self.row_count, self.cursor)

    def say_when_empty(self, text: str) -> None:
        """What stands where the rows would be."""
        if text != self._empty_text:
            self._empty_text = text
            self.refresh()

    def _begin(self, row_count: int, cursor: int) -> None:
        self.edition += 1
        self.row_count = row_count
        self._pages.clear()
        self._resize_content()
        line = self.cursor - int(self.scroll_y)  # of the screen, which the cursor keeps
        self.set_reactive(VirtualTable.cursor, max(min(cursor, row_count - 1), 0))
        self.call_after_refresh(self._show_cursor, line)
        self.refresh()

    def put_page(self, edition: int, first: int, rows: Sequence[CellRow]) -> None:
        """Rows that were wanted; those of an earlier edition are dropped."""
        if edition != self.edition:
            return
        page = first // PAGE_ROWS
        self._pages.put(page, rows)
        if self._fit.take_in(rows):
            self._resize_content()
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

    # --- marking ---

    def action_mark(self) -> None:
        """Mark the song under the cursor, or let go of it, and go on."""
        if self._mark(self.cursor):
            self._to(self.cursor + 1)

    def action_mark_up_to_here(self) -> None:
        """Mark all from the last mark to the cursor, of what is at hand."""
        first = self.cursor if self.marks.last is None else self.marks.last
        step = 1 if first <= self.cursor else -1
        rows = map(self.row_at, range(first, self.cursor + step, step))
        self.marks.add(self.cursor, (row.track_id for row in rows if row and row.track_id >= 0))
        self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark every song at hand; where all of them are, let go."""
        at_hand = [row.track_id for row in self._pages.at_hand if row.track_id >= 0]
        if all(track_id in self.marks for track_id in at_hand):
            self.let_go()
        else:
            self.marks.add(self.cursor, at_hand)
            self._marks_changed()

    def let_go(self) -> bool:
        """Mark nothing any more; whether anything was."""
        had = self.marks.clear()
        self.refresh()
        return had

    def _mark(self, index: int) -> bool:
        row = self.row_at(index)
        if row is None or row.track_id < 0:
            return False
        self.marks.toggle(index, row.track_id)
        self._marks_changed()
        return True

    def _marks_changed(self) -> None:
        self.touched = True
        self.refresh()
        self.post_message(self.Marked(self, len(self.marks)))

    def _to(self, index: int) -> None:
        self.touched = True
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

    def _show_cursor(self, line: int | None = None) -> None:
        """Scroll no more than it takes, or until the cursor is on a line of the screen."""
        top = int(self.scroll_y)
        if line is not None and 0 <= line < self._visible_rows:
            top = max(min(self.cursor - line, self.row_count - self._visible_rows), 0)
        lowest_top = self.cursor - self._visible_rows + 1
        top = min(max(top, lowest_top), self.cursor)
        if top != int(self.scroll_y):
            self.scroll_to(y=top, animate=False, force=True)

    # --- mouse ---

    def on_click(self, event: events.Click) -> None:
        """A row gets the cursor, a header sorts."""
        if event.y < HEADER_LINES:
            column = self._fit.column_at(event.x)
            if column and column.sortable:
                self.post_message(self.SortWanted(self, column.key))
            return
        index = self._row_under(event.y)
        if index >= 0:
            self._to(index)
            if event.ctrl:
                self._mark(index)
            elif event.chain == 2:
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
        self._fit.lay_out(width)
        self.virtual_size = Size(width, self.row_count + HEADER_LINES)

    def render_line(self, y: int) -> Strip:
        """One line of the view: the header stays on top, rows scroll beneath it."""
        width = self.size.width
        if not self.row_count:
            return words_line(self._empty_text, y, self.size, self.rich_style + self.ink("quiet"))
        if width != self.virtual_size.width:
            self._resize_content()
        if y < HEADER_LINES:
            return header_line(self._fit.slots, self.sorted_by, self, width)
        index = int(self.scroll_y) + y - HEADER_LINES
        base = self.rich_style
        if index >= self.row_count:
            return Strip.blank(width, base)
        if index == self.hover:
            base += self.line_style("hover")
        if index == self.cursor:
            base += self.line_style("cursor")
        row = self.row_at(index)
        playing = row is not None and row.track_id == self.playing
        marked = row is not None and row.track_id in self.marks
        sign = RowSign.MARKED if marked else RowSign.PLAYING if playing else RowSign.NONE
        return row_line(row, self._fit.slots, base, self, width, sign)

    def line_style(self, name: str) -> Style:
        """The look of a whole line."""
        return self.get_component_rich_style(f"table--{name}")

    def ink(self, role: str) -> Style:
        """The look of text on whatever line it is."""
        full = self.line_style(role)
        return Style(color=full.color, bold=full.bold or None)

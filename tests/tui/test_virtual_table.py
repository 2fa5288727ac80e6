from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from musicrec_tui.application import STYLESHEET
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.pages import PAGE_ROWS, PAGES_KEPT
from musicrec_tui.widgets.virtual_table import VirtualTable

COLUMNS = (
    Column("name", "Name", weight=2, sortable=True),
    Column("length", "Length", width=8, right=True),
)


def row(index: int, text: str = "") -> CellRow:
    return CellRow(index, (Cell(text or f"song {index}", "title"), Cell(str(index))))


class TableApp(App[None]):
    """Answers for pages as long as `generous`, and notes what it heard."""

    CSS_PATH = STYLESHEET

    def __init__(self) -> None:
        super().__init__()
        self.table = VirtualTable(COLUMNS)
        self.generous = True
        self.wanted: list[VirtualTable.PageWanted] = []
        self.chosen: list[int] = []
        self.sorts: list[str] = []
        self.highlighted: CellRow | None = None

    def compose(self) -> ComposeResult:
        yield self.table

    def on_virtual_table_page_wanted(self, event: VirtualTable.PageWanted) -> None:
        self.wanted.append(event)
        if self.generous:
            rows = [row(i) for i in range(event.first, event.first + event.count)]
            self.table.put_page(event.edition, event.first, rows)

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        self.highlighted = event.row

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        self.chosen.append(event.row.key)

    def on_virtual_table_sort_wanted(self, event: VirtualTable.SortWanted) -> None:
        self.sorts.append(event.key)


@asynccontextmanager
async def running() -> AsyncIterator[tuple[TableApp, Pilot[None]]]:
    app = TableApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.table.focus()
        yield app, pilot


def line(app: TableApp, y: int) -> str:
    return app.table.render_line(y).text


async def test_of_a_million_rows_only_pages_in_view_are_asked_for() -> None:
    async with running() as (app, pilot):
        app.table.open(1_000_000)
        await pilot.pause()
        assert [event.first for event in app.wanted] == [0]
        await pilot.press("end")
        await pilot.pause()
        assert "song 999999" in line(app, 11)
        assert len(app.wanted) <= 3
        assert app.highlighted == row(999_999)


async def test_rows_on_their_way_are_shown_as_such_and_then_arrive() -> None:
    async with running() as (app, pilot):
        app.generous = False
        app.table.open(5)
        await pilot.pause()
        assert "·" in line(app, 1)
        assert app.highlighted is None
        app.table.put_page(app.table.edition, 0, [row(i) for i in range(5)])
        await pilot.pause()
        assert "song 0" in line(app, 1)
        assert app.highlighted == row(0)


async def test_a_page_of_an_earlier_list_is_dropped() -> None:
    async with running() as (app, pilot):
        app.generous = False
        late = app.table.open(5)
        app.table.open(5)
        app.table.put_page(late, 0, [row(i, "stale") for i in range(5)])
        await pilot.pause()
        assert "stale" not in line(app, 1)


async def test_rows_stay_on_show_while_they_are_read_anew() -> None:
    async with running() as (app, pilot):
        app.table.open(5)
        await pilot.pause()
        app.generous = False
        app.table.refresh_pages()
        assert "song 0" in line(app, 1)
        await pilot.pause()
        assert app.wanted[-1].edition == app.table.edition
        app.table.put_page(app.table.edition, 0, [row(i, "fresh") for i in range(5)])
        assert "fresh" in line(app, 1)


async def test_memory_is_bounded_however_far_one_scrolls() -> None:
    async with running() as (app, pilot):
        app.table.open(1_000_000)
        for page in range(PAGES_KEPT * 2):
            app.table.cursor = page * PAGE_ROWS
            await pilot.pause()
        assert len(app.table._pages) <= PAGES_KEPT


async def test_the_cursor_moves_by_keys_and_stops_at_the_ends() -> None:
    async with running() as (app, pilot):
        app.table.show([row(i) for i in range(30)])
        places = []
        for key in ("up", "j", "down", "k", "pagedown", "G", "j", "pageup", "g"):
            await pilot.press(key)
            places.append(app.table.cursor)
        assert places == [0, 1, 2, 1, 11, 29, 29, 19, 0]


async def test_the_row_under_the_cursor_is_always_in_view() -> None:
    async with running() as (app, pilot):
        app.table.show([row(i) for i in range(300)])
        for key in ("G", "pageup", "pageup", "k", "g", "pagedown"):
            await pilot.press(key)
            await pilot.pause()
            shown = "".join(line(app, y) for y in range(12))
            assert f"song {app.table.cursor} " in shown


async def test_markup_and_escape_sequences_in_a_tag_are_only_text() -> None:
    async with running() as (app, pilot):
        app.table.show([row(0, "[bold red]a[/] \x1b[31mb\r\n\u202ec"), row(1)])
        await pilot.pause()
        assert "[bold red]a[/]" in line(app, 1)
        assert line(app, 1).isprintable()


@pytest.mark.parametrize(
    "text", ["夜に駆ける" * 9, "e\u0301" * 50, "👩‍🎤" * 30, "\udcff" * 60, "x" * 99]
)
async def test_every_line_is_as_wide_as_the_table_whatever_it_holds(text: str) -> None:
    async with running() as (app, pilot):
        app.table.show([row(0, text), row(1)])
        await pilot.pause()
        assert cell_len(line(app, 1)) == cell_len(line(app, 2)) == app.table.size.width


async def test_the_header_stays_on_top_and_tells_the_order() -> None:
    async with running() as (app, pilot):
        app.table.show([row(i) for i in range(30)])
        app.table.sort_mark("name", descending=True)
        await pilot.press("G")
        await pilot.pause()
        assert "Name ▼" in line(app, 0)


async def test_a_click_on_a_header_asks_for_its_order_where_it_has_one() -> None:
    async with running() as (app, pilot):
        app.table.show([row(0)])
        await pilot.click(VirtualTable, offset=(2, 0))
        await pilot.click(VirtualTable, offset=(36, 0))
        assert app.sorts == ["name"]


async def test_a_click_takes_the_cursor_and_a_second_one_chooses() -> None:
    async with running() as (app, pilot):
        app.table.show([row(i) for i in range(30)])
        await pilot.click(VirtualTable, offset=(2, 4))
        assert (app.table.cursor, app.chosen) == (3, [])
        await pilot.click(VirtualTable, offset=(2, 6), times=2)
        assert (app.table.cursor, app.chosen) == (5, [5])


async def test_enter_chooses_and_an_empty_table_chooses_nothing() -> None:
    async with running() as (app, pilot):
        await pilot.press("enter", "j", "G")
        assert app.chosen == []
        app.table.show([row(7)])
        await pilot.press("enter")
        assert app.chosen == [7]

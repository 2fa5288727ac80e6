"""The plot of the map: a cursor that walks from song to song, a view that comes nearer."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from musicrec_tui.screens.explore import drawing
from musicrec_tui.screens.explore.drawing import Ink
from musicrec_tui.screens.explore.grid import CLOSEST, Cell, MapGrid, MapSongs, View, grid_of

ZOOM = 1.6
PAN = 0.4  # of the view, where a step leads out of it


class SongPlot(Widget, can_focus=True):
    """Draws a grid that is counted in a thread; `songs` are the places in MapSongs it speaks of."""

    class Walked(Message):
        """The cursor is on other songs: their places, the best first."""

        def __init__(self, songs: list[int]) -> None:
            super().__init__()
            self.songs = songs

    class Entered(Message):
        """Enter or a double click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(0,-1)", "Up", show=False, id="map.up"),
        Binding("down", "walk(0,1)", "Down", show=False, id="map.down"),
        Binding(
            "left", "walk(-1,0)", "Left", show=False, id="map.left",
            tooltip="to the nearest song that way, as the other arrows do",
        ),
        Binding("right", "walk(1,0)", "Right", show=False, id="map.right"),
        Binding("enter", "enter", "Play the song", show=False, id="map.enter"),
        Binding("i", "zoom(1)", "Zoom", id="map.nearer", tooltip="come nearer; the wheel, too"),
        Binding(
            "o", "zoom(-1)", "Farther", show=False, id="map.farther", tooltip="go farther away"
        ),
        Binding(
            "c", "whole", "All", show=False, id="map.whole", tooltip="look at the whole map"
        ),
    ]  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"plot--kind{i}" for i in range(drawing.COLOURS)),
        *(f"plot--{role}" for role in ("none", "cursor", "liked", "disliked", "path", "playing")),
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.songs: MapSongs | None = None
        self.grid: MapGrid | None = None
        self.kind = 0
        self.cursor: Cell | None = None
        self._view: View | None = None
        self._whole: View | None = None
        self._cells: list[list[Ink | None]] = []
        self._over: dict[Cell, Ink] = {}
        self._roles: dict[int, str] = {}
        self.path: list[int] = []
        """The songs of the journey that is drawn."""
        self._empty = ""

    # --- content ---

    def show(self, songs: MapSongs) -> None:
        """Draw these songs, all of them."""
        self.songs, self._view, self._whole, self.cursor = songs, None, None, None
        self._count()

    def say_when_empty(self, text: str) -> None:
        """What stands where the map would be."""
        self._empty = text
        self.refresh()

    def filter(self, kind: int) -> None:
        """Draw one kind alone; 0 for all."""
        self.kind = kind
        self._count()

    def mark(self, roles: dict[int, str]) -> None:
        """Mark songs, by their places, as liked, disliked or playing."""
        self._roles = roles
        self._lay_over()

    def draw_path(self, songs: list[int]) -> None:
        """Draw the way from each of these to the next; none takes it away."""
        self.path = songs
        self._lay_over()

    @work(exclusive=True, group="grid")
    async def _count(self) -> None:
        """Count songs by cell in a thread; the cursor stays where it is on the map."""
        songs, size = self.songs, self.size
        if songs is None or not size.area:
            return
        if self._whole is None:
            self._whole = await asyncio.to_thread(View.whole, songs.at)
        self._view = view = self._view or self._whole
        before = self.grid
        at = before.place_of(self.cursor) if before and self.cursor else None
        grid = await asyncio.to_thread(grid_of, songs, view, size.width, size.height, self.kind)
        self._cells = await asyncio.to_thread(drawing.drawn, grid)
        self.grid = grid
        start = (grid.cell_of(*at) if at else None) or (size.width // 2, size.height // 2)
        if at is None and len(grid.songs):
            best = songs.at[int(grid.songs.min())]  # places are by score, the best first
            start = grid.cell_of(float(best[0]), float(best[1])) or start
        self._to(grid.nearest(start))
        self._lay_over()

    def _lay_over(self) -> None:
        """What stands over the songs: what plays, a journey, what was said of half a cell."""
        if self.grid is None or self.songs is None:
            return
        songs_by_role: dict[tuple[Cell, str], int] = {}
        for song, role in self._roles.items():
            if cell := self._cell(song):
                songs_by_role[cell, role] = songs_by_role.get((cell, role), 0) + 1
        roles = {
            cell: role
            for (cell, role), songs in songs_by_role.items()
            if role == drawing.PLAYING or 2 * songs >= self.grid.counts[cell[1], cell[0]]
        }
        stops = [cell for i in self.path if (cell := self._cell(i))]
        self._over = drawing.marks(roles) | drawing.path_cells(stops)
        self.refresh()

    def _cell(self, song: int) -> Cell | None:
        if self.songs is None or self.grid is None:
            return None
        if self.kind and self.songs.kinds[song] != self.kind:
            return None
        return self.grid.cell_of(*map(float, self.songs.at[song]))

    # --- moving ---

    def action_walk(self, across: int, down: int) -> None:
        """To the nearest song that way; out of the view, the view follows."""
        if self.grid is None or self.cursor is None or self._view is None:
            return
        to = self.grid.next(self.cursor, across, down)
        if to is not None:
            self._to(to)
        elif self._view != self._whole:
            self._view = self._view.moved(PAN * across, PAN * down)
            self._count()

    def action_zoom(self, nearer: int) -> None:
        """Nearer to the cursor, or farther away."""
        if self.grid is not None and self.cursor is not None:
            self._zoom(ZOOM**nearer, self.cursor)

    def _zoom(self, factor: float, cell: Cell) -> None:
        whole = self._whole
        if self.grid is None or self._view is None or whole is None:
            return
        view = self._view.zoomed(factor, *self.grid.place_of(cell))
        if view.width >= whole.width:
            view = whole
        if view.width > whole.width * CLOSEST and view != self._view:
            self._view = view
            self._count()

    def action_whole(self) -> None:
        """All of it."""
        if self._whole is not None:
            self._view = self._whole
            self._count()

    def action_enter(self) -> None:
        """Something shall be done with the song under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Entered())

    def _to(self, cell: Cell | None) -> None:
        lines = {at[1] for at in (self.cursor, cell) if at}
        self.cursor = cell
        songs = self.grid.songs_in(cell).tolist() if self.grid and cell else []
        self.post_message(self.Walked(songs))
        self.refresh(*(Region(0, line, self.size.width, 1) for line in lines))

    # --- mouse ---

    def on_click(self, event: events.Click) -> None:
        """The nearest song gets the cursor; a double click enters it."""
        if self.grid is not None:
            self._to(self.grid.nearest((event.x, event.y)))
            if event.chain == 2:
                self.action_enter()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Nearer to what is under the pointer."""
        event.stop()
        self._zoom(ZOOM, (event.x, event.y))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Farther away from it."""
        event.stop()
        self._zoom(1 / ZOOM, (event.x, event.y))

    # --- drawing ---

    def on_resize(self) -> None:
        """Another size has other cells."""
        self._count()

    def notify_style_update(self) -> None:
        """The theme changed."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of cells."""
        base, width = self.rich_style, self.size.width
        grid = self.grid
        if grid is None or not len(grid.songs):
            text = self._empty if y == self.size.height // 2 else ""
            return Strip([Segment(text.center(width)[:width], base)], width)
        if y >= grid.rows or grid.columns != width:
            return Strip.blank(width, base)
        inks = [self._over.get((x, y), ink) for x, ink in enumerate(self._cells[y])]
        looks = [
            (ink.role if ink else "", bool(ink and ink.full), (x, y) == self.cursor)
            for x, ink in enumerate(inks)
        ]
        text = "".join(ink.character if ink else " " for ink in inks)
        segments, start = [], 0
        for look, run in groupby(looks):
            end = start + len(list(run))
            segments.append(Segment(text[start:end], self._look(*look, base)))
            start = end
        return Strip(segments, width)

    def _look(self, role: str, full: bool, under_cursor: bool, base: Style) -> Style:
        style = base
        if role:
            color = self.get_component_rich_style(f"plot--{role}").color
            style += Style(color=color, bold=full or None)
        if under_cursor:
            style += self.get_component_rich_style("plot--cursor")
        return style

"""The map cut into the cells of the screen: how many songs lie in each, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from musicrec_core.records import FloatArray, IntArray

Cell = tuple[int, int]
"""Column and row, from the top left."""

DOTS = (2, 4)  # of a braille character, across and down
BITS = np.array([[1, 2, 4, 64], [8, 16, 32, 128]], np.int64)
ASPECT = 2.0  # a cell is about twice as high as wide
CLOSEST = 0.002  # of the map's width
MARGIN = 1.04


@dataclass(frozen=True, slots=True, repr=False)
class MapSongs:
    """The songs of the map, the best score first.

    track_ids: int64 [m]. at: float32 [m, 2]. kinds: int16 [m], the number of the cluster, 0 for
    none. scores: float32 [m], NaN where there is none.
    """

    track_ids: IntArray
    at: FloatArray
    kinds: IntArray
    scores: FloatArray

    @classmethod
    def best_first(
        cls, track_ids: IntArray, at: FloatArray, kinds: IntArray, scores: FloatArray
    ) -> MapSongs:
        """In that order, songs without a score last."""
        order = np.argsort(-np.nan_to_num(scores, nan=-1.0), kind="stable")
        return cls(track_ids[order], at[order], kinds[order].astype(np.int16), scores[order])

    def places(self, track_ids: list[int]) -> dict[int, int]:
        """The index of each of the tracks that is on the map, by track id."""
        places = np.flatnonzero(np.isin(self.track_ids, np.array(track_ids, np.int64)))
        return {int(self.track_ids[i]): int(i) for i in places}


@dataclass(frozen=True, slots=True)
class View:
    """The part of the map that is looked at, by its corner and size."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def whole(cls, at: FloatArray) -> View:
        """All songs, and a little room round them."""
        if not len(at):
            return cls(-1.0, -1.0, 2.0, 2.0)
        low, high = at.min(axis=0), at.max(axis=0)
        size = np.maximum(high - low, 1e-3) * MARGIN
        left, top = (low + high - size) / 2
        return cls(float(left), float(top), float(size[0]), float(size[1]))

    def zoomed(self, factor: float, x: float, y: float) -> View:
        """Nearer by a factor above 1, with (x, y) staying where it is on the screen."""
        width, height = self.width / factor, self.height / factor
        across, down = (x - self.left) / self.width, (y - self.top) / self.height
        return View(x - across * width, y - down * height, width, height)

    def moved(self, across: float, down: float) -> View:
        """By parts of its size."""
        return replace(
            self, left=self.left + across * self.width, top=self.top + down * self.height
        )


@dataclass(frozen=True, slots=True, repr=False)
class MapGrid:
    """A view in cells. counts, kinds, dots: [rows, columns]: songs, the commonest kind, braille."""

    view: View
    columns: int
    rows: int
    counts: IntArray
    kinds: IntArray
    dots: IntArray
    songs: IntArray
    """Int64: places in MapSongs, cell by cell, the best first."""
    starts: IntArray
    """Int64 [cells + 1]: where those of a cell begin."""

    def songs_in(self, cell: Cell) -> IntArray:
        """Places in MapSongs of the songs of a cell, the best first."""
        number = cell[1] * self.columns + cell[0]
        return self.songs[self.starts[number] : self.starts[number + 1]]

    def cell_of(self, x: float, y: float) -> Cell | None:
        """The cell of a place on the map; None outside the view."""
        if x < self.view.left or y < self.view.top:
            return None
        across, down = _dots_of(self.view, np.array([[x, y]], np.float32), self.columns, self.rows)
        column, row = int(across[0]) // DOTS[0], int(down[0]) // DOTS[1]
        return (column, row) if column < self.columns and row < self.rows else None

    def place_of(self, cell: Cell) -> tuple[float, float]:
        """The middle of a cell on the map."""
        x = self.view.left + (cell[0] + 0.5) / self.columns * self.view.width
        return x, self.view.top + (cell[1] + 0.5) / self.rows * self.view.height

    def nearest(self, cell: Cell) -> Cell | None:
        """The cell with songs that lies nearest; None where there is none."""
        rows, columns = np.nonzero(self.counts)
        if not len(rows):
            return None
        away = (columns - cell[0]) ** 2 + ((rows - cell[1]) * ASPECT) ** 2
        best = int(np.argmin(away))
        return int(columns[best]), int(rows[best])

    def next(self, cell: Cell, across: int, down: int) -> Cell | None:
        """The nearest cell with songs in a direction, those straight ahead first."""
        rows, columns = np.nonzero(self.counts)
        x, y = columns - cell[0], (rows - cell[1]) * ASPECT
        ahead, aside = x * across + y * down, np.abs(x * down) + np.abs(y * across)
        cost = np.where(aside <= ahead, ahead + 2 * aside, 1e6 + ahead + 3 * aside)
        cost = np.where(ahead > 0, cost, np.inf)
        if not len(cost) or not np.isfinite(cost.min()):
            return None
        best = int(np.argmin(cost))
        return int(columns[best]), int(rows[best])


def grid_of(songs: MapSongs, view: View, columns: int, rows: int, kind: int = 0) -> MapGrid:
    """Cut a view into cells; `kind`, where it is not 0, leaves all others out."""
    x, y = _dots_of(view, songs.at, columns, rows)
    inside = (x < columns * DOTS[0]) & (y < rows * DOTS[1])
    inside &= (songs.at[:, 0] >= view.left) & (songs.at[:, 1] >= view.top)
    if kind:
        inside &= songs.kinds == kind
    seen = np.flatnonzero(inside)
    x, y = x[seen], y[seen]
    cell = (y // DOTS[1]) * columns + x // DOTS[0]
    small = np.uint16 if columns * rows <= 1 << 16 else np.int64  # 16 bits are sorted by radix
    order = np.argsort(cell.astype(small), kind="stable")
    counts = np.bincount(cell, minlength=columns * rows)
    return MapGrid(
        view, columns, rows,
        counts.reshape(rows, columns),
        _commonest(cell, songs.kinds[seen], columns * rows).reshape(rows, columns),
        _braille(x, y, columns, rows),
        seen[order],
        np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
    )  # fmt: skip


def _dots_of(view: View, at: FloatArray, columns: int, rows: int) -> tuple[IntArray, IntArray]:
    """Int64 [m] each: the dots that places, float32 [m, 2], lie on, across and down."""
    across, down = columns * DOTS[0] / view.width, rows * DOTS[1] / view.height
    x, y = (at[:, 0] - view.left) * across, (at[:, 1] - view.top) * down
    return x.astype(np.int64), y.astype(np.int64)


def _commonest(cell: IntArray, kinds: IntArray, cells: int) -> IntArray:
    """Int64 [cells]: the kind that most songs of a cell are of; 0 where they are of none."""
    many = int(kinds.max(initial=0)) + 1
    table: IntArray = np.bincount(cell * many + kinds, minlength=cells * many)
    commonest: IntArray = table.reshape(cells, many).argmax(axis=1)
    return commonest


def _braille(x: IntArray, y: IntArray, columns: int, rows: int) -> IntArray:
    """Int64 [rows, columns]: which dots of each character are set."""
    across, down = columns * DOTS[0], rows * DOTS[1]
    there = np.bincount(y * across + x, minlength=across * down) > 0
    cells = there.reshape(rows, DOTS[1], columns, DOTS[0])
    braille: IntArray = np.einsum("rdca,ad->rc", cells.astype(np.int64), BITS)
    return braille

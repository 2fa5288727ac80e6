"""The map in cells: every song of the view once, walked from cell to cell."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from musicrec_tui.screens.explore import drawing
from musicrec_tui.screens.explore.grid import MapSongs, View, grid_of


def songs_of(count: int, seed: int = 0) -> MapSongs:
    rng = np.random.default_rng(seed)
    at = rng.uniform(-1, 1, (count, 2)).astype(np.float32)
    scores = rng.uniform(0, 1, count).astype(np.float32)
    kinds = 1 + (at[:, 0] > 0)
    return MapSongs.best_first(np.arange(100, 100 + count), at, kinds, scores)


@given(st.integers(1, 400), st.integers(1, 90), st.integers(1, 40), st.integers(0, 9))
def test_the_whole_map_holds_each_song_in_one_cell(
    count: int, columns: int, rows: int, seed: int
) -> None:
    songs = songs_of(count, seed)
    grid = grid_of(songs, View.whole(songs.at), columns, rows)
    assert grid.counts.sum() == count
    assert sorted(grid.songs.tolist()) == list(range(count))
    for row, column in np.argwhere(grid.counts > 0).tolist():
        here = grid.songs_in((column, row)).tolist()
        assert here == sorted(here)  # the best first
        assert all(grid.cell_of(*map(float, songs.at[i])) == (column, row) for i in here)
    assert ((grid.dots > 0) == (grid.counts > 0)).all()


def test_walking_right_and_back_visits_other_cells_in_that_direction() -> None:
    songs = songs_of(60)
    grid = grid_of(songs, View.whole(songs.at), 60, 20)
    cell = grid.nearest((0, 10))
    assert cell is not None
    seen = [cell]
    while (cell := grid.next(cell, 1, 0)) is not None:
        assert cell[0] > seen[-1][0]
        assert grid.counts[cell[1], cell[0]]
        seen.append(cell)
    assert len(seen) > 5
    assert seen[-1][0] == max(np.nonzero(grid.counts)[1])


def test_a_closer_view_keeps_the_place_that_is_zoomed_at() -> None:
    songs = songs_of(500)
    grid = grid_of(songs, View.whole(songs.at), 80, 30)
    at = grid.place_of((20, 10))
    closer = grid_of(songs, grid.view.zoomed(2, *at), 80, 30)
    assert closer.counts.sum() < grid.counts.sum()
    assert closer.cell_of(*at) == (20, 10)


def test_one_kind_alone_leaves_out_the_others() -> None:
    songs = songs_of(100)
    grid = grid_of(songs, View.whole(songs.at), 40, 20, kind=2)
    assert grid.counts.sum() == (songs.kinds == 2).sum()
    assert set(songs.kinds[grid.songs].tolist()) == {2}


def test_few_songs_are_letters_and_many_are_dots_with_letters_strewn_in() -> None:
    for count, dotted in ((40, False), (5000, True)):
        songs = songs_of(count)
        rows = drawing.drawn(grid_of(songs, View.whole(songs.at), 60, 20))
        inks = [ink for row in rows for ink in row if ink]
        letters = {ink.character.upper() for ink in inks if ink.character.isalpha()}
        assert letters == {"A", "B"}  # each kind is told without its colour
        assert any(ord(ink.character) > drawing.BRAILLE for ink in inks) == dotted


def test_a_journey_is_drawn_from_number_to_number() -> None:
    cells = drawing.path_cells([(0, 0), (6, 0), (6, 3)])
    assert {cells[c].character for c in ((0, 0), (6, 0), (6, 3))} == {"1", "2", "3"}
    assert cells[3, 0].character == "•"
    assert cells[6, 1].character == "•"


def test_an_empty_map_has_a_view_and_no_cell_to_go_to() -> None:
    songs = songs_of(0)
    grid = grid_of(songs, View.whole(songs.at), 10, 5)
    assert grid.nearest((0, 0)) is None
    assert grid.next((0, 0), 1, 0) is None

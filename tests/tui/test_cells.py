from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from musicrec_tui.widgets.cells import bar, clock, fit
from musicrec_tui.widgets.columns import GAP, MARGIN, Column, lay_out


@given(st.text(), st.integers(0, 40), st.booleans())
def test_any_text_takes_exactly_the_cells_it_is_given(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert fit(text, 20).isprintable()


def test_wide_characters_count_twice() -> None:
    assert fit("夜に駆ける", 7) == "夜に駆…"
    assert fit("夜に駆ける", 6) == "夜に… "
    assert fit("夜", 4, right=True) == "  夜"


@given(st.floats(-1, 2), st.integers(1, 40))
def test_a_bar_has_its_width_whatever_the_share(share: float, width: int) -> None:
    assert cell_len(bar(share, width)) == width


def test_a_bar_is_drawn_by_halves() -> None:
    assert bar(0.0, 4) == "    "
    assert bar(0.375, 4, "─") == "━╸──"
    assert bar(1.0, 4) == "━━━━"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (0, "0:00"), (65.9, "1:05"), (3723, "1:02:03"), (-1, "0:00")]
)
def test_time_is_shown_as_a_clock_shows_it(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown


COLUMNS = (
    Column("rank", "#", width=3),
    Column("title", "Title", weight=3),
    Column("artist", "Artist", weight=2),
    Column("album", "Album", weight=2, from_width=60),
)


@given(st.integers(30, 400))
def test_columns_use_the_whole_line_and_never_overlap(width: int) -> None:
    slots = lay_out(COLUMNS, width)
    assert slots[0].start == MARGIN
    for left, right in pairwise(slots):
        assert right.start == left.start + left.width + GAP
    assert slots[-1].start + slots[-1].width == width - MARGIN


def test_a_column_that_asks_for_room_is_left_out_of_a_narrow_table() -> None:
    assert [slot.column.key for slot in lay_out(COLUMNS, 59)] == ["rank", "title", "artist"]
    assert len(lay_out(COLUMNS, 60)) == 4

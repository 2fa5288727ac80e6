"""Picks as rows of a table, and what moved in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from musicrec_core.records import FeedbackKind, Recommendation, Track
from musicrec_tui.widgets.cells import bar, clock
from musicrec_tui.widgets.columns import Cell, CellRow, Column

SCORE_CELLS = 6

PICK_COLUMNS = (
    Column("rank", "#", width=3, right=True, gap=1),
    Column("mark", "", width=1, gap=1),
    Column("title", "Title", weight=6),
    Column("artist", "Artist", weight=4),
    Column("album", "Album", weight=4, from_width=90, optional=True),
    Column("year", "Year", width=4, from_width=110, right=True, optional=True),
    Column("length", "Time", width=5, from_width=64, right=True),
    Column("bar", "", width=SCORE_CELLS, from_width=100, gap=1),
    Column("score", "Score", width=5, right=True, gap=1),
    Column("moved", "", width=4, right=True, optional=True),
)

MARKS: dict[FeedbackKind | None, Cell] = {
    "like": Cell("♥", "good"),
    "dislike": Cell("✗", "bad"),
}
NO_MARK = Cell("")


def pick_row(rank: int, pick: Recommendation, moved: str, opinion: FeedbackKind | None) -> CellRow:
    """A line of For You; `moved` as `movement` words it."""
    track = pick.track
    mark = MARKS.get(opinion, Cell("✦", "quiet") if pick.explore else NO_MARK)
    return CellRow(
        track.id,
        (
            Cell(str(rank), "rank"),
            mark,
            Cell(track.title, "title"),
            Cell(track.artist, "artist"),
            Cell(track.album, "quiet"),
            Cell(year_of(track), "quiet"),
            Cell(clock(track.duration_s), "quiet"),
            Cell(bar(pick.score, SCORE_CELLS), "score"),
            Cell(f"{pick.score:.2f}"),
            Cell(moved, "down" if moved.startswith("▼") else "up"),
        ),
        track.id,
    )


def movement(before: list[int], after: list[int]) -> dict[int, str]:
    """`▲3`, `▼2` or `new` by track id.

    Places count among the songs that both lists hold, and songs that only made room for others
    did not move: those of the longest run that kept its order.
    """
    old = {key: i for i, key in enumerate(key for key in before if key in set(after))}
    stayed = [key for key in after if key in old]
    unmoved = set(longest_rising([old[key] for key in stayed]))
    words = {key: "new" for key in after if key not in old}
    for place, key in enumerate(stayed):
        rise = old[key] - place
        if rise and old[key] not in unmoved:
            words[key] = f"▲{rise}" if rise > 0 else f"▼{-rise}"
    return words


def longest_rising(numbers: list[int]) -> list[int]:
    """A longest subsequence of different numbers that rises, by patience sorting."""
    tops: list[int] = []  # the smallest number that ends a run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tops, number)
        before[number] = tops[at - 1] if at else None
        tops[at : at + 1] = [number]
    run: list[int] = []
    last = tops[-1] if tops else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]


def worked_through(
    shown: Sequence[Recommendation],
    new: Sequence[Recommendation],
    cursor: int,
    most: int,
    kept: Sequence[Recommendation] = (),
) -> list[Recommendation]:
    """The new list below the cursor's row, and what is shown down to it where it is.

    So no row moves away from under the cursor, and a list can be worked through from its top.
    kept: of what is shown and not in the new list, how it is now.
    """
    fresh = {pick.track.id: pick for pick in (*kept, *new)}
    head = [fresh.get(pick.track.id, pick) for pick in shown[: cursor + 1]]
    there = {pick.track.id for pick in head}
    return [*head, *(pick for pick in new if pick.track.id not in there)][:most]


def year_of(track: Track) -> str:
    """Empty where it is not known."""
    return str(track.year) if track.year else ""

"""Picks and library lines as rows of a table."""

from __future__ import annotations

from bisect import bisect_left

from musicrec_core.app.results import LibraryRow
from musicrec_core.records import FeedbackKind, Recommendation, Track
from musicrec_tui.widgets.cells import bar, clock
from musicrec_tui.widgets.columns import Cell, CellRow, Column

SCORE_CELLS = 8

PICK_COLUMNS = (
    Column("rank", "#", width=3, right=True),
    Column("moved", "", width=4, right=True),
    Column("mark", "", width=1),
    Column("title", "Title", weight=5),
    Column("artist", "Artist", weight=4),
    Column("album", "Album", weight=4, from_width=90),
    Column("year", "Year", width=4, from_width=120, right=True),
    Column("length", "Time", width=6, from_width=70, right=True),
    Column("bar", "Score", width=SCORE_CELLS, from_width=56),
    Column("score", "", width=4, right=True),
)

LIBRARY_COLUMNS = (
    Column("mark", "", width=1),
    Column("title", "Title", weight=5, sortable=True),
    Column("artist", "Artist", weight=4, sortable=True),
    Column("album", "Album", weight=4, from_width=70, sortable=True),
    Column("genre", "Genre", weight=2, from_width=110),
    Column("year", "Year", width=6, from_width=80, right=True, sortable=True),
    Column("length", "Time", width=6, from_width=60, right=True),
    Column("bar", "Score", width=SCORE_CELLS, from_width=100),
    Column("score", "", width=4, right=True),
    Column("path", "File", weight=6, from_width=150, sortable=True),
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
            Cell(moved, "down" if moved.startswith("▼") else "up"),
            mark,
            Cell(track.title, "title"),
            Cell(track.artist, "artist"),
            Cell(track.album, "quiet"),
            Cell(_year(track), "quiet"),
            Cell(clock(track.duration_s), "quiet"),
            Cell(bar(pick.score, SCORE_CELLS), "score"),
            Cell(f"{pick.score:.2f}"),
        ),
    )


def library_row(file_id: int, line: LibraryRow) -> CellRow:
    """A line of the library."""
    track, score = line.track, line.score
    return CellRow(
        file_id,
        (
            MARKS.get(line.opinion, NO_MARK),
            Cell(track.title, "title"),
            Cell(track.artist, "artist"),
            Cell(track.album, "quiet"),
            Cell(", ".join(track.genres), "quiet"),
            Cell(_year(track), "quiet"),
            Cell(clock(track.duration_s), "quiet"),
            Cell("" if score is None else bar(score, SCORE_CELLS), "score"),
            Cell("" if score is None else f"{score:.2f}"),
            Cell(track.path, "quiet"),
        ),
    )


def movement(before: list[int], after: list[int]) -> dict[int, str]:
    """`▲3`, `▼2` or `new` by track id.

    Places count among the songs that both lists hold, and songs that only made room for others
    did not move: those of the longest run that kept its order.
    """
    old = {key: i for i, key in enumerate(key for key in before if key in set(after))}
    stayed = [key for key in after if key in old]
    kept = set(longest_rising([old[key] for key in stayed]))
    words = {key: "new" for key in after if key not in old}
    for place, key in enumerate(stayed):
        rise = old[key] - place
        if rise and old[key] not in kept:
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


def neighbour(before: list[int], after: list[int], key: int) -> int:
    """Where the cursor belongs: on the same song, else on the nearest one that is still there."""
    place = {k: i for i, k in enumerate(after)}
    if key not in before:
        return 0
    at = before.index(key)
    for old in [*before[at:], *reversed(before[:at])]:
        if old in place:
            return place[old]
    return 0


def _year(track: Track) -> str:
    return str(track.year) if track.year else ""

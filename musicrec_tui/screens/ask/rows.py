"""The songs of an answer as rows of a table."""

from __future__ import annotations

from musicrec_core.records import FeedbackKind, Recommendation, Track
from musicrec_core.text import one_line
from musicrec_tui.widgets.cells import clock
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.tracks import MARKS, NO_MARK

ANSWER_COLUMNS = (
    Column("place", "#", width=3, right=True, gap=1),
    Column("mark", "", width=1, gap=1),
    Column("title", "Title", weight=6),
    Column("artist", "Artist", weight=4),
    Column("year", "Year", width=4, from_width=70, right=True, optional=True),
    Column("length", "Time", width=5, from_width=64, right=True),
    Column("why", "Why", weight=12, from_width=90, optional=True),
)


def answer_row(
    place: int, track: Track, pick: Recommendation | None, opinion: FeedbackKind | None
) -> CellRow:
    """A line of the answer; of a list for a wish also why the song is there."""
    return CellRow(
        track.id,
        (
            Cell(str(place), "rank"),
            MARKS.get(opinion, NO_MARK),
            Cell(track.title, "title"),
            Cell(track.artist, "artist"),
            Cell(str(track.year or ""), "quiet"),
            Cell(clock(track.duration_s), "quiet"),
            Cell(why(pick), "quiet"),
        ),
        track.id,
    )


def why(pick: Recommendation | None) -> str:
    """What of the wish is true of a song, else what speaks for it most."""
    if pick is None:
        return ""
    of_wish = [reason.text for reason in pick.reasons if reason.kind == "word"]
    weightiest = sorted(pick.reasons, key=lambda reason: -reason.weight)[:1]
    return one_line("; ".join(of_wish or [reason.text for reason in weightiest]))

"""The columns that a library can show: what each holds, and which ones a person chose."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from musicrec_core.app.results import LibraryOrder, LibraryRow, SongDetails
from musicrec_tui import settings
from musicrec_tui.widgets.cells import bar, clock
from musicrec_tui.widgets.columns import MARGIN, Cell, CellRow, Column
from musicrec_tui.widgets.tracks import MARKS, NO_MARK, SCORE_CELLS, year_of

SETTING = "library_columns"
LEAST_TITLE, LEAST_NAME = 16, 8  # cells, before a chosen column at the right gives way
WIDE = 90  # cells; a column that is shown from there on is none of the first
UNKNOWN = SongDetails()


@dataclass(frozen=True, slots=True)
class LibraryColumn:
    """A column and its cell. order: what a library is sorted by for it, None for nothing.

    highest_first: whether it is sorted so at first. detail: needs what is not in the tags.
    """

    column: Column
    text: Callable[[LibraryRow], str]
    role: str = "quiet"
    order: LibraryOrder | None = None
    highest_first: bool = False
    detail: bool = False
    by_default: bool = True
    about: str = ""
    """What it tells, where its title does not say."""

    @property
    def key(self) -> str:
        """Its name in the settings."""
        return self.column.key


def _detail(
    order: LibraryOrder, title: str, width: int, text: Callable[[SongDetails], str],
    *, about: str, right: bool = True, highest_first: bool = False,
) -> LibraryColumn:  # fmt: skip
    return LibraryColumn(
        Column(order, title, width=width, right=right, sortable=True),
        lambda row: text(row.details or UNKNOWN),
        order=order, highest_first=highest_first, detail=True, by_default=False, about=about,
    )  # fmt: skip


def _date(at_s: float | None) -> str:
    return "" if at_s is None else datetime.fromtimestamp(at_s).date().isoformat()  # noqa: DTZ006 - the reader's own days


def _score(row: LibraryRow) -> str:
    return "" if row.score is None else f"{row.score:.2f}"


def _score_bar(row: LibraryRow) -> str:
    return "" if row.score is None else bar(row.score, SCORE_CELLS)


DETAILS = (
    _detail(
        "tempo",
        "Tempo",
        7,
        lambda d: f"{d.tempo_bpm:.0f}" if d.tempo_bpm else "",
        about="beats a minute, as heard",
    ),
    _detail("key", "Key", 8, lambda d: d.key or "", about="as heard", right=False),
    _detail(
        "mood", "Mood", 12, lambda d: d.mood or "", about="the one it sounds like most", right=False
    ),
    _detail(
        "energy",
        "Energy",
        8,
        lambda d: "" if d.energy is None else f"{d.energy:.2f}",
        about="from 0 to 1, as heard",
    ),
    _detail(
        "rating",
        "Rating",
        8,
        lambda d: f"{d.rating:g}" if d.rating else "",
        about="yours, from 1 to 5",
        highest_first=True,
    ),
    _detail(
        "plays",
        "Plays",
        7,
        lambda d: str(d.plays or ""),
        about="how often you played it",
        highest_first=True,
    ),
    _detail(
        "played",
        "Played",
        10,
        lambda d: _date(d.played_s),
        about="when you played it last",
        right=False,
        highest_first=True,
    ),
    _detail(
        "added",
        "Added",
        10,
        lambda d: _date(d.added_s),
        about="when it came into the library",
        right=False,
        highest_first=True,
    ),
)
"""What was heard in songs and done with them."""

COLUMNS = (
    LibraryColumn(
        Column("title", "Title", weight=6, sortable=True),
        lambda row: row.track.title, "title", "title",
    ),
    LibraryColumn(
        Column("artist", "Artist", weight=4, from_width=59, sortable=True),
        lambda row: row.track.artist, "artist", "artist",
    ),
    LibraryColumn(
        Column("album", "Album", weight=4, from_width=90, sortable=True, optional=True),
        lambda row: row.track.album, order="album",
    ),
    LibraryColumn(
        Column("genre", "Genre", weight=2, from_width=120, sortable=True, optional=True),
        lambda row: ", ".join(row.track.genres), order="genre",
    ),
    LibraryColumn(
        Column("year", "Year", width=6, from_width=90, right=True, sortable=True, optional=True),
        lambda row: year_of(row.track), order="year",
    ),
    LibraryColumn(
        Column("length", "Time", width=6, from_width=44, right=True, sortable=True),
        lambda row: clock(row.track.duration_s), order="length",
    ),
    *DETAILS,
    LibraryColumn(
        Column("score", "Score", width=7, right=True, sortable=True),
        _score, "", "score", highest_first=True,
    ),
    LibraryColumn(
        Column("path", "File", weight=3, from_width=135, sortable=True),
        lambda row: os.path.basename(row.track.path), order="path",
    ),
)  # fmt: skip
"""From left to right."""

MARK = LibraryColumn(Column("mark", "", width=1, gap=1), lambda _row: "")
BAR = LibraryColumn(
    Column("bar", "", width=SCORE_CELLS, from_width=130, gap=1), _score_bar, "score"
)
DEFAULT = tuple(column.key for column in COLUMNS if column.by_default)


class ChosenColumns:
    """Those on show, in their order; the title is always among them."""

    def __init__(self, keys: Collection[str]) -> None:
        self.chosen = tuple(c for c in COLUMNS if c.key in keys or c.key == "title")
        shown = [MARK, *(self.chosen if self.is_default else _giving_way(self.chosen))]
        at = next((i for i, column in enumerate(shown) if column.key == "score"), None)
        if at is not None and self.is_default:
            shown.insert(at, BAR)
        self._shown = tuple(shown)

    @property
    def keys(self) -> tuple[str, ...]:
        """Their names in the settings."""
        return tuple(column.key for column in self.chosen)

    @property
    def is_default(self) -> bool:
        """Whether nobody chose otherwise."""
        return self.keys == DEFAULT

    @property
    def columns(self) -> tuple[Column, ...]:
        """As a table wants them."""
        return tuple(column.column for column in self._shown)

    @property
    def with_details(self) -> bool:
        """Whether rows need what was heard in the songs and done with them."""
        return any(column.detail for column in self.chosen)

    @property
    def orders(self) -> Sequence[LibraryColumn]:
        """Those to sort by, from left to right."""
        return [column for column in self.chosen if column.order]

    def row(self, file_id: int, line: LibraryRow) -> CellRow:
        """A line of the library."""
        cells = [Cell(column.text(line), column.role) for column in self._shown]
        cells[0] = MARKS.get(line.opinion, NO_MARK)
        return CellRow(file_id, tuple(cells), line.track.id)


def _giving_way(chosen: Sequence[LibraryColumn]) -> list[LibraryColumn]:
    """Shown where all to the left of them have room, so that those at the right give way.

    What is shown on wide screens alone stays so, and waits for the room that the others take.
    """
    added = sum(c.column.width + c.column.gap for c in chosen if c.detail)
    shown, needed = [], 2 * MARGIN
    for one in chosen:
        column = one.column
        if column.from_width >= WIDE:
            shown.append(replace(one, column=replace(column, from_width=column.from_width + added)))
            continue
        least = LEAST_TITLE if one.key == "title" else column.gap + (column.width or LEAST_NAME)
        needed += least
        shown.append(replace(one, column=replace(column, from_width=needed)))
    return shown


def remembered(home: Path | None) -> ChosenColumns:
    """Those of last time."""
    kept = settings.read(home).get(SETTING)
    keys = [key for key in kept if isinstance(key, str)] if isinstance(kept, list) else DEFAULT
    return ChosenColumns(keys)


def remember(home: Path | None, chosen: ChosenColumns) -> None:
    """Keep them for the next time."""
    settings.remember(home, SETTING, list(chosen.keys))

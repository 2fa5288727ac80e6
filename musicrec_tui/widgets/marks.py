"""Rows that are marked, so that one key acts on several songs."""

from __future__ import annotations

from collections.abc import Iterable


class Marks:
    """Track ids in the order in which they were marked, and where a range begins."""

    def __init__(self) -> None:
        self._ids: dict[int, None] = {}
        self.last: int | None = None
        """The row that was marked last; None where none is."""

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, track_id: int) -> bool:
        return track_id in self._ids

    @property
    def ids(self) -> tuple[int, ...]:
        """Those marked, in that order."""
        return tuple(self._ids)

    def toggle(self, row: int, track_id: int) -> None:
        """Mark a song or let go of it."""
        if track_id in self._ids:
            del self._ids[track_id]
            self.last = None
        else:
            self._ids[track_id] = None
            self.last = row

    def add(self, row: int, track_ids: Iterable[int]) -> None:
        """Mark several, of which the last stands in a row."""
        self._ids.update(dict.fromkeys(track_ids))
        self.last = row

    def clear(self) -> bool:
        """Let go of all; whether there were any."""
        had = bool(self._ids)
        self._ids.clear()
        self.last = None
        return had

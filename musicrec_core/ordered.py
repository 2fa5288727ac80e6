"""A list in an order that a person changes, with every change taken back: values, no storage.

Positions count from 0. A change is one `Splice`, so a thousand songs with a hundred changes cost a
hundred small values and not a hundred lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Splice(Generic[Entry]):
    """One change: at a position, the entries `removed` give way to those `added`."""

    position: int
    removed: tuple[Entry, ...]
    added: tuple[Entry, ...]

    @classmethod
    def between(cls, before: Sequence[Entry], after: Sequence[Entry]) -> Splice[Entry]:
        """The shortest one that makes the second list of the first."""
        shorter = min(len(before), len(after))
        start = 0
        while start < shorter and before[start] == after[start]:
            start += 1
        end = 0
        while end < shorter - start and before[-1 - end] == after[-1 - end]:
            end += 1
        return cls(
            start, tuple(before[start : len(before) - end]), tuple(after[start : len(after) - end])
        )

    @property
    def inverse(self) -> Splice[Entry]:
        """What takes it back."""
        return Splice(self.position, self.added, self.removed)

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return self.removed == self.added

    def applied(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The list after it; ValueError where the list is not the one that it was made for."""
        end = self.position + len(self.removed)
        if tuple(entries[self.position : end]) != self.removed:
            raise ValueError("the list has changed in another way since")
        return (*entries[: self.position], *self.added, *entries[end:])


def inserted(
    entries: Sequence[Entry], added: Iterable[Entry], at: int | None = None
) -> tuple[Entry, ...]:
    """With more entries before position `at`; at the end where it is None or beyond."""
    place = len(entries) if at is None else min(max(at, 0), len(entries))
    return (*entries[:place], *added, *entries[place:])


def without(entries: Sequence[Entry], positions: Collection[int]) -> tuple[Entry, ...]:
    """Without the entries at these positions."""
    gone = frozenset(positions)
    return tuple(entry for place, entry in enumerate(entries) if place not in gone)


def moved(entries: Sequence[Entry], positions: Collection[int], to: int) -> tuple[Entry, ...]:
    """With these entries together, in the order they had, the first of them at position `to`."""
    chosen = [entries[place] for place in sorted(frozenset(positions)) if place < len(entries)]
    return inserted(without(entries, positions), chosen, to)


@dataclass(frozen=True, slots=True)
class OrderedList(Generic[Entry]):
    """A list, and what undo and redo lead to. Each method gives the list after it."""

    entries: tuple[Entry, ...] = ()
    done: tuple[Splice[Entry], ...] = ()
    """Changes, the newest last."""
    undone: tuple[Splice[Entry], ...] = ()
    """Changes that were taken back, the one to do again first last."""

    def changed(self, entries: Iterable[Entry]) -> OrderedList[Entry]:
        """With other entries; itself where they are the same."""
        after = tuple(entries)
        splice = Splice.between(self.entries, after)
        return self if splice.is_empty else OrderedList(after, (*self.done, splice))

    def insert(self, added: Iterable[Entry], at: int | None = None) -> OrderedList[Entry]:
        """See `inserted`."""
        return self.changed(inserted(self.entries, added, at))

    def remove(self, positions: Collection[int]) -> OrderedList[Entry]:
        """See `without`."""
        return self.changed(without(self.entries, positions))

    def move(self, positions: Collection[int], to: int) -> OrderedList[Entry]:
        """See `moved`."""
        return self.changed(moved(self.entries, positions, to))

    def undo(self) -> OrderedList[Entry]:
        """Before the newest change; itself where there is none."""
        if not self.done:
            return self
        *earlier, last = self.done
        entries = last.inverse.applied(self.entries)
        return OrderedList(entries, tuple(earlier), (*self.undone, last))

    def redo(self) -> OrderedList[Entry]:
        """With the change done again that was taken back last; itself where there is none."""
        if not self.undone:
            return self
        *later, first = self.undone
        return OrderedList(first.applied(self.entries), (*self.done, first), tuple(later))


def guest_places(guests: Sequence[bool], every: int) -> list[int]:
    """Where guests may come in: after each run of `every` entries that are none, as positions.

    guests: of each entry, whether it is a guest. Each position is one of the list as it is now, so
    that they are inserted from the last to the first. No two guests lie nearer than `every`.
    """
    places: list[int] = []
    run = 0
    for place, is_guest in enumerate(guests):
        run = 0 if is_guest else run + 1
        if run == every and not (place + 1 < len(guests) and guests[place + 1]):
            places.append(place + 1)
            run = 0
    return places

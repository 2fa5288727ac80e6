"""The queue: what plays, what comes next, what played before. Values, no player and no storage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from musicrec_core.ordered import OrderedList, inserted, moved, without

Repeat = Literal["off", "one", "all"]
REPEATS: tuple[Repeat, ...] = ("off", "all", "one")
KEPT_CHANGES = 100
KEPT_HISTORY = 100


@dataclass(frozen=True, slots=True)
class QueuedSong:
    """A place in the queue; its key is its own, however often the song stands there."""

    key: int
    track_id: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Songs in the order in which they play. Positions count from 0; a method gives the new queue.

    current: the key of the song that plays, which may have been removed while it played.
    gap: the position of the song that comes next where the current one is not in the list.
    history: keys of what played before, the latest last.
    """

    order: OrderedList[QueuedSong] = OrderedList()  # noqa: RUF009 - it is frozen
    current: int | None = None
    gap: int = 0
    history: tuple[int, ...] = ()
    repeat: Repeat = "off"
    next_key: int = 0

    @property
    def songs(self) -> tuple[QueuedSong, ...]:
        """All of it, what has played too."""
        return self.order.entries

    @property
    def position(self) -> int | None:
        """Where the current song stands; None without one, or where it was removed."""
        return self._place(self.current)

    @property
    def next_position(self) -> int:
        """Where the song after the current one stands; the length where there is none."""
        at = self.position
        return self.gap if at is None else at + 1

    @property
    def up_next(self) -> tuple[QueuedSong, ...]:
        """What comes after the current song."""
        return self.songs[self.next_position :]

    def following(self, *, by_user: bool = False) -> int | None:
        """The position of what plays next, None at the end; a user leaves a repeated song."""
        at = self.position
        if self.repeat == "one" and not by_user and at is not None:
            return at
        if self.next_position < len(self.songs):
            return self.next_position
        return 0 if self.repeat != "off" and self.songs else None

    def preceding(self) -> int | None:
        """The position of what played before, else of the song above; None where there is none."""
        for key in reversed(self.history):
            place = self._place(key)
            if place is not None and key != self.current:
                return place
        above = self.next_position - (1 if self.position is None else 2)
        return above if above >= 0 else None

    # --- playing ---

    def at(self, position: int) -> Queue:
        """With the song of a position as the current one."""
        key = self.songs[position].key
        left = () if self.current in (None, key) else (self.current,)
        history = (*self.history, *left)[-KEPT_HISTORY:]
        return replace(self, current=key, gap=position + 1, history=history)

    def back(self) -> Queue:
        """With what played before as the current one; itself where there is none."""
        place = self.preceding()
        if place is None:
            return self
        key = self.songs[place].key
        kept = self.history
        if key in kept:  # forget it, and what was removed after it
            kept = kept[: len(kept) - 1 - kept[::-1].index(key)]
        return replace(self, current=key, gap=place + 1, history=kept)

    def ended(self) -> Queue:
        """With nothing playing; what comes next stays."""
        return replace(self, current=None, gap=self.next_position)

    def repeated(self, repeat: Repeat) -> Queue:
        """With another way to go on at its end."""
        return replace(self, repeat=repeat)

    # --- changing; each change can be undone ---

    def add(self, track_ids: Iterable[int], at: int | None = None) -> Queue:
        """With more songs before a position; at the end where it is None."""
        added = self._made(track_ids)
        return self._changed(inserted(self.songs, added, at), len(added))

    def play_next(self, track_ids: Iterable[int]) -> Queue:
        """With more songs right after the current one."""
        return self.add(track_ids, self.next_position)

    def remove(self, positions: Collection[int]) -> Queue:
        """Without the songs of these positions; the current one plays on all the same."""
        return self._changed(without(self.songs, positions))

    def move(self, positions: Collection[int], to: int) -> Queue:
        """With these songs together elsewhere, the first of them at position `to`."""
        return self._changed(moved(self.songs, positions, to))

    def clear(self) -> Queue:
        """Without any song but the current one."""
        at = self.position
        return self._changed(() if at is None else (self.songs[at],))

    def replaced(self, track_ids: Iterable[int]) -> Queue:
        """With these songs and no others."""
        added = self._made(track_ids)
        return self._changed(added, len(added))

    def shuffled(self, mix: Callable[[list[QueuedSong]], object]) -> Queue:
        """With what comes next in another order: `mix` orders a list in place."""
        coming = list(self.up_next)
        mix(coming)
        return self._changed((*self.songs[: self.next_position], *coming))

    def without_track(self, track_id: int) -> Queue:
        """Without a song wherever it still comes."""
        first = self.next_position
        places = [i for i, s in enumerate(self.songs) if i >= first and s.track_id == track_id]
        return self.remove(places) if places else self

    def undo(self) -> Queue:
        """Before the newest change; what plays goes on. Itself where there is nothing to undo."""
        return self._follow(self.order.undo())

    def redo(self) -> Queue:
        """With the change done again that was undone last."""
        return self._follow(self.order.redo())

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self.order.done)

    def _made(self, track_ids: Iterable[int]) -> tuple[QueuedSong, ...]:
        return tuple(QueuedSong(key, id_) for key, id_ in enumerate(track_ids, self.next_key))

    def _changed(self, songs: Sequence[QueuedSong], added: int = 0) -> Queue:
        order = self.order.changed(songs)
        if order is self.order:
            return self
        shorter = replace(order, done=order.done[-KEPT_CHANGES:])
        return replace(self._follow(shorter), next_key=self.next_key + added)

    def _follow(self, order: OrderedList[QueuedSong]) -> Queue:
        """With other songs; the gap goes where the first one that comes and stayed is."""
        if order is self.order:
            return self
        places = {song.key: place for place, song in enumerate(order.entries)}
        if self.current in places:
            return replace(self, order=order, gap=places[self.current] + 1)
        stayed = (places[song.key] for song in self.up_next if song.key in places)
        before = [places[s.key] for s in self.songs[: self.next_position] if s.key in places]
        gap = next(stayed, before[-1] + 1 if before else 0)
        return replace(self, order=order, gap=gap)

    def _place(self, key: int | None) -> int | None:
        if key is None:
            return None
        return next((i for i, song in enumerate(self.songs) if song.key == key), None)

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.playback.kept import KeptQueue, packed, unpacked
from musicrec_core.app.playback.queue import KEPT_CHANGES, REPEATS, Queue
from tests.conftest import Command

IDS = st.lists(st.integers(1, 5), max_size=5)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "next", "remove", "move", "clear", "mix", "on", "back", "undo", "redo", "end"]
        ),
        IDS,
        st.frozensets(st.integers(0, 8), max_size=3),
        st.integers(0, 8),
    ),
    max_size=25,
)


def gone_on(queue: Queue) -> Queue:
    at = queue.following(by_user=True)
    return queue.ended() if at is None else queue.at(at)


def acted(queue: Queue, name: str, ids: list[int], places: frozenset[int], to: int) -> Queue:
    doings: dict[str, Callable[[], Queue]] = {
        "add": lambda: queue.add(ids),
        "next": lambda: queue.play_next(ids),
        "remove": lambda: queue.remove(places),
        "move": lambda: queue.move(places, to),
        "clear": queue.clear,
        "mix": lambda: queue.shuffled(random.Random(to).shuffle),
        "on": lambda: gone_on(queue),
        "back": queue.back,
        "undo": queue.undo,
        "redo": queue.redo,
        "end": queue.ended,
    }
    return doings[name]()


def after(acts: list[tuple[str, list[int], frozenset[int], int]]) -> list[Queue]:
    queues = [Queue()]
    for act in acts:
        queues.append(acted(queues[-1], *act))
    return queues


def ids(queue: Queue) -> list[int]:
    return [song.track_id for song in queue.songs]


@given(ACTS)
def test_keys_stay_unique_and_the_next_position_stays_inside(acts: list) -> None:  # type: ignore[type-arg]
    for queue in after(acts):
        keys = [song.key for song in queue.songs]
        assert len(keys) == len(set(keys))
        assert 0 <= queue.next_position <= len(queue.songs)
        assert len(queue.order.done) <= KEPT_CHANGES
        assert all(key < queue.next_key for key in keys)


@given(ACTS)
def test_a_change_of_the_list_never_changes_what_plays(acts: list) -> None:  # type: ignore[type-arg]
    queues = after(acts)
    for (name, *_), before, now in zip(acts, queues, queues[1:], strict=False):
        if name not in ("on", "back", "end"):
            assert now.current == before.current


@given(ACTS)
def test_what_comes_next_still_comes_unless_it_was_removed_or_moved(acts: list) -> None:  # type: ignore[type-arg]
    queues = after(acts)
    for (name, *_), before, now in zip(acts, queues, queues[1:], strict=False):
        if name == "remove":
            left = {song.key for song in now.songs}
            assert [s for s in before.up_next if s.key in left] == list(now.up_next)


@given(ACTS)
def test_every_change_is_undone_and_done_again(acts: list) -> None:  # type: ignore[type-arg]
    queue = after(acts)[-1]
    undone, steps = queue, [queue.songs]
    while undone.can_undo:
        undone = undone.undo()
        steps.append(undone.songs)
    for songs in reversed(steps[:-1]):
        undone = undone.redo()
        assert undone.songs == songs


@given(ACTS, st.sampled_from(REPEATS), st.floats(0, 1000))
def test_a_queue_is_kept_as_it_is(acts: list, repeat: str, position_s: float) -> None:  # type: ignore[type-arg]
    queue = replace(after(acts)[-1], repeat=repeat)  # type: ignore[arg-type]
    kept = KeptQueue(queue, position_s)
    assert unpacked(packed(kept)) == kept


@given(ACTS)
def test_shuffling_keeps_what_has_played_and_every_song(acts: list) -> None:  # type: ignore[type-arg]
    queue = after(acts)[-1]
    mixed = queue.shuffled(random.Random(1).shuffle)
    first = queue.next_position
    assert mixed.songs[:first] == queue.songs[:first]
    assert sorted(ids(mixed)) == sorted(ids(queue))


def test_going_on_and_back_walks_the_same_way() -> None:
    queue = Queue().add([1, 2, 3]).at(0).at(2).at(1)
    assert queue.songs[queue.back().position or 0].track_id == 3
    assert queue.back().back().position == 0
    assert queue.back().back().back() == queue.back().back()


def test_a_song_that_was_removed_while_it_played_gives_way_to_the_one_after_it() -> None:
    queue = Queue().add([1, 2, 3]).at(1).remove([1])
    assert queue.position is None
    assert ids(queue) == [1, 3]
    assert queue.following() == 1
    assert queue.undo().position == 1


@pytest.mark.parametrize(
    ("repeat", "by_user", "expected"),
    [("off", False, None), ("all", False, 0), ("one", False, 1), ("one", True, 0)],
)
def test_the_end_of_the_queue(repeat: str, by_user: bool, expected: int | None) -> None:
    queue = Queue().add([1, 2]).at(1).repeated(repeat)  # type: ignore[arg-type]
    assert queue.following(by_user=by_user) == expected


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 9}', '{"format": 1, "repeat": "off"}'])
def test_what_cannot_be_read_is_an_empty_queue(text: str) -> None:
    assert unpacked(text) == KeptQueue()


def test_each_profile_finds_its_queue_again(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as facade:
        tracks = facade.library.search("rain")
        queue = Queue().add([track.id for track in tracks]).at(1)
        facade.playback.keep(queue, 12.5)
    with MusicRec(home=musicrec.home) as facade:
        assert facade.playback.queue() == KeptQueue(queue, 12.5)
        assert [item.track.id for item in facade.playback.songs(ids(queue))] == ids(queue)
    with MusicRec("other", musicrec.home) as facade:
        assert facade.playback.queue() == KeptQueue()

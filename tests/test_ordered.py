from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.ordered import OrderedList, Splice, guest_places, inserted, moved, without

LISTS = st.lists(st.integers(0, 4), max_size=12)
PLACES = st.frozensets(st.integers(0, 11))


@given(LISTS, LISTS)
def test_a_splice_leads_from_one_list_to_the_other_and_back(
    before: list[int], after: list[int]
) -> None:
    splice = Splice.between(before, after)
    assert splice.applied(before) == tuple(after)
    assert splice.inverse.applied(after) == tuple(before)
    assert splice.is_empty == (before == after)


@given(LISTS, PLACES, st.integers(-2, 14))
def test_moving_keeps_every_entry_and_puts_the_chosen_ones_together(
    entries: list[int], places: frozenset[int], to: int
) -> None:
    numbered = list(enumerate(entries))
    after = moved(numbered, places, to)
    assert sorted(after) == sorted(numbered)
    chosen = [entry for entry in numbered if entry[0] in places]
    if chosen:
        start = after.index(chosen[0])
        assert list(after[start : start + len(chosen)]) == chosen
        assert start == min(max(to, 0), len(entries) - len(chosen))


@given(st.lists(st.tuples(st.sampled_from("irm"), PLACES, st.integers(0, 12)), max_size=8))
def test_undo_and_redo_walk_through_every_list_there_was(
    steps: list[tuple[str, frozenset[int], int]],
) -> None:
    now: OrderedList[int] = OrderedList()
    past = [now]
    for number, (kind, places, to) in enumerate(steps):
        match kind:
            case "i":
                now = now.insert([number, number], to)
            case "r":
                now = now.remove(places)
            case _:
                now = now.move(places, to)
        if now is not past[-1]:
            past.append(now)
    for earlier in reversed(past[:-1]):
        now = now.undo()
        assert now.entries == earlier.entries
    assert now.undo() is now
    for later in past[1:]:
        now = now.redo()
        assert now.entries == later.entries
    assert now.redo() is now


def test_a_new_change_ends_what_could_be_done_again() -> None:
    undone = OrderedList((1, 2)).remove([0]).undo()
    assert undone.redo().entries == (2,)
    assert undone.insert([3]).redo().entries == (1, 2, 3)


def test_entries_are_put_where_they_are_wanted() -> None:
    assert inserted((1, 2), (9,)) == (1, 2, 9)
    assert inserted((1, 2), (9,), 0) == (9, 1, 2)
    assert without((1, 2, 3), (0, 2)) == (2,)


def test_a_splice_refuses_a_list_that_it_was_not_made_for() -> None:
    with pytest.raises(ValueError, match="changed in another way"):
        Splice(0, ("a",), ()).applied(("b",))


@given(st.lists(st.booleans(), max_size=30), st.integers(1, 5))
def test_guests_come_after_every_so_many_and_never_nearer(guests: list[bool], every: int) -> None:
    after = list(guests)
    for place in reversed(guest_places(guests, every)):
        after.insert(place, True)
    assert guest_places(after, every) == []
    added = len(after) - len(guests)
    assert added <= guests.count(False) // every
    if not any(guests):
        assert added == len(guests) // every
        assert all(after[i] == (i % (every + 1) == every) for i in range(len(after)))

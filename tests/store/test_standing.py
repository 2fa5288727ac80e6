"""What is in force is the same for who looked all the time as for who looks for the first time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.store import Store

PROFILES, TRACKS = ("me", "you"), (1, 2, 3)
SAID = st.tuples(
    st.sampled_from(PROFILES),
    st.sampled_from(TRACKS),
    st.sampled_from(("like", "dislike", "rating", "skip", "play", "undo")),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("standing") / "musicrec.db"
    with Store(path) as store:
        for track in TRACKS:
            store._conn.execute("INSERT INTO tracks (id, identity) VALUES (?, ?)", (track, track))
    return path


def say(store: Store, profile: str, track: int, kind: str) -> None:
    last = store.feedback.last_in_force(profile)
    if kind == "undo" and last is None:
        return
    undoes = last.id if kind == "undo" and last else None
    value = {"rating": 4.0, "skip": 3.0}.get(kind)
    store.feedback.add(profile, track, kind, at_s=1.0, source="cli", value=value, undoes=undoes)


def one_by_one(store: Store, profile: str) -> list[int]:
    """As a look at each track finds it, which keeps nothing."""
    return sorted(e.id for track in TRACKS for e in store.feedback.in_force(profile, track))


@settings(max_examples=40)
@given(said=st.lists(SAID, max_size=12))
def test_looking_all_the_time_finds_what_a_first_look_does(
    database: Path, said: list[tuple[str, int, str]]
) -> None:
    with Store(database) as store, Store(database) as other:
        for number, event in enumerate(said):
            say(other if number % 2 else store, *event)
            for profile in PROFILES:
                kept = store.feedback.in_force(profile)
                assert [e.id for e in kept] == one_by_one(store, profile)
        for profile in PROFILES:
            with Store(database) as late:
                assert late.feedback.in_force(profile) == store.feedback.in_force(profile)


def test_what_was_rolled_back_was_never_said(database: Path) -> None:
    with Store(database) as store:
        before = store.feedback.in_force("them")
        with suppress(KeyError), store.atomic():
            say(store, "them", 1, "like")
            assert len(store.feedback.in_force("them")) == len(before) + 1
            raise KeyError
        assert store.feedback.in_force("them") == before
        say(store, "them", 2, "dislike")
        assert [e.track_id for e in store.feedback.in_force("them")] == [2]

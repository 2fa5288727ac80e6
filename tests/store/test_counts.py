"""Counts that triggers keep are those that counting would find, whatever happens to files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from musicrec_core.records import Attributes, Features, FoundFile, Tags
from musicrec_core.store import Store
from musicrec_core.store.measured import packing

PATHS = st.sampled_from([b"/a", b"/b", b"/c", b"/d"])
SONGS = st.sampled_from(["one", "two", "three"])
VERSIONS = st.sampled_from([1, 2])
STATES = st.sampled_from(["present", "missing", "offline"])
STEPS = st.one_of(
    st.tuples(st.just("put"), PATHS, SONGS),
    st.tuples(st.just("fail"), PATHS),
    st.tuples(st.just("state"), STATES),
    st.tuples(st.just("analyse"), SONGS, VERSIONS),
    st.tuples(st.just("forget"), SONGS),
    st.tuples(st.just("offline")),
    st.tuples(st.just("prune")),
)


def do(store: Store, what: str, *values: object) -> None:
    root = store.roots.add(b"/")
    features = Features(0, np.arange(7, dtype=np.float32), Attributes(energy=0.5))
    match what, *values:
        case "put", bytes(path), str(song):
            store.files.put(root, FoundFile(path, 1, 1), Tags(title=song), song)
        case "fail", bytes(path):
            store.files.put_failed(root, FoundFile(path, 1, 1), "broken")
        case "state", str(state):
            ids = [file.id for file in store.files.stored() if file.track_id][::2]
            store.files.set_state(ids, state)  # type: ignore[arg-type]
        case "analyse", str(song), int(version):
            features = Features(version, features.vector, features.attributes)
            store.analysis.put(store.tracks.track_of(song), features)
        case "forget", str(song):
            store.analysis.forget(store.tracks.track_of(song))
        case "offline", *_:
            store.roots.set_offline(root)
        case "prune", *_:
            store.files.prune()


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=14))
def test_what_is_kept_is_what_counting_finds(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "m.db")) as store:
        for step in steps:
            do(store, *step)  # type: ignore[arg-type]
        states = [file.state for file in store.files.stored()]
        for state in ("present", "missing", "offline", "failed"):
            assert store.files.count(state) == states.count(state)
        present = {t.id for t in store.tracks.present()}
        assert store.tracks.present_ids() == present
        analysed, stale = store.analysis.count(1)
        assert (
            store.analysis.pending(1) == len(store.tracks.unanalysed(1)) == len(present) - analysed
        )
        assert stale == len(dict(store.analysis.attributes()).keys() & present) - analysed


@given(arrays.arrays("<f4", st.sampled_from([0, 1, 4, 455]), elements=st.floats(width=32)))
def test_a_vector_comes_back_but_for_rounding(vector: np.ndarray) -> None:
    parts = [part for _, part in packing.vector_rows(3, vector.tobytes())]
    (back,) = packing.joined_vectors(parts)
    np.testing.assert_allclose(back, vector, rtol=2e-5, atol=1e-37)


def test_any_change_of_what_is_listed_is_noticed(tmp_path: Path) -> None:
    with Store(tmp_path / "m.db") as store:
        seen = [store.counters.listing_changes()]
        do(store, "put", b"/a", "one")
        seen.append(store.counters.listing_changes())
        do(store, "put", b"/a", "another title")
        seen.append(store.counters.listing_changes())
        do(store, "state", "missing")
        seen.append(store.counters.listing_changes())
        do(store, "prune")
        seen.append(store.counters.listing_changes())
    assert len(set(seen)) == len(seen)


def test_names_of_two_parts_are_found_by_all_of_them(tmp_path: Path) -> None:
    with Store(tmp_path / "m.db") as store:
        tags = Tags(title="Two Words", artist="The Big Band", album="One of Many")
        store.files.put(None, FoundFile(b"/a", 1, 1), tags, "a")
        assert store.search.full_matches("the big band two words") == [1]
        assert store.search.full_matches("big band two words") == []
        assert store.search.of_name("the big band one of many") == [1]
        assert store.search.of_name("the big band") == [1]

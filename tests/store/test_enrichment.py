"""Answers of a music service: kept with an age, read back in bulk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from musicrec_core.service_records import (
    Answer,
    Listen,
    Lookup,
    Popularity,
    Similar,
    Subject,
    Topic,
)
from musicrec_core.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "musicrec.db") as opened:
        yield opened


def asked(topic: Topic, artist: str = "slowdive", name: str = "", server: str = "a") -> Lookup:
    subject: Subject = "track" if name else "artist"
    return Lookup(server, subject, topic, artist, name)


def test_an_answer_comes_back_as_it_was_put(store: Store) -> None:
    tags = (("shoegaze", 1.0), ("dream pop", 0.62))
    store.enrichment.put(asked("tags"), Answer("Slowdive", tags=tags), at_s=5.0)
    similar = (Similar("Ride", "", 0.9),)
    store.enrichment.put(asked("similar"), Answer("Slowdive", similar=similar), at_s=6.0)
    info = Answer("Slowdive", "Alison", popularity=Popularity(9, 10**12))
    store.enrichment.put(asked("info", name="alison"), info, at_s=7.0)
    assert store.enrichment.tags("artist") == {("slowdive", ""): tags}
    assert store.enrichment.similar("artist") == {("slowdive", ""): similar}
    assert store.enrichment.popularity("artist") == {}
    assert store.enrichment.popularity("track") == {("slowdive", "alison"): Popularity(9, 10**12)}


def test_only_an_answer_that_comes_or_goes_changes_what_follows_from_it(store: Store) -> None:
    answer = Answer("Slowdive", tags=(("rock", 1.0),))
    assert not store.enrichment.put(asked("tags"), None, at_s=4.0)
    assert store.enrichment.put(asked("tags"), answer, at_s=5.0)
    assert store.enrichment.put(asked("tags"), None, at_s=6.0)


def test_similar_artists_can_be_read_for_some_alone(store: Store) -> None:
    for artist in ("slowdive", "ride"):
        alike = Answer(artist, similar=(Similar("Lush", "", 0.9),))
        store.enrichment.put(asked("similar", artist), alike, at_s=6.0)
    assert set(store.enrichment.similar("artist", {("ride", "")})) == {("ride", "")}


def test_a_newer_answer_replaces_the_older_one_and_its_age(store: Store) -> None:
    store.enrichment.put(asked("tags"), Answer("Slowdive", tags=(("rock", 1.0),)), at_s=5.0)
    store.enrichment.put(asked("tags"), Answer("Slowdive", tags=(("noise", 1.0),)), at_s=9.0)
    assert store.enrichment.ages("a", "artist", "tags") == {("slowdive", ""): 9.0}
    assert store.enrichment.tags("artist") == {("slowdive", ""): (("noise", 1.0),)}
    store.enrichment.put(asked("tags"), None, at_s=12.0)
    assert store.enrichment.tags("artist") == {}
    assert store.enrichment.count("artist", "tags") == (1, 0)


def test_an_unknown_name_is_remembered_as_asked(store: Store) -> None:
    store.enrichment.put(asked("tags", "nobody"), None, at_s=5.0)
    assert store.enrichment.ages("a", "artist", "tags") == {("nobody", ""): 5.0}


def test_each_server_has_its_own_ages_and_the_newest_answer_counts(store: Store) -> None:
    old = Answer("Slowdive", tags=(("old", 1.0),))
    new = Answer("Slowdive", tags=(("new", 1.0),))
    store.enrichment.put(asked("tags", server="b"), new, at_s=9.0)
    store.enrichment.put(asked("tags", server="a"), old, at_s=5.0)
    assert store.enrichment.ages("a", "artist", "tags") == {("slowdive", ""): 5.0}
    assert store.enrichment.tags("artist")["slowdive", ""] == (("new", 1.0),)


def test_forgetting_leaves_no_answer_behind(store: Store) -> None:
    store.enrichment.put(asked("tags"), Answer("Slowdive", tags=(("old", 1.0),)), at_s=9.0)
    assert store.enrichment.forget() == 1
    assert store.enrichment.tags("artist") == {}


def test_a_listen_is_remembered_once(store: Store) -> None:
    played = Listen("play", "Slowdive", "Alison", "Souvlaki", 1e9)
    assert store.listens.add("me", "lastfm", "rj", [played, played]) == 1
    assert store.listens.add("me", "lastfm", "rj", [played]) == 0
    assert store.listens.all("me") == [played]
    assert store.listens.all("you") == []


def test_a_listen_that_became_feedback_is_not_matched_again(store: Store) -> None:
    store.listens.add("me", "lastfm", "rj", [Listen("like", "Slowdive", "Alison", "", 1e9)])
    [(id_, _, _)] = store.listens.unmatched("me")
    track = store.tracks.track_of("some sound")
    given = store.feedback.add("me", track, "like", at_s=1e9, source="lastfm")
    store.listens.mark([(id_, given)])
    assert store.listens.unmatched("me") == []


def test_a_bookmark_holds_what_was_noted_last(store: Store) -> None:
    assert store.listens.bookmark("plays") == {}
    store.listens.set_bookmark("plays", {"until": 5})
    store.listens.set_bookmark("plays", {"until": 7})
    assert store.listens.bookmark("plays") == {"until": 7}

"""Enriching a small library from a real HTTPS server, in time that passes only while waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.results import EnrichOptions, EnrichReport
from musicrec_core.app.scores import catalogue, metadata
from musicrec_core.app.services import enrich
from musicrec_core.enrich import problems
from musicrec_core.service_records import Popularity
from tests.enrich import lastfm_server as server
from tests.enrich.conftest import StandingClock, own
from tests.enrich.lastfm_server import FakeLastFm, Song

ARTISTS = EnrichOptions(subjects=frozenset(("artist",)), history=False)
EVERYTHING = EnrichOptions(history=False)
Run = Callable[..., EnrichReport]


@pytest.fixture
def run(logged_in: Context, clock: StandingClock) -> Run:
    def run_once(
        options: EnrichOptions = ARTISTS, cancelled: Callable[[], bool] | None = None
    ) -> EnrichReport:
        return enrich.enrich(logged_in, options, None, cancelled, clock)

    return run_once


def tags_of(context: Context, title: str) -> dict[str, float]:
    source = metadata.TagSource.load(context)
    return next(source.weighted(t) for t in context.store.tracks.present() if t.title == title)


def test_artists_come_first_and_the_one_with_most_songs_before_the_others(
    service: FakeLastFm, run: Run
) -> None:
    run(EVERYTHING)
    subjects = [method.partition(".")[0] for method in service.methods]
    assert subjects == sorted(subjects, key=("artist", "album", "track").index)
    assert service.asked[0]["artist"] == "Slowdive"
    topics = [m for m in service.methods if m.startswith("artist.")]
    order = ("artist.getTopTags", "artist.getSimilar", "artist.getInfo")
    assert topics == sorted(topics, key=order.index)


def test_a_liked_artist_is_asked_about_before_one_with_more_songs(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    [liked] = [t.id for t in logged_in.store.tracks.present() if t.title == "Help!"]
    logged_in.store.feedback.add("me", liked, "like", at_s=time.time(), source="cli")
    run()
    assert "Beatles" in service.asked[0]["artist"]


def test_everything_that_is_asked_for_is_kept(logged_in: Context, run: Run) -> None:
    report = run(EVERYTHING)
    kept = logged_in.store.enrichment
    assert kept.tags("artist")["slowdive", ""][0] == ("shoegaze", 1.0)
    assert [s.artist for s in kept.similar("artist")["slowdive", ""]] == ["The Beatles", "Björk"]
    assert kept.popularity("artist")["beatles", ""] == Popularity(1234, 56789)
    assert kept.tags("album")["slowdive", "souvlaki"] == (("ethereal", 1.0),)
    assert kept.popularity("track")["beatles", "yesterday"] == Popularity(1234, 56789)
    assert kept.similar("track")["slowdive", "alison"][0].match == 0.25
    assert report.failed == report.left == 0
    assert report.answered > 20


def test_popularity_is_read_for_many_tracks_at_once(logged_in: Context, run: Run) -> None:
    run(EVERYTHING)
    tracks = list(logged_in.store.tracks.present())
    by_key = dict(
        zip((t.title for t in tracks), metadata.popularity(logged_in, tracks), strict=True)
    )
    assert by_key["Yesterday (Remastered 2009)"] == Popularity(1234, 56789)
    assert by_key["Untitled"] is None
    by_artist = metadata.artist_popularity(logged_in, tracks)
    assert sum(p is not None for p in by_artist) == 6


def test_a_second_run_asks_nothing_and_changes_nothing(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    first = run(EVERYTHING)
    generation = logged_in.store.counters.generation()
    service.asked.clear()
    second = run(EVERYTHING)
    assert service.asked == []
    assert second.requested == second.failed == 0
    assert second.cached == first.answered + first.unknown
    assert logged_in.store.counters.generation() == generation


def test_an_old_answer_is_asked_for_again(service: FakeLastFm, run: Run) -> None:
    run()
    service.asked.clear()
    report = run(replace(ARTISTS, max_age_days=0.0))
    assert report.cached == 0
    assert len(service.asked) >= 12


def test_spellings_featured_artists_and_pressings_meet_one_answer(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    run(EVERYTHING)
    assert logged_in.store.enrichment.count("artist", "tags") == (4, 3)
    assert "art pop" in tags_of(logged_in, "I've Seen It All")
    assert "60s" in tags_of(logged_in, "Help!")
    assert {r.get("track") for r in service.asked} >= {"Yesterday"}


def test_an_unknown_artist_is_not_asked_about_again_and_again(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    assert run().unknown == 3
    assert ("nobodyknowsthem", "") in logged_in.store.enrichment.ages(service.url, "artist", "tags")
    service.asked.clear()
    run()
    assert service.asked == []


def test_an_answer_about_somebody_else_is_rejected(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    service.corrected["nobody knows them"] = "Slowdive"
    run()
    assert ("nobodyknowsthem", "") not in logged_in.store.enrichment.tags("artist")
    asked = [r for r in service.asked if r["artist"] == "Nobody Knows Them"]
    assert [r["autocorrect"] for r in asked[:2]] == ["1", "0"]


def test_of_several_artists_in_one_name_the_first_is_tried(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    own(logged_in, (("Slowdive; Nobody Knows Them", "", "Together"),))
    run()
    assert "shoegaze" in tags_of(logged_in, "Together")


def test_tags_are_cleaned_keep_their_weights_and_reach_recommendations(
    logged_in: Context, run: Run
) -> None:
    before = catalogue.load(logged_in).catalogue
    run(EVERYTHING)
    tags_read = tags_of(logged_in, "Alison")
    assert tags_read["ethereal"] == 1.0
    assert tags_read["shoegaze"] == pytest.approx(metadata.FROM_ARTIST)
    assert tags_read["dream pop"] == pytest.approx(0.7 * metadata.FROM_ARTIST)
    assert not {"seen live", "hapax"} & set(tags_read)
    after = catalogue.load(logged_in).catalogue
    assert before.tag_names == ()
    assert {"shoegaze", "dream pop", "art pop"} <= set(after.tag_names)
    assert logged_in.store.scorings.get("me") is not None


def test_it_stops_when_its_time_is_over_and_goes_on_there(service: FakeLastFm, run: Run) -> None:
    first = run(replace(ARTISTS, limit_s=0.5))
    assert first.stopped
    assert first.left > 0
    assert len(service.asked) == first.requested <= 4
    service.asked.clear()
    second = run()
    assert second.cached == first.answered
    assert second.left == 0


def test_it_stops_when_it_is_told_to(service: FakeLastFm, run: Run) -> None:
    report = run(cancelled=lambda: len(service.asked) >= 3)
    assert report.stopped
    assert len(service.asked) == 3


def test_an_interrupt_keeps_every_answer_and_lets_it_count(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    generation = logged_in.store.counters.generation()

    def interrupt() -> bool:
        if len(service.asked) >= 2:
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        run(cancelled=interrupt)
    assert len(logged_in.store.enrichment.ages(service.url, "artist", "tags")) == 2
    assert logged_in.store.counters.generation() > generation
    assert logged_in.store.check() == "ok"


def test_a_refused_key_ends_the_run_at_once(service: FakeLastFm, run: Run) -> None:
    service.always = server.says_no(10, 403)
    with pytest.raises(problems.BadKey):
        run()
    assert len(service.asked) == 1


def test_one_question_that_always_fails_does_not_end_the_run(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    honest = service.answer

    def out_of_order_for_slowdive(handler: server.Handler) -> None:
        request = service.asked[-1]
        if request["method"] == "artist.getTopTags" and request["artist"] == "Slowdive":
            handler.reply(500, "")
        else:
            handler.reply(*honest(request))

    service.always = out_of_order_for_slowdive
    report = run()
    assert report.failed == 1
    assert report.answered == 8
    assert ("slowdive", "") not in logged_in.store.enrichment.ages(service.url, "artist", "tags")


def test_a_server_that_stays_down_ends_the_run_in_bounded_time(
    service: FakeLastFm, run: Run, clock: StandingClock
) -> None:
    service.always = server.status(503)
    started_s = clock.time_s
    with pytest.raises(problems.ServerDown):
        run()
    assert clock.time_s - started_s < 300


def test_a_method_that_the_server_lacks_is_left_out(service: FakeLastFm, run: Run) -> None:
    service.lacks = {"artist.getSimilar"}
    report = run()
    assert service.methods.count("artist.getSimilar") == 1
    assert report.failed == 0
    assert any("does not offer" in text for text in report.problems)


def test_another_server_is_asked_anew(logged_in: Context, service: FakeLastFm, run: Run) -> None:
    run()
    ages = logged_in.store.enrichment.ages
    assert ages(service.url, "artist", "tags")
    assert not ages("https://ws.audioscrobbler.com/2.0/", "artist", "tags")


def test_a_song_that_came_later_is_the_only_one_asked_about(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    run()
    service.asked.clear()
    service.artists["Ride"] = {"shoegaze": 100}
    service.songs.append(Song("Ride", "Vapour Trail"))
    own(logged_in, (("Ride", "Nowhere", "Vapour Trail"),))
    run()
    assert {r["artist"] for r in service.asked} == {"Ride"}

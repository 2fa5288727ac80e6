"""A user's plays and loved songs: with their real times, each once, whatever happens meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import record
from musicrec_core.app.results import EnrichOptions, EnrichReport
from musicrec_core.app.services import enrich, history
from musicrec_core.enrich import problems
from tests.enrich import lastfm_server as server
from tests.enrich.conftest import StandingClock, own
from tests.enrich.lastfm_server import FakeLastFm

HISTORY = EnrichOptions(subjects=frozenset())
NOW = int(time.time())
Run = Callable[[], EnrichReport]


@pytest.fixture
def run(logged_in: Context, clock: StandingClock) -> Run:
    return lambda: enrich.enrich(logged_in, HISTORY, None, None, clock)


def events(context: Context) -> list[tuple[str, str, float]]:
    """(kind, title, time) of all feedback."""
    titles = {t.id: t.title for t in context.store.tracks.present()}
    result = context.store.feedback.in_force("me")
    assert {e.source for e in result} <= {"lastfm"}
    return [(e.kind, titles[e.track_id], e.at_s) for e in result]


def played(*times: int) -> list[tuple[str, str, str, int]]:
    return [("Slowdive", "Alison", "Souvlaki", at) for at in times]


def test_plays_and_loves_become_feedback_at_their_own_times(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    service.played["rj"] = [*played(NOW - 500), ("Ride", "Not owned", "", NOW - 300)]
    service.loved["rj"] = [("bj\u00f6rk", "I\u2019ve Seen It All", NOW - 9000)]
    report = run()
    assert (report.plays, report.likes) == (1, 1)
    assert events(logged_in) == [
        ("like", "I've Seen It All", NOW - 9000),
        ("play", "Alison", NOW - 500),
    ]


def test_what_plays_just_now_is_not_a_play(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    own(logged_in, (("Now", "", "Playing"),))
    service.played["rj"] = played(NOW - 500)
    run()
    assert [title for _, title, _ in events(logged_in)] == ["Alison"]


def test_a_second_run_doubles_nothing(logged_in: Context, service: FakeLastFm, run: Run) -> None:
    service.played["rj"] = played(*range(NOW - 1000, NOW - 500, 10))
    service.loved["rj"] = [("Slowdive", "Alison", NOW - 9000)]
    run()
    before = events(logged_in)
    report = run()
    assert (report.plays, report.likes) == (0, 0)
    assert events(logged_in) == before
    assert len(before) == 51


def test_long_histories_are_read_page_by_page_to_the_end(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    # Several songs a second, so that pages end in the middle of one.
    service.played["rj"] = [
        ("Slowdive", title, "", NOW - 5000 + i // 3)
        for i in range(1500)
        for title in [("Alison", "Machine Gun", "40 Days")[i % 3]]
    ]
    service.loved["rj"] = [("Slowdive", f"Song {i}", NOW - 9000 + i) for i in range(1200)]
    report = run()
    assert report.plays == 1500
    assert logged_in.store.listens.count("me", "lastfm") == 2700


def test_more_than_the_first_pages_come_after_the_questions(
    logged_in: Context, service: FakeLastFm, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "FEW_PAGES", 1)
    service.played["rj"] = played(*range(NOW - 5000, NOW - 4000, 2))
    options = EnrichOptions(subjects=frozenset(("artist",)))
    report = enrich.enrich(logged_in, options, None, None, clock)
    assert report.plays == 500
    kinds = [method.partition(".")[0] for method in service.methods]
    assert kinds.index("artist") == 2
    assert kinds[-1] == "user"


def test_reading_that_was_broken_off_goes_on_where_it_was(
    logged_in: Context, service: FakeLastFm, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.played["rj"] = played(*range(NOW - 5000, NOW - 4000))
    honest = service.answer

    def tired(handler: server.Handler) -> None:
        if len(service.asked) > 3:
            server.portal(handler)
        else:
            handler.reply(*honest(service.asked[-1]))

    service.always = tired
    with pytest.raises(problems.CaptivePortal):
        run()
    assert len(events(logged_in)) == 399
    service.always = None
    service.played["rj"] += played(NOW + 100)
    monkeypatch.setattr(logged_in, "now_s", lambda: NOW + 3600.0)
    service.asked.clear()
    run()
    assert len(events(logged_in)) == 1001
    assert int(service.asked[-1]["to"]) < NOW - 4000


def test_plays_that_a_player_hands_in_late_are_found(
    logged_in: Context, service: FakeLastFm, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.played["rj"] = played(NOW - 500)
    run()
    service.played["rj"] += played(NOW - 5 * 86_400)
    later = logged_in.now_s() + 3600
    monkeypatch.setattr(logged_in, "now_s", lambda: later)
    assert run().plays == 1


def test_a_song_that_comes_into_the_library_later_gets_its_plays(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    service.played["rj"] = [("Ride", "Vapour Trail", "Nowhere", NOW - 500)]
    assert run().plays == 0
    own(logged_in, (("Ride", "Nowhere", "Vapour Trail"),))
    assert run().plays == 1
    assert [title for _, title, _ in events(logged_in)] == ["Vapour Trail"]


def test_a_play_belongs_to_the_album_it_was_played_from(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    own(logged_in, (("Slowdive", "Live at Home", "alison"),))
    service.played["rj"] = [("Slowdive", "Alison", "Live at Home", NOW - 500)]
    run()
    assert [title for _, title, _ in events(logged_in)] == ["alison"]


def test_an_undone_love_stays_undone_and_is_not_what_undo_takes_back(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    [song] = [t for t in logged_in.store.tracks.present() if t.title == "Machine Gun"]
    record.record(logged_in, song, "like", None, "cli")
    service.loved["rj"] = [("Slowdive", "Alison", NOW - 900)]
    run()
    undone = record.undo(logged_in, "cli")
    assert undone is not None
    assert undone.track.title == "Machine Gun"
    [loved] = logged_in.store.feedback.in_force("me")
    logged_in.store.feedback.add(
        "me", loved.track_id, "undo", at_s=NOW, source="cli", undoes=loved.id
    )
    run()
    assert events(logged_in) == []


def test_plays_with_a_wrong_clock_are_left_out(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    service.played["rj"] = played(0, 100, NOW - 500)
    run()
    assert events(logged_in) == [("play", "Alison", NOW - 500)]


@pytest.mark.parametrize("mishap", ["hidden", "no such user"])
def test_a_hidden_or_misspelt_user_is_told_and_the_rest_goes_on(
    logged_in: Context, service: FakeLastFm, clock: StandingClock, mishap: str
) -> None:
    if mishap == "hidden":
        service.hidden.add("rj")
    else:
        del service.played["rj"]
    options = EnrichOptions(subjects=frozenset(("artist",)))
    report = enrich.enrich(logged_in, options, None, None, clock)
    [message] = report.problems
    assert ("hidden" if mishap == "hidden" else "no user of that name") in message
    assert report.answered == 9


def test_each_profile_has_its_own_history(
    logged_in: Context, service: FakeLastFm, run: Run
) -> None:
    service.played["rj"] = played(NOW - 500)
    run()
    assert not logged_in.store.feedback.in_force("you")
    assert logged_in.store.listens.all("you") == []

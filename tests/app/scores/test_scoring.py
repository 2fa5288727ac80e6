"""Scores and reasons kept between looks are those that would be made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.lists.sources import ForYouSource
from musicrec_core.app.results import Recommendations
from musicrec_core.app.scores import scoring
from tests.conftest import Command


@pytest.fixture
def own(fresh: Command, music: Callable[[], Path]) -> Command:
    """`musicrec` that has scanned songs of the test's own."""
    fresh("scan", music(), "--jobs", "1")
    return fresh


def listed(recommendations: Recommendations) -> list[tuple[int, float, list[str]]]:
    return [(p.track.id, p.score, [r.text for r in p.reasons]) for p in recommendations.picks]


def test_after_a_like_a_running_session_shows_what_a_fresh_start_would(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as session:
        before = listed(session.lists.recommend(ListRequest(10)))
        session.feedback.record(session.library.find("Anvil"), "like")
        session.feedback.record(session.library.find("Lake"), "dislike")
        after = listed(session.lists.recommend(ListRequest(10)))
    with MusicRec(home=musicrec.home) as fresh:
        fresh._context.store._conn.execute("DELETE FROM scorings")
        again = listed(fresh.lists.recommend(ListRequest(10)))
    assert after != before
    assert [(i, why) for i, _, why in after] == [(i, why) for i, _, why in again]
    assert [s for _, s, _ in after] == pytest.approx([s for _, s, _ in again], abs=1e-5)


def test_reasons_shown_once_are_kept_and_others_are_made_when_they_are_asked_for(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MusicRec(home=musicrec.home) as session:
        first = listed(session.lists.recommend(ListRequest(3)))
    made: list[int] = []
    reasons = scoring.reasons
    monkeypatch.setattr(
        scoring,
        "reasons",
        lambda context, known, rows: made.extend(rows) or reasons(context, known, rows),
    )
    with MusicRec(home=musicrec.home) as later:
        assert listed(later.lists.recommend(ListRequest(3))) == first
        assert made == []
        more = later.lists.recommend(ListRequest(10))
        assert 0 < len(made) <= 7
        assert all(pick.reasons for pick in more.picks)


def test_a_scan_between_choosing_and_explaining_does_not_mix_up_reasons(
    own: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    own("like", "Anvil")
    with MusicRec(home=own.home) as session:
        wanted = listed(session.lists.recommend(ListRequest(10)))
        gone = session.library.find("River")
        session._context.store._conn.execute("DELETE FROM scorings")
    choose = ForYouSource.ranked

    def best(source: ForYouSource, *asked: Any) -> Any:
        chosen = choose(source, *asked)
        Path(gone.path).unlink()
        own("scan")
        return chosen

    monkeypatch.setattr(ForYouSource, "ranked", best)
    with MusicRec(home=own.home) as session:
        session._context.store._conn.execute("DELETE FROM shown")
        listed_titles = listed(session.lists.recommend(ListRequest(10)))
    assert {i: why for i, _, why in listed_titles} == {i: why for i, _, why in wanted}


def test_a_scan_between_scoring_and_choosing_does_not_mix_up_scores(
    own: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MusicRec(home=own.home) as session:
        best = session.lists.recommend(ListRequest(1)).picks[0].track
    ensure = scoring.ensure

    def ensured(context: Any, **how: Any) -> Any:
        stored = ensure(context, **how)
        if Path(best.path).exists():
            Path(best.path).unlink()
            own("scan")
        return stored

    monkeypatch.setattr(scoring, "ensure", ensured)
    with MusicRec(home=own.home) as session:
        by_key = {p.track.id: p.score for p in session.lists.recommend(ListRequest(20)).picks}
        assert best.id not in by_key
        assert by_key == {i: s for i, s in session.lists.scores().items() if i in by_key}


def enough_said(session: MusicRec) -> None:
    """So much that one more opinion is an update."""
    songs = [pick.track for pick in session.lists.recommend(ListRequest(50)).picks]
    for number, song in enumerate(songs[:7]):
        session.feedback.record(song, "dislike" if number % 4 == 3 else "like")


def test_a_list_is_no_update_any_more_once_another_thread_scored_the_library(
    musicrec: Command,
) -> None:
    """The screens score in a thread with a facade of its own, and then look again."""
    with MusicRec(home=musicrec.home) as screens, MusicRec(home=musicrec.home) as scorer:
        tracks = [p.track for p in screens.lists.recommend(ListRequest(10)).picks]
        for track in tracks[:6]:
            screens.feedback.record(track, "like")
        screens.lists.recommend(ListRequest(10), at_once=True)
        screens.feedback.record(tracks[7], "like")
        assert screens.lists.recommend(ListRequest(10), at_once=True).provisional
        scorer.lists.rescore()
        assert not screens.lists.recommend(ListRequest(10), at_once=True).provisional


def test_an_update_at_once_is_followed_by_what_a_fresh_start_would_show(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as session:
        enough_said(session)
        session.lists.recommend(ListRequest(10))
        gone = session.lists.recommend(ListRequest(10)).picks[0].track
        session.feedback.record(gone, "dislike")
        at_once = session.lists.recommend(ListRequest(10), at_once=True)
        session.lists.rescore()
        after = session.lists.recommend(ListRequest(10), at_once=True)
    with MusicRec(home=musicrec.home) as fresh:
        fresh._context.store._conn.execute("DELETE FROM scorings")
        again = listed(fresh.lists.recommend(ListRequest(10)))
    assert at_once.provisional
    assert not after.provisional
    assert gone.id not in {p.track.id for p in (*at_once.picks, *after.picks)}
    assert [(i, why) for i, _, why in listed(after)] == [(i, why) for i, _, why in again]


def test_an_update_is_seen_by_this_session_alone(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as session, MusicRec(home=musicrec.home) as other:
        enough_said(session)
        picks = session.lists.recommend(ListRequest(50)).picks
        statement = session.feedback.opinions()
        session.feedback.record(next(p.track for p in picks if p.track.id not in statement), "like")
        assert session.lists.recommend(ListRequest(10), at_once=True).provisional
        whole = listed(other.lists.recommend(ListRequest(10)))
        assert listed(session.lists.recommend(ListRequest(10))) == whole


def test_a_track_is_explained_from_what_the_last_scoring_left(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as session:
        enough_said(session)
        session.lists.recommend(ListRequest(5))
        there = session.lists.explain("Anvil").reasons
    with MusicRec(home=musicrec.home) as fresh:
        read = fresh.lists.explain("Anvil").reasons
    for path in (musicrec.home / "cache").rglob("basis-*"):
        path.unlink()
    with MusicRec(home=musicrec.home) as without:
        made = without.lists.explain("Anvil").reasons
    assert [r.text for r in there] == [r.text for r in read] == [r.text for r in made]
    assert [r.weight for r in read] == pytest.approx([r.weight for r in made], abs=1e-3)

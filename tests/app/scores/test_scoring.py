"""Scores and reasons kept between looks are those that would be made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.lists.sources import ForYou
from musicrec_core.app.results import Recommendations
from musicrec_core.app.scores import scoring
from tests.conftest import Command


@pytest.fixture
def own(fresh: Command, music: Callable[[], Path]) -> Command:
    """`musicrec` that has scanned songs of the test's own."""
    fresh("scan", music(), "--jobs", "1")
    return fresh


def listed(found: Recommendations) -> list[tuple[int, float, list[str]]]:
    return [(p.track.id, p.score, [r.text for r in p.reasons]) for p in found.picks]


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
    choose = ForYou.ranked

    def best(source: ForYou, *asked: Any) -> Any:
        chosen = choose(source, *asked)
        Path(gone.path).unlink()
        own("scan")
        return chosen

    monkeypatch.setattr(ForYou, "ranked", best)
    with MusicRec(home=own.home) as session:
        session._context.store._conn.execute("DELETE FROM shown")
        found = listed(session.lists.recommend(ListRequest(10)))
    assert {i: why for i, _, why in found} == {i: why for i, _, why in wanted}


def test_a_scan_between_scoring_and_choosing_does_not_mix_up_scores(
    own: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MusicRec(home=own.home) as session:
        best = session.lists.recommend(ListRequest(1)).picks[0].track
    ensure = scoring.ensure

    def ensured(context: Any) -> Any:
        stored = ensure(context)
        if Path(best.path).exists():
            Path(best.path).unlink()
            own("scan")
        return stored

    monkeypatch.setattr(scoring, "ensure", ensured)
    with MusicRec(home=own.home) as session:
        found = {p.track.id: p.score for p in session.lists.recommend(ListRequest(20)).picks}
        assert best.id not in found
        assert found == {i: s for i, s in session.lists.scores().items() if i in found}

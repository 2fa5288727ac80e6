"""Lists go by what is played at this time, where the plays show that times matter."""

from __future__ import annotations

import time

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.times import DAY_S
from tests.conftest import Command

MORNING, EVENING = ("River", "Lake"), ("Anvil", "Hammer")
MONDAY_S = time.mktime((2026, 3, 2, 0, 0, 0, 0, 0, -1))


def played(facade: MusicRec, *, by_habit: bool) -> None:
    """Four songs a day for forty days, half in the morning, half in the evening."""
    context = facade._context
    ids = {t: facade.library.find(t).id for t in (*MORNING, *EVENING)}
    for day in range(40):
        for number, hour in enumerate((8, 9, 20, 21)):
            habit = MORNING if hour < 12 else EVENING
            title = habit[number % 2] if by_habit else (*MORNING, *EVENING)[(day + number) % 4]
            at_s = MONDAY_S + day * DAY_S + hour * 3600
            context.store.feedback.add(
                profile="default", track_id=ids[title], kind="play", at_s=at_s, source="tui"
            )


def reasons_at(
    facade: MusicRec, monkeypatch: pytest.MonkeyPatch, hour: int, **asked: bool
) -> dict[str, str]:
    monkeypatch.setattr(Context, "now_s", lambda self: MONDAY_S + 42 * DAY_S + hour * 3600)
    picks = facade.lists.recommend(ListRequest(10, **asked)).picks
    return {p.track.title: r.text for p in picks for r in p.reasons if r.kind == "time"}


@pytest.fixture
def facade(musicrec: Command) -> MusicRec:
    return MusicRec(home=musicrec.home)


def test_songs_of_the_morning_are_put_up_in_the_morning_and_it_is_said(
    facade: MusicRec, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(facade, by_habit=True)
    morning, evening = (reasons_at(facade, monkeypatch, hour) for hour in (8, 20))
    assert set(morning) & set(MORNING)
    assert not set(morning) & set(EVENING)
    assert set(evening) & set(EVENING)
    assert set(evening.values()) == {
        "more like what you play on Monday evenings than at other times"
    }
    assert reasons_at(facade, monkeypatch, 20, any_time=True) == {}


def test_without_a_habit_the_time_says_nothing(
    facade: MusicRec, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(facade, by_habit=False)
    assert reasons_at(facade, monkeypatch, 8) == {}


def test_a_list_stays_the_same_for_a_part_of_the_day(
    facade: MusicRec, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(facade, by_habit=True)
    assert reasons_at(facade, monkeypatch, 6) == reasons_at(facade, monkeypatch, 10)


def test_an_empty_mood_or_activity_is_refused(musicrec: Command) -> None:
    for option in ("--mood", "--activity"):
        assert "empty word" in musicrec.fails("recommend", option, " ")

"""A second music service, by its row in SERVICES alone: through the commands and by its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicrec_core.app.context import Context
from musicrec_core.app.results import EnrichOptions
from musicrec_core.app.services import account, enrich
from musicrec_core.enrich import problems
from musicrec_core.enrich.listenbrainz import ListenBrainz
from musicrec_core.enrich.pacing import Pace, Patience
from musicrec_core.enrich.server import Server
from musicrec_core.records import FeedbackSource
from musicrec_core.service_records import SERVICES, service_called
from tests.conftest import Command
from tests.enrich.conftest import StandingClock
from tests.enrich.lastfm_server import FakeLastFm
from tests.enrich.listenbrainz_server import FakeListenBrainz, listening

SPEC = service_called("listenbrainz")
TOKEN = "0b5c4f1e-aaaa-bbbb-cccc-0123456789ab"
HISTORY = EnrichOptions(subjects=frozenset())
AT_S = 1_700_000_000


@pytest.fixture
def brainz(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeListenBrainz]:
    monkeypatch.setenv("NO_PROXY", "*")
    with listening() as service:
        yield service


@pytest.mark.parametrize("spec", SERVICES, ids=lambda spec: spec.name)
def test_a_row_is_all_that_makes_a_service(spec: Any, fresh: Command) -> None:
    assert callable(import_module(spec.module).connect)
    assert spec.name in get_args(FeedbackSource)
    assert Server.at(spec.address, spec).name == spec.title
    assert fresh.json(spec.name, "status")["on"] is False
    [check] = [c for c in fresh.json("doctor")["checks"] if c["name"] == spec.title]
    assert f"musicrec {spec.name} login" in check["detail"]
    assert f"MUSICREC_{spec.name.upper()}_KEY" in fresh(spec.name, "login", "--help").stdout


def test_the_whole_way(musicrec: Command, brainz: FakeListenBrainz) -> None:
    brainz.played["rob"] = [("Ada Reed", "River", "Water", AT_S), ("Ride", "Not owned", "", AT_S)]
    brainz.loved["rob"] = [("Clara Volt", "Pulse", "", AT_S - 9)]
    musicrec("listenbrainz", "login", "--user", "rob", "--server", brainz.url)
    report = musicrec.json("enrich")
    assert (report["plays"], report["likes"], report["failed"]) == (1, 1, 0)
    status = musicrec.json("listenbrainz", "status")
    assert (status["on"], status["user"], status["key_in"]) == (True, "rob", None)
    assert status["listens"] == 3
    assert "no key" in musicrec("listenbrainz", "status").stdout
    exported = musicrec("export").stdout
    assert exported.count('"source": "listenbrainz"') == 2
    [check] = [c for c in musicrec.json("doctor")["checks"] if c["name"] == "ListenBrainz"]
    assert (check["ok"], check["detail"].endswith("answers; 3 listens")) == (True, True)
    assert "nothing to undo" in musicrec.fails("undo").lower()  # none of it was given here
    assert musicrec.json("listenbrainz", "logout") == {"on": False, "was_on": True}
    assert musicrec.json("lastfm", "status")["listens"] == 0


def test_without_a_name_there_is_nothing_to_read(musicrec: Command) -> None:
    assert "--user NAME" in musicrec.fails("listenbrainz", "login")
    assert musicrec.json("listenbrainz", "status")["on"] is False


def test_an_unknown_user_is_not_kept(musicrec: Command, brainz: FakeListenBrainz) -> None:
    told = musicrec.fails("listenbrainz", "login", "--user", "nobody", "--server", brainz.url)
    assert "no user of that name" in told
    assert musicrec.json("listenbrainz", "status")["on"] is False


def test_a_token_is_given_where_one_is_asked_for(
    musicrec: Command, brainz: FakeListenBrainz, monkeypatch: pytest.MonkeyPatch
) -> None:
    brainz.played["rob"], brainz.token = [], TOKEN
    login = ("listenbrainz", "login", "--user", "rob", "--server", brainz.url)
    assert "refuses the token" in musicrec.fails(*login)
    monkeypatch.setenv("MUSICREC_LISTENBRAINZ_KEY", TOKEN)
    run = musicrec(*login)
    assert TOKEN not in run.stdout + run.stderr
    monkeypatch.delenv("MUSICREC_LISTENBRAINZ_KEY")
    assert musicrec.json("enrich")["failed"] == 0


def run(context: Context, brainz: FakeListenBrainz, clock: StandingClock) -> Any:
    account.login(context, SPEC, None, "rob", brainz.url)
    return enrich.enrich(context, HISTORY, None, None, clock)


def test_a_long_history_is_read_to_its_end_each_play_once(
    context: Context, brainz: FakeListenBrainz, clock: StandingClock
) -> None:
    plays = [("Slowdive", "Alison", "Souvlaki", AT_S - 60 * i) for i in range(250)]
    plays += [("Slowdive", f"Song {i}", "", AT_S - 90_000) for i in range(30)]  # of one second
    brainz.played["rob"] = plays
    brainz.loved["rob"] = [("Slowdive", f"Loved {i}", "", AT_S + i) for i in range(100)]
    assert run(context, brainz, clock).plays == 250
    assert context.store.listens.count("me", SPEC.name) == 380
    brainz.asked.clear()
    assert run(context, brainz, clock).plays == 0
    assert not any("max_ts" in path for path in brainz.asked)  # all is read until a moment ago


def test_what_two_services_tell_of_one_play_counts_once(
    logged_in: Context, service: FakeLastFm, brainz: FakeListenBrainz, clock: StandingClock
) -> None:
    service.played["rj"] = [("Slowdive", "Alison", "Souvlaki", AT_S)]
    brainz.played["rob"] = [
        ("Slowdive", "Alison", "Souvlaki", AT_S),
        ("Slowdive", "Machine Gun", "", AT_S + 300),
    ]
    assert run(logged_in, brainz, clock).plays == 2
    events = logged_in.store.feedback.in_force("me")
    assert {(e.source, e.at_s) for e in events} == {
        ("lastfm", AT_S), ("listenbrainz", AT_S + 300)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (500, b"{}", problems.ServerDown),
        (429, b"{}", problems.RateLimited),
        (200, b"<!DOCTYPE html><html>Log in</html>", problems.CaptivePortal),
        (200, b"[]", problems.Malformed),
        (200, b"{", problems.Malformed),
        (200, b"{}", problems.Malformed),
        (200, b'{"payload": {"listens": 3}}', problems.Malformed),
        (404, b'{"code": 404, "error": "x"}', problems.NoSuchUser),
        (401, b'{"code": 401, "error": "x"}', problems.BadToken),
        (503, b'{"code": 503, "error": "x"}', problems.ServerDown),
        (200, b'{"code": "a", "error": "x"}', problems.ServerDown),
    ],
)
def test_each_refusal_is_one_kind_of_problem(
    status: int, body: bytes, problem: type[problems.Problem], brainz: FakeListenBrainz
) -> None:
    brainz.instead = status, body
    with closing(connected(brainz)) as asked, pytest.raises(problem):
        asked.played("rob", 0, AT_S)


def connected(brainz: FakeListenBrainz) -> ListenBrainz:
    return ListenBrainz(Server.at(brainz.url, SPEC), "", Patience(Pace(StandingClock())))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda of: (
        st.lists(of, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("payload", "listens", "feedback", "track_metadata", "artist_name", "track_name",
                 "release_name", "listened_at", "created", "error", "code")
            ),
            of,
        )
    ),
    max_leaves=12,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(document=JSON)
def test_no_answer_can_do_more_harm_than_be_a_problem(
    brainz: FakeListenBrainz, document: object
) -> None:
    brainz.instead = 200, json.dumps(document).encode()
    with closing(connected(brainz)) as asked:
        for call in (lambda: asked.played("rob", 0, AT_S), lambda: asked.loved("rob", 1)):
            try:
                page = call()
            except problems.Problem:
                continue
            assert all(listen.artist and listen.title for listen in page.listens)

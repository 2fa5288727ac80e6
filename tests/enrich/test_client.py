"""The client against a real HTTPS server that behaves, and misbehaves in every known way."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from musicrec_core.enrich import problems
from musicrec_core.enrich.client import Client
from musicrec_core.enrich.pacing import Stopped
from musicrec_core.enrich.problems import Problem
from musicrec_core.enrich.transport import TransportLimits
from tests.enrich import lastfm_server as server
from tests.enrich.conftest import StandingClock
from tests.enrich.lastfm_server import KEY, FakeLastFm

Connect = Callable[..., Client]

SHORT = TransportLimits(connect_s=5.0, read_s=0.2, answer_s=0.3)
ASK = ("artist.getTopTags", {"artist": "Slowdive"})

MISDEEDS: list[tuple[server.Misdeed, type[Problem], int]] = [
    # what the server does, what it is taken for, how many requests are made before giving up
    (server.says_no(10, 403), problems.BadKey, 1),
    (server.says_no(26), problems.BadKey, 1),
    (server.says_no(6, 404), problems.NotFound, 1),
    (server.says_no(17), problems.Private, 1),
    (server.says_no(3, 400), problems.NotOffered, 1),
    (server.says_no(29), problems.RateLimited, 6),
    (server.says_no(8, 500), problems.ServerDown, 6),
    (server.says_no(11), problems.ServerDown, 6),
    (server.status(429), problems.RateLimited, 6),
    (server.status(429, retry_after="86400"), problems.RateLimited, 1),
    (server.status(500), problems.ServerDown, 6),
    (server.status(503), problems.ServerDown, 6),
    (server.status(404), problems.Malformed, 2),
    (server.status(511), problems.CaptivePortal, 1),
    (server.portal, problems.CaptivePortal, 1),
    (server.redirect, problems.CaptivePortal, 1),
    (server.broken_xml, problems.Malformed, 2),
    (server.json_instead, problems.Malformed, 2),
    (server.bomb, problems.Malformed, 2),
    (server.not_text, problems.Malformed, 2),
    (server.hang, problems.TimedOut, 4),
    (server.drip, problems.TimedOut, 4),
    (server.hang_up, problems.ServerDown, 6),
]


@pytest.mark.parametrize(("misdeed", "expected", "tries"), MISDEEDS)
def test_each_misdeed_is_one_kind_of_problem_and_given_up_in_time(
    lastfm: FakeLastFm,
    connect: Connect,
    clock: StandingClock,
    caplog: pytest.LogCaptureFixture,
    misdeed: server.Misdeed,
    expected: type[Problem],
    tries: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    lastfm.always = misdeed
    client = connect(lastfm.url, limits=SHORT if expected is problems.TimedOut else None)
    started_s = clock.time_s
    with pytest.raises(expected) as caught:
        client.ask(*ASK)
    assert client.requests == len(lastfm.asked) == tries
    assert clock.time_s - started_s < 90
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert KEY not in shown + repr(client) + repr(vars(caught.value))
    assert KEY not in caplog.text


def test_every_problem_is_one_plain_sentence_about_what_to_do() -> None:
    for problem in Problem.__subclasses__():
        text = str(problem("Last.fm"))
        assert "\n" not in text
        assert "{" not in text
        assert problem.kind != Problem.kind


def test_a_wrong_certificate_is_a_problem_of_tls(tmp_path: Path, connect: Connect) -> None:
    with server.running(tmp_path) as unknown, pytest.raises(problems.NotSecure):
        connect(unknown.url).ask(*ASK)
    assert unknown.asked == []


def test_a_certificate_of_another_host_is_a_problem_of_tls(
    tmp_path: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.running(tmp_path, certificate_for="example.org") as other:
        monkeypatch.setenv("SSL_CERT_FILE", other.ca_file)
        with pytest.raises(problems.NotSecure):
            connect(other.url).ask(*ASK)
    assert other.asked == []


def test_a_port_where_nobody_listens_is_unreachable(connect: Connect) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = connect(f"https://127.0.0.1:{port}")
    with pytest.raises(problems.Unreachable):
        client.ask(*ASK)
    assert client.requests == 3


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "nonsense://127.0.0.1"])
def test_a_proxy_that_cannot_be_used_is_told(
    lastfm: FakeLastFm,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    proxy: str,
) -> None:
    for name in ("NO_PROXY", "no_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, proxy)
    with pytest.raises(problems.BadProxy):
        connect(lastfm.url).ask(*ASK)
    assert lastfm.asked == []


def test_a_certificate_file_that_is_not_there_is_a_problem_of_tls(
    lastfm: FakeLastFm, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with pytest.raises(problems.NotSecure):
        connect(lastfm.url).ask(*ASK)


def test_a_wrong_key_is_told_so_without_showing_it(lastfm: FakeLastFm, connect: Connect) -> None:
    wrong = "deadbeef" * 4
    with pytest.raises(problems.BadKey) as caught:
        connect(lastfm.url, wrong).ask(*ASK)
    assert wrong not in "".join(traceback.format_exception(caught.value))


def test_a_passing_failure_is_tried_again_after_growing_pauses(
    lastfm: FakeLastFm, connect: Connect, clock: StandingClock
) -> None:
    lastfm.artists["Slowdive"] = {"shoegaze": 100}
    lastfm.misdeeds = [server.status(503)] * 3
    started_s = clock.time_s
    connect(lastfm.url).ask(*ASK)
    assert len(lastfm.asked) == 4
    assert clock.time_s - started_s == pytest.approx(2 + 4 + 8, abs=0.5)


def test_the_server_says_how_long_to_wait(
    lastfm: FakeLastFm, connect: Connect, clock: StandingClock
) -> None:
    lastfm.artists["Slowdive"] = {"shoegaze": 100}
    lastfm.misdeeds = [server.status(429, retry_after="30")]
    started_s = clock.time_s
    connect(lastfm.url).ask(*ASK)
    assert clock.time_s - started_s == pytest.approx(30, abs=0.5)


def test_five_requests_a_second_and_one_while_the_server_complains(
    lastfm: FakeLastFm, connect: Connect, clock: StandingClock
) -> None:
    lastfm.artists["Slowdive"] = {"shoegaze": 100}
    client = connect(lastfm.url)

    def seconds_for(requests: int) -> float:
        started_s = clock.time_s
        for _ in range(requests):
            client.ask(*ASK)
        return clock.time_s - started_s

    assert seconds_for(11) == pytest.approx(2.0, abs=0.01)
    lastfm.misdeeds = [server.says_no(29)]
    client.ask(*ASK)
    assert seconds_for(10) == pytest.approx(10.0, abs=0.01)
    clock.sleep(60)
    seconds_for(1)
    assert seconds_for(10) == pytest.approx(2.0, abs=0.01)


def test_one_connection_serves_many_requests(lastfm: FakeLastFm, connect: Connect) -> None:
    lastfm.artists["Slowdive"] = {"shoegaze": 100}
    doors: set[object] = set()
    honest = lastfm.answer

    def noted(handler: server.Handler) -> None:
        doors.add(handler.client_address)
        handler.reply(*honest(lastfm.asked[-1]))

    lastfm.always = noted
    client = connect(lastfm.url)
    for _ in range(5):
        client.ask(*ASK)
    assert len(doors) == 1


def test_a_pause_ends_when_the_work_is_to_stop(
    lastfm: FakeLastFm, connect: Connect, clock: StandingClock
) -> None:
    lastfm.always = server.status(503)
    started_s = clock.time_s
    client = connect(lastfm.url, stop=lambda: clock.time_s > started_s + 1)
    with pytest.raises(Stopped):
        client.ask(*ASK)
    assert clock.time_s < started_s + 2


def test_the_key_travels_in_the_body_and_never_in_an_address(
    lastfm: FakeLastFm, connect: Connect
) -> None:
    lines: list[str] = []

    def noted(handler: server.Handler) -> None:
        lines.append(handler.requestline + str(handler.headers))
        server.portal(handler)

    lastfm.always = noted
    with pytest.raises(problems.CaptivePortal):
        connect(lastfm.url).ask(*ASK)
    assert lines
    assert KEY not in "".join(lines)

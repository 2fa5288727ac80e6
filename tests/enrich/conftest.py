"""A Last.fm of the tests' own, and time that passes only when someone waits."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musicrec_core.enrich.client import Client
from musicrec_core.enrich.pacing import Clock, Pace
from musicrec_core.enrich.server import Server
from musicrec_core.enrich.transport import Limits
from tests.enrich.lastfm_server import KEY, FakeLastFm, running


class StandingClock(Clock):
    """Sleeping costs nothing; what was slept adds up."""

    def __init__(self) -> None:
        self.time_s = 1000.0

    def now_s(self) -> float:
        return self.time_s

    def sleep(self, seconds: float) -> None:
        self.time_s += seconds


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def lastfm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLastFm]:
    """A server that this process and the commands it starts trust."""
    with running(tmp_path) as service:
        monkeypatch.setenv("SSL_CERT_FILE", service.ca_file)
        monkeypatch.setenv("NO_PROXY", "*")
        yield service


@pytest.fixture
def connect(clock: StandingClock) -> Iterator[Callable[..., Client]]:
    """Opens clients and closes them at the end."""
    opened: list[Client] = []

    def open_one(
        url: str,
        key: str = KEY,
        stop: Callable[[], bool] | None = None,
        limits: Limits | None = None,
    ) -> Client:
        opened.append(Client(Server.at(url), key, Pace(clock, stop), limits))
        return opened[-1]

    yield open_one
    for client in opened:
        client.close()

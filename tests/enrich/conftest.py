"""A Last.fm of the tests' own, and time that passes only when someone waits."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.services import account
from musicrec_core.enrich.client import Client
from musicrec_core.enrich.pacing import Clock, Pace
from musicrec_core.enrich.server import Server
from musicrec_core.enrich.transport import TransportLimits
from musicrec_core.records import FoundFile, Tags
from musicrec_core.service_records import LASTFM
from tests.enrich.lastfm_server import KEY, FakeLastFm, Song, running


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
        limits: TransportLimits | None = None,
    ) -> Client:
        opened.append(Client(Server.at(url), key, Pace(clock, stop), limits))
        return opened[-1]

    yield open_one
    for client in opened:
        client.close()


OWNED = (
    # artist, album, title; the first artist has most songs
    ("Slowdive", "Souvlaki", "Alison"),
    ("Slowdive", "Souvlaki", "Machine Gun"),
    ("Slowdive", "Souvlaki (Remastered 2005)", "40 Days"),
    ("The Beatles", "Help!", "Yesterday (Remastered 2009)"),
    ("Beatles", "Help!", "Help!"),
    ("Bjork feat. Thom Yorke", "Selmasongs", "I've Seen It All"),
    ("Nobody Knows Them", "Demo", "Untitled"),
)


def own(context: Context, songs: tuple[tuple[str, str, str], ...]) -> dict[str, int]:
    """Put songs into a library; their track ids by title."""
    store = context.store
    ids = {}
    with store.atomic():
        for number, (artist, album, title) in enumerate(songs):
            path = f"/music/{artist}-{title}.mp3".encode()
            tags = Tags(title=title, artist=artist, album=album, duration_s=200.0)
            file = FoundFile(path, 1, number)
            ids[title] = store.files.put(None, file, tags, f"{artist} {title}")
        store.counters.touch()
    return ids


@pytest.fixture
def service(lastfm: FakeLastFm) -> FakeLastFm:
    """The server, knowing what is owned but for one artist."""
    lastfm.artists = {
        "Slowdive": {"shoegaze": 100, "dream pop": 70, "seen live": 60, "hapax": 2},
        "The Beatles": {"60s": 100, "classic rock": 90},
        "Bj\u00f6rk": {"art pop": 100, "icelandic": 40},
    }
    titles = {"Slowdive": ("Souvlaki", "Alison", "Machine Gun", "40 Days")}
    titles |= {"The Beatles": ("Help!", "Yesterday"), "Bj\u00f6rk": ("I've Seen It All",)}
    lastfm.songs = [Song(a, t, {"ethereal": 100}) for a, names in titles.items() for t in names]
    lastfm.corrected = {"beatles": "The Beatles", "bjork": "Bj\u00f6rk"}
    return lastfm


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """A home with a few songs in it; Last.fm is off."""
    made = Context("me", tmp_path / "home")
    own(made, OWNED)
    yield made
    made.close()


@pytest.fixture
def logged_in(context: Context, service: FakeLastFm) -> Context:
    """The same with Last.fm on."""
    service.played["rj"] = []
    account.login(context, LASTFM, KEY, "rj", service.url)
    service.asked.clear()
    return context

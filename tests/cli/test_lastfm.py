"""lastfm and enrich through the commands; and that nothing is sent while it is off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.enrich import lastfm_server as server
from tests.enrich.lastfm_server import KEY, FakeLastFm, Song, running
from tests.tui.screens import with_picks

WATCHMAN = """
import os, socket, sys

def noted(event, arguments):
    if event == "socket.getaddrinfo" or (
        event in ("socket.connect", "socket.sendto", "socket.bind")
        and arguments[0].family != getattr(socket, "AF_UNIX", None)
    ):
        with open(os.environ["WATCHMAN_LOG"], "a") as log:
            log.write(f"{sys.argv} {event} {arguments[1:]}\\n")

sys.addaudithook(noted)
"""


@pytest.fixture
def lastfm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLastFm]:
    with running(tmp_path) as service:
        service.artists = {"Ada Reed": {"ambient": 100, "calm": 50}, "Clara Volt": {"techno": 100}}
        service.songs = [Song("Ada Reed", "River", {"slow": 100})]
        service.played["rj"] = [("Ada Reed", "River", "Water", 1_700_000_000)]
        service.loved["rj"] = [("Clara Volt", "Pulse", 1_600_000_000)]
        monkeypatch.setenv("SSL_CERT_FILE", service.ca_file)
        monkeypatch.setenv("NO_PROXY", "*")
        monkeypatch.setenv("MUSICREC_LASTFM_KEY", KEY)
        yield service


@pytest.fixture
def on(musicrec: Command, lastfm: FakeLastFm, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`musicrec` with Last.fm on."""
    musicrec("lastfm", "login", "--user", "rj", "--server", lastfm.url)
    monkeypatch.delenv("MUSICREC_LASTFM_KEY")
    lastfm.asked.clear()
    return musicrec


def test_off_is_one_line_and_says_how_to_turn_it_on(musicrec: Command) -> None:
    assert "musicrec lastfm login" in musicrec.fails("enrich", "--json")
    [check] = [c for c in musicrec.json("doctor")["checks"] if c["name"] == "Last.fm"]
    assert check["ok"]
    assert "off" in check["detail"]
    assert musicrec.json("lastfm", "status")["on"] is False


def test_while_it_is_off_no_command_opens_a_connection(
    musicrec: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scanned: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCHMAN)
    log = tmp_path / "log"
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'site'}:{os.environ.get('PYTHONPATH', '')}")
    monkeypatch.setenv("WATCHMAN_LOG", str(log))
    monkeypatch.setenv("MUSICREC_LASTFM_KEY", KEY)
    tried = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    subprocess.run(tried, capture_output=True, check=False)
    assert "socket.connect" in log.read_text()  # the watchman does watch
    log.unlink()
    fresh = Command(tmp_path / "another home")
    fresh("scan", scanned / "music", "--jobs", "2")
    for arguments in (
        ["recommend"], ["like", "River"], ["dislike", "Anvil"], ["retrain"], ["status"], ["doctor"],
        ["export"], ["lastfm", "status"],
    ):  # fmt: skip
        fresh(*arguments)
    fresh.fails("enrich")
    assert not log.exists()


async def test_while_it_is_off_the_screens_open_no_connection(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event in ("socket.connect", "socket.getaddrinfo"):
            seen.append(f"{event} {arguments[1:]}")

    sys.addaudithook(watch)
    try:
        async with with_picks(musicrec.home) as driven:
            await driven.press("l")
    finally:
        watching = False
    assert seen == []


def test_the_whole_way(on: Command, lastfm: FakeLastFm) -> None:
    report = on.json("enrich", "--only", "history", "--only", "artists")
    assert {"requested", "cached", "failed"} <= set(report)
    assert (report["failed"], report["plays"], report["likes"]) == (0, 1, 1)
    assert report["answered"] == 6
    again = on.json("enrich", "--only", "artists")
    assert (again["requested"], again["cached"]) == (0, 12)
    assert on.json("status")["feedback"]["like"] == 1
    listed = on.json("recommend", "--tag", "calm")
    assert [t["artist"] for t in listed["tracks"][:3]] == ["Ada Reed"] * 3  # tagged, so first
    status = on.json("lastfm", "status")
    assert (status["on"], status["user"], status["artists"]) == (True, "rj", [4, 2])
    [check] = [c for c in on.json("doctor")["checks"] if c["name"] == "Last.fm"]
    assert check["ok"]


def test_an_empty_library_has_nothing_to_ask_about(fresh: Command, lastfm: FakeLastFm) -> None:
    fresh("lastfm", "login", "--server", lastfm.url)
    output = fresh("enrich").stdout
    assert output.startswith("Nothing to ask: there are no songs")
    assert fresh.json("enrich")["requested"] == 0


def test_its_time_can_be_limited(on: Command, lastfm: FakeLastFm) -> None:
    report = on.json("enrich", "--limit-minutes", "0.01")
    assert report["stopped"]
    assert report["left"] > 0


def test_ctrl_c_ends_it_with_every_answer_kept(
    on: Command, lastfm: FakeLastFm, ctrl_c: None
) -> None:
    running_one = subprocess.Popen(
        [sys.executable, "-m", "musicrec_tui", "enrich"],
        env={**os.environ, "MUSICREC_HOME": str(on.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(lastfm.asked) < 6 and running_one.poll() is None:
        time.sleep(0.01)
    running_one.send_signal(signal.SIGINT)
    out, err = running_one.communicate(timeout=60)
    assert running_one.returncode == 130
    assert "Traceback" not in err
    assert out == ""
    assert on.json("doctor")["checks"][1]["ok"]
    assert sum(on.json("lastfm", "status")["artists"]) > 0


def test_a_refused_key_is_not_kept(
    musicrec: Command, lastfm: FakeLastFm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICREC_LASTFM_KEY", "deadbeef" * 4)
    error = musicrec.fails("lastfm", "login", "--server", lastfm.url)
    assert "refuses the API key" in error
    assert "deadbeef" not in error
    assert musicrec.json("lastfm", "status")["on"] is False


def test_a_server_that_is_away_does_not_keep_the_key_from_being_kept(
    musicrec: Command, lastfm: FakeLastFm
) -> None:
    run = musicrec("lastfm", "login", "--server", "https://127.0.0.1:9/")
    assert "the key is kept, but could not be tried" in run.stderr
    assert "`musicrec doctor` tries it again" in run.stderr
    assert "fetched" not in run.stderr
    assert musicrec.json("lastfm", "status")["on"] is True


def test_logging_out_forgets_the_key_and_keeps_or_drops_the_answers(
    on: Command, lastfm: FakeLastFm
) -> None:
    on("enrich", "--only", "artists")
    on("lastfm", "logout")
    assert not (on.home / "lastfm.json").exists()
    assert on.json("lastfm", "status")["artists"] == [4, 2]
    on("lastfm", "logout", "--forget")
    assert on.json("lastfm", "status")["artists"] == [0, 0]
    assert on.json("recommend", "-n", "3")["tracks"]


def test_a_key_is_never_taken_from_the_command_line(musicrec: Command, lastfm: FakeLastFm) -> None:
    musicrec.fails("lastfm", "login", KEY, status=2)
    musicrec.fails("lastfm", "login", "--key", KEY, status=2)


def test_a_key_comes_by_standard_input(musicrec: Command, lastfm: FakeLastFm) -> None:
    command = [sys.executable, "-m", "musicrec_tui", "lastfm", "login", "--key-stdin"]
    environment = {**os.environ, "MUSICREC_HOME": str(musicrec.home), "MUSICREC_LASTFM_KEY": ""}
    subprocess.run(
        [*command, "--server", lastfm.url], input=f"{KEY}\n", env=environment, text=True, check=True
    )
    assert lastfm.asked[0]["api_key"] == KEY


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of the test's own")
def test_a_key_that_is_typed_is_not_shown(musicrec: Command, lastfm: FakeLastFm) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    login = subprocess.Popen(
        [sys.executable, "-m", "musicrec_tui", "lastfm", "login", "--server", lastfm.url],
        env={**os.environ, "MUSICREC_HOME": str(musicrec.home), "MUSICREC_LASTFM_KEY": ""},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    shown = b""
    while b"API key" not in shown:
        shown += os.read(ours, 1024)
    while termios.tcgetattr(theirs)[3] & termios.ECHO and login.poll() is None:
        time.sleep(0.01)
    os.close(theirs)
    os.write(ours, f"{KEY}\n".encode())
    assert login.wait(60) == 0
    with suppress(OSError):  # what Linux says at the end of a terminal
        while more := os.read(ours, 1024):
            shown += more
    os.close(ours)
    assert lastfm.asked[0]["api_key"] == KEY
    assert KEY.encode() not in shown


def test_whose_listening_is_to_be_read_must_be_known(musicrec: Command, lastfm: FakeLastFm) -> None:
    musicrec("lastfm", "login", "--server", lastfm.url)
    assert "login --user" in musicrec.fails("enrich", "--only", "history")


def test_without_a_terminal_or_a_key_it_says_how_to_give_one(
    musicrec: Command, lastfm: FakeLastFm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUSICREC_LASTFM_KEY")
    assert "--key-stdin" in musicrec.fails("lastfm", "login")


@pytest.mark.parametrize(
    "misdeed",
    [server.says_no(10, 403), server.says_no(29), server.portal],
    ids=["bad key", "rate limit", "portal"],
)
def test_no_output_of_any_command_ever_holds_the_key(
    on: Command, lastfm: FakeLastFm, misdeed: server.Misdeed
) -> None:
    lastfm.always = misdeed
    items = [
        on(*arguments, status=_any)
        for arguments in (
            ["enrich", "--only", "artists", "--limit-minutes", "0.02"], ["doctor"], ["export"],
            ["export", "--tracks"], ["lastfm", "status", "--json"],
        )
    ]  # fmt: skip
    assert KEY not in "".join(run.stdout + run.stderr for run in items)
    files = [path for path in on.home.rglob("*") if path.is_file()]
    assert {p.name for p in files if KEY.encode() in p.read_bytes()} == {"lastfm.json"}


class _Any(int):
    """Equal to any exit status that is no crash."""

    def __eq__(self, other: object) -> bool:
        return other in (0, 1)

    __hash__ = int.__hash__


_any = _Any()

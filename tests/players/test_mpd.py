"""MPD itself, with null output, on a socket of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musicrec_core.errors import PlayerError
from musicrec_core.players import PlayerSound, Playing, find_player
from musicrec_core.players.mpd import Mpd, addresses
from tests.support.media import write_tone

pytest.importorskip("mpd")
needs_mpd = pytest.mark.skipif(not shutil.which("mpd"), reason="MPD is not installed")

CONFIGURATION = """
music_directory "{music}"
db_file "{folder}/db"
bind_to_address "{folder}/socket"
audio_output {{
    type "null"
    name "none"
    sync "yes"
    mixer_type "software"
}}
"""


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of an MPD whose music folder holds nothing; songs are named by whole paths."""
    folder = tmp_path_factory.mktemp("mpd")
    (folder / "music").mkdir()
    config = folder / "mpd.conf"
    config.write_text(CONFIGURATION.format(music=folder / "music", folder=folder))
    process = subprocess.Popen(
        ["mpd", "--no-daemon", "--stderr", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(500):
        if (folder / "socket").exists():
            break
        time.sleep(0.02)
    yield folder / "socket"
    process.terminate()
    process.wait()


@pytest.fixture
def mpd(daemon: Path) -> Iterator[Mpd]:
    player = Mpd((str(daemon), 0))
    yield player
    player.close()


def until(mpd: Mpd, wanted: Callable[[Playing], bool]) -> Playing:
    for _ in range(1000):
        now = mpd.now()
        if wanted(now):
            return now
        time.sleep(0.02)
    raise AssertionError(f"still {now}")


@needs_mpd
def test_a_song_plays_pauses_goes_on_seeks_and_stops(mpd: Mpd, tmp_path: Path) -> None:
    mpd.play(str(write_tone(tmp_path / "song.flac", seconds=60.0)))
    now = until(mpd, lambda now: now.position_s > 0)
    assert (now.state, now.duration_s) == ("playing", pytest.approx(60.0, abs=0.5))
    mpd.toggle()
    assert until(mpd, lambda now: now.state == "paused")
    mpd.toggle()
    mpd.seek(30.0)
    until(mpd, lambda now: now.position_s >= 30.0)
    mpd.stop()
    assert mpd.now().state == "stopped"


@needs_mpd
def test_the_next_song_follows_and_the_end_is_the_end(mpd: Mpd, tmp_path: Path) -> None:
    first = write_tone(tmp_path / "first.wav", seconds=0.5)
    other = write_tone(tmp_path / "other.wav", seconds=30.0)
    then = write_tone(tmp_path / "next.wav", seconds=0.5)
    mpd.play(str(first))
    mpd.follow(str(other))
    mpd.follow(str(then))
    until(mpd, lambda now: now.handed_over)
    mpd.follow(None)
    until(mpd, lambda now: now.state == "ended")


@needs_mpd
def test_what_is_in_mpds_own_queue_stays_and_its_modes_come_back(
    daemon: Path, tmp_path: Path
) -> None:
    from mpd import MPDClient

    client = MPDClient()
    client.connect(str(daemon))
    theirs = client.addid(f"file://{write_tone(tmp_path / 'theirs.wav', seconds=1.0)}")
    client.random(1)
    player = Mpd((str(daemon), 0))
    player.play(str(write_tone(tmp_path / "song.wav", seconds=60.0)))
    player.follow(str(write_tone(tmp_path / "next.wav", seconds=60.0)))
    until(player, lambda now: now.position_s > 0)
    player.close()
    assert [song["id"] for song in client.playlistid()] == [theirs]
    assert client.status()["random"] == "1"
    client.random(0)
    client.clear()
    client.disconnect()


@needs_mpd
def test_a_file_that_is_no_song_or_not_there_fails(mpd: Mpd, tmp_path: Path) -> None:
    mpd.play(str(tmp_path / "gone.wav"))
    assert until(mpd, lambda now: now.state == "failed")
    mpd.play(str(write_tone(tmp_path / "song.wav", seconds=60.0)))
    assert until(mpd, lambda now: now.position_s > 0).state == "playing"


@needs_mpd
def test_volume_replay_gain_and_crossfade_reach_mpd(mpd: Mpd) -> None:
    mpd.sound(PlayerSound(volume=30, replay_gain="track", crossfade_s=4))
    status = mpd._ask(lambda c: c.status())
    assert status["xfade"] == "4"
    assert "track" in str(mpd._ask(lambda c: c.replay_gain_status()))
    mpd.sound(PlayerSound())


@needs_mpd
def test_it_is_found_where_mpd_host_says(daemon: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPD_HOST", str(daemon))
    assert isinstance(find_player("mpd"), Mpd)


def test_an_mpd_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PlayerError, match="does not answer"):
        Mpd((str(tmp_path / "none"), 0)).play("/song.mp3")


def test_where_mpd_is_looked_for() -> None:
    assert addresses({"MPD_HOST": "secret@away", "MPD_PORT": "6601"}) == [("away", 6601)]
    assert addresses({})[-1] == ("localhost", 6600)
    assert os.path.isabs(addresses({"MPD_HOST": "/run/x"})[0][0])

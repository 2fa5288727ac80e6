"""mpv itself, without sound."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musicrec_core.errors import PlayerError
from musicrec_core.players import PlayerSound, Playing, find_player
from musicrec_core.players.mpv import Mpv
from tests.support.media import write_tone

needs_mpv = pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed")


@pytest.fixture
def mpv() -> Iterator[Mpv]:
    player = Mpv("mpv", ["--ao=null", "--no-config"])
    yield player
    player.close()


def until(mpv: Mpv, wanted: Callable[[Playing], bool]) -> Playing:
    for _ in range(1000):
        now = mpv.now()
        if wanted(now):
            return now
        time.sleep(0.02)
    raise AssertionError(f"still {now}")


@needs_mpv
def test_a_song_plays_pauses_goes_on_and_stops(mpv: Mpv, tmp_path: Path) -> None:
    song = write_tone(tmp_path / "song.flac", seconds=60.0)
    mpv.play(str(song))
    now = until(mpv, lambda now: now.position_s > 0)
    assert now.state == "playing"
    assert now.duration_s == pytest.approx(60.0, abs=0.5)
    mpv.toggle()
    paused = mpv.now()
    assert paused.state == "paused"
    assert mpv.now().position_s == pytest.approx(paused.position_s, abs=0.1)
    mpv.toggle()
    assert mpv.now().state == "playing"
    mpv.stop()
    assert mpv.now().state == "stopped"


@needs_mpv
def test_a_song_that_comes_to_its_end_has_ended(mpv: Mpv, tmp_path: Path) -> None:
    mpv.play(str(write_tone(tmp_path / "song.wav", seconds=0.3)))
    until(mpv, lambda now: now.state == "ended")


@needs_mpv
def test_the_end_of_a_song_that_was_replaced_is_not_taken_for_the_new_ones(
    mpv: Mpv, tmp_path: Path
) -> None:
    song = write_tone(tmp_path / "song.wav", seconds=60.0)
    for _ in range(5):
        mpv.play(str(song))
    assert until(mpv, lambda now: now.position_s > 0).state == "playing"


@needs_mpv
def test_a_name_that_is_not_utf8_plays(mpv: Mpv, tmp_path: Path) -> None:
    song = tmp_path / os.fsdecode(b'caf\xe9 "quoted" - n\xb0 1.wav')
    mpv.play(str(write_tone(song, seconds=60.0)))
    assert until(mpv, lambda now: now.position_s > 0).state == "playing"


@needs_mpv
def test_a_file_that_is_no_song_or_not_there_fails_and_the_next_song_plays(
    mpv: Mpv, tmp_path: Path
) -> None:
    text = tmp_path / "text.mp3"
    text.write_text("not a song")
    for path in (text, tmp_path / "gone.mp3"):
        mpv.play(str(path))
        until(mpv, lambda now: now.state == "failed")
    mpv.play(str(write_tone(tmp_path / "song.wav", seconds=60.0)))
    assert until(mpv, lambda now: now.position_s > 0).state == "playing"


@needs_mpv
def test_a_new_song_plays_although_the_one_before_was_paused(mpv: Mpv, tmp_path: Path) -> None:
    song = write_tone(tmp_path / "song.wav", seconds=60.0)
    mpv.play(str(song))
    mpv.toggle()
    mpv.play(str(song))
    assert until(mpv, lambda now: now.position_s > 0).state == "playing"


@needs_mpv
def test_a_killed_mpv_is_one_clear_error_and_playing_again_restarts_it(
    mpv: Mpv, tmp_path: Path
) -> None:
    song = write_tone(tmp_path / "song.wav", seconds=60.0)
    mpv.play(str(song))
    assert mpv._running is not None
    process = mpv._running.process
    process.kill()
    process.wait()
    with pytest.raises(PlayerError, match="play again"):
        mpv.now()
    mpv.play(str(song))
    assert until(mpv, lambda now: now.position_s > 0).state == "playing"


@needs_mpv
def test_mpv_is_gone_after_close(mpv: Mpv, tmp_path: Path) -> None:
    mpv.play(str(write_tone(tmp_path / "song.wav", seconds=60.0)))
    assert mpv._running is not None
    process = mpv._running.process
    mpv.close()
    assert process.returncode is not None
    assert mpv.now().state == "stopped"


@needs_mpv
def test_options_for_mpv_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICREC_MPV_ARGS", "--ao=null --volume=30")
    player = find_player()
    assert isinstance(player, Mpv)
    assert player._command[-2:] == ("--ao=null", "--volume=30")


def test_without_mpv_there_is_no_player(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MPD_HOST", str(tmp_path / "no socket"))
    assert find_player() is None


@needs_mpv
def test_the_next_song_follows_without_being_asked_for(mpv: Mpv, tmp_path: Path) -> None:
    first = write_tone(tmp_path / "first.wav", seconds=0.5)
    other = write_tone(tmp_path / "other.wav", seconds=30.0)
    then = write_tone(tmp_path / "next.wav", seconds=60.0)
    mpv.play(str(first))
    mpv.follow(str(other))
    mpv.follow(str(then))
    now = until(mpv, lambda now: now.handed_over and now.position_s > 0)
    assert now.state == "playing"
    assert now.duration_s == pytest.approx(60.0, abs=0.5)
    mpv.follow(None)
    assert not mpv.now().handed_over


@needs_mpv
def test_what_is_no_longer_to_follow_does_not(mpv: Mpv, tmp_path: Path) -> None:
    first = write_tone(tmp_path / "first.wav", seconds=0.5)
    then = write_tone(tmp_path / "next.wav", seconds=60.0)
    mpv.play(str(first))
    mpv.follow(str(then))
    mpv.follow(None)
    until(mpv, lambda now: now.state == "ended")


@needs_mpv
def test_a_song_goes_on_where_it_was_left_and_where_one_seeks_to(mpv: Mpv, tmp_path: Path) -> None:
    song = str(write_tone(tmp_path / "song.wav", seconds=60.0))
    mpv.play(song, 30.0)
    mpv.follow(song)
    until(mpv, lambda now: now.position_s >= 30.0)
    mpv.seek(10.0)
    until(mpv, lambda now: 10.0 <= now.position_s < 20.0)


@needs_mpv
def test_how_it_sounds_is_kept_when_mpv_starts_anew(mpv: Mpv, tmp_path: Path) -> None:
    mpv.sound(PlayerSound(volume=40, replay_gain="album"))
    mpv.play(str(write_tone(tmp_path / "song.wav", seconds=60.0)))
    assert mpv._ask("get_property", "volume") == 40
    assert mpv._ask("get_property", "replaygain") == "album"


def test_an_mpv_that_does_not_start_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PlayerError, match="Install mpv"):
        Mpv(str(tmp_path / "mpv")).play("/song.mp3")


def test_an_mpv_that_ends_at_once_is_one_clear_error(tmp_path: Path) -> None:
    program = tmp_path / "mpv"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(PlayerError, match="stopped answering"):
        Mpv(str(program)).play("/song.mp3")

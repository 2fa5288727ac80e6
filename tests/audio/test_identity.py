from __future__ import annotations

import contextlib
import os
import random
import shutil
from hashlib import blake2b

import numpy as np
import pytest
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3, TIT2

from musicrec_core.audio.identity import Identity, identify
from musicrec_core.errors import UnreadableFileError
from tests.support.media import FORMATS, add_cover, strip, tag, write_audio, write_tone


def reason(path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        identify(str(path))
    assert caught.value.path == str(path)
    assert "\n" not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("seconds", [0.05, 3.0])
@pytest.mark.parametrize("fmt", [*FORMATS, "aiff"])
def test_tags_and_covers_do_not_change_it(tmp_path, fmt, seconds):
    path = write_tone(tmp_path / f"a.{fmt}", seconds=seconds)
    seen = [identify(str(path))]
    for change in (
        lambda: tag(path, {"title": "T", "artist": "A" * 2000}),
        lambda: add_cover(path, 1_000_000),
        lambda: strip(path),
    ):
        change()
        seen.append(identify(str(path)))
    assert len(set(seen)) == 1


@pytest.mark.parametrize("seconds", [0.05, 3.0])
def test_tags_behind_an_mp3_do_not_change_it(tmp_path, seconds):
    path = write_tone(tmp_path / "a.mp3", seconds=seconds)
    strip(path)
    before = identify(str(path))
    tags = APEv2()
    tags["Title"] = "T" * 500
    tags.save(path)
    assert identify(str(path)) == before
    both = ID3()
    both.add(TIT2(encoding=3, text=["T"]))
    both.save(path, v1=2)
    assert identify(str(path)) == before


@pytest.mark.parametrize("fmt", FORMATS)
def test_names_do_not_change_it_and_sounds_do(tmp_path, fmt):
    path = write_tone(tmp_path / f"a.{fmt}", seconds=0.5)
    copy = shutil.copy(path, tmp_path / f"b.{fmt}")
    other = write_tone(tmp_path / f"c.{fmt}", seconds=0.5, freq=550)
    assert identify(str(copy)) == identify(str(path))
    assert identify(str(other)).digest != identify(str(path)).digest


@pytest.mark.parametrize("fmt", ["wav", "flac"])
def test_two_edits_with_one_opening_differ_where_the_length_is_stated(tmp_path, fmt):
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 44100 * 9)
    long = identify(str(write_audio(tmp_path / f"long.{fmt}", noise)))
    short = identify(str(write_audio(tmp_path / f"short.{fmt}", noise[: 44100 * 7])))
    assert (long.duration_s, short.duration_s) == (9.0, 7.0)
    assert long.digest != short.digest


def test_a_tiny_change_after_the_opening_is_not_seen(tmp_path):
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 44100 * 4)
    one = identify(str(write_audio(tmp_path / "one.wav", noise)))
    noise[-1000:] = 0
    assert identify(str(write_audio(tmp_path / "two.wav", noise))) == one


def test_songs_that_begin_with_the_same_long_silence_differ(tmp_path):
    def song(freq: float) -> np.ndarray:
        tone = 0.5 * np.sin(2 * np.pi * freq * np.arange(48000 * 5) / 48000)
        return np.concatenate([np.zeros(48000 * 15), tone])

    one = write_audio(tmp_path / "one.opus", song(300), 48000)
    two = write_audio(tmp_path / "two.opus", song(400), 48000)
    assert identify(str(one)).digest != identify(str(two)).digest


def test_an_mp3_states_no_length(tmp_path):
    assert identify(str(write_tone(tmp_path / "a.mp3"))).duration_s is None


def test_it_is_the_same_in_every_version_of_this_program(tmp_path):
    path = tmp_path / "a.wav"
    write_audio(path, np.zeros(44100))
    hashed = b"('pcm_s16le', 44100, 2, 1)" + bytes(44100 * 2 * 2)
    assert identify(str(path)) == Identity(blake2b(hashed, digest_size=16).hexdigest(), 1.0)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_hundredth_of_a_second_is_a_song(tmp_path, fmt):
    assert identify(str(write_tone(tmp_path / f"a.{fmt}", seconds=0.01))).digest


def test_an_mp3_behind_junk_is_a_song(tmp_path):
    path = write_tone(tmp_path / "a.mp3", seconds=1.0)
    strip(path)
    before = identify(str(path))
    path.write_bytes(bytes(3000) + path.read_bytes())
    assert identify(str(path)) == before


def test_a_name_that_is_not_utf8_is_opened(tmp_path):
    path = write_tone(tmp_path / "a.flac", seconds=0.2)
    before = identify(str(path))
    other = os.path.join(os.fsencode(tmp_path), b"\xff\xe9\n.flac")
    try:
        os.rename(path, other)
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert identify(os.fsdecode(other)) == before


def test_tags_that_are_not_utf8_do_not_matter(tmp_path):
    path = write_tone(tmp_path / "a.ogg", seconds=0.2, tags={"title": "XXXX"})
    before = identify(str(path))
    broken = write_tone(tmp_path / "b.flac", seconds=0.2, tags={"title": "XXXX"})
    broken.write_bytes(broken.read_bytes().replace(b"XXXX", b"\xff\xfe\xe9\x80"))
    assert identify(str(path)) == before
    assert identify(str(broken)).duration_s == pytest.approx(0.2)


def test_an_empty_file_says_that_it_is_empty(tmp_path):
    (tmp_path / "a.mp3").write_bytes(b"")
    assert reason(tmp_path / "a.mp3") == "the file is empty"


def test_a_file_that_is_gone_says_so(tmp_path):
    assert reason(tmp_path / "a.mp3") == "it cannot be read (no such file or directory)"


@pytest.mark.parametrize("fmt", [*FORMATS, "wma", "aac"])
@pytest.mark.parametrize("size", [10, 3000, 60_000])
def test_text_and_noise_are_no_music(tmp_path, fmt, size):
    path = tmp_path / f"a.{fmt}"
    path.write_text("These are the liner notes. " * (size // 20))
    reason(path)
    path.write_bytes(random.Random(size).randbytes(size))
    reason(path)
    path.write_bytes(bytes(size))
    reason(path)


@pytest.mark.parametrize(
    "playlist",
    ["#EXTM3U\n#EXTINF:1,\n{path}\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile {path}\n"],
)
def test_a_playlist_in_disguise_opens_nothing(tmp_path, playlist):
    song = write_tone(tmp_path / "song.mp3")
    disguise = tmp_path / "a.mp3"
    disguise.write_text(playlist.format(path=song))
    reason(disguise)


def test_a_film_without_sound_says_so(tmp_path):
    import av

    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8))
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert reason(path) == "it holds no audio"


@pytest.mark.parametrize("fmt", FORMATS)
def test_damage_is_refused_or_survived(tmp_path, fmt):
    path = write_tone(tmp_path / f"a.{fmt}", seconds=0.2)
    whole = path.read_bytes()
    dice = random.Random(fmt)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 10, 100))):
            data[dice.randrange(dice.choice((60, len(data))))] = dice.randrange(256)
        path.write_bytes(data[: dice.randrange(1, len(data))])
        with contextlib.suppress(UnreadableFileError):
            assert len(identify(str(path)).digest) == 32

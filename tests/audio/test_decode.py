from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.audio import decode
from musicrec_core.audio.decode import BUDGET_S, LONG_S, WINDOW_S, read_excerpts
from musicrec_core.errors import UnreadableFileError
from tests.support.media import FORMATS, add_cover, write_audio, write_tone
from tests.support.sounds import RATE_HZ, sine


def pulse_coded(path: Path, samples: np.ndarray, rate_hz: int) -> Path:
    """A 16-bit WAV file; samples are [n] or [n, channels]."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_gives_the_sound_that_went_in(tmp_path: Path, fmt: str) -> None:
    heard = read_excerpts(str(write_tone(tmp_path / f"a.{fmt}", seconds=8.0, freq=1000)))
    spectrum = np.abs(np.fft.rfft(heard.windows[0]))
    peak_hz = np.argmax(spectrum) * heard.sample_rate_hz / heard.windows.shape[1]
    assert peak_hz == pytest.approx(1000, abs=1)
    assert heard.duration_s == pytest.approx(8.0, abs=0.1)
    assert heard.windows.dtype == np.float32


def test_a_long_song_is_heard_at_four_places_to_the_sample(tmp_path: Path) -> None:
    seconds = 102
    ramp = np.repeat(np.arange(seconds) / seconds, RATE_HZ)  # the level says the second
    heard = read_excerpts(str(pulse_coded(tmp_path / "a.wav", ramp, RATE_HZ)))
    starts = [(i + 0.5) * seconds / 4 - WINDOW_S / 2 for i in range(4)]
    assert heard.windows.shape == (4, round(WINDOW_S * RATE_HZ))
    for window, start in zip(heard.windows, starts, strict=True):
        assert window[0] * seconds == pytest.approx(int(start), abs=0.01)
        first_step = int(np.argmax(np.diff(window) > 0.005)) + 1
        assert first_step == round((np.ceil(start) - start) * RATE_HZ)


@pytest.mark.parametrize("seconds", [0.1, 1.0, 5.9, 6.0, 20.0, BUDGET_S + 1])
def test_a_song_of_any_length_fills_whole_windows(tmp_path: Path, seconds: float) -> None:
    heard = read_excerpts(str(pulse_coded(tmp_path / "a.wav", sine(440, seconds, 0.5), RATE_HZ)))
    assert heard.windows.shape[1] == round(WINDOW_S * RATE_HZ)
    assert heard.duration_s == pytest.approx(seconds, abs=0.01)
    assert np.sqrt(np.mean(heard.windows**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.01)


def test_a_high_rate_and_eight_channels_are_mixed_down(tmp_path: Path) -> None:
    time = np.arange(3 * 192_000) / 192_000
    samples = np.tile(0.5 * np.sin(2 * np.pi * 440 * time)[:, None], (1, 8))
    heard = read_excerpts(str(pulse_coded(tmp_path / "a.wav", samples, 192_000)))
    assert heard.sample_rate_hz == 44100
    assert heard.windows.shape[0] == 1


def test_two_equal_channels_carry_twice_the_power_of_their_mix(tmp_path: Path) -> None:
    both = np.tile(sine(440, 2, 0.5)[:, None], (1, 2))
    assert read_excerpts(str(pulse_coded(tmp_path / "b.wav", both, RATE_HZ))).power_ratio == (
        pytest.approx(2.0)
    )
    one = pulse_coded(tmp_path / "a.wav", both[:, 0], RATE_HZ)
    assert read_excerpts(str(one)).power_ratio == pytest.approx(1.0)


def test_what_two_channels_differ_in_is_kept_beside_their_mix(tmp_path: Path) -> None:
    tones = np.stack([sine(440, 7, 0.5), sine(1000, 7, 0.5)], axis=1)
    heard = read_excerpts(str(pulse_coded(tmp_path / "a.wav", tones, RATE_HZ)))
    assert heard.sides is not None
    size = heard.windows.shape[1]
    np.testing.assert_allclose(heard.windows[0], tones[:size].mean(axis=1), atol=1e-3)
    np.testing.assert_allclose(heard.sides[0], (tones[:size, 0] - tones[:size, 1]) / 2, atol=1e-3)
    same = pulse_coded(tmp_path / "b.wav", tones[:, [0, 0]], RATE_HZ)
    assert read_excerpts(str(same)).sides is None


def test_a_length_that_is_a_lie_does_not_matter(tmp_path: Path) -> None:
    path = pulse_coded(tmp_path / "a.wav", sine(440, 8, 0.5), RATE_HZ)
    data = bytearray(path.read_bytes())
    data[40:44] = (RATE_HZ * 2 * 7200).to_bytes(4, "little")  # the header claims two hours
    path.write_bytes(data)
    heard = read_excerpts(str(path))
    assert heard.heard_s == pytest.approx(8.0, abs=0.1)
    assert np.abs(heard.windows).max() > 0.4


def bare_mp3(path: Path, *parts: tuple[float, int]) -> Path:
    """Frames without a header: (amplitude of a tone at its end, how often), 20 s a part."""
    data = b""
    for level, times in parts:
        ramp = write_audio(path, sine(440, 20, level) * np.linspace(0, 1, 20 * RATE_HZ), RATE_HZ)
        frames = ramp.read_bytes()
        data += frames[frames.index(b"\xff\xfb", 500) :] * times  # the first frame is the header
    path.write_bytes(data)
    return path


def test_a_very_long_mp3_is_heard_at_the_right_places_and_always_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bare_mp3(tmp_path / "a.mp3", (0.8, 70))
    heard, again = read_excerpts(str(path)), read_excerpts(str(path))
    assert heard.duration_s > LONG_S
    assert np.array_equal(heard.windows, again.windows)
    monkeypatch.setattr(decode, "LONG_S", np.inf)
    unhurried = read_excerpts(str(path))
    assert not np.array_equal(heard.windows, unhurried.windows)
    for window, same in zip(heard.windows, unhurried.windows, strict=True):
        levels = [np.abs(each[:4410]).max() for each in (window, same)]
        assert 20 * (levels[0] - levels[1]) / 0.8 == pytest.approx(0.0, abs=0.2)  # seconds apart


def test_a_very_long_mp3_of_unlike_parts_is_heard_all_over(tmp_path: Path) -> None:
    path = bare_mp3(tmp_path / "a.mp3", (0.0, 40), (0.8, 40))
    loud = [bool(np.abs(window).max() > 0.05) for window in read_excerpts(str(path)).windows]
    assert loud == [False, False, True, True]


@pytest.mark.parametrize(
    "content",
    [b"", b"just words\n" * 300, np.random.default_rng(0).bytes(5000)],
    ids=["nothing", "words", "noise"],
)
def test_what_is_no_audio_is_unreadable_with_its_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        read_excerpts(str(path))
    assert caught.value.path == str(path)
    assert "\n" not in caught.value.reason


def test_a_file_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "a.mp3", seconds=40.0)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    assert np.abs(read_excerpts(str(path)).windows).max() > 0.1


def test_a_name_that_is_not_utf8_and_a_cover_are_no_obstacle(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "a.mp3", seconds=2.0)
    add_cover(path)
    odd = os.fsencode(tmp_path) + b"/caf\xe9.mp3"
    os.rename(path, odd)
    assert np.abs(read_excerpts(os.fsdecode(odd)).windows).max() > 0.1


def test_silence_is_sound_too(tmp_path: Path) -> None:
    heard = read_excerpts(str(write_audio(tmp_path / "a.flac", np.zeros(RATE_HZ * 3), RATE_HZ)))
    assert not heard.windows.any()
    assert heard.power_ratio == 1.0

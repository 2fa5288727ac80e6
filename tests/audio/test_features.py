from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from musicrec_core.audio.decode import WINDOW_S, Excerpts
from musicrec_core.audio.features import FEATURE_SIZE, analyse, describe
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.paths import bundled_models
from musicrec_core.recommender.ears import Ears
from tests.support.media import write_audio
from tests.support.sounds import RATE_HZ, Sound, chords, drums, noise, placed, sine

SECONDS = 26.0


def excerpts(sound: Sound) -> Excerpts:
    size = round(WINDOW_S * RATE_HZ)
    windows = np.stack([sound[i * size : (i + 1) * size] for i in range(len(sound) // size)])
    return Excerpts(windows.astype(np.float32), RATE_HZ, len(sound) / RATE_HZ, 24.0, 1.0)


def song(seed: int) -> Sound:
    """Chords over drums, each seed another tempo, key and balance."""
    balance = 0.3 + 0.2 * (seed % 5)
    tune = chords(seed % 12, seed % 2 == 0, SECONDS + 1, 1.0 + 0.2 * (seed % 4))
    size = round(SECONDS * RATE_HZ)
    return 0.3 * (balance * drums(80 + 7 * seed, SECONDS) + (1 - balance) * tune[:size])


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(6 * RATE_HZ),
        np.ones(6 * RATE_HZ),
        1e-7 * noise(6, 1.0),
        noise(6, 0.3),
        sine(440, 6),
        placed(np.array([3.0]), np.ones(3), 6.0),
    ],
    ids=["silence", "constant", "faint noise", "noise", "sine", "one click"],
)
def test_any_sound_gives_a_finite_vector(sound: Sound) -> None:
    vector, _ = describe(excerpts(sound))
    assert vector.shape == (FEATURE_SIZE,)
    assert vector.dtype == np.float32
    assert np.isfinite(vector).all()


def test_a_quieter_copy_has_the_same_vector() -> None:
    loud, quiet = (describe(excerpts(level * song(1)))[0] for level in (1.0, 0.25))
    np.testing.assert_allclose(loud, quiet, rtol=1e-3, atol=1e-3)


def test_a_constant_added_to_the_sound_changes_nothing() -> None:
    plain, lifted = (describe(excerpts(song(2) + level))[0] for level in (0.0, 0.5))
    np.testing.assert_allclose(plain, lifted, rtol=2e-2, atol=2e-2)


def test_what_cancels_in_the_mix_of_two_channels_is_heard() -> None:
    heard = excerpts(song(3))
    silent = replace(heard, windows=np.zeros_like(heard.windows), sides=heard.windows)
    np.testing.assert_allclose(describe(heard)[0], describe(silent)[0], rtol=2e-2, atol=2e-2)
    assert describe(silent)[1].loudness_lufs == pytest.approx(
        describe(replace(heard, power_ratio=2.0))[1].loudness_lufs, abs=0.05
    )


def test_weak_sides_change_little() -> None:
    heard = excerpts(song(4))
    alone, wide = describe(heard)[0], describe(replace(heard, sides=0.1 * heard.windows))[0]
    np.testing.assert_allclose(alone, wide, rtol=1e-2, atol=1e-2)


def test_the_version_and_the_size_are_those_of_the_bundled_ears() -> None:
    ears = Ears.load(bundled_models() / "ears.json")
    assert ears.feature_version == FEATURE_VERSION
    assert ears.feature_size == FEATURE_SIZE


def encode(path: Path, sound: Sound, codec: str, bit_rate: int, channels: int) -> Path:
    layout = "mono" if channels == 1 else "stereo"
    rate_hz = 48000 if codec == "libopus" else RATE_HZ
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        stream.bit_rate = bit_rate
        whole = av.AudioFrame.from_ndarray(
            np.tile(sound.astype(np.float32), (channels, 1)), format="fltp", layout=layout
        )
        whole.sample_rate = RATE_HZ
        size = stream.codec_context.frame_size or 4096
        resampler = av.AudioResampler(stream.codec_context.format, layout, rate_hz, size)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


COPIES: dict[str, Callable[[Path, Sound], Path]] = {
    "opus at 40 kbit/s": lambda at, s: encode(at / "a.opus", s, "libopus", 40_000, 2),
    "mp3 at 128 kbit/s": lambda at, s: encode(at / "a.mp3", s, "libmp3lame", 128_000, 2),
    "12 dB quieter": lambda at, s: write_audio(at / "a.flac", 0.25 * s, RATE_HZ),
    "mono": lambda at, s: encode(at / "b.flac", s, "flac", 0, 1),
}


@pytest.mark.parametrize("copy", COPIES)
def test_the_same_song_sounds_the_same_whatever_holds_it(tmp_path: Path, copy: str) -> None:
    ears = Ears.load(bundled_models() / "ears.json")
    sound = song(3)
    paths = [write_audio(tmp_path / "o.flac", sound, RATE_HZ), COPIES[copy](tmp_path, sound)]
    heard = ears.hear(np.stack([analyse(str(path)).vector for path in paths])).embeddings
    others = ears.hear(np.stack([describe(excerpts(song(i)))[0] for i in (0, 1, 2, 4, 5, 6)]))
    assert heard[0] @ heard[1] > 0.98
    assert heard[0] @ heard[1] > np.max(others.embeddings @ heard[1])

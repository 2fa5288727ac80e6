"""Each style makes the same music every time, and other music than the other styles."""

import functools
import hashlib
import itertools

import numpy as np
import pytest

from musicrec_core.demo import encode, sound
from musicrec_core.demo.styles import STYLES
from musicrec_core.records import FloatArray

SECONDS = 12.0


@functools.cache
def performed(style: str, name: str = "A Test") -> FloatArray:
    return STYLES[style].perform(name, SECONDS)


@pytest.mark.parametrize("style", STYLES)
def test_the_same_name_gives_the_same_samples(style: str) -> None:
    again = STYLES[style].perform("A Test", SECONDS)
    first, second = (
        hashlib.sha256(encode.pcm(wave).tobytes()).hexdigest() for wave in (performed(style), again)
    )
    assert first == second


@pytest.mark.parametrize("style", STYLES)
def test_a_song_is_loud_enough_and_never_clips(style: str) -> None:
    wave = performed(style)
    assert np.isfinite(wave).all()
    assert np.abs(wave).max() == pytest.approx(STYLES[style].peak, abs=1e-4)
    assert np.sqrt(np.mean(wave**2)) > 0.02


@pytest.mark.parametrize("style", STYLES)
def test_two_names_give_two_songs(style: str) -> None:
    one, other = STYLES[style].compose("One", SECONDS), STYLES[style].compose("Other", SECONDS)
    assert (one.tempo_bpm, one.parts[0].notes) != (other.tempo_bpm, other.parts[0].notes)


def test_simple_statistics_of_the_sound_tell_the_styles_apart() -> None:
    """Nearest neighbour between two sets of songs, one of each style; chance is 1 in 12."""
    given = np.array([described(performed(style)) for style in STYLES])
    asked = np.array([described(performed(style, "Another")) for style in STYLES])
    scale = np.concatenate([given, asked]).std(axis=0)
    distance = np.linalg.norm((asked[:, None] - given[None]) / scale, axis=2)
    right = (distance.argmin(axis=1) == np.arange(len(STYLES))).mean()
    assert right >= 0.6


def described(wave: FloatArray) -> list[float]:
    """Level, how it varies, onsets, and the share of each of eight bands of the spectrum."""
    frame = 1024
    frames = wave[: wave.size // frame * frame].reshape(-1, frame)
    power = np.abs(np.fft.rfft(frames * np.hanning(frame), axis=1)) ** 2
    level = np.log10(power.sum(axis=1) + 1e-4)
    hz = np.fft.rfftfreq(frame, 1 / sound.SAMPLE_RATE_HZ)
    edges = np.geomspace(60, 16000, 9)
    bands = [
        np.log10(power[:, (hz >= low) & (hz < high)].sum(axis=1).mean() + 1e-4)
        for low, high in itertools.pairwise(edges)
    ]
    flux = np.maximum(np.diff(np.sqrt(power), axis=0), 0).sum(axis=1)
    return [level.mean(), level.std(), np.log10(flux.mean()), flux.std() / flux.mean(), *bands]

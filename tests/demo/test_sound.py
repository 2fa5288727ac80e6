"""Oscillators, strings and drums sound at the pitch and for the time they should."""

import numpy as np
import pytest

from musicrec_core.demo import instruments, sound


def strongest_hz(wave: np.ndarray) -> float:
    padded = 1 << 19
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(wave.size), padded))
    return float(spectrum.argmax() * sound.SAMPLE_RATE_HZ / padded)


@pytest.mark.parametrize(
    "play",
    [
        instruments.plucked(0.2, 0.5),
        instruments.piano(0.5),
        instruments.bowed(0.3),
        instruments.steps(),
        instruments.pad(sound.mellow(2.0), 0.2),
        instruments.electric_piano(1.0),
        instruments.sub_bass(0.2),
    ],
)
@pytest.mark.parametrize("pitch", [45, 69, 81])
def test_an_instrument_is_in_tune_within_fifteen_cents(
    play: instruments.Instrument, pitch: int
) -> None:
    ratio = strongest_hz(play(pitch, 1.5)) / sound.frequency_hz(pitch)
    octaves = np.log2(ratio)
    assert abs(octaves - round(octaves)) * 1200 < 15


def test_a_high_saw_has_nothing_beyond_the_highest_partial_allowed() -> None:
    wave = sound.tone(sound.saw, 96, 0.5)
    power = np.abs(np.fft.rfft(wave * np.hanning(wave.size))) ** 2
    hz = np.fft.rfftfreq(wave.size, 1 / sound.SAMPLE_RATE_HZ)
    assert power[hz > sound.HIGHEST_HZ * 1.05].sum() < 1e-5 * power.sum()


def test_a_plucked_string_dies_away() -> None:
    wave = sound.string(60, 2.0, 0.5, 0.3)
    tenth = wave.size // 10
    assert np.abs(wave[-2 * tenth : -tenth]).max() < 0.5 * np.abs(wave[:tenth]).max()


def test_noise_depends_on_its_seed_alone() -> None:
    assert np.array_equal(sound.noise(0.1, 3), sound.noise(0.1, 3))
    assert not np.array_equal(sound.noise(0.1, 3), sound.noise(0.1, 4))


def test_a_band_of_noise_lies_mostly_between_its_edges() -> None:
    wave = sound.hiss(0.5, 2000, 4000, 1)
    power = np.abs(np.fft.rfft(wave)) ** 2
    hz = np.fft.rfftfreq(wave.size, 1 / sound.SAMPLE_RATE_HZ)
    inside = power[(hz > 1000) & (hz < 6000)].sum()
    assert inside > 0.8 * power.sum()

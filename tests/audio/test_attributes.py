from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from musicrec_core.audio.decode import WINDOW_S, Excerpts
from musicrec_core.audio.features import analyse, describe
from musicrec_core.audio.tonal import NAMES
from musicrec_core.records import Attributes
from tests.support.media import write_audio
from tests.support.sounds import RATE_HZ, Sound, chords, clicks, drums, noise, sine


def heard(sound: Sound, power_ratio: float = 1.0) -> Attributes:
    size = round(WINDOW_S * RATE_HZ)
    windows = sound[: len(sound) // size * size].reshape(-1, size).astype(np.float32)
    return describe(Excerpts(windows, RATE_HZ, 24.0, 24.0, power_ratio))[1]


@pytest.mark.parametrize("tempo_bpm", [70, 84, 97, 110, 123, 140])
def test_the_tempo_of_drums_is_found(tempo_bpm: float) -> None:
    assert heard(drums(tempo_bpm, 24)).tempo_bpm == pytest.approx(tempo_bpm, rel=0.04)


@pytest.mark.parametrize("tempo_bpm", [64, 90, 115, 144, 170])
def test_the_tempo_of_clicks_in_noise_is_found(tempo_bpm: float) -> None:
    attributes = heard(clicks(tempo_bpm, 24) + noise(24, 0.05))
    assert attributes.tempo_bpm == pytest.approx(tempo_bpm, rel=0.04)


def test_noise_has_no_tempo_and_no_key() -> None:
    attributes = heard(noise(24, 0.1))
    assert attributes.tempo_bpm is None
    assert attributes.key is None


@pytest.mark.parametrize("minor", [False, True])
@pytest.mark.parametrize("tonic", range(12))
def test_the_key_of_four_chords_is_found(tonic: int, minor: bool) -> None:
    assert heard(chords(tonic, minor, 24)).key == f"{NAMES[tonic]} {'minor' if minor else 'major'}"


def test_a_song_tuned_a_third_of_a_semitone_off_keeps_its_key() -> None:
    assert heard(chords(2 + 0.33, False, 24)).key == "D major"  # type: ignore[arg-type]


def test_loudness_reads_the_reference_tone_of_bs1770() -> None:
    tone = sine(997, 12)
    assert heard(tone).loudness_lufs == pytest.approx(-3.01, abs=0.1)
    assert heard(tone, power_ratio=2.0).loudness_lufs == pytest.approx(0.0, abs=0.1)
    assert heard(0.1 * tone).loudness_lufs == pytest.approx(-23.01, abs=0.1)


def test_loudness_leaves_out_pauses() -> None:
    tone = sine(997, 24)
    tone[6 * RATE_HZ : 12 * RATE_HZ] = 0.0
    assert heard(tone).loudness_lufs == pytest.approx(-3.01, abs=0.2)


def test_bass_counts_less_for_loudness_than_the_middle() -> None:
    bass, middle = heard(sine(50, 12)).loudness_lufs, heard(sine(2000, 12)).loudness_lufs
    assert bass is not None
    assert middle is not None
    assert bass < middle - 3


def test_dynamic_range_is_the_distance_between_loud_and_soft() -> None:
    sound = sine(997, 24, 0.5)
    sound[: 12 * RATE_HZ] *= 10 ** (-12 / 20)
    assert heard(sound).dynamic_range_db == pytest.approx(12.0, abs=1.0)
    assert heard(sine(997, 24, 0.5)).dynamic_range_db == pytest.approx(0.0, abs=0.2)


def test_brightness_is_the_frequency_of_a_sine() -> None:
    assert heard(sine(2000, 6)).brightness_hz == pytest.approx(2000, rel=0.02)


def test_silence_has_no_attributes() -> None:
    assert heard(np.zeros(6 * RATE_HZ)) == Attributes()


def test_busy_drums_have_more_energy_than_slow_chords() -> None:
    fast, slow = heard(drums(150, 24)).energy, heard(chords(0, False, 24, 3.0)).energy
    assert fast is not None
    assert slow is not None
    assert fast > slow + 0.2


def test_drums_are_danceable_and_noise_is_not() -> None:
    beat, hiss = heard(drums(120, 24)).danceability, heard(noise(24, 0.1)).danceability
    assert beat is not None
    assert beat > 0.4
    assert hiss is not None
    assert hiss < 0.1


@pytest.mark.parametrize("tempo_bpm", [76, 92, 108, 124, 140])
def test_the_tempo_of_drums_is_found_under_chords(tempo_bpm: float) -> None:
    tune = chords(3, False, 25)[: 24 * RATE_HZ]
    assert heard(0.5 * drums(tempo_bpm, 24) + 0.3 * tune).tempo_bpm == (
        pytest.approx(tempo_bpm, rel=0.04)
    )


def test_a_stereo_tone_at_minus_23_dbfs_has_minus_23_lufs(tmp_path: Path) -> None:
    tone = 10 ** (-23 / 20) * sine(1000, 20)  # EBU Tech 3341, test signal 1
    path = write_audio(tmp_path / "a.wav", tone, RATE_HZ)
    assert analyse(str(path)).attributes.loudness_lufs == pytest.approx(-23.0, abs=0.1)

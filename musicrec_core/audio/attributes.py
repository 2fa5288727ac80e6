"""Numbers that people can name, from the shared measurements. Defined in docs/attributes.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.spectrum import HIGHEST_HZ, Spectra
from musicrec_core.records import Attributes

if TYPE_CHECKING:
    from musicrec_core.audio.loudness import Loudness
    from musicrec_core.audio.rhythm import Rhythm
    from musicrec_core.audio.tonal import Tonal

SURE_TEMPO = 0.1
SURE_KEY = 0.5
SHORTEST_BEAT_S = 5.0  # a shorter sound is repeated until it fills a window, which makes a beat
SHORTEST_KEY_S = 3.0


def attributes(
    sound: Spectra, beat: Rhythm, harmony: Tonal, level: Loudness, heard_s: float
) -> Attributes:
    """None wherever the sound does not support an estimate; heard_s: how much of it there is."""
    if level.lufs is None:
        return Attributes()
    long_enough = heard_s >= SHORTEST_BEAT_S
    sure_tempo = long_enough and beat.confidence >= SURE_TEMPO
    sure_key = heard_s >= SHORTEST_KEY_S and harmony.confidence >= SURE_KEY
    flux = float(np.mean(np.abs(sound.mel_steps_db)))
    return Attributes(
        tempo_bpm=beat.tempo_bpm if sure_tempo else None,
        tempo_confidence=beat.confidence if long_enough else None,
        key=harmony.key if sure_key else None,
        key_confidence=harmony.confidence,
        loudness_lufs=level.lufs,
        dynamic_range_db=level.range_db,
        brightness_hz=_brightness_hz(sound),
        energy=_logistic(0.9 * (flux - 3.0) + 0.5 * (beat.onsets_per_s - 3.0))
        if long_enough
        else None,
        danceability=_danceability(beat) if long_enough else None,
    )


def _brightness_hz(sound: Spectra) -> float:
    """Centroid of the mean power spectrum up to 9 kHz."""
    hertz = np.arange(sound.power.shape[2], dtype=np.float32) * sound.short_bin_hz
    heard = (hertz <= HIGHEST_HZ).astype(np.float32)
    power = sound.power.reshape(-1, len(hertz)) @ np.stack([heard * hertz, heard], axis=1)
    moment, whole = power.mean(axis=0)
    return float(moment / (whole + 1e-12))


def _danceability(beat: Rhythm) -> float:
    """A steady, strong beat near the tempi that people dance to."""
    if beat.tempo_bpm is None:
        return 0.0
    fit = np.exp(-0.5 * (np.log2(beat.tempo_bpm / 118.0) / 0.5) ** 2)
    return float(np.clip(beat.confidence * 1.6, 0.0, 1.0) * (0.4 + 0.6 * fit))


def _logistic(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))

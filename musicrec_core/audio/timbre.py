"""What the sound is made of: mel levels, cepstrum, spectral shape, peaks and valleys, grain."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.spectrum import (
    DB,
    HIGHEST_HZ,
    MEL_BANDS,
    Spectra,
    decibels,
    grouped,
    percentiles,
)

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

CEPSTRA = 20
CONTRAST_EDGES_HZ = (100.0, 200.0, 400.0, 800.0, 1600.0, 4200.0)
CONTRAST_FLOOR = 1e-5
GRAIN_BANDS = 8


def timbre(sound: Spectra) -> FloatArray:
    """Statistics over all frames, float32 [n]."""
    mel = sound.mel_db.reshape(-1, MEL_BANDS)
    cepstra = sound.mel_db @ _dct().T  # [W, T, 20]
    steps = np.abs(sound.mel_steps_db)
    shape = _shape(sound, grouped(steps, 1).ravel())
    parts = (_cepstral(cepstra), _levels(mel), shape, _contrast(sound), _grain(sound, steps))
    return np.concatenate(parts)


def _cepstral(cepstra: FloatArray) -> FloatArray:
    """Mean, spread and movement of the cepstrum, and how its first ten move together."""
    flat = cepstra.reshape(-1, CEPSTRA)
    spread = flat.std(axis=0)
    delta = (cepstra[:, 4:] - cepstra[:, :-4]).reshape(-1, CEPSTRA).std(axis=0)
    slow = cepstra[:, : cepstra.shape[1] // 32 * 32]
    slow = slow.reshape(cepstra.shape[0] * (slow.shape[1] // 32), 32, CEPSTRA).mean(axis=1)
    first = (flat[:, :10] - flat[:, :10].mean(axis=0)) / (spread[:10] + 1.0)
    together = (first.T @ first / len(first))[np.triu_indices(10, k=1)]
    return np.concatenate([flat.mean(axis=0), spread, delta, slow.std(axis=0), together])


def _levels(mel: FloatArray) -> FloatArray:
    """Quiet, middle and loud level of pairs of mel bands, in dB."""
    levels = percentiles(grouped(mel, MEL_BANDS // 2).T, (10, 50, 90))
    return levels.astype(np.float32).T.ravel()


def _shape(sound: Spectra, flux: FloatArray) -> FloatArray:
    """Centroid, spread, roll-off, flatness, flux: mean, deviation and middle of each."""
    power, level = sound.power[:, ::2], sound.frame_power[:, ::2]  # frames overlap by half
    audible = level > 1e-3
    power = power[audible] if audible.any() else power[:, 0]
    bins = np.arange(2, round(HIGHEST_HZ / sound.short_bin_hz), dtype=np.float32)
    power, octave = power[:, 2 : 2 + len(bins)] + 1e-9, np.log2(bins * (sound.short_bin_hz / 440))
    rolled = np.cumsum(power, axis=1)
    whole = rolled[:, -1]
    centroid = power @ octave / whole
    spread = np.sqrt(np.maximum(power @ octave**2 / whole - centroid**2, 0.0))
    places = [np.count_nonzero(rolled < (part * whole)[:, None], axis=1) for part in (0.5, 0.85)]
    roll_low, roll_high = octave[places]
    banded = grouped(sound.mel_db, 1).ravel()
    flatness = banded - decibels(np.exp(sound.mel_db.reshape(-1, MEL_BANDS) / DB).mean(axis=1))
    tracks = (centroid, spread, roll_low, roll_high, flatness, flux)
    return np.array([f(t) for t in tracks for f in (np.mean, np.std, np.median)], dtype=np.float32)


def _contrast(sound: Spectra) -> FloatArray:
    """Peaks over valleys per octave, dB: mean and deviation over frames (Jiang et al. 2002)."""
    power = sound.long_power.reshape(-1, sound.long_power.shape[-1])
    width_hz = sound.long_bin_hz
    out = []
    for low, high in itertools.pairwise(CONTRAST_EDGES_HZ):
        band = power[:, int(low / width_hz) : int(high / width_hz)]
        count = max(1, band.shape[1] // 10)
        parts = np.sort(band, axis=1)  # with float32 quicker than a partition
        top, bottom = parts[:, -count:].mean(axis=1), parts[:, :count].mean(axis=1)
        contrast = decibels((top + CONTRAST_FLOOR) / (bottom + CONTRAST_FLOOR))
        out += [contrast.mean(), contrast.std()]
    return np.array(out, dtype=np.float32)


def _grain(sound: Spectra, steps: FloatArray) -> FloatArray:
    """Steps from band to band and from frame to frame, dB, in eight bands, and their ratio.

    Drums and noise are smooth in frequency and rough in time, held notes the other way round.
    """
    across = np.abs(sound.mel_db[..., 1:] - sound.mel_db[..., :-1]).mean(axis=(0, 1))
    along = steps.mean(axis=(0, 1))
    across = np.append(across, across[-1]).reshape(GRAIN_BANDS, -1).mean(axis=1)
    along = along.reshape(GRAIN_BANDS, -1).mean(axis=1)
    return np.concatenate([across, along, along / (across + 0.5)])


@cache
def _dct() -> FloatArray:
    """Orthonormal DCT-II [20, 40]."""
    n = np.arange(MEL_BANDS)
    basis = np.cos(np.pi * np.arange(CEPSTRA)[:, None] * (n + 0.5) / MEL_BANDS)
    basis *= np.sqrt(2.0 / MEL_BANDS)
    basis[0] /= np.sqrt(2.0)
    return basis.astype(np.float32)

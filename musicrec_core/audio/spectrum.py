"""The spectrograms of one song, computed once and shared by every feature.

The short one (46 ms every 23 ms) is for timbre and rhythm, the long one (186 ms every 93 ms) for
pitch. Sound is brought to one level first, and everything under 60 dB below it or above 9 kHz is
left out: that is where codecs differ and music does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.decode import SAMPLE_RATE_HZ, Excerpts

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

SHORT_FFT, SHORT_HOP = 1024, 512
LONG_FFT, LONG_HOP = 4096, 2048
FRAME_RATE_HZ = SAMPLE_RATE_HZ / SHORT_HOP
MEL_BANDS = 40
LOWEST_HZ, HIGHEST_HZ = 40.0, 9000.0
FLOOR_DB = -60.0
"""Below the level of the song, per mel band."""
SILENCE_POWER = 1e-12


@dataclass(frozen=True, slots=True)
class Spectra:
    """W windows of one song at unit RMS.

    power: float32 [W, T, 513], the short power spectrogram.
    mel_db: float32 [W, T, 40], floored mel levels in dB relative to the song's level.
    frame_power: float32 [W, T], mean square of each short frame, up to 9 kHz.
    long_magnitude: float32 [W, S, 2049].
    gain_db: what was added to reach unit RMS.
    """

    power: FloatArray
    mel_db: FloatArray
    frame_power: FloatArray
    long_magnitude: FloatArray
    gain_db: float


def spectra(excerpts: Excerpts) -> Spectra:
    """The shared spectrograms. Silence gives floors, never NaN."""
    windows = excerpts.windows
    level = float(np.mean(windows * windows))
    scale = 1.0 / np.sqrt(level) if level > SILENCE_POWER else 0.0
    windows = windows * np.float32(scale)
    power = _power(windows, SHORT_FFT, SHORT_HOP)
    mel = power @ _mel_filters().T  # [W, T, 40]
    floor = np.float32(10 ** (FLOOR_DB / 10))
    return Spectra(
        power=power,
        mel_db=10.0 * np.log10(mel + floor),
        frame_power=power[..., : _bin(HIGHEST_HZ, SHORT_FFT)].sum(axis=-1),
        long_magnitude=np.sqrt(_power(windows, LONG_FFT, LONG_HOP)),
        gain_db=20 * np.log10(scale) if scale else 0.0,
    )


def _power(windows: FloatArray, fft: int, hop: int) -> FloatArray:
    """Hann-windowed power [W, T, fft / 2 + 1]; the bins of a frame sum to its mean square."""
    shape = np.lib.stride_tricks.sliding_window_view(windows, fft, axis=-1)[:, ::hop]
    hann = np.hanning(fft + 1)[:-1].astype(np.float32)
    hann *= np.float32(np.sqrt(2.0 / (fft * np.sum(hann * hann))))
    bins = np.fft.rfft(shape * hann, axis=-1)
    return bins.real**2 + bins.imag**2


def _bin(frequency_hz: float, fft: int) -> int:
    return int(np.ceil(frequency_hz * fft / SAMPLE_RATE_HZ))


@cache
def _mel_filters() -> FloatArray:
    """Triangular mel filters [40, 513] of librosa, imported late because that costs a second."""
    import librosa

    filters = librosa.filters.mel(
        sr=SAMPLE_RATE_HZ, n_fft=SHORT_FFT, n_mels=MEL_BANDS,
        fmin=LOWEST_HZ, fmax=HIGHEST_HZ, norm=None,
    )
    return np.ascontiguousarray(filters, dtype=np.float32)


def frequencies_hz(fft: int) -> FloatArray:
    """Centre of every bin, float32 [fft / 2 + 1]."""
    return np.fft.rfftfreq(fft, 1 / SAMPLE_RATE_HZ).astype(np.float32)

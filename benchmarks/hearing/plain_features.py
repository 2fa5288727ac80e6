"""The baseline's view of a clip: what librosa users compute first, mean and spread over time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import librosa
import numpy as np
from numpy.typing import NDArray

from musicrec_core.audio.decode import read_excerpts

RATE_HZ = 22050


def plain_features(paths: list[Path], cache: Path) -> NDArray[np.float64]:
    """MFCC, their deltas, chroma, contrast, centroid, flatness, level, tempogram: [n, P]."""
    rows = []
    for path in paths:
        kept = cache / f"plain-{hashlib.sha256(str(path).encode()).hexdigest()}.npy"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, _plain(path))
        rows.append(np.load(kept))
    return np.stack(rows)


def _plain(path: Path) -> NDArray[np.float64]:
    heard = read_excerpts(str(path))
    sound = librosa.resample(
        heard.windows.ravel(), orig_sr=heard.sample_rate_hz, target_sr=RATE_HZ, res_type="polyphase"
    )
    magnitude = np.abs(librosa.stft(sound, n_fft=2048, hop_length=512))
    power = magnitude**2
    mel = librosa.power_to_db(librosa.feature.melspectrogram(S=power, sr=RATE_HZ))
    cepstra = librosa.feature.mfcc(S=mel, n_mfcc=20)
    tracks = np.concatenate(
        [
            cepstra,
            librosa.feature.delta(cepstra),
            librosa.feature.chroma_stft(S=power, sr=RATE_HZ, tuning=0.0),
            librosa.feature.spectral_contrast(S=magnitude, sr=RATE_HZ),
            librosa.feature.spectral_centroid(S=magnitude, sr=RATE_HZ),
            librosa.feature.spectral_flatness(S=magnitude),
            librosa.feature.rms(S=magnitude),
        ]
    )
    onset = librosa.onset.onset_strength(S=mel, sr=RATE_HZ)
    tempogram = librosa.feature.tempogram(onset_envelope=onset, sr=RATE_HZ).mean(axis=1)
    beat = tempogram[: 51 * 7].reshape(51, 7).mean(axis=1)
    return np.concatenate([tracks.mean(axis=1), tracks.std(axis=1), beat])

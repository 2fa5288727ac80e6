from __future__ import annotations

import librosa
import numpy as np
import pytest

from musicrec_core.audio.mel import mel_filters


@pytest.mark.parametrize("rate_hz", [44100, 48000])
@pytest.mark.parametrize("size", [1024, 2048])
@pytest.mark.parametrize(("bands", "lowest_hz", "highest_hz"), [(40, 60, 9000), (24, 1200, 8000)])
def test_the_filters_are_those_of_librosa(
    rate_hz: int, size: int, bands: int, lowest_hz: float, highest_hz: float
) -> None:
    theirs = librosa.filters.mel(
        sr=rate_hz, n_fft=size, n_mels=bands, fmin=lowest_hz, fmax=highest_hz, norm=None
    )
    ours = mel_filters(rate_hz, size, bands, lowest_hz, highest_hz)
    np.testing.assert_allclose(ours, theirs.T, atol=1e-5)

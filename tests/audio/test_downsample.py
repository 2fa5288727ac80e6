from __future__ import annotations

import numpy as np
import pytest

from musicrec_core.audio.downsample import halved
from tests.support.sounds import sine


def power(sound: np.ndarray) -> float:
    middle = sound[..., 100:-100]
    return float(np.mean(middle**2))


@pytest.mark.parametrize("hertz", [200, 1000, 5000, 9000])
def test_what_is_heard_keeps_its_level_at_half_the_rate(hertz: float) -> None:
    whole = sine(hertz, 1.0)[None].astype(np.float32)
    half = halved(whole)
    assert half.shape == (1, whole.shape[1] // 64 * 32)
    assert power(half) == pytest.approx(power(whole), rel=0.006)


@pytest.mark.parametrize("hertz", [13_100, 16_000, 21_000])
def test_what_lies_too_high_is_not_mirrored_into_what_is_heard(hertz: float) -> None:
    assert power(halved(sine(hertz, 1.0)[None].astype(np.float32))) < 1e-5


def test_every_second_sample_is_kept_where_it_was() -> None:
    click = np.zeros((2, 640), dtype=np.float32)
    click[1, 320] = 1.0
    half = halved(click)
    assert not half[0].any()
    assert abs(int(np.argmax(half[1])) - (320 - 15) // 2) <= 1
    assert half[1].sum() == pytest.approx(0.5, abs=0.01)

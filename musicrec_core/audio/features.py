"""One analysis: a file in, one versioned vector and the attributes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.attributes import attributes
from musicrec_core.audio.decode import Excerpts, read_excerpts
from musicrec_core.audio.loudness import loudness
from musicrec_core.audio.rhythm import rhythm
from musicrec_core.audio.spectrum import spectra
from musicrec_core.audio.timbre import timbre
from musicrec_core.audio.tonal import tonal
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.records import Features

if TYPE_CHECKING:
    from musicrec_core.records import Attributes, FloatArray

FEATURE_SIZE = 455


def analyse(path: str) -> Features:
    """Features of one file: vector float32 [FEATURE_SIZE], finite.

    Raises UnreadableFileError where nothing can be decoded.
    """
    excerpts = read_excerpts(path)
    vector, named = describe(excerpts)
    return Features(FEATURE_VERSION, vector, named, excerpts.length_s)


def describe(excerpts: Excerpts) -> tuple[FloatArray, Attributes]:
    """The vector, float32 [FEATURE_SIZE], and the attributes of sound already decoded.

    Of silence the vector is zero throughout: the ears have nothing to hear in it.
    """
    sound = spectra(excerpts)
    beat, harmony = rhythm(sound), tonal(sound)
    level = loudness(sound)
    vector = np.concatenate([timbre(sound), beat.vector, harmony.vector, level.vector])
    named = attributes(sound, beat, harmony, level, excerpts.heard_s)
    if level.lufs is None:
        return np.zeros(FEATURE_SIZE, np.float32), named
    return np.nan_to_num(vector).astype(np.float32), named

"""Songs as codecs and mixing desks leave them: the first minute, encoded and analysed again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from musicrec_core.audio.decode import read_excerpts
from musicrec_core.audio.features import describe

Array = NDArray[np.float32]
OPUS, MP3 = ("libopus", 40_000), ("libmp3lame", 128_000)
COPY_S = 60.0
QUIET = 10 ** (-12 / 20)


def taught_copies(path: Path) -> Array:
    """Lossless, as 40 kbit/s Opus, and mixed to mono: float32 [3, D]."""
    with tempfile.TemporaryDirectory() as folder:
        lossless = encoded(path, Path(folder) / "lossless.flac")
        opus = encoded(lossless, Path(folder) / "copy.opus", *OPUS)
        excerpts = read_excerpts(str(lossless))
        mono = describe(replace(excerpts, sides=None))[0]
        return np.stack([describe(excerpts)[0], _heard(opus), mono])


def other_copies(path: Path) -> Array:
    """128 kbit/s MP3, 12 dB quieter, both channels the mono mix: float32 [3, D]."""
    with tempfile.TemporaryDirectory() as folder:
        lossless = encoded(path, Path(folder) / "lossless.flac")
        mp3 = encoded(lossless, Path(folder) / "copy.mp3", *MP3)
        quiet = remixed(lossless, Path(folder) / "quiet.flac", QUIET, 1.0)
        mono = remixed(lossless, Path(folder) / "mono.flac", 1.0, 0.0)
        return np.stack([_heard(song) for song in (mp3, quiet, mono)])


def _heard(path: Path) -> Array:
    return describe(read_excerpts(str(path)))[0]


def encoded(source: Path, target: Path, codec: str = "flac", bit_rate: int = 0) -> Path:
    """The first minute of a file through an encoder, in stereo."""
    with av.open(str(source)) as original, av.open(str(target), "w") as out:
        rate_hz = 48000 if codec == "libopus" else 44100
        stream = out.add_stream(codec, rate=rate_hz, layout="stereo")
        if bit_rate:
            stream.bit_rate = bit_rate
        context = stream.codec_context
        resampler = None
        for frame in original.decode(audio=0):
            if frame.time is not None and frame.time > COPY_S:
                break
            if resampler is None:
                context.open()
                size = context.frame_size or 4096
                resampler = av.AudioResampler(context.format, "stereo", rate_hz, size)
            for part in resampler.resample(frame):
                out.mux(stream.encode(part))
        for part in resampler.resample(None) if resampler else ():
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return target


def remixed(source: Path, target: Path, level: float, side: float) -> Path:
    """A lossless file at another level, what its channels differ in made `side` times as strong."""
    with av.open(str(source)) as original, av.open(str(target), "w") as out:
        stream = out.add_stream("flac", rate=44100, layout="stereo")
        stream.codec_context.open()
        size = stream.codec_context.frame_size or 4096
        resampler = av.AudioResampler("s16", "stereo", 44100, size)
        for frame in original.decode(audio=0):
            for part in resampler.resample(frame):
                out.mux(stream.encode(_remixed(part, level, side)))
        out.mux(stream.encode(None))
    return target


def _remixed(frame: av.AudioFrame, level: float, side: float) -> av.AudioFrame:
    both = frame.to_ndarray().reshape(-1, 2).astype(np.float64)
    middle = both.mean(axis=1, keepdims=True)
    mixed = np.clip(level * (middle + side * (both - middle)), -32768, 32767)
    samples = np.round(mixed).astype(np.int16).reshape(1, -1)
    new = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
    new.sample_rate, new.pts = frame.sample_rate, frame.pts
    return new

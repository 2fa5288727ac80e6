"""Writes sound into audio files of five formats with the encoders that PyAV bundles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from musicrec_core.demo.catalogue import Format
from musicrec_core.demo.sound import SAMPLE_RATE_HZ
from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one format is written."""

    container: str
    encoder: str
    layout: str = "mono"
    rate_hz: int = SAMPLE_RATE_HZ
    bit_rate: int | None = None
    options: dict[str, str] = field(default_factory=dict)


ENCODINGS: dict[Format, Encoding] = {
    "flac": Encoding("flac", "flac"),
    "mp3": Encoding("mp3", "libmp3lame", bit_rate=80_000, options={"compression_level": "9"}),
    # FFmpeg's own Vorbis encoder is marked experimental and knows stereo only.
    "ogg": Encoding("ogg", "vorbis", "stereo", bit_rate=128_000, options={"strict": "-2"}),
    "opus": Encoding("ogg", "libopus", rate_hz=48_000, bit_rate=64_000),
    # Noise shaping in time makes loud songs overshoot by half; without it they stay in range.
    "m4a": Encoding("ipod", "aac", bit_rate=96_000, options={"aac_coder": "fast", "aac_tns": "0"}),
}


def write(path: Path, sound: FloatArray, file_format: Format) -> None:
    """Encode mono sound, float32 [n] within +-1, whatever the path's suffix says.

    The file holds no date and no random number: equal sounds give equal files. Raises OSError.
    """
    encoding = ENCODINGS[file_format]
    with (
        open(path, "w+b") as sink,
        av.open(sink, "w", encoding.container, options={"fflags": "+bitexact"}) as container,
    ):
        stream = container.add_stream(
            encoding.encoder, rate=encoding.rate_hz, options=encoding.options
        )
        assert isinstance(stream, AudioStream)
        stream.layout = encoding.layout
        if encoding.bit_rate:
            stream.bit_rate = encoding.bit_rate
        for frame in _frames(sound, stream, encoding):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def pcm(sound: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """The sound as 16-bit samples: int16 [n]. What every format is encoded from."""
    return np.round(sound * np.float32(32767)).astype(np.int16)


def _frames(sound: FloatArray, stream: AudioStream, encoding: Encoding) -> Iterator[AudioFrame]:
    """The sound in the encoder's sample format, cut into frames of the size it asks for."""
    whole = AudioFrame.from_ndarray(pcm(sound)[np.newaxis], format="s16", layout="mono")
    whole.sample_rate = SAMPLE_RATE_HZ
    whole.pts = 0
    stream.codec_context.open()  # only now is the frame size known
    size = stream.codec_context.frame_size or 4096
    convert = AudioResampler(stream.codec_context.format, encoding.layout, encoding.rate_hz, size)
    yield from convert.resample(whole)
    yield from convert.resample(None)

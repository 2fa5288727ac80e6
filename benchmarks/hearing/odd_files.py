"""Makes files that are hard on an analysis: endless, enormous, or lying about themselves."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

HOUR_S = 3600
SHORT_S = 240
# Container, encoder, options of both, rate: what encodes fast, for the long ones take long.
ENCODERS = {
    "mp3": ("mp3", "libmp3lame", {"compression_level": "9"}, {"write_xing": "0"}, 44100),
    "flac": ("flac", "flac", {"compression_level": "0"}, {}, 44100),
    "opus": ("ogg", "libopus", {"compression_level": "0"}, {}, 48000),
    "m4a": ("ipod", "alac", {}, {}, 44100),
}
PATTERN_S = 10


def long_files(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """(format, a file of four minutes, a file of two hours), made one after the other."""
    for suffix in ENCODERS:
        short, long = folder / f"short.{suffix}", folder / f"long.{suffix}"
        encode(short, SHORT_S)
        if suffix == "mp3":  # without a header, frames simply follow each other
            long.write_bytes(short.read_bytes() * (2 * HOUR_S // SHORT_S))
        else:
            encode(long, 2 * HOUR_S)
        yield suffix, short, long
    rate_hz = 22050
    for name, seconds in (("short", SHORT_S), ("long", 2 * HOUR_S)):
        pulse_coded(folder / f"{name}.wav", seconds, rate_hz, 1)
    yield "wav", folder / "short.wav", folder / "long.wav"


def odd_files(folder: Path) -> Iterator[Path]:
    """Files that each push one limit."""
    yield pulse_coded(folder / "192 kHz, 8 channels.wav", 60, 192_000, 8)
    lying = pulse_coded(folder / "claims two hours.wav", 8, 44100, 2)
    data = bytearray(lying.read_bytes())
    data[40:44] = (44100 * 4 * 2 * HOUR_S).to_bytes(4, "little")
    lying.write_bytes(data)
    yield lying
    flac = folder / "claims 25 hours.flac"
    encode(flac, 20)
    data = bytearray(flac.read_bytes())
    data[21] |= 0x0F  # the highest bits of the number of samples
    data[22:26] = b"\xff\xff\xff\xff"
    flac.write_bytes(data)
    yield flac
    yield covered(folder / "cover of 40 MB.mp3")


def encode(path: Path, seconds: int) -> Path:
    """A pattern of chords and noise, over and over, in mono."""
    container, codec, options, written, rate_hz = ENCODERS[path.suffix[1:]]
    pattern = sound(PATTERN_S, rate_hz)
    with av.open(str(path), "w", format=container, options=written) as out:
        stream = out.add_stream(codec, rate=rate_hz, layout="mono", options=options)
        context = stream.codec_context
        context.open()
        size = context.frame_size or 4096
        resampler = av.AudioResampler(context.format, "mono", rate_hz, size)
        for number in range(seconds // PATTERN_S):
            frame = av.AudioFrame.from_ndarray(pattern[None], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = rate_hz, number * len(pattern)
            for part in resampler.resample(frame):
                out.mux(stream.encode(part))
        for part in resampler.resample(None):
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return path


def pulse_coded(path: Path, seconds: int, rate_hz: int, channels: int) -> Path:
    """16-bit WAV."""
    block = np.repeat((sound(PATTERN_S, rate_hz) * 32767).astype("<i2")[:, None], channels, axis=1)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
        for _ in range(max(1, seconds // PATTERN_S)):
            file.writeframes(block.tobytes())
    return path


def covered(path: Path) -> Path:
    """An MP3 with an enormous picture."""
    from mutagen.id3 import APIC, ID3

    encode(path, SHORT_S)
    tags = ID3()
    tags.add(APIC(encoding=3, mime="image/png", type=3, desc="", data=bytes(40_000_000)))
    tags.save(path)
    return path


def sound(seconds: int, rate_hz: int) -> np.ndarray:
    """A chord under noise, float32."""
    time = np.arange(seconds * rate_hz) / rate_hz
    tones = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220.0, 277.2, 329.6))
    hiss = np.random.default_rng(0).normal(size=len(time))
    return (0.1 * tones + 0.02 * hiss).astype(np.float32)

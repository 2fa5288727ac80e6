"""Small real audio files for tests: encoded by PyAV, tagged by mutagen, the same every time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import av
import mutagen
import numpy as np
from mutagen import id3
from mutagen.easyid3 import EasyID3
from mutagen.flac import FLAC, Picture
from numpy.typing import NDArray

FORMATS = ("wav", "flac", "mp3", "ogg", "opus", "m4a")

# container, encoder, encoder options
_ENCODERS: dict[str, tuple[str, str, dict[str, str]]] = {
    "wav": ("wav", "pcm_s16le", {}),
    "aiff": ("aiff", "pcm_s16be", {}),
    "flac": ("flac", "flac", {}),
    "mp3": ("mp3", "libmp3lame", {}),
    "ogg": ("ogg", "vorbis", {"strict": "-2"}),  # FFmpeg calls its own encoder experimental
    "opus": ("ogg", "libopus", {}),
    "m4a": ("ipod", "aac", {}),
    "alac": ("ipod", "alac", {}),
    "wma": ("asf", "wmav2", {}),
    "wv": ("wv", "wavpack", {}),
    "adts": ("adts", "aac", {}),
}


def write_tone(
    path: Path,
    fmt: str | None = None,
    seconds: float = 1.0,
    freq: float = 440.0,
    tags: Mapping[str, str | list[str]] | None = None,
    sample_rate: int = 44100,
    level: float = 0.5,
) -> Path:
    """A stereo sine of `freq` Hz with a little harmonic; `fmt` is taken from the suffix."""
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    tone = level * (0.8 * np.sin(2 * np.pi * freq * time) + 0.2 * np.sin(4 * np.pi * freq * time))
    write_audio(path, tone, sample_rate, fmt)
    if tags:
        tag(path, tags)
    return path


def write_audio(
    path: Path, samples: NDArray[np.floating], sample_rate: int = 44100, fmt: str | None = None
) -> Path:
    """Encodes `samples`, [n] or [2, n] in [-1, 1], as stereo. Folders are made as needed."""
    container_name, encoder, options = _ENCODERS[fmt or path.suffix[1:].lower()]
    rate = 48000 if encoder == "libopus" else sample_rate
    path.parent.mkdir(parents=True, exist_ok=True)
    # A Python file object, because PyAV opens names as UTF-8 and tests have others.
    with (
        open(path, "w+b") as sink,
        av.open(sink, "w", format=container_name, options={"fflags": "+bitexact"}) as out,
    ):
        stream = out.add_stream(encoder, rate=rate, options=options)
        stream.layout = "stereo"
        stream.bit_rate = 128_000
        for frame in _frames(samples, sample_rate, rate, stream):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def _frames(
    samples: NDArray[np.floating], sample_rate: int, rate: int, stream: av.AudioStream
) -> Iterator[av.AudioFrame]:
    stereo = np.ascontiguousarray(np.broadcast_to(samples, (2, samples.shape[-1])), np.float32)
    whole = av.AudioFrame.from_ndarray(stereo, format="fltp", layout="stereo")
    whole.sample_rate = sample_rate
    whole.pts = 0
    size = stream.codec_context.frame_size or 4096
    to_encoder = av.AudioResampler(stream.codec_context.format, "stereo", rate, size)
    yield from to_encoder.resample(whole)
    yield from to_encoder.resample(None)


def tag(path: Path, tags: Mapping[str, str | list[str]]) -> None:
    """Sets tags by their Vorbis names (title, artist, albumartist, genre, tracknumber, …)."""
    file = mutagen.File(os.fspath(path), easy=True)
    if file.tags is None:
        file.add_tags()
    if isinstance(file.tags, id3.ID3):  # WAV and AIFF know no easy names
        easy = EasyID3()
        for key, value in tags.items():
            easy[key] = value
        for frame in easy._EasyID3__id3.values():
            file.tags.add(frame)
    else:
        for key, value in tags.items():
            file[key] = value
    file.save()


def strip(path: Path) -> None:
    """Removes every tag, pictures too."""
    file = mutagen.File(os.fspath(path))
    if isinstance(file, FLAC):
        file.clear_pictures()
    file.delete()


def add_cover(path: Path, size_bytes: int = 500_000) -> None:
    """Embeds a picture of this size, which moves everything behind it in the file."""
    import base64

    from mutagen.mp4 import MP4, MP4Cover

    data = b"\xff\xd8\xff\xe0" + bytes(size_bytes)
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/jpeg", data
    file = mutagen.File(os.fspath(path))
    if file.tags is None:
        file.add_tags()
    if isinstance(file, FLAC):
        file.add_picture(picture)
    elif isinstance(file, MP4):
        file["covr"] = [MP4Cover(data)]
    elif isinstance(file.tags, id3.ID3):
        file.tags.add(id3.APIC(mime="image/jpeg", type=3, data=data))
    else:
        file["metadata_block_picture"] = [base64.b64encode(picture.write()).decode()]
    file.save()

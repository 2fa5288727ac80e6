"""Where decoded frames gather and become sound that is mixed.

Frames gather in a C-side queue and are mixed many at a time, because handling each of the thousand
small frames in Python costs as much as decoding them, but no more at a time than the cache holds.
The two common sample rates stay as they are: resampling, too, would cost as much as decoding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

    from musicrec_core.records import FloatArray

NATIVE_RATES_HZ = (44100, 48000)
"""All others are brought to the first."""
CHUNK_SAMPLES = 1 << 14
"""Mixed at once."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Decoded sound: float32 [C, n], the mono mix and, of two channels, half their difference."""

    tracks: FloatArray
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return float(self.tracks.shape[1] / self.rate_hz)


class FrameBuffer:
    """Frames in, sound out, at most `length_s`; what lies before the wanted place is cut off."""

    def __init__(self, first: AudioFrame, early: int, length_s: float) -> None:
        from av.audio.fifo import AudioFifo
        from av.audio.resampler import AudioResampler

        is_native = first.sample_rate in NATIVE_RATES_HZ
        self._rate_hz = first.sample_rate if is_native else NATIVE_RATES_HZ[0]
        layout = "mono" if first.layout.nb_channels == 1 else "stereo"
        self._resampler = AudioResampler("fltp", layout, self._rate_hz)
        self._queue = AudioFifo()
        self._early = early
        tracks = 1 if layout == "mono" else 2
        self._sound = np.empty((tracks, round(length_s * self._rate_hz)), dtype=np.float32)
        self._heard = 0

    def take(self, frame: AudioFrame) -> bool:
        """False where the stream becomes another one."""
        frame.pts = None  # the queue refuses gaps
        try:
            self._queue.write(frame)
        except ValueError:
            return False
        if self._queue.samples >= self._early + CHUNK_SAMPLES:
            self._play()
        return True

    def finish(self) -> Sound:
        """All of it."""
        if self._queue.samples > self._early:
            self._play()
        self._keep(self._resampler.resample(None))
        return Sound(self._sound[:, : self._heard], self._rate_hz)

    def _play(self) -> None:
        if self._early:
            self._queue.read(self._early)
            self._early = 0
        self._keep(self._resampler.resample(self._queue.read()))

    def _keep(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            room = self._sound[:, self._heard : self._heard + frame.samples]
            _mix(frame, room)
            self._heard += room.shape[1]


def joined(parts: list[Sound]) -> Sound:
    """End to end."""
    if not parts:
        return Sound(np.zeros((1, 0), dtype=np.float32), NATIVE_RATES_HZ[0])
    return Sound(np.concatenate([part.tracks for part in parts], axis=1), parts[0].rate_hz)


def _mix(frame: AudioFrame, tracks: FloatArray) -> None:
    """Write the mono mix of a planar frame and, of two channels, half their difference: [C, n]."""
    size = tracks.shape[1]
    planes = [np.frombuffer(memoryview(plane), np.float32, count=size) for plane in frame.planes]
    np.add(planes[0], planes[-1], out=tracks[0])
    if len(planes) > 1:
        np.subtract(planes[0], planes[1], out=tracks[1])
    tracks *= np.float32(0.5)

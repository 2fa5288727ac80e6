"""What the headers of an MP3 say of its length, and whether they can be believed.

ISO/IEC 11172-3 for frame headers; Xing, Info and VBRI as LAME and Fraunhofer write them.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

_RATES_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KBITS = {  # (version 1, layer)
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
LOOKED_AT = 1 << 16
"""Bytes searched for a frame at each place."""
PLACES = 8
"""Where bit rates are compared; a constant one is the same everywhere."""
CLOSE = 0.03
"""A header may count itself, the tags behind, or neither."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The header of one frame."""

    kbits: int
    rate_hz: int
    samples: int
    size: int
    side_info: int
    """Bytes between the header and what an encoder hides in the first frame."""


def is_told(file: BinaryIO) -> bool:
    """Whether the length can be had without counting: by a header that fits, or one bit rate."""
    end = _end(file)
    start = first_frame_at(file)
    if start is None:
        return False
    file.seek(start)
    opening = file.read(4096)
    frame = frame_of(opening)
    assert frame is not None
    stated = _stated_bytes(opening, frame)
    if stated is not None:
        return abs(stated - (end - start)) <= max(4096, CLOSE * (end - start))
    return _one_bit_rate(file, start, end, frame)


def first_frame_at(file: BinaryIO) -> int | None:
    """Where the first frame starts that another one follows; None where there is none near."""
    start = behind_id3(file)
    file.seek(start)
    data = file.read(LOOKED_AT)
    offset = _find_frame(data)
    return None if offset is None else start + offset


def behind_id3(file: BinaryIO) -> int:
    """The place behind all ID3v2 tags at the front: writers have left two and more in a row."""
    at = 0
    for _ in range(16):
        file.seek(at)
        head = file.read(10)
        if head[:3] != b"ID3" or len(head) < 10 or max(head[6:10]) > 127:
            break
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        at += 10 + size + (10 if head[5] & 0x10 else 0)
    return at


def frame_of(data: bytes) -> Frame | None:
    """The frame whose header stands at the start of `data`."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return None
    version, layer = data[1] >> 3 & 3, 4 - (data[1] >> 1 & 3)
    kbits_index, rate_index, padding = data[2] >> 4, data[2] >> 2 & 3, data[2] >> 1 & 1
    if version == 1 or layer == 4 or rate_index == 3 or kbits_index in (0, 15):
        return None
    first = version == 3
    kbits, rate_hz = _KBITS[first, layer][kbits_index], _RATES_HZ[version][rate_index]
    samples = 384 if layer == 1 else 1152 if layer == 2 or first else 576
    slot = 4 if layer == 1 else 1
    size = (samples // 8 * kbits * 1000 // rate_hz // slot + padding) * slot
    mono = data[3] >> 6 == 3
    side_info = (17 if mono else 32) if first else (9 if mono else 17)
    return Frame(kbits, rate_hz, samples, size, side_info)


def _find_frame(data: bytes) -> int | None:
    at = data.find(b"\xff")
    while 0 <= at < len(data) - 4:
        frame = frame_of(data[at : at + 4])
        if frame:
            after = frame_of(data[at + frame.size : at + frame.size + 4])
            if after and after.rate_hz == frame.rate_hz:
                return at
        at = data.find(b"\xff", at + 1)
    return None


def _stated_bytes(opening: bytes, frame: Frame) -> int | None:
    """How long the sound is by the header in the first frame; None where it states no frames."""
    at = 4 + frame.side_info
    if opening[at : at + 4] in (b"Xing", b"Info"):
        (flags,) = struct.unpack_from(">I", opening, at + 4)
        if flags & 3 == 3:
            return int(struct.unpack_from(">I", opening, at + 12)[0])
        return 0 if flags & 1 else None  # frames without bytes: nothing to hold them against
    if opening[36:40] == b"VBRI":
        return int(struct.unpack_from(">I", opening, 46)[0])
    return None


def _one_bit_rate(file: BinaryIO, start: int, end: int, first: Frame) -> bool:
    for i in range(1, PLACES + 1):
        file.seek(start + (end - start) * i // (PLACES + 1))
        data = file.read(8192)
        offset = _find_frame(data)
        frame = None if offset is None else frame_of(data[offset : offset + 4])
        if frame is None or (frame.kbits, frame.rate_hz) != (first.kbits, first.rate_hz):
            return False
    return True


def _end(file: BinaryIO) -> int:
    """Where the sound ends: before ID3v1 and APEv2."""
    end = file.seek(0, os.SEEK_END)
    if end > 128:
        file.seek(end - 128)
        if file.read(3) == b"TAG":
            end -= 128
    if end > 32:
        file.seek(end - 32)
        foot = file.read(32)
        if foot[:8] == b"APETAGEX":
            size, _, flags = struct.unpack("<III", foot[12:24])
            end -= size + (32 if flags & 1 << 31 else 0)
    return max(end, 0)

"""The cover of a song: from its tags, else a picture beside it."""

from __future__ import annotations

import os

import mutagen

MOST_BYTES = 20_000_000
_NAMES = ("cover", "folder", "front", "album", "albumart")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def cover(path: str) -> bytes | None:
    """The picture as it is stored; None where there is none that can be read."""
    return _tagged(path) or _beside(path)


def _tagged(path: str) -> bytes | None:
    try:
        file = mutagen.File(os.fsencode(path))
        tags = file.tags or {}
    except Exception:  # noqa: BLE001 - readers of tags fail in ways of their own; a cover is no need
        return None
    for picture in getattr(file, "pictures", ()):
        return _bounded(picture.data)
    for name, value in tags.items():
        low = name.casefold()
        if low.startswith("apic"):
            return _bounded(value.data)
        if low == "covr" and value:
            return _bounded(bytes(value[0]))
        if low == "metadata_block_picture" and value:
            return _bounded(_flac_picture(value[0]))
    return None


def _flac_picture(text: str) -> bytes:
    import base64

    from mutagen.flac import Picture

    try:
        data: bytes = Picture(base64.b64decode(text)).data  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - a damaged picture is none
        return b""
    return data


def _beside(path: str) -> bytes | None:
    folder = os.path.dirname(os.fsencode(path))
    try:
        names = {os.fsdecode(name).casefold(): name for name in os.listdir(folder)}
    except OSError:
        return None
    for name in (f"{stem}{suffix}" for stem in _NAMES for suffix in _SUFFIXES):
        if name in names:
            return _read(os.path.join(folder, names[name]))
    return None


def _read(path: bytes) -> bytes | None:
    try:
        if os.path.getsize(path) > MOST_BYTES:
            return None
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _bounded(data: bytes) -> bytes | None:
    return data if 0 < len(data) <= MOST_BYTES else None

"""Which album each track is of, as its owner thinks of it.

An album is told by its name and its album artist. Where none is named, songs of one name in one
folder are one album if it is said, or looks like it, that each is by somebody else; else they are
albums of those who lead them, wherever they lie. The discs of a set are one album.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import IntArray

FEWEST_LEADS, SONGS_A_LEAD = 3, 2
"""Of a compilation that does not say so: more lead, and each leads few of its songs."""
_DISC = r"(?:cd|dis[ck]|disque|disco)[ _.-]*(?:\d{1,2}|i{1,3}|one|two|three)"
_DISC_OF_NAME = re.compile(rf"[\s,:-]*[(\[]?\b{_DISC}\b[)\]]?\s*$", re.IGNORECASE)
_DISC_FOLDER = re.compile(rf"^{_DISC}\b.*$", re.IGNORECASE)
_SAID = "\0"
"""In a lead's place: a compilation by its file's word."""


def album_text(album: str, album_artist: str, lead: str, path: bytes, *, said: bool) -> str:
    """What is kept of one track; "" for one of no album. said: its file calls it a compilation."""
    if not album:
        return ""
    named = _DISC_OF_NAME.sub("", album) or album
    if album_artist:
        return f"{album_artist}\n{named}\n"
    return f"{_SAID if said else lead}\n{named}\n{_folder(path)}"


def album_codes(places: IntArray, texts: Sequence[str]) -> IntArray:
    """Int64 [n]: one code an album, -1 for none, for places int [n] in what `album_text` gave."""
    songs = np.bincount(places, minlength=len(texts)) if len(texts) else np.zeros(0, np.int64)
    parts = [text.casefold().split("\n", 2) for text in texts]
    leads: dict[tuple[str, str], list[int]] = {}
    for at, part in enumerate(parts):
        if len(part) == 3 and part[2] and songs[at]:
            leads.setdefault((part[1], part[2]), []).append(at)
    shared = {
        at
        for of_one in leads.values()
        if _is_compilation([parts[at][0] for at in of_one], int(songs[of_one].sum()))
        for at in of_one
    }
    codes: dict[tuple[str, ...], int] = {}
    code_of = np.full(len(texts), -1, np.int64)
    for at, part in enumerate(parts):
        if len(part) == 3 and songs[at]:
            key = (part[1], part[2]) if at in shared else (part[0], part[1], "")
            code_of[at] = codes.setdefault(key, len(codes))
    result: IntArray = code_of[places] if len(texts) else np.full(len(places), -1, np.int64)
    return result


def _is_compilation(leads: Sequence[str], songs: int) -> bool:
    """Of one name in one folder."""
    several = len(leads) >= FEWEST_LEADS and songs <= SONGS_A_LEAD * len(leads)
    return several or _SAID in leads


def _folder(path: bytes) -> str:
    """Where the album lies: above the folder of a disc."""
    folder = os.fsdecode(os.path.dirname(path))
    above, name = os.path.split(folder)
    return (above if _DISC_FOLDER.match(name) else folder).replace("\n", " ")

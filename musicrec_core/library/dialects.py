"""The tag formats, each brought to the field names of Vorbis comments.

ID3 (2.2 to 2.4, and 1), Vorbis comments, MP4 atoms, APEv2 and ASF name the same things
differently; past this file only one set of names is left: lists of texts under lower-case keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from mutagen.apev2 import APEv2
from mutagen.asf import ASFTags
from mutagen.id3 import ID3
from mutagen.mp4 import MP4Tags

Fields = Mapping[str, list[str]]

_ID3 = {
    "TIT2": "title", "TPE1": "artist", "TALB": "album", "TPE2": "albumartist",
    "TCOM": "composer", "TCON": "genre", "TRCK": "tracknumber", "TPOS": "discnumber",
    "TDRC": "date", "TDRL": "date", "TDOR": "originaldate", "TCMP": "compilation",
}  # fmt: skip
_MP4 = {
    "\xa9nam": "title", "\xa9ART": "artist", "\xa9alb": "album", "aART": "albumartist",
    "\xa9wrt": "composer", "\xa9gen": "genre", "trkn": "tracknumber", "disk": "discnumber",
    "\xa9day": "date", "cpil": "compilation", "rate": "rating",
}  # fmt: skip
_ASF = {
    "author": "artist", "wm/albumtitle": "album", "wm/albumartist": "albumartist",
    "wm/composer": "composer", "wm/genre": "genre", "wm/tracknumber": "tracknumber",
    "wm/partofset": "discnumber", "wm/year": "date", "wm/originalreleaseyear": "originaldate",
    "wm/iscompilation": "compilation", "wm/shareduserrating": "shared_user_rating",
    "fmps/rating": "fmps_rating",
}  # fmt: skip
# Matroska states what a tag speaks of: the whole (album, concert) or one part of it.
_FFMPEG = {
    "lead_performer": "artist", "track/artist": "artist", "track/title": "title",
    "part_number": "tracknumber", "track/part_number": "tracknumber", "date_released": "date",
    "album/title": "album", "album/artist": "albumartist", "album/date_released": "date",
    "album/genre": "genre", "track/genre": "genre", "album/date": "date",
    "track/composer": "composer", "album/composer": "composer", "creation_time": "",
}  # fmt: skip
MOST_PAIRS = 20_000
MOST_VALUES = 100
"""Of one field; and how long each may be, before anything looks at it. No song needs more."""
MOST_CHARACTERS = 10_000
_OTHER_SPELLINGS = {
    "album artist": "albumartist", "album_artist": "albumartist", "ensemble": "albumartist",
    "wm/artists": "artists",
    "track": "tracknumber", "disc": "discnumber", "year": "date",
    "originalyear": "originaldate",
}  # fmt: skip


def fields(tags: Any) -> Fields:
    """The texts in tags of any format that mutagen reads, under one set of names."""
    return _gathered(_pairs(tags))


def of_ffmpeg(texts: Mapping[str, str]) -> Fields:
    """The texts as FFmpeg names them: mostly as Vorbis comments do.

    What it could not decode leaves room for a place that says it better.
    """
    texts = {key: text for key, text in texts.items() if "\ufffd" not in text}
    named = ((_FFMPEG.get(key.lower(), key), text) for key, text in texts.items())
    # What AIFF calls author, the others call artist.
    if not any(key.lower() == "artist" for key in texts):
        named = (("artist" if key.lower() == "author" else key, text) for key, text in named)
    return _gathered(named)


def _gathered(pairs: Iterable[tuple[str, str]]) -> Fields:
    gathered: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in islice(pairs, MOST_PAIRS):
        values = gathered[_common_name(key)]
        if len(values) < MOST_VALUES:
            values.append(value[:MOST_CHARACTERS])
    return gathered


def _common_name(key: str) -> str:
    key = key.lower()
    if key.startswith("rating:"):
        return "rating:"
    return _OTHER_SPELLINGS.get(key, key)


def _pairs(tags: Any) -> Iterable[tuple[str, str]]:
    if tags is None:
        return ()
    if isinstance(tags, ID3):
        return _id3_pairs(tags)
    if isinstance(tags, MP4Tags):
        return _mp4_pairs(tags)
    if isinstance(tags, APEv2):
        return _ape_pairs(tags)
    if isinstance(tags, ASFTags):
        return ((_ASF.get(key.lower(), key), str(value)) for key, value in tags)
    return _vorbis_pairs(tags)


def _id3_pairs(tags: Any) -> Iterable[tuple[str, str]]:
    for frame in tags.values():
        name = frame.FrameID
        if name == "POPM":
            yield "popm", str(frame.rating)
        elif name == "TXXX":
            yield from ((frame.desc, str(text)) for text in frame.text)
        elif name in _ID3:
            # mutagen has turned the date frames of ID3v2.3 into those of 2.4 by now.
            yield from ((_ID3[name], str(text)) for text in frame.text)


def _mp4_pairs(tags: Any) -> Iterable[tuple[str, str]]:
    for key, values in tags.items():
        name = _MP4.get(key, key.rpartition(":")[2])  # ----:com.apple.iTunes:FMPS_Rating
        for value in values if isinstance(values, list) else [values]:
            yield name, _mp4_text(value)


def _mp4_text(value: object) -> str:
    if isinstance(value, bytes):  # of a free-form atom
        return value.decode("utf-8", "replace")
    if isinstance(value, tuple):  # track or disc, and how many there are
        return str(value[0])
    return str(value)


def _ape_pairs(tags: Any) -> Iterable[tuple[str, str]]:
    for key, value in tags.items():
        if value.kind == 0:  # text; the others are pictures and links
            yield from ((key, text) for text in value)


def _vorbis_pairs(tags: Any) -> Iterable[tuple[str, str]]:
    """Vorbis comments and what looks like them: of FLAC, Ogg, Opus, Speex."""
    for key, values in tags.items():
        for value in values if isinstance(values, list) else [values]:
            yield key, str(value)

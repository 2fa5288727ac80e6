"""Titles beside the artist's name: "One by U2", "Take Five, Dave Brubeck"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from musicrec_core.language.chips.names import Name
from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.remainder import left_over
from musicrec_core.language.tokens import Token, word_set

LONGEST = 6
_ENDING = word_set("please pls plz now thanks then . ! ?")
_ASKING = word_set(
    """
    what who whom when where why how which is are was were do does did can could should would will
    has have had a an some any my your his this that these those tell call read buy book find i we
    he she they it you no not
    """
)
_NO_ARTIST = word_set("me you us him her them it my your myself night day heart now one")


def with_titles(names: Sequence[Name], tokens: Sequence[Token], lexicon: Lexicon) -> list[Name]:
    """The names, with what stands before "by" and an artist as a title."""
    settled = [
        replace(name, kind="artist")
        if name.start > 1
        and tokens[name.start - 1].low == "by"
        and tokens[name.start].low not in _NO_ARTIST
        else name
        for name in names
    ]
    for artist in tuple(settled):
        joint = artist.start - 1
        if artist.kind != "artist" or joint < 1 or tokens[joint].low != "by":
            continue
        before = next((name for name in settled if name.end == joint), None)
        if before is None:
            settled += [name for name in left_over(tokens[:joint], lexicon) if name.end == joint]
            continue
        # Two names side by side before "by" are one title: "Harbour" and "Nights and Lights".
        first = next((name for name in settled if name.end == before.start), before)
        if first is not before:
            settled.remove(first)
        if before.kind == "artist" or first is not before:
            settled[settled.index(before)] = replace(before, start=first.start, kind="track")
    return sorted(settled, key=lambda name: name.start)


def song_alone(artists: Sequence[Name], tokens: Sequence[Token]) -> list[Name]:
    """Title and artist where nothing else is said; nothing otherwise."""
    end = len(tokens)
    while end and tokens[end - 1].low in _ENDING:
        end -= 1
    for artist in artists:
        joint = artist.start - 1
        if artist.end == end and joint >= 1 and tokens[joint].low in ("by", ","):
            title = Name(0, joint, "track")
        elif not artist.start and artist.end < end and tokens[artist.end].low == "'s":
            title = Name(artist.end + 1, end, "track")
        else:
            continue
        inside = tokens[title.start : title.end]
        if 0 < len(inside) <= LONGEST and inside[0].low not in _ASKING:
            return sorted((title, artist), key=lambda name: name.start)
    return []

"""A small library of synthesised, tagged songs, so that musicrec can be tried without music.

The mirror image of `library` and `audio`: those read tags and sound, this writes them, which is
why it imports PyAV and mutagen itself. Once the files exist nothing knows that they are a demo.

score: what a song is made of. composition: chords, melodies and rhythms from a seed.
sound, instruments, drums: what a note sounds like. styles: who plays what. mixing: notes to sound.
catalogue: artists, albums, titles. encode, tagging: sound to files. covers: pictures of albums.
library: all of it on disk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from musicrec_core.records import Progress


def is_complete(folder: Path) -> bool:
    """Whether all demo songs are there, so that `build_library` has nothing to make."""
    from musicrec_core.demo import places

    return places.is_complete(folder)


def build_library(folder: Path, progress: Callable[[Progress], None] | None = None) -> int:
    """Write the demo songs that `folder` lacks; returns how many songs the library has.

    Every song is the same each time, and appears under its name only when it is complete, so an
    interrupted build goes on where it stopped. Raises LibraryError where it cannot write.
    """
    from musicrec_core.demo.library import write_songs  # synthesis and PyAV: 0.2 s to import

    return write_songs(folder, progress)

"""An open home that has listened to a folder of music, for benchmarks over real songs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.person import Person


@contextmanager
def listened(home: Path, music: Path | None) -> Iterator[Person]:
    """The person of a home, which scans `music` first where it is given."""
    with MusicRec(home=home) as musicrec:
        if music is not None:
            musicrec.library.scan([str(music)], jobs=1)
        yield Person.now(musicrec._context)  # noqa: SLF001 - arrays do not cross the facade

"""The catalogue of a library in a file, so that a command need not put it together again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from musicrec_core.app import array_file
from musicrec_core.recommender.data import SPACES, Catalogue
from musicrec_core.recommender.features import kept_sources
from musicrec_core.records import IntArray

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 5


_FIELDS = tuple(field.name for field in fields(Catalogue))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue of all present recordings.

    versions: int64 [n], one code for all recordings with one title and artist.
    """

    catalogue: Catalogue
    versions: IntArray

    @classmethod
    def read(cls, path: Path, stamp: str) -> Snapshot | None:
        """The one kept there, None where there is none of this stamp."""
        stored = array_file.read(path, stamp)
        if stored is None:
            return None
        arrays, notes = stored
        parts: dict[str, Any] = {name: arrays[name] for name in _FIELDS if name in arrays}
        parts |= {name: tuple(notes[name]) for name in _FIELDS if name in notes}
        try:
            catalogue = Catalogue(**parts)
            for space in SPACES:
                catalogue.note_known(space, arrays[f"known_{space}"])
            kept_sources.restore(catalogue, arrays, notes["sources"])
            return cls(catalogue, arrays["versions"])
        except (KeyError, TypeError, ValueError):
            return None

    def write(self, path: Path, stamp: str) -> None:
        """Replace the file in one step; without room or rights for it, go on without."""
        parts = {name: getattr(self.catalogue, name) for name in _FIELDS}
        names = {name: part for name, part in parts.items() if isinstance(part, tuple)}
        arrays = {n: part for n, part in parts.items() if part is not None and n not in names}
        arrays |= {f"known_{space}": self.catalogue.knows(space) for space in SPACES}
        with suppress(OSError):
            path.with_name("catalogue.npz").unlink(missing_ok=True)  # as earlier versions kept it
        measured, sources = kept_sources.as_arrays(self.catalogue)
        arrays |= measured | {"versions": self.versions}
        array_file.write(path, stamp, arrays, names | {"sources": sources})

"""The catalogue of a library in a file, so that a command need not put it together again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app import array_file
from musicrec_core.recommender.data import SPACES, Catalogue
from musicrec_core.recommender.features import kept_sources
from musicrec_core.records import IntArray

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 6


_FIELDS = tuple(field.name for field in fields(Catalogue))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue of all present recordings.

    versions: int64 [n], one code for all recordings with one title and artist. several: int64,
    rows of songs with more than one recording, rising.
    """

    catalogue: Catalogue
    versions: IntArray
    several: IntArray

    @classmethod
    def of(cls, catalogue: Catalogue, versions: IntArray) -> Snapshot:
        """With what follows of versions."""
        _, song, counts = np.unique(versions, return_inverse=True, return_counts=True)
        return cls(catalogue, versions, np.flatnonzero(counts[song] > 1))

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
            catalogue.note_by_id(arrays["ids_in_order"], arrays["rows_of_ids"])
            kept_sources.restore(catalogue, arrays, notes["sources"])
            return cls(catalogue, arrays["versions"], arrays["several"])
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
        arrays["ids_in_order"], arrays["rows_of_ids"] = self.catalogue.by_id
        measured, sources = kept_sources.as_arrays(self.catalogue)
        arrays |= measured | {"versions": self.versions, "several": self.several}
        array_file.write(path, stamp, arrays, names | {"sources": sources})
